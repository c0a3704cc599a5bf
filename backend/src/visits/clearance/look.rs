//! Looks: every time staff open a case, with a reason from a closed list, the row is written before the read.

use domain::{
    access::{Role, Unit},
    kernel::{Id, Instant},
};

use super::Application;
use crate::{
    Error, Result, args,
    audit::{self, ON_BEHALF},
    ctx::{Actor, Ctx, Staff},
};

/// Why a member of staff looks. [P] § 7: duty alone opens a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookReason {
    HandleCase,
    RegisterAnswer,
    AnswerQuestion,
    QualityControl,
    /// The person herself has asked for help; nobody chooses it.
    OnBehalf,
}

impl LookReason {
    /// Those that a member of staff chooses from.
    pub const ALL: [Self; 4] =
        [Self::HandleCase, Self::RegisterAnswer, Self::AnswerQuestion, Self::QualityControl];

    pub fn code(self) -> &'static str {
        match self {
            Self::HandleCase => "handle_case",
            Self::RegisterAnswer => "register_answer",
            Self::AnswerQuestion => "answer_question",
            Self::QualityControl => "quality_control",
            Self::OnBehalf => ON_BEHALF,
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// As the trail has it.
    pub fn written(code: &str) -> Option<Self> {
        Self::parse(code).or((code == ON_BEHALF).then_some(Self::OnBehalf))
    }
}

/// One look as the person it concerns reads it: never a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    pub role: Role,
    pub unit_name: String,
    pub reason: LookReason,
}

#[derive(sqlx::FromRow)]
pub(crate) struct LookRow {
    at: i64,
    role: Option<String>,
    unit_name: Option<String>,
    reason: Option<String>,
}

/// Writes the look. If it cannot be written, nothing is read.
pub(super) async fn write(
    ctx: &Ctx,
    staff: &Staff,
    id: &Id<Application>,
    unit: &Id<Unit>,
    reason: LookReason,
) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").at_unit(unit);
    audit::record(ctx, entry.about("application", id).because(reason.code())).await
}

pub(super) async fn of(ctx: &Ctx, id: &Id<Application>) -> Result<Vec<Look>> {
    let rows: Vec<LookRow> = ctx.db.all(LOOKS, args![id]).await?;
    rows.into_iter().map(LookRow::look).collect()
}

impl LookRow {
    pub fn look(self) -> Result<Look> {
        let role = self.role.as_deref().and_then(Role::parse).ok_or(Error::Broken("role of a look"))?;
        let reason =
            self.reason.as_deref().and_then(LookReason::written).ok_or(Error::Broken("reason of a look"))?;
        Ok(Look { at: Instant(self.at), role, unit_name: self.unit_name.unwrap_or_default(), reason })
    }
}

pub const LOOKS: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM audit a \
    LEFT JOIN unit u ON u.id = a.unit_id WHERE a.subject_kind = 'application' AND a.subject_id = $1 \
    AND a.action = 'look' ORDER BY a.at DESC, a.id DESC LIMIT 100";

/// The names that stand on a case, or on an inmate's page: of whoever applied, of those who come along, and his.
pub(crate) async fn names_on(ctx: &Ctx, subject: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = ctx.db.all(NAMES_ON, args![subject]).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

pub const NAMES_ON: &str = "SELECT p.name FROM clearance c JOIN person p ON p.id = c.person_id WHERE c.application_id = $1 \
    UNION SELECT COALESCE(i.name, a.typed_name) FROM application a LEFT JOIN inmate i ON i.id = a.inmate_id WHERE a.id = $1 \
    UNION SELECT p.name FROM application a JOIN clearance c ON c.application_id = a.id JOIN person p ON p.id = c.person_id \
    WHERE a.inmate_id = $1 UNION SELECT i.name FROM inmate i WHERE i.id = $1";
