//! The question before a draft is thrown away.

use backend::{Result, visits::clearance};
use leptos::prelude::*;

use super::api::action;
use crate::{
    i18n::visits_apply as t,
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, Link, LinkButton, PageGrid, PageHead},
    visits::{Here, page},
};

#[component]
pub fn DiscardPage() -> impl IntoView {
    page("visits_apply", discard)
}

async fn discard(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let draft = clearance::draft(&here.ctx, &here.who).await?;
    if draft.answers().next().is_none() {
        request::redirect(routes::APPLY);
        return Ok(().into_any());
    }
    Ok(view! {
        <PageGrid>
            <PageHead title=t::discard_title(l) lead=t::discard_text(l) back=Link::new(routes::APPLY, t::start_title(l))/>
            <Form action=action("discard")>
                <Actions>
                    <Button text=t::discard_yes(l)/>
                    <LinkButton href=routes::APPLY text=t::discard_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}
