//! One application: what it asks of her now, where it stands, what was decided, what she sent, who has looked.

use std::future::Future;

use backend::{
    Result,
    appeals::{self, Mine},
    decision::Outcome,
    visits::{
        assisted::{self, Told},
        clearance::{self, Application, Stage, Tracked},
    },
};
use domain::kernel::{CivilDate, Locale, Public};
use leptos::prelude::*;

use super::{anew, decision, looks, track};
use crate::{
    i18n::{dates, visits_mine as t},
    public::NotFound,
    request, routes,
    ui::{Actions, AsideBlock, Button, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid, PageHead},
    visits::{Here, apply, assist, page},
};

/// `more`: what others have to say of the case with this public id, which is hers.
pub(crate) fn case_page<F, R>(more: F) -> impl IntoView
where
    F: FnOnce(Here, String) -> R + Send + 'static,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    let public = request::param("public").unwrap_or_default();
    page("visits_mine", move |here| case(here, public, more))
}

async fn case<F, R>(here: Here, public: String, more: F) -> Result<AnyView>
where
    F: FnOnce(Here, String) -> R + Send + 'static,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    let found = match Public::<Application>::parse(&public) {
        Some(public) => clearance::open(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    Ok(match found {
        Some(case) => {
            let appeals = appeals::mine(&here.ctx, &here.who).await?;
            let more = more(here.clone(), public).await?;
            let told = assisted::of_application(&here.ctx, &here.who, &case.public).await?;
            whole(&here, &case, (&appeals, &told), more)
        }
        None => view! { <NotFound/> }.into_any(),
    })
}

/// Her own application behind the public id of an address.
pub(super) async fn own(here: &Here, public: &str) -> Result<Option<Tracked>> {
    match Public::<Application>::parse(public) {
        Some(public) => clearance::tracked(&here.ctx, &here.who, &public).await,
        None => Ok(None),
    }
}

fn whole(here: &Here, case: &Tracked, (appeals, told): (&[Mine], &[Told]), more: Option<AnyView>) -> AnyView {
    let l = here.locale();
    let note = t::case_reference(l, case.reference.to_string());
    let closed = here.page.query("outcome").is_some_and(|o| o == "closed") && !case.stage.is_open();
    let (title, tab) = (t::case_title(l, &case.inmate_name), t::case_tab(l, &case.reference));
    let decisions = decision::all(l, case, Some(appeals));
    let (now, steps) = (now(here, case), track::steps(l, case));
    let (sent, looks) = (apply::sent(l, case), looks::list(l, case));
    let told = assist::told::list(here.page.locale, told);
    view! {
        <PageGrid aside=aside(l, case)>
            <PageHead title=title tab=tab note=note
                back=Link::new(routes::VISITS, t::case_back(l))/>
            {closed.then(|| view! { <Notice kind=NoticeKind::Error title=t::case_not_withdrawn(l)/> })}
            {now}
            {decisions}
            {steps}
            {more}
            <h2 id="sent">{t::do_sent(l)}</h2>
            {sent}
            {told}
            {looks}
        </PageGrid>
    }
    .into_any()
}

/// What it asks of her now: mostly nothing, and by when she may expect an answer.
fn now(here: &Here, case: &Tracked) -> Option<AnyView> {
    let l = here.locale();
    let running = appeal_days(case).filter(|day| *day >= here.page.now.date()).min();
    let (appeal, answer) = (running.map(|day| appeal(l, day)), answer_by(l, case));
    let stands = match case.stage {
        Stage::Decided => return decided(l, case),
        _ if case.anew => anew::under_way(l, case),
        Stage::NotProcessed => unprocessed(l, case),
        Stage::Withdrawn => view! {
            <Notice title=t::case_withdrawn(l)><p>{t::case_withdrawn_text(l)}</p></Notice>
            {again(l, case)}
        }
        .into_any(),
        // With a deadline running nobody is told to do nothing.
        _ if appeal.is_some() => view! { <Notice title=t::case_rest(l)><p>{answer}</p></Notice> }.into_any(),
        _ => {
            let title = if case.late { t::case_late_title(l) } else { t::case_nothing(l) };
            view! { <Notice title=title><p>{answer}</p></Notice> }.into_any()
        }
    };
    Some(view! { {appeal}{stands} }.into_any())
}

/// The last days to appeal of all that is decided so far.
fn appeal_days(case: &Tracked) -> impl Iterator<Item = CivilDate> {
    let decided = case.people.iter().filter_map(|p| p.decision.as_ref()?.appeal_by);
    decided.chain(case.closed.and_then(|closed| closed.by))
}

