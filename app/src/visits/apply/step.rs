//! The page of one question: where one is, the question, its fields, one button, and beside it why we ask.

use backend::{Result, visits::clearance};
use domain::visits::clearance::{Draft, Step};
use leptos::prelude::*;

use super::{
    fields::{Fields, children},
    questions, words,
};
use crate::{
    WithIslands,
    i18n::visits_apply as t,
    public::NotFound,
    request, routes,
    ui::{AsideBlock, ErrorSummary, Link, PageGrid, PageHead, Steps},
    visits::{Here, page},
};

#[component]
pub fn StepPage() -> impl IntoView {
    let code = request::param("step").unwrap_or_default();
    page("visits_apply", move |here| one(here, Step::parse(&code)))
}

async fn one(here: Here, step: Option<Step>) -> Result<AnyView> {
    let Some(step) = step else { return Ok(view! { <NotFound/> }.into_any()) };
    let draft = clearance::draft(&here.ctx, &here.who).await?;
    let fields = Fields::of(&here, &draft, step).await?;
    Ok(question(&here, step, &draft, fields))
}

fn question(here: &Here, step: Step, draft: &Draft, fields: Fields) -> AnyView {
    let l = here.locale();
    let errors = words::errors(l, step, &fields);
    let title = words::step_title(l, step);
    let tab = (!errors.is_empty()).then(|| t::error_tab(l, &title));
    let total = Step::ALL.len();
    let steps = t::step(l, step.number(), total, words::step_name(l, step));
    let (lead, back) = (lead(here, step, &fields), back(here, step, draft));
    let summary = errors.clone();
    let today = here.page.now.date();
    let body = match step {
        Step::Whom => questions::whom(l, today, fields, errors),
        Step::Relation => questions::relation(l, fields, errors),
        Step::Contact => questions::contact(l, today, fields, errors),
        Step::Children => questions::children(l, today, children(draft).unwrap_or_default(), fields, errors),
        Step::Needs => questions::needs(l, fields, errors),
        Step::Police => questions::police(l, fields, errors),
    };
    let islands = !matches!(step, Step::Relation | Step::Police);
    let islands = islands.then(|| view! { <WithIslands/> });
    view! {
        <PageGrid aside=aside(here, step, draft)>
            <ErrorSummary title=t::error_summary(l) errors=summary/>
            <PageHead title=title tab=tab lead=lead back=back>
                <Steps current=step.number() total=total text=steps/>
            </PageHead>
            {body}
        </PageGrid>
        {islands}
    }
    .into_any()
}

fn lead(here: &Here, step: Step, fields: &Fields) -> Option<String> {
    let l = here.locale();
    Some(match step {
        Step::Whom => t::whom_lead(l),
        Step::Relation => return None,
        Step::Contact if fields.known => t::contact_known(l),
        Step::Contact => t::contact_lead(l),
        Step::Children => t::children_lead(l),
        Step::Needs => t::needs_lead(l),
        Step::Police => t::police_lead(l),
    })
}

/// To the question before; from a change of a whole draft to its overview.
fn back(here: &Here, step: Step, draft: &Draft) -> Link {
    let l = here.locale();
    if draft.next().is_none() {
        return Link::new(routes::apply("check"), t::back_to_check(l));
    }
    let before = step.previous().map_or_else(|| routes::APPLY.to_owned(), |s| routes::apply(s.code()));
    Link::new(before, t::back(l))
}

fn aside(here: &Here, step: Step, draft: &Draft) -> AnyView {
    let l = here.locale();
    let why = match step {
        Step::Whom => t::whom_why(l),
        Step::Relation => t::relation_why(l),
        Step::Contact => t::contact_why(l),
        Step::Children => t::children_why(l),
        Step::Needs => t::needs_why(l),
        Step::Police => t::police_why(l),
    };
    let more = match step {
        Step::Contact => Some((t::contact_code_title(l), t::contact_code_text(l))),
        Step::Children => Some((t::children_adult_title(l), t::children_adult_text(l))),
        Step::Police => Some((t::police_no_title(l), t::police_no_text(l))),
        Step::Whom | Step::Relation | Step::Needs => None,
    };
    let more = more.map(|(title, text)| view! { <AsideBlock title=title><p>{text}</p></AsideBlock> });
    let begun = draft.answers().next().is_some();
    let discard = begun.then(|| view! { <a href=routes::apply("discard")>{t::saved_discard(l)}</a> });
    view! {
        <AsideBlock title=t::why_title(l)><p>{why}</p></AsideBlock>
        {more}
        <AsideBlock title=t::saved_title(l)><p>{t::saved_text(l)}</p>{discard}</AsideBlock>
    }
    .into_any()
}
