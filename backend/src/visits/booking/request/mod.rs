//! A visit that the unit looks at before it is booked: she asks → yes, no, or no answer in time; or she takes it back.
//!
//! A request takes the place that she held and gives it back, and passes it on, in the transaction that ends it. Whether it can be is
//! judged by the rules of booking when it is asked for and again at the unit's yes. One that is open counts as a visit of its inmate;
//! to everybody else it looks like a full time. Reminders, calendars, passes and the gate know nothing of it.

mod answer;
mod ask;
mod end;
mod held;
mod mine;
mod staff;
pub(crate) mod work;

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{
        Facts, Held, Hold, Session,
        request::{RequestRules, RequestState},
    },
};

pub use answer::{Answered, approve, reject};
pub(super) use ask::{Asking, NewRequest, OPEN_OF, asked_before};
pub use ask::{Foreseen, ask, foreseen};
pub use end::{Round, Told, tend, told, withdraw};
pub(super) use end::{end_left, end_of_leave};
pub(in crate::visits) use held::held;
pub use mine::{MyRequest, RequestView, request, requests};
pub use staff::{StaffRequest, staff_request};

use super::{
    facts::{From, SessionRow, Whose},
    known::{Known, company_visits, known},
};
use crate::{Error, Result, args, ctx::Ctx, outbox, rules::Rules};

/// The outbox kind of letters about a request.
pub const LETTER: &str = "visits.request";

/// What a letter is made from. No names and no day: those are read when it is sent.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    pub person: String,
    /// The code of what became of it.
    pub state: String,
    pub request: String,
}

impl Letter {
    fn job(ctx: &Ctx, person: &Id<Person>, state: RequestState, request: &str) -> Result<outbox::Job> {
        let (person, state) = (person.as_str().to_owned(), state.code().to_owned());
        outbox::Job::new(ctx, LETTER, &Self { person, state, request: request.to_owned() })
    }
}

fn rules_of(rules: &Rules) -> Result<RequestRules> {
    Ok(RequestRules {
        hours: rules.days("booking.request_hours")?,
        before_hours: rules.days("booking.request_before_hours")?,
    })
}

/// One that is open, as its answer is judged.
#[derive(Clone, Debug, sqlx::FromRow)]
struct OpenRow {
    id: String,
    reference: String,
    hold_public_id: String,
    person_id: String,
    inmate_id: String,
    unit_id: String,
    session_id: String,
    kind: String,
    asked_at: i64,
    expires_at: i64,
}

impl OpenRow {
    fn whose(&self, now: Instant) -> Whose<'_> {
        Whose {
            inmate: &self.inmate_id,
            unit: &self.unit_id,
            party: &self.id,
            known: KNOWN,
            // It does not stand in its own way.
            changes: Some(&self.id),
            now,
        }
    }

    /// A request is a hold that lasts for hours.
    fn hold(&self) -> Result<Hold> {
        Ok(Hold {
            public: Public::parse(&self.hold_public_id).ok_or(Error::Broken("public id"))?,
            session: Id::new(self.session_id.as_str()),
            made_at: Instant(self.asked_at),
            expires_at: Instant(self.expires_at),
            extended: true,
        })
    }

    /// All that decides about it now. How early and how late it could be asked for was judged when it was.
    async fn judged(&self, from: &mut From<'_>, now: Instant) -> Result<(Held, Facts)> {
        let row: Option<SessionRow> = from.optional(ASKED, args![now, &self.id, &self.session_id]).await?;
        let session: Session = row.ok_or(Error::Broken("a request without its time"))?.session()?;
        let on: CivilDate = session.date;
        let mut facts = Known::of(from, &self.whose(now), on, on).await?.facts;
        facts.ahead_days = domain::visits::booking::LONGEST_WINDOW;
        // She may have chosen the time the day before she asked: it was held, or offered to her.
        facts.rules.iter_mut().for_each(|rules| rules.first_day = 0);
        let hold = self.hold()?;
        let held =
            Held { asked: hold.public.clone(), now: Some(hold), session: Some(session), changes: None };
        Ok((held, facts))
    }
}

pub const KNOWN: &str = known!(
    "SELECT d.person_id, d.child FROM visit_request_party d WHERE d.request_id = $3",
    company_visits!("visit_request_party", "request_id"),
    "SELECT d.person_id FROM visit_request_party d WHERE d.request_id = $3"
);
/// Neither dead holds nor the place of the request itself count as taken.
pub const ASKED: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, COALESCE(s.planned, s.capacity) AS capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND h.expires_at <= $1), 0) - (SELECT COUNT(*) FROM visit_request q WHERE q.id = $2 \
    AND q.session_id = s.id AND q.state = 'open') AS BIGINT) AS taken FROM visit_session s WHERE s.id = $3";
