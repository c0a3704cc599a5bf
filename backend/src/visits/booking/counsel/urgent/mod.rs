//! A lawyer who has to meet her client soon: asked for → a time that the unit books, or its no, or taken back, or no answer in time. What
//! is booked is a visit like her others. A delegate asks in her name by the same rules; what comes of it is told to her.

mod answer;
mod held;
mod lapse;
mod staff;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use domain::{
    kernel::{Id, Instant, Public},
    visits::{
        booking::{
            Booking, Way,
            urgent::{Urgent, UrgentForm, UrgentReason, UrgentState, UrgentWish},
        },
        clearance::forms::FormErrors,
    },
};

pub use answer::{Answered, How, answer};
pub(in crate::visits) use held::held;
pub use lapse::tend;
pub use staff::{Choice, StaffUrgent, staff_urgent};

use super::{Entitled, WithClient, entitled};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::delegates::{Act, ActDone, Acting, Right, acted, freshen},
    outbox,
    rules::Rules,
    visits::booking::facts::From,
};

/// The outbox kind of a neutral letter: the unit has said no, or nothing in time.
pub const NEWS: &str = "visits.urgent";
/// The outbox kind of a word to the unit.
pub const WAITING: &str = "visits.urgent_waiting";

/// Whom the neutral letter goes to.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct News {
    pub person: String,
}

/// Which unit is told that somebody waits.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct Waiting {
    pub unit: String,
}

/// What she asked for, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub public: Public<Urgent>,
    pub wish: UrgentWish,
    pub state: UrgentState,
    pub asked_at: Instant,
    pub booking: Option<Public<Booking>>,
}

/// Her page about one client, or her delegate's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrgentPage {
    pub client: WithClient,
    /// The last one, while its time is not over and what came of it stands.
    pub last: Option<Asked>,
    /// How many hours ahead something is urgent.
    pub hours: i64,
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    public_id: String,
    reason: String,
    way: Option<String>,
    due_at: i64,
    state: String,
    refusal: Option<String>,
    asked_at: i64,
    booking: Option<String>,
}

impl AskedRow {
    fn asked(self) -> Result<Asked> {
        let way = |code: String| Way::parse(&code).ok_or(Error::Broken("a way to meet"));
        let booking = |public: String| Public::parse(&public).ok_or(Error::Broken("public id"));
        let wish = UrgentWish {
            reason: UrgentReason::parse(&self.reason).ok_or(Error::Broken("why it is urgent"))?,
            way: self.way.map(way).transpose()?,
            by: Instant(self.due_at),
        };
        let state = UrgentState::stored(&self.state, self.refusal.as_deref());
        Ok(Asked {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            wish,
            state: state.ok_or(Error::Broken("state of what is urgent"))?,
            asked_at: Instant(self.asked_at),
            booking: self.booking.map(booking).transpose()?,
        })
    }
}

fn hours(rules: &Rules) -> Result<i64> {
    rules.days("visits.urgent_hours")
}

/// None: he is no client of hers, or not for him.
pub async fn page(
    ctx: &Ctx,
    acting: impl Into<Acting>,
    inmate: &Public<Inmate>,
) -> Result<Option<UrgentPage>> {
    let acting = acting.into();
    freshen(ctx, &acting).await?;
    let (mut from, now) = (From::Db(&ctx.db), ctx.now());
    let Some(found) = entitled(&mut from, ctx, &acting, inmate, now).await? else { return Ok(None) };
    let last: Option<AskedRow> =
        from.optional(LAST, args![&found.lawyer, &found.client.inmate_id, now]).await?;
    let hours = hours(&Rules::on(&ctx.db, now.date()).await?)?;
    let last = last.map(AskedRow::asked).transpose()?;
    Ok(Some(UrgentPage { client: WithClient::new(inmate, &found), last, hours }))
}

/// Why nothing was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unasked {
    Form(FormErrors),
    /// He is in no unit.
    Nowhere,
}

/// Sent twice it is one, and while one is open there is no other. None: he is no client of hers, or not for him.
pub async fn ask(
    ctx: &Ctx,
    acting: impl Into<Acting>,
    (inmate, key): (&Public<Inmate>, &Public<Urgent>),
    form: &UrgentForm,
) -> Result<Option<std::result::Result<(), Unasked>>> {
    let command = Ask {
        ctx: ctx.clone(),
        acting: acting.into(),
        inmate: inmate.clone(),
        key: key.clone(),
        form: form.clone(),
        id: ctx.chance.id(ctx.now()),
    };
    ctx.db.write(command).await
}

struct Ask {
    ctx: Ctx,
    acting: Acting,
    inmate: Public<Inmate>,
    key: Public<Urgent>,
    form: UrgentForm,
    id: Id<Urgent>,
}

