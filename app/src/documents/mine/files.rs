//! The files of what she is putting together: each with its state, one form that takes several, and the way on.

use backend::{Result, documents::Draft};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    draft::discard,
    parts::{begun, named, stopped, tried},
};
use crate::{
    documents::{fields::Fields, words},
    files::{Files, Upload},
    i18n::{common, documents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{
        Actions, AsideBlock, ButtonKind, ErrorSummary, FieldError, Link, LinkButton, PageGrid, PageHead,
        SummaryList, SummaryRow,
    },
};

#[component]
pub fn FilesPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| files_of(here, public))
}

async fn files_of(here: Here, public: String) -> Result<AnyView> {
    let Some(draft) = begun(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let fields = tried(&here, &[api::HAND_IN]).await?.unwrap_or_default();
    let (kind, tried) = (&draft.kind.kind.blob_kind, here.page.query("try"));
    let files = Files::of(&here.ctx, &here.actor(), kind, Some(&public), tried.as_deref()).await?;
    Ok(whole(&here, &draft, &fields, files))
}

fn whole(here: &Here, draft: &Draft, fields: &Fields, files: Files) -> AnyView {
    let l = here.locale();
    let errors: Vec<FieldError> = files.errors(l).into_iter().chain(fields.summary(l)).collect();
    let tab = match errors.is_empty() {
        true => t::files_tab(l),
        false => format!("{} {}", common::error_prefix(l), t::files_tab(l)),
    };
    let (name, back) = (draft.kind.names.name(l).to_owned(), routes::document_draft_files(&draft.public));
    let label = if draft.files.is_empty() { t::upload_first(l) } else { t::upload_more(l) };
    let optional = (!draft.kind.kind.needs_file).then(|| view! { <p>{t::files_optional(l)}</p> });
    let (stopped, asked) = (stopped(l, fields), asked(here, draft));
    let (onwards, discard) = (onwards(l, draft), discard(l, draft));
    view! {
        <PageGrid aside=aside(l)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::files_title(l) tab=tab note=name
                back=Link::new(routes::DOCUMENTS, t::list_title(l))/>
            {stopped}
            {asked}
            {optional}
            <Upload l=l files=files back=back label=label/>
            {onwards}
            {discard}
        </PageGrid>
    }
    .into_any()
}

/// Why she is asked, and by when.
fn asked(here: &Here, draft: &Draft) -> Option<AnyView> {
    let (l, asked) = (here.locale(), draft.request.as_ref()?);
    let rows = vec![
        SummaryRow::new(t::asked_why(l), &asked.reason).lang("nb"),
        SummaryRow::new(t::asked_due(l), words::due(l, asked.due, here.page.now.date())),
    ];
    Some(view! { <SummaryList rows=rows/> }.into_any())
}

fn onwards(l: Locale, draft: &Draft) -> AnyView {
    let (check, words) = (routes::document_draft_check(&draft.public), routes::document_draft(&draft.public));
    let text = if draft.request.is_some() { t::add_words(l) } else { t::change_words(l) };
    view! {
        <Actions>
            <LinkButton href=check text=t::to_check(l)/>
            <LinkButton href=words text=text kind=ButtonKind::Quiet/>
        </Actions>
    }
    .into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::help_title(l)>
            <ul><li>{t::help_types(l)}</li><li>{t::help_photo(l)}</li><li>{t::help_office(l)}</li></ul>
        </AsideBlock>
        <AsideBlock title=t::checked_title(l)><p>{t::checked_text(l)}</p></AsideBlock>
    }
    .into_any()
}
