//! A private room for a lawyer and her client: the free ones, one of them, booking it, and those she has ahead. Her mandate is
//! what entitles her; whoever has none that stands is told what a stranger is told. What is booked is a visit like others: the
//! unit's day, the gate, the letter and cancelling know it already. A delegate books the same rooms in her name: she is who comes.

mod again;
mod book;
pub mod bringing;
mod cancel;
#[cfg(test)]
mod tests;
pub mod urgent;

pub use again::again;
use book::{NewRoom, put_room};
pub use book::{RoomKey, Wish, book, book_under};
pub use cancel::{cancel_under, visit_under};

use domain::{
    access::{Level, Person},
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::{
        Booking, CounselFacts, Refusal, Session, VisitSession, Way, counsel_hindrances, free_rooms,
    },
};

use super::facts::{From, PRESENT, SessionRow, VisitRow, visit, wall, way};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    identity::{
        delegates::{Acting, ClientRow, DELEGATED, DelegationMark, delegated, freshen},
        mandates::{CLIENT, Client, asked},
    },
    rules::Rules,
    visits::{
        appointments::{self, EngagedRow, OF_INMATE},
        sessions::rows::{BLOCKED, BlockedRow, RULES, RuleRow, date},
    },
};

/// Whom and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithClient {
    pub inmate: Public<Inmate>,
    pub name: String,
    /// Name and telephone of the unit where he is; none: he is in none.
    pub unit: Option<(String, String)>,
}

impl WithClient {
    fn new(inmate: &Public<Inmate>, client: &Client) -> Self {
        let unit = client.unit_name.clone().zip(client.unit_phone.clone());
        Self { inmate: inmate.clone(), name: client.inmate_name.clone(), unit }
    }
}

/// The rooms that the two can have, by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeRooms {
    pub client: WithClient,
    pub days: Vec<(CivilDate, Vec<Session>)>,
    /// Those that she has booked in the same unit, with whichever client. None for a delegate: they are not his to see.
    pub hers: Vec<Ahead>,
}

/// From today on. None: he is no client of hers.
pub async fn rooms(
    ctx: &Ctx,
    acting: impl Into<Acting>,
    inmate: &Public<Inmate>,
) -> Result<Option<FreeRooms>> {
    let acting = acting.into();
    freshen(ctx, &acting).await?;
    let (now, mut from) = (ctx.now(), From::Db(&ctx.db));
    let Some(found) = entitled(&mut from, ctx, &acting, inmate, now).await? else { return Ok(None) };
    let client = &found.client;
    let with = WithClient::new(inmate, client);
    let Some(unit) = &client.unit_id else {
        return Ok(Some(FreeRooms { client: with, days: vec![], hers: vec![] }));
    };
    let notice = notice(&Rules::on(&ctx.db, now.date()).await?)?;
    let span = (now.date(), now.date().plus_days(domain::visits::booking::LONGEST_WINDOW));
    let facts = load(&mut from, client, unit, &found.lawyer, span, notice).await?;
    let rows: Vec<SessionRow> = from.all(ROOMS, args![unit, span.0, span.1]).await?;
    let sessions = rows.into_iter().map(SessionRow::session).collect::<Result<_>>()?;
    let mut hers: Vec<AheadRow> = match found.under {
        Some(_) => vec![],
        None => from.all(AHEAD, args![&found.lawyer, now]).await?,
    };
    hers.retain(|row| row.unit_id == *unit);
    let hers = hers.into_iter().map(AheadRow::ahead).collect::<Result<_>>()?;
    Ok(Some(FreeRooms { client: with, days: free_rooms(&facts, sessions, now), hers }))
}

/// One room before she books it, and what stands in its way now.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub client: WithClient,
    pub session: Option<Session>,
    pub refusals: Vec<Refusal>,
}

/// None: he is no client of hers. Without a session it is no room of the unit where he is.
pub async fn room(
    ctx: &Ctx,
    acting: impl Into<Acting>,
    inmate: &Public<Inmate>,
    session: &Public<VisitSession>,
) -> Result<Option<Chosen>> {
    let acting = acting.into();
    freshen(ctx, &acting).await?;
    let (now, mut from) = (ctx.now(), From::Db(&ctx.db));
    let Some(found) = entitled(&mut from, ctx, &acting, inmate, now).await? else { return Ok(None) };
    let notice = notice(&Rules::on(&ctx.db, now.date()).await?)?;
    let judged = judge(&mut from, &found, session, None, (notice, now)).await?;
    let (session, refusals) =
        judged.map_or((None, vec![Refusal::SessionGone]), |(s, found)| (Some(s), found));
    Ok(Some(Chosen { client: WithClient::new(inmate, &found.client), session, refusals }))
}

