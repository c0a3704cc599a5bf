//! A unit's own words for its visitors, version by version.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    visits::booking::text::{Topic, UnitText, on_day},
};

use super::rules::date;
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    visits::booking::From,
};

#[derive(sqlx::FromRow)]
struct Row {
    topic: String,
    valid_from: String,
    valid_to: Option<String>,
    nb: String,
    nn: Option<String>,
    en: Option<String>,
    se: Option<String>,
}

impl Row {
    fn text(self) -> Result<UnitText> {
        Ok(UnitText {
            topic: Topic::parse(&self.topic).ok_or(Error::Broken("a text's topic"))?,
            valid_from: date(&self.valid_from)?,
            valid_to: self.valid_to.as_deref().map(date).transpose()?,
            nb: self.nb,
            nn: self.nn,
            en: self.en,
            se: self.se,
        })
    }
}

/// All versions of all topics, the oldest first.
pub(super) async fn texts_of(from: &mut From<'_>, unit: &Id<Unit>) -> Result<Vec<UnitText>> {
    let rows: Vec<Row> = from.all(TEXTS, args![unit]).await?;
    rows.into_iter().map(Row::text).collect()
}

/// What holds on this day.
pub(in crate::visits) async fn texts_on(ctx: &Ctx, unit: &Id<Unit>, on: CivilDate) -> Result<Vec<UnitText>> {
    Ok(on_day(&texts_of(&mut From::Db(&ctx.db), unit).await?, on))
}

/// A version, or the one of the same topic and day replaced. For the demo and tests; staff write it as any part of the plan.
pub async fn put_text(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, text: UnitText) -> Result<()> {
    ctx.db.write(PutText::new(ctx, actor, unit, text)).await
}

pub(super) struct PutText {
    id: Id<UnitText>,
    unit: Id<Unit>,
    text: UnitText,
    entry: audit::Entry,
}

impl PutText {
    pub fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, text: UnitText) -> Self {
        let entry = audit::Entry::new(ctx, actor, "text_put").about("unit", unit).at_unit(unit);
        let entry = entry.detail(format!("{} {}", text.topic.code(), text.valid_from.iso()));
        Self { id: ctx.chance.id(ctx.now()), unit: unit.clone(), text, entry }
    }
}

impl Command for PutText {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let t = &self.text;
        let values = args![
            &self.id,
            &self.unit,
            t.topic.code(),
            t.valid_from,
            t.valid_to,
            &t.nb,
            t.nn.clone(),
            t.en.clone(),
            t.se.clone()
        ];
        tx.later(PUT_TEXT, values).await?;
        self.entry.save(tx).await
    }
}

pub const TEXTS: &str = "SELECT topic, valid_from, valid_to, nb, nn, en, se FROM visit_text WHERE unit_id = $1 \
    ORDER BY valid_from, topic";
pub const PUT_TEXT: &str = "INSERT INTO visit_text (id, unit_id, topic, valid_from, valid_to, nb, nn, en, se) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (unit_id, topic, valid_from) DO UPDATE SET \
    valid_to = excluded.valid_to, nb = excluded.nb, nn = excluded.nn, en = excluded.en, se = excluded.se";
