//! What visits hold of a person: what she applied for, as far as it has been told her, and when she came. Whom she visits is
//! told as she typed it; who else comes is somebody else's.

use domain::{
    access::Person,
    kernel::Id,
    visits::clearance::{Answer, Draft, Needs, Whom, draft::KnownBy},
};

use super::clearance::{self, Stage, open_needs, open_number};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
    looks::{About, Look, Row},
};

#[derive(sqlx::FromRow)]
struct ApplicationRow {
    id: String,
    reference: String,
    person_id: String,
    typed_name: String,
    typed_birth: Option<String>,
    typed_number: Option<Vec<u8>>,
    relation: String,
    needs: Vec<u8>,
    locale: String,
    state: String,
    state_at: i64,
    submitted_at: i64,
    unit_name: String,
    subject_key: Vec<u8>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let mut things: Vec<Thing> = begun(&clearance::draft(ctx, who).await?)?.into_iter().collect();
    let rows: Vec<ApplicationRow> = ctx.db.all(APPLICATIONS, args![&who.person]).await?;
    for row in rows {
        things.extend(application(ctx, row).await?);
    }
    things.extend(bookings(ctx, who).await?);
    things.extend(super::assisted::held::held(ctx, who).await?);
    let along: Vec<(String, String, String, Option<i64>)> = ctx.db.all(ALONG, args![&who.person]).await?;
    for (role, date, unit, left) in along {
        let thing = Thing::new(Kind::Along).on(Name::On, date)?.text(Name::Unit, unit);
        things.push(thing.code(Name::Role, Set::Role, role).at(Name::Closed, left));
    }
    let reminded: Vec<(i64,)> = ctx.db.all(REMINDED_ALONG, args![&who.person]).await?;
    things.extend(reminded.into_iter().map(|(at,)| Thing::new(Kind::Reminded).at(Name::At, at)));
    Ok(things)
}

/// Who has looked at her applications, from the inmate's yes on, and at her visits, or at their unit's day.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    let cases = Row::all(ctx.db.all(CASES_SEEN, args![&who.person]).await?, About::Application)?;
    let visits = Row::all(ctx.db.all(VISITS_SEEN, args![&who.person]).await?, About::Visit)?;
    Ok(cases.into_iter().chain(visits).collect())
}

/// What she has answered and not sent; one thing for all answers.
fn begun(draft: &Draft) -> Result<Option<Thing>> {
    let mut thing = Thing::new(Kind::ApplicationDraft);
    for answer in draft.answers() {
        thing = match answer {
            Answer::Whom(Whom { name, known_by: KnownBy::BirthDate(day) }) => {
                thing.text(Name::Whom, name.clone()).on(Name::WhomBorn, day.iso())?
            }
            Answer::Whom(Whom { name, known_by: KnownBy::Number(number) }) => thing
                .text(Name::Whom, name.clone())
                .secret(Name::WhomNumber, Some(number.expose().to_owned())),
            Answer::Relation(relation) => {
                thing.code(Name::Relation, Set::Relation, relation.code().to_owned())
            }
            Answer::Contact(contact) => thing
                .text(Name::Address, contact.email.as_str().to_owned())
                .text(Name::Address, contact.phone.as_str().to_owned()),
            Answer::Children(children) => {
                children.iter().fold(thing, |thing, child| thing.text(Name::For, child.name.clone()))
            }
            Answer::Needs(needs) => with_needs(thing, needs),
            Answer::Police => thing,
        };
    }
    Ok((!thing.facts.is_empty()).then_some(thing))
}

fn with_needs(thing: Thing, needs: &Needs) -> Thing {
    let codes: Vec<&str> = needs.needs.iter().map(|need| need.code()).collect();
    thing
        .codes(Name::Needs, Set::Need, &codes.join(" "))
        .text(Name::Interpreter, needs.interpreter_language.clone())
        .text(Name::Note, needs.note.clone())
}

