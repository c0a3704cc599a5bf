//! One visit: just booked it is the receipt, later the page to look at before coming. Cancelled it says by whom,
//! when and why, and leads to a new one.

use backend::{
    Result,
    identity::{contacts, delegates::Acting},
    visits::{
        assisted::{self, Told},
        booking::{self, Video, VisitView},
        clearance::Look,
        gate as at_gate,
    },
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{Booking, CancelRefusal, SessionKind, Way, somebody_comes},
};
use leptos::prelude::*;

use super::{
    along, api,
    before::{self, Before},
    counsel::{self, bringing, free_rooms, right_of},
    joining,
    off::called_off,
    phone,
    receipt::receipt,
    video, words,
};
use crate::{
    i18n::{dates, visits_booking as t, visits_gate},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, IconName, Link, LinkButton, Notice, NoticeKind,
        PageGrid, PageHead, SummaryList, SummaryRow,
    },
    visits::{Here, assist, gate, looks, page},
};

#[component]
pub fn VisitPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_booking", move |here| one(here, public))
}

/// Her own visit behind the public id of an address.
pub(in crate::visits) async fn own(here: &Here, public: &str) -> Result<Option<VisitView>> {
    match Public::<Booking>::parse(public) {
        Some(public) => booking::visit(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let Some(visit) = own(&here, &public).await? else { return along::page(&here, &public).await };
    let booked = here.page.query("done").is_some_and(|done| done == "booked");
    if let Some(cancelled) = visit.visit.cancelled {
        booking::read_off(&here.ctx, &here.who, &visit).await?;
        let first = booking::priority(&here.ctx, &here.who.person, &visit.inmate).await?;
        return Ok(called_off(&here, &visit, cancelled, first));
    }
    let known = contacts::load(&here.ctx, &here.who.person).await?;
    let video = video::of(&here, &visit).await?;
    let brings = bringing::section(&here, &visit, &Acting::from(&here.who)).await?;
    if booked {
        let email = known.confirmed_email().map(|address| address.masked());
        return Ok(receipt(&here, &visit, email, (known.plain_words, video), brings));
    }
    let looks = booking::looks(&here.ctx, &here.who, &visit.visit.public).await?;
    // Before its day the gate has nothing to say, and where nobody comes nothing at all.
    let at_gate = if here.page.now.date() < visit.visit.date || !somebody_comes(visit.kind, visit.way) {
        None
    } else {
        at_gate::mine(&here.ctx, &here.who, &visit.visit.public).await?
    };
    let again = counsel::again(&here, &visit).await?;
    let told = at_gate.and_then(|at| gate::told(words_of_gate(&here), &visit, &at, here.page.now));
    let behalf = assisted::of_visit(&here.ctx, &here.who, &visit.visit.public).await?;
    let beside = Beside { looks, behalf, told, brings, again };
    Ok(later(&here, &visit, (known.plain_words, video), beside))
}

pub(super) fn buttons(here: &Here, visit: &VisitView, kind: ButtonKind, plain: bool) -> AnyView {
    let (l, href) = (here.locale(), routes::booking_calendar(&visit.visit.public));
    let says = if plain { t::calendar_plain(l) } else { t::calendar_neutral(l) };
    view! {
        <Actions>
            <LinkButton href=href text=t::calendar(l) kind=kind icon=IconName::Calendar/>
        </Actions>
        <p class="small muted">{says}</p>
    }
    .into_any()
}

/// The language that the words of the gate have for this reader.
pub(super) fn words_of_gate(here: &Here) -> Locale {
    visits_gate::lang(here.page.locale)
}

/// What the page shows beside the visit itself.
struct Beside {
    looks: Vec<Look>,
    behalf: Vec<Told>,
    /// By the gate.
    told: Option<AnyView>,
    brings: Option<AnyView>,
    again: Option<AnyView>,
}

fn later(here: &Here, visit: &VisitView, (plain, video): (bool, Option<Video>), beside: Beside) -> AnyView {
    let (l, v, now) = (here.locale(), &visit.visit, here.page.now);
    let refused = api::refused(here.page.query("refused")).map(|refusal| {
        let text = refusal_words(l, refusal, visit);
        view! { <Notice kind=NoticeKind::Error title=text/> }
    });
    let pass = match &video {
        Some(video) => video::link(l, video, (now, v.ends_at), &visit.unit_phone),
        None if visit.way == Way::Phone => phone::call(l, visit, now),
        None => (now < v.ends_at && now.date() == v.date).then(|| pass(here, visit)),
    };
    let saved = counsel::others::saved(here, l);
    let Beside { looks, behalf, told, brings, again } = beside;
    let state = state(here, visit, plain, told.is_some());
    let (title, rows, looks) = (t::visit_title(l, &v.inmate_name), facts(l, visit), looks_at(l, &looks));
    let (back, behalf) = (back(l, visit), assist::told::list(here.page.locale, &behalf));
    let aside = aside(here, visit, video.as_ref());
    view! {
        <PageGrid aside=aside>
            <PageHead title=title tab=t::aside_visit(l) back=back/>
            {refused}
            {saved}
            {pass}
            {told}
            <SummaryList rows=rows/>
            {brings}
            {state}
            {again}
            {behalf}
            {looks}
        </PageGrid>
    }
    .into_any()
}

/// What can still be done; once it has begun what the gate has told stands for itself.
fn state(here: &Here, visit: &VisitView, plain: bool, is_told: bool) -> AnyView {
    let (l, v, now) = (here.locale(), &visit.visit, here.page.now);
    if now >= v.starts_at {
        let title = if now >= v.ends_at {
            t::visit_over(l)
        } else {
            t::visit_began(l, &v.unit_name, &visit.unit_phone)
        };
        return (!is_told).then(|| view! { <Notice title=title/> }).into_any();
    }
    let cancel = routes::booking_cancel(&v.public);
    view! {
        {buttons(here, visit, ButtonKind::Secondary, plain)}
        {change(l, visit)}
        {joining::link(l, visit)}
        {counsel::others::link(l, visit)}
        <p><a href=cancel>{t::visit_cancel(l)}</a></p>
    }
    .into_any()
}

/// The row of a booking is written anew only when it is changed or cancelled.
pub(super) fn is_changed(visit: &VisitView) -> bool {
    visit.version > 1
}

pub(super) fn is_counsel(visit: &VisitView) -> bool {
    visit.kind == SessionKind::Lawyer
}

/// A lawyer comes from her clients, others from the organisation they come for.
pub(super) fn back(l: Locale, visit: &VisitView) -> Link {
    if let Some((of, name)) = &visit.organisation {
        return Link::new(routes::my_organisation(of), name.clone());
    }
    if is_counsel(visit) {
        return Link::new(routes::MY_CLIENTS, t::back_clients(l));
    }
    Link::new(routes::VISITS, t::back_visits(l))
}

/// The same steps again, and the visit is kept until the last of them.
fn change(l: Locale, visit: &VisitView) -> AnyView {
    if is_counsel(visit) {
        let href = free_rooms(&right_of(visit), &visit.inmate, Some(&visit.visit.public));
        let link = view! { <LinkButton href=href text=t::change_room(l) kind=ButtonKind::Secondary/> };
        return view! { <Actions>{link}</Actions> }.into_any();
    }
    let (public, version) = (visit.visit.public.to_string(), visit.version.to_string());
    view! {
        <Form action=api::CHANGE>
            <HiddenInput name="public" value=public/>
            <HiddenInput name="version" value=version/>
            <Button text=t::change_visit(l) kind=ButtonKind::Secondary/>
        </Form>
    }
    .into_any()
}

/// On the day it is what she looks for first.
pub(super) fn pass(here: &Here, visit: &VisitView) -> AnyView {
    let (l, href) = (words_of_gate(here), routes::booking_pass(&visit.visit.public));
    view! { <Actions><LinkButton href=href text=visits_gate::pass_link(l)/></Actions> }.into_any()
}

fn looks_at(l: Locale, looks: &[Look]) -> AnyView {
    looks::list(l, t::visit_looks(l), t::visit_looks_none(l), looks)
}

pub(super) fn refusal_words(l: Locale, refusal: CancelRefusal, visit: &VisitView) -> String {
    match refusal {
        CancelRefusal::TooLate => t::visit_began(l, &visit.visit.unit_name, &visit.unit_phone),
        CancelRefusal::Already => t::cancel_already(l),
        CancelRefusal::Stale => t::cancel_stale(l),
    }
}

pub(super) fn facts(l: Locale, visit: &VisitView) -> Vec<SummaryRow> {
    let v = &visit.visit;
    let when =
        format!("{}\n{}", dates::capital(&dates::with_year(l, v.date)), words::from_to(l, v.start, v.end));
    let people: Vec<String> =
        visit.people.iter().map(|(name, born)| words::guest(l, name, *born, true, v.date)).collect();
    let moved = visit.moved_from.filter(|_| v.cancelled.is_none());
    let moved = moved.map(|at| SummaryRow::new(t::fact_moved(l), dates::capital(&dates::date_time(l, at))));
    let rows = vec![
        SummaryRow::new(t::fact_when(l), when),
        SummaryRow::new(t::fact_where(l), format!("{}\n{}", v.unit_name, visit.room)).lang("nb"),
        SummaryRow::new(t::fact_who(l), people.join("\n")),
    ];
    let down = (!visit.stepped_down.is_empty())
        .then(|| SummaryRow::new(t::along_down(l), visit.stepped_down.join("\n")));
    let address = somebody_comes(visit.kind, visit.way)
        .then(|| SummaryRow::new(t::fact_address(l), &visit.unit_address).lang("nb"));
    let rest = [
        SummaryRow::new(t::fact_phone(l), &visit.unit_phone),
        SummaryRow::new(t::fact_reference(l), visit.reference.to_string()),
    ];
    let by = visit.delegate.as_ref().map(|name| SummaryRow::new(t::fact_booked_by(l), name));
    let of = visit.organisation.as_ref().map(|(_, name)| SummaryRow::new(t::fact_for(l), name));
    rows.into_iter().chain(down).chain(of).chain(address).chain(rest).chain(moved).chain(by).collect()
}

pub(super) fn aside(here: &Here, visit: &VisitView, video: Option<&Video>) -> AnyView {
    let l = here.locale();
    if let Some(video) = video {
        return video::aside(l, video, &visit.unit_phone);
    }
    if visit.way == Way::Phone {
        return phone::aside(l, visit);
    }
    before::aside(here, &Before::of(visit, Some(routes::message_about(&visit.visit.public))))
}