impl Command for Ask {
    type Out = Option<std::result::Result<(), Unasked>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let found = entitled(&mut From::Tx(tx), ctx, &self.acting, &self.inmate, now).await?;
        let Some(entitled) = found else { return Ok(None) };
        let hours = hours(&Rules::within(tx, now.date()).await?)?;
        let wish = match self.form.parse(now, hours) {
            Ok(wish) => wish,
            Err(errors) => return Ok(Some(Err(Unasked::Form(errors)))),
        };
        let client = &entitled.client;
        let Some(unit) = &client.unit_id else { return Ok(Some(Err(Unasked::Nowhere))) };
        let values = args![
            &self.id,
            &self.key,
            &entitled.lawyer,
            &client.inmate_id,
            unit,
            wish.reason.code(),
            wish.way.map(Way::code),
            now,
            wish.by
        ];
        if tx.execute(INSERT, values).await? > 0 {
            said(tx, ctx, (&self.acting, Some(&entitled)), (&self.id, UrgentState::Open)).await?;
            outbox::Job::new(ctx, WAITING, &Waiting { unit: unit.clone() })?.save(tx).await?;
        }
        Ok(Some(Ok(())))
    }
}

/// She does not need it any more. False: it was answered, its time is over, or it is not hers, or not for him.
pub async fn withdraw(
    ctx: &Ctx,
    acting: impl Into<Acting>,
    (inmate, urgent): (&Public<Inmate>, &Public<Urgent>),
) -> Result<bool> {
    let (ctx, acting, inmate, urgent) = (ctx.clone(), acting.into(), inmate.clone(), urgent.clone());
    ctx.db.clone().write(Withdraw { ctx, acting, inmate, urgent }).await
}

struct Withdraw {
    ctx: Ctx,
    acting: Acting,
    inmate: Public<Inmate>,
    urgent: Public<Urgent>,
}

impl Command for Withdraw {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        // What she asked for herself she takes back also when her mandate has ended.
        let entitled = match &self.acting.right {
            Right::Own => None,
            Right::Delegated(_) | Right::Organisation(_) => {
                let found = entitled(&mut From::Tx(tx), ctx, &self.acting, &self.inmate, now).await?;
                let Some(found) = found else { return Ok(false) };
                Some(found)
            }
        };
        let lawyer = entitled.as_ref().map_or(&self.acting.who.person, |found| &found.lawyer);
        let values = args![&self.urgent, lawyer, now, &self.inmate];
        let found: Option<(String,)> = tx.optional(WITHDRAW, values).await?;
        let Some((id,)) = found else { return Ok(false) };
        let done = (&Id::new(id), UrgentState::Withdrawn);
        said(tx, ctx, (&self.acting, entitled.as_ref()), done).await?;
        Ok(true)
    }
}

/// By her, or by a delegate in her name, which she is shown.
async fn said(
    tx: &mut Tx,
    ctx: &Ctx,
    (acting, entitled): (&Acting, Option<&Entitled>),
    (id, state): (&Id<Urgent>, UrgentState),
) -> Result<()> {
    let entry = trace(ctx, &Actor::Citizen(acting.who.clone()), id, state);
    let under = entitled.and_then(|entitled| entitled.under.as_ref().map(|under| (entitled, under)));
    let Some((entitled, under)) = under else { return entry.save(tx).await };
    entry.detail(entitled.for_her()).save(tx).await?;
    let what = if state == UrgentState::Open { ActDone::UrgentAsked } else { ActDone::UrgentWithdrawn };
    if state == UrgentState::Withdrawn {
        news(ctx, tx, entitled.lawyer.as_str()).await?;
    }
    let inmate = entitled.client.inmate_id.as_str();
    acted(tx, ctx, Act { under, inmate, booking: id.as_str(), what }).await
}

async fn news(ctx: &Ctx, tx: &mut Tx, person: &str) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.to_owned() })?.save(tx).await
}

fn trace(ctx: &Ctx, actor: &Actor, id: &Id<Urgent>, state: UrgentState) -> audit::Entry {
    let entry = audit::Entry::new(ctx, actor, state.action()).about("urgent_room", id);
    match state {
        UrgentState::Refused(why) => entry.because(why.code()),
        _ => entry,
    }
}

pub const LAST: &str = "SELECT x.public_id, x.reason, x.way, x.due_at, x.state, x.refusal, x.asked_at, b.public_id AS booking \
    FROM urgent_room x LEFT JOIN booking b ON b.id = x.booking_id WHERE x.person_id = $1 AND x.inmate_id = $2 \
    AND x.state <> 'withdrawn' AND (b.id IS NULL OR b.state = 'booked') AND (x.due_at > $3 OR x.state = 'open') ORDER BY x.asked_at DESC, x.id DESC LIMIT 1";
pub const INSERT: &str = "INSERT INTO urgent_room (id, public_id, person_id, inmate_id, unit_id, reason, way, asked_at, due_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
pub const WITHDRAW: &str = "UPDATE urgent_room SET state = 'withdrawn', decided_at = $3 WHERE public_id = $1 AND person_id = $2 \
    AND inmate_id = (SELECT i.id FROM inmate i WHERE i.public_id = $4) AND state = 'open' RETURNING id";
