//! Whom or what a lawyer brings into a room of hers: asked for once the room is booked → yes or no of the unit, which may think again;
//! or taken back, or no answer before it begins. The room is hers meanwhile, and the gate reads what has been answered.

mod answer;
mod carry;
mod held;
mod staff;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use domain::{
    kernel::{Id, Instant, Public},
    visits::{
        booking::{
            Booking,
            bringing::{BringForm, BringState, Brought, What, may_ask},
        },
        clearance::forms::FormErrors,
    },
};

pub use answer::{Answered, Told, answer, told};
pub(super) use carry::carry;
pub use carry::tend;
pub(in crate::visits) use held::held;
pub(in crate::visits) use staff::of_day;
pub use staff::{StaffBring, staff_bring};

use super::{
    Entitled,
    cancel::{RoomRow, found},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    identity::delegates::{Act, ActDone, Acting, acted},
    outbox,
    rules::Rules,
    visits::booking::facts::From,
};

/// The outbox kind of letters about what she wants to bring.
pub const LETTER: &str = "visits.bringing";

/// What a letter is made from. No names and no words of hers: the state is read when it is sent.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    pub person: String,
    pub bring: String,
}

/// One of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bring {
    pub public: Public<Brought>,
    pub what: What,
    pub detail: String,
    pub state: BringState,
    pub asked_at: Instant,
    /// When it was answered or taken back.
    pub decided_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct BringRow {
    public_id: String,
    what: String,
    detail: String,
    state: String,
    reason: Option<String>,
    asked_at: i64,
    decided_at: Option<i64>,
}

impl BringRow {
    fn bring(self) -> Result<Bring> {
        Ok(Bring {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            what: What::parse(&self.what).ok_or(Error::Broken("what is brought"))?,
            state: state(&self.state, self.reason.as_deref())?,
            detail: self.detail,
            asked_at: Instant(self.asked_at),
            decided_at: self.decided_at.map(Instant),
        })
    }
}

fn state(code: &str, reason: Option<&str>) -> Result<BringState> {
    BringState::stored(code, reason).ok_or(Error::Broken("state of what is brought"))
}

/// Those of a visit, the first one asked for on top; what was taken back or had no answer is left out.
pub async fn of_visit(ctx: &Ctx, visit: &Public<Booking>) -> Result<Vec<Bring>> {
    let rows: Vec<BringRow> = ctx.db.all(OF_VISIT, args![visit]).await?;
    rows.into_iter().map(BringRow::bring).collect()
}

/// Why nothing was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unasked {
    Form(FormErrors),
    /// As many as a visit may have.
    Many {
        most: i64,
    },
    /// The visit has begun or was called off.
    Over,
}

/// None: there is no such room of hers.
pub type Asked = Option<std::result::Result<(), Unasked>>;

/// `key` is drawn with the form and becomes the id of what is asked for: sent twice it is one.
pub async fn ask(
    ctx: &Ctx,
    acting: &Acting,
    visit: &Public<Booking>,
    key: &Public<Brought>,
    form: &BringForm,
) -> Result<Asked> {
    let command = Ask {
        ctx: ctx.clone(),
        acting: acting.clone(),
        visit: visit.clone(),
        key: key.clone(),
        form: form.clone(),
        id: ctx.chance.id(ctx.now()),
    };
    ctx.db.write(command).await
}

struct Ask {
    ctx: Ctx,
    acting: Acting,
    visit: Public<Booking>,
    key: Public<Brought>,
    form: BringForm,
    id: Id<Brought>,
}

impl Command for Ask {
    type Out = Asked;

    async fn run(&self, tx: &mut Tx) -> Result<Asked> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let found = found(&mut From::Tx(tx), ctx, &self.acting, &self.visit).await?;
        let Some((entitled, room)) = found else { return Ok(None) };
        let (what, detail) = match self.form.parse() {
            Ok(bring) => bring,
            Err(errors) => return Ok(Some(Err(Unasked::Form(errors)))),
        };
        if tx.optional::<(String,)>(ASKED_BEFORE, args![&self.key, &room.id]).await?.is_some() {
            return Ok(Some(Ok(())));
        }
        let begins = Instant(room.starts_at);
        if !is_ahead(&room, now) || !room.is_room() {
            return Ok(Some(Err(Unasked::Over)));
        }
        let (live,): (i64,) = tx.one(LIVE, args![&room.id]).await?;
        let most = Rules::within(tx, now.date()).await?.days("booking.bring_most")?;
        if !may_ask(live, most, begins, now) {
            return Ok(Some(Err(Unasked::Many { most })));
        }
        // The key of what stands with another visit is no key of hers.
        if tx.execute(INSERT, args![&self.id, &self.key, &room.id, what.code(), detail, now]).await? == 0 {
            return Ok(None);
        }
        said(tx, ctx, (&self.acting, &entitled), &room.id, (BringState::Open, what)).await?;
        Ok(Some(Ok(())))
    }
}

