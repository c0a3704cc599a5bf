//! Where an application begins, or goes on: what one needs, how long it takes, who decides.

use backend::{Result, visits::clearance};
use domain::visits::clearance::{Answer, Draft, Step};
use leptos::prelude::*;

use crate::{
    i18n::{paper_form, visits_apply as t, visits_without},
    routes,
    ui::{Actions, AsideBlock, ButtonKind, Link, LinkButton, Notice, NoticeKind, PageGrid, PageHead},
    visits::{Here, page},
};

#[component]
pub fn StartPage() -> impl IntoView {
    page("visits_apply", start)
}

async fn start(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let draft = clearance::draft(&here.ctx, &here.who).await?;
    let way_on = way_on(&here, &draft);
    let aside = view! {
        <AsideBlock title=t::start_where_title(l)><p>{t::start_where_text(l)}</p></AsideBlock>
        <AsideBlock title=t::saved_title(l)><p>{t::saved_text(l)}</p></AsideBlock>
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::start_title(l) lead=t::start_lead(l) back=Link::new(routes::VISITS, t::start_back(l))/>
            {way_on}
            <h2>{t::start_need_title(l)}</h2>
            <ul>
                <li>{t::start_need_whom(l)}</li>
                <li>{t::start_need_contact(l)}</li>
                <li>{t::start_need_children(l)}</li>
            </ul>
            <h2>{t::start_who_title(l)}</h2>
            <p>{t::start_who_text(l)}</p>
            <h2>{t::start_time_title(l)}</h2>
            <p>{t::start_time_text(l)}</p>
            <p><a href=routes::ON_PAPER>{paper_form::link(l)}</a></p>
            <p><a href=routes::WITHOUT_EID>{visits_without::link(l)}</a></p>
        </PageGrid>
    }
    .into_any())
}

/// Begin; or what waits, and the way on to its first unanswered question.
fn way_on(here: &Here, draft: &Draft) -> AnyView {
    let l = here.locale();
    if draft.answers().next().is_none() {
        let first = routes::apply(Step::Whom.code());
        return view! { <Actions><LinkButton href=first text=t::start_begin(l)/></Actions> }.into_any();
    }
    let text = match draft.get(Step::Whom) {
        Some(Answer::Whom(whom)) => t::start_draft_whom(l, &whom.name),
        _ => t::start_draft_text(l),
    };
    let next = routes::apply(draft.next().map_or("check", Step::code));
    view! {
        <Notice kind=NoticeKind::Now title=t::start_draft_title(l)><p>{text}</p></Notice>
        <Actions>
            <LinkButton href=next text=t::start_continue(l)/>
            <LinkButton href=routes::apply("discard") text=t::saved_discard(l) kind=ButtonKind::Quiet/>
        </Actions>
    }
    .into_any()
}
