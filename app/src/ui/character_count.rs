//! Counts characters while one types. Only a help: the server judges the length.
//! Without script it says how much there was room for when the page was made. Aloud it speaks when one pauses, for a
//! voice at every letter would drown the writing.
use leptos::prelude::*;

/// How long one pauses before it speaks, in milliseconds.
#[cfg(feature = "hydrate")]
const PAUSE: u32 = 1000;

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
    let words = Memo::new(move |_| count_words(count.get(), max, &left, &over));
    let (aloud, set_aloud) = signal(String::new());
    let id = count_id(&field);
    listen(field, set_count, words, set_aloud);
    view! {
        <p class="count" id=id>{words}</p>
        <p class="visually-hidden" role="status">{aloud}</p>
    }
}

/// The id of the counter under this field, by which the field is described.
pub(super) fn count_id(field: &str) -> String {
    [field, "-count"].concat()
}

/// The counter's words for `used` characters of `max`.
fn count_words(used: u32, max: u32, left: &str, over: &str) -> String {
    let (template, number) = if used > max { (over, used - max) } else { (left, max - used) };
    template.replace("{n}", &number.to_string())
}

#[cfg(not(feature = "hydrate"))]
fn listen(_field: String, _count: WriteSignal<u32>, _words: Memo<String>, _aloud: WriteSignal<String>) {}

#[cfg(feature = "hydrate")]
fn listen(field: String, count: WriteSignal<u32>, words: Memo<String>, aloud: WriteSignal<String>) {
    use gloo_timers::callback::Timeout;
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
    let mut pause: Option<Timeout> = None;
    let typed = move |_: &web_sys::Event| {
        count.set(length(&target));
        // The one before is dropped here, and with it cancelled.
        drop(pause.replace(Timeout::new(PAUSE, move || aloud.set(words.get_untracked()))));
    };
    gloo_events::EventListener::new(&area, "input", typed).forget();
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
