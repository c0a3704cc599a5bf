//! The question before a document is taken back that nobody has opened.

use backend::{Result, documents::Document};
use domain::documents::State;
use leptos::prelude::*;

use super::{
    api,
    parts::{action, named, own},
};
use crate::{
    i18n::documents_mine as t,
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
};

#[component]
pub fn WithdrawPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| ask(here, public))
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(document) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if document.state != State::Received {
        request::redirect(&routes::document(&document.public));
        return Ok(().into_any());
    }
    Ok(question(&here, &document))
}

fn question(here: &Here, document: &Document) -> AnyView {
    let l = here.locale();
    let (back, id) = (routes::document(&document.public), document.public.to_string());
    let (note, tab) =
        (t::reference(l, document.reference.to_string()), t::withdraw_tab(l, document.reference.to_string()));
    view! {
        <PageGrid>
            <PageHead title=t::withdraw_title(l) tab=tab lead=t::withdraw_text(l) note=note
                back=Link::new(back.clone(), t::withdraw_back(l))/>
            <Form action=action(api::WITHDRAW)>
                <HiddenInput name="id" value=id/>
                <Actions>
                    <Button text=t::withdraw_yes(l)/>
                    <LinkButton href=back text=t::withdraw_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
