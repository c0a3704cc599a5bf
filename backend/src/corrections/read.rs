//! A request as it is read, by whoever sent it and by the unit.

use domain::{
    access::{Person, StaffMember, Unit},
    corrections::{About, Asked, Outcome, State, Wish},
    kernel::{Id, Instant, Public, Reference},
};

use super::{CorrectionMark, answer_place, body_place, public};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::Tx,
    looks::{About as Seen, Look, Row as LookRow},
};

/// All of it.
#[derive(Clone, Debug)]
pub struct Correction {
    pub public: Public<CorrectionMark>,
    pub reference: Reference,
    pub wish: Wish,
    pub about: About,
    pub asked: Asked,
    /// Where she sent it.
    pub unit_name: String,
    pub sent_at: Instant,
    pub state: State,
    /// By when it is answered; none when it is.
    pub due_at: Option<Instant>,
    pub answer: Option<Answer>,
    pub looks: Vec<Look>,
}

/// What she was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    pub words: String,
    pub at: Instant,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    public_id: String,
    reference: String,
    pub person_id: String,
    pub unit_id: String,
    wish: String,
    about: String,
    body: Vec<u8>,
    sent_at: i64,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
    officer_id: Option<String>,
    outcome: Option<String>,
    answer: Option<Vec<u8>>,
    pub version: i64,
    pub person: String,
    pub unit_name: String,
    sent_unit_name: String,
    subject_key: Vec<u8>,
}

impl Row {
    pub fn id(&self) -> Id<CorrectionMark> {
        Id::new(self.id.as_str())
    }

    pub fn person_id(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn officer(&self) -> Option<Id<StaffMember>> {
        self.officer_id.as_deref().map(Id::new)
    }

    pub fn state(&self) -> Result<State> {
        let broken = || Error::Broken("state of a correction");
        let at = Instant(self.state_at);
        Ok(match self.state.as_str() {
            "sent" => State::Sent { at },
            "taken" => State::Taken { at, by: self.officer().ok_or_else(broken)? },
            "withdrawn" => State::Withdrawn { at },
            "settled" => State::Settled {
                at,
                by: self.officer().ok_or_else(broken)?,
                outcome: self.outcome.as_deref().and_then(Outcome::parse).ok_or_else(broken)?,
            },
            _ => return Err(broken()),
        })
    }

    /// Opens what is sealed, and reads who has looked.
    pub async fn correction(self, ctx: &Ctx) -> Result<Correction> {
        let key = ctx.vault.subject_from(&self.person_id, &self.subject_key)?;
        let asked = key.open(&body_place(&self.id), &self.body)?;
        let state = self.state()?;
        let answer = match (&state, &self.answer) {
            (State::Settled { at, outcome, .. }, Some(sealed)) => {
                let words = key.open(&answer_place(&self.id), sealed)?;
                Some(Answer { outcome: *outcome, words: crate::held::text(&words), at: *at })
            }
            _ => None,
        };
        Ok(Correction {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            wish: Wish::parse(&self.wish).ok_or(Error::Broken("wish of a correction"))?,
            about: About::parse(&self.about).ok_or(Error::Broken("what a correction is about"))?,
            asked: serde_json::from_slice(&asked).map_err(|_| Error::Broken("a correction"))?,
            unit_name: self.sent_unit_name,
            sent_at: Instant(self.sent_at),
            due_at: self.due_at.map(Instant),
            looks: LookRow::all(ctx.db.all(LOOKS, args![&self.id]).await?, Seen::Correction)?,
            state,
            answer,
        })
    }

    /// Hers; any other is not found.
    pub async fn own(
        tx: &mut Tx,
        who: &Id<Person>,
        correction: &Public<CorrectionMark>,
    ) -> Result<Option<Self>> {
        tx.optional(OWN, args![correction, who]).await
    }
}

macro_rules! corrections {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.public_id, c.reference, c.person_id, c.unit_id, c.wish, c.about, c.body, c.sent_at, c.state, ",
            "c.state_at, c.due_at, c.officer_id, c.outcome, c.answer, c.version, p.name AS person, u.name AS unit_name, ",
            "s.name AS sent_unit_name, k.sealed AS subject_key FROM correction c JOIN person p ON p.id = c.person_id ",
            "JOIN unit u ON u.id = c.unit_id JOIN unit s ON s.id = c.sent_unit_id JOIN subject_key k ON k.subject_id = c.person_id ",
            $rest
        )
    };
}
pub const OWN: &str = corrections!("WHERE c.public_id = $1 AND c.person_id = $2");
/// Of their units. What was taken back was never theirs.
pub const OF_STAFF: &str =
    corrections!("WHERE c.public_id = $1 AND $2 LIKE '% ' || c.unit_id || ' %' AND c.state <> 'withdrawn'");
/// A unit that she did not send it to is not named.
pub const LOOKS: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM audit a JOIN correction c ON c.id = a.subject_id \
    LEFT JOIN unit u ON u.id = a.unit_id AND u.id = c.sent_unit_id \
    WHERE a.subject_kind = 'correction' AND a.subject_id = $1 AND a.action = 'look' ORDER BY a.at DESC, a.id DESC LIMIT 100";
