//! What does she want to send? The kinds that she can begin by herself.

use backend::{
    Result,
    documents::{self, KindView},
};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, tried},
};
use crate::{
    documents::fields::Fields,
    i18n::{common, documents_mine as t},
    identity::here::{Here, page},
    routes,
    ui::{
        Actions, AsideBlock, Button, Choice, ErrorSummary, Form, HiddenInput, Link, PageGrid, PageHead,
        RadioGroup,
    },
};

#[component]
pub fn SendPage() -> impl IntoView {
    page("documents_mine", send)
}

async fn send(here: Here) -> Result<AnyView> {
    let has_case = !documents::cases(&here.ctx, &here.who).await?.is_empty();
    let kinds = documents::kinds(&here.ctx).await?;
    let kinds: Vec<KindView> = kinds.into_iter().filter(|view| view.kind.may_begin(has_case)).collect();
    let about = here.page.query("about").unwrap_or_default();
    let fields = tried(&here, &[api::START]).await?;
    let fields = fields.unwrap_or_else(|| Fields::new([("about", about)]));
    Ok(whole(&here, &kinds, &fields))
}

fn whole(here: &Here, kinds: &[KindView], fields: &Fields) -> AnyView {
    let l = here.locale();
    let choice = |view: &KindView| Choice::new(&view.kind.code, view.names.name(l)).hint(view.names.hint(l));
    let options: Vec<Choice> = kinds.iter().map(choice).collect();
    let aside = view! {
        <AsideBlock title=t::next_title(l)><p>{t::send_next(l)}</p></AsideBlock>
        <AsideBlock title=t::paper_title(l)>
            <p>{t::paper_text(l)}" "<a href=routes::UNITS>{common::nav_units(l)}</a></p>
        </AsideBlock>
    };
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::send_title(l)));
    let (about, kind, error) = (fields.value("about"), fields.value("kind"), fields.error(l, "kind"));
    view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::send_title(l) tab=tab back=Link::new(routes::DOCUMENTS, t::list_title(l))/>
            <Form action=action(api::START)>
                <HiddenInput name="about" value=about/>
                <RadioGroup name="kind" legend=t::send_legend(l) options=options value=kind error=error/>
                <Actions><Button text=common::next(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
