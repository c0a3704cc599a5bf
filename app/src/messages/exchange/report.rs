//! Telling the unit that something is wrong with the letters. The other is not told.

use backend::{
    Result,
    messages::{FormKey, exchange::Exchange},
};
use leptos::prelude::*;

use super::{
    api::{REPORT, WORDS},
    parts::{action, own, tried_of},
    words,
};
use crate::{
    i18n::{common, messages_exchange as t},
    identity::here::{Here, page},
    messages::kept::Kept,
    public::NotFound,
    routes,
    ui::{
        Actions, Button, ButtonKind, ErrorSummary, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead,
        TextArea,
    },
};

#[component]
pub fn ReportPage() -> impl IntoView {
    page("messages_exchange", ask)
}

async fn ask(here: Here) -> Result<AnyView> {
    let Some(exchange) = own(&here).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let tried = tried_of(&here, REPORT, &exchange.inmate).await?.unwrap_or_default();
    Ok(form(&here, &exchange, &tried))
}

fn form(here: &Here, exchange: &Exchange, tried: &Kept) -> AnyView {
    let l = here.locale();
    let back = routes::my_letters_of(&exchange.inmate);
    let key = FormKey::parse(&tried.value("key")).unwrap_or_else(|| here.ctx.chance.public());
    let (inmate, key) = (exchange.inmate.to_string(), key.to_string());
    let (errors, tab) = (tried.summary(l, words::wrong), tried.tab(l, t::report_title(l)));
    let (text, error) = (tried.value(WORDS), tried.error(l, words::wrong, WORDS));
    let link = Link::new(back.clone(), t::show_title(l, &exchange.name));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::report_title(l) tab=tab lead=t::report_lead(l)
                back=link/>
            <p>{t::report_danger(l)}</p>
            <Form action=action(REPORT)>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="key" value=key/>
                <TextArea name=WORDS label=t::report_label(l) hint=t::report_hint(l) rows=6
                    value=text error=error/>
                <Actions>
                    <Button text=t::report_send(l)/>
                    <LinkButton href=back text=t::wish_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
