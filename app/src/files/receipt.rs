//! The receipt as a paper to keep: what came, from whom, to whom, when, and the fingerprint of each file as it was sent. A
//! screen reader reads it as it looks.

use backend::{
    Result,
    blobs::FileView,
    paper::{Block, Paper, Table},
};
use domain::kernel::{Instant, Locale, Reference};

use super::words::size;
use crate::i18n::{self, dates, files as t};

/// What was handed in.
pub struct Receipt<'a> {
    pub reference: &'a Reference,
    pub at: Instant,
    /// Whose it is, by name.
    pub from: &'a str,
    /// Who has it now, such as a unit.
    pub to: &'a str,
    /// What it is: the kind's name in words.
    pub what: &'a str,
    pub files: &'a [Received],
    /// What happens next and by when, a sentence a paragraph.
    pub next: &'a [String],
}

/// A file of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub name: String,
    pub length: u64,
    /// Of the original.
    pub sha256: Vec<u8>,
}

impl Received {
    /// As it stands in the list of what was handed in (`blobs::of`). None of a file that was never whole.
    pub fn of(l: Locale, file: &FileView) -> Option<Self> {
        let name = file.name.clone().unwrap_or_else(|| t::nameless(l));
        Some(Self { name, length: file.length?, sha256: file.sha256.clone()? })
    }
}

/// The same for ever: it can be made anew whenever it is asked for.
pub fn receipt(l: Locale, receipt: &Receipt<'_>) -> Result<Vec<u8>> {
    let reference = receipt.reference.to_string();
    let fact = |label: String, value: &str| (label, value.to_owned());
    let facts = vec![
        fact(t::receipt_reference(l), &reference),
        fact(t::receipt_sent(l), &dates::date_time_with_year(l, receipt.at)),
        fact(t::receipt_what(l), receipt.what),
        fact(t::receipt_from(l), receipt.from),
        fact(t::receipt_to(l), receipt.to),
    ];
    let mut blocks = vec![Block::Text(t::receipt_lead(l)), Block::Facts(facts)];
    blocks.extend(receipt.next.iter().cloned().map(Block::Text));
    blocks.push(Block::Heading(t::receipt_files(l)));
    blocks.extend(files(l, receipt.files));
    let paper = Paper {
        title: t::receipt_title(l),
        lang: i18n::lang_of("files", l).code(),
        foot: t::receipt_foot(l, reference),
        page: Box::new(move |n, of| t::receipt_page(l, n, of)),
        blocks,
    };
    paper.pdf()
}

fn files(l: Locale, files: &[Received]) -> Vec<Block> {
    if files.is_empty() {
        return vec![Block::Text(t::receipt_none(l))];
    }
    let head = [(t::column_name(l), 36), (t::column_size(l), 16), (t::column_hash(l), 48)];
    let row = |file: &Received| {
        let hash: String = file.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        vec![file.name.clone(), size(l, file.length), hash]
    };
    let table = Table { head: head.into(), rows: files.iter().map(row).collect() };
    vec![Block::Table(table), Block::Text(t::receipt_hash(l))]
}

#[cfg(test)]
mod tests {
    use backend::testing::pdf;

    use super::*;

    fn made(l: Locale, files: &[Received]) -> Vec<u8> {
        let reference = Reference::from_bits(7);
        let next = ["Du får svar innen tre uker.".to_owned()];
        let receipt_of = Receipt {
            reference: &reference,
            at: Instant(1_788_256_800_000_000),
            from: "Maja Fjellvik",
            to: "Lyngmo fengsel",
            what: "Samtykke",
            files,
            next: &next,
        };
        receipt(l, &receipt_of).expect("a receipt")
    }

    #[test]
    fn a_receipt_says_what_came_and_is_read_by_anybody() {
        let files =
            [Received { name: "samtykke – Øst.pdf".into(), length: 4_500_000, sha256: (0..32).collect() }];
        let table = [
            (Locale::Nb, "Kvittering"),
            (Locale::Nn, "Storleik"),
            (Locale::En, "4.3 MB"),
            (Locale::Se, "Størrelse"),
        ];
        for (l, word) in table {
            let file = pdf::file(&made(l, &files));
            pdf::checked(&file);
            assert!(pdf::info(&file).contains("Tagged: yes"));
            let text = pdf::text(&file);
            let reference = Reference::from_bits(7).to_string();
            for word in
                [word, "Maja Fjellvik", "Lyngmo fengsel", "samtykke – Øst.pdf", &reference, "00010203"]
            {
                assert!(text.contains(word), "{l:?} {word}: {text}");
            }
        }
        let none = pdf::text(&pdf::file(&made(Locale::Nb, &[])));
        assert!(none.contains("Ingen filer ble lagt ved."), "{none}");
    }
}
