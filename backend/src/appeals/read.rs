//! An appeal as it is read, by whoever sent it and by the two levels.

use domain::{
    access::{Person, Role, StaffMember, Unit},
    appeals::{Deadline, Level, Outcome, State, Words},
    kernel::{Id, Instant, Locale, Public, Reference},
};

use super::{
    AppealMark, body_place, public, statement_place,
    target::{Target, TargetRow},
    waits_place,
};
use crate::{Error, Result, args, ctx::Ctx, db::Tx, vault::SubjectKey};

/// All of it.
#[derive(Clone, Debug)]
pub struct Appeal {
    pub public: Public<AppealMark>,
    pub reference: Reference,
    pub target: Target,
    pub words: Words,
    pub sent_at: Instant,
    pub late: bool,
    pub waits: WaitAnswer,
    pub state: State,
    /// By when whoever has it is expected to be done.
    pub due_at: Option<Instant>,
    /// Why the level that decided stands by it, and when it said so.
    pub statement: Option<(Instant, String)>,
    pub ruling: Option<Ruling>,
    pub looks: Vec<AppealLook>,
}

/// Whether the decision waits for the appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitAnswer {
    NotAsked,
    Asked,
    Answered { granted: bool, why: Option<String>, at: Instant },
}

/// The decision on the appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub outcome: Outcome,
    pub level: Level,
    pub reason: String,
    pub legal_basis: String,
    pub text_locale: Locale,
    pub at: Instant,
}

/// Somebody of the staff has opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealLook {
    pub at: Instant,
    pub role: Role,
    pub unit_name: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    public_id: String,
    reference: String,
    pub person_id: String,
    pub unit_id: String,
    body: Vec<u8>,
    sent_at: i64,
    deadline_at: Option<i64>,
    to_the_hour: i64,
    late: i64,
    pub waits: String,
    waits_why: Option<Vec<u8>>,
    waits_at: Option<i64>,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
    prepared_by: Option<String>,
    statement: Option<Vec<u8>>,
    forwarded_at: Option<i64>,
    outcome: Option<String>,
    outcome_level: Option<String>,
    pub version: i64,
    pub appellant: String,
    subject_key: Vec<u8>,
    ruled_reason: Option<String>,
    ruled_basis: Option<String>,
    ruled_locale: Option<String>,
    #[sqlx(flatten)]
    pub target: TargetRow,
}

impl Row {
    pub fn id(&self) -> Id<AppealMark> {
        Id::new(self.id.as_str())
    }

