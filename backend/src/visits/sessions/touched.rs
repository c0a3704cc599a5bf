//! What a change of a plan touches, read before it is shown and once more as it is saved: booked visits, without a name,
//! and how many times are held or offered to somebody just now.

use std::collections::{BTreeMap, HashSet};

use domain::{
    access::Unit,
    kernel::{CivilDate, Clock, Id, Instant, Public, Reference},
    visits::booking::{
        PlanChange, Planned, SessionKind, Several, Template, Touch, UnitRules, needs_second, touched,
    },
};

use super::{
    rules::{RULES, RuleRow, date},
    watch::watch_of,
};
use crate::{
    Error, Result, args,
    visits::{booking::From, wings::not_for_his_wing},
};

/// No plan reaches further: the longest window and what lies beyond it.
pub(super) const FAR: i64 = 400;

/// What a change does, as it is shown before it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    pub visits: Vec<(Planned, Touch)>,
    /// Times that somebody is booking just now.
    pub held: i64,
    /// Times that are offered to somebody who waits.
    pub offered: i64,
    /// Somebody else has to approve it.
    pub needs_second: bool,
}

impl Touched {
    /// Stands for the visits that were shown, with a space between.
    pub fn shown(&self) -> String {
        let all: Vec<String> = self.visits.iter().map(|(visit, _)| visit.reference.to_string()).collect();
        all.join(" ")
    }

    /// Whether it holds a visit that was not shown.
    pub fn is_more_than(&self, shown: &str) -> bool {
        self.not_among(shown) > 0
    }

