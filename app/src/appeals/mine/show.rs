//! One appeal: where it stands, what was answered and decided, what she wrote, against what, and who has looked at it.

use backend::{
    Result,
    appeals::{Appeal, WaitAnswer},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    parts::{self, named, own},
    steps::steps,
};
use crate::{
    appeals::words,
    i18n::{appeals_mine as t, dates},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{
        AsideBlock, Cell, Column, DataTable, Link, Notice, NoticeKind, PageGrid, PageHead, Row, SummaryList,
    },
};

#[component]
pub fn ShowPage() -> impl IntoView {
    let public = named();
    page("appeals_mine", move |here| show(here, public))
}

async fn show(here: Here, public: String) -> Result<AnyView> {
    let Some(appeal) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(&here, &appeal))
}

fn whole(here: &Here, appeal: &Appeal) -> AnyView {
    let l = here.locale();
    let title = t::show_title(l, words::subject(l, appeal.target.subject));
    let tab = t::show_tab(l, appeal.reference.to_string());
    let note = t::show_reference(l, appeal.reference.to_string());
    let (decided, steps, looks) = (decided(l, appeal), steps(l, appeal), looks(l, appeal));
    let (waits, statement) = (waits(l, appeal), statement(l, appeal));
    let (hers, target) = (parts::words(l, appeal), words::target(l, &appeal.target));
    view! {
        <PageGrid aside=aside(l, appeal)>
            <PageHead title=title tab=tab note=note back=Link::new(routes::MY_APPEALS, t::list_title(l))/>
            {decided}
            {steps}
            {waits}
            {statement}
            <h2>{t::show_words(l)}</h2>
            <SummaryList rows=hers/>
            <h2>{t::show_decision(l)}</h2>
            <SummaryList rows=target/>
            {looks}
        </PageGrid>
    }
    .into_any()
}

/// What came of it and what it means; if it helped her, that costs may be claimed (forvaltningsloven § 36).
pub(super) fn decided(l: Locale, appeal: &Appeal) -> Option<AnyView> {
    let ruling = appeal.ruling.as_ref()?;
    let costs = ruling.outcome.reopens().then(|| view! { <p>{t::costs(l)}</p> });
    Some(
        view! {
            <section class="section-rule stack">
                <h2>{t::decided_title(l)}</h2>
                <p><strong>{words::outcome_means(l, ruling.outcome)}</strong></p>
                <SummaryList rows=words::ruling(l, &appeal.target, ruling)/>
                {costs}
            </section>
        }
        .into_any(),
    )
}

/// Whether the decision waits for the appeal, once it was asked.
pub(super) fn waits(l: Locale, appeal: &Appeal) -> Option<AnyView> {
    let (kind, title, why) = match &appeal.waits {
        WaitAnswer::NotAsked => return None,
        WaitAnswer::Asked if !appeal.state.is_open() => return None,
        WaitAnswer::Asked => (NoticeKind::Info, t::waits_asked(l), None),
        WaitAnswer::Answered { granted: true, why, .. } => {
            (NoticeKind::Info, t::waits_granted(l), why.clone())
        }
        WaitAnswer::Answered { granted: false, why, .. } => {
            (NoticeKind::Info, t::waits_refused(l), why.clone())
        }
    };
    let why = why.map(|why| view! { <p dir="auto">{why}</p> });
    Some(view! { <Notice kind=kind title=title>{why}</Notice> }.into_any())
}

/// What the prison wrote when it stood by its decision.
pub(super) fn statement(l: Locale, appeal: &Appeal) -> Option<AnyView> {
    let (at, words) = appeal.statement.clone()?;
    let head = t::statement_title(l, &appeal.target.unit_name, dates::plain(l, at.date()));
    Some(view! { <h2>{head}</h2><p class="letter-words" dir="auto">{words}</p> }.into_any())
}

fn aside(l: Locale, appeal: &Appeal) -> AnyView {
    let link = |href: String, text: String| view! { <li><a href=href>{text}</a></li> };
    let withdraw =
        appeal.state.is_open().then(|| link(routes::my_appeal_withdraw(&appeal.public), t::withdraw_link(l)));
    let receipt = link(routes::my_appeal_receipt(&appeal.public), t::receipt_link(l));
    let paper = link(routes::my_appeal_paper(&appeal.public), t::paper_link(l));
    view! {
        <AsideBlock title=t::do_title(l)>
            <ul>
                {receipt}
                {paper}
                {withdraw}
                {link(routes::MESSAGES_NEW.to_owned(), t::ask_link(l))}
            </ul>
        </AsideBlock>
    }
    .into_any()
}

/// Role, unit and time; never a name.
fn looks(l: Locale, appeal: &Appeal) -> AnyView {
    if appeal.looks.is_empty() {
        return view! { <h2>{t::looks_title(l)}</h2><p>{t::looks_nobody(l)}</p> }.into_any();
    }
    let head = vec![Column::new(t::looks_when(l)), Column::new(t::looks_who(l))];
    let rows = appeal.looks.iter().map(|look| {
        let who = t::looks_row(l, words::role(l, look.role), &look.unit_name);
        Row::new(vec![Cell::text(dates::date_time_with_year(l, look.at)), Cell::text(who)])
    });
    let rows: Vec<Row> = rows.collect();
    view! { <h2>{t::looks_title(l)}</h2><DataTable caption=t::looks_title(l) head=head rows=rows/> }
        .into_any()
}
