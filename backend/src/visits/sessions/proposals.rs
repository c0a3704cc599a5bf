//! Changes of a plan that wait for somebody else's yes. Whoever asked for one neither answers it nor has it on her list; what
//! it touches is read anew at the yes, and one that touches more than its page showed is shown first. Nobody answers: it lapses.

use domain::{
    access::{StaffMember, Unit},
    kernel::{Id, Instant, Public},
    visits::booking::{PlanChange, PlanForm, ProposalState, Verdict, may_plan, plan::PlanRefusal},
};

use super::{
    Answer,
    change::{LOOK_AGAIN, make_sessions},
    judge::{Step, judge},
    touched::{Touched, touches},
    write::Written,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
    visits::{booking::From, units},
};

/// The mark of a proposal's ids.
#[derive(Debug)]
pub enum Proposal {}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    pub public_id: String,
    pub unit_id: String,
    pub typed: String,
    pub shown: String,
    pub proposed_by: String,
    pub proposed_at: i64,
    pub lapses_at: i64,
    pub state: String,
    pub decided_at: Option<i64>,
    pub word: Option<String>,
    pub unit_slug: String,
    pub unit_name: String,
    pub proposer: String,
    pub decider: Option<String>,
}

impl Row {
    pub fn form(&self) -> Result<PlanForm> {
        serde_json::from_str(&self.typed).map_err(|_| Error::Broken("a proposal's form"))
    }

    pub fn public(&self) -> Result<Public<Proposal>> {
        Public::parse(&self.public_id).ok_or(Error::Broken("public id"))
    }

    /// One that nobody has answered in time is over, also before the worker has said so.
    pub fn state(&self, now: Instant) -> Result<ProposalState> {
        match ProposalState::parse(&self.state).ok_or(Error::Broken("a proposal's state"))? {
            ProposalState::Open if Instant(self.lapses_at) <= now => Ok(ProposalState::Lapsed),
            state => Ok(state),
        }
    }
}

/// What a change becomes when somebody else has to approve it.
pub(super) struct Propose {
    id: Id<Proposal>,
    public: Public<Proposal>,
    unit: Id<Unit>,
    by: Id<StaffMember>,
    kind: &'static str,
    typed: String,
    now: Instant,
    entry: audit::Entry,
}

impl Propose {
    pub fn new(ctx: &Ctx, staff: &Staff, unit: &Id<Unit>, form: &PlanForm) -> Result<Self> {
        let id = ctx.chance.id(ctx.now());
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "plan_proposed").at_unit(unit);
        Ok(Self {
            entry: entry.about("plan_proposal", &id).detail(form.code()),
            id,
            public: ctx.chance.public(),
            unit: unit.clone(),
            by: staff.staff.clone(),
            kind: form.code(),
            typed: serde_json::to_string(form).map_err(|_| Error::Broken("a proposal's form"))?,
            now: ctx.now(),
        })
    }

    /// The second click of a double click finds the first one's.
    pub async fn run(&self, tx: &mut Tx, found: &Touched) -> Result<Public<Proposal>> {
        let values = args![&self.unit, &self.by, &self.typed, self.now];
        let there: Option<(String,)> = tx.optional(SAME, values).await?;
        if let Some((public,)) = there {
            return Public::parse(&public).ok_or(Error::Broken("public id"));
        }
        let days = Rules::within(tx, self.now.date()).await?.days("visits.proposal_days")?;
        let values = args![
            &self.id,
            &self.public,
            &self.unit,
            self.kind,
            &self.typed,
            found.shown(),
            &self.by,
            self.now,
            self.now.plus_days(days)
        ];
        tx.later(INSERT, values).await?;
        self.entry.save(tx).await?;
        Ok(self.public.clone())
    }
}

/// Another's yes or no. `shown` stands for the visits that her page showed.
pub async fn answer(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Proposal>,
    verdict: Verdict,
    shown: &str,
) -> Result<Answer<()>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    let command = Decide {
        ctx: ctx.clone(),
        staff: staff.clone(),
        public: public.clone(),
        verdict,
        shown: shown.to_owned(),
    };
    let done = ctx.db.write(command).await?;
    if done == Some(Ok(())) {
        make_sessions(ctx).await;
    }
    Ok(done)
}

struct Decide {
    ctx: Ctx,
    staff: Staff,
    public: Public<Proposal>,
    verdict: Verdict,
    shown: String,
}

impl Command for Decide {
    type Out = Answer<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(ONE, args![&self.public, units(&self.staff)]).await?;
        let Some(row) = row else { return Ok(None) };
        if row.proposed_by == self.staff.staff.as_str() {
            return Ok(Some(Err(PlanRefusal::Own)));
        }
        if row.state(self.ctx.now())? != ProposalState::Open {
            return Ok(Some(Err(PlanRefusal::Answered)));
        }
        if let Verdict::Yes(_) = self.verdict
            && let Err(refusal) = self.carry_out(tx, &row).await?
        {
            return Ok(Some(Err(refusal)));
        }
        let (state, action, word) = match &self.verdict {
            Verdict::Yes(word) => (ProposalState::Approved, "plan_approved", word.clone()),
            Verdict::No(word) => (ProposalState::Declined, "plan_declined", Some(word.clone())),
        };
        close(&self.ctx, tx, &row.id, (state, Some(&self.staff.staff), word)).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        let entry = entry.at_unit(&Id::new(row.unit_id.as_str()));
        entry.about::<Proposal>("plan_proposal", &Id::new(row.id)).save(tx).await?;
        Ok(Some(Ok(())))
    }
}

