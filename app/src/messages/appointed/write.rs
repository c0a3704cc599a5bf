//! The form: for whom, in which case, and that she is appointed or engaged in it.

use backend::{Result, form_try, identity::appointed::FormKey};
use domain::{access::Level, kernel::Locale};
use leptos::prelude::*;

use super::{api::DECLARE, words::wrong};
use crate::{
    i18n::{common, messages_appointed as t},
    identity::here::{Here, page},
    messages::{counsel::higher, date::date, kept::Kept},
    routes,
    ui::{
        Actions, AsideBlock, Button, Checkbox, ErrorSummary, Field, Form, HiddenInput, Link, PageGrid,
        PageHead, Width,
    },
};

#[component]
pub fn WritePage() -> impl IntoView {
    page("messages_appointed", write)
}

async fn write(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let kept = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), DECLARE, &key).await?.map(Kept::of),
        None => None,
    };
    let kept = kept.unwrap_or_default();
    let (errors, tab) = (kept.summary(l, wrong), kept.tab(l, t::title(l)));
    let back = Link::new(routes::MY_CLIENTS, t::back(l));
    let body = if here.who.level < Level::High { higher(l) } else { form(&here, &kept) };
    Ok(view! {
        <PageGrid aside=aside(l)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l) back=back/>
            {body}
        </PageGrid>
    }
    .into_any())
}

fn form(here: &Here, kept: &Kept) -> AnyView {
    let l = here.locale();
    // The same form again is the same declaration, also after it was refused.
    let drawn: FormKey = here.ctx.chance.public();
    let key = Some(kept.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| drawn.to_string());
    let [name, court, number] = ["name", "court", "case_number"].map(|field| kept.value(field));
    let [bad_name, bad_court, bad_number, bad_declared] =
        ["name", "court", "case_number", "declared"].map(|field| kept.error(l, wrong, field));
    let birth = date(l, kept, wrong, "birth", t::birth_label(l), Some(t::birth_hint(l)));
    let from = date(l, kept, wrong, "from", t::from_label(l), Some(t::from_hint(l)));
    let checked = !kept.value("declared").is_empty();
    view! {
        <Form action=format!("/api/{DECLARE}")>
            <HiddenInput name="key" value=key/>
            <Field name="name" label=t::name_label(l) hint=t::name_hint(l) value=name error=bad_name
                autocomplete="off"/>
            {birth}
            <Field name="court" label=t::court_label(l) hint=t::court_hint(l) value=court error=bad_court
                autocomplete="off"/>
            <Field name="case_number" label=t::number_label(l) hint=t::number_hint(l) width=Width::Half
                value=number error=bad_number autocomplete="off"/>
            {from}
            <Checkbox name="declared" label=t::declare_label(l) checked=checked error=bad_declared/>
            <Actions><Button text=t::send(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::next_title(l)>
            <p>{t::next_text(l)}</p>
            <p>{t::next_same(l)}</p>
        </AsideBlock>
    }
    .into_any()
}
