//! Sessions live on the server; the browser holds a random token of which only a keyed hash is stored.
//!
//! Idle and absolute limits are settings (30 and 120 minutes). A session is of one area and opens no other.

use domain::{
    access::{Area, Level, Role, Session},
    kernel::{Id, Instant},
};

use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx, Staff},
    db::{Command, Tx},
    oidc::Ended,
};

/// How old `seen_at` may become before a request writes it again: one write a minute at most.
const TOUCH_SECONDS: i64 = 60;

/// A live session: who acts, and when it ends.
#[derive(Clone, Debug)]
pub struct Live {
    pub actor: Actor,
    /// When it ends if nothing happens.
    pub idle_end: Instant,
    /// When it ends whatever happens.
    pub absolute_end: Instant,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: Option<String>,
    staff_id: Option<String>,
    name: String,
    level: String,
    roles: String,
    units: String,
    unit_name: Option<String>,
    opened_at: i64,
    seen_at: i64,
    fresh_at: Option<i64>,
}

/// The live session behind this area's cookie. Using it counts as activity.
pub async fn find(ctx: &Ctx, area: Area, token: &str) -> Result<Option<Live>> {
    let Some(mut row) = open_row(ctx, area, token).await? else { return Ok(None) };
    let now = ctx.now();
    if now >= row.ends(ctx).0 {
        return Ok(None);
    }
    if now >= Instant(row.seen_at).plus_seconds(TOUCH_SECONDS) {
        match ctx.db.write(Touch { id: Id::new(row.id.clone()), now }).await {
            Ok(()) => row.seen_at = now.micros(),
            // What can be read is read, also when nothing can be written: at worst she is signed out early.
            Err(error) if error.passes() => tracing::warn!(%error, "a session was not touched"),
            Err(error) => return Err(error),
        }
    }
    let (idle_end, absolute_end) = row.ends(ctx);
    Ok(Some(Live { actor: row.actor(ctx)?, idle_end, absolute_end }))
}

/// Whether nobody has ended it. Asking is no activity and makes it no longer.
pub async fn is_open(ctx: &Ctx, session: &Id<Session>) -> Result<bool> {
    Ok(ctx.db.optional::<(i64,)>(IS_OPEN, args![session]).await?.is_some())
}

/// Whose session this was, if it ran out and nobody ended it. Proves nothing and opens nothing: it tells for
/// whom to keep what was typed.
pub async fn ran_out(ctx: &Ctx, area: Area, token: &str) -> Result<Option<Actor>> {
    let row = open_row(ctx, area, token).await?;
    row.filter(|row| ctx.now() >= row.ends(ctx).0).map(|row| row.actor(ctx)).transpose()
}

async fn open_row(ctx: &Ctx, area: Area, token: &str) -> Result<Option<Row>> {
    let hash = token_hash(ctx, area, token);
    ctx.db.optional(FIND, args![hash.as_slice(), area.code()]).await
}

impl Row {
    /// When it ends if nothing happens, and when whatever happens.
    fn ends(&self, ctx: &Ctx) -> (Instant, Instant) {
        let limits = &ctx.settings.session;
        let absolute = Instant(self.opened_at).plus_minutes(limits.absolute_minutes);
        (Instant(self.seen_at).plus_minutes(limits.idle_minutes).min(absolute), absolute)
    }

    fn actor(self, ctx: &Ctx) -> Result<Actor> {
        let session = Id::new(self.id);
        let level = Level::parse(&self.level).ok_or(Error::Broken("session level"))?;
        match (self.person_id, self.staff_id) {
            (Some(person), None) => {
                let minutes = ctx.settings.session.fresh_minutes;
                let fresh_until = self.fresh_at.map(|at| Instant(at).plus_minutes(minutes));
                let (person, name) = (Id::new(person), self.name);
                Ok(Actor::Citizen(Citizen { session, person, name, level, fresh_until, by: None }))
            }
            (None, Some(staff)) => Ok(Actor::Staff(Staff {
                session,
                staff: Id::new(staff),
                name: self.name,
                roles: self.roles.split(' ').filter_map(Role::parse).collect(),
                units: self.units.split(' ').filter(|u| !u.is_empty()).map(Id::new).collect(),
                unit_name: self.unit_name.unwrap_or_default(),
            })),
            _ => Err(Error::Broken("session of nobody")),
        }
    }
}

struct Touch {
    id: Id<Session>,
    now: Instant,
}

impl Command for Touch {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(TOUCH, args![self.now, &self.id]).await
    }
}

