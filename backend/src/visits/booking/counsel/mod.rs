//! A private room for a lawyer and her client: the free ones, one of them, booking it, and those she has ahead. The rooms of organisations
//! are found and booked by the same steps: what entitles is another statement. A mandate is what entitles a lawyer; whoever has none that
//! stands is told what a stranger is told. What is booked is a visit like others: the unit's day, the gate, the letter and cancelling know it
//! already. A delegate books the same rooms in her name: she is who comes.

mod again;
mod book;
pub mod bringing;
mod cancel;
pub mod company;
mod entitled;
#[cfg(test)]
pub(in crate::visits) mod tests;
pub mod urgent;

pub use again::again;
use book::{NewRoom, put_room};
pub use book::{RoomKey, Wish, book, book_under};
pub use cancel::{cancel_under, visit_under};
use entitled::{Entitled, entitled, load};

use domain::{
    access::Level,
    kernel::{CivilDate, Clock, Instant, Public},
    visits::{
        booking::{Booking, Refusal, Session, VisitSession, Way, counsel_hindrances, free_rooms},
        clearance::Measure,
        organisations::Organisation,
    },
};

use super::facts::{From, SessionRow, wall, way};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    identity::delegates::{Acting, ClientRow, DELEGATED, DelegationMark, freshen},
    rules::Rules,
    visits::{sessions::rows::date, wings::not_for_his_wing},
};

/// Whom and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithClient {
    pub inmate: Public<Inmate>,
    pub name: String,
    /// Name and telephone of the unit where he is; none: he is in none, or in none that has cleared the organisation.
    pub unit: Option<(String, String)>,
    /// How the unit watches it: of a lawyer never.
    pub measures: Vec<Measure>,
}

impl WithClient {
    fn new(inmate: &Public<Inmate>, found: &Entitled) -> Self {
        let client = &found.client;
        let unit = client.unit_name.clone().zip(client.unit_phone.clone());
        let measures = found.for_it.as_ref().map(|it| it.measures.clone()).unwrap_or_default();
        Self { inmate: inmate.clone(), name: client.inmate_name.clone(), unit, measures }
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
    let with = WithClient::new(inmate, &found);
    let Some(unit) = &found.client.unit_id else {
        return Ok(Some(FreeRooms { client: with, days: vec![], hers: vec![] }));
    };
    let notice = found.notice(&Rules::on(&ctx.db, now.date()).await?)?;
    let span = (now.date(), now.date().plus_days(domain::visits::booking::LONGEST_WINDOW));
    let facts = load(&mut from, &found, unit, span, notice).await?;
    let values = args![unit, span.0, span.1, &found.client.inmate_id];
    let rows: Vec<SessionRow> = from.all(ROOMS, values).await?;
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
    let notice = found.notice(&Rules::on(&ctx.db, now.date()).await?)?;
    let judged = judge(&mut from, &found, session, None, (notice, now)).await?;
    let mut client = WithClient::new(inmate, &found);
    let Some(judged) = judged else {
        return Ok(Some(Chosen { client, session: None, refusals: vec![Refusal::SessionGone] }));
    };
    if judged.controlled && !client.measures.contains(&Measure::Listening) {
        client.measures.insert(0, Measure::Listening);
    }
    Ok(Some(Chosen { client, session: Some(judged.session), refusals: judged.refusals }))
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
    /// For which organisation, if it is for one.
    pub organisation: Option<Public<Organisation>>,
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
    organisation: Option<String>,
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
            organisation: self.organisation.map(organisation).transpose()?,
        })
    }
}

pub(super) fn organisation(public: String) -> Result<Public<Organisation>> {
    Public::parse(&public).ok_or(Error::Broken("an organisation"))
}

/// The next one first, a lawyer's and those for organisations, also where a colleague has booked; below the high level none.
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
    rows.into_iter().filter(|row| row.organisation.is_none()).filter(his).map(AheadRow::ahead).collect()
}

/// A room, what stands in its way, and whether a court has ordered that somebody listens.
struct Judged {
    session: Session,
    refusals: Vec<Refusal>,
    controlled: bool,
}

/// The room with all that stands in its way, but for the booking that it takes the place of. None: no such room where he is.
async fn judge(
    from: &mut From<'_>,
    entitled: &Entitled,
    session: &Public<VisitSession>,
    instead: Option<&str>,
    (notice, now): (i64, Instant),
) -> Result<Option<Judged>> {
    let client = &entitled.client;
    let Some(unit) = &client.unit_id else { return Ok(None) };
    let row: Option<SessionRow> = from.optional(ROOM, args![unit, session, &client.inmate_id]).await?;
    let Some(session) = row.map(SessionRow::session).transpose()? else { return Ok(None) };
    let days = (session.date, session.date);
    let mut facts = load(from, entitled, unit, days, notice).await?;
    facts.visits.retain(|visit| instead.is_none_or(|id| visit.id.as_str() != id));
    let refusals = counsel_hindrances(&session, &facts, now);
    let controlled = facts.is_controlled_on(session.date);
    Ok(Some(Judged { session, refusals, controlled }))
}

/// A time that its template has ended before is offered to nobody, one that is not for the client's wing not to her.
pub const ROOMS: &str = concat!(
    "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, s.ends_at, s.room, s.on_holidays, s.way, ",
    "s.held_for, COALESCE(s.planned, s.capacity) AS capacity, s.taken FROM visit_session s JOIN visit_template t ON t.id = s.template_id ",
    "AND (t.valid_to IS NULL OR t.valid_to >= s.date) WHERE s.unit_id = $1 AND s.date BETWEEN $2 AND $3 ",
    "AND s.kind = 'lawyer' AND NOT ",
    not_for_his_wing!("$4"),
    " ORDER BY s.starts_at, s.room, s.id"
);
pub const ROOM: &str = concat!(
    "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, s.ends_at, s.room, s.on_holidays, s.way, ",
    "s.held_for, COALESCE(s.planned, s.capacity) AS capacity, s.taken FROM visit_session s JOIN visit_template t ON t.id = s.template_id ",
    "AND (t.valid_to IS NULL OR t.valid_to >= s.date) WHERE s.unit_id = $1 AND s.public_id = $2 AND s.kind = 'lawyer' AND NOT ",
    not_for_his_wing!("$3")
);
pub const AHEAD: &str = "SELECT i.public_id AS inmate, b.public_id AS booking, s.way, b.date, b.unit_id, s.start_minute, s.end_minute, \
    (SELECT MAX(p.name) FROM delegation_act a JOIN delegation d ON d.id = a.delegation_id JOIN person p ON p.id = d.delegate_id \
    WHERE a.booking_id = b.id AND a.what = 'booked') AS delegate, (SELECT o.public_id FROM organisation o WHERE o.id = b.organisation_id) \
    AS organisation FROM booking b JOIN inmate i ON i.id = b.inmate_id JOIN visit_session s ON s.id = b.session_id WHERE b.id IN \
    (SELECT x.id FROM booking x WHERE x.person_id = $1 UNION SELECT c.id FROM booking_party d JOIN booking c ON c.id = d.booking_id \
    WHERE d.person_id = $1 AND c.organisation_id IS NOT NULL) AND b.kind = 'lawyer' AND b.state = 'booked' AND b.ends_at > $2 ORDER BY b.starts_at, b.id LIMIT 300";
