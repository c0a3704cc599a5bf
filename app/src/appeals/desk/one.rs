//! One appeal: her words, the decision, what has been written about it, and what the reader can do.

use backend::appeals::{self, DeskAppeal, WaitAnswer};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk},
    work::{self, Tried},
};
use crate::{
    appeals::words,
    i18n::{appeals as both, appeals_desk as t, common, dates},
    request, routes,
    ui::{ErrorSummary, Link, Notice, NoticeKind, PageHead, SummaryList, SummaryRow, Tag, TagKind},
};

#[component]
pub fn OnePage() -> impl IntoView {
    let id = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(open) = appeals::opened(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let mut tried = Tried::default();
        for (form, kept) in [
            (forms::TAKE, &mut tried.take),
            (forms::WAIT, &mut tried.wait),
            (forms::FORWARD, &mut tried.forward),
            (forms::CHANGE, &mut tried.change),
            (forms::DECIDE, &mut tried.decide),
        ] {
            *kept = desk.tried(form, &id).await?.unwrap_or_default();
        }
        Ok(Some(shown(&desk, &open, &tried)))
    })
}

fn shown(desk: &Desk, open: &DeskAppeal, tried: &Tried) -> AnyView {
    let (l, appeal) = (desk.l, &open.appeal);
    let title = t::one_title(l, appeal.reference.to_string());
    let tab = tried.tab(l, title.clone());
    let moved = tried.take.is_wrong().then(|| {
        view! { <Notice kind=NoticeKind::Error title=both::wrong_moved_on(l)/> }
    });
    view! {
        <ErrorSummary title=common::error_summary(l) errors=tried.summary(l)/>
        {moved}
        <PageHead title=title tab=tab note=due(desk, open) back=Link::new(routes::STAFF_APPEALS, t::list_title(l))/>
        <div class="case">
            <div class="case-main">
                <h2>{t::one_words(l)}</h2>
                <SummaryList rows=hers(l, open)/>
                <h2>{t::one_decision(l)}</h2>
                <SummaryList rows=words::target(l, &appeal.target)/>
                {statement(l, open)}
                {ruling(l, open)}
            </div>
            <div class="case-side">
                <h2>{t::one_facts(l)}</h2>
                <SummaryList rows=facts(l, open)/>
                {work::work(desk, open, tried)}
            </div>
        </div>
    }
    .into_any()
}

/// By when, or that it is past.
fn due(desk: &Desk, open: &DeskAppeal) -> String {
    let l = desk.l;
    match open.appeal.due_at {
        None => words::state(l, open.appeal.state.code()),
        Some(due) if due < desk.now() => t::due_late(l, dates::plain(l, due.date())),
        Some(due) => t::due_by(l, dates::long_date(l, due.date())),
    }
}

fn hers(l: Locale, open: &DeskAppeal) -> Vec<SummaryRow> {
    let text = |words: &str| {
        let words = words.to_owned();
        view! { <span class="letter-words" dir="auto">{words}</span> }
    };
    let typed = &open.appeal.words;
    let mut rows = vec![SummaryRow::view(t::words_disagree(l), text(&typed.disagree))];
    rows.extend(typed.want.as_ref().map(|want| SummaryRow::view(t::words_want(l), text(want))));
    rows.extend(typed.late_reason.as_ref().map(|why| SummaryRow::view(t::words_late(l), text(why))));
    rows
}

fn facts(l: Locale, open: &DeskAppeal) -> Vec<SummaryRow> {
    let appeal = &open.appeal;
    let sent = dates::date_time_with_year(l, appeal.sent_at);
    let (tag, kind) = match appeal.late {
        true => (t::fact_late(l), TagKind::Warn),
        false => (t::fact_in_time(l), TagKind::Done),
    };
    let until = words::deadline(l, appeal.target.deadline);
    let waits = match &appeal.waits {
        WaitAnswer::NotAsked => t::waits_not_asked(l),
        WaitAnswer::Asked => t::waits_asked(l),
        WaitAnswer::Answered { granted: true, .. } => t::waits_granted(l),
        WaitAnswer::Answered { granted: false, .. } => t::waits_refused(l),
    };
    vec![
        SummaryRow::new(t::fact_who(l), &open.appellant),
        SummaryRow::new(t::fact_unit(l), &appeal.target.unit_name),
        SummaryRow::new(both::subject_label(l), words::subject(l, appeal.target.subject)),
        SummaryRow::new(t::fact_sent(l), sent),
        SummaryRow::view(t::fact_deadline(l), view! { {until}" "<Tag text=tag kind=kind/> }),
        SummaryRow::new(t::fact_state(l), words::state(l, appeal.state.code())),
        SummaryRow::new(t::fact_waits(l), waits),
    ]
}

fn statement(l: Locale, open: &DeskAppeal) -> Option<AnyView> {
    let (at, words) = open.appeal.statement.clone()?;
    let head = t::statement_title(l, dates::plain(l, at.date()));
    Some(view! { <h2>{head}</h2><p class="letter-words" dir="auto">{words}</p> }.into_any())
}

fn ruling(l: Locale, open: &DeskAppeal) -> Option<AnyView> {
    let ruling = open.appeal.ruling.as_ref()?;
    let rows = words::ruling(l, &open.appeal.target, ruling);
    Some(view! { <h2>{t::ruling_title(l)}</h2><SummaryList rows=rows/> }.into_any())
}