/// A room that she has booked and that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    pub inmate: Public<Inmate>,
    pub booking: Public<Booking>,
    pub way: Way,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    /// The delegate who booked it, by name.
    pub by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct AheadRow {
    inmate: String,
    booking: String,
    way: String,
    date: String,
    unit_id: String,
    start_minute: i64,
    end_minute: i64,
    delegate: Option<String>,
}

impl AheadRow {
    fn ahead(self) -> Result<Ahead> {
        Ok(Ahead {
            inmate: Public::parse(&self.inmate).ok_or(Error::Broken("an inmate"))?,
            booking: Public::parse(&self.booking).ok_or(Error::Broken("public id"))?,
            way: way(&self.way)?,
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            by: self.delegate,
        })
    }
}

/// The next one first; below the high level none.
pub async fn ahead(ctx: &Ctx, who: &Citizen) -> Result<Vec<Ahead>> {
    if who.level < Level::High {
        return Ok(vec![]);
    }
    let rows: Vec<AheadRow> = ctx.db.all(AHEAD, args![&who.person, ctx.now()]).await?;
    rows.into_iter().map(AheadRow::ahead).collect()
}

/// Hers that a delegate may see: with the clients for whom he acts now.
pub async fn ahead_under(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
) -> Result<Vec<Ahead>> {
    if who.level < Level::High {
        return Ok(vec![]);
    }
    let (now, any): (_, Option<&str>) = (ctx.now(), None);
    let values = args![&who.person, delegation, now, now.date(), ctx.lawyers.counts(), any];
    let clients: Vec<ClientRow> = ctx.db.all(DELEGATED, values).await?;
    let Some(first) = clients.first() else { return Ok(vec![]) };
    let rows: Vec<AheadRow> = ctx.db.all(AHEAD, args![&first.lawyer_id, now]).await?;
    let his = |row: &AheadRow| clients.iter().any(|client| client.inmate_public == row.inmate);
    rows.into_iter().filter(his).map(AheadRow::ahead).collect()
}

fn notice(rules: &Rules) -> Result<i64> {
    rules.days("visits.counsel_notice_minutes")
}

/// For which client, in whose name, under which delegation.
struct Entitled {
    client: Client,
    lawyer: Id<Person>,
    under: Option<Id<DelegationMark>>,
}

impl Entitled {
    /// For the trail, whose actor is the delegate: for whom.
    fn for_her(&self) -> String {
        format!("for {}", self.lawyer)
    }
}

async fn entitled(
    from: &mut From<'_>,
    ctx: &Ctx,
    acting: &Acting,
    inmate: &Public<Inmate>,
    now: Instant,
) -> Result<Option<Entitled>> {
    let who = &acting.who;
    let Some(delegation) = &acting.under else {
        let Some(values) = asked(ctx, who, inmate, now) else { return Ok(None) };
        let client: Option<Client> = from.optional(CLIENT, values).await?;
        return Ok(client.map(|client| Entitled { client, lawyer: who.person.clone(), under: None }));
    };
    let Some(values) = delegated(ctx, who, delegation, inmate, now) else { return Ok(None) };
    let row: Option<ClientRow> = from.optional(DELEGATED, values).await?;
    Ok(row.map(|row| {
        let (client, lawyer, under) = row.parts();
        Entitled { client, lawyer, under: Some(under) }
    }))
}

/// The room with all that stands in its way, but for the booking that it takes the place of. None: no such room where he is.
async fn judge(
    from: &mut From<'_>,
    entitled: &Entitled,
    session: &Public<VisitSession>,
    instead: Option<&str>,
    (notice, now): (i64, Instant),
) -> Result<Option<(Session, Vec<Refusal>)>> {
    let client = &entitled.client;
    let Some(unit) = &client.unit_id else { return Ok(None) };
    let row: Option<SessionRow> = from.optional(ROOM, args![unit, session]).await?;
    let Some(session) = row.map(SessionRow::session).transpose()? else { return Ok(None) };
    let days = (session.date, session.date);
    let mut facts = load(from, client, unit, &entitled.lawyer, days, notice).await?;
    facts.visits.retain(|visit| instead.is_none_or(|id| visit.id.as_str() != id));
    let found = counsel_hindrances(&session, &facts, now);
    Ok(Some((session, found)))
}

