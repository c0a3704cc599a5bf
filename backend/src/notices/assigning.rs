//! Whose a case is. The officer who registers it has it, whatever unit she is of; she hands it over to another officer for
//! victims, or lets it go, with her reason. One that nobody has lies with the officers of its unit until one takes it.

use domain::{
    access::{Role, StaffMember},
    kernel::{Id, Instant, Public, TextError, paragraph},
};

use super::{
    Case, Party, Recipient,
    reading::{self, LookReason},
    trail,
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// Who has a case, and who could.
#[derive(Clone, Debug)]
pub struct AssignView {
    pub public: Public<Party>,
    /// The name of whoever has it.
    pub officer: Option<String>,
    pub mine: bool,
    pub colleagues: Vec<Colleague>,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Colleague {
    pub public_id: String,
    pub name: String,
}

/// Whose the case is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Me,
    Nobody,
    Colleague(Public<StaffMember>),
}

impl To {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "me" => Some(Self::Me),
            "nobody" => Some(Self::Nobody),
            public => Public::parse(public).map(Self::Colleague),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody who works with victims, or nobody at all.
    Whom,
    Reason(TextError),
}

#[derive(sqlx::FromRow)]
struct Row {
    case_id: String,
    recipient_id: String,
    unit_id: String,
    officer_id: Option<String>,
    officer: Option<String>,
}

impl Row {
    fn is_theirs(&self, staff: &Staff) -> bool {
        reading::reach(staff).has_case(&self.unit_id, self.officer_id.as_deref())
    }
}

/// None: not hers to give.
pub async fn assignment(ctx: &Ctx, staff: &Staff, public: &Public<Party>) -> Result<Option<AssignView>> {
    let row: Option<Row> = ctx.db.optional(FOUND, args![public]).await?;
    let Some(row) = row.filter(|row| row.is_theirs(staff)) else { return Ok(None) };
    let recipient: Id<Recipient> = Id::new(row.recipient_id);
    reading::look(ctx, staff, &recipient, Some(&row.unit_id), LookReason::HandleCase).await?;
    Ok(Some(AssignView {
        public: public.clone(),
        mine: row.officer_id.is_some(),
        officer: row.officer,
        colleagues: ctx.db.all(COLLEAGUES, args![Role::VictimOfficer.code(), &staff.staff]).await?,
    }))
}

/// The case of this victim changes hands. None: not hers to give.
pub async fn assign(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Party>,
    to: Option<To>,
    reason: &str,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let now = ctx.now();
    let command = Assign {
        ctx: ctx.clone(),
        staff: staff.clone(),
        public: public.clone(),
        to,
        reason: paragraph(reason, LONGEST_REASON),
        id: ctx.chance.id(now),
        now,
    };
    ctx.db.write(command).await
}

#[derive(Debug)]
enum Assignment {}

struct Assign {
    ctx: Ctx,
    staff: Staff,
    public: Public<Party>,
    to: Option<To>,
    reason: std::result::Result<String, TextError>,
    id: Id<Assignment>,
    now: Instant,
}

impl Command for Assign {
    type Out = Option<std::result::Result<(), Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(FOUND, args![&self.public]).await?;
        let Some(row) = row.filter(|row| row.is_theirs(&self.staff)) else { return Ok(None) };
        let Some(to) = self.whose(tx).await? else { return Ok(Some(Err(Refusal::Whom))) };
        let reason = match &self.reason {
            Ok(reason) => reason,
            Err(error) => return Ok(Some(Err(Refusal::Reason(*error)))),
        };
        let place = format!("notice_assignment/reason/{}", self.id);
        let reason = self.ctx.vault.seal(&self.ctx.chance, &place, reason.as_bytes())?;
        let case: Id<Case> = Id::new(row.case_id);
        tx.later(GIVE, args![to.as_ref(), &case]).await?;
        let by = &self.staff.staff;
        let values = args![&self.id, &case, row.officer_id.as_ref(), to.as_ref(), reason, by, self.now];
        tx.later(KEEP, values).await?;
        self.tell(tx, &case, to.is_some()).await.map(|()| Some(Ok(())))
    }
}

impl Assign {
    /// The id of whoever gets it. None at all: there is no such officer.
    async fn whose(&self, tx: &mut Tx) -> Result<Option<Option<String>>> {
        match &self.to {
            None => Ok(None),
            Some(To::Nobody) => Ok(Some(None)),
            Some(To::Me) => Ok(Some(Some(self.staff.staff.as_str().to_owned()))),
            Some(To::Colleague(public)) => {
                let values = args![Role::VictimOfficer.code(), public];
                let found: Option<(String,)> = tx.optional(COLLEAGUE, values).await?;
                Ok(found.map(|(id,)| Some(id)))
            }
        }
    }

    /// A case may be about several: each has it in her own trail.
    async fn tell(&self, tx: &mut Tx, case: &Id<Case>, given: bool) -> Result<()> {
        let actor = Actor::Staff(self.staff.clone());
        let all: Vec<(String,)> = tx.all(RECIPIENTS, args![case]).await?;
        for (recipient,) in all {
            let recipient: Id<Recipient> = Id::new(recipient);
            let detail = if given { "given" } else { "let_go" };
            trail::note(tx, &self.ctx, &actor, ("notice.assigned", &recipient), detail).await?;
        }
        Ok(())
    }
}

/// The name of whoever has a case, for its page.
pub(super) async fn officer(ctx: &Ctx, id: Option<&str>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let found: Option<(String,)> = ctx.db.optional(NAME, args![id]).await?;
    Ok(found.map(|(name,)| name))
}

pub const FOUND: &str = "SELECT p.case_id, p.recipient_id, c.unit_id, c.officer_id, s.name AS officer FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id LEFT JOIN staff_member s ON s.id = c.officer_id WHERE p.public_id = $1";
/// An officer for victims is whoever signed in as one the last time.
pub const COLLEAGUES: &str = "SELECT m.public_id, m.name FROM staff_member m JOIN session x ON x.staff_id = m.id \
    WHERE ' ' || x.roles || ' ' LIKE '% ' || $1 || ' %' AND m.id <> $2 AND NOT EXISTS (SELECT 1 FROM session y \
    WHERE y.staff_id = m.id AND y.opened_at > x.opened_at) GROUP BY m.id, m.public_id, m.name ORDER BY m.name, m.id LIMIT 100";
pub const COLLEAGUE: &str = "SELECT m.id FROM staff_member m JOIN session x ON x.staff_id = m.id \
    WHERE ' ' || x.roles || ' ' LIKE '% ' || $1 || ' %' AND m.public_id = $2 AND NOT EXISTS (SELECT 1 FROM session y \
    WHERE y.staff_id = m.id AND y.opened_at > x.opened_at) LIMIT 1";
pub const GIVE: &str = "UPDATE notice_case SET officer_id = $1 WHERE id = $2";
pub const KEEP: &str = "INSERT INTO notice_assignment (id, case_id, from_id, to_id, reason, by_id, at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const RECIPIENTS: &str = "SELECT recipient_id FROM notice_party WHERE case_id = $1 ORDER BY id";
pub const NAME: &str = "SELECT name FROM staff_member WHERE id = $1";
