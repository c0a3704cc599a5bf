//! Choose one from a long list, with the browser's own control.
use leptos::prelude::*;

use super::field::{FieldMessage, Hint, field_class};
use super::text::{Choice, MaybeText, described_by, field_id};

/// A labelled select.
#[component]
pub fn Select(
    /// Submitted name, and the id.
    #[prop(into)]
    name: String,
    /// Visible label.
    #[prop(into)]
    label: String,
    /// The alternatives, in order.
    options: Vec<Choice>,
    /// The chosen value.
    #[prop(optional, into)]
    value: String,
    /// An empty first alternative, such as "Velg enhet"; absent when one is always chosen.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// Help above the control.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong.
    #[prop(optional, into)]
    error: MaybeText,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let empty = placeholder
        .into_option()
        .map(|text| view! { <option value="" selected=value.is_empty()>{text}</option> });
    let rows = options.into_iter().map(|choice| {
        let selected = choice.value == value;
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    });
    view! {
        <div class=field_class(bad)>
            <label class="label" for=id.clone()>{label}</label>
            <Hint id=id.clone() text=hint />
            <FieldMessage id=id.clone() text=error />
            <select class="input select" id=id name=name aria-describedby=described
                aria-invalid=bad.then_some("true")>
                {empty}
                {rows.collect_view()}
            </select>
        </div>
    }
}
