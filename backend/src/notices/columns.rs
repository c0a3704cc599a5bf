//! What a matter's rows hold, column by column, and what it means to the domain.

use domain::{
    custody::{Condition, ConditionKind},
    kernel::{Id, Instant},
    notices::{Answer, Assessment, State, Text, TextState, Timing, Why},
};
use serde::{Deserialize, Serialize};

use super::MatterRow;
use crate::{Error, Result, ctx::Ctx};

#[derive(sqlx::FromRow)]
pub struct Row {
    pub party_id: String,
    pub recipient_id: String,
    pub version: i64,
    pub kind: String,
    pub timing: String,
    pub at: i64,
    pub until_at: Option<i64>,
    pub cancelled: i64,
    pub facts: Vec<u8>,
    pub basis: String,
    pub fields: String,
    pub assessment: String,
    pub climbs_at: Option<i64>,
    pub climbed: i64,
    pub answer: Option<String>,
    pub answered_at: Option<i64>,
    pub answered_by: Option<String>,
    pub reason: Option<Vec<u8>>,
}

#[derive(sqlx::FromRow)]
pub struct DutyRow {
    pub id: String,
    pub version: i64,
    pub timing: String,
    pub opened_at: i64,
    pub deadline: i64,
    pub call_open: i64,
    pub call_at: i64,
    pub held: i64,
    pub state: String,
    pub ended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
pub struct TextRow {
    pub obligation_id: String,
    pub place: i64,
    pub tries: i64,
    pub state: String,
    pub at: Option<i64>,
}

#[derive(Deserialize, Serialize)]
struct StoredCondition(String, String);

pub fn text(row: &TextRow) -> Result<Text> {
    let at = Instant(row.at.unwrap_or_default());
    let state = match row.state.as_str() {
        "waiting" => TextState::Waiting { due: at },
        "intended" => TextState::Intended { at },
        "sent" => TextState::Sent { at },
        "dead" => TextState::Dead,
        _ => return Err(Error::Broken("state of a text")),
    };
    let broken = |_| Error::Broken("numbers of a text");
    Ok(Text {
        channel: u8::try_from(row.place).map_err(broken)?,
        tries: u16::try_from(row.tries).map_err(broken)?,
        state,
    })
}

pub fn text_columns(state: TextState) -> (&'static str, Option<Instant>) {
    match state {
        TextState::Waiting { due } => ("waiting", Some(due)),
        TextState::Intended { at } => ("intended", Some(at)),
        TextState::Sent { at } => ("sent", Some(at)),
        TextState::Dead => ("dead", None),
    }
}

pub fn state(row: &DutyRow) -> Result<State> {
    let at = Instant(row.ended_at.unwrap_or_default());
    match row.state.as_str() {
        "open" => Ok(State::Open),
        "acknowledged" => Ok(State::Acknowledged { at, by_voice: false }),
        "voice" => Ok(State::Acknowledged { at, by_voice: true }),
        why => Ok(State::Ended { at, why: Why::parse(why).ok_or(Error::Broken("state of a duty"))? }),
    }
}

pub fn state_columns(state: State) -> (&'static str, Option<Instant>) {
    match state {
        State::Open => ("open", None),
        State::Acknowledged { at, by_voice: false } => ("acknowledged", Some(at)),
        State::Acknowledged { at, by_voice: true } => ("voice", Some(at)),
        State::Ended { at, why } => (why.code(), Some(at)),
    }
}

/// An assessment as columns.
pub struct Columns {
    pub state: &'static str,
    pub climbs_at: Option<Instant>,
    pub climbed: bool,
    pub answer: Option<&'static str>,
    pub answered_at: Option<Instant>,
}

impl Columns {
    pub fn of(assessment: &Assessment) -> Self {
        let none = Self { state: "void", climbs_at: None, climbed: false, answer: None, answered_at: None };
        match assessment {
            Assessment::Open { climbs_at, climbed } => {
                Self { state: "open", climbs_at: Some(*climbs_at), climbed: *climbed, ..none }
            }
            Assessment::Answered { answer, at } => {
                Self { state: "answered", answer: Some(answer_code(*answer)), answered_at: Some(*at), ..none }
            }
            Assessment::Void { at } => Self { answered_at: Some(*at), ..none },
        }
    }
}

pub fn assessment(row: &Row) -> Result<Assessment> {
    let at = Instant(row.answered_at.unwrap_or_default());
    match row.assessment.as_str() {
        "open" => Ok(Assessment::Open {
            climbs_at: Instant(row.climbs_at.unwrap_or_default()),
            climbed: row.climbed == 1,
        }),
        "answered" => {
            let answer = row.answer.as_deref().and_then(parse_answer);
            Ok(Assessment::Answered { answer: answer.ok_or(Error::Broken("an answer"))?, at })
        }
        "void" => Ok(Assessment::Void { at }),
        _ => Err(Error::Broken("state of an assessment")),
    }
}

pub fn answer_code(answer: Answer) -> &'static str {
    match answer {
        Answer::Significant { direct: false } => "yes",
        Answer::Significant { direct: true } => "yes_direct",
        Answer::NotSignificant => "no",
    }
}

pub fn parse_answer(code: &str) -> Option<Answer> {
    match code {
        "yes" => Some(Answer::Significant { direct: false }),
        "yes_direct" => Some(Answer::Significant { direct: true }),
        "no" => Some(Answer::NotSignificant),
        _ => None,
    }
}

pub fn timing(code: &str) -> Result<Timing> {
    Timing::parse(code).ok_or(Error::Broken("timing of a matter"))
}

pub fn number(version: i64) -> Result<u32> {
    u32::try_from(version).map_err(|_| Error::Broken("version of a matter"))
}

pub fn facts_place(id: &Id<MatterRow>) -> String {
    format!("notice_matter/facts/{id}")
}

pub fn sealed_conditions(ctx: &Ctx, id: &Id<MatterRow>, conditions: &[Condition]) -> Result<Vec<u8>> {
    let stored: Vec<StoredCondition> =
        conditions.iter().map(|c| StoredCondition(c.kind.code().to_owned(), c.text.clone())).collect();
    let plain = serde_json::to_vec(&stored).map_err(|_| Error::Broken("conditions of a matter"))?;
    ctx.vault.seal(&ctx.chance, &facts_place(id), &plain)
}

pub fn conditions_of(ctx: &Ctx, id: &Id<MatterRow>, sealed: &[u8]) -> Result<Vec<Condition>> {
    let plain = ctx.vault.open(&facts_place(id), sealed)?;
    let broken = Error::Broken("conditions of a matter");
    let stored: Vec<StoredCondition> = serde_json::from_slice(&plain).map_err(|_| broken)?;
    let condition = |StoredCondition(kind, text): StoredCondition| {
        let kind = ConditionKind::parse(&kind).ok_or(Error::Broken("kind of a condition"))?;
        Ok(Condition { kind, text })
    };
    stored.into_iter().map(condition).collect()
}
