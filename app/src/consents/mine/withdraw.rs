//! Taking a yes back: what it brings about first, then the question. Nobody asks why. Whoever is not safe says so with one mark.

use backend::{
    Result,
    consents::{FormKey, MyCase},
};
use domain::consents::Kind;
use leptos::prelude::*;

use super::{
    api::WITHDRAW,
    parts::{self, action, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, consents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, ErrorSummary, Field, Form, HiddenInput, Link, LinkButton,
        PageGrid, PageHead,
    },
};

#[component]
pub fn WithdrawPage() -> impl IntoView {
    let named = parts::named();
    page("consents_mine", move |here| ask(here, named))
}

async fn ask(here: Here, named: Option<String>) -> Result<AnyView> {
    let Some(home) = parts::own(&here, named).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if home.closed || !home.standing.is_yes() {
        request::redirect(&routes::my_home(&home.public));
        return Ok(().into_any());
    }
    let tried = parts::tried(&here, WITHDRAW, &home).await?;
    Ok(question(&here, &home, &tried))
}

fn question(here: &Here, home: &MyCase, tried: &Fields) -> AnyView {
    let l = here.locale();
    let back = routes::my_home(&home.public);
    let key = FormKey::parse(&tried.value("key")).unwrap_or_else(|| here.ctx.chance.public()).to_string();
    let (id, tab) = (home.public.to_string(), tried.tab(l, t::withdraw_tab(l)));
    let to = Link::new(back.clone(), parts::title(l, home));
    let (effects, danger_label) = match home.kind {
        Kind::Home => (
            [t::withdraw_effect_one(l), t::withdraw_effect_two(l), t::withdraw_effect_three(l)],
            t::unsafe_label(l),
        ),
        Kind::Child => (
            [t::child_effect_one(l), t::child_effect_two(l), t::child_effect_three(l)],
            t::child_unsafe_label(l),
        ),
    };
    let effects = effects.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let (danger, contact) = (tried.value("unsafe_home") == "yes", tried.value("contact"));
    let errors = tried.summary(l, wrong);
    let [bad, bad_contact] = ["unsafe_home", "contact"].map(|name| tried.error(l, wrong, name));
    view! {
        <PageGrid aside=parts::beside(l, home)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::withdraw_title(l) tab=tab back=to/>
            <ul>{effects}</ul>
            <Form action=action(WITHDRAW)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="key" value=key/>
                <Checkbox name="unsafe_home" label=danger_label hint=t::unsafe_hint(l) checked=danger error=bad/>
                <Field name="contact" label=t::contact_label(l) hint=t::contact_hint(l) value=contact
                    error=bad_contact autocomplete="off"/>
                <Actions>
                    <Button text=t::withdraw_yes(l)/>
                    <LinkButton href=back text=t::withdraw_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
