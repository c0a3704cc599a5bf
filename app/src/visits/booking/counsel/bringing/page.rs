//! What she wants to bring to one visit: each with its answer and the way to take it back, and a form for one more.

use backend::{
    Result,
    form_try::{self, FormTry},
    identity::delegates::{Acting, DelegationMark},
    visits::booking::{
        VisitView,
        counsel::{
            self,
            bringing::{self, Bring},
        },
    },
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{
        Booking,
        bringing::{Brought, What},
    },
};
use leptos::prelude::*;

use super::{
    super::super::{api::action, words::from_to},
    api::{ASK, WITHDRAW},
    section::row,
    words,
};
use crate::{
    i18n::{common, dates, visits_bringing as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, ErrorSummary, Field, FieldError, Form, HiddenInput,
        Link, Notice, NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList,
    },
    visits::{Here, page},
};

type Under = Option<Public<DelegationMark>>;

#[component]
pub fn BringPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_bringing", move |here| async move {
        let Some(booking) = Public::<Booking>::parse(&public) else {
            return Ok(view! { <NotFound/> }.into_any());
        };
        let found = counsel::visit_under(&here.ctx, &Acting::from(&here.who), &booking).await?;
        shown(&here, found.map(|(_, visit)| visit), None).await
    })
}

#[component]
pub fn UnderBringPage() -> impl IntoView {
    let param = |name| request::param(name).unwrap_or_default();
    let named =
        Public::<DelegationMark>::parse(&param("public")).zip(Public::<Booking>::parse(&param("visit")));
    page("visits_bringing", move |here| async move {
        let Some((under, booking)) = named else { return Ok(view! { <NotFound/> }.into_any()) };
        let acting = Acting::under(&here.who, under.clone());
        let found = counsel::visit_under(&here.ctx, &acting, &booking).await?;
        shown(&here, found.map(|(_, visit)| visit), Some(under)).await
    })
}

/// The visit's own page, seen from the same side.
fn visit_path(under: &Under, visit: &VisitView) -> String {
    match under {
        Some(under) => routes::my_lawyer_visit(under, &visit.visit.public),
        None => routes::booking(&visit.visit.public),
    }
}

async fn shown(here: &Here, visit: Option<VisitView>, under: Under) -> Result<AnyView> {
    let Some(visit) = visit else { return Ok(view! { <NotFound/> }.into_any()) };
    if visit.visit.cancelled.is_some() || here.page.now >= visit.visit.starts_at {
        request::redirect(&visit_path(&under, &visit));
        return Ok(().into_any());
    }
    let tried = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), ASK, &key).await?,
        None => None,
    };
    let all = bringing::of_visit(&here.ctx, &visit.visit.public).await?;
    Ok(whole(here, (&visit, &under), &all, &tried.unwrap_or_default()))
}

fn whole(here: &Here, (visit, under): (&VisitView, &Under), all: &[Bring], tried: &FormTry) -> AnyView {
    let l = t::lang(here.page.locale);
    let errors: Vec<FieldError> = tried
        .errors
        .iter()
        .filter(|e| e.field != "many")
        .map(|e| FieldError::new(e.field.clone(), words::wrong(l, &e.field, &e.code)))
        .collect();
    let (title, v) = (t::title(l), &visit.visit);
    let tab = if errors.is_empty() { title.clone() } else { format!("{} {title}", common::error_prefix(l)) };
    let when = dates::capital(&dates::long_date(l, v.date));
    let lead = t::lead(l, &v.inmate_name, when, from_to(l, v.start, v.end));
    let back = Link::new(visit_path(under, visit), t::back(l));
    let list = all.iter().map(|bring| one(l, (visit, under), bring)).collect_view();
    let (notice, form) = (notice(here, (l, under), tried), form(here, (visit, under), tried));
    view! {
        <PageGrid aside=aside(l, visit)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead back=back/>
            {notice}
            {list}
            {form}
        </PageGrid>
    }
    .into_any()
}

fn notice(here: &Here, (l, under): (Locale, &Under), tried: &FormTry) -> Option<AnyView> {
    if let Some(most) = tried.code("many") {
        let title = t::many(l, most);
        return Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any());
    }
    let title = match here.page.query("done")?.as_str() {
        // The letter is hers for whom he asks.
        "asked" if under.is_some() => t::done_asked_under(l),
        "asked" => t::done_asked(l),
        "withdrawn" => t::done_withdrawn(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn hidden(visit: &VisitView, under: &Under) -> [String; 2] {
    [visit.visit.public.to_string(), under.as_ref().map(ToString::to_string).unwrap_or_default()]
}

fn one(l: Locale, (visit, under): (&VisitView, &Under), bring: &Bring) -> AnyView {
    let ([booking, delegation], public) = (hidden(visit, under), bring.public.to_string());
    let about = t::withdraw_about(l, words::what(l, bring.what), &bring.detail);
    let (label, rows) = (about.clone(), vec![row(l, bring)]);
    view! {
        <section class="stack" aria-label=label>
            <SummaryList rows=rows/>
            <Form action=action(WITHDRAW)>
                <Button text=t::withdraw(l) about=about kind=ButtonKind::Quiet/>
                <HiddenInput name="booking" value=booking/>
                <HiddenInput name="delegation" value=delegation/>
                <HiddenInput name="public" value=public/>
            </Form>
        </section>
    }
    .into_any()
}

fn form(here: &Here, (visit, under): (&VisitView, &Under), tried: &FormTry) -> AnyView {
    let l = t::lang(here.page.locale);
    let [booking, delegation] = hidden(visit, under);
    let key: Public<Brought> = here.ctx.chance.public();
    let key = key.to_string();
    let options = What::ALL.map(|one| Choice::new(one.code(), words::what(l, one))).to_vec();
    let wrong = |field: &str| tried.code(field).map(|code| words::wrong(l, field, code));
    let (what, detail) = (wrong("what"), wrong("detail"));
    let (chosen, typed) = (tried.value("what"), tried.value("detail"));
    view! {
        <Form action=action(ASK)>
            <HiddenInput name="booking" value=booking/>
            <HiddenInput name="delegation" value=delegation/>
            <HiddenInput name="key" value=key/>
            <RadioGroup name="what" legend=t::what_legend(l) options=options value=chosen error=what/>
            <Field name="detail" label=t::detail(l) hint=t::detail_hint(l) value=typed
                error=detail autocomplete="off"/>
            <Actions><Button text=t::send(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn aside(l: Locale, visit: &VisitView) -> AnyView {
    let ring = t::aside_ring(l, &visit.visit.unit_name, &visit.unit_phone);
    view! {
        <AsideBlock title=t::aside_title(l)><p>{t::aside_text(l)}</p></AsideBlock>
        <AsideBlock title=t::aside_gate_title(l)><p>{t::aside_gate(l)}</p><p>{ring}</p></AsideBlock>
    }
    .into_any()
}
