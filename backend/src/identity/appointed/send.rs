//! A lawyer declares that she is appointed. The same form again gives the declaration it has sent, and so does the same text while
//! the first one waits.

use domain::{
    access::Level,
    identity::{Declared, DeclaredRefusal, Standing},
    kernel::{Id, Instant, Public, Reference},
};

use super::{AppointedMark, Body, Done, FormKey, body_place, broken, remind};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::finding,
    db::{Command, Tx},
    identity::lawyers,
    rules::Rules,
};

/// Only of whoever the lawyers' register lists today; what it is asked about is her own number alone.
pub async fn send(
    ctx: &Ctx,
    who: &Citizen,
    key: &FormKey,
    declared: &Declared,
) -> Result<Done<Public<AppointedMark>>> {
    if who.level < Level::High {
        return Ok(Err(DeclaredRefusal::Hidden));
    }
    match lawyers::verify(ctx, who).await? {
        Some(Standing::NotListed) => return Ok(Err(DeclaredRefusal::NotListed)),
        Some(standing) if !standing.is_in() => return Ok(Err(DeclaredRefusal::Silent)),
        _ => {}
    }
    let now = ctx.now();
    let command = Send {
        ctx: ctx.clone(),
        who: who.clone(),
        digest: ctx.vault.fingerprint("appointed_words", &declared.whole()),
        key: key.clone(),
        declared: declared.clone(),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        now,
    };
    ctx.db.write(command).await.map(Ok)
}

struct Send {
    ctx: Ctx,
    who: Citizen,
    key: FormKey,
    digest: Vec<u8>,
    declared: Declared,
    id: Id<AppointedMark>,
    public: Public<AppointedMark>,
    reference: Reference,
    now: Instant,
}

impl Command for Send {
    type Out = Public<AppointedMark>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let same = args![&self.who.person, &self.key, self.digest.clone()];
        if let Some((sent,)) = tx.optional::<(String,)>(SENT_BEFORE, same).await? {
            return Public::parse(&sent).ok_or_else(broken);
        }
        // What is nobody's, or might be several people's, is sorted where other such things are.
        let found = finding::alone(tx, &self.declared.name, self.declared.born).await?;
        let (intake,): (String,) = tx.one(INTAKE, vec![]).await?;
        let (inmate, unit) = found.map_or((None, intake), |(inmate, unit)| (Some(inmate), unit));
        self.save(tx, inmate, &unit).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "appointed_declared");
        entry.at_unit(&Id::new(unit.as_str())).about("appointed", &self.id).save(tx).await?;
        remind(tx, &self.ctx, &unit).await?;
        Ok(self.public.clone())
    }
}

impl Send {
    async fn save(&self, tx: &mut Tx, inmate: Option<String>, unit: &str) -> Result<()> {
        let (ctx, now, person) = (&self.ctx, self.now, &self.who.person);
        let plain = serde_json::to_vec(&Body::of(&self.declared)).map_err(|_| broken())?;
        let sealed = ctx.vault.subject(tx, person.as_str()).await?;
        let body = sealed.seal(&ctx.chance, &body_place(self.id.as_str()), &plain)?;
        let hours = Rules::within(tx, now.date()).await?.days("counsel.check_hours")?;
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            person,
            unit,
            inmate,
            &self.key,
            self.digest.clone(),
            body,
            now,
            now.plus_minutes(60 * hours)
        ];
        tx.later(INSERT, values).await
    }
}

pub const SENT_BEFORE: &str = "SELECT public_id FROM appointed WHERE person_id = $1 AND digest = $3 \
    AND (form_key = $2 OR state = 'to_check') ORDER BY sent_at DESC LIMIT 1";
pub const INTAKE: &str = "SELECT id FROM unit WHERE slug = 'intake'";
pub const INSERT: &str = "INSERT INTO appointed (id, public_id, reference, person_id, unit_id, inmate_id, form_key, digest, body, \
    sent_at, state, state_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'to_check', $10, $11)";
