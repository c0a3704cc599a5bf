//! Several people of one organisation on one visit (ADR 49). Whoever books chooses the others among those whom the organisation has named
//! and who have opened its page themselves; each is judged as she is. They stand in the party of the booking: day, gate, pass and nightly
//! check know them by it, each has letters of her own, sees the visit and can step down from it. Never: why one of them cannot come along.

mod change;
mod leave;

pub use change::{Off, Wanted, change, coming, off};
pub use leave::leave;

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Public},
    visits::{
        booking::{
            Booking, Event, Refusal, Role, Session, Way,
            company::{Colleague, company_refusals, too_many},
        },
        organisations::OrganisationPerson,
    },
};

use super::{
    Entitled,
    entitled::{apart_of, entitled, visits_of},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    custody::inmates::Inmate,
    db::Tx,
    identity::delegates::Acting,
    rules::Rules,
    visits::{
        booking::{Letter, TextNews, confirm::INSERT_PARTY, facts::From},
        sessions::rows::date,
    },
};

/// How many come for it together at the most.
const MOST: &str = "organisations.people";

/// Somebody of the same organisation, as whoever books sees her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub public: Public<OrganisationPerson>,
    pub person: Id<Person>,
    pub name: String,
    /// For the day of the visit, too.
    pub stands: bool,
}

/// Who can be taken along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Also those who are named no more: that one of them cannot come is told by her name.
    pub people: Vec<Named>,
    /// Those of the visit that this one repeats, or takes the place of.
    pub before: Vec<Public<OrganisationPerson>>,
    /// How many may come, whoever books among them.
    pub most: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    person_id: String,
    name: String,
    /// None: she is named no more.
    named_to: Option<String>,
}

impl Row {
    fn named_to(&self) -> Result<Option<CivilDate>> {
        self.named_to.as_deref().map(date).transpose()
    }

    fn named(self, on: CivilDate) -> Result<Named> {
        Ok(Named {
            stands: self.named_to()?.is_some_and(|last| on <= last),
            public: Public::parse(&self.public_id).ok_or(Error::Broken("one of an organisation's people"))?,
            person: Id::new(self.person_id),
            name: self.name,
        })
    }
}

/// Before she books; `like`: a visit of hers whose company is chosen beforehand. None: nobody can be taken along to this time.
pub async fn choices(
    ctx: &Ctx,
    acting: &Acting,
    inmate: &Public<Inmate>,
    (session, like): (&Session, Option<&Public<Booking>>),
) -> Result<Option<Choices>> {
    let (now, mut from) = (ctx.now(), From::Db(&ctx.db));
    if session.way != Way::Room {
        return Ok(None);
    }
    let Some(found) = entitled(&mut from, ctx, acting, inmate, now).await? else { return Ok(None) };
    let Some(it) = &found.for_it else { return Ok(None) };
    let rows: Vec<Row> = from.all(COLLEAGUES, args![&it.organisation, &found.lawyer]).await?;
    let people: Vec<Named> = rows.into_iter().map(|row| row.named(session.date)).collect::<Result<_>>()?;
    let came: Vec<(String,)> = match like {
        Some(like) => from.all(CAME, args![like, &found.lawyer, &it.organisation]).await?,
        None => vec![],
    };
    let was_there = |one: &Named| came.iter().any(|(person,)| person == one.person.as_str());
    let before = people.iter().filter(|one| one.stands && was_there(one));
    let before = before.map(|one| one.public.clone()).collect();
    let most = Rules::on(&ctx.db, now.date()).await?.days(MOST)?;
    Ok(Some(Choices { people, before, most }))
}

/// For whom, and in place of which booking.
pub(super) type Whose<'a> = (&'a Entitled, Option<&'a str>);

/// Those who come along, or what is wrong with them. To a screen or a telephone nobody is taken along.
pub(super) async fn judged(
    from: &mut From<'_>,
    (entitled, instead): Whose<'_>,
    (session, chosen): (&Session, &[Public<OrganisationPerson>]),
    rules: &Rules,
) -> Result<std::result::Result<Vec<Id<Person>>, Vec<Refusal>>> {
    let Some(it) = &entitled.for_it else { return Ok(Ok(vec![])) };
    if chosen.is_empty() || session.way != Way::Room {
        return Ok(Ok(vec![]));
    }
    let rows: Vec<Row> = from.all(COLLEAGUES, args![&it.organisation, &entitled.lawyer]).await?;
    let (mut others, most) = (colleagues(&rows, chosen)?, rules.days(MOST)?);
    // Of more than may come nothing is read.
    if !too_many(others.len(), most) {
        load(from, (entitled, instead), session, &mut others).await?;
    }
    let refusals = company_refusals(session, &others, most);
    Ok(if refusals.is_empty() {
        Ok(others.into_iter().map(|one| one.person).collect())
    } else {
        Err(refusals)
    })
}

