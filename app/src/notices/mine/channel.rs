//! One channel: the code that came there, and stopping it. One that is held looks like one whose code is on its way.

use backend::{
    Result,
    form_try::FormTry,
    notices::{channels::ChannelView, mine},
    rules::Rules,
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page, tried},
    parts::{is_done, whole},
    words,
};
use crate::{
    i18n::{dates, notices_mine as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Field, FieldError, Form, HiddenInput, Kind, Notice,
        NoticeKind, Width,
    },
};

#[component]
pub fn ChannelPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page(move |here| channel(here, public))
}

async fn channel(here: Here, public: String) -> Result<AnyView> {
    let l = here.l;
    let home = mine::home(&here.ctx, &here.who).await?;
    let Some(one) = home.channels.into_iter().find(|one| one.public.to_string() == public) else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    let code = tried(&here, api::CODE).await?.unwrap_or_default();
    let stop = tried(&here, api::STOP).await?.unwrap_or_default();
    let errors = words::code_errors(l, &code);
    let first = if one.confirmed {
        let done = is_done(&here, "confirmed").then(|| {
            view! { <Notice kind=NoticeKind::Done><p>{t::confirmed_text(l)}</p></Notice> }
        });
        view! { {done}<p>{words::channel_state(l, &one)}</p> }.into_any()
    } else if one.dead {
        view! { <p>{words::channel_state(l, &one)}</p> }.into_any()
    } else {
        let minutes = Rules::on(&here.ctx.db, here.page.now.date()).await?.days("notices.code_minutes")?;
        code_form(&here, &one, (&code, &errors), minutes)
    };
    let title = one.address.clone();
    let body = view! {
        <p><a href=routes::MESSAGE_CHANNELS>{t::channels_all(l)}</a></p>
        {first}
        <h2>{t::stop_title(l)}</h2>
        {stop_form(l, &one, &stop)}
    };
    Ok(whole(l, title, None, errors, body.into_any()))
}

fn code_form(
    here: &Here,
    one: &ChannelView,
    (tried, errors): (&FormTry, &[FieldError]),
    minutes: i64,
) -> AnyView {
    let (l, demo) = (here.l, here.page.demo);
    let again = is_done(here, "again").then(|| {
        view! { <Notice kind=NoticeKind::Done><p>{t::code_again_sent(l)}</p></Notice> }
    });
    let value = tried.values.get("code").cloned().unwrap_or_default();
    let (public, error) = (one.public.to_string(), FieldError::of(errors, "code"));
    let same = public.clone();
    let demo = demo
        .then(|| view! { <p>{t::demo_text(l)}" "<a href=routes::DEMO_TEXTS>{t::demo_link(l)}</a>"."</p> });
    view! {
        {again}
        <p>{t::code_lead(l, dates::minutes(l, minutes))}</p>
        {demo}
        <Form action=api::action(api::CODE)>
            <HiddenInput name="public" value=public/>
            <Field name="code" label=t::code_field(l) kind=Kind::Number width=Width::Short
                autocomplete="one-time-code" value=value error=error/>
            <Actions><Button text=t::code_confirm(l)/></Actions>
        </Form>
        <Form action=api::action(api::RENEW)>
            <HiddenInput name="public" value=same/>
            <Actions><Button text=t::code_again(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
        <p class="small">{t::code_missing(l)}" "<a href=routes::MESSAGE_WRITE>{t::ways_write(l)}</a>"."</p>
    }
    .into_any()
}

fn stop_form(l: Locale, one: &ChannelView, tried: &FormTry) -> AnyView {
    let public = one.public.to_string();
    let checked = tried.values.get("not_safe").is_some_and(|value| !value.is_empty());
    view! {
        <p>{t::stop_text(l)}</p>
        <Form action=api::action(api::STOP)>
            <HiddenInput name="public" value=public/>
            <Checkbox name="not_safe" label=t::stop_unsafe(l) hint=t::stop_unsafe_hint(l) checked=checked/>
            <Actions><Button text=t::stop_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
