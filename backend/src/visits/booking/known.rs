//! All that is known of some people's times in one statement: the unit's rules and closed days, who comes with which clearances, the
//! visits that count, what a court has ordered, whether the inmate is there, and the visit that is being changed. One row a fact.
//!
//! A page and the command that follows it ask with the same statement, so what is shown as free is what can be booked.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant},
    visits::booking::{
        Approval, Blocked, Facts, Guest, Restriction, Review, Standing, UnitRules, Visit, apart::ApartVisit,
        engaged::Engaged,
    },
};

use super::{
    draft::{PartyMember, member},
    facts::{From, Whose, kind, order},
};
use crate::{
    Error, Result, args,
    decision::measures,
    visits::{appointments, sessions::rows::date},
};

/// One fact; what its columns hold is told by [`known`].
#[derive(sqlx::FromRow)]
struct Row {
    tag: String,
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    d: Option<String>,
    e: Option<String>,
    f: Option<String>,
    g: Option<String>,
    k: Option<i64>,
    l: Option<i64>,
    m: Option<i64>,
    n: Option<i64>,
    o: Option<i64>,
    p: Option<i64>,
    q: Option<i64>,
    r: Option<i64>,
}

fn text(column: Option<String>) -> Result<String> {
    column.ok_or(Error::Broken("a text of a known fact"))
}

fn number(column: Option<i64>) -> Result<i64> {
    column.ok_or(Error::Broken("a number of a known fact"))
}

fn day(column: Option<String>) -> Result<CivilDate> {
    date(&text(column)?)
}

/// The facts, and who comes as pages name them.
pub(super) struct Known {
    pub facts: Facts,
    people: Vec<(String, String, String, Option<String>, i64)>,
}

impl Known {
    pub async fn of(
        from: &mut From<'_>,
        whose: &Whose<'_>,
        first: CivilDate,
        last: CivilDate,
    ) -> Result<Self> {
        let (from_day, to_day) = counted(first, last);
        let Whose { inmate, unit, party, known, changes, now } = *whose;
        let changes = changes.unwrap_or_default();
        let values = args![inmate, unit, party, first, last, from_day, to_day, changes, now];
        let mut rows: Vec<Row> = from.all(known, values).await?;
        // The clearances of a person stand together, children after adults and the newest last.
        rows.sort_by_cached_key(|r| {
            (r.tag.clone(), r.k.filter(|_| r.tag == "guest"), r.a.clone(), r.d.clone())
        });
        let mut known = Self { facts: nothing(), people: vec![] };
        for row in rows {
            known.add(row)?;
        }
        known.facts.visits.sort_by(|x, y| (x.starts_at, x.id.as_str()).cmp(&(y.starts_at, y.id.as_str())));
        Ok(known)
    }

    fn add(&mut self, row: Row) -> Result<()> {
        let facts = &mut self.facts;
        match row.tag.as_str() {
            "rule" => facts.rules.push(rules(row)?),
            "blocked" => facts.blocked.push(Blocked { date: day(row.a)?, reason: text(row.b)? }),
            "guest" => self.guest(row)?,
            "visit" => facts.visits.push(visit(row)?),
            "apart" => facts.apart.push(apart(row)?),
            "not_his" => facts.not_his.push(Id::new(text(row.a)?)),
            "engaged" => facts.engaged.extend(engaged(row)?),
            "order" => facts.restrictions.push(ordered(row)?),
            "met" => facts.review.met.push(Id::new(text(row.a)?)),
            "silent" => facts.review.feed_silent = true,
            "requested" => facts.review.requested = true,
            "present" => (facts.present, facts.leaves_at) = (true, row.k.map(Instant)),
            "kept" => (facts.keeps, facts.invited) = (Some(Id::new(text(row.a)?)), number(row.k)?),
            _ => return Err(Error::Broken("a known fact")),
        }
        Ok(())
    }

