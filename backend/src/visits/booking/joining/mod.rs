//! Other adults who come along on a visit (ADR 36): asked by a code that whoever booked passes on → the code is typed by somebody who
//! has an own clearance → yes or no. A seat is kept while it can be answered.
//!
//! Whoever booked learns that a guest can come or cannot, never who it is or why not. A guest learns of the visit only once a
//! clearance for it is found; a code typed by anybody else is a wrong one. A yes is to one time: a visit that is moved asks anew.

mod answer;
mod ask;
mod ending;
mod mine;

use domain::{
    identity::InviteCode,
    kernel::{Id, Instant, Public},
    visits::booking::joining::{JoinEnd, JoinRefusal, Joining},
};
use serde::{Deserialize, Serialize};

use super::{facts::Whose, known::known};
use crate::{
    Error, Result, audit,
    ctx::{Actor, Ctx},
    db::Tx,
    outbox,
};

pub(super) use answer::LOOK_AGAIN;
pub use answer::{Answered, answer, leave, open};
pub use ask::{ask, take_back};
pub(super) use ending::{LEAVE_PARTY, end_of_leave, moved, off};
pub use mine::{Guest, JoinedVisit, MyJoining, Others, guest, joinings, others};

/// Marks for ids.
#[derive(Debug)]
pub enum Invitation {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when a form is shown: the same form sent twice asks once.
pub type FormKey = Public<FormMark>;

pub type Done<T = ()> = std::result::Result<T, JoinRefusal>;

/// The outbox kind of a letter to whoever booked, or to a guest: there is something new.
pub const NEWS: &str = "visits.joining";

/// To whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    pub person: String,
}

pub(super) async fn tell(ctx: &Ctx, tx: &mut Tx, person: &str) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.to_owned() })?.save(tx).await
}

fn broken() -> Error {
    Error::Broken("an invitation")
}

/// What is kept of a code.
fn hash(ctx: &Ctx, code: &InviteCode) -> Vec<u8> {
    ctx.vault.fingerprint("join_code", code.expose())
}

/// Of this form for this visit: whoever booked is shown it as long as it can be answered; nobody else can draw it.
fn drawn(ctx: &Ctx, booking: &str, key: &str) -> InviteCode {
    crate::identity::delegates::drawn_code(ctx, "join_code_of", &format!("{booking}/{key}"))
}

/// With the visit that it is for.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    id: String,
    booking_id: String,
    booker_id: String,
    guest_id: Option<String>,
    state: String,
    answer_by: i64,
    end_reason: Option<String>,
    session_id: String,
    inmate_id: String,
    unit_id: String,
    booking_state: String,
    starts_at: i64,
    has_come: i64,
    seats: i64,
}

impl Row {
    fn state(&self) -> Result<Joining> {
        state(&self.state, self.answer_by, self.end_reason.as_deref())
    }

    fn is_over(&self, now: Instant) -> bool {
        self.booking_state != "booked" || self.has_come == 1 || Instant(self.starts_at) <= now
    }

    /// Those who come and the guest, and what else the guest has booked.
    fn whose(&self, now: Instant) -> Whose<'_> {
        let (inmate, unit, party) = (&self.inmate_id, &self.unit_id, &self.id);
        Whose { inmate, unit, party, known: KNOWN, changes: None, now }
    }

    /// Seats of others: those who come, and those who are asked.
    fn others(&self, now: Instant) -> Result<i64> {
        Ok(self.seats
            - i64::from(matches!(self.state()?, Joining::Asked { .. }) && self.state()?.has_seat(now)))
    }
}

fn state(code: &str, answer_by: i64, end: Option<&str>) -> Result<Joining> {
    Ok(match code {
        "asked" => Joining::Asked { until: Instant(answer_by) },
        "coming" => Joining::Coming,
        "declined" => Joining::Declined,
        "ended" => Joining::Ended(end.and_then(JoinEnd::parse).ok_or_else(broken)?),
        _ => return Err(broken()),
    })
}