impl Decide {
    /// As it stands now: rules may begin too soon by now, or another change may have come before it.
    async fn carry_out(&self, tx: &mut Tx, row: &Row) -> Result<std::result::Result<(), PlanRefusal>> {
        let (unit, now): (Id<Unit>, _) = (Id::new(row.unit_id.as_str()), self.ctx.now());
        let Ok(change) = row.form()?.change(now.date()) else { return Ok(Err(PlanRefusal::Stale)) };
        let mut from = From::Tx(tx);
        match judge(&mut from, &unit, &change, now.date()).await? {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(Step::Done) => return Ok(Ok(())),
            Ok(Step::New) => {}
        }
        if touches(&mut from, &unit, &change, now).await?.is_more_than(&self.shown) {
            return Ok(Err(PlanRefusal::More));
        }
        Written::new(&self.ctx, &Actor::Staff(self.staff.clone()), &unit, &change).run(tx).await?;
        tx.later(LOOK_AGAIN, args![&unit, now.date()]).await?;
        Ok(Ok(()))
    }
}

type Closed<'a> = (ProposalState, Option<&'a Id<StaffMember>>, Option<String>);

async fn close(ctx: &Ctx, tx: &mut Tx, id: &str, (state, by, word): Closed<'_>) -> Result<()> {
    tx.later(CLOSE, args![state.code(), by, ctx.now(), word, id]).await
}

/// By whoever proposed it, as long as nobody has answered.
pub async fn withdraw(ctx: &Ctx, staff: &Staff, public: &Public<Proposal>) -> Result<Answer<()>> {
    if !may_plan(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Withdraw { ctx: ctx.clone(), staff: staff.clone(), public: public.clone() }).await
}

struct Withdraw {
    ctx: Ctx,
    staff: Staff,
    public: Public<Proposal>,
}

impl Command for Withdraw {
    type Out = Answer<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(ONE, args![&self.public, units(&self.staff)]).await?;
        let Some(row) = row.filter(|row| row.proposed_by == self.staff.staff.as_str()) else {
            return Ok(None);
        };
        if row.state(self.ctx.now())? != ProposalState::Open {
            return Ok(Some(Err(PlanRefusal::Answered)));
        }
        close(&self.ctx, tx, &row.id, (ProposalState::Withdrawn, Some(&self.staff.staff), None)).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "plan_withdrawn");
        let entry = entry.at_unit(&Id::new(row.unit_id.as_str()));
        entry.about::<Proposal>("plan_proposal", &Id::new(row.id)).save(tx).await?;
        Ok(Some(Ok(())))
    }
}

/// Its change, as far as it can still be made, and what it would touch now.
pub(super) async fn now(
    ctx: &Ctx,
    row: &Row,
) -> Result<(Option<PlanChange>, std::result::Result<Touched, PlanRefusal>)> {
    let (unit, at): (Id<Unit>, _) = (Id::new(row.unit_id.as_str()), ctx.now());
    let Ok(change) = row.form()?.change(at.date()) else { return Ok((None, Err(PlanRefusal::Stale))) };
    let mut from = From::Db(&ctx.db);
    let found = match judge(&mut from, &unit, &change, at.date()).await? {
        Err(refusal) => Err(refusal),
        Ok(_) => Ok(touches(&mut from, &unit, &change, at).await?),
    };
    Ok((Some(change), found))
}

macro_rules! proposal {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.public_id, p.unit_id, p.typed, p.shown, p.proposed_by, p.proposed_at, p.lapses_at, p.state, ",
            "p.decided_at, p.word, u.slug AS unit_slug, u.name AS unit_name, s.name AS proposer, d.name AS decider ",
            "FROM plan_proposal p JOIN unit u ON u.id = p.unit_id JOIN staff_member s ON s.id = p.proposed_by ",
            "LEFT JOIN staff_member d ON d.id = p.decided_by AND p.decided_by <> p.proposed_by ",
            $rest
        )
    };
}

pub const ONE: &str = proposal!("WHERE p.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %'");
/// Those that are open or were a while ago, the newest first.
pub const OF_UNIT: &str = proposal!(
    "WHERE p.unit_id = $1 AND (p.state = 'open' OR p.decided_at > $2) ORDER BY p.proposed_at DESC, p.id LIMIT 30"
);
pub const SAME: &str = "SELECT public_id FROM plan_proposal WHERE unit_id = $1 AND proposed_by = $2 AND typed = $3 \
    AND state = 'open' AND lapses_at > $4";
pub const INSERT: &str = "INSERT INTO plan_proposal (id, public_id, unit_id, kind, typed, shown, proposed_by, proposed_at, \
    lapses_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const CLOSE: &str = "UPDATE plan_proposal SET state = $1, decided_by = $2, decided_at = $3, word = $4, officer_id = NULL \
    WHERE id = $5 AND state = 'open'";
