//! An appeal is sent: at once if it is in time, and also if it is late, with her word for why. The same form again gives the
//! appeal it has sent.

use domain::{
    access::Person,
    appeals::{AppealForm, Deadline, Refusal, Words},
    kernel::{Id, Instant, Public, Reference},
};

use super::{
    AppealMark, Done, FormKey, Undone, body_place, draft_place, public, remind, target::TargetRow, tell,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    decision::NewDecision,
    drafts::{self, Owner},
    rules::Rules,
};

pub async fn send(
    ctx: &Ctx,
    who: &Citizen,
    decision: &Public<NewDecision>,
    form: &AppealForm,
) -> Result<Done<Public<AppealMark>>> {
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let now = ctx.now();
    let digest = ctx.vault.fingerprint("appeal_words", &format!("{decision}\n{}", form.whole()));
    let command = Send {
        ctx: ctx.clone(),
        who: who.clone(),
        decision: decision.clone(),
        form: form.clone(),
        once: (key, digest),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        now,
    };
    ctx.db.write(command).await
}

struct Send {
    ctx: Ctx,
    who: Citizen,
    decision: Public<NewDecision>,
    form: AppealForm,
    once: (FormKey, Vec<u8>),
    id: Id<AppealMark>,
    public: Public<AppealMark>,
    reference: Reference,
    now: Instant,
}

impl Command for Send {
    type Out = Done<Public<AppealMark>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (key, digest) = &self.once;
        let before: Option<(String,)> =
            tx.optional(SENT_BEFORE, args![&self.who.person, key, digest.clone()]).await?;
        if let Some((sent,)) = before {
            return Ok(Ok(public(&sent)?));
        }
        let Some(row) = TargetRow::of(tx, &self.decision, &self.who.person).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        let deadline = row.deadline(&Rules::within(tx, row.made_at().date()).await?)?;
        let late = deadline.is_some_and(|deadline| deadline.is_late(self.now));
        let unit = row.decision_unit.clone();
        let (decision, target) = (row.decision_id.clone(), row.target(deadline)?);
        if target.standing.is_some() {
            return Ok(Err(Refusal::Already.into()));
        }
        let words = match self.form.parse(late) {
            Ok(words) => words,
            Err(errors) => return Ok(Err(Undone::Fields(errors))),
        };
        self.save(tx, &decision, &unit, &words, (deadline, late)).await?;
        let seen = drafts::seen(&self.form.draft);
        drafts::sent(tx, &Owner::citizen(&self.who), &draft_place(&target.public), seen).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "appeal_sent");
        entry.at_unit(&Id::new(unit.as_str())).about("appeal", &self.id).save(tx).await?;
        tell(tx, &self.ctx, &self.who.person).await?;
        remind(tx, &self.ctx, &unit).await?;
        Ok(Ok(self.public.clone()))
    }
}

impl Send {
    async fn save(
        &self,
        tx: &mut Tx,
        decision: &str,
        unit: &str,
        words: &Words,
        (deadline, late): (Option<Deadline>, bool),
    ) -> Result<()> {
        let (ctx, now, person): (_, _, &Id<Person>) = (&self.ctx, self.now, &self.who.person);
        let plain = serde_json::to_vec(words).map_err(|_| Error::Broken("an appeal"))?;
        let sealed = ctx.vault.subject(tx, person.as_str()).await?;
        let body = sealed.seal(&ctx.chance, &body_place(self.id.as_str()), &plain)?;
        let due = now.plus_days(Rules::within(tx, now.date()).await?.days("appeal.prepare_days")?);
        let (key, digest) = &self.once;
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            decision.to_owned(),
            person,
            unit.to_owned(),
            key,
            digest.clone(),
            body,
            now,
            deadline.map(|d| d.end),
            i64::from(deadline.is_some_and(|d| d.to_the_hour)),
            i64::from(late),
            if words.waits { "asked" } else { "not_asked" },
            due
        ];
        tx.later(INSERT, values).await
    }
}

pub const SENT_BEFORE: &str =
    "SELECT public_id FROM appeal WHERE person_id = $1 AND form_key = $2 AND digest = $3";
pub const INSERT: &str = "INSERT INTO appeal (id, public_id, reference, decision_id, person_id, unit_id, form_key, digest, \
    body, sent_at, deadline_at, to_the_hour, late, waits, state, state_at, due_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'sent', $10, $15)";
