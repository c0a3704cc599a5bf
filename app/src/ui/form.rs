//! A form that works without script: a plain POST, judged by the server only.
use leptos::prelude::*;

/// A POST form. The browser's own validation is off, since its bubbles cannot be styled, are not
/// in the page's language and disappear.
#[component]
pub fn Form(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    view! { <form class="form" method="post" action=action novalidate>{children()}</form> }
}

/// A value that the person does not see.
#[component]
pub fn HiddenInput(
    /// Submitted name.
    #[prop(into)]
    name: String,
    /// Submitted value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}
