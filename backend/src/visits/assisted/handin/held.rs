//! What is held of somebody who handed in her application without eID, once a case has shown whose it is.

use domain::{kernel::Id, visits::handin::HandIn};

use super::{body_place, form, key_of};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    reference: String,
    body: Vec<u8>,
    state: String,
    handed_at: i64,
    unit_name: String,
    subject_key: Vec<u8>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Row> = ctx.db.all(HANDED, args![&who.person]).await?;
    rows.into_iter().map(|row| thing(ctx, row)).collect()
}

fn thing(ctx: &Ctx, row: Row) -> Result<Thing> {
    let id: Id<HandIn> = Id::new(row.id);
    let form = form(&key_of(ctx, &id, &row.subject_key)?.open(&body_place(&id), &row.body)?)?;
    let day = |[day, month, year]: [&String; 3]| format!("{day}.{month}.{year}");
    let born = day([&form.birth_day, &form.birth_month, &form.birth_year]);
    let address = [form.address, form.country, form.email];
    let address: Vec<String> = address.into_iter().filter(|text| !text.is_empty()).collect();
    let whom_born = day([&form.whom_birth_day, &form.whom_birth_month, &form.whom_birth_year]);
    Ok(Thing::new(Kind::HandIn)
        .reference(&row.reference)
        .at(Name::Sent, row.handed_at)
        .text(Name::Unit, row.unit_name)
        .code(Name::State, Set::HandIn, row.state)
        .text(Name::Name, form.name)
        .text(Name::Born, born)
        .text(Name::Address, address.join(", "))
        .text(Name::Telephone, form.phone)
        .text(Name::Whom, form.whom)
        .text(Name::WhomBorn, Some(whom_born).filter(|text| text != ".."))
        .code(Name::Relation, Set::Relation, form.relation)
        .text(Name::Note, form.note))
}

pub const HANDED: &str = "SELECT h.id, h.reference, h.body, h.state, h.handed_at, u.name AS unit_name, k.sealed AS subject_key \
    FROM hand_in h JOIN unit u ON u.id = h.unit_id JOIN subject_key k ON k.subject_id = h.id WHERE h.person_id = $1 \
    ORDER BY h.handed_at DESC, h.id DESC";
