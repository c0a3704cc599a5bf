//! The way to the next and the previous page of a long list.
use leptos::prelude::*;

use super::text::{Link, MaybeText};
use super::{Icon, IconName};

/// Previous and next; nothing when there is neither.
#[component]
pub fn Pager(
    /// Name of the navigation, such as "Sider".
    #[prop(into)]
    label: String,
    /// Page before this one.
    #[prop(optional_no_strip)]
    previous: Option<Link>,
    /// Page after this one.
    #[prop(optional_no_strip)]
    next: Option<Link>,
    /// Where one is.
    #[prop(optional, into)]
    text: MaybeText,
) -> impl IntoView {
    let any = previous.is_some() || next.is_some();
    any.then(|| {
        view! {
            <nav class="pager" aria-label=label>
                {previous.map(|link| view! {
                    <a class="pager-link" rel="prev" href=link.href><Icon name=IconName::Left /><span>{link.text}</span></a>
                })}
                {text.into_option().map(|text| view! { <span>{text}</span> })}
                {next.map(|link| view! {
                    <a class="pager-link" rel="next" href=link.href><span>{link.text}</span><Icon name=IconName::Right /></a>
                })}
            </nav>
        }
    })
}