async fn application(ctx: &Ctx, row: ApplicationRow) -> Result<Vec<Thing>> {
    let stage = Stage::of(&row.state)?;
    let id = Id::new(row.id.as_str());
    let needs = open_needs(ctx, &row.person_id, &row.subject_key, &id, &row.needs)?;
    let number = row.typed_number.as_deref();
    let number =
        number.map(|sealed| open_number(ctx, &row.person_id, &row.subject_key, &id, sealed)).transpose()?;
    // Which unit has it would say where he is; when it moved, whether he has answered.
    let told = matches!(stage, Stage::AwaitingPolice | Stage::AwaitingDecision | Stage::Decided);
    let thing = Thing::new(Kind::Application)
        .reference(&row.reference)
        .text(Name::Whom, row.typed_name)
        .on(Name::WhomBorn, row.typed_birth)?
        .secret(Name::WhomNumber, number)
        .code(Name::Relation, Set::Relation, row.relation)
        .code(Name::Language, Set::Language, row.locale)
        .at(Name::Sent, row.submitted_at)
        .code(Name::State, Set::Stage, stage.code().to_owned())
        .at(Name::StateAt, (stage != Stage::Received).then_some(row.state_at))
        .text(Name::Unit, told.then_some(row.unit_name));
    let mut things = vec![with_needs(thing, &needs)];
    let people: Vec<PersonRow> = ctx.db.all(PEOPLE, args![&row.id]).await?;
    for person in people {
        things.push(
            Thing::new(Kind::Clearance)
                .text(Name::For, person.name)
                .code(Name::Outcome, Set::Clearance, person.outcome)
                .codes(Name::Measures, Set::Measure, &person.measures)
                .on(Name::From, person.valid_from)?
                .on(Name::Until, person.valid_to)?,
        );
    }
    Ok(things)
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    name: String,
    outcome: String,
    measures: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

#[derive(sqlx::FromRow)]
struct BookingRow {
    id: String,
    reference: String,
    kind: String,
    starts_at: i64,
    ends_at: i64,
    state: String,
    booked_at: i64,
    cancelled_at: Option<i64>,
    cancelled_by: Option<String>,
    cancel_reason: Option<String>,
    unit_name: String,
}

async fn bookings(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<BookingRow> = ctx.db.all(BOOKINGS, args![&who.person]).await?;
    let mut things = vec![];
    for row in rows {
        things.push(
            Thing::new(Kind::Booking)
                .reference(&row.reference)
                .text(Name::Unit, row.unit_name)
                .code(Name::VisitKind, Set::VisitKind, row.kind)
                .at(Name::Starts, row.starts_at)
                .at(Name::Ends, row.ends_at)
                .code(Name::State, Set::Booking, row.state)
                .at(Name::Booked, row.booked_at)
                .at(Name::Cancelled, row.cancelled_at)
                .code(Name::CancelledBy, Set::CancelledBy, row.cancelled_by)
                .code(Name::Why, Set::CancelReason, row.cancel_reason),
        );
        let marks: Vec<(String, Option<String>, i64)> = ctx.db.all(MARKS, args![&row.id]).await?;
        things.extend(marks.into_iter().map(|(mark, why, at)| {
            // Which of the two ended it is not hers alone to know.
            let mark = if mark.ends_with("_early") { "early".to_owned() } else { mark };
            let thing = Thing::new(Kind::Mark).code(Name::Mark, Set::Mark, mark).at(Name::At, at);
            thing.code(Name::Why, Set::Denied, why)
        }));
        things.extend(beside(ctx, &row.id, &who.person).await?);
    }
    let drafts: Vec<(String, i64)> = ctx.db.all(BOOKING_DRAFTS, args![&who.person]).await?;
    things.extend(drafts.into_iter().map(|(unit, updated)| {
        Thing::new(Kind::BookingDraft).text(Name::Unit, unit).at(Name::Updated, updated)
    }));
    things.extend(waits(ctx, who).await?);
    things.extend(super::booking::request::held(ctx, who).await?);
    things.extend(super::booking::counsel::bringing::held(ctx, who).await?);
    things.extend(super::booking::counsel::urgent::held(ctx, who).await?);
    things.extend(super::assisted::unreached::held(ctx, who).await?);
    things.extend(super::organisations::held(ctx, who).await?);
    things.extend(super::assisted::handin::held(ctx, who).await?);
    Ok(things)
}

#[derive(sqlx::FromRow)]
struct WaitRow {
    id: String,
    unit_name: String,
    first_day: String,
    last_day: String,
    suits: String,
    created_at: i64,
    ended_at: Option<i64>,
    end_reason: Option<String>,
}

/// What she waits or waited for, each with what was offered.
async fn waits(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<WaitRow> = ctx.db.all(WAITS, args![&who.person]).await?;
    let mut things = vec![];
    for row in rows {
        things.push(
            Thing::new(Kind::Wait)
                .text(Name::Unit, row.unit_name)
                .on(Name::From, row.first_day)?
                .on(Name::Until, row.last_day)?
                .code(Name::Suits, Set::Suits, row.suits)
                .at(Name::Asked, row.created_at)
                .code(Name::State, Set::Wait, row.end_reason.unwrap_or_else(|| "waiting".to_owned()))
                .at(Name::StateAt, row.ended_at),
        );
        let offers: Vec<(i64, i64, i64, String, Option<i64>)> = ctx.db.all(OFFERS, args![&row.id]).await?;
        things.extend(offers.into_iter().map(|(starts, made, until, state, at)| {
            let thing = Thing::new(Kind::Offer).at(Name::Starts, starts).at(Name::Made, made);
            thing.at(Name::Due, until).code(Name::State, Set::Offer, state).at(Name::StateAt, at)
        }));
    }
    Ok(things)
}

/// What was told, sent and moved about one visit.
async fn beside(ctx: &Ctx, booking: &str, who: &Id<Person>) -> Result<Vec<Thing>> {
    let mut things = vec![];
    let delays: Vec<(i64, i64)> = ctx.db.all(DELAYS, args![booking]).await?;
    things.extend(
        delays.into_iter().map(|(minutes, told)| {
            Thing::new(Kind::Delay).number(Name::Minutes, minutes).at(Name::Told, told)
        }),
    );
    let reminded: Vec<(i64,)> = ctx.db.all(REMINDED, args![booking, who]).await?;
    things.extend(reminded.into_iter().map(|(at,)| Thing::new(Kind::Reminded).at(Name::At, at)));
    let moved: Vec<(i64, i64, i64)> = ctx.db.all(MOVED, args![booking]).await?;
    things.extend(moved.into_iter().map(|(starts, ends, at)| {
        Thing::new(Kind::Moved).at(Name::Starts, starts).at(Name::Ends, ends).at(Name::At, at)
    }));
    Ok(things)
}

pub const APPLICATIONS: &str = "SELECT a.id, a.reference, a.person_id, a.typed_name, a.typed_birth, a.typed_number, a.relation, \
    a.needs, a.locale, a.state, a.state_at, a.submitted_at, u.name AS unit_name, k.sealed AS subject_key \
    FROM application a JOIN unit u ON u.id = a.unit_id JOIN subject_key k ON k.subject_id = a.person_id \
    WHERE a.person_id = $1 ORDER BY a.submitted_at DESC, a.id DESC";
/// Herself, and the children whom she named.
pub const PEOPLE: &str = "SELECT p.name, c.outcome, c.measures, c.valid_from, c.valid_to FROM clearance c \
    JOIN person p ON p.id = c.person_id JOIN application a ON a.id = c.application_id WHERE c.application_id = $1 \
    AND (c.person_id = a.person_id OR c.child = 1) ORDER BY c.child, p.sort_name, c.id";
pub const BOOKINGS: &str = "SELECT b.id, b.reference, b.kind, b.starts_at, b.ends_at, b.state, b.booked_at, b.cancelled_at, \
    b.cancelled_by, b.cancel_reason, u.name AS unit_name FROM booking b JOIN unit u ON u.id = b.unit_id \
    WHERE b.person_id = $1 ORDER BY b.starts_at DESC, b.id DESC";
/// What was taken back at the gate was never so.
pub const MARKS: &str = "SELECT kind, reason, at FROM visit_mark WHERE booking_id = $1 AND undone_at IS NULL \
    ORDER BY written_at, id";
pub const DELAYS: &str = "SELECT minutes, told_at FROM visit_delay WHERE booking_id = $1";
pub const REMINDED: &str =
    "SELECT DISTINCT at FROM booking_reminder WHERE booking_id = $1 AND person_id = $2 ORDER BY at";
/// As one who came along.
pub const REMINDED_ALONG: &str = "SELECT DISTINCT r.at FROM booking_reminder r JOIN booking b ON b.id = r.booking_id \
    AND b.person_id <> r.person_id WHERE r.person_id = $1 ORDER BY r.at";
pub const MOVED: &str = "SELECT starts_at, ends_at, at FROM booking_change WHERE booking_id = $1 ORDER BY at";
pub const BOOKING_DRAFTS: &str = "SELECT u.name, d.updated_at FROM booking_draft d JOIN unit u ON u.id = d.unit_id \
    WHERE d.person_id = $1";
pub const WAITS: &str = "SELECT w.id, u.name AS unit_name, w.first_day, w.last_day, w.suits, w.created_at, w.ended_at, \
    w.end_reason FROM visit_wait w JOIN unit u ON u.id = w.unit_id WHERE w.person_id = $1 ORDER BY w.created_at DESC, w.id DESC";
pub const OFFERS: &str = "SELECT s.starts_at, o.made_at, o.answer_by, o.state, o.answered_at FROM visit_offer o \
    JOIN visit_session s ON s.id = o.session_id WHERE o.wait_id = $1 ORDER BY o.made_at DESC, o.id DESC";
/// Visits that somebody else has booked, also those on which she was to come along.
pub const ALONG: &str = "SELECT m.role, b.date, u.name, m.left_at FROM (SELECT p.booking_id, p.role, CAST(NULL AS BIGINT) AS left_at \
    FROM booking_party p WHERE p.person_id = $1 UNION ALL SELECT l.booking_id, 'adult', l.left_at FROM booking_party_left l WHERE l.person_id = $1) m \
    JOIN booking b ON b.id = m.booking_id JOIN unit u ON u.id = b.unit_id WHERE b.person_id <> $1 ORDER BY b.starts_at DESC, b.id DESC";
/// A look at a case by way of a conversation is told with the conversation.
/// Whoever opened the page of him whom she visits has seen her applications too.
pub const CASES_SEEN: &str = "SELECT x.at, x.role, u.name AS unit_name, x.reason FROM (SELECT a.id, a.at, a.role, a.unit_id, \
    a.reason FROM application c JOIN audit a ON a.subject_kind = 'application' AND a.subject_id = c.id AND a.action = 'look' \
    AND a.detail IS NULL WHERE c.person_id = $1 AND c.state IN ('awaiting_police', 'awaiting_decision', 'decided') \
    UNION SELECT a.id, a.at, a.role, a.unit_id, a.reason FROM application c JOIN audit a ON a.subject_kind = 'inmate' \
    AND a.subject_id = c.inmate_id AND a.action = 'look' AND a.at >= c.submitted_at WHERE c.person_id = $1 \
    AND c.state IN ('awaiting_police', 'awaiting_decision', 'decided')) x LEFT JOIN unit u ON u.id = x.unit_id \
    ORDER BY x.at DESC, x.id DESC";
/// A day with two visits of hers is one look.
pub const VISITS_SEEN: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM audit a \
    LEFT JOIN unit u ON u.id = a.unit_id WHERE a.action = 'look' AND ((a.subject_kind = 'booking' AND a.subject_id IN \
    (SELECT b.id FROM booking b WHERE b.person_id = $1)) OR (a.subject_kind = 'visit_request' AND a.subject_id IN \
    (SELECT q.id FROM visit_request q WHERE q.person_id = $1)) OR (a.subject_kind = 'unit' AND EXISTS (SELECT 1 FROM booking b \
    WHERE b.person_id = $1 AND b.unit_id = a.subject_id AND b.booked_at <= a.at AND a.detail = COALESCE((SELECT c.date \
    FROM booking_change c WHERE c.booking_id = b.id AND c.at > a.at ORDER BY c.at LIMIT 1), b.date)))) \
    ORDER BY a.at DESC, a.id DESC";
