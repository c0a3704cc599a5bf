//! One of them: what she wrote, and what comes next.

use backend::{
    Result,
    form_try::FormTry,
    visits::assisted::handin::{One, one},
};
use domain::{
    kernel::{Locale, Public},
    visits::{
        clearance::Relation,
        handin::{Closed, HandIn, HandInForm},
    },
};
use leptos::prelude::*;

use super::{
    super::{
        parts::{self, Desk},
        words::relation,
    },
    api::{ASK, CLOSE, LINK},
    words,
};
use crate::{
    i18n::{common, dates, visits_handin as t},
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, ErrorSummary, Field, FieldError, Form, HiddenInput,
        Link, LinkButton, Notice, NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow, Width,
    },
};

#[component]
pub fn OnePage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::<HandIn>::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let Some(one) = one(&desk.ctx, &desk.who, &public).await? else { return Ok(None) };
        let tried = tried(&desk).await?;
        Ok(Some(shown(&desk, &one, &tried)))
    })
}

/// What was typed into one of its forms and refused.
async fn tried(desk: &Desk) -> Result<FormTry> {
    for form in [LINK, CLOSE] {
        if let Some(tried) = desk.kept(form).await? {
            return Ok(tried);
        }
    }
    Ok(FormTry::default())
}

fn shown(desk: &Desk, one: &One, tried: &FormTry) -> AnyView {
    let l = t::lang(desk.page.locale);
    let errors: Vec<FieldError> =
        tried.errors.iter().map(|e| FieldError::new(&e.field, words::wrong(l, &e.field, &e.code))).collect();
    let tab =
        if errors.is_empty() { t::tab(l) } else { format!("{} {}", common::error_prefix(l), t::tab(l)) };
    let (rows, told) = (rows(l, one), notice(desk, l, one));
    let open = one.state.is_open().then(|| next(l, one, (tried, &errors)));
    let aside = view! {
        <AsideBlock title=t::aside_title(l)><p>{t::aside_text(l)}</p></AsideBlock>
        <AsideBlock title=t::told_title(l)><p>{t::told_text(l)}</p></AsideBlock>
    };
    let title = t::title(l, one.reference.to_string());
    view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=t::lead(l) back=Link::new(routes::STAFF_WORK, t::back(l))/>
            {told}
            <SummaryList rows=rows/>
            {open}
        </PageGrid>
    }
    .into_any()
}

fn notice(desk: &Desk, l: Locale, one: &One) -> Option<AnyView> {
    if desk.page.query("refused").is_some() {
        return Some(view! { <Notice kind=NoticeKind::Warn title=t::moved_on(l)/> }.into_any());
    }
    let title = match (one.closed, &one.case) {
        (Some(why), _) => format!("{}: {}", words::state(l, one.state), words::why(l, why)),
        (None, Some(case)) => t::linked_to(l, case.to_string()),
        (None, None) => words::state(l, one.state),
    };
    Some(view! { <Notice kind=NoticeKind::Info title=title/> }.into_any())
}

fn rows(l: Locale, one: &One) -> Vec<SummaryRow> {
    let form = &one.form;
    let HandInForm { name, country, address, email, phone, whom, note, .. } = form.clone();
    let day = |[day, month, year]: [&String; 3]| format!("{day}.{month}.{year}");
    let born = day([&form.birth_day, &form.birth_month, &form.birth_year]);
    let whom_born = day([&form.whom_birth_day, &form.whom_birth_month, &form.whom_birth_year]);
    let whom_born = if whom_born == ".." { String::new() } else { whom_born };
    let of = Relation::parse(&form.relation).map(|of| relation(l, of));
    let rows = [
        (t::fact_name(l), name),
        (t::fact_born(l), born),
        (t::fact_country(l), country),
        (t::fact_address(l), address),
        (t::fact_email(l), email),
        (t::fact_phone(l), phone),
        (t::fact_reached(l), one.reached.as_str().to_owned()),
        (t::fact_whom(l), whom),
        (t::fact_whom_born(l), whom_born),
        (t::fact_relation(l), of.unwrap_or_default()),
        (t::fact_note(l), note),
        (t::fact_unit(l), one.unit_name.clone()),
        (t::fact_handed(l), dates::date_time_with_year(l, one.handed_at)),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(label, value)| SummaryRow::new(label, value)).collect()
}

fn next(l: Locale, one: &One, (tried, errors): (&FormTry, &[FieldError])) -> AnyView {
    let (new, known) = (routes::staff_assist_new_for(&one.public), routes::staff_assist_for(&one.public));
    let begun = one.contact.as_ref().map(|contact| {
        let href = routes::staff_assist_to(contact, "apply");
        view! { <Actions><LinkButton href=href text=t::go_on(l)/></Actions> }
    });
    let kind = if begun.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let (link, close, ask) = (link(l, one, (tried, errors)), close(l, one, (tried, errors)), ask(l, one));
    view! {
        <h2>{t::next_title(l)}</h2>
        <p>{t::next_text(l)}</p>
        {begun}
        <Actions>
            <LinkButton href=new text=t::register(l) kind=kind/>
            <LinkButton href=known text=t::known(l) kind=ButtonKind::Secondary/>
        </Actions>
        {link}
        {ask}
        {close}
    }
    .into_any()
}

fn link(l: Locale, one: &One, (tried, errors): (&FormTry, &[FieldError])) -> AnyView {
    let (public, value) = (one.public.to_string(), tried.value("reference"));
    let error = FieldError::of(errors, "reference");
    view! {
        <h2>{t::link_title(l)}</h2>
        <Form action=format!("/api/{LINK}")>
            <HiddenInput name="public" value=public/>
            <Field name="reference" label=t::link_reference(l) hint=t::link_hint(l) value=value error=error
                width=Width::Half autocomplete="off"/>
            <Actions><Button text=t::link_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn ask(l: Locale, one: &One) -> AnyView {
    let public = one.public.to_string();
    view! {
        <h2>{t::ask_title(l)}</h2>
        <p>{t::ask_text(l)}</p>
        <Form action=format!("/api/{ASK}")>
            <HiddenInput name="public" value=public/>
            <Actions><Button text=t::ask_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn close(l: Locale, one: &One, (tried, errors): (&FormTry, &[FieldError])) -> AnyView {
    let options: Vec<Choice> = Closed::ALL.map(|why| Choice::new(why.code(), words::why(l, why))).into();
    let (public, error, value) = (one.public.to_string(), FieldError::of(errors, "why"), tried.value("why"));
    view! {
        <h2>{t::close_title(l)}</h2>
        <Form action=format!("/api/{CLOSE}")>
            <HiddenInput name="public" value=public/>
            <RadioGroup name="why" legend=t::close_legend(l) hint=t::close_hint(l) options=options value=value
                error=error/>
            <Actions><Button text=t::close_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