    /// One row a clearance, rows of a person together.
    fn guest(&mut self, row: Row) -> Result<()> {
        let (person, child) = (text(row.a)?, number(row.k)?);
        let standing = match (&row.c, &row.d, &row.e) {
            (Some(codes), Some(from), Some(to)) => {
                Some(Standing { measures: measures(codes), from: date(from)?, to: date(to)? })
            }
            _ => None,
        };
        match self.facts.guests.last_mut().filter(|g| g.person.as_str() == person) {
            Some(guest) => guest.standing.extend(standing),
            None => {
                let (public, name) = (text(row.g)?, text(row.f)?);
                self.facts.guests.push(Guest {
                    person: Id::new(person.as_str()),
                    born: row.b.as_deref().map(date).transpose()?,
                    child: child == 1,
                    standing: standing.into_iter().collect(),
                });
                self.people.push((person, public, name, row.b, child));
            }
        }
        Ok(())
    }

    pub fn people(&self, who: &Id<Person>) -> Result<Vec<PartyMember>> {
        self.people.iter().cloned().map(|one| member(one, who)).collect()
    }
}

fn nothing() -> Facts {
    Facts {
        rules: vec![],
        blocked: vec![],
        guests: vec![],
        visits: vec![],
        apart: vec![],
        not_his: vec![],
        engaged: vec![],
        restrictions: vec![],
        present: false,
        leaves_at: None,
        keeps: None,
        invited: 0,
        ahead_days: 0,
        review: Review::default(),
    }
}

fn rules(row: Row) -> Result<UnitRules> {
    Ok(UnitRules {
        valid_from: day(row.a)?,
        valid_to: row.b.as_deref().map(date).transpose()?,
        source: text(row.c)?,
        first_day: number(row.k)?,
        last_day: number(row.l)?,
        per_week: number(row.m)?,
        per_month: number(row.n)?,
        people: number(row.o)?,
        arrive_before: number(row.p)?,
        latest_arrival: number(row.q)?,
        join_hours: number(row.r)?,
        approval: Approval::parse(&text(row.d)?).ok_or(Error::Broken("which visits are looked at"))?,
    })
}

fn visit(row: Row) -> Result<Visit> {
    Ok(Visit {
        id: Id::new(text(row.a)?),
        kind: kind(&text(row.b)?)?,
        date: day(row.c)?,
        ours: number(row.k)? == 1,
        same_inmate: number(row.l)? == 1,
        starts_at: Instant(number(row.m)?),
        ends_at: Instant(number(row.n)?),
    })
}

fn apart(row: Row) -> Result<ApartVisit> {
    Ok(ApartVisit {
        starts_at: Instant(number(row.k)?),
        ends_at: Instant(number(row.l)?),
        minutes: number(row.m)?,
        visitors: row.n == Some(1),
    })
}

/// An appointment, or what the case system has decided: some of it takes him away for a while.
fn engaged(row: Row) -> Result<Option<Engaged>> {
    appointments::engaged(&text(row.a)?, (number(row.k)?, row.l), number(row.m)?)
}

fn ordered(row: Row) -> Result<Restriction> {
    order(&(text(row.b)?, text(row.c)?, text(row.d)?))
}

/// The days that the limits of a week and of a month look at.
pub(super) fn counted(first: CivilDate, last: CivilDate) -> (CivilDate, CivilDate) {
    let (monday, sunday) = (first.monday(), last.monday().plus_days(6));
    (monday.min(*first.month().start()), sunday.max(*last.month().end()))
}

