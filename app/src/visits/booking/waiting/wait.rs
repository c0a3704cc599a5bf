//! What she waits for: just put on the list it says what happens next, later how it stands; and the question before she takes
//! it back.

use backend::{
    Result,
    identity::contacts,
    visits::booking::waiting::{self, WaitView},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::waiting::{Wait, WaitEnd},
};
use leptos::prelude::*;

use super::{api::END, words};
use crate::{
    i18n::{dates, visits_waiting as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind,
        PageGrid, PageHead, SummaryList, TrackStep, Tracker,
    },
    visits::{Here, page},
};

#[component]
pub fn WaitPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_waiting", move |here| one(here, public))
}

#[component]
pub fn EndPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_waiting", move |here| ask(here, public))
}

async fn own(here: &Here, public: &str) -> Result<Option<WaitView>> {
    match Public::<Wait>::parse(public) {
        Some(public) => waiting::wait(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let Some(view) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let today = here.page.now.date();
    let over = view.wait.period.is_over(today).then_some(WaitEnd::Over);
    if let Some(why) = view.wait.ended.map(|(why, _)| why).or(over) {
        return Ok(ended(here.locale(), &view, why));
    }
    let known = contacts::load(&here.ctx, &here.who.person).await?;
    let email = known.confirmed_email().map(|address| address.masked());
    Ok(stands(&here, &view, email))
}

fn stands(here: &Here, view: &WaitView, email: Option<String>) -> AnyView {
    let (l, wait) = (here.locale(), &view.wait);
    let title = t::wait_title(l, &wait.inmate_name);
    let (rows, end) = (words::wait_rows(l, view), routes::wait_end(&wait.public));
    let (done, offer) = (done(here), super::list::offer_notice(l, wait));
    let steps = steps(l, view, email);
    view! {
        <PageGrid aside=aside(l)>
            <PageHead title=title tab=t::tab_wait(l) back=Link::new(routes::VISITS, t::back_visits(l))/>
            {done}
            {offer}
            <SummaryList rows=rows/>
            <h2>{t::next_title(l)}</h2>
            <Tracker label=t::next_title(l) steps=steps/>
            <p><a href=end>{t::end_link(l)}</a></p>
        </PageGrid>
    }
    .into_any()
}

/// What she has just done.
fn done(here: &Here) -> Option<AnyView> {
    let l = here.locale();
    let (title, text) = match here.page.query("done")?.as_str() {
        "waiting" => (t::done_waiting(l), t::done_waiting_text(l)),
        "replaced" => (t::done_replaced(l), t::done_replaced_text(l)),
        "declined" => (t::done_declined(l), t::done_declined_text(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title><p>{text}</p></Notice> }.into_any())
}

fn steps(l: Locale, view: &WaitView, email: Option<String>) -> Vec<TrackStep> {
    let told = match email {
        Some(email) => t::next_offer_email(l, email),
        None => t::next_offer_here(l),
    };
    let until = dates::plain(l, view.wait.period.last);
    vec![
        TrackStep::here(t::next_wait(l), t::next_now(l)).text(t::next_wait_text(l)),
        TrackStep::ahead(t::next_offer(l)).text(told),
        TrackStep::ahead(t::next_answer(l)).text(t::next_answer_text(l)),
        TrackStep::ahead(t::next_end(l, until)).text(t::next_end_text(l)),
    ]
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::fair_title(l)><p>{t::fair_text(l)}</p></AsideBlock>
        <AsideBlock title=t::self_title(l)><p>{t::self_text(l)}</p></AsideBlock>
    }
    .into_any()
}

fn ended(l: Locale, view: &WaitView, why: WaitEnd) -> AnyView {
    let (title, text) = words::ended(l, why);
    let kind = if why == WaitEnd::Unanswered { NoticeKind::Warn } else { NoticeKind::Info };
    let (rows, wait) = (words::wait_rows(l, view), &view.wait);
    let href = format!("{}?inmate={}", routes::BOOK, wait.inmate);
    let again = (why != WaitEnd::NoLeave && why != WaitEnd::Booked).then(|| {
        view! { <Actions><LinkButton href=href text=t::again(l) kind=ButtonKind::Secondary/></Actions> }
    });
    let head = t::ended_title(l, &wait.inmate_name);
    view! {
        <PageGrid>
            <PageHead title=head tab=t::tab_wait(l) back=Link::new(routes::VISITS, t::back_visits(l))/>
            <Notice kind=kind title=title><p>{text}</p></Notice>
            <SummaryList rows=rows/>
            {again}
        </PageGrid>
    }
    .into_any()
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(view) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let (l, wait) = (here.locale(), &view.wait);
    let back = routes::wait(&wait.public);
    if wait.ended.is_some() {
        request::redirect(&back);
        return Ok(().into_any());
    }
    let lead = t::end_lead(l, words::between(l, wait));
    let offer = super::list::offer_notice(l, wait);
    let (title, public) = (t::wait_title(l, &wait.inmate_name), wait.public.to_string());
    Ok(view! {
        <PageGrid>
            <PageHead title=t::end_title(l) lead=lead back=Link::new(back.clone(), title)/>
            {offer}
            <Form action=END>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::end_yes(l)/>
                    <LinkButton href=back text=t::end_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