/// On these days, both ends included.
async fn load(
    from: &mut From<'_>,
    client: &Client,
    unit: &str,
    who: &Id<Person>,
    (first, last): (CivilDate, CivilDate),
    notice_minutes: i64,
) -> Result<CounselFacts> {
    let rules: Vec<RuleRow> = from.all(RULES, args![unit]).await?;
    let blocked: Vec<BlockedRow> = from.all(BLOCKED, args![unit, first, last]).await?;
    let visits: Vec<VisitRow> = from.all(OF_THE_TWO, args![&client.inmate_id, who, first, last]).await?;
    let engaged: Vec<EngagedRow> = from.all(OF_INMATE, args![&client.inmate_id, first]).await?;
    let present: Option<(Option<i64>,)> = from.optional(PRESENT, args![&client.inmate_id, unit]).await?;
    Ok(CounselFacts {
        rules: rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?,
        blocked: blocked.into_iter().map(BlockedRow::blocked).collect::<Result<_>>()?,
        visits: visits.into_iter().map(visit).collect::<Result<_>>()?,
        engaged: appointments::all_of(engaged)?,
        present: present.is_some(),
        leaves_at: present.and_then(|(leaves,)| leaves).map(Instant),
        mandate_to: date(&client.valid_to)?,
        notice_minutes,
    })
}

/// A time that its template has ended before is offered to nobody.
pub const ROOMS: &str = "SELECT s.id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, s.ends_at, \
    s.room, s.on_holidays, s.way, COALESCE(s.planned, s.capacity) AS capacity, s.taken FROM visit_session s JOIN visit_template t ON t.id = s.template_id \
    AND (t.valid_to IS NULL OR t.valid_to >= s.date) WHERE s.unit_id = $1 AND s.date BETWEEN $2 AND $3 \
    AND s.kind = 'lawyer' ORDER BY s.starts_at, s.room, s.id";
pub const ROOM: &str = "SELECT s.id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, s.ends_at, \
    s.room, s.on_holidays, s.way, COALESCE(s.planned, s.capacity) AS capacity, s.taken FROM visit_session s JOIN visit_template t ON t.id = s.template_id \
    AND (t.valid_to IS NULL OR t.valid_to >= s.date) WHERE s.unit_id = $1 AND s.public_id = $2 AND s.kind = 'lawyer'";
/// Two halves, each by an index of its own, as for relatives.
pub const OF_THE_TWO: &str = "SELECT b.id, CAST(CASE WHEN EXISTS (SELECT 1 FROM booking_party p WHERE p.booking_id = b.id \
    AND p.person_id = $2) THEN 1 ELSE 0 END AS BIGINT) AS ours, CAST(1 AS BIGINT) AS same_inmate, b.kind, b.date, \
    b.starts_at, b.ends_at FROM booking b WHERE b.state = 'booked' AND b.inmate_id = $1 AND b.date BETWEEN $3 AND $4 \
    UNION SELECT b.id, CAST(1 AS BIGINT) AS ours, CAST(CASE WHEN b.inmate_id = $1 THEN 1 ELSE 0 END AS BIGINT) \
    AS same_inmate, b.kind, b.date, b.starts_at, b.ends_at FROM booking_party p JOIN booking b ON b.id = p.booking_id \
    WHERE p.person_id = $2 AND b.state = 'booked' AND b.date BETWEEN $3 AND $4 ORDER BY starts_at, id";
pub const AHEAD: &str = "SELECT i.public_id AS inmate, b.public_id AS booking, s.way, b.date, b.unit_id, s.start_minute, s.end_minute, \
    (SELECT MAX(p.name) FROM delegation_act a JOIN delegation d ON d.id = a.delegation_id JOIN person p ON p.id = d.delegate_id \
    WHERE a.booking_id = b.id AND a.what = 'booked') AS delegate FROM booking b \
    JOIN inmate i ON i.id = b.inmate_id JOIN visit_session s ON s.id = b.session_id WHERE b.person_id = $1 \
    AND b.kind = 'lawyer' AND b.state = 'booked' AND b.ends_at > $2 ORDER BY b.starts_at, b.id LIMIT 300";
