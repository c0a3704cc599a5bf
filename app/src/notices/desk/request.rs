//! What she has told, and the case as the papers have it: they belong together, or they do not.

use backend::notices::{
    Request,
    desk::{self, RequestView},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    case_fields::CaseFields,
    fields::Fields,
    forms,
    parts::{self, Desk, action},
    words,
};
use crate::{
    i18n::{common, dates, notices_desk as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Details, ErrorSummary, Form, HiddenInput, Link, PageHead, Panel,
        SummaryList, SummaryRow,
    },
};

#[component]
pub fn RequestPage() -> impl IntoView {
    let id = parts::named::<Request>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(request) = desk::request(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let fields = desk.tried_of(forms::VERIFY, &id).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &request, fields)))
    })
}

fn shown(desk: &Desk, request: &RequestView, fields: Fields) -> AnyView {
    let l = desk.l;
    let tab = fields.tab(l, t::request_tab(l));
    let note = t::list_came(l, dates::date_time(l, request.made_at));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=t::request_title(l) tab=tab note=note lead=t::request_lead(l)
            back=Link::new(routes::STAFF_NOTICES, t::list_title(l))/>
        <div class="case">
            <div class="case-main">
                <h2>{t::request_told(l)}</h2>
                <SummaryList rows=told(l, request)/>
            </div>
            <div class="case-side">
                <Verify l=l id=request.public.to_string() fields=fields/>
            </div>
        </div>
    }
    .into_any()
}

fn told(l: Locale, request: &RequestView) -> Vec<SummaryRow> {
    let or_not = |text: &str| if text.is_empty() { t::fact_not_given(l) } else { text.to_owned() };
    let told = &request.told;
    vec![
        SummaryRow::new(t::fact_name(l), &request.name),
        SummaryRow::new(t::fact_telephone(l), or_not(request.telephone.as_deref().unwrap_or_default())),
        SummaryRow::new(t::fact_whom(l), &told.whom),
        SummaryRow::new(t::fact_role(l), words::role(l, &told.role)),
        SummaryRow::new(t::fact_reference(l), or_not(&told.reference)),
        SummaryRow::new(t::fact_story(l), or_not(&told.story)),
    ]
}

/// Nothing of what she told is filled in: the officer writes what the papers say.
#[component]
fn Verify(l: Locale, id: String, fields: Fields) -> impl IntoView {
    let same = id.clone();
    view! {
        <Panel plain=true>
            <h2>{t::verify_title(l)}</h2>
            <p>{t::verify_text(l)}</p>
            <Form action=action(forms::VERIFY)>
                <HiddenInput name="id" value=same/>
                <CaseFields l=l fields=fields/>
                <Actions><Button text=t::verify_button(l)/></Actions>
            </Form>
        </Panel>
        <Details summary=t::refuse_title(l)>
            <p>{t::refuse_text(l)}</p>
            <Form action=action(forms::REFUSE)>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::refuse_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
}