/// Each of them once. An id of nobody who could be chosen is somebody who cannot come.
fn colleagues(rows: &[Row], chosen: &[Public<OrganisationPerson>]) -> Result<Vec<Colleague>> {
    let mut all: Vec<Colleague> = vec![];
    for public in chosen {
        let row = rows.iter().find(|row| row.public_id == public.as_str());
        let person = row.map_or(public.as_str(), |row| row.person_id.as_str());
        if all.iter().any(|one| one.person.as_str() == person) {
            continue;
        }
        let named_to = row.map(Row::named_to).transpose()?.flatten();
        let person = Id::new(person);
        all.push(Colleague { person, named_to, visits: vec![], apart: vec![], parted: false });
    }
    Ok(all)
}

/// What else each of them does that day, and whom she must not meet.
async fn load(
    from: &mut From<'_>,
    (entitled, instead): Whose<'_>,
    session: &Session,
    others: &mut [Colleague],
) -> Result<()> {
    let (client, span) = (&entitled.client, (session.date, session.date));
    let Some(unit) = client.unit_id.as_deref() else { return Ok(()) };
    let all = others.iter().map(|one| one.person.as_str()).chain([entitled.lawyer.as_str()]);
    let all = format!(" {} ", all.collect::<Vec<_>>().join(" "));
    let is_authority = entitled.for_it.as_ref().is_some_and(|it| it.authority);
    for one in others {
        one.visits = visits_of(from, &client.inmate_id, &one.person, span).await?;
        one.visits.retain(|visit| visit.ours && instead.is_none_or(|id| visit.id.as_str() != id));
        one.apart = apart_of(from, (entitled, unit), &one.person, span).await?;
        one.apart.retain(|visit| visit.visitors);
        // Nobody is kept from an authority.
        if !is_authority {
            let found: Option<(String,)> = from.optional(PARTED, args![unit, &one.person, &all]).await?;
            one.parted = found.is_some();
        }
    }
    Ok(())
}

/// They come along: each has a letter of her own.
pub(super) async fn put(
    tx: &mut Tx,
    (ctx, actor): (&Ctx, &Actor),
    booking: &Id<Booking>,
    company: &[Id<Person>],
) -> Result<()> {
    for person in company {
        tx.later(INSERT_PARTY, args![booking, person, Role::Adult.code()]).await?;
        Letter::job(ctx, booking.as_str(), person.as_str(), Event::Booked)?.save(tx).await?;
        let entry = audit::Entry::new(ctx, actor, "visit_company_named").about("booking", booking);
        entry.detail(format!("with {person}")).save(tx).await?;
    }
    Ok(())
}

/// What whoever booked is told, each of them is told; by text too, where there is little time.
pub(in crate::visits) async fn tell(
    ctx: &Ctx,
    tx: &mut Tx,
    booking: &str,
    (event, texts): (Event, bool),
) -> Result<()> {
    let company: Vec<(String,)> = tx.all(COMPANY, args![booking]).await?;
    for (person,) in company {
        Letter::job(ctx, booking, &person, event)?.save(tx).await?;
        if texts {
            TextNews::job(ctx, &person)?.save(tx).await?;
        }
    }
    Ok(())
}

/// Those who have opened its page themselves, but for whoever asks; who is named no more comes last.
pub const COLLEAGUES: &str = "SELECT m.public_id, n.person_id, p.name, CASE WHEN m.ended_at IS NULL THEN m.valid_to END AS named_to \
    FROM organisation_person m JOIN person_number n ON n.hash = m.number_hash JOIN person p ON p.id = n.person_id \
    WHERE m.organisation_id = $1 AND m.opened_at IS NOT NULL AND n.person_id <> $2 \
    ORDER BY CASE WHEN m.ended_at IS NULL THEN 0 ELSE 1 END, p.sort_name, m.id LIMIT 300";
/// The others of a visit that is hers for the same organisation.
pub const CAME: &str = "SELECT d.person_id FROM booking b JOIN booking_party d ON d.booking_id = b.id WHERE b.public_id = $1 \
    AND b.person_id = $2 AND b.organisation_id = $3 AND d.person_id <> b.person_id";
/// Two of the company who must not meet at this unit. `$3`: all of it, with spaces round each.
pub const PARTED: &str = "SELECT s.id FROM visitor_apart s WHERE s.unit_id = $1 AND s.ended_at IS NULL \
    AND ((s.person_a = $2 AND $3 LIKE '% ' || s.person_b || ' %') OR (s.person_b = $2 AND $3 LIKE '% ' || s.person_a || ' %')) LIMIT 1";
pub const COMPANY: &str = "SELECT d.person_id FROM booking b JOIN booking_party d ON d.booking_id = b.id WHERE b.id = $1 \
    AND b.organisation_id IS NOT NULL AND d.person_id <> b.person_id ORDER BY d.person_id";
