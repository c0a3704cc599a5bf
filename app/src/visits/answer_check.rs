//! Answers checked while one fills in, by the very rules that the server judges by. Only a help: it stops no post,
//! says nothing of what is still empty, and takes a complaint back as soon as it is put right.

use domain::{
    kernel::CivilDate,
    visits::clearance::forms::{ChildForm, ContactForm, FormErrors, WhomForm},
};
use leptos::prelude::*;

/// Where the island stands; the form around it is the one it checks.
const ID: &str = "answer-check";

/// Says aloud what it found. Placed inside the form.
#[island]
pub fn AnswerCheck(
    /// Which form: `whom`, `contact` or `children`.
    form: String,
    /// The server's day, `YYYY-MM-DD`.
    today: String,
    /// What to say, as `field code words…`; a code that is not here is left to the server.
    words: Vec<String>,
) -> impl IntoView {
    let (said, say) = signal(String::new());
    listen(form, today, words, say);
    view! { <p class="visually-hidden" id=ID role="status">{said}</p> }
}

/// What is wrong, with `value` as what stands in a field.
#[cfg_attr(
    not(any(feature = "hydrate", test)),
    allow(dead_code, reason = "only a browser checks beforehand")
)]
fn check(form: &str, today: &str, value: impl Fn(&str) -> String) -> FormErrors {
    let Some(today) = CivilDate::parse_iso(today) else { return vec![] };
    let date = || ["birth_day", "birth_month", "birth_year"].map(&value);
    let errors = match form {
        "whom" => {
            let [birth_day, birth_month, birth_year] = date();
            let (name, number) = (value("name"), value("number"));
            WhomForm { name, birth_day, birth_month, birth_year, number }.parse(today).err()
        }
        "contact" => ContactForm { email: value("email"), phone: value("phone") }.parse().err(),
        "children" => {
            let [birth_day, birth_month, birth_year] = date();
            ChildForm { name: value("name"), birth_day, birth_month, birth_year }.parse(today, 0).err()
        }
        _ => None,
    };
    errors.unwrap_or_default()
}

/// The question that a field belongs to: three fields are one date.
#[cfg_attr(
    not(any(feature = "hydrate", test)),
    allow(dead_code, reason = "only a browser checks beforehand")
)]
fn question(name: &str) -> &str {
    let part = ["_day", "_month", "_year"].into_iter().find_map(|end| name.strip_suffix(end));
    part.unwrap_or(name)
}

/// What is wrong with one question, in words. Nothing is said of what is empty: perhaps she is not there yet.
#[cfg_attr(
    not(any(feature = "hydrate", test)),
    allow(dead_code, reason = "only a browser checks beforehand")
)]
fn complaint<'a>(errors: &FormErrors, words: &'a [String], question: &str) -> Option<&'a str> {
    let error = errors.iter().find(|e| e.field == question)?;
    let told = |line: &'a String| {
        let (field, rest) = line.split_once(' ')?;
        let (code, words) = rest.split_once(' ')?;
        (field == question && code == error.code).then_some(words)
    };
    words.iter().find_map(told)
}

#[cfg(not(feature = "hydrate"))]
fn listen(_form: String, _today: String, _words: Vec<String>, _say: WriteSignal<String>) {}

#[cfg(feature = "hydrate")]
fn listen(form: String, today: String, words: Vec<String>, say: WriteSignal<String>) {
    use gloo_events::EventListener;
    use leptos::wasm_bindgen::JsCast;

    let marker = document().get_element_by_id(ID);
    let Some(element) = marker.and_then(|marker| marker.closest("form").ok().flatten()) else { return };
    let fields = page::Fields(element.clone());
    let look = move |question: &str| {
        let errors = check(&form, &today, |name| fields.value(name));
        let found = complaint(&errors, &words, question);
        fields.tell(question, found);
        found.unwrap_or_default().to_owned()
    };
    let look = std::rc::Rc::new(look);
    let again = look.clone();
    let named = |target: Option<web_sys::EventTarget>| {
        target.and_then(|t| t.dyn_into::<web_sys::Element>().ok()?.get_attribute("name"))
    };
    // Only on the way to another field: a complaint that moved a button away from under a finger would stop its post.
    EventListener::new(&element, "focusout", move |event| {
        let next = event.dyn_ref::<web_sys::FocusEvent>().and_then(web_sys::FocusEvent::related_target);
        let field = next.filter(|next| next.is_instance_of::<web_sys::HtmlInputElement>());
        let (Some(next), Some(name)) = (named(field), named(event.target())) else { return };
        if question(&next) != question(&name) {
            say.set(look(question(&name)));
        }
    })
    .forget();
    // While she types only a complaint that stands is looked at again.
    EventListener::new(&element, "input", move |event| {
        let Some(name) = named(event.target()) else { return };
        if page::stands(question(&name)) {
            again(question(&name));
        }
    })
    .forget();
}

