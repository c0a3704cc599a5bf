//! Choose one. A fieldset whose legend is the question; each row is a full-width target.
use leptos::prelude::*;

use super::field::{FieldMessage, Hint, field_class};
use super::text::{Choice, MaybeText, choice_id, described_by, field_id};

/// Radio buttons in rows.
#[component]
pub fn RadioGroup(
    /// Submitted name; the first alternative has it as id.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The alternatives, in order.
    options: Vec<Choice>,
    /// The chosen value, empty when nothing is chosen yet.
    #[prop(optional, into)]
    value: String,
    /// Help under the question.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong.
    #[prop(optional, into)]
    error: MaybeText,
    /// The page's heading already asks; keep the legend for screen readers only.
    #[prop(optional)]
    legend_hidden: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let rows = options.into_iter().enumerate().map(|(index, choice)| {
        let checked = choice.value == value;
        let id = choice_id(&name, index);
        view! { <ChoiceRow kind="radio" name=name.clone() id=id choice=choice checked=checked /> }
    });
    view! {
        <fieldset class=field_class(bad) aria-describedby=described>
            <legend class=legend_class(legend_hidden)>{legend}</legend>
            <Hint id=id.clone() text=hint />
            <FieldMessage id=id text=error />
            <div class="choices">{rows.collect_view()}</div>
        </fieldset>
    }
}

/// Class of a legend, visible or for screen readers only.
pub(crate) const fn legend_class(hidden: bool) -> &'static str {
    if hidden { "visually-hidden" } else { "label" }
}

/// One row of a radio or checkbox group.
#[component]
pub(crate) fn ChoiceRow(
    kind: &'static str,
    name: String,
    id: String,
    choice: Choice,
    checked: bool,
) -> impl IntoView {
    let Choice { value, label, hint, unavailable } = choice;
    let blocked = unavailable.is_some();
    let note = unavailable.or(hint);
    let described = note.is_some().then(|| format!("{id}-note"));
    let note = note.map(|note| view! { <span class="choice-note" id=format!("{id}-note")>{note}</span> });
    view! {
        <div class=if blocked { "choice choice--blocked" } else { "choice" }>
            <input class="choice-input" type=kind id=id.clone() name=name value=value
                checked=checked disabled=blocked aria-describedby=described />
            <div class="choice-text"><label class="choice-label" for=id>{label}</label>{note}</div>
        </div>
    }
}
