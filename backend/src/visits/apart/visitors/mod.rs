//! Visitors who must not meet at a unit, whomever they visit (ADR 37): written down and ended by its staff for a reason of a closed list and
//! a sealed word. To each of them a time at which the other one comes looks full; what was booked before comes to the list of work. Never:
//! a word to either of them, not even that there is another.

#[cfg(test)]
mod tests;

use domain::{
    access::{Person, Unit},
    inmates::may_open,
    kernel::{CivilDate, Id, Instant, Public, Reference, TextError, line},
    visits::booking::apart::{ApartReason, VisitorsApart},
};

use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::finding::part_of,
    db::{Command, Tx},
    visits::{clearance::LookReason, units},
};

/// Longest note, in characters.
pub const LONGEST: usize = 200;

/// Two of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub public: Public<VisitorsApart>,
    pub names: [String; 2],
    pub unit_name: String,
    pub reason: ApartReason,
    pub note: Option<String>,
    pub since: Instant,
}

/// Somebody who has asked to visit in a unit of the reader's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub public: Public<Person>,
    pub name: String,
    pub born: Option<CivilDate>,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitorsRefusal {
    /// It is not the work of whoever asks.
    Hidden,
    /// The two are one.
    Herself,
    /// No unit of hers knows them both.
    NoUnit,
    Note(TextError),
    /// They are kept apart already: what was typed is not written down.
    Already,
}

#[derive(sqlx::FromRow)]
struct PairRow {
    id: String,
    public_id: String,
    person_a: String,
    one: String,
    other: String,
    unit_name: String,
    reason: String,
    note: Option<Vec<u8>>,
    subject_key: Option<Vec<u8>>,
    since: i64,
}

impl PairRow {
    fn pair(self, ctx: &Ctx) -> Result<Pair> {
        let note = self.note.as_ref().zip(self.subject_key.as_ref());
        let note = note.map(|(note, key)| {
            let key = ctx.vault.subject_from(&self.person_a, key)?;
            let plain = key.open(&place(&self.id), note)?;
            String::from_utf8(plain.to_vec()).map_err(|_| Error::Broken("a note"))
        });
        Ok(Pair {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            note: note.transpose()?,
            names: [self.one, self.other],
            unit_name: self.unit_name,
            reason: ApartReason::parse(&self.reason).ok_or(Error::Broken("a reason to keep apart"))?,
            since: Instant(self.since),
        })
    }
}

fn place(id: &str) -> String {
    format!("visitor_apart/note/{id}")
}

/// Of all her units; the look is written first. None: it is not her work.
pub async fn listed(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Pair>>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    for unit in &staff.units {
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").at_unit(unit);
        audit::record(ctx, entry.about("unit", unit).because(LookReason::HandleCase.code())).await?;
    }
    let rows: Vec<PairRow> = ctx.db.all(LIST, vec![units(staff)]).await?;
    rows.into_iter().map(|row| row.pair(ctx)).collect::<Result<_>>().map(Some)
}

/// By the reference of a case, or by a part of the name among those whom a unit of hers knows. The search stands in the trail before it is made.
pub async fn find(ctx: &Ctx, staff: &Staff, text: &str) -> Result<Vec<Found>> {
    if !may_open(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "person_search");
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    let mut rows: Vec<(String, String, Option<String>)> = vec![];
    if let Some(reference) = Reference::parse(text) {
        rows = ctx.db.all(BY_REFERENCE, vec![units(staff), (&reference).into()]).await?;
    }
    // Many a name reads as a reference too.
    if let (true, Some(part)) = (rows.is_empty(), part_of(text)) {
        rows = ctx.db.all(BY_NAME, vec![units(staff), format!("%{part}%").into()]).await?;
    }
    let found = |(public, name, born): (String, String, Option<String>)| {
        let born = born.as_deref().map(|day| CivilDate::parse_iso(day).ok_or(Error::Broken("a birth date")));
        let public = Public::parse(&public).ok_or(Error::Broken("public id"))?;
        Ok(Found { public, name, born: born.transpose()? })
    };
    rows.into_iter().map(found).collect()
}