    pub fn person(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn is_late(&self) -> bool {
        self.late == 1
    }

    pub fn due_at(&self) -> Option<Instant> {
        self.due_at.map(Instant)
    }

    pub fn prepared_by(&self) -> Option<Id<StaffMember>> {
        self.prepared_by.as_deref().map(Id::new)
    }

    pub fn state(&self) -> Result<State> {
        let broken = || Error::Broken("state of an appeal");
        let at = Instant(self.state_at);
        let by = || self.prepared_by().ok_or_else(broken);
        Ok(match self.state.as_str() {
            "sent" => State::Sent { at },
            "preparing" => State::Preparing { at, by: by()? },
            "forwarded" => State::Forwarded { at, by: by()? },
            "withdrawn" => State::Withdrawn { at },
            "decided" => {
                let outcome = self.outcome.as_deref().and_then(Outcome::parse).ok_or_else(broken)?;
                let level = self.outcome_level.as_deref().and_then(Level::parse).ok_or_else(broken)?;
                State::Decided { at, outcome, level }
            }
            _ => return Err(broken()),
        })
    }

    fn ruling(&self) -> Result<Option<Ruling>> {
        let State::Decided { at, outcome, level } = self.state()? else { return Ok(None) };
        Ok(Some(Ruling {
            outcome,
            level,
            at,
            reason: self.ruled_reason.clone().unwrap_or_default(),
            legal_basis: self.ruled_basis.clone().unwrap_or_default(),
            text_locale: self.ruled_locale.as_deref().and_then(Locale::parse).unwrap_or_default(),
        }))
    }

    fn wait_answer(&self, key: &SubjectKey) -> Result<WaitAnswer> {
        Ok(match (self.waits.as_str(), self.waits_at) {
            ("not_asked", _) => WaitAnswer::NotAsked,
            (_, None) => WaitAnswer::Asked,
            (answer, Some(at)) => WaitAnswer::Answered {
                granted: answer == "granted",
                why: opened(key, &waits_place(&self.id), self.waits_why.as_deref())?,
                at: Instant(at),
            },
        })
    }

    /// Opens what is sealed, and reads who has looked.
    pub async fn appeal(self, ctx: &Ctx) -> Result<Appeal> {
        let key = ctx.vault.subject_from(&self.person_id, &self.subject_key)?;
        let words = key.open(&body_place(&self.id), &self.body)?;
        let statement = opened(&key, &statement_place(&self.id), self.statement.as_deref())?;
        let deadline =
            self.deadline_at.map(|end| Deadline { end: Instant(end), to_the_hour: self.to_the_hour == 1 });
        let looks: Vec<(i64, Option<String>, Option<String>)> = ctx.db.all(LOOKS, args![&self.id]).await?;
        Ok(Appeal {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            words: serde_json::from_slice(&words).map_err(|_| Error::Broken("an appeal"))?,
            sent_at: Instant(self.sent_at),
            late: self.is_late(),
            waits: self.wait_answer(&key)?,
            state: self.state()?,
            due_at: self.due_at(),
            statement: self.forwarded_at.map(Instant).zip(statement),
            ruling: self.ruling()?,
            looks: looks.into_iter().map(look).collect::<Result<_>>()?,
            target: self.target.target(deadline)?,
        })
    }

    /// Hers; any other is not found.
    pub async fn own(tx: &mut Tx, person: &Id<Person>, appeal: &Public<AppealMark>) -> Result<Option<Self>> {
        tx.optional(OWN, args![appeal, person]).await
    }
}

fn opened(key: &SubjectKey, place: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
    let text = |plain: &[u8]| String::from_utf8_lossy(plain).into_owned();
    sealed.map(|sealed| key.open(place, sealed).map(|plain| text(&plain))).transpose()
}

fn look((at, role, unit_name): (i64, Option<String>, Option<String>)) -> Result<AppealLook> {
    let role = role.as_deref().and_then(Role::parse).ok_or(Error::Broken("role of a look"))?;
    Ok(AppealLook { at: Instant(at), role, unit_name: unit_name.unwrap_or_default() })
}

macro_rules! appeals {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.public_id, a.reference, a.person_id, a.unit_id, a.body, a.sent_at, a.deadline_at, ",
            "a.to_the_hour, a.late, a.waits, a.waits_why, a.waits_at, a.state, a.state_at, a.due_at, a.prepared_by, ",
            "a.statement, a.forwarded_at, a.outcome, a.outcome_level, a.version, p.name AS appellant, ",
            "k.sealed AS subject_key, r.reason AS ruled_reason, r.legal_basis AS ruled_basis, ",
            "r.text_locale AS ruled_locale, d.id AS decision_id, d.public_id AS decision_public, d.subject_kind, ",
            "d.outcome AS decided, d.reason, d.milder, d.legal_basis, d.text_locale, d.unit_id AS decision_unit, ",
            "u.name AS unit_name, u.region, d.made_at, d.made_by, d.available_at, d.notice_sent_at, d.opened_at, ",
            "d.appeal_kind, a.public_id AS standing FROM appeal a JOIN decision d ON d.id = a.decision_id ",
            "JOIN unit u ON u.id = a.unit_id JOIN person p ON p.id = a.person_id ",
            "JOIN subject_key k ON k.subject_id = a.person_id LEFT JOIN decision r ON r.id = a.ruling_id ",
            $rest
        )
    };
}
pub const OWN: &str = appeals!("WHERE a.public_id = $1 AND a.person_id = $2");
/// For those of her units who may: what the level that decided works on ($3: kinds, with spaces), and what was forwarded
/// ($4) to whoever decides above.
pub const OF_STAFF: &str = appeals!(
    "WHERE a.public_id = $1 AND $2 LIKE '% ' || a.unit_id || ' %' AND ($3 LIKE '% ' || d.subject_kind || ' %' \
    OR (CAST($4 AS BIGINT) = 1 AND a.forwarded_at IS NOT NULL))"
);
pub const LOOKS: &str = "SELECT a.at, a.role, u.name FROM audit a LEFT JOIN unit u ON u.id = a.unit_id \
    WHERE a.subject_kind = 'appeal' AND a.subject_id = $1 AND a.action = 'look' ORDER BY a.at DESC, a.id DESC LIMIT 100";
