//! A calendar's address of one's own: by explicit choice, for a year, revocable at once. Whoever has the address reads when there are
//! appointments, in neutral words, and nothing else: no names, no prison, no reference, never a lawyer's visits.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public},
};

use super::joining::FormKey;
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// Marks the secret of an address.
#[derive(Debug)]
pub enum Secret {}

/// Hers as she sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub secret: Public<Secret>,
    pub made_at: Instant,
    /// From then on it shows nothing, and has to be made anew.
    pub until: Instant,
}

/// One appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The same as in the file of the visit, so that a calendar that has both shows one.
    pub uid: String,
    pub sequence: i64,
    pub changed_at: Instant,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub cancelled: bool,
}

/// How long what is over is still told.
const PAST_DAYS: i64 = 30;

fn drawn(ctx: &Ctx, person: &Id<Person>, key: &str) -> Public<Secret> {
    let bytes = ctx.vault.fingerprint("calendar_feed_of", &format!("{person}/{key}"));
    Public::from_bits(bytes.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}

fn hash(ctx: &Ctx, secret: &Public<Secret>) -> Vec<u8> {
    ctx.vault.fingerprint("calendar_feed", secret.as_str())
}

/// None: she has none, or its time is over.
pub async fn feed(ctx: &Ctx, who: &Citizen) -> Result<Option<Feed>> {
    let row: Option<(String, i64)> = ctx.db.optional(OWN, args![&who.person]).await?;
    let Some((key, made_at)) = row else { return Ok(None) };
    let until = Instant(made_at).plus_days(days(ctx).await?);
    let feed = Feed { secret: drawn(ctx, &who.person, &key), made_at: Instant(made_at), until };
    Ok(Some(feed).filter(|feed| ctx.now() < feed.until))
}

async fn days(ctx: &Ctx) -> Result<i64> {
    Rules::on(&ctx.db, ctx.now().date()).await?.days("keep.calendar_feed_days")
}

/// Makes it; another one before shows nothing from now on. The same form twice is the same address.
pub async fn open_feed(ctx: &Ctx, who: &Citizen, key: FormKey) -> Result<()> {
    let secret = drawn(ctx, &who.person, key.as_str());
    let hash = hash(ctx, &secret);
    ctx.db.write(Open { ctx: ctx.clone(), who: who.clone(), key, hash }).await
}

struct Open {
    ctx: Ctx,
    who: Citizen,
    key: FormKey,
    hash: Vec<u8>,
}

impl Command for Open {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = args![&self.who.person, &self.key, self.hash.clone(), self.ctx.now()];
        if tx.execute(PUT, values).await? == 0 {
            return Ok(());
        }
        traced(&self.ctx, &self.who, "calendar_opened").save(tx).await
    }
}

fn traced(ctx: &Ctx, who: &Citizen, action: &'static str) -> audit::Entry {
    audit::Entry::new(ctx, &Actor::Citizen(who.clone()), action).about("person", &who.person)
}

/// Shows nothing from now on. Said twice it is the same.
pub async fn close_feed(ctx: &Ctx, who: &Citizen) -> Result<()> {
    ctx.db.write(Close { ctx: ctx.clone(), who: who.clone() }).await
}

struct Close {
    ctx: Ctx,
    who: Citizen,
}

impl Command for Close {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if tx.execute(DROP, args![&self.who.person]).await? == 0 {
            return Ok(());
        }
        traced(&self.ctx, &self.who, "calendar_closed").save(tx).await
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    sequence: i64,
    changed_at: i64,
    starts_at: i64,
    ends_at: i64,
    cancelled: i64,
}

/// What stands behind an address. None: there is no such address.
pub async fn appointments(ctx: &Ctx, secret: &str) -> Result<Option<Vec<Appointment>>> {
    let Some(secret) = Public::<Secret>::parse(secret) else { return Ok(None) };
    let since = ctx.now().plus_days(-days(ctx).await?);
    let own: Option<(String,)> = ctx.db.optional(OF_SECRET, args![hash(ctx, &secret), since]).await?;
    let Some((person,)) = own else { return Ok(None) };
    let from = ctx.now().plus_days(-PAST_DAYS);
    let rows: Vec<Row> = ctx.db.all(APPOINTMENTS, args![person, from]).await?;
    let shown = |row: Row| Appointment {
        uid: format!("{}@varde", row.public_id),
        sequence: row.sequence,
        changed_at: Instant(row.changed_at),
        starts_at: Instant(row.starts_at),
        ends_at: Instant(row.ends_at),
        cancelled: row.cancelled == 1,
    };
    Ok(Some(rows.into_iter().map(shown).collect()))
}

impl From<&super::VisitView> for Appointment {
    fn from(visit: &super::VisitView) -> Self {
        let v = &visit.visit;
        Self {
            uid: format!("{}@varde", v.public),
            sequence: visit.version - 1,
            changed_at: v.cancelled.map_or(visit.booked_at, |cancelled| cancelled.at),
            starts_at: v.starts_at,
            ends_at: v.ends_at,
            cancelled: v.cancelled.is_some(),
        }
    }
}

pub const OWN: &str = "SELECT form_key, made_at FROM calendar_feed WHERE person_id = $1";
pub const PUT: &str = "INSERT INTO calendar_feed (person_id, form_key, secret_hash, made_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (person_id) DO UPDATE SET form_key = excluded.form_key, secret_hash = excluded.secret_hash, \
    made_at = excluded.made_at WHERE calendar_feed.form_key <> excluded.form_key";
pub const DROP: &str = "DELETE FROM calendar_feed WHERE person_id = $1";
pub const OF_SECRET: &str = "SELECT person_id FROM calendar_feed WHERE secret_hash = $1 AND made_at > $2";
/// Those that she has booked, and those on which she comes along.
pub const APPOINTMENTS: &str = "SELECT b.public_id, b.version - 1 AS sequence, COALESCE(b.cancelled_at, b.booked_at) AS changed_at, \
    b.starts_at, b.ends_at, CAST(CASE WHEN b.state = 'booked' THEN 0 ELSE 1 END AS BIGINT) AS cancelled FROM booking b \
    WHERE b.person_id = $1 AND b.ends_at > $2 AND b.kind <> 'lawyer' UNION ALL SELECT i.public_id, b.version - 1, i.state_at, \
    b.starts_at, b.ends_at, CAST(CASE WHEN b.state = 'booked' AND i.state = 'coming' THEN 0 ELSE 1 END AS BIGINT) \
    FROM visit_invitation i JOIN booking b ON b.id = i.booking_id WHERE i.guest_id = $1 AND b.ends_at > $2 \
    AND (i.state = 'coming' OR (i.state = 'ended' AND i.end_reason <> 'moved')) ORDER BY starts_at, public_id LIMIT 300";