fn appeal(l: Locale, by: CivilDate) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Now title=t::case_appeal(l, dates::long_date(l, by))>
            <p><a href="#appeal">{t::appeal_title(l)}</a></p>
        </Notice>
    }
    .into_any()
}

/// What a leave asks of her: to look at where it holds now, or at when it ends.
fn decided(l: Locale, case: &Tracked) -> Option<AnyView> {
    let (carried, ending) = (anew::carried(l, case), ending(l, case));
    (carried.is_some() || ending.is_some()).then(|| view! { {carried}{ending} }.into_any())
}

/// Until when her leave holds, once that is soon, and the way to a new one with what is known.
fn ending(l: Locale, case: &Tracked) -> Option<AnyView> {
    let ends = case.ends.filter(|ends| !ends.renewed)?;
    let day = dates::long_date(l, ends.on);
    let (kind, title, text) = match (ends.given_up, ends.over) {
        (true, _) => (NoticeKind::Done, t::ending_given_up(l), t::ending_given_up_text(l)),
        (false, true) => (NoticeKind::Info, t::ending_over(l, day), t::ending_over_text(l)),
        (false, false) => (NoticeKind::Now, t::ending_soon(l, day), t::ending_soon_text(l)),
    };
    Some(
        view! {
            <Notice kind=kind title=title><p>{text}</p></Notice>
            {again(l, case)}
        }
        .into_any(),
    )
}

/// By when she may expect an answer, and past that whom to call.
fn answer_by(l: Locale, case: &Tracked) -> AnyView {
    let by = dates::day_month(l, case.answer_by);
    if case.late {
        view! { {t::case_late(l, by)}" "<a href=routes::HELP>{t::do_help(l)}</a> }.into_any()
    } else {
        t::case_usual(l, by).into_any()
    }
}

/// One fixed text whatever the cause: what, what next, and how to appeal.
fn unprocessed(l: Locale, case: &Tracked) -> AnyView {
    let deadline = case.closed.map(|closed| match closed.by {
        Some(day) => t::appeal_by(l, closed.days, dates::long_date(l, day)),
        None => t::appeal_days(l, closed.days),
    });
    view! {
        <Notice title=t::closed_title(l)><p>{t::closed_text(l)}</p></Notice>
        <p>{t::closed_next(l)}</p>
        {again(l, case)}
        <h2 id="appeal">{t::appeal_title(l)}</h2>
        <p>{deadline}</p>
        <p>{t::closed_how(l, case.reference.to_string())}</p>
        <p>{t::appeal_help(l)}</p>
    }
    .into_any()
}

/// The same answers as a new draft, to be corrected first.
fn again(l: Locale, case: &Tracked) -> AnyView {
    let public = case.public.to_string();
    let words = if case.ends.is_some() { t::ending_again(l) } else { t::closed_again(l) };
    view! {
        <Form action=apply::action(apply::AGAIN)>
            <HiddenInput name="public" value=public/>
            <Actions><Button text=words/></Actions>
        </Form>
    }
    .into_any()
}

fn aside(l: Locale, case: &Tracked) -> AnyView {
    let link = |href: String, text: String| view! { <li><a href=href>{text}</a></li> };
    let receipt = routes::apply_receipt(&case.public);
    let write = routes::message_about(&case.public);
    let decisions = || case.people.iter().filter_map(|p| p.decision.as_ref());
    let appeal = decisions().any(|d| d.outcome != Outcome::Granted);
    let way = match case.stage {
        stage if stage.is_open() && !case.anew => {
            Some((routes::clearance_withdraw(&case.public), t::do_withdraw(l)))
        }
        Stage::Decided if case.holds => Some((routes::clearance_give_up(&case.public), t::do_give_up(l))),
        Stage::NotProcessed | Stage::Withdrawn if appeal => None,
        Stage::NotProcessed | Stage::Withdrawn => Some((routes::APPLY.to_owned(), t::do_again(l))),
        _ => None,
    };
    view! {
        <AsideBlock title=t::do_title(l)>
            <ul>
                {link("#sent".to_owned(), t::do_sent(l))}
                {link(receipt, t::do_receipt(l))}
                {appeal.then(|| link("#appeal".to_owned(), t::appeal_title(l)))}
                {way.map(|(href, text)| link(href, text))}
                {link(write, t::do_write(l))}
                {link(routes::HELP.to_owned(), t::do_help(l))}
            </ul>
        </AsideBlock>
    }
    .into_any()
}
