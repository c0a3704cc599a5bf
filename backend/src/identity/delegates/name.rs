//! A lawyer names somebody: a code that she passes on, and what may be done for whom until when. The code is drawn from the form's
//! key, so that the same form twice shows the same one; of it only a keyed hash is kept.

use domain::{
    identity::{DelegateRefusal, InviteCode},
    kernel::{Id, Instant, Public},
    messages::NewDelegate,
};

use super::{DelegationMark, Done, FormKey, HERS_ONE, Named, Row, broken, hash, is_high, place};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::mandates::{CLIENT, Client, asked},
    rules::Rules,
};

/// The most days that a delegation lasts.
pub async fn longest(ctx: &Ctx) -> Result<i64> {
    Rules::on(&ctx.db, ctx.now().date()).await?.days("counsel.delegate_days")
}

/// Which one, and the code to pass on.
pub type Invited = (Public<DelegationMark>, InviteCode);

/// For clients of hers alone: one who is none hides all of it.
pub async fn name(ctx: &Ctx, who: &Citizen, key: &FormKey, new: &NewDelegate) -> Result<Done<Invited>> {
    if !is_high(who) {
        return Ok(Err(DelegateRefusal::Hidden));
    }
    let clients: Option<Vec<Public<Inmate>>> = new.clients.iter().map(|id| Public::parse(id)).collect();
    let Some(clients) = clients else { return Ok(Err(DelegateRefusal::Hidden)) };
    let command = Name {
        ctx: ctx.clone(),
        who: who.clone(),
        code: drawn(ctx, who, key),
        key: key.clone(),
        new: new.clone(),
        clients,
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

/// Of this form of hers; nobody else can draw it.
fn drawn(ctx: &Ctx, who: &Citizen, key: &FormKey) -> InviteCode {
    drawn_code(ctx, "delegate_code_of", &format!("{}/{key}", who.person))
}

/// The same code for the same text, and another for another purpose.
pub(crate) fn drawn_code(ctx: &Ctx, purpose: &'static str, of: &str) -> InviteCode {
    let bytes = ctx.vault.fingerprint(purpose, of);
    InviteCode::of(std::array::from_fn(|i| bytes.get(i).copied().unwrap_or_default()))
}

struct Name {
    ctx: Ctx,
    who: Citizen,
    key: FormKey,
    code: InviteCode,
    new: NewDelegate,
    clients: Vec<Public<Inmate>>,
    id: Id<DelegationMark>,
    public: Public<DelegationMark>,
    now: Instant,
}

impl Command for Name {
    type Out = Done<Invited>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, who) = (&self.ctx, &self.who);
        if let Some((known,)) = tx.optional::<(String,)>(NAMED_BEFORE, args![&who.person, &self.key]).await? {
            return Ok(Ok((Public::parse(&known).ok_or_else(broken)?, self.code.clone())));
        }
        let Some(inmates) = own(tx, ctx, who, &self.clients).await? else {
            return Ok(Err(DelegateRefusal::Hidden));
        };
        self.save(tx, &inmates).await?;
        let entry = audit::Entry::new(ctx, &Actor::Citizen(who.clone()), "delegate_named");
        entry.about("delegation", &self.id).detail(inmates.len().to_string()).save(tx).await?;
        Ok(Ok((self.public.clone(), self.code.clone())))
    }
}

impl Name {
    async fn save(&self, tx: &mut Tx, inmates: &[String]) -> Result<()> {
        let (ctx, new, now) = (&self.ctx, &self.new, self.now);
        let named = Named { name: new.name.clone(), label: new.label.clone(), firm: new.firm.clone() };
        let plain = serde_json::to_vec(&named).map_err(|_| broken())?;
        let sealed = ctx.vault.subject(tx, self.who.person.as_str()).await?;
        let values = args![
            &self.id,
            &self.public,
            &self.key,
            &self.who.person,
            sealed.seal(&ctx.chance, &place(self.id.as_str()), &plain)?,
            new.valid_to,
            hash(ctx, &self.code),
            now,
            until(tx, now).await?
        ];
        tx.later(INSERT, values).await?;
        for inmate in inmates {
            tx.later(INSERT_CLIENT, args![&self.id, inmate]).await?;
        }
        Ok(())
    }
}

/// Their ids, if all of them are clients of hers today.
pub(super) async fn own(
    tx: &mut Tx,
    ctx: &Ctx,
    who: &Citizen,
    clients: &[Public<Inmate>],
) -> Result<Option<Vec<String>>> {
    let mut inmates = vec![];
    for client in clients {
        let Some(values) = asked(ctx, who, client, ctx.now()) else { return Ok(None) };
        match tx.optional::<Client>(CLIENT, values).await? {
            Some(client) => inmates.push(client.inmate_id),
            None => return Ok(None),
        }
    }
    Ok(Some(inmates))
}

/// How long a code is good.
async fn until(tx: &mut Tx, now: Instant) -> Result<Instant> {
    Ok(now.plus_days(Rules::within(tx, now.date()).await?.days("counsel.delegate_code_days")?))
}

/// A new code for one that nobody has answered. Whoever opened it with the old one has to be given the new one.
pub async fn invite_again(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
    key: &FormKey,
) -> Result<Done<InviteCode>> {
    if !is_high(who) {
        return Ok(Err(DelegateRefusal::Hidden));
    }
    let (code, delegation) = (drawn(ctx, who, key), delegation.clone());
    ctx.db.write(Again { ctx: ctx.clone(), who: who.clone(), delegation, code, now: ctx.now() }).await
}

struct Again {
    ctx: Ctx,
    who: Citizen,
    delegation: Public<DelegationMark>,
    code: InviteCode,
    now: Instant,
}

impl Command for Again {
    type Out = Done<InviteCode>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(HERS_ONE, args![&self.delegation, &self.who.person]).await?;
        let Some(row) = row else { return Ok(Err(DelegateRefusal::Hidden)) };
        let until = until(tx, self.now).await?;
        if let Err(refusal) = row.state()?.invited(until) {
            return Ok(Err(refusal));
        }
        tx.later(AGAIN, args![hash(&self.ctx, &self.code), until, self.now, &row.id]).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "delegate_invited_again");
        entry.about("delegation", &row.id()).save(tx).await?;
        Ok(Ok(self.code.clone()))
    }
}

pub const NAMED_BEFORE: &str = "SELECT public_id FROM delegation WHERE lawyer_id = $1 AND form_key = $2";
pub const INSERT: &str = "INSERT INTO delegation (id, public_id, form_key, lawyer_id, body, valid_to, code_hash, invited_at, state, \
    state_at, over_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $8, $9)";
pub const INSERT_CLIENT: &str = "INSERT INTO delegation_client (delegation_id, inmate_id) VALUES ($1, $2)";
pub const AGAIN: &str = "UPDATE delegation SET code_hash = $1, delegate_id = NULL, over_at = $2, invited_at = $3, state_at = $3 \
    WHERE id = $4 AND state = 'waiting'";
