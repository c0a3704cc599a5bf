//! The form, the list beneath it, and what a script takes over of both.

use std::collections::BTreeMap;

use backend::blobs::FileView;
use domain::{access::Area, kernel::Locale};
use leptos::prelude::*;

use super::{
    FIELD, Files,
    words::{self, CODES},
};
use crate::{
    i18n::{self, files as t},
    request, routes,
    ui::{
        Button, ButtonKind, FileForm, FileItem, FilePicker, FileRow, FileVerbs, HiddenInput, IconName,
        MaybeText, Tag, TagKind,
    },
};

/// Chooses files, sends them and shows how they stand. One on a page, outside any other form.
#[component]
pub fn Upload(
    l: Locale,
    files: Files,
    /// The page that shows it.
    #[prop(into)]
    back: String,
    /// What is asked for.
    #[prop(optional, into)]
    label: MaybeText,
) -> impl IntoView {
    let Files { area, kind, draft, rule, waiting, wrong } = files;
    let label = label.into_option().unwrap_or_else(|| t::choose(l));
    let limits = rule.as_ref().map(|rule| words::limits(l, rule)).unwrap_or_default();
    let (accept, most) = (rule.as_ref().map(accept).unwrap_or_default(), rule.map(|rule| rule.most_bytes));
    let error = wrong.first().map(|code| words::fault(l, code));
    let none = waiting.is_empty();
    let rows = waiting.iter().map(|file| view! { <FileRow item=item(l, area, file, &back) verbs=verbs(l)/> });
    let rows = rows.collect_view();
    let (blank, of_kind, of_draft) = (blank(&back), kind.clone(), draft.clone());
    view! {
        <section class="files" aria-label=t::title(l) lang=i18n::lang_of("files", l).code() data-upload=routes::files(area)
            data-kind=of_kind data-draft=of_draft data-most=most data-words=spoken(l)>
            <FileForm action=routes::files_form(area)>
                <HiddenInput name="kind" value=kind/>
                <HiddenInput name="draft" value=draft/>
                <HiddenInput name="back" value=back/>
                <FilePicker name=FIELD label=label hint=limits error=error accept=accept camera=t::camera(l)/>
                <p class="hint" data-drop hidden>{t::drop(l)}</p>
                <div data-send><Button text=t::send(l) kind=ButtonKind::Secondary icon=IconName::Upload/></div>
            </FileForm>
            <p class="label" id="files-list">{t::list(l)}</p>
            <p class="hint" data-none hidden=!none>{t::none(l)}</p>
            <ul class="file-list" aria-labelledby="files-list">{rows}</ul>
            <div class="visually-hidden" role="status" data-said></div>
            <template data-row><FileRow item=blank verbs=verbs(l)/></template>
            {tags(l)}
        </section>
        <UploadScript/>
    }
}

/// What sends files in pieces and goes on by itself; for whoever can send some.
#[component]
fn UploadScript() -> impl IntoView {
    let (page, nonce) = (request::page(), leptos::nonce::use_nonce());
    let ready = !page.assets.upload.is_empty() && page.name().is_some();
    ready.then(
        || view! { <script type="module" nonce=nonce src=format!("/pkg/{}", page.assets.upload)></script> },
    )
}

/// Endings and types: a telephone that keeps its pictures in another way turns them into one of these.
fn accept(rule: &domain::blobs::Rule) -> String {
    let endings = rule.types.iter().flat_map(|kind| kind.endings()).map(|ending| format!(".{ending}"));
    let types = rule.types.iter().map(|kind| kind.media_type().to_owned());
    endings.chain(types).collect::<Vec<_>>().join(",")
}

fn item(l: Locale, area: Area, file: &FileView, back: &str) -> FileItem {
    FileItem {
        id: file.public.to_string(),
        state: file.state.code().to_owned(),
        name: file.name.clone().unwrap_or_else(|| t::nameless(l)),
        size: words::size(l, file.length.unwrap_or(file.received)),
        tag: words::state(l, file.state),
        note: words::note(l, file).into(),
        error: words::wrong(l, file).into(),
        remove: (routes::file_remove(area, &file.public), back.to_owned()),
    }
}

/// What the script copies. Its form is never sent: the script takes the file away.
fn blank(back: &str) -> FileItem {
    FileItem {
        id: String::new(),
        state: String::new(),
        name: String::new(),
        size: String::new(),
        tag: (TagKind::Plain, String::new()),
        note: MaybeText::default(),
        error: MaybeText::default(),
        remove: (back.to_owned(), back.to_owned()),
    }
}

fn verbs(l: Locale) -> FileVerbs {
    FileVerbs { pause: t::pause(l), resume: t::resume(l), remove: t::remove(l), progress: t::progress(l) }
}

/// Each state as it is drawn, for the script to copy.
fn tags(l: Locale) -> impl IntoView {
    let tags = [
        ("waiting", TagKind::Open, t::state_waiting(l)),
        ("sending", TagKind::Now, t::state_sending(l)),
        ("paused", TagKind::Warn, t::state_paused(l)),
        ("lost", TagKind::Warn, t::state_lost(l)),
        ("received", TagKind::Waiting, t::state_received(l)),
        ("clean", TagKind::Done, t::state_clean(l)),
        ("infected", TagKind::Error, t::state_infected(l)),
        ("rejected", TagKind::Error, t::state_rejected(l)),
    ];
    let one =
        |(state, kind, text)| view! { <template data-state-of=state><Tag text=text kind=kind/></template> };
    tags.map(one).into_iter().collect_view()
}

/// What the script says: to a screen reader, and of what is wrong. `{name}` is the file's.
fn spoken(l: Locale) -> String {
    let name = "{name}";
    let said = [
        ("begun", t::said_begun(l, name)),
        ("half", t::said_half(l, name)),
        ("done", t::said_done(l, name)),
        ("paused", t::said_paused(l, name)),
        ("lost", t::said_lost(l, name)),
        ("back", t::said_back(l, name)),
        ("removed", t::said_removed(l, name)),
        ("failed", t::said_failed(l, name)),
        ("other", words::fault(l, "")),
        ("part", t::part_of(l, "{sent}", "{size}")),
        ("decimal", t::decimal(l)),
    ];
    let faults = CODES.map(|code| (code, words::fault(l, code)));
    let all: BTreeMap<&str, String> = said.into_iter().chain(faults).collect();
    serde_json::to_string(&all).unwrap_or_default()
}