#[cfg(feature = "hydrate")]
mod page {
    //! The fields in the page, marked as the server marks them.

    use leptos::{prelude::document, wasm_bindgen::JsCast};

    const ERROR: &str = "<p class=\"field-error\"><svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\">\
        <use href=\"/icons.svg#warn\"></use></svg><span></span></p>";

    fn id(question: &str) -> String {
        [question, "-error"].concat()
    }

    /// Whether something is said about this question now.
    pub fn stands(question: &str) -> bool {
        document().get_element_by_id(&id(question)).is_some()
    }

    pub struct Fields(pub web_sys::Element);

    impl Fields {
        fn find(&self, name: &str) -> Option<web_sys::Element> {
            self.0.query_selector(&["[name=\"", name, "\"]"].concat()).ok().flatten()
        }

        pub fn value(&self, name: &str) -> String {
            let input = self.find(name).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok());
            input.map(|input| input.value()).unwrap_or_default()
        }

        /// Says it at the question, or takes it back.
        pub fn tell(&self, question: &str, words: Option<&str>) {
            let day = self.find(&[question, "_day"].concat());
            let Some(input) = self.find(question).or_else(|| day.clone()) else { return };
            let Ok(Some(block)) = input.closest(".field") else { return };
            let row = if day.is_some() { block.query_selector(".date").ok().flatten() } else { None };
            let (described, before) =
                if day.is_some() { (&block, row.as_ref()) } else { (&input, Some(&input)) };
            let id = id(question);
            if let Some(old) = document().get_element_by_id(&id) {
                old.remove();
            }
            let listed = described.get_attribute("aria-describedby").unwrap_or_default();
            let mut ids: Vec<&str> = listed.split(' ').filter(|one| !one.is_empty() && *one != id).collect();
            if let (Some(words), Some(before)) = (words, before) {
                let _ = before.insert_adjacent_html("beforebegin", ERROR);
                if let Some(told) = before.previous_element_sibling() {
                    told.set_id(&id);
                    told.set_text_of_last(words);
                }
                ids.push(&id);
            }
            let _ = block.class_list().toggle_with_force("field--error", words.is_some());
            let _ = described.set_attribute("aria-describedby", &ids.join(" "));
            self.mark(question, words.is_some());
        }

        fn mark(&self, question: &str, wrong: bool) {
            for end in ["", "_day", "_month", "_year"] {
                let Some(input) = self.find(&[question, end].concat()) else { continue };
                let _ = if wrong {
                    input.set_attribute("aria-invalid", "true")
                } else {
                    input.remove_attribute("aria-invalid")
                };
            }
        }
    }

    trait LastText {
        fn set_text_of_last(&self, words: &str);
    }

    impl LastText for web_sys::Element {
        fn set_text_of_last(&self, words: &str) {
            if let Some(last) = self.last_element_child() {
                last.set_text_content(Some(words));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(form: &str, typed: &[(&str, &str)], about: &str) -> Option<String> {
        let value = |name: &str| typed.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| *v).to_owned();
        let words =
            ["email email_form Skriv slik", "birth date_month Måneden", "number number Elleve siffer"];
        let words: Vec<String> = words.map(str::to_owned).into();
        complaint(&check(form, "2026-09-01", value), &words, about).map(str::to_owned)
    }

    #[test]
    fn it_says_what_the_server_would_say_and_nothing_of_what_is_empty() {
        let wrong = [("email", "navn"), ("birth_day", "1"), ("birth_month", "15"), ("birth_year", "1970")];
        assert_eq!(said("contact", &wrong, "email").as_deref(), Some("Skriv slik"));
        assert_eq!(said("contact", &wrong, "phone"), None, "empty");
        assert_eq!(said("whom", &wrong, "birth").as_deref(), Some("Måneden"));
        assert_eq!(said("whom", &[("number", "12345678901")], "number").as_deref(), Some("Elleve siffer"));
        assert_eq!(said("children", &wrong, "birth").as_deref(), Some("Måneden"));
        assert_eq!(said("contact", &[("email", "navn@eksempel.no")], "email"), None, "right");
    }

    #[test]
    fn three_fields_are_one_date() {
        assert_eq!(["birth_day", "birth_year", "name"].map(question), ["birth", "birth", "name"]);
    }
}