/// From now on, in each unit of hers that knows both. Said twice it is one pair.
pub async fn keep_apart(
    ctx: &Ctx,
    staff: &Staff,
    (one, other): (&Public<Person>, &Public<Person>),
    reason: ApartReason,
    note: &str,
) -> Result<std::result::Result<(), VisitorsRefusal>> {
    if !may_open(&staff.roles) {
        return Ok(Err(VisitorsRefusal::Hidden));
    }
    if one == other {
        return Ok(Err(VisitorsRefusal::Herself));
    }
    let note = match line(note, LONGEST) {
        Ok(note) => Some(note),
        Err(TextError::Empty) => None,
        Err(error) => return Ok(Err(VisitorsRefusal::Note(error))),
    };
    let ids = staff.units.iter().map(|_| (ctx.chance.id(ctx.now()), ctx.chance.public())).collect();
    let (ctx, staff, two) = (ctx.clone(), staff.clone(), [one.clone(), other.clone()]);
    ctx.db.clone().write(Keep { ctx, staff, two, reason, note, ids }).await
}

struct Keep {
    ctx: Ctx,
    staff: Staff,
    two: [Public<Person>; 2],
    reason: ApartReason,
    note: Option<String>,
    /// One for each of her units.
    ids: Vec<(Id<VisitorsApart>, Public<VisitorsApart>)>,
}

impl Command for Keep {
    type Out = std::result::Result<(), VisitorsRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let [one, other] = &self.two;
        let values = vec![one.into(), other.into(), units(&self.staff)];
        let known: Vec<(String, String, String)> = tx.all(KNOWN_AT, values).await?;
        if known.is_empty() {
            return Ok(Err(VisitorsRefusal::NoUnit));
        }
        let mut kept = 0;
        for ((unit, one, other), (id, public)) in known.iter().zip(&self.ids) {
            let (a, b) = if one < other { (one, other) } else { (other, one) };
            let note = match &self.note {
                Some(note) => {
                    let key = self.ctx.vault.subject(tx, a).await?;
                    Some(key.seal(&self.ctx.chance, &place(id.as_str()), note.as_bytes())?)
                }
                None => None,
            };
            let (staff, now) = (&self.staff.staff, self.ctx.now());
            let values = args![id, public, unit, a, b, self.reason.code(), note, staff, now];
            if tx.execute(KEEP, values).await? == 1 {
                kept += 1;
                let what = ("visitors_apart", Some(self.reason));
                changed(&self.ctx, tx, &self.staff, (unit, [a, b]), what).await?;
            }
        }
        Ok(if kept == 0 { Err(VisitorsRefusal::Already) } else { Ok(()) })
    }
}

/// The trace of each, and a look at what each has booked there.
async fn changed(
    ctx: &Ctx,
    tx: &mut Tx,
    staff: &Staff,
    (unit, two): (&str, [&str; 2]),
    (action, reason): (&'static str, Option<ApartReason>),
) -> Result<()> {
    for person in two {
        let entry =
            audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action).at_unit(&Id::<Unit>::new(unit));
        let entry = entry.about("person", &Id::<Person>::new(person));
        match reason {
            Some(reason) => entry.because(reason.code()).save(tx).await?,
            None => entry.save(tx).await?,
        }
        tx.later(RECHECK, args![person, unit, ctx.now().date()]).await?;
    }
    Ok(())
}

/// They may meet again. False: it had ended. None: it is not hers to see.
pub async fn end(ctx: &Ctx, staff: &Staff, pair: &Public<VisitorsApart>) -> Result<Option<bool>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(End { ctx: ctx.clone(), staff: staff.clone(), pair: pair.clone() }).await
}

struct End {
    ctx: Ctx,
    staff: Staff,
    pair: Public<VisitorsApart>,
}

impl Command for End {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let own: Option<(String, String, String, String)> =
            tx.optional(OWN, vec![(&self.pair).into(), units(&self.staff)]).await?;
        let Some((id, unit, a, b)) = own else { return Ok(None) };
        if tx.execute(END, args![id, self.ctx.now(), &self.staff.staff]).await? == 0 {
            return Ok(Some(false));
        }
        changed(&self.ctx, tx, &self.staff, (&unit, [&a, &b]), ("visitors_meet", None)).await?;
        Ok(Some(true))
    }
}

