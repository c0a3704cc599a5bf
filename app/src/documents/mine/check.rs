//! All of it before it is handed in: what, where to, her words, and the files. What is shown here is what goes along.

use backend::{
    Result, custody,
    documents::{self, Draft},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    parts::{action, begun, hers, named, stopped, tried},
};
use crate::{
    documents::{files, words},
    i18n::{documents as both, documents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead, SummaryList,
        SummaryRow,
    },
};

#[component]
pub fn CheckPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| check(here, public))
}

async fn check(here: Here, public: String) -> Result<AnyView> {
    let Some(draft) = begun(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let l = here.locale();
    let Some(to) = to(&here, &draft).await? else {
        request::redirect(&routes::document_draft(&draft.public));
        return Ok(().into_any());
    };
    let stopped = tried(&here, &[api::HAND_IN]).await?.and_then(|fields| stopped(l, &fields));
    Ok(whole(l, &draft, to, stopped))
}

/// Where it goes, in words; none where she has not said it yet.
async fn to(here: &Here, draft: &Draft) -> Result<Option<String>> {
    let l = here.locale();
    if let Some(asked) = &draft.request {
        let unit = || asked.unit_name.clone();
        return Ok(Some(asked.about.as_ref().map_or_else(unit, |about| words::about(l, about))));
    }
    let typed = &draft.typed;
    if !typed.about.is_empty() {
        let cases = documents::cases(&here.ctx, &here.who).await?;
        let case = cases.iter().find(|case| case.public == typed.about);
        return Ok(case.map(|case| words::case(l, &case.kind, &case.reference)));
    }
    Ok(custody::public_unit(&here.ctx, &typed.unit).await?.map(|(_, unit)| unit.name))
}

fn whole(l: Locale, draft: &Draft, to: String, stopped: Option<AnyView>) -> AnyView {
    let rows = rows(l, draft, to);
    let listed = files::waiting(l, &draft.files);
    let (id, version) = (draft.public.to_string(), draft.version.to_string());
    let named = draft.files.iter().map(|file| {
        let file = file.public.to_string();
        view! { <HiddenInput name="files[]" value=file/> }
    });
    let (named, more) = (named.collect_view(), routes::document_draft_files(&draft.public));
    view! {
        <PageGrid>
            <PageHead title=t::check_title(l) back=Link::new(more.clone(), t::check_back(l))/>
            {stopped}
            <SummaryList rows=rows/>
            <h2>{both::files_title(l)}</h2>
            {listed}
            <p class="small muted">{t::check_next(l)}</p>
            <Form action=action(api::HAND_IN)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                {named}
                <Actions>
                    <Button text=t::hand_in(l)/>
                    <LinkButton href=more text=t::check_more(l) kind=ButtonKind::Secondary/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// What, where to, and her words, each with the way to change it.
fn rows(l: Locale, draft: &Draft, to: String) -> Vec<SummaryRow> {
    let change = routes::document_draft(&draft.public);
    let name = draft.kind.names.name(l);
    let place = SummaryRow::new(t::to(l), to);
    let place = match draft.request {
        Some(_) => place,
        None => place.change(change.clone(), both::change(l), t::to(l)),
    };
    let mut rows = vec![SummaryRow::new(t::what(l), name), place];
    if !draft.typed.words.trim().is_empty() {
        rows.push(hers(l, &draft.typed.words).change(change, both::change(l), t::words(l)));
    }
    rows
}
