//! Who has a piece of work from now on: taken in passing, handed over, and as it was before. Each step is one write where the
//! thing is, with its trace; what somebody else has done meanwhile is not written over.

use domain::{
    access::{StaffMember, Unit},
    kernel::{Id, Instant, Public},
    work::{Holder, Kind, Refusal, Step, next},
};

use super::{Officer, Source, WorkMark, absence, source_of};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx, Value},
};

pub type Done<T = ()> = std::result::Result<T, Refusal>;

/// What a step changed: what is needed to take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub source: &'static str,
    pub public: Public<WorkMark>,
    pub kind: Kind,
    pub reference: String,
    /// Inner ids, for the sealed note of what was done alone.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assign {
    Me,
    Nobody,
    Colleague(Officer),
}

impl Assign {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "me" => Some(Self::Me),
            "nobody" => Some(Self::Nobody),
            public => Public::parse(public).map(Self::Colleague),
        }
    }
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    pub unit_id: String,
    kind: String,
    pub officer_id: Option<String>,
    pub reference: String,
}

/// Nobody has it: she does. What she has already stays hers.
pub async fn take(ctx: &Ctx, staff: &Staff, source: &str, public: &Public<WorkMark>) -> Result<Done<Moved>> {
    act(ctx, staff, source, public, Doing::Take).await
}

/// From whoever has it to whom she says.
pub async fn assign(
    ctx: &Ctx,
    staff: &Staff,
    source: &str,
    public: &Public<WorkMark>,
    to: Assign,
) -> Result<Done<Moved>> {
    act(ctx, staff, source, public, Doing::Assign(to)).await
}

/// As it was before this step of hers, if it still is as she left it.
pub async fn undo(ctx: &Ctx, staff: &Staff, moved: &Moved) -> Result<Done<Moved>> {
    let doing = Doing::Undo { from: moved.from.clone(), to: moved.to.clone() };
    act(ctx, staff, moved.source, &moved.public, doing).await
}

#[derive(Clone, Debug)]
enum Doing {
    Take,
    Assign(Assign),
    Undo { from: Option<String>, to: Option<String> },
}

async fn act(
    ctx: &Ctx,
    staff: &Staff,
    source: &str,
    public: &Public<WorkMark>,
    doing: Doing,
) -> Result<Done<Moved>> {
    let Some(source) = source_of(source) else { return Ok(Err(Refusal::Hidden)) };
    let command =
        Act { ctx: ctx.clone(), staff: staff.clone(), source, public: public.clone(), doing, now: ctx.now() };
    ctx.db.write(command).await
}

struct Act {
    ctx: Ctx,
    staff: Staff,
    source: &'static Source,
    public: Public<WorkMark>,
    doing: Doing,
    now: Instant,
}

impl Command for Act {
    type Out = Done<Moved>;

    async fn run(&self, tx: &mut Tx) -> Result<Done<Moved>> {
        let row: Option<Row> = tx.optional(self.source.load, args![&self.public, units(&self.staff)]).await?;
        let Some(row) = row else { return Ok(Err(Refusal::Hidden)) };
        let kind = row.kind()?;
        if !self.staff.roles.contains(&kind.role()) {
            return Ok(Err(Refusal::Hidden));
        }
        let holder = self.holder(tx, &row).await?;
        if let Err(refusal) = next(self.step(&row), holder) {
            return Ok(Err(refusal));
        }
        let to = match self.to(tx, &row, kind).await? {
            Ok(to) => to,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let me = self.staff.staff.as_str();
        if to.as_deref() == Some(me) {
            absence::present(tx, &self.ctx, &self.staff).await?;
        }
        if to != row.officer_id && !self.give(tx, &row, to.as_deref()).await? {
            return Ok(Err(Refusal::Whom));
        }
        let Row { reference, officer_id: from, .. } = row;
        Ok(Ok(Moved { source: self.source.code, public: self.public.clone(), kind, reference, from, to }))
    }
}

impl Act {
    fn step(&self, row: &Row) -> Step {
        match &self.doing {
            Doing::Take => Step::Take,
            Doing::Assign(_) => Step::HandOver,
            Doing::Undo { to, .. } => Step::Undo { as_i_left_it: *to == row.officer_id },
        }
    }

