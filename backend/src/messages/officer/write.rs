//! She writes: a new conversation with a unit, free or about a case of hers, or one more message in one of hers.

use domain::{
    access::Unit,
    kernel::{Id, Public, Reference},
    messages::{Refusal, Thread, ThreadForm, Topic, WrittenForm},
};

use super::{NEW, NewMessage, Row, draft_place, files};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    messages::{
        FormKey, Sent, ThreadRow,
        drafts::{self, Owner},
        numbers::Numbers,
        once::Once,
    },
    rules::Rules,
};

/// Opens a conversation. The same form again gives the one it has opened.
pub async fn begin(ctx: &Ctx, who: &Citizen, form: &ThreadForm) -> Result<Sent<Public<ThreadRow>>> {
    let numbers = Numbers::of(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    let (topic, words) = match form.parse(numbers.longest) {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let about = format!("{} {}", form.unit, form.about);
    let once = Once::new(ctx, who.person.as_str(), &key, &about, &words);
    let command = Begin {
        ctx: ctx.clone(),
        who: who.clone(),
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        unit: form.unit.clone(),
        about: form.about.clone(),
        topic,
        message: NewMessage::draw(ctx, once, true, words),
        numbers,
        draft: drafts::seen(&form.draft),
    };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Begin {
    ctx: Ctx,
    who: Citizen,
    id: Id<ThreadRow>,
    public: Public<ThreadRow>,
    reference: Reference,
    unit: String,
    about: String,
    topic: Topic,
    message: NewMessage,
    numbers: Numbers,
    draft: i64,
}

/// Where it goes: to a unit, and on which case's timeline.
struct Target {
    unit: Id<Unit>,
    about: Option<(String, String)>,
}

impl Command for Begin {
    type Out = std::result::Result<Public<ThreadRow>, Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        if let Some(thread) = self.message.sent_before(tx).await? {
            return Ok(Ok(thread));
        }
        let Some(target) = self.target(tx).await? else { return Ok(Err(Refusal::Hidden)) };
        let row = self.insert(tx, target).await?;
        self.message.save(tx, &self.ctx, &row.id, &self.who.person).await?;
        drafts::sent(tx, &Owner::citizen(&self.who), NEW, self.draft).await?;
        let actor = Actor::Citizen(self.who.clone());
        files::hand_in(tx, &self.ctx, &actor, ("", &row.id), self.message.now).await?;
        row.trace(&self.ctx, &actor, "message_written").save(tx).await?;
        Ok(Ok(self.public.clone()))
    }
}

impl Begin {
    /// A case of hers, or an open unit; nothing else is there.
    async fn target(&self, tx: &mut Tx) -> Result<Option<Target>> {
        if self.about.is_empty() {
            let found: Option<(String,)> = tx.optional(UNIT, args![&self.unit]).await?;
            return Ok(found.map(|(unit,)| Target { unit: Id::new(unit), about: None }));
        }
        let found: Option<(String, String, String)> =
            tx.optional(CASE, args![&self.about, &self.who.person]).await?;
        Ok(found.map(|(kind, id, unit)| Target { unit: Id::new(unit), about: Some((kind, id)) }))
    }

    async fn insert(&self, tx: &mut Tx, target: Target) -> Result<Row> {
        let now = self.message.now;
        let (kind, about) = target.about.unzip();
        let due = self.numbers.due(now);
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            &self.who.person,
            &target.unit,
            self.topic.code(),
            kind.as_ref(),
            about.as_ref(),
            now,
            due
        ];
        tx.later(BEGIN, values).await?;
        let state = Thread::Waiting { since: now, due };
        Ok(Row {
            id: self.id.as_str().to_owned(),
            person_id: self.who.person.as_str().to_owned(),
            unit_id: target.unit.as_str().to_owned(),
            about_kind: kind,
            about_id: about,
            state: state.code().to_owned(),
            state_at: now.micros(),
            due_at: Some(due.micros()),
            officer_id: None,
            version: 1,
        })
    }
}

/// One more message of hers. A conversation that was closed not long ago opens again.
pub async fn write(
    ctx: &Ctx,
    who: &Citizen,
    thread: &Public<ThreadRow>,
    form: &WrittenForm,
) -> Result<Sent<()>> {
    let numbers = Numbers::of(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    let words = match form.parse(numbers.longest) {
        Ok(words) => words,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let once = Once::new(ctx, who.person.as_str(), &key, thread.as_str(), &words);
    let command = Write {
        ctx: ctx.clone(),
        who: who.clone(),
        thread: thread.clone(),
        message: NewMessage::draw(ctx, once, true, words),
        numbers,
        draft: drafts::seen(&form.draft),
    };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Write {
    ctx: Ctx,
    who: Citizen,
    thread: Public<ThreadRow>,
    message: NewMessage,
    numbers: Numbers,
    draft: i64,
}

impl Command for Write {
    type Out = std::result::Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found: Option<Row> = tx.optional(LOAD_OWN, args![&self.thread, &self.who.person]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        if self.message.sent_before(tx).await?.is_some() {
            return Ok(Ok(()));
        }
        let (now, numbers) = (self.message.now, &self.numbers);
        let state = match row.state()?.written(now, numbers.due(now), numbers.reopen_days) {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !row.save(tx, state, row.officer().as_ref(), Some(now)).await? {
            return Ok(Err(Refusal::Stale));
        }
        self.message.save(tx, &self.ctx, &row.id, &self.who.person).await?;
        drafts::sent(tx, &Owner::citizen(&self.who), &draft_place(&self.thread), self.draft).await?;
        let actor = Actor::Citizen(self.who.clone());
        files::hand_in(tx, &self.ctx, &actor, (self.thread.as_str(), &row.id), now).await?;
        let entry: audit::Entry = row.trace(&self.ctx, &actor, "message_written");
        entry.save(tx).await?;
        Ok(Ok(()))
    }
}

pub const UNIT: &str = "SELECT id FROM unit WHERE slug = $1 AND open = 1 AND level <> 'intake'";
pub const CASE: &str = "SELECT kind, id, unit_id FROM message_case WHERE public_id = $1 AND person_id = $2";
pub const BEGIN: &str = "INSERT INTO message_thread (id, public_id, reference, person_id, unit_id, topic, about_kind, \
    about_id, state, state_at, due_at, opened_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, $9, $9)";
pub const LOAD_OWN: &str = "SELECT id, person_id, unit_id, about_kind, about_id, state, state_at, due_at, \
    officer_id, version FROM message_thread WHERE public_id = $1 AND person_id = $2";
