//! The receipt, as a page and as a paper: that it has come in, its reference and time, each file with its hash, and what happens next.

use backend::{
    Result,
    documents::{Document, FileLine},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::parts::{hers, named, own};
use crate::{
    documents::{files, words},
    files::{Receipt as PaperReceipt, Received},
    i18n::{dates, documents as both, documents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Actions, AsideBlock, ButtonKind, LinkButton, PageGrid, PrintButton, Receipt, SummaryList},
};

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| receipt(here, public))
}

async fn receipt(here: Here, public: String) -> Result<AnyView> {
    let Some(document) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(&here, &document))
}

fn whole(here: &Here, document: &Document) -> AnyView {
    let l = here.locale();
    let to = to(l, document);
    let facts = vec![
        (t::receipt_reference(l), document.reference.to_string()),
        (t::handed_at(l), dates::date_time_with_year(l, document.handed_at)),
        (t::what(l), document.names.name(l).to_owned()),
        (t::to(l), to),
        (t::receipt_from(l), here.who.name.clone()),
    ];
    let words = document.words.as_ref().map(|words| view! { <SummaryList rows=vec![hers(l, words)]/> });
    let aside = view! {
        <AsideBlock title=t::hash_title(l)><p>{t::hash_text(l)}</p></AsideBlock>
    };
    let (show, listed) = (routes::document(&document.public), files::receipt(l, &document.files));
    let paper = routes::document_paper(&document.public);
    view! {
        <PageGrid aside=aside.into_any()>
            <Receipt title=t::receipt_title(l) lead=t::receipt_lead(l) facts=facts>
                <h2>{both::files_title(l)}</h2>
                {listed}
                {words}
                <h2>{t::next_title(l)}</h2>
                <ol><li>{t::next_checked(l)}</li><li>{t::next_read(l)}</li><li>{t::next_told(l)}</li></ol>
                <Actions>
                    <LinkButton href=show text=t::receipt_show(l)/>
                    <LinkButton href=routes::DOCUMENTS text=t::list_title(l) kind=ButtonKind::Secondary/>
                    <LinkButton href=paper text=t::paper(l) kind=ButtonKind::Secondary/>
                    <PrintButton text=t::print(l)/>
                </Actions>
            </Receipt>
        </PageGrid>
    }
    .into_any()
}

fn to(l: Locale, document: &Document) -> String {
    document.about.as_ref().map_or_else(|| document.unit_name.clone(), |about| words::about(l, about))
}

/// The same as a tagged PDF.
pub fn paper(l: Locale, document: &Document) -> Result<Vec<u8>> {
    let l = t::lang(l);
    let received = |file: &FileLine| Received {
        name: file.name.clone(),
        length: file.length,
        sha256: (0..file.sha256.len() / 2)
            .filter_map(|n| u8::from_str_radix(file.sha256.get(2 * n..2 * n + 2)?, 16).ok())
            .collect(),
    };
    let files: Vec<Received> = document.files.iter().map(received).collect();
    let next = [t::next_checked(l), t::next_read(l), t::next_told(l)];
    let receipt = PaperReceipt {
        reference: &document.reference,
        at: document.handed_at,
        from: &document.sender,
        to: &to(l, document),
        what: document.names.name(l),
        files: &files,
        next: &next,
    };
    crate::files::receipt(l, &receipt)
}
