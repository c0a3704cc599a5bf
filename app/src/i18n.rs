//! The words of the screens: one typed function a text, `i18n::<slice>::<key>(locale, …)`, made by
//! `app/build.rs` from `locales/<lang>/<slice>.json`. Nothing is looked up at run time, so nothing can be
//! missing. Islands get their texts as props; no word goes into Wasm from here.

use domain::kernel::Locale;

pub mod dates;

mod texts {
    use std::fmt::Display;

    use domain::kernel::Locale;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

pub use texts::*;

/// The language that a slice's texts have for this reader: bokmål where Northern Sámi is not written yet.
/// A part of a page in another language than the page carries `lang` with this.
pub fn lang_of(slice: &str, l: Locale) -> Locale {
    if l == Locale::Se && WITHOUT_SAMI.contains(&slice) { Locale::Nb } else { l }
}

/// What each language calls itself.
pub fn own_name(l: Locale) -> &'static str {
    match l {
        Locale::Nb => "Bokmål",
        Locale::Nn => "Nynorsk",
        Locale::En => "English",
        Locale::Se => "Davvisámegiella",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_counts_as_it_should() {
        let table = [
            (Locale::Nb, 1, "1 dag"),
            (Locale::Nb, 0, "0 dager"),
            (Locale::Nb, 2, "2 dager"),
            (Locale::Nn, 1, "1 dag"),
            (Locale::Nn, 5, "5 dagar"),
            (Locale::En, 1, "1 day"),
            (Locale::En, 11, "11 days"),
            (Locale::Se, 1, "1 beaivi"),
            (Locale::Se, 2, "2 beaivvi"),
            (Locale::Se, 7, "7 beaivvi"),
        ];
        for (locale, n, expected) in table {
            assert_eq!(dates::days(locale, n), expected);
        }
    }

    #[test]
    fn what_is_not_in_sami_says_that_it_is_bokmaal() {
        assert_eq!(lang_of("public", Locale::Se), Locale::Se);
        for slice in WITHOUT_SAMI {
            assert_eq!(lang_of(slice, Locale::Se), Locale::Nb);
            assert_eq!(lang_of(slice, Locale::Nn), Locale::Nn);
        }
    }
}
