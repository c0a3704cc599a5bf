//! Who of the staff may see what of a victim. The assigned officer her case; the duty desk what has come to it; whoever is
//! not assigned only with a reason in words, which is told at once (`breaking_in`). Every look is written before the read.

use domain::{
    access::{Role, Unit},
    kernel::{Id, Instant},
};

use super::{Recipient, trail};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
};

/// How many rows a list shows.
pub const FEW: i64 = 100;

/// Why a member of staff looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookReason {
    /// Her registration or an assessment is to be handled.
    HandleCase,
    /// She is to be rung.
    Call,
    /// She has asked something.
    AnswerQuestion,
    /// The assigned officer cannot be reached and it cannot wait.
    Emergency,
    /// She has rung, and said her word.
    RangIn,
}

impl LookReason {
    pub const ALL: [Self; 5] =
        [Self::HandleCase, Self::Call, Self::AnswerQuestion, Self::Emergency, Self::RangIn];

    pub fn code(self) -> &'static str {
        match self {
            Self::HandleCase => "handle_case",
            Self::Call => "call",
            Self::AnswerQuestion => "answer_question",
            Self::Emergency => "emergency",
            Self::RangIn => "rang_in",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What an officer's roles and units reach.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    staff: String,
    units: Vec<Id<Unit>>,
    victims: bool,
    duty: bool,
}

pub(super) fn reach(staff: &Staff) -> Reach {
    Reach {
        staff: staff.staff.as_str().to_owned(),
        units: staff.units.clone(),
        victims: works_with_victims(&staff.roles),
        duty: super::duty::may(&staff.roles),
    }
}

pub fn works_with_victims(roles: &[Role]) -> bool {
    roles.contains(&Role::VictimOfficer)
}

impl Reach {
    /// Her assigned officer, of whatever unit, or one of the case's unit while nobody is assigned; and the duty desk.
    pub fn may(&self, unit: &str, officer: Option<&str>) -> bool {
        self.duty || self.has_case(unit, officer)
    }

    /// The case is hers to work on and to give away.
    pub fn has_case(&self, unit: &str, officer: Option<&str>) -> bool {
        self.victims && officer.map_or_else(|| self.is_of(unit), |officer| officer == self.staff)
    }

    /// The same unit: may open it in an emergency.
    pub fn may_break_in(&self, unit: &str) -> bool {
        self.victims && self.is_of(unit)
    }

    fn is_of(&self, unit: &str) -> bool {
        self.units.iter().any(|own| own.as_str() == unit)
    }
}

/// Writes the look. If it cannot be written, nothing is read.
pub(super) async fn look(
    ctx: &Ctx,
    staff: &Staff,
    recipient: &Id<Recipient>,
    unit: Option<&str>,
    reason: LookReason,
) -> Result<()> {
    let mut entry = trail::entry(ctx, &Actor::Staff(staff.clone()), "notice.look");
    if let Some(unit) = unit {
        entry = entry.at_unit(&Id::new(unit));
    }
    audit::record(ctx, entry.about(trail::ABOUT, recipient).because(reason.code())).await
}

/// Who has looked: never a name of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looker {
    Staff(Role, LookReason),
    /// Somebody who represents her.
    Representative,
}

/// One look as she reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    pub who: Looker,
    pub unit_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    at: i64,
    action: String,
    role: Option<String>,
    unit_name: Option<String>,
    reason: Option<String>,
}

/// A look of somebody who represents her.
pub(super) const REPRESENTED: &str = "notice.represented_look";

pub(super) async fn looks(ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Vec<Look>> {
    let rows: Vec<Row> = ctx.db.all(LOOKS, args![recipient]).await?;
    let look = |row: Row| {
        let (at, unit_name) = (Instant(row.at), row.unit_name.unwrap_or_default());
        if row.action == REPRESENTED {
            return Ok(Look { at, who: Looker::Representative, unit_name });
        }
        let role = row.role.as_deref().and_then(Role::parse).ok_or(Error::Broken("role of a look"))?;
        let reason =
            row.reason.as_deref().and_then(LookReason::parse).ok_or(Error::Broken("reason of a look"))?;
        Ok(Look { at, who: Looker::Staff(role, reason), unit_name })
    };
    rows.into_iter().map(look).collect()
}

pub const LOOKS: &str = "SELECT a.at, a.action, a.role, u.name AS unit_name, a.reason FROM audit a \
    LEFT JOIN unit u ON u.id = a.unit_id WHERE a.subject_kind = 'notice_recipient' AND a.subject_id = $1 \
    AND a.action IN ('notice.look', 'notice.represented_look') AND a.stream = 'notices' ORDER BY a.at DESC, a.id DESC LIMIT 100";
