//! Who of the staff has looked at what is a person's, over all slices: role, unit, time and reason, never a name. Each slice
//! supplies what its own pages would show her (`wiring::held` knows them all). Never: a look that would tell where somebody is,
//! what an inmate has answered or that a letter is on its way, and never anything of the notices, whose trail is another.

use domain::{access::Role, kernel::Instant};

use crate::{Error, Result};

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    Application,
    Visit,
    Conversation,
    Letters,
    Appeal,
    Document,
    Correction,
}

impl About {
    pub const ALL: [Self; 7] = [
        Self::Application,
        Self::Visit,
        Self::Conversation,
        Self::Letters,
        Self::Appeal,
        Self::Document,
        Self::Correction,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Visit => "visit",
            Self::Conversation => "conversation",
            Self::Letters => "letters",
            Self::Appeal => "appeal",
            Self::Document => "document",
            Self::Correction => "correction",
        }
    }
}

/// Why: the closed list of all slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    HandleCase,
    RegisterAnswer,
    AnswerQuestion,
    QualityControl,
    LetterControl,
    LetterPrint,
    LetterAnswer,
    LetterOrder,
    OnBehalf,
}

impl Why {
    pub const ALL: [Self; 9] = [
        Self::HandleCase,
        Self::RegisterAnswer,
        Self::AnswerQuestion,
        Self::QualityControl,
        Self::LetterControl,
        Self::LetterPrint,
        Self::LetterAnswer,
        Self::LetterOrder,
        Self::OnBehalf,
    ];

    /// As the trail has it.
    pub fn code(self) -> &'static str {
        match self {
            Self::HandleCase => "handle_case",
            Self::RegisterAnswer => "register_answer",
            Self::AnswerQuestion => "answer_question",
            Self::QualityControl => "quality_control",
            Self::LetterControl => "letter_control",
            Self::LetterPrint => "letter_print",
            Self::LetterAnswer => "letter_answer",
            Self::LetterOrder => "letter_order",
            Self::OnBehalf => "on_behalf",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// One look as she reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    pub about: About,
    pub role: Role,
    /// None where it would say where somebody is.
    pub unit_name: Option<String>,
    pub why: Why,
}

/// As the trail has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    at: i64,
    role: Option<String>,
    unit_name: Option<String>,
    reason: Option<String>,
}

impl Row {
    pub fn look(self, about: About) -> Result<Look> {
        let role = self.role.as_deref().and_then(Role::parse).ok_or(Error::Broken("role of a look"))?;
        let why = self.reason.as_deref().and_then(Why::parse).ok_or(Error::Broken("reason of a look"))?;
        Ok(Look { at: Instant(self.at), about, role, unit_name: self.unit_name, why })
    }

    pub fn all(rows: Vec<Self>, about: About) -> Result<Vec<Look>> {
        rows.into_iter().map(|row| row.look(about)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{messages::looks::LookReason as OfMessages, visits::clearance::LookReason as OfVisits};

    #[test]
    fn the_list_of_reasons_is_that_of_every_slice() {
        // Nobody chooses that one.
        let visits: Vec<&str> = OfVisits::ALL.iter().chain(&[OfVisits::OnBehalf]).map(|r| r.code()).collect();
        let messages = OfMessages::ALL.map(OfMessages::code);
        for code in visits.iter().chain(&messages) {
            assert!(Why::parse(code).is_some(), "{code}");
        }
        for why in Why::ALL {
            let known = visits.contains(&why.code()) || messages.contains(&why.code());
            assert!(known, "{why:?} is no slice's");
        }
    }
}
