//! The two ends, and what opens a room for them. Nothing else in Varde makes a [`Room`]; a test reads the source for it.

use domain::{
    access::Level,
    kernel::{Id, Instant, Public},
};
use zeroize::Zeroizing;

use super::CounselThread;
use crate::{
    Result, args,
    ctx::{Chance, Citizen, Ctx},
    custody::inmates::Inmate,
    db::Tx,
    identity::lawyers::Register,
    messages::inside::Inside,
    vault::PrivilegedKey,
};

/// An open thread in the hands of one of its two ends.
pub(super) struct Room {
    thread: Id<CounselThread>,
    key: PrivilegedKey,
}

impl Room {
    pub fn thread(&self) -> &Id<CounselThread> {
        &self.thread
    }

    pub fn seal(&self, chance: &Chance, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        self.key.seal(chance, place, plain)
    }

    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.key.open(place, sealed)
    }
}

/// What stands between a lawyer and this inmate: a mandate, and a thread if there is one.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Standing {
    pub inmate_id: String,
    pub inmate_name: String,
    pub thread_id: Option<String>,
    room: Option<Vec<u8>>,
}

impl Standing {
    pub fn room(&self, ctx: &Ctx) -> Result<Option<Room>> {
        let (Some(thread), Some(sealed)) = (&self.thread_id, &self.room) else { return Ok(None) };
        let key = ctx.vault.privileged(thread, sealed)?;
        Ok(Some(Room { thread: Id::new(thread.as_str()), key }))
    }
}

/// A lawyer at the high level whose mandate stands today, by the lawyers' register too. Nobody else's question is answered.
pub(super) async fn lawyer(
    tx: &mut Tx,
    lawyers: &Register,
    who: &Citizen,
    inmate: &Public<Inmate>,
    now: Instant,
) -> Result<Option<Standing>> {
    if who.level < Level::High {
        return Ok(None);
    }
    tx.optional(MANDATED, args![&who.person, inmate, now.date(), lawyers.counts()]).await
}

/// The room of a thread that she has, or a new one.
pub(super) async fn lawyers_room(
    tx: &mut Tx,
    ctx: &Ctx,
    who: &Citizen,
    standing: &Standing,
    fresh: &(Id<CounselThread>, Public<CounselThread>),
    now: Instant,
) -> Result<Room> {
    if let Some(room) = standing.room(ctx)? {
        return Ok(room);
    }
    let (id, public) = fresh;
    let (key, sealed) = ctx.vault.new_privileged(&ctx.chance, id.as_str())?;
    tx.later(OPEN, args![id, public, &who.person, &standing.inmate_id, sealed, now]).await?;
    let actor = crate::ctx::Actor::Citizen(who.clone());
    super::touch(ctx, &actor, "counsel_opened", id).save(tx).await?;
    Ok(Room { thread: id.clone(), key })
}

#[derive(sqlx::FromRow)]
pub(super) struct Client {
    pub id: String,
    pub public_id: String,
    pub lawyer: String,
    pub person_id: String,
    room: Vec<u8>,
}

impl Client {
    pub fn room(&self, ctx: &Ctx) -> Result<Room> {
        let key = ctx.vault.privileged(&self.id, &self.room)?;
        Ok(Room { thread: Id::new(self.id.as_str()), key })
    }
}

/// His threads whose lawyer's mandate stands.
pub(super) async fn of_inmate(ctx: &Ctx, inside: &Inside, now: Instant) -> Result<Vec<Client>> {
    ctx.db.all(OF_INMATE, args![inside.inmate(), now.date(), ctx.lawyers.counts()]).await
}

/// One of them.
pub(super) async fn client(
    tx: &mut Tx,
    lawyers: &Register,
    inside: &Inside,
    thread: &Public<CounselThread>,
    now: Instant,
) -> Result<Option<Client>> {
    tx.optional(ONE_OF_INMATE, args![inside.inmate(), now.date(), lawyers.counts(), thread]).await
}

macro_rules! stands {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " EXISTS (SELECT 1 FROM mandate a JOIN person_number n ON n.hash = a.number_hash ",
            "WHERE n.person_id = r.person_id AND a.inmate_id = r.inmate_id AND a.ended_at IS NULL ",
            "AND a.valid_from <= $2 AND $2 <= a.valid_to AND (CAST($3 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v ",
            "WHERE v.person_id = n.person_id AND $2 <= v.holds_to)))",
            $after
        )
    };
}
pub const MANDATED: &str = "SELECT i.id AS inmate_id, i.name AS inmate_name, r.id AS thread_id, r.room FROM inmate i \
    LEFT JOIN counsel_thread r ON r.inmate_id = i.id AND r.person_id = $1 WHERE i.public_id = $2 AND EXISTS (SELECT 1 \
    FROM mandate a JOIN person_number n ON n.hash = a.number_hash WHERE n.person_id = $1 AND a.inmate_id = i.id \
    AND a.ended_at IS NULL AND a.valid_from <= $3 AND $3 <= a.valid_to AND (CAST($4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v \
    WHERE v.person_id = n.person_id AND $3 <= v.holds_to)))";
pub const OPEN: &str = "INSERT INTO counsel_thread (id, public_id, person_id, inmate_id, room, opened_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const OF_INMATE: &str = stands!(
    "SELECT r.id, r.public_id, p.name AS lawyer, r.person_id, r.room FROM counsel_thread r \
    JOIN person p ON p.id = r.person_id WHERE r.inmate_id = $1 AND",
    " ORDER BY p.sort_name, r.id LIMIT 100"
);
pub const ONE_OF_INMATE: &str = stands!(
    "SELECT r.id, r.public_id, p.name AS lawyer, r.person_id, r.room FROM counsel_thread r \
    JOIN person p ON p.id = r.person_id WHERE r.inmate_id = $1 AND r.public_id = $4 AND",
    ""
);
