//! How she wants it: language, telephone, the word that shows it is us, the open text, her hours, which kinds of events,
//! and everything off. It shows her word and her hours, so it opens after a fresh sign-in only.

use std::collections::BTreeMap;

use backend::{
    Result,
    notices::{Meeting, mine, wish::TEXTS},
    rules::Rules,
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page, tried},
    parts::{is_done, nothing_yet, prove_form, whole},
    wish_form::stored,
    words::{self, KINDS},
};
use crate::{
    i18n::{dates, notices_mine as t, own_name},
    notices::letters::neutral,
    ui::{
        Actions, Button, ButtonKind, Checkbox, CheckboxGroup, Choice, Field, FieldError, Form, HiddenInput,
        Kind, Notice, NoticeKind, RadioGroup, Select, Width,
    },
};

#[component]
pub fn WishesPage() -> impl IntoView {
    page(wishes)
}

async fn wishes(here: Here) -> Result<AnyView> {
    let l = here.l;
    let Some((profile, kinds)) = mine::wishes(&here.ctx, &here.who).await? else {
        return Ok(nothing_yet(l, t::wishes_title(l)));
    };
    if !here.is_fresh() {
        return Ok(whole(l, t::wishes_title(l), None, vec![], prove_form(l, &here.page.path)));
    }
    let off = mine::home(&here.ctx, &here.who).await?.off_at;
    let days = Rules::on(&here.ctx.db, here.page.now.date()).await?.days("notices.all_off_days")?;
    let tried = tried(&here, api::WISHES).await?;
    let errors = tried.as_ref().map(|tried| words::wish_errors(l, tried)).unwrap_or_default();
    let texts_in = profile.locale.as_deref().and_then(Locale::parse).unwrap_or(l);
    let values = tried.map_or_else(|| stored(l, &profile, &kinds), |tried| tried.values);
    let saved = is_done(&here, "saved").then(|| {
        view! { <Notice kind=NoticeKind::Done><p>{t::wishes_saved(l)}</p></Notice> }
    });
    let body = view! {
        {saved}
        {form(l, texts_in, values, errors.clone())}
        <h2 id="all">{t::all_title(l)}</h2>
        {all(l, off, days)}
    };
    Ok(whole(l, t::wishes_title(l), Some(t::wishes_lead(l)), errors, body.into_any()))
}

fn form(l: Locale, texts_in: Locale, values: BTreeMap<String, String>, errors: Vec<FieldError>) -> AnyView {
    let languages = Locale::ALL.into_iter().map(|one| Choice::new(one.code(), own_name(one))).collect();
    let texts = (0..TEXTS).map(|n| Choice::new(n.to_string(), neutral(texts_in, n))).collect();
    let kinds = KINDS
        .into_iter()
        .map(|kind| Choice::new(kind.code(), crate::notices::words::kind(l, kind)))
        .collect();
    let meetings = Meeting::ALL.map(|one| Choice::new(one.code(), words::meeting(l, one))).into();
    let hours = hours(l, &values, &errors);
    let value = move |name: &str| values.get(name).cloned().unwrap_or_default();
    let chosen = value("kinds").split(' ').map(str::to_owned).collect();
    let error = move |name: &str| FieldError::of(&errors, name);
    view! {
        <Form action=api::action(api::WISHES)>
            <Select name="locale" label=t::locale(l) options=languages value=value("locale") error=error("locale")/>
            <RadioGroup name="text" legend=t::text(l) hint=t::text_hint(l) options=texts value=value("text")
                error=error("text")/>
            <Field name="telephone" label=t::telephone(l) hint=t::wishes_telephone_hint(l) kind=Kind::Tel
                autocomplete="tel" width=Width::Half value=value("telephone") error=error("telephone")/>
            <Field name="safe_word" label=t::safe_word(l) hint=t::safe_word_hint(l) width=Width::Half
                autocomplete="off" value=value("safe_word") error=error("safe_word")/>
            {hours}
            <Checkbox name="at_any_hour" label=t::at_any_hour(l) hint=t::at_any_hour_hint(l)
                checked=!value("at_any_hour").is_empty()/>
            <CheckboxGroup name="kinds[]" legend=t::kinds(l) hint=t::kinds_hint(l) options=kinds values=chosen
                error=error("kinds")/>
            <RadioGroup name="meeting" legend=t::meeting(l) hint=t::meeting_hint(l) options=meetings
                value=value("meeting") error=error("meeting")/>
            <Actions><Button text=t::save(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// A row a day, with a from and a to.
fn hours(l: Locale, values: &BTreeMap<String, String>, errors: &[FieldError]) -> AnyView {
    let rows = (1..=7_u8).map(|day| {
        let (from, to) = (format!("from_{day}"), format!("to_{day}"));
        let value = |name: &str| values.get(name).cloned().unwrap_or_default();
        let (began, ended, wrong) = (value(&from), value(&to), FieldError::of(errors, &from));
        let name = dates::capital(&dates::weekday_name(l, day));
        view! {
            <div class="hours">
                <Field name=from label=t::hours_from(l, &name) width=Width::Short value=began error=wrong/>
                <Field name=to label=t::hours_to(l, &name) width=Width::Short value=ended/>
            </div>
        }
    });
    view! {
        <fieldset class="field" aria-describedby="hours-hint">
            <legend class="label">{t::hours(l)}</legend>
            <p class="hint" id="hours-hint">{t::hours_hint(l)}</p>
            {rows.collect_view()}
        </fieldset>
    }
    .into_any()
}

/// Everything off, which waits some days; and on again while it waits or after.
fn all(l: Locale, off: Option<Instant>, days: i64) -> AnyView {
    let (text, button, on) = match off {
        Some(at) => (t::stands_off_at(l, words::when(l, at)), t::all_on(l), "yes"),
        None => (t::all_text(l, days), t::all_off(l), ""),
    };
    view! {
        <p>{text}</p>
        <Form action=api::action(api::WANT)>
            <HiddenInput name="on" value=on/>
            <Actions><Button text=button kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
