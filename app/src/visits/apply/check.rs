//! Check your answers: all of them on one page, each with its way to change it, and the button that sends.

use backend::{Result, visits::clearance};
use domain::{
    kernel::Locale,
    visits::clearance::{Application, Contact, Need, Needs, Step, Whom, draft::KnownBy},
};
use leptos::prelude::*;

use super::{api::action, words};
use crate::{
    i18n::{dates, visits_apply as t},
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, Link, LinkButton, PageGrid, PageHead, Steps,
        SummaryList, SummaryRow,
    },
    visits::{Here, page},
};

#[component]
pub fn CheckPage() -> impl IntoView {
    page("visits_apply", check)
}

async fn check(here: Here) -> Result<AnyView> {
    let draft = clearance::draft(&here.ctx, &here.who).await?;
    match draft.complete() {
        Ok(whole) => Ok(overview(here.locale(), &whole)),
        Err(step) => {
            let begun = draft.answers().next().is_some();
            let way = if begun { routes::apply(step.code()) } else { routes::APPLY.to_owned() };
            request::redirect(&way);
            Ok(().into_any())
        }
    }
}

fn overview(l: Locale, whole: &Application) -> AnyView {
    let total = Step::ALL.len();
    let aside = view! {
        <AsideBlock title=t::check_next_title(l)><p>{t::check_next_text(l)}</p></AsideBlock>
        <AsideBlock title=t::check_true_title(l)><p>{t::check_true_text(l)}</p></AsideBlock>
    };
    let rows = rows(l, whole);
    let back = Link::new(routes::apply(Step::Police.code()), t::back(l));
    view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::check_title(l) lead=t::check_lead(l) back=back>
                <Steps current=total + 1 total=total text=t::step_all(l, total)/>
            </PageHead>
            <SummaryList rows=rows/>
            <Form action=action("submit")>
                <Actions>
                    <Button text=t::check_send(l)/>
                    <LinkButton href=routes::apply("discard") text=t::saved_discard(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn rows(l: Locale, whole: &Application) -> Vec<SummaryRow> {
    let children: Vec<String> = whole.children.iter().map(|c| words::child(l, c)).collect();
    let children = if children.is_empty() { t::check_children_none(l) } else { children.join("\n") };
    let rows = [
        (Step::Whom, t::check_whom(l), whom(l, &whole.whom)),
        (Step::Relation, t::check_relation(l), dates::capital(&words::relation(l, whole.relation))),
        (Step::Contact, t::check_contact(l), whole.contact.as_ref().map(contact).unwrap_or_default()),
        (Step::Children, t::check_children(l), children),
        (Step::Needs, t::check_needs(l), needs(l, &whole.needs)),
        (Step::Police, t::check_police(l), t::check_police_read(l)),
    ];
    let row = |(step, label, value): (Step, String, String)| {
        SummaryRow::new(&label, value).change(routes::apply(step.code()), t::check_change(l), label)
    };
    rows.into_iter().map(row).collect()
}

fn whom(l: Locale, whom: &Whom) -> String {
    let known_by = match &whom.known_by {
        KnownBy::BirthDate(date) => t::children_born(l, words::birth(l, *date)),
        KnownBy::Number(number) => {
            let shown: String = number.expose().chars().take(6).collect();
            t::check_whom_number(l, format!("{shown} •••••"))
        }
    };
    format!("{}\n{known_by}", whom.name)
}

fn contact(contact: &Contact) -> String {
    format!("{}\n{}", contact.email.as_str(), words::phone(&contact.phone))
}

/// Each need on a line of its own, the interpreter with the language.
pub(super) fn needs(l: Locale, needs: &Needs) -> String {
    let line = |need: &Need| match (need, &needs.interpreter_language) {
        (Need::Interpreter, Some(language)) => t::check_language(l, language),
        _ => dates::capital(&words::need(l, *need)),
    };
    let mut lines: Vec<String> = needs.needs.iter().map(line).collect();
    lines.extend(needs.note.clone());
    if lines.is_empty() { t::check_needs_none(l) } else { lines.join("\n") }
}
