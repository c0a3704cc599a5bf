//! Whom somebody can visit, and who can come along: those with a granted clearance, she herself and her children.
//! A child who has come of age books alone: nobody else sees whom it visits.

use domain::{
    access::{Person, Unit},
    kernel::{CivilDate, Id, Public},
    visits::booking::{Guest, Standing, UnitRules, facts::ADULT_FROM, in_force},
};

use super::{Inmate, facts::From};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    decision::measures,
    visits::sessions::rows::{RULES, RuleRow, date},
};

/// Somebody who can be visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookable {
    pub inmate: Public<Inmate>,
    pub inmate_name: String,
    pub unit_name: String,
    pub unit_phone: String,
    /// False when there can be no visit in this unit now. Why is not said.
    pub open: bool,
    pub rules: Option<UnitRules>,
    pub people: Vec<BookablePerson>,
    pub(super) inmate_id: Id<Inmate>,
    pub(in crate::visits) unit: Id<Unit>,
}

/// Somebody who can come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookablePerson {
    pub public: Public<Person>,
    pub name: String,
    pub born: Option<CivilDate>,
    pub child: bool,
    /// The one who books.
    pub own: bool,
    /// The last day of the clearance.
    pub valid_to: CivilDate,
    pub(super) id: Id<Person>,
    pub(super) standing: Vec<Standing>,
}

impl BookablePerson {
    pub(super) fn guest(&self) -> Guest {
        Guest { person: self.id.clone(), born: self.born, child: self.child, standing: self.standing.clone() }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    inmate_id: String,
    inmate_public: String,
    inmate_name: String,
    unit_id: String,
    unit_name: String,
    unit_phone: String,
    present: i64,
    person_id: String,
    person_public: String,
    person_name: String,
    birth_date: Option<String>,
    child: i64,
    measures: String,
    valid_from: String,
    valid_to: String,
}

/// All whom she or a child of hers may visit, each with those who may come; she herself first.
pub async fn bookable(ctx: &Ctx, who: &Citizen) -> Result<Vec<Bookable>> {
    load(&mut From::Db(&ctx.db), &who.person, ctx.now().date()).await
}

pub(super) async fn load(from: &mut From<'_>, who: &Id<Person>, today: CivilDate) -> Result<Vec<Bookable>> {
    let rows: Vec<Row> = from.all(BOOKABLE, args![who, today, today.years_ago(ADULT_FROM)]).await?;
    let mut all: Vec<Bookable> = Vec::new();
    for row in rows {
        let same = |b: &Bookable| b.inmate_id.as_str() == row.inmate_id && b.unit.as_str() == row.unit_id;
        match all.iter_mut().find(|b| same(b)) {
            Some(known) => add(&mut known.people, &row, who)?,
            None => all.push(first(from, &row, who, today).await?),
        }
    }
    Ok(where_he_is(all))
}

async fn first(from: &mut From<'_>, row: &Row, who: &Id<Person>, today: CivilDate) -> Result<Bookable> {
    let rules: Vec<RuleRow> = from.all(RULES, args![&row.unit_id]).await?;
    let rules: Vec<UnitRules> = rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let rules = in_force(&rules, today).cloned();
    let mut people = Vec::new();
    add(&mut people, row, who)?;
    Ok(Bookable {
        inmate: Public::parse(&row.inmate_public).ok_or(Error::Broken("public id"))?,
        inmate_name: row.inmate_name.clone(),
        unit_name: row.unit_name.clone(),
        unit_phone: row.unit_phone.clone(),
        open: row.present == 1 && rules.is_some(),
        rules,
        people,
        inmate_id: Id::new(row.inmate_id.as_str()),
        unit: Id::new(row.unit_id.as_str()),
    })
}

/// Adds a clearance to its person, or the person to the company.
fn add(people: &mut Vec<BookablePerson>, row: &Row, who: &Id<Person>) -> Result<()> {
    let (from, to) = (date(&row.valid_from)?, date(&row.valid_to)?);
    let standing = Standing { measures: measures(&row.measures), from, to };
    if let Some(known) = people.iter_mut().find(|p| p.id.as_str() == row.person_id) {
        known.valid_to = known.valid_to.max(to);
        known.standing.push(standing);
        return Ok(());
    }
    people.push(BookablePerson {
        public: Public::parse(&row.person_public).ok_or(Error::Broken("public id"))?,
        name: row.person_name.clone(),
        born: row.birth_date.as_deref().map(date).transpose()?,
        child: row.child == 1,
        own: row.person_id == who.as_str(),
        valid_to: to,
        id: Id::new(row.person_id.as_str()),
        standing: vec![standing],
    });
    people.sort_by_key(|p| (!p.own, p.child, p.born, p.name.clone()));
    Ok(())
}

/// Of several units for the same inmate the one he is in.
fn where_he_is(all: Vec<Bookable>) -> Vec<Bookable> {
    let mut kept: Vec<Bookable> = Vec::new();
    for one in all {
        match kept.iter_mut().find(|k| k.inmate_id == one.inmate_id) {
            Some(known) if one.open && !known.open => *known = one,
            Some(_) => {}
            None => kept.push(one),
        }
    }
    kept
}

pub const BOOKABLE: &str = "SELECT c.inmate_id, i.public_id AS inmate_public, i.name AS inmate_name, c.unit_id, \
    u.name AS unit_name, u.phone AS unit_phone, CAST(CASE WHEN EXISTS (SELECT 1 FROM placement l \
    WHERE l.inmate_id = c.inmate_id AND l.unit_id = c.unit_id AND l.ended_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) \
    AS present, c.person_id, p.public_id AS person_public, p.name AS person_name, p.birth_date, c.child, c.measures, \
    c.valid_from, c.valid_to FROM clearance c JOIN person p ON p.id = c.person_id JOIN inmate i ON i.id = c.inmate_id \
    JOIN unit u ON u.id = c.unit_id WHERE c.outcome = 'granted' AND c.valid_to >= $2 \
    AND COALESCE(c.other_parent, 'given') IN ('given', 'without') AND (c.person_id = $1 \
    OR (p.birth_date > $3 AND c.person_id IN (SELECT k.person_id FROM child_of k WHERE k.guardian_id = $1))) \
    ORDER BY i.sort_name, c.inmate_id, c.unit_id, c.valid_from, c.id";
