//! Who of the staff has looked at what is hers: at a conversation, or at her letters on their way. Role, unit, time and reason,
//! never a name. Of letters only what she can see herself: a look at one that has not reached her would tell of it.

use domain::{
    access::Role,
    kernel::{Instant, Public},
};

use super::ThreadRow;
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
};

/// Why somebody has looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookReason {
    /// To answer her.
    Answer,
    /// To read a letter on its way.
    Control,
    /// To print a letter and hand it over.
    Print,
    /// To type in an answer from a sheet.
    TypeIn,
    /// To decide whether letters are read.
    Order,
}

impl LookReason {
    pub const ALL: [Self; 5] = [Self::Answer, Self::Control, Self::Print, Self::TypeIn, Self::Order];

    pub fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer_question",
            Self::Control => "letter_control",
            Self::Print => "letter_print",
            Self::TypeIn => "letter_answer",
            Self::Order => "letter_order",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    pub role: Role,
    pub unit_name: String,
    pub reason: LookReason,
}

#[derive(sqlx::FromRow)]
struct LookRow {
    at: i64,
    role: Option<String>,
    unit_name: Option<String>,
    reason: Option<String>,
}

impl LookRow {
    fn look(self) -> Result<Look> {
        let role = self.role.as_deref().and_then(Role::parse).ok_or(Error::Broken("role of a look"))?;
        let reason = self.reason.as_deref().and_then(LookReason::parse);
        let reason = reason.ok_or(Error::Broken("reason of a look"))?;
        Ok(Look { at: Instant(self.at), role, unit_name: self.unit_name.unwrap_or_default(), reason })
    }
}

/// Newest first; nothing for a conversation that is not hers.
pub async fn of_thread(ctx: &Ctx, who: &Citizen, thread: &Public<ThreadRow>) -> Result<Vec<Look>> {
    let rows: Vec<LookRow> = ctx.db.all(OF_THREAD, args![thread, &who.person]).await?;
    rows.into_iter().map(LookRow::look).collect()
}

/// Newest first; nothing where there are no letters of hers.
pub async fn of_exchange(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Vec<Look>> {
    let rows: Vec<LookRow> = ctx.db.all(OF_LETTERS, args![inmate, &who.person]).await?;
    rows.into_iter().map(LookRow::look).collect()
}

/// Of one about a case the looks stand at the case, with the conversation in their detail.
pub const OF_THREAD: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM message_thread t JOIN audit a \
    ON ((a.subject_kind = 'message_thread' AND a.subject_id = t.id) OR (a.subject_kind = t.about_kind \
    AND a.subject_id = t.about_id AND a.detail = t.id)) AND a.action = 'look' LEFT JOIN unit u ON u.id = a.unit_id \
    WHERE t.public_id = $1 AND t.person_id = $2 ORDER BY a.at DESC, a.id DESC LIMIT 100";
pub const OF_LETTERS: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM exchange e JOIN inmate i \
    ON i.id = e.inmate_id JOIN letter l ON l.exchange_id = e.id AND (l.from_relative = 1 OR l.state IN ('delivered', 'read')) \
    JOIN audit a ON a.subject_kind = 'letter' AND a.subject_id = l.id AND a.action = 'look' \
    LEFT JOIN unit u ON u.id = a.unit_id WHERE i.public_id = $1 AND e.person_id = $2 UNION ALL \
    SELECT a.at, a.role, u.name AS unit_name, a.reason FROM exchange e JOIN inmate i ON i.id = e.inmate_id JOIN audit a \
    ON a.subject_kind = 'exchange' AND a.subject_id = e.id AND a.action = 'look' LEFT JOIN unit u ON u.id = a.unit_id \
    WHERE i.public_id = $1 AND e.person_id = $2 ORDER BY at DESC LIMIT 100";
