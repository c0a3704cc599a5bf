//! The question before she pauses, blocks or takes up the letters, with what follows of it. The other is not told.

use backend::{Result, messages::exchange::Exchange};
use domain::{kernel::Locale, messages::Wish};
use leptos::prelude::*;

use super::{
    api::WISH,
    parts::{action, own},
};
use crate::{
    i18n::messages_exchange as t,
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
};

#[component]
pub fn WishPage() -> impl IntoView {
    page("messages_exchange", ask)
}

async fn ask(here: Here) -> Result<AnyView> {
    let code = here.page.query("wish").unwrap_or_default();
    let (Some(wish), Some(exchange)) = (Wish::parse(&code), own(&here).await?) else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    Ok(question(here.locale(), &exchange, wish, code))
}

fn question(l: Locale, exchange: &Exchange, wish: Wish, code: String) -> AnyView {
    let name = &exchange.name;
    let (title, lead, yes) = match wish {
        Wish::Open => (t::wish_open(l, name), t::wish_open_text(l), t::wish_open_yes(l)),
        Wish::Pause => (t::wish_pause(l, name), t::wish_pause_text(l), t::wish_pause_yes(l)),
        Wish::Block => (t::wish_block(l, name), t::wish_block_text(l), t::wish_block_yes(l)),
    };
    let back = routes::my_letters_of(&exchange.inmate);
    let (inmate, here) = (exchange.inmate.to_string(), t::show_title(l, name));
    view! {
        <PageGrid>
            <PageHead title=title tab=t::tab(l) lead=lead back=Link::new(back.clone(), here)/>
            <p>{t::wish_untold(l)}</p>
            <Form action=action(WISH)>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="wish" value=code/>
                <Actions>
                    <Button text=yes/>
                    <LinkButton href=back text=t::wish_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