fn is_ahead(room: &RoomRow, now: Instant) -> bool {
    room.state == "booked" && now < Instant(room.starts_at)
}

/// She takes it back before the visit begins. Tells whether there was anything; none: there is no such room of hers.
pub async fn withdraw(
    ctx: &Ctx,
    acting: &Acting,
    visit: &Public<Booking>,
    bring: &Public<Brought>,
) -> Result<Option<bool>> {
    let (ctx, acting, visit, bring) = (ctx.clone(), acting.clone(), visit.clone(), bring.clone());
    ctx.db.clone().write(Withdraw { ctx, acting, visit, bring }).await
}

struct Withdraw {
    ctx: Ctx,
    acting: Acting,
    visit: Public<Booking>,
    bring: Public<Brought>,
}

impl Command for Withdraw {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let found = found(&mut From::Tx(tx), ctx, &self.acting, &self.visit).await?;
        let Some((entitled, room)) = found else { return Ok(None) };
        if !is_ahead(&room, now) {
            return Ok(Some(false));
        }
        let what: Option<(String,)> = tx.optional(WITHDRAW, args![&self.bring, &room.id, now]).await?;
        let Some((what,)) = what else { return Ok(Some(false)) };
        let what = What::parse(&what).ok_or(Error::Broken("what is brought"))?;
        said(tx, ctx, (&self.acting, &entitled), &room.id, (BringState::Withdrawn, what)).await?;
        Ok(Some(true))
    }
}

/// By her, or by a delegate in her name, which she is shown.
async fn said(
    tx: &mut Tx,
    ctx: &Ctx,
    (acting, entitled): (&Acting, &Entitled),
    booking: &str,
    done: (BringState, What),
) -> Result<()> {
    let entry = trace(ctx, &Actor::Citizen(acting.who.clone()), booking, done);
    let Some(under) = &entitled.under else { return entry.save(tx).await };
    entry.because(done.1.code()).detail(entitled.for_her()).save(tx).await?;
    let what = if done.0 == BringState::Open { ActDone::BringAsked } else { ActDone::BringWithdrawn };
    let inmate = entitled.client.inmate_id.as_str();
    acted(tx, ctx, Act { under, inmate, booking, what }).await
}

/// Of the visit, with what it is: never what she wrote of it.
fn trace(ctx: &Ctx, actor: &Actor, booking: &str, (state, what): (BringState, What)) -> audit::Entry {
    let id: Id<Booking> = Id::new(booking);
    let entry = audit::Entry::new(ctx, actor, state.action()).about("booking", &id).detail(what.code());
    match state.reason() {
        Some(reason) => entry.because(reason),
        None => entry,
    }
}

fn letter(ctx: &Ctx, person: &str, bring: &str) -> Result<outbox::Job> {
    outbox::Job::new(ctx, LETTER, &Letter { person: person.to_owned(), bring: bring.to_owned() })
}

pub const OF_VISIT: &str = "SELECT x.public_id, x.what, x.detail, x.state, x.reason, x.asked_at, x.decided_at FROM visit_bring x \
    JOIN booking b ON b.id = x.booking_id WHERE b.public_id = $1 AND x.state IN ('open', 'approved', 'rejected') \
    ORDER BY x.asked_at, x.id";
pub const ASKED_BEFORE: &str = "SELECT id FROM visit_bring WHERE public_id = $1 AND booking_id = $2";
pub const LIVE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_bring WHERE booking_id = $1 AND state IN ('open', 'approved')";
pub const INSERT: &str = "INSERT INTO visit_bring (id, public_id, booking_id, unit_id, what, detail, asked_at, due_at) \
    SELECT $1, $2, b.id, b.unit_id, $4, $5, $6, b.starts_at FROM booking b WHERE b.id = $3 ON CONFLICT (public_id) DO NOTHING";
pub const WITHDRAW: &str = "UPDATE visit_bring SET state = 'withdrawn', reason = NULL, decided_at = $3, decided_by = NULL \
    WHERE public_id = $1 AND booking_id = $2 AND state IN ('open', 'approved', 'rejected') RETURNING what";
