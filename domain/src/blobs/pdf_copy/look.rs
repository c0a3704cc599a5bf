//! The first reading: whether it is signed, and which objects tell who made it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    text::{all_references, is_type, names, position, references},
    walk::{Reader, Stream, Walk},
};

/// The name that says what of a file a signature covers.
const SIGNED: &[u8] = b"ByteRange";
/// Of the objects that may be the Info dictionary so many are remembered.
const MOST: usize = 256;

/// What the second reading does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// A signature covers it: the copy is the original.
    pub signed: bool,
    /// The Info dictionaries, and the strings that they refer to.
    pub(super) telling: BTreeSet<u64>,
}

/// Reads a PDF once.
#[derive(Debug, Default)]
pub struct Look {
    walk: Walk,
    seen: Seen,
    last: Vec<u8>,
}

#[derive(Debug, Default)]
struct Seen {
    signed: bool,
    infos: BTreeSet<u64>,
    /// What dictionaries refer to that look like an Info dictionary.
    likely: BTreeMap<u64, Vec<u64>>,
}

impl Look {
    pub fn push(&mut self, piece: &[u8]) {
        // Wherever the word stands, also where no object is understood.
        self.last.extend_from_slice(piece);
        self.seen.signed |= position(&self.last, SIGNED).is_some();
        self.last.drain(..self.last.len().saturating_sub(SIGNED.len()));
        self.walk.push(piece, &mut self.seen, &mut Vec::new());
    }

    pub fn end(mut self) -> Plan {
        self.walk.last(&mut self.seen);
        let Seen { signed, infos, mut likely } = self.seen;
        let strings: Vec<u64> = infos.iter().filter_map(|info| likely.remove(info)).flatten().collect();
        Plan { signed, telling: infos.into_iter().chain(strings).collect() }
    }
}

impl Seen {
    fn trailer(&mut self, text: &[u8]) {
        if self.infos.len() < MOST {
            self.infos.extend(references(text, b"Info"));
        }
    }
}

impl Reader for Seen {
    fn object(&mut self, number: u64, text: &mut Vec<u8>) {
        let names = names(text);
        let has = |name: &[u8]| names.iter().any(|(found, _)| found == name);
        self.signed |= has(SIGNED);
        let likely =
            [&b"Producer"[..], b"Creator", b"Author", b"CreationDate", b"ModDate"].into_iter().any(has);
        if likely && self.likely.len() < MOST {
            self.likely.insert(number, all_references(text));
        }
    }

    fn head(&mut self, _: u64, text: &mut Vec<u8>) -> Stream {
        if is_type(text, b"XRef") {
            self.trailer(text);
        }
        Stream::Passes
    }

    fn held(&mut self, _: &[u8], _: &mut Vec<u8>) {}

    fn between(&mut self, text: &[u8]) {
        self.trailer(text);
    }
}
