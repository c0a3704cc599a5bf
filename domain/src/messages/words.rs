//! What is written to somebody: text and nothing else. Characters that turn or hide what others read are left out; what is
//! left is shown as it was typed. Markup is not looked for: it is never read as such.

use crate::kernel::TextError;

/// A stretch of a text, in bytes.
pub type Span = (usize, usize);

/// A message of at most so many characters (Unicode scalar values; a line break is one).
pub fn words(typed: &str, longest: usize) -> Result<String, TextError> {
    let clean = clean(typed);
    let text = clean.trim();
    match text.chars().count() {
        0 => Err(TextError::Empty),
        n if n > longest => Err(TextError::TooLong),
        _ => Ok(text.to_owned()),
    }
}

/// How long it counts as, the same on the page and here.
pub fn length(typed: &str) -> usize {
    clean(typed).trim().chars().count()
}

/// Line breaks of every kind become one kind. A form feed that came along from a PDF is a line break.
fn clean(typed: &str) -> String {
    let unix = typed.replace("\r\n", "\n");
    unix.chars()
        .filter_map(|c| match c {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\n' | '\t' => Some(c),
            _ if c.is_control() || misleads(c) => None,
            _ => Some(c),
        })
        .collect()
}

/// Turns the reading order of what follows (Unicode TR 36, 2.10), or is there without being seen. Marks that single scripts
/// need (U+200C to U+200F, U+061C) stay: they turn nothing but themselves.
fn misleads(c: char) -> bool {
    matches!(c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Where watched words stand, for the eye of a person who decides. A word is found at the beginning of a longer one too
/// (Norwegian adds endings), whatever its case. In order, without overlaps.
pub fn marks(text: &str, watched: &[String]) -> Vec<Span> {
    let mut found: Vec<Span> = vec![];
    let mut before = None;
    for (at, c) in text.char_indices() {
        let starts = c.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        if !starts || found.last().is_some_and(|(_, end)| at < *end) {
            continue;
        }
        let longest = watched.iter().filter_map(|word| begins(&text[at..], word)).max();
        found.extend(longest.map(|length| (at, at + length)));
    }
    found
}

/// How many bytes of the text the word takes, if the text begins with it.
fn begins(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.trim().chars().flat_map(char::to_lowercase).peekable();
    wanted.peek()?;
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        for small in c.to_lowercase() {
            if wanted.next() != Some(small) {
                return None;
            }
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

/// What stands for each passage that was held back.
const HELD_BACK: &str = "[…]";

/// The text without these passages, each line one of them; none if one of them is not in it, or nothing would be left.
pub fn without(text: &str, passages: &str) -> Option<String> {
    let mut left = text.to_owned();
    let mut any = false;
    for passage in passages.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !left.contains(passage) {
            return None;
        }
        left = left.replace(passage, HELD_BACK);
        any = true;
    }
    let empty = left.replace(HELD_BACK, "").trim().is_empty();
    (any && !empty).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_and_what_misleads_is_not() {
        let table = [
            ("Hei", Ok("Hei")),
            ("  Hei \r\n\r\npå deg\t!  ", Ok("Hei \n\npå deg\t!")),
            ("side 1\u{c}side 2", Ok("side 1\nside 2")),
            ("en\rto\u{2028}tre\u{85}fire", Ok("en\nto\ntre\nfire")),
            ("penger\u{202e}regnep\u{202c}", Ok("pengerregnep")),
            ("a\u{2066}b\u{2069}c\u{feff}d\u{200b}e\u{ad}f\u{e0041}g", Ok("abcdefg")),
            ("a\u{0}b\u{1b}[31mc\u{7f}\u{9b}d", Ok("ab[31mcd")),
            ("سلام\u{200f} خوبی\u{200c}؟", Ok("سلام\u{200f} خوبی\u{200c}؟")),
            ("👩\u{200d}👧", Ok("👩\u{200d}👧")),
            ("<b>ikke fet</b> &amp; </textarea><script>", Ok("<b>ikke fet</b> &amp; </textarea><script>")),
            ("\n\nførste linje", Ok("første linje")),
            ("", Err(TextError::Empty)),
            (" \u{200b}\u{202e}\n\t ", Err(TextError::Empty)),
        ];
        for (typed, kept) in table {
            assert_eq!(words(typed, 60).as_deref(), kept.as_ref().map(|t| *t), "{typed:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_of_what_is_kept() {
        assert_eq!(words("æøå", 3).as_deref(), Ok("æøå"));
        assert_eq!(words("æøåa", 3), Err(TextError::TooLong));
        assert_eq!(words("a\r\nb", 3).as_deref(), Ok("a\nb"), "a line break is one");
        assert_eq!(length(" a\u{202e}\r\nb "), 3);
    }

    #[test]
    fn watched_words_are_marked_and_nothing_is_decided() {
        let watched: Vec<String> = ["penger", "Kniv", "ÅSE", " ", "pen"].map(str::to_owned).to_vec();
        let marked = |text: &'static str| -> Vec<&str> {
            marks(text, &watched).into_iter().map(|(from, to)| &text[from..to]).collect()
        };
        let table: [(&str, &[&str]); 8] = [
            ("Har du PENGER?", &["PENGER"]),
            ("pengene", &["pen"]),
            ("pengers", &["penger"]),
            ("lommepenger", &[]),
            ("åse og kniven", &["åse", "kniv"]),
            ("kni", &[]),
            ("", &[]),
            ("en-kniv.kniv", &["kniv", "kniv"]),
        ];
        for (text, expected) in table {
            assert_eq!(marked(text), expected, "{text}");
        }
    }

    #[test]
    fn passages_are_held_back_as_they_stand() {
        let table = [
            ("Hei. Møt meg kl. 8. Ha det.", "Møt meg kl. 8.", Some("Hei. […] Ha det.")),
            ("ab cd ab", "ab", Some("[…] cd […]")),
            ("ab cd ef", "ab\n\n ef ", Some("[…] cd […]")),
            ("ab", "ab", None),
            ("ab", "x", None),
            ("ab", "", None),
        ];
        for (text, passages, left) in table {
            assert_eq!(without(text, passages).as_deref(), left, "{text} − {passages:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_passes_never_turns_nor_hides(text in "\\PC{0,40}|[\\x00-\\x1f\\u{200b}-\\u{2070}a-c ]{0,40}") {
            if let Ok(kept) = words(&text, 50) {
                proptest::prop_assert!(!kept.chars().any(|c| misleads(c) || (c.is_control() && c != '\n' && c != '\t')));
                proptest::prop_assert_eq!(words(&kept, 50), Ok(kept.clone()), "once is enough");
            }
        }

        #[test]
        fn marks_are_cut_between_characters(text in "\\PC{0,30}", word in "\\PC{1,4}") {
            for (from, to) in marks(&text, std::slice::from_ref(&word)) {
                proptest::prop_assert!(text.get(from..to).is_some());
            }
        }
    }
}
