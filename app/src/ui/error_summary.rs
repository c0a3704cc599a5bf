//! What is wrong on the page, first in main, in focus without script.
use leptos::prelude::*;

use super::text::field_id;

/// One error and the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    field: String,
    text: String,
}

impl FieldError {
    /// `field` is the field's name (of a date: `{name}_day`); `text` says how to put it right.
    pub fn new(field: impl AsRef<str>, text: impl Into<String>) -> Self {
        Self { field: field_id(field.as_ref()), text: text.into() }
    }

    /// The text for `field`, as its own error below the label.
    pub fn of(errors: &[Self], field: &str) -> Option<String> {
        let id = field_id(field);
        errors.iter().find(|error| error.field == id).map(|error| error.text.clone())
    }
}

/// The list of errors, each a link to its field. Nothing when there are none.
#[component]
pub fn ErrorSummary(
    /// Heading, such as "Rett dette for å gå videre".
    #[prop(into)]
    title: String,
    /// The errors in the order of the fields.
    errors: Vec<FieldError>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let rows = errors.into_iter().map(|error| {
            view! { <li><a href=format!("#{}", error.field)>{error.text}</a></li> }
        });
        view! {
            <section class="error-summary" role="alert" aria-labelledby="error-summary-title"
                id="error-summary" tabindex="-1" autofocus="autofocus">
                <h2 class="error-summary-title" id="error-summary-title">{title}</h2>
                <ul class="error-summary-list">{rows.collect_view()}</ul>
            </section>
        }
    })
}
