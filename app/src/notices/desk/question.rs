//! Is it of significance to her? The facts at the left, the answer and its reason at the right.

use backend::notices::{
    MatterRow,
    desk::{self, QuestionView},
};
use domain::{kernel::Locale, notices::Answer};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, Desk, action},
    words,
};
use crate::{
    i18n::{common, notices_desk as t, notices_duty as d},
    routes,
    ui::{
        Actions, Button, Checkbox, Choice, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind,
        PageHead, Panel, RadioGroup, SummaryList, SummaryRow, TextArea,
    },
};

#[component]
pub fn QuestionPage() -> impl IntoView {
    let id = parts::named::<MatterRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(question) = desk::question(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let fields = desk.tried_of(forms::ANSWER, &id).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &question, fields)))
    })
}

fn shown(desk: &Desk, question: &QuestionView, fields: Fields) -> AnyView {
    let l = desk.l;
    let home = desk.home();
    let back = if home == routes::STAFF_DUTY { d::list_title(l) } else { t::list_title(l) };
    let title = t::question_title(l, words::kind(l, question.kind));
    let tab = fields.tab(l, title.clone());
    let gone = question.cancelled.then(|| {
        view! { <Notice kind=NoticeKind::Warn title=t::question_cancelled(l)/> }
    });
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=title tab=tab note=note(desk, question) back=Link::new(home, back)/>
        {gone}
        <div class="case">
            <div class="case-main">
                <h2>{t::question_known(l)}</h2>
                <SummaryList rows=facts(l, question)/>
            </div>
            <div class="case-side">{side(l, question, fields)}</div>
        </div>
    }
    .into_any()
}

/// The clock, in words.
fn note(desk: &Desk, question: &QuestionView) -> String {
    let (l, now) = (desk.l, desk.now());
    match question.climbs_at.map(|at| words::minutes(now, at)) {
        Some(left @ ..0) => t::question_late(l, words::span(l, -left)),
        Some(left) => t::question_due(l, words::span(l, left)),
        None => String::new(),
    }
}

fn facts(l: Locale, question: &QuestionView) -> Vec<SummaryRow> {
    let party = routes::staff_party(&question.party);
    let name = question.name.clone();
    let mut rows = vec![
        SummaryRow::view(t::fact_concerns(l), view! { <a href=party>{name}</a> }),
        SummaryRow::new(t::fact_what(l), words::kind(l, question.kind)),
        SummaryRow::new(t::fact_from(l), words::when(l, question.at)),
    ];
    rows.extend(question.until.map(|until| SummaryRow::new(t::fact_until(l), words::when(l, until))));
    if !question.conditions.is_empty() {
        let conditions = words::conditions(l, question.conditions.clone());
        rows.push(SummaryRow::view(t::fact_conditions(l), conditions));
    }
    rows.push(SummaryRow::new(t::fact_basis(l), &question.basis).lang("nb"));
    rows
}

fn side(l: Locale, question: &QuestionView, fields: Fields) -> AnyView {
    match (question.answer, question.climbs_at) {
        (Some(answer), _) => answered(l, answer, question.reason.clone().unwrap_or_default()),
        (None, Some(_)) => {
            let (conditions, standing) = (!question.conditions.is_empty(), question.standing_allowed);
            let id = question.public.to_string();
            view! { <AnswerIt l=l id=id fields=fields conditions=conditions standing=standing/> }.into_any()
        }
        (None, None) => view! { <Notice title=t::question_void(l)/> }.into_any(),
    }
}

fn answered(l: Locale, answer: Answer, reason: String) -> AnyView {
    let said = match answer {
        Answer::Significant { direct: false } => t::answer_yes(l),
        Answer::Significant { direct: true } => t::answer_direct(l),
        Answer::NotSignificant => t::answer_no(l),
    };
    view! {
        <Panel plain=true>
            <h2>{t::answer_given(l)}</h2>
            <p><strong>{said}</strong></p>
            <p class="officer-text">{reason}</p>
        </Panel>
    }
    .into_any()
}

/// That conditions concern her directly is asked only where there are some: it lets her see them.
#[component]
fn AnswerIt(l: Locale, id: String, fields: Fields, conditions: bool, standing: bool) -> impl IntoView {
    let direct =
        conditions.then(|| Choice::new("direct", t::answer_direct(l)).hint(t::answer_direct_hint(l)));
    let options = std::iter::once(Choice::new("yes", t::answer_yes(l)).hint(t::answer_yes_hint(l)))
        .chain(direct)
        .chain([Choice::new("no", t::answer_no(l)).hint(t::answer_no_hint(l))])
        .collect();
    let again = standing.then(|| {
        view! {
            <Checkbox name="standing" label=t::answer_standing(l) hint=t::answer_standing_hint(l)
                checked=fields.value("standing") == "yes" error=fields.error(l, "standing")/>
        }
    });
    view! {
        <Panel plain=true>
            <Form action=action(forms::ANSWER)>
                <HiddenInput name="id" value=id/>
                <RadioGroup name="answer" legend=t::answer_legend(l) options=options
                    value=fields.value("answer") error=fields.error(l, "answer")/>
                <TextArea name="reason" label=t::answer_reason(l) hint=t::answer_reason_hint(l) rows=4
                    value=fields.value("reason") error=fields.error(l, "reason")/>
                {again}
                <Actions><Button text=t::answer_button(l)/></Actions>
            </Form>
        </Panel>
    }
}
