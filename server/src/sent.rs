//! What a form had in it when something broke under way. It stays in memory, on the request alone, until the page
//! of what broke offers to send it once more: nothing that was typed is lost, even when nothing can be stored.

use std::{
    fmt::Write,
    sync::{Arc, OnceLock},
};

use app::i18n::common as t;
use domain::kernel::Locale;

use crate::forms;

/// Laid on a request before its form is read, so that it is found however the answer came about.
#[derive(Clone, Default)]
pub struct Sent(Arc<OnceLock<Form>>);

struct Form {
    path: String,
    fields: Vec<(String, String)>,
}

impl Sent {
    /// `body` is a form that has been found to be whole.
    pub fn keep(&self, path: &str, body: &str) {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((forms::decoded(name)?, forms::decoded(value)?))
        };
        let fields = body.split('&').filter(|pair| !pair.is_empty()).filter_map(pair).collect();
        let _ = self.0.set(Form { path: path.to_owned(), fields });
    }

    /// The same form again, with a button; `None` when nothing had been sent.
    pub fn again(&self, l: Locale) -> Option<String> {
        let form = self.0.get()?;
        let (path, text, button) = (escaped(&form.path), t::broken_sent(l), t::try_again(l));
        let mut html = format!("<p>{text}</p><form method=\"post\" action=\"{path}\">");
        for (name, value) in &form.fields {
            let (name, value) = (escaped(name), escaped(value));
            let _ = write!(html, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        }
        let _ = write!(html, "<button class=\"button\" type=\"submit\">{button}</button></form>");
        Some(html)
    }
}

/// Text for an attribute; a line break stays one.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\r' => safe.push_str("&#13;"),
            '\n' => safe.push_str("&#10;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_was_typed_is_sent_again_and_nothing_of_it_is_markup() {
        let sent = Sent::default();
        assert_eq!(sent.again(Locale::Nb), None);
        sent.keep("/api/x", "needs[]=a&needs%5B%5D=b&note=%22%3E%3Cscript%3E%0D%0A%C3%A6&empty=");
        let html = sent.again(Locale::Nb).expect("a form");
        for part in [
            "action=\"/api/x\"",
            "name=\"needs[]\" value=\"a\"",
            "name=\"needs[]\" value=\"b\"",
            "name=\"note\" value=\"&quot;&gt;&lt;script&gt;&#13;&#10;æ\"",
            "name=\"empty\" value=\"\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("<script"));
    }
}
