//! What is held of a person's appeals, whole.

use domain::appeals::Words;

use super::{body_place, statement_place, waits_place};
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
    subject_kind: String,
    body: Vec<u8>,
    sent_at: i64,
    waits: String,
    waits_why: Option<Vec<u8>>,
    state: String,
    state_at: i64,
    statement: Option<Vec<u8>>,
    outcome: Option<String>,
    unit_name: String,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<HeldRow> = ctx.db.all(HELD, args![&who.person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let key = subject_key(ctx, who).await?;
    let opened = |place: String, sealed: Option<Vec<u8>>| {
        sealed.map(|sealed| key.open(&place, &sealed).map(|plain| text(&plain))).transpose()
    };
    let thing = |row: HeldRow| {
        let words = key.open(&body_place(&row.id), &row.body)?;
        let words: Words = serde_json::from_slice(&words).map_err(|_| Error::Broken("an appeal"))?;
        Ok(Thing::new(Kind::Appeal)
            .reference(&row.reference)
            .code(Name::About, Set::Subject, row.subject_kind)
            .text(Name::Unit, row.unit_name)
            .at(Name::Sent, row.sent_at)
            .text(Name::Words, words.disagree)
            .text(Name::Want, words.want)
            .text(Name::Late, words.late_reason)
            .code(Name::Waits, Set::Waits, row.waits)
            .text(Name::Why, opened(waits_place(&row.id), row.waits_why)?)
            .text(Name::Statement, opened(statement_place(&row.id), row.statement)?)
            .code(Name::State, Set::Appeal, row.state)
            .at(Name::StateAt, row.state_at)
            .code(Name::Outcome, Set::Outcome, row.outcome))
    };
    rows.into_iter().map(thing).collect()
}

/// Who has looked at them.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    Row::all(ctx.db.all(SEEN, args![&who.person]).await?, About::Appeal)
}

pub const HELD: &str = "SELECT a.id, a.reference, d.subject_kind, a.body, a.sent_at, a.waits, a.waits_why, a.state, \
    a.state_at, a.statement, a.outcome, u.name AS unit_name FROM appeal a JOIN decision d ON d.id = a.decision_id \
    JOIN unit u ON u.id = a.unit_id WHERE a.person_id = $1 ORDER BY a.sent_at DESC, a.id DESC";
pub const SEEN: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM appeal c JOIN audit a \
    ON a.subject_kind = 'appeal' AND a.subject_id = c.id AND a.action = 'look' LEFT JOIN unit u ON u.id = a.unit_id \
    WHERE c.person_id = $1 ORDER BY a.at DESC, a.id DESC";
