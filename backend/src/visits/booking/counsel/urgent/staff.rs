//! For the unit: one of them, and the times that would do, those too near for the lawyer to book herself among them.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{
        Refusal, Session, counsel_hindrances,
        urgent::{Urgent, may_answer, suits},
    },
};

use super::{Asked, AskedRow};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    identity::mandates::{CLIENT, Client},
    visits::{
        booking::{
            counsel::{Entitled, ROOMS, load},
            facts::{From, SessionRow},
        },
        clearance::LookReason,
        units,
    },
};

/// One time that would do.
pub type Choice = Session;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffUrgent {
    pub asked: Asked,
    pub lawyer: String,
    /// The delegate who asked in her name, by name.
    pub by: Option<String>,
    pub inmate: String,
    pub unit_name: String,
    pub unit_slug: String,
    /// Her mandate stands and he is here: she can be booked a time.
    pub stands: bool,
    /// The soonest first.
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    pub person_id: String,
    pub unit_id: String,
    inmate_public: String,
    lawyer: String,
    delegate: Option<String>,
    inmate: String,
    unit_name: String,
    unit_slug: String,
}

#[derive(sqlx::FromRow)]
struct Both {
    #[sqlx(flatten)]
    row: Row,
    #[sqlx(flatten)]
    asked: AskedRow,
}

pub(super) async fn found(
    from: &mut From<'_>,
    staff: &Staff,
    public: &Public<Urgent>,
) -> Result<Option<(Row, Asked)>> {
    let both: Option<Both> = from.optional(ONE, vec![public.into(), units(staff)]).await?;
    both.map(|both| Ok((both.row, both.asked.asked()?))).transpose()
}

/// The look is written before anything is told. None when it is another unit's or not her duty.
pub async fn staff_urgent(ctx: &Ctx, staff: &Staff, public: &Public<Urgent>) -> Result<Option<StaffUrgent>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let (mut from, now) = (From::Db(&ctx.db), ctx.now());
    let Some((row, asked)) = found(&mut from, staff, public).await? else { return Ok(None) };
    let id: Id<Urgent> = Id::new(row.id.as_str());
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look");
    let entry = entry.at_unit(&Id::<Unit>::new(row.unit_id.as_str())).about("urgent_room", &id);
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await?;
    let entitled = still(&mut from, ctx, &row, now).await?;
    let choices = match &entitled {
        Some(entitled) => choices(&mut from, &row, entitled, &asked, now).await?,
        None => vec![],
    };
    Ok(Some(StaffUrgent {
        asked,
        lawyer: row.lawyer,
        by: row.delegate,
        inmate: row.inmate,
        unit_name: row.unit_name,
        unit_slug: row.unit_slug,
        stands: entitled.is_some(),
        choices,
    }))
}

/// Her client still, and still in this unit.
pub(super) async fn still(
    from: &mut From<'_>,
    ctx: &Ctx,
    row: &Row,
    now: Instant,
) -> Result<Option<Entitled>> {
    let person = Id::new(row.person_id.as_str());
    let values = args![&person, &row.inmate_public, now.date(), ctx.lawyers.counts()];
    let client: Option<Client> = from.optional(CLIENT, values).await?;
    let client = client.filter(|client| client.unit_id.as_deref() == Some(row.unit_id.as_str()));
    Ok(client.map(|client| Entitled::own(client, person)))
}

/// Those that nothing stands in the way of; how soon before it begins a time is booked does not bind the unit.
pub(super) async fn choices(
    from: &mut From<'_>,
    row: &Row,
    entitled: &Entitled,
    asked: &Asked,
    now: Instant,
) -> Result<Vec<Session>> {
    let span: (CivilDate, CivilDate) = (now.date(), asked.wish.by.date());
    let facts = load(from, entitled, &row.unit_id, span, 0).await?;
    let values = args![&row.unit_id, span.0, span.1, &entitled.client.inmate_id];
    let rows: Vec<SessionRow> = from.all(ROOMS, values).await?;
    let mut sessions: Vec<Session> = rows.into_iter().map(SessionRow::session).collect::<Result<_>>()?;
    // A unit that lets nobody book so near has a window too; here it decides for itself. Her mandate still ends when it ends.
    let hindered = |session: &Session| {
        let found = counsel_hindrances(session, &facts, now);
        session.date > facts.mandate_to || found.iter().any(|found| *found != Refusal::Window)
    };
    sessions.retain(|s| suits(&asked.wish, s.way, s.starts_at, now) && !hindered(s));
    Ok(sessions)
}

pub const ONE: &str = "SELECT x.id, x.person_id, x.unit_id, i.public_id AS inmate_public, p.name AS lawyer, i.name AS inmate, \
    u.name AS unit_name, u.slug AS unit_slug, x.public_id, x.reason, x.way, x.due_at, x.state, x.refusal, x.asked_at, \
    b.public_id AS booking, (SELECT MAX(q.name) FROM delegation_act a JOIN delegation d ON d.id = a.delegation_id JOIN person q \
    ON q.id = d.delegate_id WHERE a.booking_id = x.id AND a.what = 'urgent_asked') AS delegate FROM urgent_room x JOIN person p ON p.id = x.person_id JOIN inmate i ON i.id = x.inmate_id \
    JOIN unit u ON u.id = x.unit_id LEFT JOIN booking b ON b.id = x.booking_id WHERE x.public_id = $1 \
    AND $2 LIKE '% ' || x.unit_id || ' %'";
