//! Somebody is worried about one inside: a short form, for anybody, straight to the duty desk of the unit. The answer is the same
//! whether he is there or not, whether anybody of that name is; he is never shown it, and nothing of it stands with his letters.

mod phones;
pub(crate) mod work;

pub use phones::{Desk, desks, minutes};

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    messages::{Refusal, Worry, WorryForm, may_take_worries},
};
use serde::{Deserialize, Serialize};

use super::{Done, FormKey, Sent, news, public, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::names::sort_key,
    rules::Rules,
};

/// Longest description, in characters.
pub const LONGEST: usize = 2_000;

/// Why the duty officer looks, in the trail.
const WORRIED: &str = "worry";

#[derive(Debug)]
pub enum WorryRow {}

#[derive(Serialize, Deserialize)]
struct Told {
    name: String,
    birth: Option<String>,
    words: String,
    contact: Option<String>,
}

/// Tells the duty desk. Nobody is looked for: the time it takes says nothing either.
pub async fn tell(ctx: &Ctx, actor: &Actor, form: &WorryForm) -> Result<Sent<()>> {
    let told = match form.parse(LONGEST) {
        Ok(told) => told,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let now = ctx.now();
    let minutes = minutes(ctx).await?;
    let Worry { name, birth, words, contact } = told;
    let told = Told { name, birth: birth.map(CivilDate::iso), words, contact };
    let plain = serde_json::to_vec(&told).map_err(|_| Error::Broken("a worry"))?;
    let id: Id<WorryRow> = ctx.chance.id(now);
    let command = Tell {
        ctx: ctx.clone(),
        entry: audit::Entry::new(ctx, actor, "worry_told").about("worry", &id),
        unit: form.unit.clone(),
        digest: ctx
            .vault
            .fingerprint("worry", &format!("{}\n{}", form.unit, String::from_utf8_lossy(&plain))),
        sealed: ctx.vault.seal(&ctx.chance, &place(id.as_str()), &plain)?,
        id,
        public: ctx.chance.public(),
        key,
        now,
        due: now.plus_minutes(minutes),
    };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

fn place(id: &str) -> String {
    format!("worry/told/{id}")
}

struct Tell {
    ctx: Ctx,
    entry: audit::Entry,
    unit: String,
    digest: Vec<u8>,
    sealed: Vec<u8>,
    id: Id<WorryRow>,
    public: Public<WorryRow>,
    key: FormKey,
    now: Instant,
    due: Instant,
}

impl Command for Tell {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        // Who does not know where he is, or names no unit of ours, is taken in by the desk that takes in all.
        let Some((unit,)) = tx.optional::<(String,)>(UNIT, args![&self.unit]).await? else {
            return Err(Error::Broken("there is no unit that takes in"));
        };
        let (digest, sealed) = (self.digest.clone(), self.sealed.clone());
        let values = args![&self.id, &self.public, &unit, &self.key, digest, sealed, self.now, self.due];
        if tx.execute(TELL, values).await? == 1 {
            news::remind_unit(tx, &self.ctx, &unit).await?;
            self.entry.clone().at_unit(&Id::new(unit)).save(tx).await?;
        }
        Ok(Ok(()))
    }
}

/// The same from within: another slice knows of somebody who is not safe. In the caller's transaction.
pub async fn tell_within(
    tx: &mut Tx,
    ctx: &Ctx,
    unit: &Id<Unit>,
    (name, words, contact): (&str, &str, Option<&str>),
) -> Result<()> {
    let (now, id): (_, Id<WorryRow>) = (ctx.now(), ctx.chance.id(ctx.now()));
    let minutes = Rules::within(tx, now.date()).await?.days("messages.worry_minutes")?;
    let told =
        Told { name: name.into(), birth: None, words: words.into(), contact: contact.map(str::to_owned) };
    let plain = serde_json::to_vec(&told).map_err(|_| Error::Broken("a worry"))?;
    let (key, public): (FormKey, Public<WorryRow>) = (ctx.chance.public(), ctx.chance.public());
    let digest = ctx.vault.fingerprint("worry", id.as_str());
    let sealed = ctx.vault.seal(&ctx.chance, &place(id.as_str()), &plain)?;
    let values = args![&id, &public, unit, &key, digest, sealed, now, now.plus_minutes(minutes)];
    tx.later(TELL, values).await?;
    news::remind_unit(tx, ctx, unit.as_str()).await?;
    let entry = audit::Entry::new(ctx, &Actor::System, "worry_told").about("worry", &id);
    entry.at_unit(unit).save(tx).await
}

/// One that the duty desk has not done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub public: Public<WorryRow>,
    pub unit_name: String,
    pub name: String,
    pub birth: Option<CivilDate>,
    pub words: String,
    pub contact: Option<String>,
    pub made_at: Instant,
    pub due_at: Instant,
    /// Who has taken it.
    pub taken_by: Option<String>,
    pub yours: bool,
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    id: String,
    public_id: String,
    unit_name: String,
    told: Vec<u8>,
    made_at: i64,
    due_at: i64,
    taken_by: Option<String>,
    taken_name: Option<String>,
}