/// `$1` the inmate, `$2` the unit, `$3` what the company's rows hang on, `$4` to `$5` the days asked for, `$6` to `$7` those that are
/// counted, `$8` the visit that is being changed (or the request that is answered) or nothing, `$9` when that is asked. `$company`: person and child of those who come, `$alone` of those whose pairs are asked for;
/// `$visits`: the visits that count.
macro_rules! known {
    ($company:literal, $visits:expr, $alone:literal) => {
        concat!(
            "SELECT 'rule' AS tag, u.valid_from AS a, u.valid_to AS b, u.source AS c, u.approval AS d, ",
            "CAST(NULL AS TEXT) AS e, CAST(NULL AS TEXT) AS f, CAST(NULL AS TEXT) AS g, u.first_day AS k, u.last_day AS l, ",
            "u.per_week AS m, u.per_month AS n, u.people AS o, u.arrive_before AS p, u.latest_arrival AS q, u.join_hours AS r ",
            "FROM visit_rule u WHERE u.unit_id = $2 ",
            "UNION ALL SELECT 'blocked', x.date, x.reason, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM blocked_date x WHERE x.unit_id = $2 AND x.date BETWEEN $4 AND $5 ",
            "UNION ALL SELECT 'guest', w.person_id, p.birth_date, c.measures, c.valid_from, c.valid_to, p.name, p.public_id, w.child, ",
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM (",
            $company,
            ") w JOIN person p ON p.id = w.person_id LEFT JOIN clearance c ON c.person_id = w.person_id AND c.inmate_id = $1 ",
            "AND c.unit_id = $2 AND c.outcome = 'granted' AND COALESCE(c.other_parent, 'given') IN ('given', 'without') ",
            "UNION ALL SELECT 'order', t.id, t.kind, t.valid_from, t.valid_to, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ",
            "NULL FROM restriction t WHERE t.inmate_id = $1 AND t.valid_to >= $4 AND t.kind IN ('visit_ban', 'visit_control', 'isolation') ",
            "UNION ALL SELECT 'present', NULL, NULL, NULL, NULL, NULL, NULL, NULL, l.leaves_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM placement l WHERE l.inmate_id = $1 AND l.unit_id = $2 AND l.ended_at IS NULL ",
            "UNION ALL SELECT 'kept', k.session_id, NULL, NULL, NULL, NULL, NULL, NULL, (SELECT COUNT(*) FROM visit_invitation j ",
            "WHERE j.booking_id = k.id AND (j.state = 'coming' OR (j.state = 'asked' AND j.answer_by > $9))), ",
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM booking k WHERE k.id = $8 AND k.state = 'booked' ",
            "UNION ALL SELECT 'apart', NULL, NULL, NULL, NULL, NULL, NULL, NULL, y.starts_at, y.ends_at, (SELECT CAST(z.value AS BIGINT) ",
            "FROM rule z WHERE z.key = 'booking.apart_minutes' AND z.valid_from <= $4 ORDER BY z.valid_from DESC LIMIT 1), ",
            "NULL, NULL, NULL, NULL, NULL FROM (SELECT s.inmate_b AS other FROM kept_apart s WHERE s.inmate_a = $1 AND s.ended_at IS NULL ",
            "UNION SELECT s.inmate_a FROM kept_apart s WHERE s.inmate_b = $1 AND s.ended_at IS NULL) x CROSS JOIN booking y ",
            "WHERE y.inmate_id = x.other AND y.state = 'booked' AND y.date BETWEEN $4 AND $5 AND y.unit_id = $2 ",
            $crate::visits::apart::visitors::visitors_met!($alone, $company),
            $crate::visits::wings::times_not_his!(),
            "UNION ALL SELECT 'engaged', e.source, NULL, NULL, NULL, NULL, NULL, NULL, e.starts_at, e.ends_at, ",
            $crate::visits::appointments::away_minutes!("$4"),
            ", NULL, NULL, NULL, NULL, NULL FROM ",
            $crate::visits::appointments::away!("$4"),
            " UNION ALL SELECT 'met', w.person_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM (",
            $company,
            ") w WHERE EXISTS (SELECT 1 FROM booking_party y JOIN booking z ON z.id = y.booking_id WHERE y.person_id = w.person_id ",
            "AND z.inmate_id = $1 AND z.state = 'booked' AND z.kind <> 'lawyer' AND z.id <> $8 AND NOT EXISTS (SELECT 1 FROM visit_mark m ",
            "WHERE m.booking_id = z.id AND m.undone_at IS NULL AND m.kind IN ('denied', 'inmate_refused', 'no_show'))) ",
            "UNION ALL SELECT 'requested', q.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM (",
            $company,
            ") w JOIN visit_request q ON q.person_id = w.person_id AND q.inmate_id = $1 AND q.state = 'open' AND q.id <> $8 ",
            "UNION ALL SELECT 'silent', x.source, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL ",
            "FROM custody_source x WHERE x.heard_at + 60000000 * (SELECT CAST(z.value AS BIGINT) FROM rule z ",
            "WHERE z.key = 'booking.feed_silent_minutes' AND z.valid_from <= $4 ORDER BY z.valid_from DESC LIMIT 1) < $9 ",
            "UNION ALL SELECT 'visit', v.id, v.kind, v.date, NULL, NULL, NULL, NULL, v.ours, v.same_inmate, v.starts_at, v.ends_at, ",
            "NULL, NULL, NULL, NULL FROM (",
            $visits,
            ") v"
        )
    };
}

/// The inmate's visits and those of the company, but the one that is being changed; what is asked for counts as one. Two halves of each, by an index of its own: with one
/// OR, PostgreSQL reads and locks all bookings, and confirmations that have nothing to do with each other are thrown back. `$of`: the table of
/// the company, `$by`: what its rows hang on.
macro_rules! company_visits {
    ($of:literal, $by:literal) => {
        concat!(
            "SELECT b.id, CAST(CASE WHEN EXISTS (SELECT 1 FROM ",
            $of,
            " d JOIN booking_party p ON p.booking_id = b.id AND p.person_id = d.person_id WHERE d.",
            $by,
            " = $3) THEN 1 ELSE 0 END AS BIGINT) AS ours, CAST(1 AS BIGINT) AS same_inmate, b.kind, b.date, b.starts_at, b.ends_at ",
            "FROM booking b WHERE b.state = 'booked' AND b.inmate_id = $1 AND b.date BETWEEN $6 AND $7 AND b.id <> $8 ",
            "UNION SELECT b.id, CAST(1 AS BIGINT) AS ours, CAST(CASE WHEN b.inmate_id = $1 THEN 1 ELSE 0 END AS BIGINT) ",
            "AS same_inmate, b.kind, b.date, b.starts_at, b.ends_at FROM ",
            $of,
            " d JOIN booking_party p ON p.person_id = d.person_id JOIN booking b ON b.id = p.booking_id WHERE d.",
            $by,
            " = $3 AND b.state = 'booked' AND b.date BETWEEN $6 AND $7 AND b.id <> $8 ",
            "UNION SELECT q.id, CAST(CASE WHEN EXISTS (SELECT 1 FROM ",
            $of,
            " d JOIN visit_request_party p ON p.request_id = q.id AND p.person_id = d.person_id WHERE d.",
            $by,
            " = $3) THEN 1 ELSE 0 END AS BIGINT) AS ours, CAST(1 AS BIGINT) AS same_inmate, q.kind, q.date, q.starts_at, q.ends_at ",
            "FROM visit_request q WHERE q.state = 'open' AND q.inmate_id = $1 AND q.date BETWEEN $6 AND $7 AND q.id <> $8 ",
            "UNION SELECT q.id, CAST(1 AS BIGINT) AS ours, CAST(CASE WHEN q.inmate_id = $1 THEN 1 ELSE 0 END AS BIGINT) ",
            "AS same_inmate, q.kind, q.date, q.starts_at, q.ends_at FROM ",
            $of,
            " d JOIN visit_request_party p ON p.person_id = d.person_id JOIN visit_request q ON q.id = p.request_id WHERE d.",
            $by,
            " = $3 AND q.state = 'open' AND q.date BETWEEN $6 AND $7 AND q.id <> $8"
        )
    };
}

pub(super) use {company_visits, known};
