//! Who comes along on a visit that is booked: whoever booked it takes a colleague off, or another one along, and the time stays.

use domain::{
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::{
        booking::{
            Booking, Refusal,
            company::{Changed, changed},
        },
        organisations::OrganisationPerson,
    },
};

use super::{
    super::{
        Entitled, Judged,
        cancel::{RoomRow, found, judged as in_time},
        judge,
    },
    COLLEAGUES, COMPANY, Choices, MOST, Row, judged, leave, put,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    identity::delegates::Acting,
    rules::Rules,
    visits::{
        booking::{TextNews, facts::From, facts::wall, joining},
        sessions::rows::date,
    },
};

/// Each of them once: whoever was named, ended and named again stands by her newest naming.
async fn colleagues(from: &mut From<'_>, entitled: &Entitled) -> Result<Vec<Row>> {
    let Some(it) = &entitled.for_it else { return Ok(vec![]) };
    let rows: Vec<Row> = from.all(COLLEAGUES, args![&it.organisation, &entitled.lawyer]).await?;
    let mut once: Vec<Row> = vec![];
    for row in rows {
        if !once.iter().any(|one| one.person_id == row.person_id) {
            once.push(row);
        }
    }
    Ok(once)
}

/// A room of an organisation that is ahead, by whoever booked it.
async fn hers(
    from: &mut From<'_>,
    ctx: &Ctx,
    acting: &Acting,
    booking: &Public<Booking>,
) -> Result<Option<(Entitled, RoomRow)>> {
    let found = found(from, ctx, acting, booking).await?;
    Ok(found.filter(|(entitled, row)| entitled.for_it.is_some() && row.is_room()))
}

/// Whether nobody has come yet, and it has not begun.
async fn is_ahead(from: &mut From<'_>, row: &RoomRow, now: Instant) -> Result<bool> {
    if in_time(row, now).is_err() {
        return Ok(false);
    }
    let come: Option<(String,)> = from.optional(HAS_COME, args![&row.id]).await?;
    Ok(come.is_none())
}

/// Who can come and who does (`before`), also whoever is named no more. None: it is not hers, or cannot be changed any more.
pub async fn coming(ctx: &Ctx, acting: &Acting, booking: &Public<Booking>) -> Result<Option<Choices>> {
    let (now, mut from) = (ctx.now(), From::Db(&ctx.db));
    let Some((entitled, row)) = hers(&mut from, ctx, acting, booking).await? else { return Ok(None) };
    if !is_ahead(&mut from, &row, now).await? {
        return Ok(None);
    }
    let on = Instant(row.starts_at).date();
    let comes: Vec<(String,)> = from.all(COMPANY, args![&row.id]).await?;
    let rows = colleagues(&mut from, &entitled).await?;
    let people = rows.into_iter().map(|row| row.named(on)).collect::<Result<Vec<_>>>()?;
    let before = people.iter().filter(|one| comes.iter().any(|(person,)| person == one.person.as_str()));
    let before = before.map(|one| one.public.clone()).collect();
    let most = Rules::on(&ctx.db, now.date()).await?.days(MOST)?;
    Ok(Some(Choices { people, before, most }))
}

/// Who came as the page was shown, and who is to come.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub booking: Public<Booking>,
    pub shown: Vec<Public<OrganisationPerson>>,
    pub with: Vec<Public<OrganisationPerson>>,
}

/// Whoever is new has the letter of a booking, whoever is taken off a neutral one. None: it is not hers.
pub async fn change(
    ctx: &Ctx,
    acting: &Acting,
    wanted: Wanted,
) -> Result<Option<std::result::Result<(), Vec<Refusal>>>> {
    ctx.db.write(Change { ctx: ctx.clone(), acting: acting.clone(), wanted }).await
}

struct Change {
    ctx: Ctx,
    acting: Acting,
    wanted: Wanted,
}

impl Command for Change {
    type Out = Option<std::result::Result<(), Vec<Refusal>>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, wanted, now) = (&self.ctx, &self.wanted, self.ctx.now());
        let found = hers(&mut From::Tx(tx), ctx, &self.acting, &wanted.booking).await?;
        let Some((entitled, row)) = found else { return Ok(None) };
        if !is_ahead(&mut From::Tx(tx), &row, now).await? {
            return Ok(Some(Err(vec![Refusal::Started])));
        }
        let rows = colleagues(&mut From::Tx(tx), &entitled).await?;
        let comes: Vec<(String,)> = tx.all(COMPANY, args![&row.id]).await?;
        let comes: Vec<String> = comes.into_iter().map(|(person,)| person).collect();
        let [shown, with] = [&wanted.shown, &wanted.with].map(|all| people(&rows, all));
        let changed = changed(&comes, &shown, &with);
        if !changed.added.is_empty() {
            let found = self.added(tx, (&entitled, &row), (&rows, &comes, &changed)).await?;
            if let Err(refusals) = found {
                return Ok(Some(Err(refusals)));
            }
        }
        self.save(tx, &row, changed).await.map(|()| Some(Ok(())))
    }
}