/// Those of her units and those of the intake, the most urgent first; one read after the trace of it.
pub async fn open(ctx: &Ctx, staff: &Staff) -> Result<Vec<Open>> {
    if !may_take_worries(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "worry_list");
    audit::record(ctx, entry.because(WORRIED)).await?;
    let rows: Vec<OpenRow> = ctx.db.all(OPEN, args![units(staff)]).await?;
    let open = |row: OpenRow| {
        let plain = ctx.vault.open(&place(&row.id), &row.told)?;
        let told: Told = serde_json::from_slice(&plain).map_err(|_| Error::Broken("a worry"))?;
        Ok(Open {
            public: public(&row.public_id)?,
            unit_name: row.unit_name,
            name: told.name,
            birth: told.birth.as_deref().and_then(CivilDate::parse_iso),
            words: told.words,
            contact: told.contact,
            made_at: Instant(row.made_at),
            due_at: Instant(row.due_at),
            yours: row.taken_by.as_deref() == Some(staff.staff.as_str()),
            taken_by: row.taken_name,
        })
    };
    rows.into_iter().map(open).collect()
}

/// Whom the register knows by that name in her units: for her, who goes and sees.
pub async fn maybe(ctx: &Ctx, staff: &Staff, name: &str) -> Result<Vec<(Public<Inmate>, String)>> {
    if !may_take_worries(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "inmate_search");
    audit::record(ctx, entry.because(WORRIED)).await?;
    let rows: Vec<(String, String)> = ctx.db.all(MAYBE, args![sort_key(name), units(staff)]).await?;
    rows.into_iter().map(|(id, name)| Ok((public(&id)?, name))).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Take,
    Done,
}

/// She takes it, or has seen to it. Only whoever has it can be done with it.
pub async fn act(ctx: &Ctx, staff: &Staff, worry: &Public<WorryRow>, step: Step) -> Result<Done> {
    if !may_take_worries(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Act { ctx: ctx.clone(), staff: staff.clone(), worry: worry.clone(), step }).await
}

struct Act {
    ctx: Ctx,
    staff: Staff,
    worry: Public<WorryRow>,
    step: Step,
}

impl Command for Act {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (sql, action) = match self.step {
            Step::Take => (TAKE, "worry_taken"),
            Step::Done => (DONE, "worry_done"),
        };
        let values = args![self.ctx.now(), &self.staff.staff, &self.worry, units(&self.staff)];
        let Some((id,)) = tx.optional::<(String,)>(sql, values).await? else {
            return Ok(Err(Refusal::MovedOn));
        };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.about("worry", &Id::<WorryRow>::new(id)).save(tx).await?;
        Ok(Ok(()))
    }
}

/// For the worker: what nobody has taken in time is told to its unit again, as often until somebody does.
pub async fn remind_due(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(RemindDue { ctx: ctx.clone(), now: ctx.now() }).await
}

struct RemindDue {
    ctx: Ctx,
    now: Instant,
}

impl Command for RemindDue {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let minutes = Rules::within(tx, self.now.date()).await?.days("messages.worry_minutes")?;
        let rows: Vec<(String, String)> =
            tx.all(OVERDUE, args![self.now, self.now.plus_minutes(-minutes)]).await?;
        let mut told: Option<&String> = None;
        for (id, unit) in &rows {
            tx.later(REMINDED, args![self.now, id]).await?;
            if told != Some(unit) {
                news::remind_unit(tx, &self.ctx, unit).await?;
            }
            told = Some(unit);
        }
        Ok(rows.len())
    }
}

pub const UNIT: &str = "SELECT id FROM unit WHERE (slug = $1 AND open = 1) OR level = 'intake' \
    ORDER BY CASE WHEN level = 'intake' THEN 1 ELSE 0 END LIMIT 1";
pub const TELL: &str = "INSERT INTO worry (id, public_id, unit_id, form_key, digest, told, made_at, due_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (form_key, digest) DO NOTHING";
pub const OPEN: &str = "SELECT w.id, w.public_id, u.name AS unit_name, w.told, w.made_at, w.due_at, w.taken_by, \
    s.name AS taken_name FROM worry w JOIN unit u ON u.id = w.unit_id LEFT JOIN staff_member s ON s.id = w.taken_by \
    WHERE w.done_at IS NULL AND (u.level = 'intake' OR $1 LIKE '% ' || u.id || ' %') ORDER BY w.due_at, w.id LIMIT 200";
pub const MAYBE: &str = "SELECT i.public_id, i.name FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.sort_name = $1 AND $2 LIKE '% ' || p.unit_id || ' %' ORDER BY i.id LIMIT 20";
pub const TAKE: &str = "UPDATE worry SET taken_at = $1, taken_by = $2 WHERE public_id = $3 AND taken_by IS NULL \
    AND done_at IS NULL AND unit_id IN (SELECT id FROM unit WHERE level = 'intake' OR $4 LIKE '% ' || id || ' %') \
    RETURNING id";
pub const DONE: &str = "UPDATE worry SET done_at = $1 WHERE public_id = $3 AND taken_by = $2 AND done_at IS NULL \
    AND unit_id IN (SELECT id FROM unit WHERE level = 'intake' OR $4 LIKE '% ' || id || ' %') RETURNING id";
pub const OVERDUE: &str = "SELECT id, unit_id FROM worry WHERE done_at IS NULL AND taken_by IS NULL AND due_at < $1 \
    AND COALESCE(reminded_at, 0) < $2 ORDER BY unit_id, id LIMIT 200";
pub const REMINDED: &str = "UPDATE worry SET reminded_at = $1 WHERE id = $2";
