//! All of a relative's visits on one page: what she has applied for, newest first, and the way to apply.

use backend::{
    Result,
    visits::clearance::{self, MyApplication},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{dates, visits_mine as t},
    routes,
    ui::{
        Actions, AsideBlock, ButtonKind, EmptyState, Link, LinkButton, LinkRow, LinkRows, Notice, NoticeKind,
        PageGrid, PageHead,
    },
    visits::{Here, booking, page},
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("visits_mine", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let begun = begun(&here).await?;
    let applications = clearance::mine(&here.ctx, &here.who).await?;
    let discarded = begun.is_none() && here.page.query("done").is_some_and(|done| done == "discarded");
    let left = here.page.query("done").is_some_and(|done| done == "stepped_down");
    let aside = view! {
        <AsideBlock title=t::list_how_title(l)>
            <p>{t::list_how_text(l)}</p>
            <a href=routes::HOW>{t::list_how_link(l)}</a>
        </AsideBlock>
    };
    let asked = booking::asking::section(&here).await?;
    let waits = booking::waiting::section(&here).await?;
    let booked = booking::booked(&here).await?;
    let joining = booking::joining::section(&here).await?;
    // One primary button: whoever can book does that first.
    let weight = if booked.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::list_title(l)/>
            {discarded.then(|| view! { <Notice kind=NoticeKind::Done title=t::list_discarded(l)/> })}
            {left.then(|| view! { <Notice kind=NoticeKind::Done title=t::list_stepped_down(l)/> })}
            {asked}
            {waits}
            {booked}
            {joining}
            {section(l, begun, weight, applications)}
        </PageGrid>
    }
    .into_any())
}

fn section(
    l: Locale,
    begun: Option<LinkRow>,
    weight: ButtonKind,
    applications: Vec<MyApplication>,
) -> AnyView {
    let apply = Link::new(routes::APPLY, t::list_apply(l));
    let waits = begun.is_some();
    let rows: Vec<LinkRow> = begun.into_iter().chain(rows(l, applications)).collect();
    if rows.is_empty() {
        return view! {
            <EmptyState title=t::list_empty_title(l) text=t::list_empty_text(l) link=Some(apply)/>
        }
        .into_any();
    }
    let another = (!waits).then(|| {
        view! { <Actions><LinkButton href=apply.href text=apply.text kind=weight/></Actions> }
    });
    view! {
        <h2>{t::list_applications(l)}</h2>
        <LinkRows rows=rows/>
        {another}
    }
    .into_any()
}

/// The application that she has begun and not sent.
pub(in crate::visits) async fn begun(here: &Here) -> Result<Option<LinkRow>> {
    let l = here.locale();
    let begun = clearance::draft(&here.ctx, &here.who).await?.answers().next().is_some();
    Ok(begun.then(|| {
        let draft = LinkRow::new(routes::APPLY, t::list_draft(l)).text(t::list_draft_text(l));
        draft.unread(t::list_draft_waits(l))
    }))
}

pub(in crate::visits) fn rows(l: Locale, applications: Vec<MyApplication>) -> Vec<LinkRow> {
    let row = |a: MyApplication| {
        let state = words::state(l, a.stage, a.granted, a.over);
        let sent = dates::plain(l, a.submitted_at.date());
        // One may apply twice to visit the same person.
        LinkRow::new(routes::clearance(&a.public), a.inmate_name)
            .about(t::case_tab(l, &a.reference))
            .text(t::list_row(l, state, sent, a.reference))
    };
    applications.into_iter().map(row).collect()
}
