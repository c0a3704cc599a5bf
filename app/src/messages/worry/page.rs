//! The page for everybody. The telephone stands first; then the form; then the same words to everybody who has sent one.

use std::sync::Arc;

use backend::{
    Result,
    ctx::Ctx,
    form_try,
    messages::{
        FormKey,
        worry::{self, Desk, LONGEST},
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{api::TELL, words::wrong};
use crate::{
    i18n::{common, worried as t},
    messages::{date::date, kept::Kept},
    public::broken,
    request::{self, Page},
    routes,
    ui::{
        Actions, AsideBlock, Button, Choice, ErrorSummary, Field, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead, Panel, Select, SummaryList, SummaryRow, TextArea,
    },
};

#[component]
pub fn WorriedPage() -> impl IntoView {
    let made = use_context::<Ctx>().map(|ctx| worried(ctx, request::page()));
    let made = Suspend::new(async move {
        match made {
            Some(made) => made.await.unwrap_or_else(|error| broken(&error)),
            None => ().into_any(),
        }
    });
    view! { <Suspense>{made}</Suspense> }
}

/// What the page is made of.
struct Shown {
    l: Locale,
    desks: Vec<Desk>,
    /// Of the form, of what was sent, or of the address she came by.
    unit: String,
    minutes: i64,
    kept: Kept,
}

impl Shown {
    fn chosen(&self) -> Option<&Desk> {
        self.desks.iter().find(|desk| desk.slug == self.unit)
    }
}

async fn worried(ctx: Ctx, page: Arc<Page>) -> Result<AnyView> {
    let tried = match page.query("try") {
        Some(key) => form_try::find(&ctx, &page.actor, TELL, &key).await?.map(Kept::of),
        None => None,
    };
    let asked = || page.query("unit").unwrap_or_default();
    let unit = tried.as_ref().map_or_else(asked, |kept| kept.value("unit"));
    let (desks, minutes) = (worry::desks(&ctx).await?, worry::minutes(&ctx).await?);
    let shown = Shown { l: page.locale, desks, unit, minutes, kept: tried.unwrap_or_default() };
    if shown.kept.what() == "sent" {
        return Ok(sent(&shown));
    }
    let key = FormKey::parse(&shown.kept.value("key")).unwrap_or_else(|| ctx.chance.public());
    Ok(whole(&shown, &key))
}

fn whole(shown: &Shown, key: &FormKey) -> AnyView {
    let (l, kept) = (shown.l, &shown.kept);
    let (ring, form) = (ring(shown), form(shown, key));
    let (errors, tab) = (kept.summary(l, wrong), kept.tab(l, t::tab(l)));
    let read = t::form_read(l, shown.minutes);
    view! {
        <PageGrid aside=aside(l)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l)
                back=Link::new(routes::HELP, t::back(l))/>
            <Notice kind=NoticeKind::Warn title=t::danger(l)/>
            {ring}
            <h2>{t::form_title(l)}</h2>
            <p>{read}</p>
            {form}
        </PageGrid>
    }
    .into_any()
}

/// One telephone in large if the unit is known, else all of them.
fn ring(shown: &Shown) -> AnyView {
    let l = shown.l;
    if let Some(desk) = shown.chosen() {
        let hours = if desk.day_and_night { t::ring_always(l) } else { t::ring_usual(l) };
        let phone = telephone(&desk.phone);
        return view! {
            <Panel kicker=t::ring_unit(l, &desk.name)>
                <p class="panel-large">{phone}</p>
                <p>{hours}" "{t::ring_say(l)}</p>
            </Panel>
        }
        .into_any();
    }
    let row = |desk: &Desk| {
        let number = telephone(&desk.phone);
        let hours = desk.day_and_night.then(|| format!(" {}", t::ring_day_and_night(l)));
        SummaryRow::view(desk.name.as_str(), view! { {number}{hours} })
    };
    let rows = shown.desks.iter().map(row).collect();
    view! {
        <h2>{t::ring_title(l)}</h2>
        <p>{t::ring_say(l)}" "{t::ring_nearest(l)}</p>
        <SummaryList rows=rows/>
    }
    .into_any()
}

/// A number that a phone rings by a touch.
fn telephone(number: &str) -> AnyView {
    let href = format!("tel:{}", number.replace(' ', ""));
    let number = number.replace(' ', "\u{a0}");
    view! { <a href=href>{number}</a> }.into_any()
}

fn form(shown: &Shown, key: &FormKey) -> AnyView {
    let (l, kept) = (shown.l, &shown.kept);
    let optional = format!("({})", common::optional(l));
    let units = shown.desks.iter().map(|desk| Choice::new(&desk.slug, &desk.name)).collect();
    let longest = i64::try_from(LONGEST).unwrap_or(i64::MAX);
    let birth = date(l, kept, wrong, "birth", format!("{} {optional}", t::birth_label(l)), None);
    let [name, words, contact] = ["name", "words", "contact"].map(|field| kept.value(field));
    let errors = ["name", "words", "contact"].map(|field| kept.error(l, wrong, field));
    let ([wrong_name, wrong_words, wrong_contact], key) = (errors, key.to_string());
    let unit = shown.unit.clone();
    view! {
        <Form action=routes::TELL_WORRY>
            <HiddenInput name="key" value=key/>
            <Select name="unit" label=t::unit_label(l) options=units value=unit
                placeholder=t::unit_unknown(l) hint=t::unit_hint(l)/>
            <Field name="name" label=t::name_label(l) hint=t::name_hint(l) value=name error=wrong_name
                autocomplete="off"/>
            {birth}
            <TextArea name="words" label=t::words_label(l) hint=t::words_hint(l, longest) rows=7
                value=words error=wrong_words/>
            <Field name="contact" label=t::contact_label(l) hint=t::contact_hint(l) optional=optional
                value=contact error=wrong_contact/>
            <p>{t::same_answer(l)}</p>
            <Actions><Button text=t::send(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::what_title(l)>
            <p>{t::what_seen(l)}</p>
            <p>{t::what_shown(l)}</p>
            <p>{t::what_you(l)}</p>
        </AsideBlock>
    }
    .into_any()
}

/// The same whoever it is about, and whether he is there or not.
fn sent(shown: &Shown) -> AnyView {
    let (l, ring) = (shown.l, ring(shown));
    let read = t::sent_read(l, shown.minutes);
    view! {
        <PageGrid>
            <PageHead title=t::sent_title(l) tab=t::tab(l)/>
            <Notice kind=NoticeKind::Done title=read>
                <p>{t::same_answer(l)}</p>
            </Notice>
            <Notice kind=NoticeKind::Warn title=t::sent_urgent(l)><p>{t::danger(l)}</p></Notice>
            {ring}
            <p><a href=routes::WORRIED>{t::sent_again(l)}</a></p>
        </PageGrid>
    }
    .into_any()
}
