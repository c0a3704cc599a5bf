//! What a delegate sees of a room in his lawyer's name, and taking it back in time. Of any other booking nothing is there.

use domain::{
    kernel::{Id, Instant, Public},
    visits::booking::{self, Booking, By, CancelRefusal, Event, Way},
};

use super::{Entitled, company, entitled};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::delegates::{Act, ActDone, Acting, acted},
    visits::booking::{Letter, Target, VisitView, cancel::CANCEL, facts::From, hold::GIVE, mine::visit_of},
};

/// A room in her name, with the client it is for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct RoomRow {
    pub id: String,
    pub session_id: String,
    pub state: String,
    pub starts_at: i64,
    pub version: i64,
    pub session_public: String,
    way: String,
    organisation_id: Option<String>,
    inmate_public: String,
    person_id: String,
}

impl RoomRow {
    /// Somebody comes: there is a gate to bring something through.
    pub fn is_room(&self) -> bool {
        self.way == Way::Room.code()
    }

    /// Booked by the same right: what she has for an organisation is no delegate's of hers.
    fn is_by(&self, entitled: &Entitled) -> bool {
        let of = entitled.for_it.as_ref().map(|it| it.organisation.as_str());
        self.organisation_id.as_deref() == of
    }
}

/// One of hers with this client; whose it is has been asked before.
pub(super) async fn hers(
    from: &mut From<'_>,
    entitled: &Entitled,
    booking: &Public<Booking>,
) -> Result<Option<RoomRow>> {
    let values = args![booking, &entitled.lawyer, &entitled.client.inmate_id];
    let row: Option<RoomRow> = from.optional(HERS, values).await?;
    Ok(row.filter(|row| row.is_by(entitled)))
}

/// A room and the client, if whoever acts may see it. Asked of each booking anew.
pub(super) async fn found(
    from: &mut From<'_>,
    ctx: &Ctx,
    acting: &Acting,
    public: &Public<Booking>,
) -> Result<Option<(Entitled, RoomRow)>> {
    let row: Option<RoomRow> = from.optional(ANY_ROOM, args![public]).await?;
    let Some(row) = row else { return Ok(None) };
    let inmate: Public<Inmate> = Public::parse(&row.inmate_public).ok_or(Error::Broken("an inmate"))?;
    let entitled = entitled(from, ctx, acting, &inmate, ctx.now()).await?;
    let hers = |entitled: &Entitled| entitled.lawyer.as_str() == row.person_id && row.is_by(entitled);
    Ok(entitled.filter(hers).map(|entitled| (entitled, row)))
}

/// The client, and the room as its page tells it.
pub async fn visit_under(
    ctx: &Ctx,
    acting: &Acting,
    public: &Public<Booking>,
) -> Result<Option<(Public<Inmate>, VisitView)>> {
    let Some((entitled, row)) = found(&mut From::Db(&ctx.db), ctx, acting, public).await? else {
        return Ok(None);
    };
    let inmate = Public::parse(&row.inmate_public).ok_or(Error::Broken("an inmate"))?;
    Ok(visit_of(ctx, &entitled.lawyer, public).await?.map(|visit| (inmate, visit)))
}

/// Before it starts. None: it is not there for whoever acts.
pub async fn cancel_under(
    ctx: &Ctx,
    acting: &Acting,
    target: Target,
) -> Result<Option<std::result::Result<(), CancelRefusal>>> {
    let command = Cancel { ctx: ctx.clone(), acting: acting.clone(), target, now: ctx.now() };
    ctx.db.write(command).await
}

struct Cancel {
    ctx: Ctx,
    acting: Acting,
    target: Target,
    now: Instant,
}

impl Command for Cancel {
    type Out = Option<std::result::Result<(), CancelRefusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found = found(&mut From::Tx(tx), &self.ctx, &self.acting, &self.target.public).await?;
        let Some((entitled, row)) = found else { return Ok(None) };
        if let Err(refusal) = judged(&row, self.now) {
            return Ok(Some(Err(refusal)));
        }
        if row.version != self.target.version {
            return Ok(Some(Err(CancelRefusal::Stale)));
        }
        call_off(tx, &self.ctx, &self.acting, &entitled, &row).await?;
        Ok(Some(Ok(())))
    }
}

/// Whether it can still be taken back.
pub(super) fn judged(row: &RoomRow, now: Instant) -> std::result::Result<(), CancelRefusal> {
    booking::cancel(row.state == "booked", Instant(row.starts_at), By::Person, now).map(|_| ())
}

/// The place is free at once; she has a letter, the log a line, the trail who it was and for whom.
pub(super) async fn call_off(
    tx: &mut Tx,
    ctx: &Ctx,
    acting: &Acting,
    entitled: &Entitled,
    row: &RoomRow,
) -> Result<()> {
    tx.later(CANCEL, args![ctx.now(), "person", None::<&str>, &row.id]).await?;
    tx.later(GIVE, args![1, &row.session_id]).await?;
    Letter::job(ctx, &row.id, &row.person_id, Event::Cancelled)?.save(tx).await?;
    company::tell(ctx, tx, &row.id, (Event::Cancelled, false)).await?;
    let id: Id<Booking> = Id::new(row.id.as_str());
    let mut entry =
        audit::Entry::new(ctx, &Actor::Citizen(acting.who.clone()), "visit_cancelled").about("booking", &id);
    if let Some(under) = &entitled.under {
        entry = entry.detail(entitled.for_her());
        let (inmate, what) = (entitled.client.inmate_id.as_str(), ActDone::Cancelled);
        acted(tx, ctx, Act { under, inmate, booking: &row.id, what }).await?;
    }
    entry.save(tx).await
}

pub const HERS: &str = "SELECT b.id, b.session_id, b.state, b.starts_at, b.version, b.organisation_id, s.way, s.public_id AS session_public, i.public_id AS inmate_public, b.person_id \
    FROM booking b JOIN inmate i ON i.id = b.inmate_id JOIN visit_session s ON s.id = b.session_id WHERE b.public_id = $1 AND b.person_id = $2 AND b.inmate_id = $3 \
    AND b.kind = 'lawyer'";
pub const ANY_ROOM: &str = "SELECT b.id, b.session_id, b.state, b.starts_at, b.version, b.organisation_id, s.way, s.public_id AS session_public, i.public_id AS inmate_public, b.person_id \
    FROM booking b JOIN inmate i ON i.id = b.inmate_id JOIN visit_session s ON s.id = b.session_id WHERE b.public_id = $1 AND b.kind = 'lawyer'";