    /// Whoever is away has nothing.
    async fn holder(&self, tx: &mut Tx, row: &Row) -> Result<Holder> {
        let Some(id) = &row.officer_id else { return Ok(Holder::Nobody) };
        if id == self.staff.staff.as_str() {
            return Ok(Holder::Me);
        }
        let present: Option<(String,)> = tx.optional(PRESENT, args![id]).await?;
        Ok(if present.is_some() { Holder::Other } else { Holder::Nobody })
    }

    async fn to(&self, tx: &mut Tx, row: &Row, kind: Kind) -> Result<Done<Option<String>>> {
        let me = || Ok(Some(self.staff.staff.as_str().to_owned()));
        Ok(match &self.doing {
            Doing::Take | Doing::Assign(Assign::Me) => me(),
            Doing::Assign(Assign::Nobody) => Ok(None),
            Doing::Assign(Assign::Colleague(public)) => {
                let values = args![&row.unit_id, kind.role().code(), public];
                let found: Option<(String,)> = tx.optional(COLLEAGUE, values).await?;
                found.map(|(id,)| Some(id)).ok_or(Refusal::Whom)
            }
            Doing::Undo { from, .. } => Ok(from.clone()),
        })
    }

    /// False: the thing itself refuses whoever it would be.
    async fn give(&self, tx: &mut Tx, row: &Row, to: Option<&str>) -> Result<bool> {
        let has_it = row.officer_id.as_deref().unwrap_or_default();
        let mut values = args![to.map(str::to_owned), &row.id, has_it];
        if self.source.dated {
            values.push(self.now.into());
        }
        if tx.execute(self.source.give, values).await? != 1 {
            return Ok(false);
        }
        let me = self.staff.staff.as_str();
        let action = match (&self.doing, to) {
            (Doing::Undo { .. }, _) => "work_undone",
            (_, None) => "work_put_back",
            (_, Some(id)) if id == me => "work_taken",
            (_, Some(_)) => "work_given",
        };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        let (unit, id): (Id<Unit>, Id<WorkMark>) = (Id::new(row.unit_id.as_str()), Id::new(row.id.as_str()));
        let entry = entry.at_unit(&unit).about(self.source.subject, &id);
        let entry = match to {
            Some(id) if id != me => entry.detail(id),
            _ => entry,
        };
        entry.save(tx).await.map(|()| true)
    }
}

impl Row {
    pub fn kind(&self) -> Result<Kind> {
        Kind::parse(&self.kind).ok_or(Error::Broken("kind of work"))
    }
}

pub(super) fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::<Unit>::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

/// For the sealed note of what was done.
impl Moved {
    pub fn kept(&self) -> [(&'static str, String); 6] {
        let or_nobody = |id: &Option<String>| id.clone().unwrap_or_default();
        [
            ("source", self.source.to_owned()),
            ("public", self.public.to_string()),
            ("kind", self.kind.code().to_owned()),
            ("reference", self.reference.clone()),
            ("from", or_nobody(&self.from)),
            ("to", or_nobody(&self.to)),
        ]
    }

    pub fn read(value: impl Fn(&str) -> String) -> Option<Self> {
        let somebody = |name: &str| Some(value(name)).filter(|id| !id.is_empty());
        Some(Self {
            source: source_of(&value("source"))?.code,
            public: Public::parse(&value("public"))?,
            kind: Kind::parse(&value("kind"))?,
            reference: value("reference"),
            from: somebody("from"),
            to: somebody("to"),
        })
    }

    /// Whether she has it now.
    pub fn is_hers(&self, staff: &Id<StaffMember>) -> bool {
        self.to.as_deref() == Some(staff.as_str())
    }
}

pub const PRESENT: &str = "SELECT id FROM staff_present WHERE id = $1";
/// Somebody of the unit ($1) who signed in with that duty ($2) the last time and is not away.
pub const COLLEAGUE: &str = "SELECT m.id FROM staff_present h JOIN staff_member m ON m.id = h.id \
    JOIN session x ON x.staff_id = m.id WHERE m.public_id = $3 AND ' ' || x.units || ' ' LIKE '% ' || CAST($1 AS TEXT) || ' %' \
    AND ' ' || x.roles || ' ' LIKE '% ' || CAST($2 AS TEXT) || ' %' AND NOT EXISTS (SELECT 1 FROM session y \
    WHERE y.staff_id = m.id AND y.opened_at > x.opened_at) LIMIT 1";
