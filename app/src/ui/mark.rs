//! The mark and its relatives: the logo, a growing cairn, the pebble of steps and tracker.
//! All are decorative; the words beside them carry the meaning.
use leptos::prelude::*;

/// The four stones of the mark, from the ground up.
const STONES: [&str; 4] = [
    "M2.6 19.7C2.6 17.9 4.2 17 6.6 16.9L17.2 16.6C19.9 16.5 21.6 17.7 21.6 19.5C21.6 21.2 20 22.2 17.5 22.2L6.7 22.2C4.2 22.2 2.6 21.4 2.6 19.7Z",
    "M6 14C5.9 12.6 7.1 11.9 8.9 11.9L14.7 12C16.7 12 17.9 12.8 17.8 14.1C17.7 15.3 16.5 15.9 14.7 15.9L8.8 15.9C7.1 15.9 6.1 15.2 6 14Z",
    "M4.3 9.8C4.2 8.7 5.3 8.1 7 8L16.8 7.5C18.6 7.4 19.8 8 19.8 9.2C19.8 10.3 18.7 10.9 17 11L7.1 11.2C5.4 11.2 4.4 10.8 4.3 9.8Z",
    "M8.7 4.4C8.6 2.7 10 1.6 12 1.6C14.2 1.6 15.9 2.7 15.8 4.4C15.7 5.9 14.3 6.7 12.2 6.7C10.1 6.7 8.8 5.9 8.7 4.4Z",
];

/// Three pebbles of slightly different shape, so that a row of them looks found, not stamped.
const PEBBLES: [&str; 3] = [
    "M1.4 8.4C1.2 5 4.6 1.6 10.6 1.4C17 1.2 22.4 3.6 22.6 7.6C22.8 11.8 18.4 14.4 12 14.6C5.6 14.8 1.6 12 1.4 8.4Z",
    "M1.4 7.4C1.6 3.8 6 1.6 12.4 1.4C18.6 1.3 22.4 4.2 22.6 8C22.7 12 18.6 14.5 12.2 14.6C6 14.7 1.2 11.6 1.4 7.4Z",
    "M1.4 9.2C1 5.6 5 2.4 11 1.7C17 1 22 2.8 22.6 6.6C23.1 10.6 19 13.6 13 14.4C7 15.1 1.8 13 1.4 9.2Z",
];

/// The logo's stones. Size comes from the place (`.mark` in the header, `.mark--large` elsewhere).
#[component]
pub fn Mark(
    /// Large, as on a receipt.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! { <Cairn stones=4 class=if large { "mark mark--large" } else { "mark" } /> }
}

/// A cairn of 1–4 stones; only the fourth glows.
#[component]
pub fn Cairn(
    /// How many stones lie there; more than four counts as four.
    stones: usize,
    /// Class of the drawing.
    #[prop(default = "mark")]
    class: &'static str,
) -> impl IntoView {
    let shapes = STONES.iter().take(stones).enumerate().map(|(index, path)| {
        let class = if index == 3 { "stone stone--lit" } else { "stone" };
        view! { <path class=class d=*path></path> }
    });
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            {shapes.collect_view()}
        </svg>
    }
}

/// The stones lying in a row: the picture of the error page.
#[component]
pub fn FallenCairn() -> impl IntoView {
    view! {
        <svg class="fallen" viewBox="0 0 120 16" aria-hidden="true" focusable="false">
            <path class="stone" d="M3 8C3 5.4 7 4.4 13 4.4C20 4.3 27 5 27 8C27 11 21 11.6 14 11.6C7 11.6 3 10.8 3 8Z"></path>
            <path class="stone" d="M44 8.4C44 6.6 47 5.9 51 5.9C56 5.9 59 6.8 59 8.6C59 10.6 56 11.3 51 11.3C47 11.3 44 10.4 44 8.4Z"></path>
            <path class="stone" d="M74 9C74 7 78 6.6 84 6.2C90 5.9 94 6.2 94 8.2C94 10.2 90 10.6 84 10.8C78 11 74 11 74 9Z"></path>
            <path class="stone stone--lit" d="M109 8C109 6 111 4.7 113.600 4.700C116.300 4.700 118 6 118 8C118 10 116.200 11.200 113.600 11.200C111 11.200 109 10 109 8Z"></path>
        </svg>
    }
}

/// Where a pebble stands on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Done,
    Here,
    Ahead,
}

impl Stage {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Ahead => "ahead",
        }
    }
}

/// One pebble: filled, ember or hollow; with a check when `check` is set and it is done.
#[component]
pub(crate) fn Pebble(stage: Stage, index: usize, #[prop(optional)] check: bool) -> impl IntoView {
    let tick = (check && stage == Stage::Done)
        .then(|| view! { <path class="pebble-check" d="M8 8.200l2.800 2.800 5.400-5.800"></path> });
    view! {
        <svg class=format!("pebble pebble--{}", stage.code()) viewBox="0 0 24 16" aria-hidden="true" focusable="false">
            <path class="pebble-shape" d=PEBBLES[index % PEBBLES.len()]></path>
            {tick}
        </svg>
    }
}