/// Of each id the person; an id of nobody who could be chosen stands for itself.
fn people(rows: &[Row], all: &[Public<OrganisationPerson>]) -> Vec<String> {
    let person = |public: &Public<OrganisationPerson>| {
        let row = rows.iter().find(|row| row.public_id == public.as_str());
        row.map_or_else(|| public.to_string(), |row| row.person_id.clone())
    };
    all.iter().map(person).collect()
}

type Parts<'a> = (&'a [Row], &'a [String], &'a Changed<String>);

impl Change {
    /// Whether they can all come together. What has come in the way of the visit itself is not asked here: it is booked.
    async fn added(
        &self,
        tx: &mut Tx,
        (entitled, row): (&Entitled, &RoomRow),
        (rows, comes, changed): Parts<'_>,
    ) -> Result<std::result::Result<(), Vec<Refusal>>> {
        let now = self.ctx.now();
        let rules = Rules::within(tx, now.date()).await?;
        let session = Public::parse(&row.session_public).ok_or(Error::Broken("public id"))?;
        let (instead, at) = (Some(row.id.as_str()), (entitled.notice(&rules)?, now));
        let found = judge(&mut From::Tx(tx), entitled, &session, instead, at).await?;
        let Some(Judged { session, refusals, .. }) = found else {
            return Ok(Err(vec![Refusal::SessionGone]));
        };
        if refusals.contains(&Refusal::Window) {
            return Ok(Err(vec![Refusal::Window]));
        }
        let stay = comes.iter().filter(|person| !changed.off.contains(person));
        let together = stay.chain(&changed.added).map(|person| {
            let row = rows.iter().find(|row| row.person_id == *person);
            Public::parse(row.map_or(person.as_str(), |row| row.public_id.as_str()))
                .ok_or(Error::Broken("one of an organisation's people"))
        });
        let together = together.collect::<Result<Vec<_>>>()?;
        let judged = judged(&mut From::Tx(tx), (entitled, instead), (&session, &together), &rules).await?;
        Ok(judged.map(|_| ()))
    }

    async fn save(&self, tx: &mut Tx, row: &RoomRow, changed: Changed<String>) -> Result<()> {
        let (ctx, who) = (&self.ctx, &self.acting.who);
        let (actor, id) = (Actor::Citizen(who.clone()), Id::<Booking>::new(row.id.as_str()));
        for person in &changed.off {
            leave::off(tx, (&row.id, person), (who, ctx.now())).await?;
            joining::tell(ctx, tx, person).await?;
            TextNews::job(ctx, person)?.save(tx).await?;
            let entry = audit::Entry::new(ctx, &actor, "visit_company_off").about("booking", &id);
            entry.detail(format!("without {person}")).save(tx).await?;
        }
        let added: Vec<_> = changed.added.into_iter().map(Id::new).collect();
        put(tx, (ctx, &actor), &id, &added).await?;
        tx.later(joining::LOOK_AGAIN, args![&row.id, Instant(row.starts_at).date()]).await
    }
}

/// A visit on which she does not come along any more, for whoever booked it took her off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    pub date: CivilDate,
    pub start: Clock,
    pub unit_name: String,
    pub at: Instant,
}

#[derive(sqlx::FromRow)]
struct OffRow {
    date: String,
    start_minute: i64,
    unit_name: String,
    left_at: i64,
}

/// None: she was not taken off it, or comes again.
pub async fn off(ctx: &Ctx, who: &Citizen, booking: &Public<Booking>) -> Result<Option<Off>> {
    if who.level < domain::access::Level::High {
        return Ok(None);
    }
    let row: Option<OffRow> = ctx.db.optional(OFF, args![booking, &who.person]).await?;
    row.map(|row| {
        Ok(Off {
            date: date(&row.date)?,
            start: wall(row.start_minute)?,
            unit_name: row.unit_name,
            at: Instant(row.left_at),
        })
    })
    .transpose()
}

pub const HAS_COME: &str =
    "SELECT m.id FROM visit_mark m WHERE m.booking_id = $1 AND m.undone_at IS NULL LIMIT 1";
pub const OFF: &str = "SELECT b.date, s.start_minute, u.name AS unit_name, l.left_at FROM booking b \
    JOIN booking_party_left l ON l.booking_id = b.id JOIN visit_session s ON s.id = b.session_id JOIN unit u ON u.id = b.unit_id \
    WHERE b.public_id = $1 AND l.person_id = $2 AND l.by_id <> l.person_id \
    AND NOT EXISTS (SELECT 1 FROM booking_party d WHERE d.booking_id = b.id AND d.person_id = l.person_id)";
