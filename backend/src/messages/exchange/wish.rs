//! Either of the two pauses, blocks or takes up the exchange, or reports it. The other sees what a run-out clearance shows.

use domain::{
    access::Person,
    kernel::{Id, Public},
    messages::{NoteForm, Refusal, Wish},
};

use super::{pair::Pair, post::exchange};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    messages::{Done, ExchangeRow, FormKey, ReportRow, Sent, inside::Inside, news, once::Once, public},
};

/// One of the two, and the other.
pub enum End<'a> {
    Relative(&'a Citizen, &'a Public<Inmate>),
    Inmate(&'a Inside, &'a Public<ExchangeRow>),
}

/// One end, found: her, him, and whose word it is.
struct Found {
    person: Id<Person>,
    inmate: Public<Inmate>,
    relative: bool,
    actor: Actor,
    detail: String,
}

impl End<'_> {
    async fn find(&self, ctx: &Ctx) -> Result<Option<Found>> {
        Ok(match self {
            Self::Relative(who, inmate) => Some(Found {
                person: who.person.clone(),
                inmate: (*inmate).clone(),
                relative: true,
                actor: Actor::Citizen((*who).clone()),
                detail: String::new(),
            }),
            Self::Inmate(inside, exchange) => {
                let row: Option<(String, String)> =
                    ctx.db.optional(OF_INSIDE, args![*exchange, inside.inmate()]).await?;
                let Some((person, inmate)) = row else { return Ok(None) };
                Some(Found {
                    person: Id::new(person),
                    inmate: public(&inmate)?,
                    relative: false,
                    actor: Actor::System,
                    detail: inside.source().to_owned(),
                })
            }
        })
    }
}

pub async fn set(ctx: &Ctx, end: End<'_>, wish: Wish) -> Result<Done> {
    let Some(found) = end.find(ctx).await? else { return Ok(Err(Refusal::Hidden)) };
    let fresh = (ctx.chance.id(ctx.now()), ctx.chance.public());
    ctx.db.write(Set { ctx: ctx.clone(), found, wish, fresh }).await
}

struct Set {
    ctx: Ctx,
    found: Found,
    wish: Wish,
    fresh: (Id<ExchangeRow>, Public<ExchangeRow>),
}

impl Command for Set {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (found, now) = (&self.found, self.ctx.now());
        let pair = Pair::of(tx, &found.person, &found.inmate, now.date()).await?;
        let Some(pair) = pair else { return Ok(Err(Refusal::Hidden)) };
        let id = exchange(tx, &pair, &self.fresh, now).await?;
        let sql = if found.relative { SET_RELATIVE } else { SET_INMATE };
        let code = self.wish.side().code();
        tx.later(sql, args![code, &id]).await?;
        let action = if found.relative { "exchange_by_relative" } else { "exchange_by_inmate" };
        let entry = audit::Entry::new(&self.ctx, &found.actor, action).about("exchange", &id);
        entry.detail(format!("{code} {}", found.detail).trim()).save(tx).await?;
        Ok(Ok(()))
    }
}

/// Tells the unit that the exchange is misused. The other end learns nothing of it.
pub async fn report(ctx: &Ctx, end: End<'_>, form: &NoteForm) -> Result<Sent<()>> {
    let words = match form.parse() {
        Ok(words) => words,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let found = end.find(ctx).await?;
    let (Some(found), Some(key)) = (found, FormKey::parse(&form.key)) else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let about = format!("{} {}", found.inmate, found.relative);
    let once = Once::new(ctx, found.person.as_str(), &key, &about, &words);
    let now = ctx.now();
    let fresh = (ctx.chance.id(now), ctx.chance.public());
    let (id, public) = (ctx.chance.id(now), ctx.chance.public());
    let command = Tell { ctx: ctx.clone(), found, once, words, fresh, id, public };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

struct Tell {
    ctx: Ctx,
    found: Found,
    once: Once,
    words: String,
    fresh: (Id<ExchangeRow>, Public<ExchangeRow>),
    id: Id<ReportRow>,
    public: Public<ReportRow>,
}

pub(super) fn report_place(id: &str) -> String {
    format!("exchange_report/body/{id}")
}

impl Command for Tell {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (ctx, found, now) = (&self.ctx, &self.found, self.ctx.now());
        let pair = Pair::of(tx, &found.person, &found.inmate, now.date()).await?;
        let Some(pair) = pair else { return Ok(Err(Refusal::Hidden)) };
        let exchange = exchange(tx, &pair, &self.fresh, now).await?;
        // Where he is now; else where the last letter was; else nobody has anything to look into.
        let Some(unit) = tx.optional::<(String,)>(UNIT, args![&exchange, &pair.inmate_id]).await? else {
            return Ok(Err(Refusal::Closed));
        };
        let key = ctx.vault.subject(tx, found.person.as_str()).await?;
        let body = key.seal(&ctx.chance, &report_place(self.id.as_str()), self.words.as_bytes())?;
        let (once, relative) = (&self.once, i64::from(found.relative));
        let values = args![
            &self.id,
            &self.public,
            &exchange,
            &unit.0,
            relative,
            &once.key,
            once.digest.clone(),
            body,
            now
        ];
        if tx.execute(REPORT, values).await? == 1 {
            news::remind_unit(tx, ctx, &unit.0).await?;
            let entry = audit::Entry::new(ctx, &found.actor, "exchange_reported");
            entry.about("exchange", &exchange).detail(found.detail.as_str()).save(tx).await?;
        }
        Ok(Ok(()))
    }
}

pub const OF_INSIDE: &str = "SELECT e.person_id, i.public_id FROM exchange e JOIN inmate i ON i.id = e.inmate_id \
    WHERE e.public_id = $1 AND e.inmate_id = $2";
pub const SET_RELATIVE: &str = "UPDATE exchange SET relative_side = $1, version = version + 1 WHERE id = $2";
pub const SET_INMATE: &str = "UPDATE exchange SET inmate_side = $1, version = version + 1 WHERE id = $2";
pub const UNIT: &str = "SELECT x.unit_id FROM (SELECT p.unit_id, CAST(0 AS BIGINT) AS place, p.started_at AS at \
    FROM placement p WHERE p.inmate_id = $2 AND p.ended_at IS NULL UNION ALL \
    SELECT l.unit_id, CAST(1 AS BIGINT), l.written_at FROM letter l WHERE l.exchange_id = $1) x \
    ORDER BY x.place, x.at DESC LIMIT 1";
pub const REPORT: &str = "INSERT INTO exchange_report (id, public_id, exchange_id, unit_id, from_relative, form_key, digest, \
    body, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (exchange_id, form_key, digest) DO NOTHING";
