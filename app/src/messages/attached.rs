//! Files of a conversation: those that are part of it, and the way to send more with the next message.

use backend::{
    Result,
    blobs::FileView,
    ctx::{Actor, Ctx},
    messages::officer::FILES,
};
use domain::{
    blobs::Blob,
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use crate::{
    files::{Files, Upload, size, state},
    i18n::{dates, messages_files as t},
    ui::{Details, ErrorSummary, Tag},
};

/// What whoever looks has sent for the next message; `draft` is the conversation's public id, or nothing while there is none.
pub(super) async fn to_send(ctx: &Ctx, actor: &Actor, draft: &str, tried: Option<&str>) -> Result<Files> {
    Files::of(ctx, actor, FILES, Some(draft), tried).await
}

/// Opens where something waits or was refused. Without script the page is loaded anew, so it stands before what is written.
pub(super) fn attach(l: Locale, files: Files, back: String) -> AnyView {
    let errors = files.errors(l);
    let open = !errors.is_empty() || !files.waiting.is_empty();
    let wrong = (!errors.is_empty()).then(|| {
        view! { <ErrorSummary title=crate::i18n::common::error_summary(l) errors=errors/> }
    });
    view! {
        <Details summary=t::attach(l) open=open>
            {wrong}
            <p>{t::attach_text(l)}</p>
            <Upload l=l files=files back=back/>
        </Details>
    }
    .into_any()
}

/// The files that are part of it, oldest first. What is not known to be clean has no way to it.
pub(super) fn attached(
    l: Locale,
    files: &[FileView],
    from: impl Fn(bool) -> String,
    href: impl Fn(&Public<Blob>) -> String,
) -> Option<AnyView> {
    let files: Vec<&FileView> = files.iter().filter(|file| file.name.is_some()).collect();
    if files.is_empty() {
        return None;
    }
    let rows = files.into_iter().map(|file| {
        let name = file.name.clone().unwrap_or_default();
        let clean = file.state.may_be_read();
        let link = clean.then(|| href(&file.public));
        let (kind, words) = state(l, file.state);
        let tag = (!clean).then(|| view! { " "<Tag text=words kind=kind/> });
        let size = size(l, file.length.unwrap_or(file.received));
        let about = format!("{size}. {}", t::sent(l, from(file.from_staff), dates::plain(l, file.at.date())));
        let name = match link {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => view! { <span>{name}</span> }.into_any(),
        };
        view! { <li>{name}{tag}<br/><span class="small muted">{about}</span></li> }
    });
    let rows = rows.collect_view();
    Some(view! { <h2>{t::title(l)}</h2><ul class="stack">{rows}</ul> }.into_any())
}
