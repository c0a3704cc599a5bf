//! Files: a form that sends them without script, the field in which they are chosen, and a row of the list of those
//! that have come. A script may take over the form (`files`), so rows carry what it needs to know.
use leptos::prelude::*;

use super::field::{FieldMessage, Hint, field_class};
use super::text::{MaybeText, described_by, field_id};
use super::{Icon, IconName, Tag, TagKind};

/// A POST form with files.
#[component]
pub fn FileForm(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// Fields, those with texts before those with files, and buttons.
    children: Children,
) -> impl IntoView {
    view! { <form class="form" method="post" action=action enctype="multipart/form-data" novalidate>{children()}</form> }
}

/// Where files are chosen, several at once.
#[component]
pub fn FilePicker(
    /// Submitted name, and the id.
    #[prop(into)]
    name: String,
    /// Visible label.
    #[prop(into)]
    label: String,
    /// What may be sent: types and size.
    #[prop(into)]
    hint: String,
    /// What is wrong with what was sent.
    #[prop(optional, into)]
    error: MaybeText,
    /// As HTML's `accept`.
    #[prop(into)]
    accept: String,
    /// Words of the second choice, a phone's camera; it is shown where a script finds fingers.
    #[prop(into)]
    camera: String,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, true, error.is_some());
    let bad = error.is_some();
    view! {
        <div class=field_class(bad)>
            <label class="label" for=id.clone()>{label}</label>
            <Hint id=id.clone() text=hint.into() />
            <FieldMessage id=id.clone() text=error />
            <input class="input file-input" id=id.clone() name=name type="file" multiple accept=accept
                aria-describedby=described aria-invalid=bad.then_some("true") />
        </div>
        <div class="field" data-camera hidden>
            <label class="label" for=format!("{id}-camera")>{camera}</label>
            <input class="input file-input" id=format!("{id}-camera") type="file" accept="image/jpeg"
                capture="environment" />
        </div>
    }
}

/// A file in a list.
#[derive(Clone, Debug)]
pub struct FileItem {
    /// Its public id; empty in the row that a script copies.
    pub id: String,
    /// The code of its state.
    pub state: String,
    pub name: String,
    /// How large it is.
    pub size: String,
    /// Its state in words.
    pub tag: (TagKind, String),
    /// What the reader may do about it.
    pub note: MaybeText,
    /// What is wrong with it.
    pub error: MaybeText,
    /// Where it is taken away, and the page to come back to.
    pub remove: (String, String),
}

/// The words of a row's buttons, verbs, and of its bar.
#[derive(Clone, Debug)]
pub struct FileVerbs {
    pub pause: String,
    pub resume: String,
    pub remove: String,
    pub progress: String,
}

/// One file: its name, how it stands, and what can be done with it.
#[component]
pub fn FileRow(item: FileItem, verbs: FileVerbs) -> impl IntoView {
    let (kind, words) = item.tag;
    let (action, back) = item.remove;
    let about =
        || view! { <span class="visually-hidden">" " <span data-name>{item.name.clone()}</span></span> };
    let bar = format!("{}: {}", verbs.progress, item.name);
    let (right, wrong) = (!item.error.is_some(), item.error.into_option());
    view! {
        <li class="file" data-file=item.id data-state=item.state>
            <p class="file-name" data-name>{item.name.clone()}</p>
            <p class="file-stand"><span data-size>{item.size}</span>" "<span data-tag><Tag text=words kind=kind /></span></p>
            <progress class="file-bar" max="100" value="0" aria-label=bar data-bar hidden></progress>
            {item.note.into_option().map(|note| view! { <p class="hint" data-note>{note}</p> })}
            <p class="field-error" data-fault hidden=right>
                <Icon name=IconName::Warn /><span>{wrong.unwrap_or_default()}</span>
            </p>
            <div class="file-verbs">
                <button class="link-button" type="button" data-pause hidden>{verbs.pause}{about()}</button>
                <button class="link-button" type="button" data-resume hidden>{verbs.resume}{about()}</button>
                <form method="post" action=action>
                    <input type="hidden" name="back" value=back />
                    <button class="link-button" type="submit">{verbs.remove}{about()}</button>
                </form>
            </div>
        </li>
    }
}
