//! A request, written on one page: what is wanted, with what, what is wrong and what is right.

use backend::{
    Result,
    corrections::{self, FormKey},
    custody::{self, PublicUnit},
    form_try,
};
use domain::{
    corrections::{About, Wish},
    kernel::{Instant, Locale},
};
use leptos::prelude::*;

use super::{api, parts::action, receipt::last_day};
use crate::{
    corrections::{fields::Fields, words},
    i18n::{common, corrections as t},
    identity::here::{Here, page},
    routes,
    ui::{
        Actions, AsideBlock, Button, Choice, ErrorSummary, Form, HiddenInput, Link, PageGrid, PageHead,
        RadioGroup, Select, TextArea,
    },
};

#[component]
pub fn WritePage() -> impl IntoView {
    page("corrections", write)
}

async fn write(here: Here) -> Result<AnyView> {
    let kept = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), api::ASK, &key).await?.map(Fields::of),
        None => None,
    };
    let units = custody::public_units(&here.ctx).await?;
    let due = corrections::due_if_sent(&here.ctx).await?;
    Ok(whole(&here, &kept.unwrap_or_default(), units, due))
}

fn whole(here: &Here, fields: &Fields, units: Vec<PublicUnit>, due: Instant) -> AnyView {
    let l = here.locale();
    let lead = t::new_lead(l, last_day(l, due));
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::new_title(l)));
    let form = form(here, fields, units);
    view! {
        <PageGrid aside=aside(l)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::new_title(l) tab=tab lead=lead
                back=Link::new(routes::MY_CORRECTIONS, t::list_title(l))/>
            {form}
        </PageGrid>
    }
    .into_any()
}

fn form(here: &Here, fields: &Fields, units: Vec<PublicUnit>) -> AnyView {
    let l = here.locale();
    let drawn: FormKey = here.ctx.chance.public();
    let key = Some(fields.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| drawn.to_string());
    let wishes = Wish::ALL.map(|wish| Choice::new(wish.code(), words::wish(l, wish)));
    let abouts = About::ALL.map(|about| Choice::new(about.code(), words::about(l, about)));
    let units: Vec<Choice> = units.into_iter().map(|unit| Choice::new(unit.slug, unit.name)).collect();
    let [wish, about, wrong, right, unit] =
        ["wish", "about", "wrong", "right", "unit"].map(|name| fields.value(name));
    let [no_wish, no_about, no_wrong, no_right] =
        ["wish", "about", "wrong", "right"].map(|name| fields.error(l, name));
    view! {
        <Form action=action(api::ASK)>
            <HiddenInput name="key" value=key/>
            <RadioGroup name="wish" legend=t::wish_label(l) options=wishes.into() value=wish error=no_wish/>
            <Select name="about" label=t::about_label(l) options=abouts.into() value=about
                placeholder=t::choose(l) error=no_about/>
            <TextArea name="wrong" label=t::wrong_label(l) hint=t::wrong_hint(l) rows=5 value=wrong error=no_wrong/>
            <TextArea name="right" label=t::right_label(l) hint=t::right_hint(l) rows=4 value=right error=no_right/>
            <Select name="unit" label=t::unit_label(l) hint=t::unit_hint(l) options=units value=unit
                placeholder=t::unit_unknown(l)/>
            <Actions><Button text=t::send(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::self_title(l)>
            <p>{t::self_text(l)}" "<a href=routes::MY_CONTACT>{t::self_link(l)}</a>"."</p>
        </AsideBlock>
        <AsideBlock title=t::erase_title(l)><p>{t::erase_text(l)}</p></AsideBlock>
    }
    .into_any()
}
