//! Who has a piece of work and who could: for the page on which it changes hands.

use domain::{
    kernel::Public,
    work::{Holder, Kind},
};

use super::{
    Officer, WorkMark,
    act::{Row, units},
    source_of,
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub public: Officer,
    pub name: String,
}

/// One piece of work as the page shows it on which it changes hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignable {
    pub kind: Kind,
    pub reference: String,
    pub holder: Holder,
    pub holder_name: Option<String>,
    pub colleagues: Vec<Colleague>,
}

/// Who has it and who could; two reads. None: not hers. Names nobody whom it is about, so it is no look.
pub async fn assignable(
    ctx: &Ctx,
    staff: &Staff,
    source: &str,
    public: &Public<WorkMark>,
) -> Result<Option<Assignable>> {
    let Some(source) = source_of(source) else { return Ok(None) };
    let row: Option<Row> = ctx.db.optional(source.load, args![public, units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    let kind = row.kind()?;
    if !staff.roles.contains(&kind.role()) {
        return Ok(None);
    }
    let values = args![&row.unit_id, kind.role().code(), &staff.staff, row.officer_id.as_ref()];
    let others: Vec<(String, String, i64)> = ctx.db.all(COLLEAGUES, values).await?;
    let has_it = others.iter().find(|(_, _, has)| *has == 1).map(|(_, name, _)| name.clone());
    let colleague = |(public, name, _): &(String, String, i64)| {
        Ok(Colleague { public: Public::parse(public).ok_or(Error::Broken("public id"))?, name: name.clone() })
    };
    Ok(Some(Assignable {
        kind,
        reference: row.reference,
        holder: match row.officer_id.as_deref() {
            Some(id) if id == staff.staff.as_str() => Holder::Me,
            Some(_) if has_it.is_some() => Holder::Other,
            _ => Holder::Nobody,
        },
        colleagues: others.iter().filter(|(_, _, has)| *has == 0).map(colleague).collect::<Result<_>>()?,
        holder_name: has_it,
    }))
}

/// Those of the unit ($1) who signed in with that duty ($2) the last time, and whoever has it ($4), who is told by a 1.
pub const COLLEAGUES: &str = "SELECT m.public_id, m.name, CAST(CASE WHEN m.id = $4 THEN 1 ELSE 0 END AS BIGINT) AS has \
    FROM staff_present h JOIN staff_member m ON m.id = h.id WHERE m.id <> $3 AND (m.id = $4 OR EXISTS \
    (SELECT 1 FROM session x WHERE x.staff_id = m.id AND ' ' || x.units || ' ' LIKE '% ' || CAST($1 AS TEXT) || ' %' \
    AND ' ' || x.roles || ' ' LIKE '% ' || CAST($2 AS TEXT) || ' %' AND NOT EXISTS (SELECT 1 FROM session y \
    WHERE y.staff_id = m.id AND y.opened_at > x.opened_at))) ORDER BY m.name, m.id LIMIT 200";
