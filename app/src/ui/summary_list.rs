//! Check your answers: what was asked, what was answered, and the way to change it.
use leptos::prelude::*;

use super::text::Link;

/// One answer.
pub struct SummaryRow {
    label: String,
    value: AnyView,
    change: Option<(Link, String)>,
    lang: Option<&'static str>,
}

impl SummaryRow {
    /// What was asked and what was answered; each line of the answer on its own line.
    pub fn new(label: impl Into<String>, value: impl AsRef<str>) -> Self {
        let lines = value.as_ref().lines().map(|line| {
            let line = line.to_owned();
            view! { <span class="summary-line">{line}</span> }
        });
        Self { label: label.into(), value: lines.collect_view().into_any(), change: None, lang: None }
    }

    /// An answer that is more than text.
    pub fn view(label: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { label: label.into(), value: value.into_any(), change: None, lang: None }
    }

    /// The language of the answer, where it is not the page's.
    #[must_use]
    pub fn lang(mut self, lang: &'static str) -> Self {
        self.lang = Some(lang);
        self
    }

    /// The way to change it: `about` tells a screen reader what is changed.
    #[must_use]
    pub fn change(
        mut self,
        href: impl Into<String>,
        text: impl Into<String>,
        about: impl Into<String>,
    ) -> Self {
        self.change = Some((Link::new(href, text), about.into()));
        self
    }
}

/// The list of answers, or of facts when nothing can be changed.
#[component]
pub fn SummaryList(
    /// In the order of the questions.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        let change = row.change.map(|(link, about)| {
            view! {
                <dd class="summary-change">
                    <a href=link.href>{link.text}<span class="visually-hidden">" " {about}</span></a>
                </dd>
            }
        });
        view! {
            <div class="summary-row">
                <dt class="summary-label">{row.label}</dt>
                <dd class="summary-value" lang=row.lang>{row.value}</dd>
                {change}
            </div>
        }
    });
    view! { <dl class="summary">{rows.collect_view()}</dl> }
}
