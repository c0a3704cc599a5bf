//! Pages of staff over several slices. Each slice supplies its own parts, in its own words, and knows nothing of the others.

use leptos::prelude::*;

use crate::{documents, visits};

/// One case: what visits know of it, and its documents.
#[component]
pub fn CasePage() -> impl IntoView {
    visits::desk::case_page(documents::desk::of_case)
}
