//! Her letters with one inmate: how it stands, the one next step, what has passed, and the quiet ways out.

use backend::{
    Result,
    appeals::{self, Mine},
    messages::{
        exchange::{Exchange, Openness},
        live,
        looks::{self, Look},
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::{WISH, WRITE},
    letters::thread,
    parts::{grid, opened, tried_of},
    words,
};
use crate::{
    i18n::{messages_exchange as t, worried},
    identity::here::{Here, page},
    messages::{kept::Kept, live::Live, looks::looks as shown_looks},
    public::NotFound,
    routes,
    ui::{Actions, AsideBlock, Link, LinkButton, LinkRow, LinkRows, Notice, NoticeKind, PageHead},
};

#[component]
pub fn ExchangePage() -> impl IntoView {
    page("messages_exchange", show)
}

async fn show(here: Here) -> Result<AnyView> {
    let Some(exchange) = opened(&here).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let mut told = Kept::default();
    for form in [WRITE, WISH] {
        told = tried_of(&here, form, &exchange.inmate).await?.unwrap_or(told);
    }
    let looks = looks::of_exchange(&here.ctx, &here.who, &exchange.inmate).await?;
    let mark = live::letters(&here.ctx, &here.who, &exchange.inmate).await?.unwrap_or_default();
    let appeals = appeals::mine(&here.ctx, &here.who).await?;
    Ok(whole(&here, &exchange, &appeals, &told, (&looks, mark)))
}

fn whole(
    here: &Here,
    exchange: &Exchange,
    appeals: &[Mine],
    told: &Kept,
    (looks, mark): (&[Look], i64),
) -> AnyView {
    let l = here.locale();
    let back = Link::new(routes::MY_LETTERS, t::list_title(l));
    let aside = exchange.open.as_ref().map(|open| aside(l, open));
    let path = routes::my_letters_of(&exchange.inmate);
    let body = view! {
        <PageHead title=t::show_title(l, &exchange.name) tab=t::tab(l) back=back/>
        {done(l, told)}
        <Live path=path mark=mark title=t::live_title(l) show=t::live_show(l)/>
        {next(l, exchange)}
        <h2>{t::thread_title(l)}</h2>
        {thread(l, &exchange.name, &exchange.letters, appeals, here.page.now)}
        <h2>{t::more_title(l)}</h2>
        <LinkRows rows=more(l, exchange)/>
        {shown_looks(l, looks, exchange.open.is_some())}
    };
    grid(aside, body.into_any())
}

fn done(l: Locale, told: &Kept) -> Option<AnyView> {
    let text = match told.what().as_str() {
        "sent" => t::done_sent(l),
        "discarded" => t::done_discarded(l),
        "open" => t::done_open(l),
        "pause" => t::done_pause(l),
        "block" => t::done_block(l),
        "reported" => t::done_reported(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=text/> }.into_any())
}

/// The one next step; or that there is none, in the same words whatever stands in the way.
fn next(l: Locale, exchange: &Exchange) -> AnyView {
    let again = routes::my_letters_wish(&exchange.inmate, "open");
    let stopped = |title: String| {
        view! {
            <Notice title=title><p>{t::own_text(l)}</p></Notice>
            <Actions><LinkButton href=again text=t::own_again(l)/></Actions>
        }
        .into_any()
    };
    match (exchange.own_side.as_str(), &exchange.open) {
        ("paused", _) => stopped(t::own_paused(l)),
        ("blocked", _) => stopped(t::own_blocked(l)),
        (_, Some(open)) => write(l, exchange, open),
        (_, None) => closed(l, exchange),
    }
}

fn closed(l: Locale, exchange: &Exchange) -> AnyView {
    let kept = exchange.draft.as_ref().map(|_| {
        let href = routes::my_letter_new(&exchange.inmate);
        view! { <p><a href=href>{t::closed_draft(l)}</a></p> }
    });
    view! {
        <Notice title=t::closed_title(l, &exchange.name)>
            <p>{t::closed_text(l)}</p>
            {kept}
            <p><a href=routes::UNITS>{t::closed_units(l)}</a></p>
        </Notice>
    }
    .into_any()
}

fn write(l: Locale, exchange: &Exchange, open: &Openness) -> AnyView {
    if open.left_this_week == 0 {
        let title = t::week_full(l, open.bounds.per_week);
        return view! { <Notice title=title><p>{t::week_full_text(l)}</p></Notice> }.into_any();
    }
    let text = if exchange.draft.is_some() { t::write_go_on(l) } else { t::write_link(l) };
    let href = routes::my_letter_new(&exchange.inmate);
    view! {
        <Actions><LinkButton href=href text=text/></Actions>
        <p class="muted">{t::week_left(l, open.left_this_week)}</p>
    }
    .into_any()
}

/// Who reads it on the way, and when.
pub(super) fn aside(l: Locale, open: &Openness) -> AnyView {
    let norwegian = open.norwegian_only.then(|| view! { <p>{t::norwegian_only(l)}</p> });
    let (title, text) = if open.controlled {
        (t::control_title(l), t::control_text(l, &open.unit_name))
    } else {
        (t::control_none_title(l), t::control_none_text(l))
    };
    let urgent = t::urgent_text(l, &open.bounds.duty_phone);
    let reads = open.controlled.then(|| view! { <p>{words::reads(l, &open.bounds)}</p> });
    view! {
        <AsideBlock title=title>
            <p>{text}</p>
            {reads}
            {norwegian}
        </AsideBlock>
        <AsideBlock title=t::urgent_title(l)>
            <p>{urgent}</p>
            <p><a href=routes::WORRIED>{worried::link(l)}</a></p>
        </AsideBlock>
    }
    .into_any()
}

fn more(l: Locale, exchange: &Exchange) -> Vec<LinkRow> {
    let inmate = &exchange.inmate;
    let wish = |wish: &str, title: String, text: String| {
        LinkRow::new(routes::my_letters_wish(inmate, wish), title).text(text)
    };
    let mut rows = vec![];
    if exchange.own_side == "open" {
        rows.push(wish("pause", t::more_pause(l), t::more_pause_text(l)));
    }
    if exchange.own_side != "blocked" {
        rows.push(wish("block", t::more_block(l), t::more_block_text(l)));
    }
    let report = LinkRow::new(routes::my_letters_report(inmate), t::more_report(l));
    rows.push(report.text(t::more_report_text(l)));
    if !exchange.letters.is_empty() {
        rows.push(
            LinkRow::new(routes::my_letters_paper(inmate), t::more_paper(l)).text(t::more_paper_text(l)),
        );
    }
    rows
}
