//! The question before an appeal is taken back.

use backend::{Result, appeals::Appeal};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, named, own},
};
use crate::{
    appeals::words,
    i18n::appeals_mine as t,
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
};

#[component]
pub fn WithdrawPage() -> impl IntoView {
    let public = named();
    page("appeals_mine", move |here| ask(here, public))
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(appeal) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if !appeal.state.is_open() {
        request::redirect(&routes::my_appeal(&appeal.public));
        return Ok(().into_any());
    }
    Ok(question(&here, &appeal))
}

fn question(here: &Here, appeal: &Appeal) -> AnyView {
    let l = here.locale();
    let back = routes::my_appeal(&appeal.public);
    let note = t::show_reference(l, appeal.reference.to_string());
    let lead = match appeal.target.is_late(here.page.now) {
        true => t::withdraw_late(l),
        false => t::withdraw_text(l, words::deadline(l, appeal.target.deadline)),
    };
    let tab = t::withdraw_tab(l, appeal.reference.to_string());
    let id = appeal.public.to_string();
    view! {
        <PageGrid>
            <PageHead title=t::withdraw_title(l) tab=tab lead=lead note=note
                back=Link::new(back.clone(), t::paper_back(l))/>
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
