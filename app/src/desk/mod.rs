//! Pages of staff over several slices. Each slice supplies its own parts, in its own words, and knows nothing of the others.

use backend::{
    Result,
    ctx::{Ctx, Staff},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{consents, documents, visits};

pub(crate) mod menu;
pub(crate) mod work;

/// One case: what visits know of it, its children's other parents, and its documents.
#[component]
pub fn CasePage() -> impl IntoView {
    visits::desk::case_page(more)
}

async fn more(ctx: Ctx, staff: Staff, case: String, l: Locale) -> Result<Option<AnyView>> {
    let parents = consents::desk::of_case(ctx.clone(), staff.clone(), case.clone(), l).await?;
    let documents = documents::desk::of_case(ctx, staff, case, l).await?;
    Ok(Some(view! { {parents}{documents} }.into_any()))
}
