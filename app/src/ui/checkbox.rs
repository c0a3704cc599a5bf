//! Yes-boxes: one alone, or several under one question.
use leptos::prelude::*;

use super::field::{FieldMessage, Hint, field_class};
use super::radio_group::{ChoiceRow, legend_class};
use super::text::{Choice, MaybeText, choice_id, described_by, field_id};

/// One checkbox with its own label.
#[component]
pub fn Checkbox(
    /// Submitted name, and the id.
    #[prop(into)]
    name: String,
    /// What a check means.
    #[prop(into)]
    label: String,
    /// Submitted value when checked.
    #[prop(default = "yes".to_owned(), into)]
    value: String,
    /// Checked now.
    #[prop(optional)]
    checked: bool,
    /// Help under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong.
    #[prop(optional, into)]
    error: MaybeText,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, hint.is_some(), error.is_some());
    let bad = error.is_some();
    view! {
        <div class=field_class(bad)>
            <FieldMessage id=id.clone() text=error />
            <div class="choice choice--alone">
                <input class="choice-input" type="checkbox" id=id.clone() name=name value=value
                    checked=checked aria-describedby=described aria-invalid=bad.then_some("true") />
                <div class="choice-text">
                    <label class="choice-label" for=id.clone()>{label}</label>
                    <Hint id=id text=hint />
                </div>
            </div>
        </div>
    }
}

/// Choose any number.
#[component]
pub fn CheckboxGroup(
    /// Submitted name; for a list field it ends in `[]`.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The alternatives, in order.
    options: Vec<Choice>,
    /// The values that are checked.
    #[prop(optional)]
    values: Vec<String>,
    /// Help under the question.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong.
    #[prop(optional, into)]
    error: MaybeText,
    /// The page's heading already asks.
    #[prop(optional)]
    legend_hidden: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let described = described_by(&id, hint.is_some(), error.is_some());
    let bad = error.is_some();
    let rows = options.into_iter().enumerate().map(|(index, choice)| {
        let checked = values.contains(&choice.value);
        let id = choice_id(&name, index);
        view! { <ChoiceRow kind="checkbox" name=name.clone() id=id choice=choice checked=checked /> }
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
