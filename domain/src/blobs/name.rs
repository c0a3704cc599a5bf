//! The name of a file, as it may be shown and written into a header: one line, no path, nothing that turns the text
//! round or hides in it. The sender's own name for it is a convenience and never a place on a disk.

/// Characters of a name; more is cut in its middle, so that the ending stays.
const LONGEST: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// What is left of what was sent. Never fails: a name of which nothing is left is `fil`.
    pub fn clean(sent: &str) -> Self {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = last.chars().filter(|c| !is_hidden(*c)).map(plain).collect();
        let words: Vec<&str> = kept.split_whitespace().collect();
        let name = words.join(" ");
        // Windows drops what stands at the end, and a leading dot hides a file.
        let name = name.trim_matches(['.', ' ']);
        if name.is_empty() { Self("fil".to_owned()) } else { Self(shortened(name)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// After the last dot, in lower case; empty without one.
    pub fn ending(&self) -> String {
        match self.0.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => ending.to_lowercase(),
            _ => String::new(),
        }
    }

    /// `attachment` with the name, as RFC 6266 and RFC 8187 write it: an ASCII one for old programs, and the whole.
    pub fn disposition(&self) -> String {
        let ascii: String =
            self.0.chars().map(|c| if c.is_ascii() && !"\"\\%".contains(c) { c } else { '_' }).collect();
        let coded: String = self.0.bytes().map(coded).collect();
        format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{coded}")
    }
}

fn coded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// Controls, what changes the direction of a text, what takes no room, and private or unassigned places.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

/// What some file system takes for something else.
fn plain(c: char) -> char {
    if "<>:\"|?*".contains(c) { '_' } else { c }
}

fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = letters.iter().rposition(|c| *c == '.').filter(|at| letters.len() - at <= 12);
    let tail = ending.map_or(&[][..], |at| &letters[at..]);
    letters[..LONGEST - tail.len()].iter().chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t18_a_name_is_one_plain_line() {
        let table = [
            ("Bekreftelse fra skolen.pdf", "Bekreftelse fra skolen.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Maja\\samtykke.pdf", "samtykke.pdf"),
            ("a\r\nContent-Type: text/html.pdf", "aContent-Type_ text_html.pdf"),
            ("gpj.\u{202e}fdp.exe", "gpj.fdp.exe"),
            ("zero\u{200b}width.png", "zerowidth.png"),
            ("  .skjult.pdf. ", "skjult.pdf"),
            ("<script>.png", "_script_.png"),
            ("\u{0}\u{7f}", "fil"),
            ("..", "fil"),
            ("", "fil"),
            ("Blåbærtur på Ørnes.JPG", "Blåbærtur på Ørnes.JPG"),
        ];
        for (sent, kept) in table {
            // A slash begins a new name, so that one is told by its last part.
            let kept = if sent.contains("text/html") { "html.pdf" } else { kept };
            assert_eq!(FileName::clean(sent).as_str(), kept, "{sent:?}");
        }
        let long = FileName::clean(&format!("{}.pdf", "æ".repeat(400)));
        assert_eq!((long.as_str().chars().count(), long.ending()), (LONGEST, "pdf".to_owned()));
    }

    #[test]
    fn the_ending_is_the_last_one() {
        for (name, ending) in [("a.PDF", "pdf"), ("a.pdf.exe", "exe"), ("a", ""), (".pdf", ""), ("a.", "")] {
            assert_eq!(FileName::clean(name).ending(), ending, "{name}");
        }
    }

    proptest::proptest! {
        /// Whatever is sent, the header stays one header that names one attachment.
        #[test]
        fn t23_a_name_never_ends_its_header(sent in "\\PC{0,80}", wild in proptest::collection::vec(proptest::char::any(), 0..60)) {
            for sent in [sent, wild.into_iter().collect::<String>()] {
                let name = FileName::clean(&sent);
                let header = name.disposition();
                proptest::prop_assert!(header.is_ascii() && !header.bytes().any(|b| b < 0x20 || b == 0x7f), "{header:?}");
                proptest::prop_assert_eq!(header.matches('"').count(), 2, "{}", header);
                proptest::prop_assert!(!name.as_str().contains(['/', '\\']) && !name.as_str().is_empty());
                proptest::prop_assert_eq!(FileName::clean(name.as_str()), name, "clean stays clean");
            }
        }
    }
}
