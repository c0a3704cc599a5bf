//! The page itself: who he is and where, what a court has ordered, and what all slices have of him, by month.

use backend::{
    custody::inmates::Inmate,
    inmates::{self, Cursor, Head, Opened},
    visits::clearance::LookReason,
};
use domain::{
    inmates::Part,
    kernel::{CivilDate, Locale, Public},
};
use leptos::prelude::*;

use super::{
    parts::{self, Desk},
    rows, words,
};
use crate::{
    i18n::{dates, inmates as t},
    request, routes,
    ui::{
        Actions, Button, EmptyState, Link, Notice, NoticeKind, PageGrid, PageHead, Pager, PrintButton,
        RadioGroup, Tag, TagKind,
    },
    visits::desk::{reasons, restriction},
};

/// What stands in the address.
struct Asked {
    public: Public<Inmate>,
    reason: LookReason,
    only: Option<Part>,
    /// What is newer has been left behind.
    further: bool,
}

#[component]
pub fn OnePage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let Some(reason) = desk.reason() else { return Ok(Some(opening(desk.l, &public))) };
        let only = desk.page.query("show").and_then(|code| Part::parse(&code));
        let after = desk.page.query("after").and_then(|text| Cursor::parse(&text));
        let further = after.is_some();
        let from = (&after.unwrap_or_else(Cursor::start), desk.l);
        let opened = inmates::open(&desk.ctx, &desk.who, &public, reason, only, from).await?;
        let asked = Asked { public, reason, only, further };
        Ok(opened.map(|opened| shown(&desk, &asked, opened)))
    })
}

/// Before it is opened its reader says why; nothing is read for the question, so it is the same for every address.
fn opening(l: Locale, public: &Public<Inmate>) -> AnyView {
    let path = routes::staff_inmate(public);
    view! {
        <PageGrid>
            <PageHead title=t::opening_title(l) lead=t::opening_lead(l) back=Link::new(routes::STAFF_INMATES, t::title(l))/>
            <form class="form" method="get" action=path>
                <RadioGroup name="reason" legend=t::opening_title(l) legend_hidden=true options=reasons(l)
                    value="handle_case"/>
                <Actions><Button text=t::opening_button(l)/></Actions>
            </form>
        </PageGrid>
    }
    .into_any()
}

fn shown(desk: &Desk, asked: &Asked, opened: Opened) -> AnyView {
    let (l, today) = (desk.l, desk.page.now.date());
    let Opened { head, entries, next } = opened;
    let back = Link::new(routes::STAFF_INMATES, t::title(l));
    let (born, since) = (dates::plain(l, head.birth_date), dates::plain(l, head.since.date()));
    let note = t::note(l, born, &head.unit_name, since);
    let apart = routes::staff_inmate_apart(&asked.public);
    let named = routes::staff_inmate_named(&asked.public);
    let engaged = routes::staff_inmate_appointments(&asked.public);
    let wing = routes::staff_inmate_wing(&asked.public);
    let pager = pager(l, asked, next.as_ref());
    let orders = orders(l, today, &head);
    let entries = match entries.is_empty() {
        true => view! { <EmptyState title=t::empty_title(l) text=t::empty_text(l)/> }.into_any(),
        false => rows::table(desk, asked.reason, entries),
    };
    view! {
        <div class="stack">
            <PageHead title=head.name tab=t::tab(l) note=note back=back/>
            {orders}
            <p class="no-print"><a href=engaged>{t::engaged_link(l)}</a></p>
            <p class="no-print"><a href=named>{t::named_link(l)}</a></p>
            <p class="no-print"><a href=apart>{t::apart_link(l)}</a></p>
            <p class="no-print"><a href=wing>{t::wing_link(l)}</a></p>
            <h2>{t::timeline(l)}</h2>
            {filters(desk, asked)}
            {entries}
            {pager}
            <p class="no-print"><PrintButton text=t::print(l)/></p>
            <p class="small muted">{t::other_units(l)}</p>
        </div>
    }
    .into_any()
}

/// What holds now stands out; what has ended or is to come is told below it.
fn orders(l: Locale, today: CivilDate, head: &Head) -> AnyView {
    if head.restrictions.is_empty() {
        return view! { <p>{t::orders_none(l)}</p> }.into_any();
    }
    let holds = head.restrictions.iter().any(|one| one.from <= today && today <= one.to);
    let kind = if holds { NoticeKind::Now } else { NoticeKind::Info };
    let title = if holds { t::orders_hold(l) } else { t::orders_not_now(l) };
    let lines = head.restrictions.iter().map(|one| {
        let words =
            t::order(l, restriction(l, &one.kind), dates::plain(l, one.from), dates::plain(l, one.to));
        let (state, tag) = match (one.to < today, one.from > today) {
            (true, _) => (t::order_ended(l), TagKind::Plain),
            (_, true) => (t::order_to_come(l), TagKind::Open),
            _ => (t::order_holds(l), TagKind::Warn),
        };
        view! { <li>{words} " " <Tag text=state kind=tag/></li> }
    });
    let lines = lines.collect_view();
    view! { <Notice kind=kind title=title><ul>{lines}</ul></Notice> }.into_any()
}

/// All of it or one part, of those that are the reader's to see.
fn filters(desk: &Desk, asked: &Asked) -> AnyView {
    let l = desk.l;
    let link = |part: Option<Part>, text: String| {
        let here = (asked.only == part).then_some("page");
        let href = routes::staff_inmate_for(&asked.public, asked.reason.code(), part.map(Part::code));
        view! { <a href=href aria-current=here>{text}</a> }
    };
    let parts = Part::of(&desk.who.roles).map(|part| link(Some(part), words::part(l, part))).collect_view();
    let all = link(None, t::show_all(l));
    view! { <nav class="talk-shown no-print" aria-label=t::filters(l)>{all}{parts}</nav> }.into_any()
}

fn pager(l: Locale, asked: &Asked, next: Option<&Cursor>) -> AnyView {
    let here = routes::staff_inmate_for(&asked.public, asked.reason.code(), asked.only.map(Part::code));
    let next = next.map(|next| Link::new(format!("{here}&after={next}"), t::older(l)));
    let first = asked.further.then(|| Link::new(here.clone(), t::newest(l)));
    view! { <Pager label=t::pages(l) previous=first next=next/> }.into_any()
}