/// Ends the session behind this cookie and gives the sealed ID token back, as the hint for the provider.
pub async fn close(ctx: &Ctx, area: Area, token: &str) -> Result<Option<String>> {
    let hash = token_hash(ctx, area, token);
    let closed = ctx.db.write(Close { hash, area, ctx: ctx.clone() }).await?;
    let Some((id, sealed)) = closed else { return Ok(None) };
    let plain = ctx.vault.open(&token_place(&Id::new(id)), &sealed)?;
    Ok(String::from_utf8(plain.to_vec()).ok())
}

struct Close {
    hash: Vec<u8>,
    area: Area,
    ctx: Ctx,
}

impl Command for Close {
    type Out = Option<(String, Vec<u8>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = self.ctx.now();
        let values = args![now, self.hash.as_slice(), self.area.code()];
        let closed: Option<(String, Vec<u8>)> = tx.optional(CLOSE, values).await?;
        if let Some((id, _)) = &closed {
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "sign_out").detail(self.area.code());
            entry.about("session", &Id::<Session>::new(id.as_str())).save(tx).await?;
        }
        Ok(closed)
    }
}

/// How much the provider's clock may differ from ours. Added, so that a session of before is ended also when the
/// provider's clock is slow; at worst a session opened within this minute after the sign-out ends too, and she signs in
/// once more. Taken off, a slow clock would leave somebody signed in who has signed out.
const CLOCKS_DIFFER_SECONDS: i64 = 60;

/// Ends every session that this provider's session opened, or every session that this person had there when she signed
/// out: not one that she has opened since, for the word may come late. Tells how many; a second call ends none.
pub async fn close_from_provider(ctx: &Ctx, issuer: &str, ended: &Ended) -> Result<u64> {
    let (issuer, ended) = (issuer.to_owned(), ended.clone());
    ctx.db.write(CloseFromProvider { ctx: ctx.clone(), issuer, ended }).await
}

struct CloseFromProvider {
    ctx: Ctx,
    issuer: String,
    ended: Ended,
}

impl Command for CloseFromProvider {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let (sql, values) = match &self.ended {
            Ended::Session(sid) => (CLOSE_BY_SID, args![self.ctx.now(), &self.issuer, sid]),
            Ended::Person { subject, at } => {
                let until = at.plus_seconds(CLOCKS_DIFFER_SECONDS);
                (CLOSE_BY_SUBJECT, args![self.ctx.now(), &self.issuer, subject, until])
            }
        };
        let closed: Vec<(String, String)> = tx.all(sql, values).await?;
        for (id, area) in &closed {
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "sign_out_at_provider").detail(area);
            entry.about("session", &Id::<Session>::new(id.as_str())).save(tx).await?;
        }
        Ok(closed.len() as u64)
    }
}

pub(super) fn token_hash(ctx: &Ctx, area: Area, token: &str) -> Vec<u8> {
    ctx.vault.fingerprint("session", &format!("{}/{token}", area.code()))
}

pub(super) fn token_place(session: &Id<Session>) -> String {
    format!("session/sealed_token/{session}")
}

pub const FIND: &str = "SELECT s.id, s.person_id, s.staff_id, COALESCE(p.name, m.name) AS name, s.level, s.roles, \
    s.units, u.name AS unit_name, s.opened_at, s.seen_at, s.fresh_at FROM session s \
    LEFT JOIN person p ON p.id = s.person_id LEFT JOIN staff_member m ON m.id = s.staff_id \
    LEFT JOIN unit u ON u.id = SUBSTR(s.units, 1, 36) \
    WHERE s.token_hash = $1 AND s.area = $2 AND s.closed_at IS NULL";
pub const IS_OPEN: &str = "SELECT CAST(1 AS BIGINT) FROM session WHERE id = $1 AND closed_at IS NULL";
pub const TOUCH: &str = "UPDATE session SET seen_at = $1 WHERE id = $2 AND closed_at IS NULL";
pub const CLOSE: &str = "UPDATE session SET closed_at = $1 WHERE token_hash = $2 AND area = $3 AND closed_at IS NULL \
    RETURNING id, sealed_token";
pub const CLOSE_BY_SID: &str = "UPDATE session SET closed_at = $1 WHERE issuer = $2 AND sid = $3 \
    AND closed_at IS NULL RETURNING id, area";
pub const CLOSE_BY_SUBJECT: &str = "UPDATE session SET closed_at = $1 WHERE issuer = $2 AND subject = $3 \
    AND opened_at <= $4 AND closed_at IS NULL RETURNING id, area";