async fn trace(ctx: &Ctx, tx: &mut Tx, actor: &Actor, action: &'static str, booking: &str) -> Result<()> {
    audit::Entry::new(ctx, actor, action)
        .about("booking", &Id::<domain::visits::booking::Booking>::new(booking))
        .save(tx)
        .await
}

macro_rules! invitation {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.booking_id, b.person_id AS booker_id, i.guest_id, i.state, i.answer_by, i.end_reason, b.session_id, ",
            "b.inmate_id, b.unit_id, b.state AS booking_state, b.starts_at, CAST(CASE WHEN EXISTS (SELECT 1 FROM visit_mark m ",
            "WHERE m.booking_id = b.id AND m.undone_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) AS has_come, ",
            "CAST((SELECT COUNT(*) FROM booking_party p WHERE p.booking_id = b.id) + (SELECT COUNT(*) FROM visit_invitation o ",
            "WHERE o.booking_id = b.id AND o.state = 'asked' AND o.answer_by > $1) AS BIGINT) AS seats ",
            "FROM visit_invitation i JOIN booking b ON b.id = i.booking_id ",
            $rest
        )
    };
}
/// Of whoever booked: `$1` now.
pub const OF_BOOKER: &str = invitation!("WHERE i.public_id = $2 AND b.person_id = $3");
/// The guest's own, once the code was typed.
pub const OF_GUEST: &str = invitation!("WHERE i.public_id = $2 AND i.guest_id = $3");
pub const OF_VISIT: &str = invitation!("WHERE i.booking_id = $2 ORDER BY i.asked_at, i.id");
pub const WITH_INMATE: &str = invitation!(
    "WHERE i.guest_id = $2 AND b.inmate_id = $3 AND i.state IN ('asked', 'coming') AND b.state = 'booked' AND b.starts_at > $1 \
    ORDER BY b.starts_at, i.id"
);
/// One that waits for this code, for somebody who has a clearance for the visit and does not come along yet.
pub const BY_CODE: &str = invitation!(
    "WHERE i.code_hash = $2 AND i.state = 'asked' AND i.answer_by > $1 AND i.guest_id IS NULL AND b.state = 'booked' \
    AND b.person_id <> $3 AND NOT EXISTS (SELECT 1 FROM booking_party q WHERE q.booking_id = b.id AND q.person_id = $3) \
    AND NOT EXISTS (SELECT 1 FROM visit_invitation x WHERE x.booking_id = b.id AND x.guest_id = $3 \
    AND (x.state = 'coming' OR (x.state = 'asked' AND x.answer_by > $1))) AND EXISTS (SELECT 1 FROM clearance c WHERE c.person_id = $3 \
    AND c.inmate_id = b.inmate_id AND c.unit_id = b.unit_id AND c.outcome = 'granted' \
    AND COALESCE(c.other_parent, 'given') IN ('given', 'without') AND b.date BETWEEN c.valid_from AND c.valid_to)"
);
/// All who come and the guest, and the other visits of the guest alone.
pub const KNOWN: &str = known!(
    "SELECT q.person_id, CAST(CASE q.role WHEN 'child' THEN 1 ELSE 0 END AS BIGINT) AS child FROM booking_party q \
    JOIN visit_invitation i ON i.booking_id = q.booking_id WHERE i.id = $3 UNION SELECT g.guest_id, CAST(0 AS BIGINT) \
    FROM visit_invitation g WHERE g.id = $3 AND g.guest_id IS NOT NULL",
    "SELECT b.id, CAST(1 AS BIGINT) AS ours, CAST(CASE WHEN b.inmate_id = $1 THEN 1 ELSE 0 END AS BIGINT) AS same_inmate, b.kind, \
    b.date, b.starts_at, b.ends_at FROM visit_invitation i JOIN booking_party p ON p.person_id = i.guest_id JOIN booking b \
    ON b.id = p.booking_id WHERE i.id = $3 AND b.state = 'booked' AND b.id <> i.booking_id AND b.date BETWEEN $6 AND $7",
    "SELECT g.guest_id AS person_id FROM visit_invitation g WHERE g.id = $3 AND g.guest_id IS NOT NULL"
);
