//! The head of a page: document title, way back, heading and lead. Each page has exactly one.
use leptos::prelude::*;
use leptos_meta::Title;

use super::text::{Link, MaybeText};
use super::{Icon, IconName};

/// Title, back link, h1 and lead.
#[component]
pub fn PageHead(
    /// The heading.
    #[prop(into)]
    title: String,
    /// One or two sentences under it.
    #[prop(optional, into)]
    lead: MaybeText,
    /// Where one came from.
    #[prop(optional)]
    back: Option<Link>,
    /// Title of the browser tab when it says more than the heading ("Feil: …"), without " – Varde".
    #[prop(optional, into)]
    tab: MaybeText,
    /// A small line under the heading, such as the reference.
    #[prop(optional, into)]
    note: MaybeText,
    /// What stands between the way back and the heading, such as `Steps`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tab = tab.into_option().unwrap_or_else(|| title.clone());
    view! {
        <Title text=format!("{tab} – Varde") />
        <div class="page-head">
            {back.map(|link| view! { <BackLink link=link /> })}
            {children.map(|children| children())}
            <h1>{title}</h1>
            {note.into_option().map(|text| view! { <p class="page-note">{text}</p> })}
            {lead.into_option().map(|text| view! { <p class="lead">{text}</p> })}
        </div>
    }
}

/// The way back, with its arrow.
#[component]
pub fn BackLink(
    /// Where to, in the words of that page.
    link: Link,
) -> impl IntoView {
    view! {
        <p class="back"><Icon name=IconName::Left /><a href=link.href>{link.text}</a></p>
    }
}

/// The page head of staff pages: heading at the left, buttons at the right.
#[component]
pub fn HeadRow(children: Children) -> impl IntoView {
    view! { <div class="head-row">{children()}</div> }
}
