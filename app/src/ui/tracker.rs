//! How far a case has come: stones on a line, the ember one says where it is now.
use leptos::prelude::*;

use super::mark::{Pebble, Stage};

/// One stone on the way.
#[derive(Clone, Debug)]
pub struct TrackStep {
    stage: Stage,
    title: String,
    here: Option<String>,
    text: Option<String>,
}

impl TrackStep {
    /// Behind us.
    pub fn done(title: impl Into<String>) -> Self {
        Self { stage: Stage::Done, title: title.into(), here: None, text: None }
    }

    /// Where we are; `words` say so, such as "Her er vi nå".
    pub fn here(title: impl Into<String>, words: impl Into<String>) -> Self {
        Self { stage: Stage::Here, title: title.into(), here: Some(words.into()), text: None }
    }

    /// Ahead of us.
    pub fn ahead(title: impl Into<String>) -> Self {
        Self { stage: Stage::Ahead, title: title.into(), here: None, text: None }
    }

    /// When it happened, or what happens then.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }
}

/// The whole way, in order.
#[component]
pub fn Tracker(
    /// Name of the list, for screen readers.
    #[prop(into)]
    label: String,
    /// The stones from first to last.
    steps: Vec<TrackStep>,
) -> impl IntoView {
    let rows = steps.into_iter().enumerate().map(|(index, step)| {
        let current = (step.stage == Stage::Here).then_some("step");
        let here = step.here.map(|words| view! { " " <span class="track-here">{words}</span> });
        let text = step.text.map(|text| view! { <p class="track-text">{text}</p> });
        view! {
            <li class=format!("track-step track-step--{}", step.stage.code()) aria-current=current>
                <Pebble stage=step.stage index=index check=true />
                <p class="track-title">{step.title}{here}</p>
                {text}
            </li>
        }
    });
    view! { <ol class="track" aria-label=label>{rows.collect_view()}</ol> }
}
