//! Somebody of the demo who has no eID: she rang, her application was taken down and decided by another officer, and a visit is
//! booked for her. A second one has only just sent his application on paper.

use domain::{
    access::{Channel, Role, Unit},
    kernel::{Id, Locale},
    visits::{
        assisted::{ApplyForm, AskedForm, RegisterForm},
        booking::Offer,
        clearance::{
            Decided, PoliceOutcome,
            forms::{RelationForm, WhomForm},
        },
    },
};

use super::{
    officer::{named, officer},
    relatives::days_ago,
};
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    visits::{
        assisted::{self, Contact},
        clearance::{self, LookReason},
    },
};

const HELPER: &str = "Torill Bakkeli";
/// Birth days of the two; nobody else of the demo has their names.
const RANG: (&str, [&str; 3]) = ("Gudny Myrtust", ["5", "3", "1941"]);
const WROTE: (&str, [&str; 3]) = ("Oddvar Myrtust", ["17", "9", "1938"]);

#[derive(sqlx::FromRow)]
struct Where {
    name: String,
    birth_date: String,
    unit_id: String,
    unit_name: String,
}

/// Once: where there is a contact, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (known,): (i64,) = ctx.db.one(CONTACTS, vec![]).await?;
    let inmate: Option<Where> = ctx.db.optional(INMATE, args!["lyngmo"]).await?;
    let Some(inmate) = inmate.filter(|_| known == 0) else { return Ok(()) };
    let staff = |id, name: &str| Staff {
        session: Id::new("demo"),
        staff: id,
        name: name.to_owned(),
        roles: vec![Role::CaseOfficer],
        units: vec![Id::<Unit>::new(inmate.unit_id.as_str())],
        unit_name: inmate.unit_name.clone(),
    };
    let helper = staff(named(ctx, HELPER).await?, HELPER);
    let decides = staff(officer(ctx).await?, super::officer::OFFICER_NAME);
    granted(ctx, &helper, &decides, &inmate).await?;
    let then = days_ago(ctx, 2);
    if let Some(contact) = contact(&then, &helper, WROTE, Channel::Paper).await? {
        let _ = assisted::file(&then, &contact, &form(&then, &inmate)).await?;
    }
    Ok(())
}

/// From the call to the leave, and the visit that she asked for in a second call.
async fn granted(ctx: &Ctx, helper: &Staff, decides: &Staff, inmate: &Where) -> Result<()> {
    let then = days_ago(ctx, 30);
    let Some(rang) = contact(&then, helper, RANG, Channel::Phone).await? else { return Ok(()) };
    let Ok(case) = assisted::file(&then, &rang, &form(&then, inmate)).await? else { return Ok(()) };
    let then = days_ago(ctx, 20);
    let on = then.now().date();
    let _ = clearance::inmate_answer(&then, decides, &case, 1, true, on).await?;
    let _ = clearance::police_answer(&then, decides, &case, 2, PoliceOutcome::NoRemark, on).await?;
    let _ = clearance::identity_checked(&then, decides, &case, 3).await?;
    if let Some(open) = clearance::case(&then, decides, &case, LookReason::HandleCase).await? {
        let who: Vec<_> = open.people.iter().map(|p| p.clearance.clone()).collect();
        let yes = Decided::Granted { measures: vec![], reason: None, valid_to: on.plus_days(365) };
        let _ = clearance::decide(&then, decides, &case, open.version, &who, &yes, Locale::Nb).await?;
    }
    book(&days_ago(ctx, 1), helper).await
}

/// The last free time of the window, so that the days at hand stay as they are.
async fn book(then: &Ctx, helper: &Staff) -> Result<()> {
    let Some(found) = assisted::find(then, helper, RANG.0).await?.and_then(|all| all.into_iter().next())
    else {
        return Ok(());
    };
    let Ok(id) = assisted::open(then, helper, &found.public, &asked(then, Channel::Phone)).await? else {
        return Ok(());
    };
    let Some(contact) = assisted::contact(then, helper, &id).await? else { return Ok(()) };
    let Some(one) = assisted::bookable(then, &contact).await?.into_iter().find(|one| one.open) else {
        return Ok(());
    };
    let own = one.people.iter().filter(|p| p.own).map(|p| p.public.clone()).collect();
    let _ = assisted::choose_party(then, &contact, one.inmate, own).await?;
    let Some(free) = assisted::available(then, &contact).await? else { return Ok(()) };
    let last = free.days.into_iter().rev().find_map(|day| match day.offer {
        Offer::Free(sessions) => sessions.into_iter().next(),
        Offer::None(_) => None,
    });
    if let Some(session) = last {
        let _ = assisted::take(then, &contact, session.public).await?;
    }
    Ok(())
}

fn asked(ctx: &Ctx, channel: Channel) -> AskedForm {
    let key = ctx.chance.public::<()>().to_string();
    AskedForm { key, channel: channel.code().into(), impartial: "yes".into() }
}

async fn contact(
    then: &Ctx,
    helper: &Staff,
    (name, [day, month, year]): (&str, [&str; 3]),
    channel: Channel,
) -> Result<Option<Contact>> {
    let who = WhomForm {
        name: name.into(),
        birth_day: day.into(),
        birth_month: month.into(),
        birth_year: year.into(),
        number: String::new(),
    };
    let form = RegisterForm { who, phone: "+4700000199".into(), asked: asked(then, channel) };
    match assisted::register(then, helper, &form).await? {
        Ok(id) => assisted::contact(then, helper, &id).await,
        Err(_) => Ok(None),
    }
}

fn form(ctx: &Ctx, inmate: &Where) -> ApplyForm {
    let mut born = inmate.birth_date.split('-').map(str::to_owned);
    let [birth_year, birth_month, birth_day] =
        [born.next(), born.next(), born.next()].map(Option::unwrap_or_default);
    ApplyForm {
        key: ctx.chance.public::<()>().to_string(),
        whom: WhomForm {
            name: inmate.name.clone(),
            birth_day,
            birth_month,
            birth_year,
            number: String::new(),
        },
        relation: RelationForm { relation: "parent".into() },
        told: "yes".into(),
        locale: "nb".into(),
        ..ApplyForm::default()
    }
}

pub const CONTACTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM assist_contact";
pub const INMATE: &str = "SELECT i.name, i.birth_date, p.unit_id, u.name AS unit_name FROM inmate i \
    JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id \
    WHERE u.slug = $1 ORDER BY i.id DESC LIMIT 1";
