//! A letter as one of its two ends reads it: hers with where it stands and what was decided, his as far as it was let through.

use domain::{
    kernel::{CivilDate, Instant, Public},
    messages::StopReason,
};

use super::{body_place, cut_place};
use crate::{
    Error, Result,
    decision::{self, NewDecision},
    messages::{LetterRow, public, text},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyLetter {
    pub public: Public<LetterRow>,
    pub from_you: bool,
    pub words: String,
    /// `in_control`, `stopped`, `released`, `delivered`, `read` or `lapsed`.
    pub state: String,
    /// A part was held back on the way.
    pub cut: bool,
    pub written_at: Instant,
    pub state_at: Instant,
    /// By when control is expected to be done.
    pub due_at: Option<Instant>,
    pub held_back: Option<HeldBack>,
}

/// What she is told when a letter of hers, or a part of it, was held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    pub decision: Public<NewDecision>,
    pub category: Option<StopReason>,
    pub reason: String,
    pub milder: String,
    pub legal_basis: String,
    pub text_locale: String,
    pub made_at: Instant,
    pub appeal_days: i64,
    /// None until word of it has reached her.
    pub appeal_by: Option<CivilDate>,
    /// Where an appeal is sent.
    pub unit_name: String,
    pub unit_address: String,
}

#[derive(sqlx::FromRow)]
pub(super) struct LetterLine {
    pub id: String,
    pub exchange_id: String,
    pub public_id: String,
    pub from_relative: i64,
    pub body: Vec<u8>,
    pub cut: i64,
    pub cut_shown: i64,
    pub state: String,
    pub state_at: i64,
    pub due_at: Option<i64>,
    pub written_at: i64,
    pub category: Option<String>,
    pub sender_read_at: Option<i64>,
    pub reason: Option<String>,
    pub milder: Option<String>,
    pub legal_basis: Option<String>,
    pub text_locale: Option<String>,
    pub made_at: Option<i64>,
    pub appeal_days: Option<i64>,
    pub notice_sent_at: Option<i64>,
    pub opened_at: Option<i64>,
    pub decision: Option<String>,
    pub unit_name: String,
    pub unit_address: String,
}

impl LetterLine {
    fn place(&self) -> String {
        if self.cut_shown == 1 { cut_place(&self.id) } else { body_place(&self.id) }
    }

    /// As one of the two ends reads it.
    pub fn letter(self, key: &crate::vault::SubjectKey, from_you: bool) -> Result<MyLetter> {
        let words = text(&key.open(&self.place(), &self.body)?);
        Ok(MyLetter {
            public: public(&self.public_id)?,
            from_you,
            words,
            cut: self.cut == 1,
            written_at: Instant(self.written_at),
            state_at: Instant(self.state_at),
            due_at: self.due_at.map(Instant),
            held_back: if from_you { self.held_back()? } else { None },
            state: self.state,
        })
    }

    fn held_back(&self) -> Result<Option<HeldBack>> {
        let (Some(made_at), Some(days)) = (self.made_at, self.appeal_days) else { return Ok(None) };
        let broken = || Error::Broken("decision on a letter");
        let made_at = Instant(made_at);
        Ok(Some(HeldBack {
            decision: public(self.decision.as_deref().unwrap_or_default())?,
            category: self.category.as_deref().and_then(StopReason::parse),
            reason: self.reason.clone().ok_or_else(broken)?,
            milder: self.milder.clone().ok_or_else(broken)?,
            legal_basis: self.legal_basis.clone().ok_or_else(broken)?,
            text_locale: self.text_locale.clone().ok_or_else(broken)?,
            made_at,
            appeal_days: days,
            appeal_by: decision::appeal_by(made_at, self.notice_sent_at, self.opened_at, days),
            unit_name: self.unit_name.clone(),
            unit_address: self.unit_address.clone(),
        }))
    }

    /// What she has not read: his that was handed on, and what was decided on hers.
    pub fn is_news_to_relative(&self) -> bool {
        match self.from_relative {
            1 => self.category.is_some() && self.sender_read_at.is_none(),
            _ => self.state == "delivered",
        }
    }
}

macro_rules! letters {
    ($shown:literal, $rest:literal) => {
        concat!(
            "SELECT l.id, l.exchange_id, l.public_id, l.from_relative, CASE WHEN l.from_relative = ",
            $shown,
            " THEN COALESCE(l.cut_body, l.body) ELSE l.body END AS body, ",
            "CAST(CASE WHEN l.cut_body IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cut, ",
            "CAST(CASE WHEN l.from_relative = ",
            $shown,
            " AND l.cut_body IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) AS cut_shown, ",
            "l.state, l.state_at, l.due_at, l.written_at, l.category, l.sender_read_at, d.reason, d.milder, ",
            "d.legal_basis, d.text_locale, d.made_at, d.appeal_days, d.notice_sent_at, d.opened_at, d.public_id AS decision, ",
            "u.name AS unit_name, u.address AS unit_address FROM letter l JOIN unit u ON u.id = l.unit_id ",
            "LEFT JOIN decision d ON d.subject_kind = 'letter' AND d.subject_id = l.id AND d.superseded_at IS NULL ",
            $rest
        )
    };
}
pub const LETTERS: &str = letters!(
    "0",
    "WHERE l.exchange_id = $1 AND (l.from_relative = 1 OR l.state IN ('delivered', 'read')) \
    ORDER BY l.written_at, l.id LIMIT 1000"
);
/// His end: what has been let through to him, and his own. The newest first, so that no number of old ones hides a new one.
pub const LETTERS_INSIDE: &str = letters!(
    "1",
    "WHERE l.exchange_id IN (SELECT e.id FROM exchange e WHERE e.inmate_id = $1) \
    AND (l.from_relative = 0 OR l.state IN ('released', 'delivered', 'read')) ORDER BY l.written_at DESC, l.id DESC LIMIT 2000"
);
