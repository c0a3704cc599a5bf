//! One of her applications: what visits know of it, and its documents.

use leptos::prelude::*;

use crate::{documents, visits};

#[component]
pub fn CasePage() -> impl IntoView {
    visits::mine::case_page(documents::mine::of_case)
}
