//! Several lines of text. The only place with a raw textarea: server rendering does not escape
//! a textarea's children, so the text is escaped here and set as inner HTML.
use leptos::prelude::*;

use super::CharacterCount;
use super::character_count::count_id;
use super::field::{FieldMessage, Hint, OptionalWord, field_class};
use super::text::{MaybeText, described_by, field_id};

/// A labelled text area. With `max` and `left` it counts down as one types; the limit itself is
/// judged by the server, so nothing typed is ever cut off.
#[component]
pub fn TextArea(
    /// Submitted name, and the id.
    #[prop(into)]
    name: String,
    /// Visible label.
    #[prop(into)]
    label: String,
    /// What is in it now.
    #[prop(optional, into)]
    value: String,
    /// Help above it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong.
    #[prop(optional, into)]
    error: MaybeText,
    /// Word after the label when it may be left out.
    #[prop(optional, into)]
    optional: MaybeText,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u32,
    /// Longest text in characters; needs `left` and `over` to be shown.
    #[prop(optional)]
    max: Option<u32>,
    /// Words of the counter with `{n}` for what is left, such as "{n} tegn igjen".
    #[prop(optional, into)]
    left: MaybeText,
    /// Words when it is too long, such as "{n} tegn for mye".
    #[prop(optional, into)]
    over: MaybeText,
) -> impl IntoView {
    let id = field_id(&name);
    let counted = (max.is_some() && left.is_some()).then(|| count_id(&id));
    let described = described_by(&id, hint.is_some(), error.is_some()).into_iter().chain(counted);
    let described = Some(described.collect::<Vec<_>>().join(" ")).filter(|ids| !ids.is_empty());
    let bad = error.is_some();
    let count = max.zip(left.into_option()).map(|(max, left)| {
        let over = over.into_option().unwrap_or_else(|| left.clone());
        let used = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
        view! { <CharacterCount field=id.clone() max=max used=used left=left over=over /> }
    });
    view! {
        <div class=field_class(bad)>
            <label class="label" for=id.clone()>{label} " " <OptionalWord text=optional /></label>
            <Hint id=id.clone() text=hint />
            <FieldMessage id=id.clone() text=error />
            <textarea class="input textarea" id=id.clone() name=name rows=rows.to_string()
                aria-describedby=described aria-invalid=bad.then_some("true")
                inner_html=textarea_content(&value)></textarea>
            {count}
        </div>
    }
}

/// Escapes the text. The first newline after the opening tag is dropped by the parser, so one is
/// put there to be dropped instead of the person's own.
fn textarea_content(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    out.push('\n');
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::textarea_content;

    #[test]
    fn a_closing_tag_stays_text() {
        let html = textarea_content("</textarea><script>&");
        assert_eq!(html, "\n&lt;/textarea&gt;&lt;script&gt;&amp;");
    }
}
