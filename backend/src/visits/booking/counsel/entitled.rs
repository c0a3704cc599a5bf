//! For whom somebody may book a room, by which right, and all that decides about it.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{CounselFacts, HeldFor, Visit, apart::ApartVisit},
};

use super::super::facts::{From, OrderRow, PRESENT, VisitRow, order, visit};
use crate::{
    Result, args,
    ctx::Ctx,
    custody::inmates::Inmate,
    identity::{
        delegates::{Acting, ClientRow, DELEGATED, DelegationMark, Right, delegated},
        mandates::{CLIENT, Client, asked},
    },
    rules::Rules,
    visits::{
        appointments::{self, EngagedRow, OF_INMATE},
        organisations::{ENTITLED, EntitledRow, ForIt, entitling},
        sessions::rows::{BLOCKED, BlockedRow, RULES, RuleRow, date},
    },
};

/// For which client, who comes, under which delegation or for which organisation.
pub(super) struct Entitled {
    pub client: Client,
    pub lawyer: Id<Person>,
    pub under: Option<Id<DelegationMark>>,
    pub for_it: Option<ForIt>,
}

impl Entitled {
    /// For the trail, whose actor is the delegate: for whom.
    pub fn for_her(&self) -> String {
        format!("for {}", self.lawyer)
    }

    /// A lawyer, for a client of her own.
    pub fn own(client: Client, lawyer: Id<Person>) -> Self {
        Self { client, lawyer, under: None, for_it: None }
    }

    pub fn notice(&self, rules: &Rules) -> Result<i64> {
        rules.days(match self.for_it {
            None => "visits.counsel_notice_minutes",
            Some(_) => "organisations.notice_minutes",
        })
    }
}

pub(super) async fn entitled(
    from: &mut From<'_>,
    ctx: &Ctx,
    acting: &Acting,
    inmate: &Public<Inmate>,
    now: Instant,
) -> Result<Option<Entitled>> {
    let who = &acting.who;
    match &acting.right {
        Right::Own => {
            let Some(values) = asked(ctx, who, inmate, now) else { return Ok(None) };
            let client: Option<Client> = from.optional(CLIENT, values).await?;
            Ok(client.map(|client| Entitled::own(client, who.person.clone())))
        }
        Right::Delegated(delegation) => {
            let Some(values) = delegated(ctx, who, delegation, inmate, now) else { return Ok(None) };
            let row: Option<ClientRow> = from.optional(DELEGATED, values).await?;
            Ok(row.map(|row| {
                let (client, lawyer, under) = row.parts();
                Entitled { client, lawyer, under: Some(under), for_it: None }
            }))
        }
        Right::Organisation(of) => {
            let Some(values) = entitling(who, of, Some(inmate), now) else { return Ok(None) };
            let row: Option<EntitledRow> = from.optional(ENTITLED, values).await?;
            let Some((client, for_it)) = row.map(EntitledRow::parts).transpose()? else { return Ok(None) };
            Ok(Some(Entitled { client, lawyer: who.person.clone(), under: None, for_it: Some(for_it) }))
        }
    }
}

/// On these days, both ends included.
pub(super) async fn load(
    from: &mut From<'_>,
    entitled: &Entitled,
    unit: &str,
    (first, last): (CivilDate, CivilDate),
    notice_minutes: i64,
) -> Result<CounselFacts> {
    let (client, who) = (&entitled.client, &entitled.lawyer);
    let rules: Vec<RuleRow> = from.all(RULES, args![unit]).await?;
    let blocked: Vec<BlockedRow> = from.all(BLOCKED, args![unit, first, last]).await?;
    let visits = visits_of(from, &client.inmate_id, who, (first, last)).await?;
    let engaged: Vec<EngagedRow> = from.all(OF_INMATE, args![&client.inmate_id, first]).await?;
    let present: Option<(Option<i64>,)> = from.optional(PRESENT, args![&client.inmate_id, unit]).await?;
    let orders: Vec<OrderRow> = match &entitled.for_it {
        None => vec![],
        Some(it) => from.all(ORDERS, args![&client.inmate_id, first, it.authority]).await?,
    };
    Ok(CounselFacts {
        apart: apart_of(from, (entitled, unit), who, (first, last)).await?,
        orders: orders.iter().map(order).collect::<Result<_>>()?,
        held_for: if entitled.for_it.is_some() { HeldFor::Organisation } else { HeldFor::Counsel },
        rules: rules.into_iter().map(RuleRow::rules).collect::<Result<_>>()?,
        blocked: blocked.into_iter().map(BlockedRow::blocked).collect::<Result<_>>()?,
        visits,
        engaged: appointments::all_of(engaged)?,
        present: present.is_some(),
        leaves_at: present.and_then(|(leaves,)| leaves).map(Instant),
        mandate_to: date(&client.valid_to)?,
        notice_minutes,
    })
}

