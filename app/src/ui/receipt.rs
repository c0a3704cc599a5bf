//! It is done: the cairn stands, here is the reference, and this is what happens next.
use leptos::prelude::*;
use leptos_meta::Title;

use super::Mark;
use super::text::MaybeText;

/// Head and panel of a receipt page; what happens next comes as children.
#[component]
pub fn Receipt(
    /// The heading: what has happened.
    #[prop(into)]
    title: String,
    /// One sentence on it.
    #[prop(optional, into)]
    lead: MaybeText,
    /// The facts, label and value; the first is the reference and is set large.
    facts: Vec<(String, String)>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let facts = facts.into_iter().enumerate().map(|(index, (label, value))| {
        let class = if index == 0 { "receipt-value receipt-value--ref" } else { "receipt-value" };
        view! { <div><dt class="receipt-label">{label}</dt><dd class=class>{value}</dd></div> }
    });
    view! {
        <Title text=format!("{title} – Varde") />
        <div class="receipt-head"><Mark large=true /><h1>{title}</h1></div>
        {lead.into_option().map(|text| view! { <p class="lead">{text}</p> })}
        <dl class="panel receipt-facts">{facts.collect_view()}</dl>
        {children.map(|children| children())}
    }
}
