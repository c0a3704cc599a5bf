//! A draft with all that pages say of it beside its people: whom and where, what is held, the visit that is being changed, and whether
//! she is first. One read.

use domain::{
    kernel::{Id, Instant, Public},
    visits::booking::{Hold, VisitSession, may_change},
};

use super::{
    Priority,
    change::ChangingView,
    draft::{DraftView, PartyMember},
    facts::{DraftRow, From, wall},
    priority::{self, called_off},
};
use crate::{Error, Result, args, ctx::Citizen, visits::sessions::rows::date};

#[derive(sqlx::FromRow)]
pub(super) struct Whole {
    id: String,
    inmate_id: String,
    unit_id: String,
    changes: Option<String>,
    inmate_public: String,
    inmate_name: String,
    unit_name: String,
    unit_slug: String,
    unit_phone: String,
    hold_public: Option<String>,
    hold_session: Option<String>,
    hold_made: Option<i64>,
    hold_expires: Option<i64>,
    hold_extended: Option<i64>,
    old_public: Option<String>,
    old_session: Option<String>,
    old_date: Option<String>,
    old_start: Option<i64>,
    old_end: Option<i64>,
    old_starts_at: Option<i64>,
    old_state: Option<String>,
    old_come: i64,
    off_at: Option<i64>,
    off_days: Option<String>,
    off_ahead: Option<String>,
}

impl Whole {
    pub async fn of(from: &mut From<'_>, who: &Citizen, now: Instant) -> Result<Option<Self>> {
        from.optional(WHOLE, args![&who.person, priority::reasons(), now.date()]).await
    }

    pub fn row(&self) -> DraftRow {
        DraftRow {
            id: self.id.clone(),
            inmate_id: self.inmate_id.clone(),
            unit_id: self.unit_id.clone(),
            changes: self.changes.clone(),
        }
    }

    /// The hold is shown with its session, which is read elsewhere.
    pub fn view(&self, people: Vec<PartyMember>, now: Instant) -> Result<DraftView> {
        let mut people = people;
        people.sort_by_key(|p| (!p.own, p.child, p.born, p.name.clone()));
        Ok(DraftView {
            inmate: Public::parse(&self.inmate_public).ok_or(Error::Broken("public id"))?,
            inmate_name: self.inmate_name.clone(),
            unit_name: self.unit_name.clone(),
            unit_slug: self.unit_slug.clone(),
            unit_phone: self.unit_phone.clone(),
            people,
            hold: None,
            changes: self.changing(now)?,
        })
    }

    pub fn hold(&self) -> Result<Option<Hold>> {
        let (Some(public), Some(session), Some(made), Some(expires)) =
            (&self.hold_public, &self.hold_session, self.hold_made, self.hold_expires)
        else {
            return Ok(None);
        };
        Ok(Some(Hold {
            public: Public::parse(public).ok_or(Error::Broken("public id"))?,
            session: Id::<VisitSession>::new(session.as_str()),
            made_at: Instant(made),
            expires_at: Instant(expires),
            extended: self.hold_extended == Some(1),
        }))
    }

    fn changing(&self, now: Instant) -> Result<Option<ChangingView>> {
        let (Some(public), Some(session), Some(on), Some(start), Some(end), Some(starts_at)) = (
            &self.old_public,
            &self.old_session,
            &self.old_date,
            self.old_start,
            self.old_end,
            self.old_starts_at,
        ) else {
            return Ok(None);
        };
        let is_booked = self.old_state.as_deref() == Some("booked");
        Ok(Some(ChangingView {
            public: Public::parse(public).ok_or(Error::Broken("public id"))?,
            session: Public::parse(session).ok_or(Error::Broken("public id"))?,
            date: date(on)?,
            start: wall(start)?,
            end: wall(end)?,
            open: may_change(is_booked, self.old_come == 1, Instant(starts_at), now).is_ok(),
        }))
    }

    pub fn priority(&self, now: Instant) -> Result<Option<Priority>> {
        match (self.off_at, &self.off_days, &self.off_ahead) {
            (Some(at), Some(days), Some(ahead)) => priority::first(Instant(at), days, ahead, now),
            _ => Ok(None),
        }
    }
}

pub const WHOLE: &str = concat!(
    "SELECT d.id, d.inmate_id, d.unit_id, d.changes, i.public_id AS inmate_public, i.name AS inmate_name, u.name AS unit_name, ",
    "u.slug AS unit_slug, u.phone AS unit_phone, h.public_id AS hold_public, h.session_id AS hold_session, h.made_at AS hold_made, ",
    "h.expires_at AS hold_expires, h.extended AS hold_extended, o.public_id AS old_public, ",
    "os.public_id AS old_session, os.date AS old_date, os.start_minute AS old_start, os.end_minute AS old_end, ",
    "o.starts_at AS old_starts_at, o.state AS old_state, CAST(CASE WHEN EXISTS (SELECT 1 FROM visit_mark m ",
    "WHERE m.booking_id = o.id AND m.undone_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) AS old_come, ",
    "(SELECT b.cancelled_at FROM booking b WHERE b.person_id = d.person_id AND b.inmate_id = d.inmate_id AND ",
    called_off!("$2"),
    ") AS off_at, (SELECT r.value FROM rule r WHERE r.key = 'booking.priority_days' AND r.valid_from <= $3 ",
    "ORDER BY r.valid_from DESC LIMIT 1) AS off_days, (SELECT r.value FROM rule r WHERE r.key = 'booking.priority_ahead_days' ",
    "AND r.valid_from <= $3 ORDER BY r.valid_from DESC LIMIT 1) AS off_ahead ",
    "FROM booking_draft d JOIN inmate i ON i.id = d.inmate_id JOIN unit u ON u.id = d.unit_id ",
    "LEFT JOIN visit_hold h ON h.draft_id = d.id ",
    "LEFT JOIN booking o ON o.id = d.changes LEFT JOIN visit_session os ON os.id = o.session_id WHERE d.person_id = $1"
);
