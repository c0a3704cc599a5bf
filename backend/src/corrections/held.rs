//! What is held of a person's requests to put something right, whole; and who has looked at them.

use domain::corrections::Asked;

use super::{answer_place, body_place};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing, text},
    identity::held::subject_key,
    looks::{About, Look, Row},
};

#[derive(sqlx::FromRow)]
struct HeldRow {
    id: String,
    reference: String,
    wish: String,
    about: String,
    unit_name: String,
    body: Vec<u8>,
    sent_at: i64,
    state: String,
    state_at: i64,
    outcome: Option<String>,
    answer: Option<Vec<u8>>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<HeldRow> = ctx.db.all(HELD, args![&who.person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let key = subject_key(ctx, who).await?;
    let thing = |row: HeldRow| {
        let asked = key.open(&body_place(&row.id), &row.body)?;
        let asked: Asked = serde_json::from_slice(&asked).map_err(|_| Error::Broken("a correction"))?;
        let answer = row.answer.map(|sealed| key.open(&answer_place(&row.id), &sealed)).transpose()?;
        Ok(Thing::new(Kind::Correction)
            .reference(&row.reference)
            .code(Name::Kind, Set::Wanted, row.wish)
            .code(Name::About, Set::Area, row.about)
            .text(Name::Unit, row.unit_name)
            .at(Name::Sent, row.sent_at)
            .text(Name::Words, asked.wrong)
            .text(Name::Want, asked.right)
            .code(Name::State, Set::Correction, row.state)
            .at(Name::StateAt, row.state_at)
            .code(Name::Outcome, Set::Settled, row.outcome)
            .text(Name::Answer, answer.map(|plain| text(&plain))))
    };
    rows.into_iter().map(thing).collect()
}

/// Who has looked at them.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    Row::all(ctx.db.all(SEEN, args![&who.person]).await?, About::Correction)
}

pub const HELD: &str = "SELECT c.id, c.reference, c.wish, c.about, u.name AS unit_name, c.body, c.sent_at, c.state, c.state_at, \
    c.outcome, c.answer FROM correction c JOIN unit u ON u.id = c.sent_unit_id WHERE c.person_id = $1 \
    ORDER BY c.sent_at DESC, c.id DESC";
pub const SEEN: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM correction c JOIN audit a \
    ON a.subject_kind = 'correction' AND a.subject_id = c.id AND a.action = 'look' \
    LEFT JOIN unit u ON u.id = a.unit_id AND u.id = c.sent_unit_id \
    WHERE c.person_id = $1 ORDER BY a.at DESC, a.id DESC";
