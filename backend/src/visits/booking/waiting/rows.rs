//! What is stored of a wait, and what decides about a time for those who wait: the facts of booking, for another company.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant},
    visits::booking::{
        Facts, Session, Visit, hindrances,
        waiting::{InLine, Period, Suits},
    },
};

use super::super::{
    facts::{From, Whose, kind},
    known::{Known, company_visits, counted, known},
};
use crate::{Error, Result, args, visits::sessions::rows::date};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct WaitRow {
    pub id: String,
    pub person_id: String,
    pub inmate_id: String,
    pub unit_id: String,
    pub first_day: String,
    pub last_day: String,
    pub suits: String,
    pub created_at: i64,
}

/// A wait that is open.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub in_line: InLine,
    pub person: Id<Person>,
    pub inmate: String,
    pub unit: String,
}

pub(super) fn period(first: &str, last: &str, suits: &str) -> Result<Period> {
    let suits = Suits::parse(suits).ok_or(Error::Broken("the days of a wait"))?;
    Ok(Period { first: date(first)?, last: date(last)?, suits })
}

impl WaitRow {
    pub fn waiting(self) -> Result<Waiting> {
        let period = period(&self.first_day, &self.last_day, &self.suits)?;
        Ok(Waiting {
            in_line: InLine { id: Id::new(self.id), since: Instant(self.created_at), period },
            person: Id::new(self.person_id),
            inmate: self.inmate_id,
            unit: self.unit_id,
        })
    }
}

impl Waiting {
    pub async fn facts(
        &self,
        from: &mut From<'_>,
        (first, last): (CivilDate, CivilDate),
        now: Instant,
    ) -> Result<Facts> {
        let whose = Whose {
            inmate: &self.inmate,
            unit: &self.unit,
            party: self.in_line.id.as_str(),
            known: KNOWN,
            changes: None,
            now,
        };
        Ok(Known::of(from, &whose, first, last).await?.facts)
    }

    /// The same with what is offered to others who wait for the same inmate: two offers of which one alone can become a visit
    /// are not made.
    pub async fn facts_to_offer(
        &self,
        from: &mut From<'_>,
        (first, last): (CivilDate, CivilDate),
        now: Instant,
    ) -> Result<Facts> {
        let mut facts = self.facts(from, (first, last), now).await?;
        let (from_day, to_day) = counted(first, last);
        let offered: Vec<OfferedRow> = from.all(OFFERED, args![&self.inmate, from_day, to_day]).await?;
        for row in offered {
            facts.visits.push(row.visit()?);
        }
        Ok(facts)
    }

    /// Nothing stands in the way of this time now.
    pub async fn fits(&self, from: &mut From<'_>, session: &Session, now: Instant) -> Result<bool> {
        let facts = self.facts_to_offer(from, (session.date, session.date), now).await?;
        Ok(hindrances(session, &facts, now.date(), now).is_empty())
    }
}

#[derive(sqlx::FromRow)]
struct OfferedRow {
    id: String,
    kind: String,
    date: String,
    starts_at: i64,
    ends_at: i64,
}

impl OfferedRow {
    fn visit(self) -> Result<Visit> {
        Ok(Visit {
            id: Id::new(self.id),
            ours: false,
            same_inmate: true,
            kind: kind(&self.kind)?,
            date: date(&self.date)?,
            starts_at: Instant(self.starts_at),
            ends_at: Instant(self.ends_at),
        })
    }
}

pub const KNOWN: &str = known!(
    "SELECT d.person_id, d.child FROM visit_wait_party d WHERE d.wait_id = $3",
    company_visits!("visit_wait_party", "wait_id"),
    "SELECT d.person_id FROM visit_wait_party d WHERE d.wait_id = $3"
);
pub const OFFERED: &str = "SELECT o.id, s.kind, s.date, s.starts_at, s.ends_at FROM visit_wait w \
    JOIN visit_offer o ON o.wait_id = w.id AND o.state = 'open' JOIN visit_session s ON s.id = o.session_id \
    WHERE w.inmate_id = $1 AND w.ended_at IS NULL AND s.date BETWEEN $2 AND $3 ORDER BY s.starts_at, o.id";
