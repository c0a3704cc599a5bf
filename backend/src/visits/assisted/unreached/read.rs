//! The list to print, and one of them. Each look is written first.

use domain::{
    access::{Person, Unit},
    kernel::{Id, Instant, Phone, Public},
    visits::{
        assisted::may_assist,
        unreached::{Reached, Unreached},
    },
};

use crate::{
    Error, Result, audit,
    ctx::{Actor, Ctx, Staff},
    db::Value,
    identity::contacts,
    visits::{clearance::LookReason, units},
};

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub public: Public<Unreached>,
    pub name: String,
    pub unit_name: String,
    /// As she gave it; it may be old.
    pub phone: Option<Phone>,
    /// What there is to tell, by the kinds of letters.
    pub kinds: Vec<String>,
    pub since: Instant,
    pub tries: i64,
    pub tried_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One {
    pub listed: Listed,
    pub unit_phone: String,
    pub unit_address: String,
    /// None: she has not been told.
    pub done: Option<(Done, Instant)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Told(Reached),
    /// She has confirmed an address since.
    ByMail,
    /// She has signed in since.
    Seen,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    person_id: String,
    unit_id: String,
    name: String,
    unit_name: String,
    unit_phone: String,
    unit_address: String,
    kinds: String,
    since: i64,
    tries: i64,
    tried_at: Option<i64>,
    state: String,
    done_at: Option<i64>,
    subject_key: Option<Vec<u8>>,
    sealed: Option<Vec<u8>>,
}

/// Of all her units, who has waited longest first. None: it is not her work.
pub async fn listed(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Listed>>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    for unit in &staff.units {
        look(ctx, staff, unit, ("unit", unit.as_str())).await?;
    }
    let rows: Vec<Row> = ctx.db.all(OPEN, vec![units(staff)]).await?;
    rows.into_iter().map(|row| row.listed(ctx)).collect::<Result<_>>().map(Some)
}

async fn look(ctx: &Ctx, staff: &Staff, unit: &Id<Unit>, (kind, id): (&'static str, &str)) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").at_unit(unit);
    let entry = entry.about(kind, &Id::<Unreached>::new(id));
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await
}

/// None: it is not her work, or another unit's.
pub async fn one(ctx: &Ctx, staff: &Staff, public: &Public<Unreached>) -> Result<Option<One>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(ONE, vec![Value::from(public), units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    look(ctx, staff, &Id::new(row.unit_id.as_str()), ("person", &row.person_id)).await?;
    let done = match (row.state.as_str(), row.done_at) {
        ("by_mail", Some(at)) => Some((Done::ByMail, Instant(at))),
        ("seen", Some(at)) => Some((Done::Seen, Instant(at))),
        (code, Some(at)) => {
            let how = Reached::parse(code).ok_or(Error::Broken("how somebody was told"))?;
            Some((Done::Told(how), Instant(at)))
        }
        (_, None) => None,
    };
    let (unit_phone, unit_address) = (row.unit_phone.clone(), row.unit_address.clone());
    Ok(Some(One { listed: row.listed(ctx)?, unit_phone, unit_address, done }))
}

impl Row {
    fn listed(self, ctx: &Ctx) -> Result<Listed> {
        let person: Id<Person> = Id::new(self.person_id.as_str());
        let kept = self.subject_key.as_ref().zip(self.sealed.as_ref());
        let phone = kept.map(|(key, sealed)| contacts::phone_of(ctx, &person, key, sealed)).transpose()?;
        Ok(Listed {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            name: self.name,
            unit_name: self.unit_name,
            phone,
            kinds: self.kinds.split(' ').map(str::to_owned).collect(),
            since: Instant(self.since),
            tries: self.tries,
            tried_at: self.tried_at.map(Instant),
        })
    }
}

macro_rules! rows {
    ($where:literal) => {
        concat!(
            "SELECT x.public_id, x.person_id, x.unit_id, p.name, u.name AS unit_name, u.phone AS unit_phone, u.address AS unit_address, ",
            "x.kinds, x.since, x.tries, x.tried_at, x.state, x.done_at, k.sealed AS subject_key, c.sealed FROM unreached x JOIN person p ON p.id = x.person_id ",
            "JOIN unit u ON u.id = x.unit_id LEFT JOIN contact c ON c.person_id = x.person_id AND c.kind = 'phone' ",
            "LEFT JOIN subject_key k ON k.subject_id = x.person_id WHERE ",
            $where
        )
    };
}

pub const OPEN: &str =
    rows!("x.state = 'open' AND $1 LIKE '% ' || x.unit_id || ' %' ORDER BY x.since, x.public_id LIMIT 100");
pub const ONE: &str = rows!("x.public_id = $1 AND $2 LIKE '% ' || x.unit_id || ' %'");
