//! Inmates' answers taken many on one page: a row each, one day, one post; each row's outcome is told.

use backend::visits::clearance::{self, DeskRow};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    answers_form::{MOST_ANSWERS, row_name},
    fields::{Fields, parts as date_parts},
    forms,
    panel::SaidOn,
    parts::{self, Desk},
};
use crate::{
    i18n::{common, dates, visits_desk as t},
    routes,
    ui::{
        Actions, Button, Cell, Choice, Column, DataTable, EmptyState, ErrorSummary, FieldMessage, Form, Link,
        PageHead, RadioGroup, Row, Tag, TagKind,
    },
};

#[component]
pub fn AnswersPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.is_officer() {
            return Ok(None);
        }
        let mut rows = clearance::desk(&desk.ctx, &desk.who).await?.inmate;
        let full = rows.len() > MOST_ANSWERS;
        rows.truncate(MOST_ANSWERS);
        let kept = desk.tried(forms::ANSWERS).await?;
        Ok(Some(shown(&desk, rows, full, kept)))
    })
}

fn shown(desk: &Desk, rows: Vec<DeskRow>, full: bool, kept: Option<Fields>) -> AnyView {
    let l = desk.l;
    let told = kept.as_ref().and_then(|fields| told(l, fields));
    let fields = kept
        .filter(|f| !f.date("on").year.is_empty())
        .unwrap_or_else(|| Fields::new(date_parts(["on_day", "on_month", "on_year"], desk.today())));
    let tab = fields.is_wrong().then(|| format!("{} {}", common::error_prefix(l), t::answers_title(l)));
    let body = if rows.is_empty() {
        let way_on = Link::new(routes::STAFF, t::list_title(l));
        view! { <EmptyState title=t::answers_empty_title(l) text=t::answers_empty_text(l) link=Some(way_on)/> }
            .into_any()
    } else {
        form(l, rows, full, fields.clone())
    };
    view! {
        <div class="stack">
            <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
            <PageHead title=t::answers_title(l) tab=tab lead=t::answers_lead(l)
                back=Link::new(routes::STAFF, t::list_title(l))/>
            {told}
            {body}
        </div>
    }
    .into_any()
}

fn form(l: Locale, rows: Vec<DeskRow>, full: bool, fields: Fields) -> AnyView {
    let list = rows.into_iter().map(|row| view! { <AnswerRow l=l row=row fields=fields.clone()/> });
    let list = list.collect_view();
    let error = fields.error(l, "answers");
    let described = error.is_some().then_some("answers-error");
    let error = error.map(|words| view! { <FieldMessage id="answers".to_owned() text=words.into()/> });
    view! {
        {full.then(|| view! { <p class="muted">{t::answers_full(l)}</p> })}
        <Form action=forms::action(forms::ANSWERS)>
            <SaidOn l=l legend=t::answers_date(l) hint=t::answers_date_hint(l) fields=fields/>
            <section class="answer-rows" id="answers" aria-labelledby="answers-title"
                aria-describedby=described tabindex="-1">
                <h2 id="answers-title">{t::answers_list(l)}</h2>
                {error}
                {list}
            </section>
            <Actions><Button text=t::answers_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// Yes, no, or not yet. The value carries the version that was seen.
#[component]
fn AnswerRow(l: Locale, row: DeskRow, fields: Fields) -> impl IntoView {
    let value = |word: &str| format!("{word}.{}", row.version);
    let options = vec![
        Choice::new(value("yes"), t::answer_yes(l)),
        Choice::new(value("no"), t::answer_no(l)),
        Choice::new("", t::answers_later(l)),
    ];
    let name = row_name(&row.public);
    // A version that has moved on is chosen again by its word.
    let typed = fields.value(&name);
    let chosen = typed.split_once('.').map(|(word, _)| value(word)).unwrap_or_default();
    let note = t::answers_note(l, &row.reference, dates::short(l, row.since.date()));
    view! {
        <div class="answer-row">
            <RadioGroup name=name hint=note options=options value=chosen
                legend=t::case_title(l, &row.applicant, &row.inmate)/>
        </div>
    }
}

/// What became of each row that was sent.
fn told(l: Locale, fields: &Fields) -> Option<AnyView> {
    let rows: Vec<Row> = fields
        .kept()
        .values
        .iter()
        .filter(|(name, _)| name.starts_with("told-"))
        .map(|(_, told)| told_row(l, told))
        .collect();
    let head = vec![Column::new(t::answers_column_case(l)), Column::new(t::answers_column_outcome(l))];
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack" role="status" aria-labelledby="told">
                <h2 id="told">{t::answers_told(l)}</h2>
                <DataTable caption=t::answers_told_caption(l) head=head rows=rows/>
            </section>
        }
        .into_any()
    })
}

fn told_row(l: Locale, told: &str) -> Row {
    let mut lines = told.split('\n');
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let (word, reference, applicant, inmate) = (next(), next(), next(), next());
    let (words, kind) = match word.as_str() {
        "yes" => (t::answers_yes(l), TagKind::Done),
        "no" => (t::answers_no(l), TagKind::Done),
        "failed" => (t::answers_failed(l), TagKind::Error),
        "hidden" => (t::answers_hidden(l), TagKind::Warn),
        _ => (t::answers_stale(l), TagKind::Warn),
    };
    let case = if applicant.is_empty() { "–".to_owned() } else { t::case_title(l, applicant, inmate) };
    Row::new(vec![Cell::two(case, reference), Cell::view(view! { <Tag text=words kind=kind/> })])
}
