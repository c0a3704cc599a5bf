//! The second reading: the copy.

use miniz_oxide::{deflate::compress_to_vec_zlib, inflate::decompress_to_vec_zlib_with_limit};

use super::{
    look::Plan,
    text::{blank, is_type, names, number},
    walk::{Reader, Stream, Walk},
};

/// A packed stream unfolds to so much, or it is left.
const MOST_UNFOLDED: usize = 4 << 20;
/// Which is the tightest depends on the bytes.
const LEVELS: [u8; 2] = [9, 10];

#[derive(Debug)]
pub struct Blank {
    walk: Walk,
    hand: Hand,
}

#[derive(Debug)]
struct Hand(Plan);

impl Blank {
    pub fn new(plan: Plan) -> Self {
        Self { walk: Walk::default(), hand: Hand(plan) }
    }

    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        if self.hand.0.signed {
            return out.extend_from_slice(piece);
        }
        self.walk.push(piece, &mut self.hand, out);
    }

    /// What is left of it.
    pub fn end(self, out: &mut Vec<u8>) {
        self.walk.end(out);
    }
}

impl Reader for Hand {
    fn object(&mut self, number: u64, text: &mut Vec<u8>) {
        if self.0.telling.contains(&number) {
            blank(text);
        }
    }

    fn head(&mut self, _: u64, text: &mut Vec<u8>) -> Stream {
        if is_type(text, b"Metadata") {
            let folded = names(text).iter().any(|(name, _)| name == b"FlateDecode" || name == b"Fl");
            return Stream::Blanked { folded };
        }
        let packed = !self.0.telling.is_empty() && is_type(text, b"ObjStm");
        if packed { Stream::Held } else { Stream::Passes }
    }

    fn held(&mut self, head: &[u8], content: &mut Vec<u8>) {
        if let Some(new) = self.repacked(head, content) {
            *content = new;
        }
    }

    fn between(&mut self, _: &[u8]) {}
}

impl Hand {
    /// The same objects with what is telling blanked, as long as before; none if there is nothing to do or no way to.
    fn repacked(&self, head: &[u8], content: &[u8]) -> Option<Vec<u8>> {
        let names = names(head);
        let has = |name: &[u8]| names.iter().any(|(found, _)| found == name);
        if has(b"DecodeParms") || has(b"DP") {
            return None;
        }
        let line = content.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
        let body = &content[line..];
        let folded = has(b"FlateDecode") || has(b"Fl");
        let mut plain = match folded {
            true => decompress_to_vec_zlib_with_limit(body, MOST_UNFOLDED).ok()?,
            false if has(b"Filter") => return None,
            false => body.to_vec(),
        };
        if !self.blanked(head, &mut plain)? {
            return None;
        }
        let new = if folded { tight(&plain) } else { plain };
        let room = body.len().checked_sub(new.len())?;
        Some([&content[..line], &new, &vec![b' '; room]].concat())
    }

    /// Whether something was.
    fn blanked(&self, head: &[u8], plain: &mut [u8]) -> Option<bool> {
        let (count, first) = (number(head, b"N")?, number(head, b"First")?);
        let index = std::str::from_utf8(plain.get(..first)?).ok()?;
        let numbers: Vec<u64> = index.split_ascii_whitespace().map_while(|word| word.parse().ok()).collect();
        let places: Vec<(u64, usize)> =
            numbers.chunks_exact(2).take(count).map(|two| (two[0], place(first, two[1]))).collect();
        let mut any = false;
        for (at, (object, from)) in places.iter().enumerate() {
            let to = places.get(at + 1).map_or(plain.len(), |next| next.1);
            if let Some(text) = plain.get_mut(*from..to).filter(|_| self.0.telling.contains(object)) {
                blank(text);
                any = true;
            }
        }
        Some(any)
    }
}

fn tight(plain: &[u8]) -> Vec<u8> {
    let all = LEVELS.map(|level| compress_to_vec_zlib(plain, level));
    all.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

/// Beyond the end for what cannot be one.
fn place(first: usize, offset: u64) -> usize {
    usize::try_from(offset).map_or(usize::MAX, |offset| first.saturating_add(offset))
}