    /// How many of its visits were not shown.
    pub fn not_among(&self, shown: &str) -> i64 {
        let shown: HashSet<&str> = shown.split(' ').collect();
        let unseen = |(visit, _): &&(Planned, Touch)| !shown.contains(visit.reference.to_string().as_str());
        self.visits.iter().filter(unseen).count() as i64
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    reference: String,
    inmate_id: String,
    time: String,
    kind: String,
    date: String,
    start_minute: i64,
    people: i64,
    in_session: i64,
    places: i64,
    paused: i64,
    until: Option<String>,
    closed: i64,
    wing: Option<String>,
    wrong_wing: i64,
}

/// What is booked at a unit on these days, in its order, as the plan holds it. Whole weeks and
/// months, for the turn within them.
pub(in crate::visits) async fn planned(
    from: &mut From<'_>,
    unit: &Id<Unit>,
    (first, last): (CivilDate, CivilDate),
) -> Result<Vec<Planned>> {
    let (first, last) =
        (first.monday().min(*first.month().start()), last.monday().plus_days(6).max(*last.month().end()));
    let rows: Vec<Row> = from.all(PLANNED, args![unit, first, last]).await?;
    let mut turns: BTreeMap<(String, bool, CivilDate), i64> = BTreeMap::new();
    let mut next = |inmate: &str, of_month: bool, from: CivilDate| {
        let turn = turns.entry((inmate.to_owned(), of_month, from)).or_default();
        *turn += 1;
        *turn
    };
    let turn = |row: Row| {
        let mut visit = row.planned()?;
        if visit.kind.counts() {
            visit.in_week = next(&row.inmate_id, false, visit.date.monday());
            visit.in_month = next(&row.inmate_id, true, *visit.date.month().start());
        }
        Ok(visit)
    };
    rows.into_iter().map(turn).collect()
}

impl Row {
    fn planned(&self) -> Result<Planned> {
        let broken = || Error::Broken("a booked visit's plan");
        Ok(Planned {
            booking: Id::new(self.id.as_str()),
            reference: Reference::parse(&self.reference).ok_or_else(broken)?,
            time: Public::parse(&self.time).ok_or_else(broken)?,
            kind: SessionKind::parse(&self.kind).ok_or_else(broken)?,
            date: date(&self.date)?,
            start: u16::try_from(self.start_minute).map(Clock).map_err(|_| broken())?,
            people: self.people,
            in_week: 0,
            in_month: 0,
            in_session: self.in_session,
            places: self.places,
            paused: self.paused == 1,
            until: self.until.as_deref().map(date).transpose()?,
            closed: self.closed == 1,
            wing: self.wing.as_deref().map(|id| Public::parse(id).ok_or_else(broken)).transpose()?,
            wrong_wing: self.wrong_wing == 1,
        })
    }
}

/// What the change would do to what is booked at this unit from today on.
pub(super) async fn touches(
    from: &mut From<'_>,
    unit: &Id<Unit>,
    change: &PlanChange,
    now: Instant,
) -> Result<Touched> {
    let today = now.date();
    let rules: Vec<RuleRow> = from.all(RULES, args![unit]).await?;
    let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let mut booked = planned(from, unit, (today, today.plus_days(FAR))).await?;
    booked.retain(|visit| visit.date >= today);
    let visits = touched(change, &rules, &booked);
    let (held, offered) = match Held::by(change, today) {
        Some(by) => {
            let values = args![unit, by.times, by.first, by.last, now, by.beyond];
            from.optional::<(i64, i64)>(HELD, values).await?.unwrap_or_default()
        }
        None => (0, 0),
    };
    let needs_second = needs_second(change, visits.len(), watch_of(from, unit, today).await?);
    Ok(Touched { visits, held, offered, needs_second })
}

/// Which sessions nobody is to come to any more.
struct Held {
    /// With a space round each; an empty text is every time.
    times: String,
    first: CivilDate,
    last: CivilDate,
    /// Those alone that have more taken.
    beyond: i64,
}

impl Held {
    /// Rules close none. Whoever holds a time that is not for his wing any more is told so as she confirms.
    fn by(change: &PlanChange, today: CivilDate) -> Option<Self> {
        let (times, what): (&[Public<Template>], Several) = match change {
            PlanChange::Rules { .. }
            | PlanChange::Watch { .. }
            | PlanChange::Text { .. }
            | PlanChange::Wings { .. } => return None,
            PlanChange::Close(day) => (&[], Several::Pause { first: day.date, last: day.date }),
            PlanChange::End { time, last, .. } => (std::slice::from_ref(time), Several::Last(*last)),
            PlanChange::Several { times, what, .. } => (times, *what),
        };
        let far = today.plus_days(FAR);
        let (first, last, beyond) = match what {
            Several::Places(places) => (today, far, places),
            Several::Last(last) => (last.plus_days(1).max(today), far, 0),
            Several::Pause { first, last } => (first, last, 0),
        };
        let times: Vec<&str> = times.iter().map(Public::as_str).collect();
        let times = if times.is_empty() { String::new() } else { format!(" {} ", times.join(" ")) };
        Some(Self { times, first, last, beyond })
    }
}

pub const PLANNED: &str = concat!(
    "SELECT b.id, b.reference, b.inmate_id, t.public_id AS time, b.kind, b.date, s.start_minute, ",
    "(SELECT CAST(COUNT(*) AS BIGINT) FROM booking_party p WHERE p.booking_id = b.id) AS people, t.valid_to AS until, ",
    "ROW_NUMBER() OVER (PARTITION BY b.session_id ORDER BY b.booked_at, b.id) AS in_session, ",
    "COALESCE(s.planned, s.capacity) AS places, CAST(CASE WHEN EXISTS (SELECT 1 FROM visit_pause z ",
    "WHERE z.template_id = t.id AND b.date BETWEEN z.first_day AND z.last_day) THEN 1 ELSE 0 END AS BIGINT) AS paused, ",
    "CAST(CASE WHEN EXISTS (SELECT 1 FROM blocked_date d WHERE d.unit_id = b.unit_id AND d.date = b.date) THEN 1 ELSE 0 END ",
    "AS BIGINT) AS closed, CAST(CASE WHEN ",
    not_for_his_wing!("b.inmate_id"),
    " THEN 1 ELSE 0 END AS BIGINT) AS wrong_wing, (SELECT w.public_id FROM placement p JOIN unit_wing w ON w.id = p.wing_id ",
    "WHERE p.inmate_id = b.inmate_id AND p.ended_at IS NULL) AS wing FROM booking b JOIN visit_session s ON s.id = b.session_id ",
    "JOIN visit_template t ON t.id = s.template_id WHERE b.unit_id = $1 AND b.date BETWEEN $2 AND $3 ",
    "AND b.state = 'booked' ORDER BY b.starts_at, b.id"
);
pub const HELD: &str = "SELECT CAST(COALESCE(SUM((SELECT COUNT(*) FROM visit_hold h WHERE h.session_id = s.id \
    AND h.expires_at > $5)), 0) AS BIGINT) AS held, CAST(COALESCE(SUM((SELECT COUNT(*) FROM visit_offer o \
    WHERE o.session_id = s.id AND o.state = 'open')), 0) AS BIGINT) AS offered FROM visit_session s \
    JOIN visit_template t ON t.id = s.template_id WHERE s.unit_id = $1 AND ($2 = '' OR $2 LIKE '% ' || t.public_id || ' %') \
    AND s.date BETWEEN $3 AND $4 AND s.starts_at > $5 AND s.taken > $6";
