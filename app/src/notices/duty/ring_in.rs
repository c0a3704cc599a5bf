//! She rings: who she says she is and her word, and then what may be read to her. Nobody is ever listed.

use backend::notices::{
    duty::{self, RingIn, RungIn},
    mine::Notice,
};
use leptos::prelude::*;

use super::{forms, list, script};
use crate::{
    i18n::{common, dates, notices_duty as t},
    notices::desk::{
        fields::Fields,
        parts::{self, Desk, action},
    },
    routes,
    ui::{
        Actions, AsideBlock, Button, ErrorSummary, Field, Form, HiddenInput, Kind, Link, PageGrid, PageHead,
        Panel, Width,
    },
};

#[component]
pub fn RingInPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !duty::may(&desk.who.roles) {
            return Ok(None);
        }
        let fields = desk.tried(forms::RING_IN).await?.unwrap_or_default();
        Ok(Some(asked(&desk, &fields)))
    })
}

fn asked(desk: &Desk, fields: &Fields) -> AnyView {
    let l = desk.l;
    let tab = fields.tab(l, t::ring_in_title(l));
    let (number, reference) = (fields.value("number"), fields.value("reference"));
    let wrong = ["number", "reference", "word"].map(|name| fields.error(l, name));
    let [wrong_number, wrong_reference, wrong_word] = wrong;
    let aside = view! { <AsideBlock title=t::ring_in_how(l)><p>{t::ring_in_how_text(l)}</p></AsideBlock> };
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::ring_in_title(l) tab=tab lead=t::ring_in_lead(l)
                back=Link::new(routes::STAFF_DUTY, t::list_title(l))/>
            <Form action=action(forms::RING_IN)>
                <Field name="number" label=t::ring_in_number(l) kind=Kind::Number width=Width::Half
                    value=number error=wrong_number autocomplete="off"/>
                <Field name="reference" label=t::ring_in_reference(l) hint=t::ring_in_reference_hint(l)
                    width=Width::Half value=reference error=wrong_reference
                    autocomplete="off"/>
                <Field name="word" label=t::ring_in_word(l) hint=t::ring_in_word_hint(l) width=Width::Half
                    value="" error=wrong_word autocomplete="off"/>
                <Actions><Button text=t::ring_in_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

#[component]
pub fn RungInPage() -> impl IntoView {
    let id = parts::named::<RingIn>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(rung) = duty::rung_in(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let told = desk.tried(forms::TAKE).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &rung, &told)))
    })
}

fn shown(desk: &Desk, rung: &RungIn, told: &Fields) -> AnyView {
    let l = desk.l;
    let note = t::ring_in_until(l, dates::clock_of(l, rung.until));
    let none = rung.notices.is_empty().then(|| view! { <p>{t::ring_in_none(l)}</p> });
    let all = rung.notices.iter().map(|notice| one(desk, rung, notice)).collect_view();
    view! {
        <div class="stack">
            {list::done(desk, told)}
            <PageHead title=rung.name.clone() tab=t::ring_in_title(l) note=note
                back=Link::new(routes::STAFF_DUTY, t::list_title(l))/>
            {none}
            {all}
        </div>
    }
    .into_any()
}

fn one(desk: &Desk, rung: &RungIn, notice: &Notice) -> AnyView {
    let l = desk.l;
    let said = script::say(l, notice);
    let (id, duty) = (rung.public.to_string(), notice.public.to_string());
    view! {
        <Panel plain=true>
            {said}
            <Form action=action(forms::HEARD)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="duty" value=duty/>
                <Actions><Button text=t::ring_in_heard(l)/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}
