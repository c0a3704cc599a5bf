//! A request is sent. The same form again gives the request it has sent.

use domain::{
    access::Person,
    appeals::{Span, deadline},
    corrections::{About, AskForm, Asked, Refusal, Wish},
    kernel::{Id, Instant, Public, Reference},
};

use super::{CorrectionMark, Done, FormKey, Undone, body_place, public, remind, tell};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

pub async fn send(ctx: &Ctx, who: &Citizen, form: &AskForm) -> Result<Done<Public<CorrectionMark>>> {
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let (wish, about, asked) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(Undone::Fields(errors))),
    };
    let now = ctx.now();
    let command = Send {
        ctx: ctx.clone(),
        who: who.clone(),
        unit: form.unit.trim().to_owned(),
        asked: (wish, about, asked),
        once: (key, ctx.vault.fingerprint("correction_words", &form.whole())),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        now,
    };
    ctx.db.write(command).await
}

/// By when what is sent now is answered: the first instant that is too late.
pub async fn due_if_sent(ctx: &Ctx) -> Result<Instant> {
    let now = ctx.now();
    due(&Rules::on(&ctx.db, now.date()).await?, now)
}

/// As other clocks are counted: a last day off moves to the next working day.
fn due(rules: &Rules, now: Instant) -> Result<Instant> {
    Ok(deadline(now, Span::Days(rules.days("corrections.days")?)).end)
}

struct Send {
    ctx: Ctx,
    who: Citizen,
    unit: String,
    asked: (Wish, About, Asked),
    once: (FormKey, Vec<u8>),
    id: Id<CorrectionMark>,
    public: Public<CorrectionMark>,
    reference: Reference,
    now: Instant,
}

impl Command for Send {
    type Out = Done<Public<CorrectionMark>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (key, digest) = &self.once;
        let before: Option<(String,)> =
            tx.optional(SENT_BEFORE, args![&self.who.person, key, digest.clone()]).await?;
        if let Some((sent,)) = before {
            return Ok(Ok(public(&sent)?));
        }
        // Whoever does not know, or names what is no unit, sends it to where it is sorted.
        let found: Option<(String,)> = tx.optional(UNIT, args![&self.unit]).await?;
        let unit = match found {
            Some((unit,)) => unit,
            None => tx.one::<(String,)>(INTAKE, vec![]).await?.0,
        };
        self.save(tx, &unit).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "correction_sent");
        entry.at_unit(&Id::new(unit.as_str())).about("correction", &self.id).save(tx).await?;
        tell(tx, &self.ctx, &self.who.person).await?;
        remind(tx, &self.ctx, &unit).await?;
        Ok(Ok(self.public.clone()))
    }
}

impl Send {
    async fn save(&self, tx: &mut Tx, unit: &str) -> Result<()> {
        let (ctx, now, person): (_, _, &Id<Person>) = (&self.ctx, self.now, &self.who.person);
        let (wish, about, asked) = &self.asked;
        let plain = serde_json::to_vec(asked).map_err(|_| Error::Broken("a correction"))?;
        let sealed = ctx.vault.subject(tx, person.as_str()).await?;
        let body = sealed.seal(&ctx.chance, &body_place(self.id.as_str()), &plain)?;
        let due = due(&Rules::within(tx, now.date()).await?, now)?;
        let (key, digest) = &self.once;
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            person,
            unit,
            key,
            digest.clone(),
            wish.code(),
            about.code(),
            body,
            now,
            due
        ];
        tx.later(INSERT, values).await
    }
}

pub const SENT_BEFORE: &str =
    "SELECT public_id FROM correction WHERE person_id = $1 AND form_key = $2 AND digest = $3";
pub const UNIT: &str = "SELECT id FROM unit WHERE slug = $1 AND open = 1";
/// Where it can be passed on to; sorted things go back there too.
pub const UNIT_OR_INTAKE: &str = "SELECT id FROM unit WHERE slug = $1 AND (open = 1 OR slug = 'intake')";
pub const INTAKE: &str = "SELECT id FROM unit WHERE slug = 'intake'";
pub const INSERT: &str = "INSERT INTO correction (id, public_id, reference, person_id, unit_id, sent_unit_id, form_key, digest, \
    wish, about, body, sent_at, state, state_at, due_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, 'sent', $11, $12)";
