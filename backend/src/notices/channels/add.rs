//! A new channel, and whether somebody else is reached there too.

use domain::kernel::{Id, Instant, Public};

use super::{Answer, Code, Refusal, parse, sealed};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    identity::contacts,
    notices::{
        Channel, Profile, Recipient, address_hash,
        ladder::ChannelKind,
        sessions,
        tasks::{self, Desk, TaskKind},
        trail,
    },
    rules::Rules,
};

/// Adds a channel and sends its code. The answer is the same whether or not it was held.
pub async fn add(
    ctx: &Ctx,
    visitor: &Visitor,
    kind: ChannelKind,
    typed: &str,
) -> Result<Option<Answer<Public<Channel>>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(Refusal::Prove)));
    }
    let address = match parse(kind, typed) {
        Ok(address) => address,
        Err(error) => return Ok(Some(Err(Refusal::Address(error)))),
    };
    let now = ctx.now();
    let command = Add {
        actor: Actor::Visitor(visitor.clone()),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        code: ctx.chance.code(),
        ctx: ctx.clone(),
        recipient,
        kind,
        address,
        now,
    };
    ctx.db.write(command).await.map(Some)
}

struct Add {
    ctx: Ctx,
    actor: Actor,
    id: Id<Channel>,
    public: Public<Channel>,
    recipient: Id<Recipient>,
    kind: ChannelKind,
    address: String,
    code: String,
    now: Instant,
}

impl Command for Add {
    type Out = Answer<Public<Channel>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.now);
        let (count, last): (i64, Option<i64>) = tx.one(COUNT, args![&self.recipient]).await?;
        let rules = Rules::within(tx, now.date()).await?;
        if count >= rules.days("notices.most_channels")? {
            return Ok(Err(Refusal::TooMany));
        }
        let hash = address_hash(ctx, &self.address);
        let known: Option<(String,)> = tx.optional(SAME, args![&self.recipient, hash.clone()]).await?;
        if known.is_some() {
            return Ok(Err(Refusal::Known));
        }
        let shared = self.is_shared(tx).await?;
        let minutes = rules.days("notices.code_minutes")?;
        let code = Code::of(ctx, &self.id, &self.code)?;
        let values = args![
            &self.id,
            &self.public,
            &self.recipient,
            last.unwrap_or(-1) + 1,
            self.kind.code(),
            sealed(ctx, &self.id, &self.address)?,
            hash,
            if shared { "held" } else { "unconfirmed" },
            code.hash,
            code.sealed,
            now.plus_minutes(minutes),
            if shared { None } else { Some(now) },
            now
        ];
        tx.later(ADD, values).await?;
        if shared {
            self.doubt(tx).await?;
        }
        let note = ("notice.channel_added", &self.recipient);
        trail::note(tx, ctx, &self.actor, note, self.kind.code()).await?;
        Ok(Ok(self.public.clone()))
    }
}

impl Add {
    /// Her officer is asked; she and whoever shares it hear nothing.
    async fn doubt(&self, tx: &mut Tx) -> Result<()> {
        let task = tasks::Open {
            kind: TaskKind::SharedContact,
            about: self.id.as_str(),
            recipient: Some(&self.recipient),
            desk: Desk::Officer,
            deadline: self.now.plus_days(1),
        };
        tasks::open(tx, &self.ctx, task, self.now).await
    }

    /// Somebody else is reached there: another person of the portal, or another recipient. Compared as hashes, and her own
    /// records as a relative never match.
    async fn is_shared(&self, tx: &mut Tx) -> Result<bool> {
        let others: Option<(String,)> =
            tx.optional(OTHERS, args![address_hash(&self.ctx, &self.address), &self.recipient]).await?;
        if others.is_some() {
            return Ok(true);
        }
        let profile = Profile::of(tx, &self.ctx, &self.recipient).await?;
        let own = profile.number.as_deref();
        contacts::is_anothers(tx, &self.ctx, &self.address, own).await
    }
}

pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(MAX(place) AS BIGINT) FROM notice_channel \
    WHERE recipient_id = $1 AND state <> 'stopped'";
pub const SAME: &str = "SELECT id FROM notice_channel WHERE recipient_id = $1 AND address_hash = $2 \
    AND state IN ('unconfirmed', 'held', 'confirmed')";
pub const OTHERS: &str = "SELECT id FROM notice_channel WHERE address_hash = $1 AND recipient_id <> $2 \
    AND state IN ('held', 'confirmed')";
pub const ADD: &str = "INSERT INTO notice_channel (id, public_id, recipient_id, place, kind, address, address_hash, state, \
    code_hash, code_sealed, code_expires_at, code_due_at, added_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
