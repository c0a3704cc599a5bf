//! Whether a file is what its name and the rule say, read piece by piece: memory does not grow with the file.

use super::{
    FileType, HEAD, Plan, Rejection, Sniffed, Strip,
    pdf::{Pdf, Seen},
    sniff,
};

/// Looks at one file from its first byte to its last.
pub struct Inspection {
    ending: String,
    types: Vec<FileType>,
    most_pixels: u64,
    head: Vec<u8>,
    body: Body,
    fault: Option<Rejection>,
}

enum Body {
    /// Not enough has come to tell.
    Unknown,
    Pdf(Box<Pdf>),
    /// What can be stripped is whole, so the reader's copy is tried here already.
    Picture(FileType, Box<Strip>),
    /// Refused; the rest is not looked at.
    Other,
}

impl Inspection {
    /// `ending`: of the cleaned name. `types` and `most_pixels`: as the rule says.
    pub fn new(ending: &str, types: &[FileType], most_pixels: u64) -> Self {
        let (ending, types, head) = (ending.to_owned(), types.to_vec(), Vec::with_capacity(HEAD));
        Self { ending, types, most_pixels, head, body: Body::Unknown, fault: None }
    }

    pub fn push(&mut self, piece: &[u8]) {
        let mut piece = piece;
        if matches!(self.body, Body::Unknown) {
            let missing = (HEAD - self.head.len()).min(piece.len());
            self.head.extend_from_slice(&piece[..missing]);
            piece = &piece[missing..];
            if self.head.len() < HEAD {
                return;
            }
            self.begin();
        }
        self.feed(piece);
    }

    /// The type it is, or why it is not taken.
    pub fn end(mut self) -> Result<FileType, Rejection> {
        if matches!(self.body, Body::Unknown) {
            self.begin();
        }
        if let Some(why) = self.fault {
            return Err(why);
        }
        match self.body {
            Body::Pdf(pdf) => judge(&pdf.end()).map(|()| FileType::Pdf),
            Body::Picture(kind, strip) => strip.end(&mut Vec::new()).map(|()| kind),
            Body::Unknown | Body::Other => Err(Rejection::Type),
        }
    }

    fn begin(&mut self) {
        let kind = match sniff(&self.head) {
            Sniffed::Known(kind) if !self.types.contains(&kind) => Err(Rejection::Type),
            Sniffed::Known(kind) if kind.endings().contains(&self.ending.as_str()) => Ok(kind),
            Sniffed::Known(_) => Err(Rejection::Name),
            Sniffed::Heic => Err(Rejection::Heic),
            Sniffed::Office => Err(Rejection::Office),
            Sniffed::Other => Err(Rejection::Type),
        };
        self.fault = kind.err();
        self.body = match kind {
            Ok(FileType::Pdf) => Body::Pdf(Box::default()),
            Ok(kind) => Body::Picture(kind, Box::new(Strip::new(kind, Plan::default()))),
            Err(_) => Body::Other,
        };
        let head = std::mem::take(&mut self.head);
        self.feed(&head);
    }

    fn feed(&mut self, piece: &[u8]) {
        if self.fault.is_some() {
            return;
        }
        self.fault = match &mut self.body {
            Body::Pdf(pdf) => pdf.push(piece).err(),
            Body::Picture(_, strip) => {
                let fault = strip.push(piece, &mut Vec::new()).err();
                fault.or_else(|| (strip.pixels() > self.most_pixels).then_some(Rejection::Pixels))
            }
            Body::Unknown | Body::Other => None,
        };
    }
}

/// The most telling reason first.
fn judge(seen: &Seen) -> Result<(), Rejection> {
    let reasons = [
        (seen.encrypted, Rejection::Encrypted),
        (seen.active, Rejection::Active),
        (seen.attachment, Rejection::Attachment),
        (seen.packed && seen.odd_filter, Rejection::Unreadable),
        (!seen.ends, Rejection::Damaged),
    ];
    reasons.into_iter().find(|(is, _)| *is).map_or(Ok(()), |(_, why)| Err(why))
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    fn inspected(ending: &str, bytes: &[u8], step: usize) -> Result<FileType, Rejection> {
        let mut inspection = Inspection::new(ending, &FileType::ALL, 50_000_000);
        bytes.chunks(step.max(1)).for_each(|piece| inspection.push(piece));
        inspection.end()
    }

    #[test]
    fn t18_name_content_and_rule_agree_or_it_is_refused() {
        let (plain, jpeg, png) = (samples::plain_pdf(), samples::jpeg(), samples::png(3, 2));
        let long = samples::png(1, 1_000_000_000);
        let table: [(&str, &[u8], Result<FileType, Rejection>); 17] = [
            ("pdf", &plain, Ok(FileType::Pdf)),
            ("jpg", &jpeg, Ok(FileType::Jpeg)),
            ("jpeg", &jpeg, Ok(FileType::Jpeg)),
            ("png", &png, Ok(FileType::Png)),
            ("png", &jpeg, Err(Rejection::Name)),
            ("pdf", &png, Err(Rejection::Name)),
            ("exe", &plain, Err(Rejection::Name)),
            ("html", &plain, Err(Rejection::Name)),
            ("png", &long, Err(Rejection::Pixels)),
            ("png", &png[..png.len() - 1], Err(Rejection::Damaged)),
            ("jpg", &jpeg[..jpeg.len() - 1], Err(Rejection::Damaged)),
            ("pdf", &plain[..plain.len() - 4], Err(Rejection::Damaged)),
            ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1", Err(Rejection::Heic)),
            ("docx", b"PK\x03\x04word/document.xml", Err(Rejection::Office)),
            ("pdf", b"PK\x03\x04../../evil", Err(Rejection::Office)),
            ("svg", b"<svg onload=alert(1)>", Err(Rejection::Type)),
            ("pdf", b"", Err(Rejection::Type)),
        ];
        for (ending, bytes, expected) in table {
            for step in [1, 7, 64 * 1024] {
                assert_eq!(inspected(ending, bytes, step), expected, "{ending}, {step} at a time");
            }
        }
    }

    #[test]
    fn a_rule_without_a_type_takes_none_of_it() {
        let mut inspection = Inspection::new("png", &[FileType::Pdf], u64::MAX);
        inspection.push(&samples::png(3, 2));
        assert_eq!(inspection.end(), Err(Rejection::Type));
    }

    proptest::proptest! {
        /// Any bytes behind any beginning: judged, never a panic, and alike however they are cut.
        #[test]
        fn t18_any_bytes_are_judged_alike_however_they_come(
            head in proptest::sample::select(vec![&b"%PDF-1.7\n"[..], b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b""]),
            tail in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
            ending in proptest::sample::select(vec!["pdf", "jpg", "png", ""]),
            step in 1usize..40,
        ) {
            let bytes = [head, &tail].concat();
            proptest::prop_assert_eq!(inspected(ending, &bytes, step), inspected(ending, &bytes, 1 << 20));
        }
    }
}
