//! Counts characters while one types. Only a help: the server judges the length.
//! Without script it says how much there was room for when the page was made.
use leptos::prelude::*;

/// What is left (or too much) of `max`, in words. `{n}` in the texts is the number.
#[island]
pub fn CharacterCount(
    /// Id of the text area that is counted.
    field: String,
    /// Longest text in characters.
    max: u32,
    /// Characters in it when the page was made.
    used: u32,
    /// Words with `{n}` for what is left.
    left: String,
    /// Words with `{n}` for what is too much.
    over: String,
) -> impl IntoView {
    let (count, set_count) = signal(used);
    listen(field, set_count);
    let words = move || count_words(count.get(), max, &left, &over);
    view! { <p class="count" aria-live="polite">{words}</p> }
}

/// The counter's words for `used` characters of `max`.
fn count_words(used: u32, max: u32, left: &str, over: &str) -> String {
    let (template, number) = if used > max { (over, used - max) } else { (left, max - used) };
    template.replace("{n}", &number.to_string())
}

#[cfg(not(feature = "hydrate"))]
fn listen(_field: String, _count: WriteSignal<u32>) {}

#[cfg(feature = "hydrate")]
fn listen(field: String, count: WriteSignal<u32>) {
    use leptos::wasm_bindgen::JsCast;

    let Some(area) = document()
        .get_element_by_id(&field)
        .and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    else {
        return;
    };
    // What was typed before this code arrived counts too.
    let length = move |area: &web_sys::HtmlTextAreaElement| {
        u32::try_from(area.value().chars().count()).unwrap_or(u32::MAX)
    };
    count.set(length(&area));
    let target = area.clone();
    gloo_events::EventListener::new(&area, "input", move |_| count.set(length(&target))).forget();
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn says_what_is_left_and_what_is_too_much() {
        assert_eq!(count_words(3, 10, "{n} left", "{n} over"), "7 left");
        assert_eq!(count_words(12, 10, "{n} left", "{n} over"), "2 over");
    }
}
