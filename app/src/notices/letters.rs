//! What is said on open channels: one line of one length, whatever has happened. It names neither the portal nor the
//! service, and nobody; the subject is the same for all.

use backend::{
    notices::ladder::Said,
    wiring::{OpenWords, Written},
};
use domain::kernel::Locale;

use crate::i18n::notices_letters as t;

/// The words of this crate, given to the worker.
#[derive(Clone, Copy, Debug)]
pub struct Open;

impl OpenWords for Open {
    fn say(&self, said: &Said) -> Written {
        let (l, text) = match said {
            Said::Neutral { choice, locale } => (*locale, neutral(*locale, *choice)),
            Said::Code { code, locale } => (*locale, t::code(*locale, code)),
            Said::Farewell { locale } => (*locale, t::farewell(*locale)),
            Said::Page => (Locale::Nb, t::page(Locale::Nb)),
        };
        Written { subject: t::subject(l), text, attachments: vec![] }
    }
}

/// One of the few that she can pick.
pub fn neutral(l: Locale, choice: u8) -> String {
    match choice {
        0 => t::text_a(l),
        1 => t::text_b(l),
        _ => t::text_c(l),
    }
}

#[cfg(test)]
mod tests {
    use backend::notices::wish::TEXTS;

    use super::*;

    /// Names, prison, release, leave, the portal and the service (T11).
    const LEXICON: [&str; 18] = [
        "varde",
        "kriminalomsorg",
        "fengsel",
        "prison",
        "innsatt",
        "innsett",
        "inmate",
        "løslat",
        "lauslat",
        "release",
        "permisjon",
        "leave",
        "rømming",
        "rømt",
        "escape",
        "fornærm",
        "victim",
        "straff",
    ];

    #[test]
    fn t10_t11_every_text_has_one_size_and_no_word_that_tells() {
        for locale in Locale::ALL {
            let texts: Vec<Written> =
                (0..TEXTS).map(|choice| Open.say(&Said::Neutral { choice, locale })).collect();
            for written in &texts {
                assert_eq!(written.text.len(), 46, "{}", written.text);
                assert_eq!(written.subject, "Melding");
            }
            let code = Open.say(&Said::Code { code: "123456".into(), locale });
            let farewell = Open.say(&Said::Farewell { locale });
            for written in texts.into_iter().chain([code, farewell, Open.say(&Said::Page)]) {
                let said = format!("{} {}", written.subject, written.text).to_lowercase();
                for word in LEXICON {
                    assert!(!said.contains(word), "{word} in {said}");
                }
            }
        }
    }
}