/// Visits of those whom one of the company must not meet, as rows of what is known of a time. A company in which two of them are meets at
/// any time. Each visit is read by its id alone: what is read is what others' writes are measured against. `$company`: person and child
/// of those who come.
macro_rules! visitors_met {
    ($alone:literal, $company:literal) => {
        concat!(
            "UNION ALL SELECT 'apart', NULL, NULL, NULL, NULL, NULL, NULL, NULL, t.starts_at, t.ends_at, (SELECT CAST(z.value AS BIGINT) ",
            "FROM rule z WHERE z.key = 'booking.apart_minutes' AND z.valid_from <= $4 ORDER BY z.valid_from DESC LIMIT 1), ",
            "CAST(1 AS BIGINT), NULL, NULL, NULL, NULL FROM (SELECT (SELECT y.starts_at FROM booking y JOIN visit_session e ",
            "ON e.id = y.session_id AND e.way = 'room' AND e.kind <> 'video' WHERE y.id = g.booking_id AND y.state = 'booked' ",
            "AND y.date BETWEEN $4 AND $5 AND y.unit_id = $2 AND y.id <> $8) AS starts_at, ",
            "(SELECT y.ends_at FROM booking y WHERE y.id = g.booking_id) AS ends_at FROM (SELECT s.person_b AS other FROM (",
            $alone,
            ") w JOIN visitor_apart s ON s.person_a = w.person_id AND s.unit_id = $2 AND s.ended_at IS NULL ",
            "UNION SELECT s.person_a FROM (",
            $alone,
            ") w JOIN visitor_apart s ON s.person_b = w.person_id AND s.unit_id = $2 AND s.ended_at IS NULL) x ",
            "JOIN booking_party g ON g.person_id = x.other) t WHERE t.starts_at IS NOT NULL ",
            "UNION ALL SELECT 'apart', NULL, NULL, NULL, NULL, NULL, NULL, NULL, ",
            "CAST(0 AS BIGINT), CAST(9000000000000000 AS BIGINT), CAST(0 AS BIGINT), CAST(1 AS BIGINT), NULL, NULL, NULL, NULL FROM (",
            $alone,
            ") w JOIN visitor_apart s ON (s.person_a = w.person_id OR s.person_b = w.person_id) AND s.unit_id = $2 AND s.ended_at IS NULL JOIN (",
            $company,
            ") o ON o.person_id = CASE WHEN s.person_a = w.person_id THEN s.person_b ELSE s.person_a END "
        )
    };
}

pub(in crate::visits) use visitors_met;

pub const LIST: &str = "SELECT k.id, k.public_id, k.person_a, a.name AS one, b.name AS other, u.name AS unit_name, k.reason, k.note, \
    s.sealed AS subject_key, k.since FROM visitor_apart k JOIN person a ON a.id = k.person_a JOIN person b ON b.id = k.person_b \
    JOIN unit u ON u.id = k.unit_id LEFT JOIN subject_key s ON s.subject_id = k.person_a WHERE k.ended_at IS NULL \
    AND $1 LIKE '% ' || k.unit_id || ' %' ORDER BY u.name, k.since, k.id LIMIT 300";
/// Whom a unit of hers knows by an application.
pub const BY_REFERENCE: &str = "SELECT p.public_id, p.name, p.birth_date FROM person p WHERE EXISTS (SELECT 1 FROM application a \
    JOIN clearance c ON c.application_id = a.id WHERE a.reference = $2 AND c.person_id = p.id AND $1 LIKE '% ' || c.unit_id || ' %') \
    ORDER BY p.sort_name, p.id LIMIT 20";
pub const BY_NAME: &str = "SELECT p.public_id, p.name, p.birth_date FROM person p WHERE p.sort_name LIKE $2 AND EXISTS (SELECT 1 \
    FROM clearance c WHERE c.person_id = p.id AND $1 LIKE '% ' || c.unit_id || ' %') \
    ORDER BY p.sort_name, p.id LIMIT 20";
pub const KNOWN_AT: &str = "SELECT u.id AS unit, p.id AS one, q.id AS other FROM person p JOIN person q ON q.public_id = $2 \
    JOIN unit u ON $3 LIKE '% ' || u.id || ' %' WHERE p.public_id = $1 \
    AND EXISTS (SELECT 1 FROM clearance c WHERE c.person_id = p.id AND c.unit_id = u.id) \
    AND EXISTS (SELECT 1 FROM clearance d WHERE d.person_id = q.id AND d.unit_id = u.id) ORDER BY u.id";
pub const KEEP: &str = "INSERT INTO visitor_apart (id, public_id, unit_id, person_a, person_b, reason, note, staff_id, since) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
pub const RECHECK: &str = "UPDATE booking SET checked_on = '' WHERE state = 'booked' AND unit_id = $2 AND date >= $3 \
    AND id IN (SELECT y.booking_id FROM booking_party y WHERE y.person_id = $1)";
pub const OWN: &str = "SELECT id, unit_id, person_a, person_b FROM visitor_apart WHERE public_id = $1 \
    AND $2 LIKE '% ' || unit_id || ' %'";
pub const END: &str = "UPDATE visitor_apart SET ended_at = $2, ended_by = $3 WHERE id = $1 \
    AND ended_at IS NULL";
