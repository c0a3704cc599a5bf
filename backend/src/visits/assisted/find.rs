//! Who it is: by reference, by number, or by a part of the name, among those whom her units know. The search stands in the trail
//! before it is made; what was searched for does not.

use domain::{
    access::Person,
    kernel::{CivilDate, NationalId, Public, Reference},
    visits::assisted::may_assist,
};

use crate::{
    Error, Result, args,
    audit::{self, ON_BEHALF},
    ctx::{Actor, Ctx, Staff},
    custody::finding::part_of,
    visits::units,
};

/// Somebody who can be helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub public: Public<Person>,
    pub name: String,
    pub born: Option<CivilDate>,
}

type Row = (String, String, Option<String>);

/// None: it is not her work.
pub async fn find(ctx: &Ctx, staff: &Staff, text: &str) -> Result<Option<Vec<Found>>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "person_search");
    audit::record(ctx, entry.because(ON_BEHALF)).await?;
    let rows = rows(ctx, staff, text).await?;
    rows.into_iter().map(found).collect::<Result<_>>().map(Some)
}

/// Many a name reads as a reference too: what is no case's and no visit's goes on as a name.
async fn rows(ctx: &Ctx, staff: &Staff, text: &str) -> Result<Vec<Row>> {
    if let Ok(number) = NationalId::parse(text) {
        let hash = ctx.vault.fingerprint("national_id", number.expose());
        return ctx.db.all(BY_NUMBER, args![units(staff), hash]).await;
    }
    if let Some(reference) = Reference::parse(text) {
        let rows: Vec<Row> = ctx.db.all(BY_REFERENCE, args![units(staff), &reference]).await?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    // No wildcard of the searcher's own; what is left of nothing finds nobody.
    let Some(part) = part_of(text) else { return Ok(vec![]) };
    ctx.db.all(BY_NAME, args![units(staff), format!("%{part}%")]).await
}

fn found((public, name, born): Row) -> Result<Found> {
    let born = born.as_deref().map(|day| CivilDate::parse_iso(day).ok_or(Error::Broken("a birth date")));
    Ok(Found {
        public: Public::parse(&public).ok_or(Error::Broken("public id"))?,
        name,
        born: born.transpose()?,
    })
}

/// Grown-up people whom these units know: by an application, a visit, or an earlier contact. A lawyer's rooms make nobody known.
macro_rules! known {
    ($rest:literal) => {
        concat!(
            "SELECT p.public_id, p.name, p.birth_date FROM person p ",
            "WHERE NOT EXISTS (SELECT 1 FROM child_of k WHERE k.person_id = p.id) AND (",
            "EXISTS (SELECT 1 FROM application a WHERE a.person_id = p.id AND $1 LIKE '% ' || a.unit_id || ' %') ",
            "OR EXISTS (SELECT 1 FROM booking b WHERE b.person_id = p.id AND b.kind <> 'lawyer' ",
            "AND $1 LIKE '% ' || b.unit_id || ' %') ",
            "OR EXISTS (SELECT 1 FROM assist_contact t WHERE t.person_id = p.id ",
            "AND $1 LIKE '% ' || t.unit_id || ' %')) ",
            $rest
        )
    };
}
pub(super) const ONE: &str = known!("AND p.public_id = $2");
pub const BY_NAME: &str = known!("AND p.sort_name LIKE $2 ORDER BY p.sort_name, p.id LIMIT 50");
pub const BY_NUMBER: &str = known!("AND p.id IN (SELECT n.person_id FROM person_number n WHERE n.hash = $2)");
pub const BY_REFERENCE: &str = known!(
    "AND p.id IN (SELECT a.person_id FROM application a WHERE a.reference = $2 \
     UNION SELECT b.person_id FROM booking b WHERE b.reference = $2)"
);