/// His visits on these days, and hers.
pub(super) async fn visits_of(
    from: &mut From<'_>,
    inmate: &str,
    who: &Id<Person>,
    (first, last): (CivilDate, CivilDate),
) -> Result<Vec<Visit>> {
    let rows: Vec<VisitRow> = from.all(OF_THE_TWO, args![inmate, who, first, last]).await?;
    rows.into_iter().map(visit).collect()
}

/// Visits of those whom he or she must not meet, as far as that is in her way.
pub(super) async fn apart_of(
    from: &mut From<'_>,
    (entitled, unit): (&Entitled, &str),
    who: &Id<Person>,
    (first, last): (CivilDate, CivilDate),
) -> Result<Vec<ApartVisit>> {
    if entitled.for_it.as_ref().is_none_or(|it| it.authority) {
        return Ok(vec![]);
    }
    let values = args![&entitled.client.inmate_id, unit, first, last, who];
    let rows: Vec<ApartRow> = from.all(APART, values).await?;
    Ok(rows.into_iter().map(ApartRow::visit).collect())
}

/// Two halves, each by an index of its own, as for relatives.
pub const OF_THE_TWO: &str = "SELECT b.id, CAST(CASE WHEN EXISTS (SELECT 1 FROM booking_party p WHERE p.booking_id = b.id \
    AND p.person_id = $2) THEN 1 ELSE 0 END AS BIGINT) AS ours, CAST(1 AS BIGINT) AS same_inmate, b.kind, b.date, \
    b.starts_at, b.ends_at FROM booking b WHERE b.state = 'booked' AND b.inmate_id = $1 AND b.date BETWEEN $3 AND $4 \
    UNION SELECT b.id, CAST(1 AS BIGINT) AS ours, CAST(CASE WHEN b.inmate_id = $1 THEN 1 ELSE 0 END AS BIGINT) \
    AS same_inmate, b.kind, b.date, b.starts_at, b.ends_at FROM booking_party p JOIN booking b ON b.id = p.booking_id \
    WHERE p.person_id = $2 AND b.state = 'booked' AND b.date BETWEEN $3 AND $4 ORDER BY starts_at, id";
/// A visit of somebody from whom he, or she, is kept apart.
#[derive(sqlx::FromRow)]
struct ApartRow {
    starts_at: i64,
    ends_at: i64,
    minutes: i64,
    visitors: i64,
}

impl ApartRow {
    fn visit(self) -> ApartVisit {
        let (starts_at, ends_at) = (Instant(self.starts_at), Instant(self.ends_at));
        ApartVisit { starts_at, ends_at, minutes: self.minutes, visitors: self.visitors == 1 }
    }
}

/// Of his unit on these days, as for relatives: neither a lawyer nor an authority is kept from him by it (ADR 37).
pub const APART: &str = "SELECT d.starts_at, d.ends_at, d.visitors, (SELECT CAST(z.value AS BIGINT) FROM rule z \
    WHERE z.key = 'booking.apart_minutes' AND z.valid_from <= $3 ORDER BY z.valid_from DESC LIMIT 1) AS minutes FROM (\
    SELECT y.id, y.starts_at, y.ends_at, CAST(0 AS BIGINT) AS visitors FROM (SELECT s.inmate_b AS other FROM kept_apart s \
    WHERE s.inmate_a = $1 AND s.ended_at IS NULL UNION SELECT s.inmate_a FROM kept_apart s WHERE s.inmate_b = $1 AND s.ended_at IS NULL) x \
    CROSS JOIN booking y WHERE y.inmate_id = x.other AND y.state = 'booked' AND y.date BETWEEN $3 AND $4 AND y.unit_id = $2 \
    UNION SELECT y.id, y.starts_at, y.ends_at, CAST(1 AS BIGINT) FROM (SELECT s.person_b AS other FROM visitor_apart s \
    WHERE s.person_a = $5 AND s.unit_id = $2 AND s.ended_at IS NULL UNION SELECT s.person_a FROM visitor_apart s WHERE s.person_b = $5 \
    AND s.unit_id = $2 AND s.ended_at IS NULL) x CROSS JOIN booking_party g CROSS JOIN booking y JOIN visit_session e ON e.id = y.session_id AND e.way = 'room' \
    AND e.kind <> 'video' WHERE g.person_id = x.other AND y.id = g.booking_id AND y.state = 'booked' AND y.date BETWEEN $3 AND $4 \
    AND y.unit_id = $2) d";
/// Of an authority those alone that the order says hold for authorities too.
pub const ORDERS: &str = "SELECT kind, valid_from, valid_to FROM restriction WHERE inmate_id = $1 AND valid_to >= $2 \
    AND kind IN ('visit_ban', 'visit_control', 'isolation') AND (CAST($3 AS BIGINT) = 0 OR authorities = 1) ORDER BY id";
