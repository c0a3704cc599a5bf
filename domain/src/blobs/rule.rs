//! What the rule of an owner's kind allows. The numbers are rows with a day and a source, never constants.

use super::FileType;

/// A version of the rule of one kind of owner (the row `blob_rule`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub kind: String,
    /// The day from which it holds: with the kind, the version that a file began under.
    pub valid_from: String,
    pub most_bytes: u64,
    /// Files of one sender that are under way or not handed in, at once.
    pub most_open: i64,
    pub types: Vec<FileType>,
    /// Width times height of a picture.
    pub most_pixels: u64,
    /// How long an upload that nobody goes on with is kept, and how long a whole file waits to be handed in.
    pub unfinished_hours: i64,
    /// How long the bytes of an infected file are kept for whoever looks into it.
    pub infected_days: i64,
}

/// Why an upload does not begin or does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No rule of this kind is in force.
    Kind,
    /// Nothing in it.
    Empty,
    /// More than the rule allows.
    TooLarge,
    /// More than the upload said it would be.
    TooLong,
    /// The sender has as many files waiting as the rule allows.
    TooMany,
    /// The ending of the name belongs to no type that the rule takes.
    Name,
    /// Somebody else has gone on with it meanwhile: ask where it stands.
    Offset,
    /// Another request of the sender's goes on with it: this one has ended.
    Elsewhere,
    /// The bytes are not those that the checksum was made of.
    Checksum,
    /// It is over: expired, taken away, or handed in.
    Over,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooLong => "too_long",
            Self::TooMany => "too_many",
            Self::Name => "name",
            Self::Offset => "offset",
            Self::Elsewhere => "elsewhere",
            Self::Checksum => "checksum",
            Self::Over => "over",
        }
    }
}

impl Rule {
    /// The stored list of types, such as `pdf jpeg png`.
    pub fn parse_types(text: &str) -> Option<Vec<FileType>> {
        text.split(' ').map(FileType::parse).collect()
    }

    /// Whether an upload of this length and name may begin beside `open` others.
    pub fn admits(&self, length: Option<u64>, ending: &str, open: i64) -> Result<(), Refusal> {
        match length {
            Some(0) => return Err(Refusal::Empty),
            Some(length) if length > self.most_bytes => return Err(Refusal::TooLarge),
            _ => {}
        }
        // Content says what it is; a name that cannot be right is told before a megabyte has been sent. What has a
        // reason of its own goes on to it.
        let speaks = matches!(ending, "heic" | "heif" | "docx" | "doc" | "odt" | "pages" | "zip");
        if !speaks && !self.types.iter().any(|kind| kind.endings().contains(&ending)) {
            return Err(Refusal::Name);
        }
        if open >= self.most_open { Err(Refusal::TooMany) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_begins_within_its_rule_alone() {
        let rule = Rule {
            kind: "letter".into(),
            valid_from: "2026-01-01".into(),
            most_bytes: 100,
            most_open: 2,
            types: Rule::parse_types("pdf jpeg").expect("types"),
            most_pixels: 1,
            unfinished_hours: 24,
            infected_days: 14,
        };
        let table = [
            (Some(0), "pdf", 0, Err(Refusal::Empty)),
            (Some(1), "pdf", 0, Ok(())),
            (Some(100), "jpg", 1, Ok(())),
            (Some(101), "pdf", 0, Err(Refusal::TooLarge)),
            (None, "pdf", 0, Ok(())),
            (Some(9), "pdf", 2, Err(Refusal::TooMany)),
            (Some(9), "exe", 0, Err(Refusal::Name)),
            (Some(9), "", 0, Err(Refusal::Name)),
            (Some(9), "png", 0, Err(Refusal::Name)),
            (Some(9), "docx", 0, Ok(())),
        ];
        for (length, ending, open, expected) in table {
            assert_eq!(rule.admits(length, ending, open), expected, "{length:?} {ending} {open}");
        }
        assert_eq!(Rule::parse_types("pdf svg"), None);
    }
}
