//! Where a guest types the code.

use backend::{Result, form_try};
use leptos::prelude::*;

use super::{api::CODE, words};
use crate::{
    i18n::{common, visits_booking, visits_joining as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, ErrorSummary, Field, FieldError, Form, Link, PageGrid, PageHead, Width,
    },
    visits::{Here, page},
};

#[component]
pub fn JoinPage() -> impl IntoView {
    page("visits_joining", typed)
}

async fn typed(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let kept = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), CODE, &key).await?,
        None => None,
    };
    let kept = kept.unwrap_or_default();
    let error = kept.code("code").map(|code| match code {
        "empty" => t::code_empty(l),
        _ => words::refusal(l, domain::visits::booking::joining::JoinRefusal::Code),
    });
    let errors: Vec<FieldError> = error.iter().map(|error| FieldError::new("code", error.clone())).collect();
    let title = t::join_title(l);
    let tab = if errors.is_empty() { title.clone() } else { format!("{} {title}", common::error_prefix(l)) };
    let aside = view! {
        <AsideBlock title=t::need_title(l)>
            <p>{t::need_text(l)}</p>
            <a href=routes::APPLY>{t::need_link(l)}</a>
        </AsideBlock>
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=t::join_lead(l)
                back=Link::new(routes::VISITS, visits_booking::back_visits(l))/>
            <Form action=format!("/api/{CODE}")>
                <Field name="code" label=t::code_label(l) hint=t::code_hint(l) value=kept.value("code")
                    error=error width=Width::Half autocomplete="off"/>
                <Actions><Button text=t::code_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
