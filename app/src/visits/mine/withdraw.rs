//! The question before an application is taken back.

use backend::{Result, visits::clearance::Tracked};
use leptos::prelude::*;

use super::{api::WITHDRAW, case::own};
use crate::{
    i18n::visits_mine as t,
    public::NotFound,
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
    visits::{Here, page},
};

#[component]
pub fn WithdrawPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_mine", move |here| ask(here, public))
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(case) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    if !case.stage.is_open() || case.anew {
        request::redirect(&routes::clearance(&case.public));
        return Ok(().into_any());
    }
    Ok(question(&here, &case))
}

fn question(here: &Here, case: &Tracked) -> AnyView {
    let l = here.locale();
    let back = routes::clearance(&case.public);
    let title = t::case_title(l, &case.inmate_name);
    let (lead, public) = (t::withdraw_text(l, &case.inmate_name), case.public.to_string());
    let note = t::case_reference(l, case.reference.to_string());
    view! {
        <PageGrid>
            <PageHead title=t::withdraw_title(l) lead=lead note=note
                back=Link::new(back.clone(), title)/>
            <Form action=WITHDRAW>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::withdraw_yes(l)/>
                    <LinkButton href=back text=t::withdraw_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
