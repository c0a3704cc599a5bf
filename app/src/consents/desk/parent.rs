//! The other parent of a child who is to come along: on the page of the application where it stands, and the form that asks.

use backend::{
    Result,
    consents::FormKey,
    ctx::{Ctx, Staff},
    rules::Rules,
    visits::clearance::{self, ClearanceRow, NamedInCase},
    wiring::{self, ChildInCase},
};
use domain::{
    consents::may_ask,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use super::{
    forms::PARENT,
    new::last_day,
    parts::{self, Desk, action, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, consents_desk as t},
    request, routes,
    ui::{
        Actions, Button, Cell, Column, DataTable, DateEntry, DateLabels, DateValue, ErrorSummary, Field,
        Form, HiddenInput, Kind, Link, PageGrid, PageHead, Row, Tag, TagKind, Width,
    },
};

/// `case`: the application's public id. None where no child is part of it, or asking is not the reader's work.
pub(crate) async fn of_case(ctx: Ctx, staff: Staff, case: String, l: Locale) -> Result<Option<AnyView>> {
    let Some(application) = Public::parse(&case).filter(|_| may_ask(&staff.roles)) else { return Ok(None) };
    let children = wiring::children_of(&ctx, &staff, &application).await?;
    if children.is_empty() {
        return Ok(None);
    }
    let l = t::lang(l);
    let head = [t::case_child(l), t::col_stands(l)].into_iter().map(Column::new).collect();
    let rows = children.iter().map(|child| row(l, child)).collect();
    Ok(Some(
        view! {
            <section lang=l.code()>
                <h2>{t::case_title(l)}</h2>
                <DataTable caption=t::case_title(l) head=head rows=rows labels=true/>
            </section>
        }
        .into_any(),
    ))
}

fn row(l: Locale, child: &ChildInCase) -> Row {
    let ask = (routes::staff_child_parent(&child.clearance), t::case_ask(l, &child.name));
    let ((href, text), words, kind) = match &child.asked {
        None => (ask, t::case_not_asked(l), TagKind::Plain),
        Some((case, standing, closed)) => {
            let open = (routes::staff_home(case), t::case_open(l, &child.name));
            match closed {
                true => (open, t::over(l), TagKind::Done),
                false => {
                    let (words, kind) = parts::stands(l, *standing);
                    (open, words, kind)
                }
            }
        }
    };
    Row::new(vec![Cell::link(href, text), Cell::view(view! { <Tag text=words kind=kind/> })])
}

#[component]
pub fn ParentPage() -> impl IntoView {
    let named: Option<Public<ClearanceRow>> = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move {
        let Some(clearance) = named else { return Ok(None) };
        let Some(child) = clearance::child(&desk.ctx, &desk.who, &clearance).await? else {
            return Ok(None);
        };
        let tried = desk.tried(PARENT).await?;
        let tried = if tried.value("id") == clearance.as_str() { tried } else { Fields::default() };
        let today = desk.page.now.date();
        let days = Rules::on(&desk.ctx.db, today).await?.days("consents.answer_days")?;
        let day = last_day(&tried, today.plus_days(days));
        Ok(Some(shown(&desk, &child, &tried, day)))
    })
}

fn shown(desk: &Desk, child: &NamedInCase, tried: &Fields, day: DateValue) -> AnyView {
    let l = desk.l;
    let key = FormKey::parse(&tried.value("key")).unwrap_or_else(|| desk.ctx.chance.public()).to_string();
    let id = child.clearance.to_string();
    let [number, name, email] = ["number", "name", "email"].map(|field| tried.value(field));
    let [bad_number, bad_name, bad_email, bad_day] =
        ["number", "name", "email", "answer_by"].map(|field| tried.error(l, wrong, field));
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (title, tab) = (t::parent_title(l, &child.name), tried.tab(l, t::parent_tab(l)));
    let back = Link::new(routes::staff_clearance(&child.application), t::parent_back(l));
    let errors = tried.summary(l, wrong);
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=t::parent_lead(l) back=back/>
            <Form action=action(PARENT)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="key" value=key/>
                <Field name="number" label=t::number_label(l) hint=t::number_hint(l) kind=Kind::Number width=Width::Half
                    value=number error=bad_number autocomplete="off"/>
                <Field name="name" label=t::person_label(l) value=name error=bad_name autocomplete="off"/>
                <Field name="email" label=t::email_label(l) hint=t::email_hint(l) kind=Kind::Email value=email
                    error=bad_email autocomplete="off"/>
                <DateEntry name="answer_by" legend=t::parent_by(l) hint=t::by_hint(l) labels=labels value=day
                    error=bad_day/>
                <Actions><Button text=t::parent_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
