//! Where one is on the way: stones in a row, and the same in words.
use leptos::prelude::*;

use super::mark::{Pebble, Stage};

/// "Steg 2 av 4" with its stones; the stones are only a drawing.
#[component]
pub fn Steps(
    /// The step one is at, from 1.
    current: usize,
    /// How many there are.
    total: usize,
    /// The same in words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let stones = (1..=total).map(|step| {
        let stage = match step.cmp(&current) {
            std::cmp::Ordering::Less => Stage::Done,
            std::cmp::Ordering::Equal => Stage::Here,
            std::cmp::Ordering::Greater => Stage::Ahead,
        };
        view! { <Pebble stage=stage index=step /> }
    });
    view! {
        <p class="steps"><span class="steps-stones">{stones.collect_view()}</span><span>{text}</span></p>
    }
}
