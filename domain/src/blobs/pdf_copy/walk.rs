//! From object to object through a PDF that comes in pieces. An object's text is held until it is whole, a stream is not.

use super::text::object_before;

/// An object's text that is longer is passed on unread; what is looked for is shorter by far.
const LONGEST_TEXT: usize = 128 << 10;
/// A packed stream that is longer is passed on as it is.
const LONGEST_HELD: usize = 1 << 20;
/// Of what stands between objects, so much is remembered: two numbers and a word.
const REMEMBERED: usize = 40;

const END: &[u8] = b"endstream";

/// What becomes of a stream's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Passes,
    /// Spaces in place of every byte; in a folded one such as unfold to nothing.
    Blanked {
        folded: bool,
    },
    /// Kept until it is whole.
    Held,
}

/// Who looks at what is met, and may change it where it stands. Lengths stay.
pub trait Reader {
    /// An object without a stream: all between its `obj` and its `endobj`, both of them included in part or not at all.
    fn object(&mut self, number: u64, text: &mut Vec<u8>);
    /// What stands before a stream, with the word.
    fn head(&mut self, number: u64, text: &mut Vec<u8>) -> Stream;
    /// A whole stream that was held, without the word that ends it.
    fn held(&mut self, head: &[u8], content: &mut Vec<u8>);
    /// What stands between objects, in pieces that overlap.
    fn between(&mut self, text: &[u8]);
}

#[derive(Debug)]
enum Place {
    Between,
    Object { number: u64, text: Vec<u8> },
    Stream { how: Stream, head: Vec<u8>, held: Vec<u8>, matched: usize, count: usize },
}

#[derive(Debug)]
pub struct Walk {
    place: Place,
    /// The last bytes between objects.
    last: Vec<u8>,
}

impl Default for Walk {
    fn default() -> Self {
        Self { place: Place::Between, last: Vec::with_capacity(2 * REMEMBERED) }
    }
}

impl Walk {
    /// Adds to `out` what is sure of the copy.
    pub fn push(&mut self, piece: &[u8], reader: &mut impl Reader, out: &mut Vec<u8>) {
        let mut from = 0;
        while from < piece.len() {
            let rest = &piece[from..];
            from += match &mut self.place {
                Place::Between => self.between(rest, reader, out),
                Place::Object { .. } => self.object(rest, reader, out),
                Place::Stream { .. } => self.stream(rest, reader, out),
            };
        }
    }

    /// What is still held, as it is.
    pub fn end(self, out: &mut Vec<u8>) {
        match self.place {
            Place::Between => {}
            Place::Object { text, .. } => out.extend(text),
            Place::Stream { held, .. } => out.extend(held),
        }
    }

    fn between(&mut self, rest: &[u8], reader: &mut impl Reader, out: &mut Vec<u8>) -> usize {
        for (at, byte) in rest.iter().enumerate() {
            if self.last.len() == 2 * REMEMBERED {
                reader.between(&self.last);
                self.last.drain(..REMEMBERED);
            }
            self.last.push(*byte);
            let object =
                (*byte == b'j' && self.last.ends_with(b"obj")).then(|| object_before(&self.last)).flatten();
            if let Some(number) = object {
                reader.between(&self.last);
                self.last.clear();
                self.place = Place::Object { number, text: Vec::new() };
                out.extend_from_slice(&rest[..=at]);
                return at + 1;
            }
        }
        out.extend_from_slice(rest);
        rest.len()
    }

    /// Tells a reader what stands at the very end.
    pub fn last(&self, reader: &mut impl Reader) {
        if matches!(self.place, Place::Between) {
            reader.between(&self.last);
        }
    }

    fn object(&mut self, rest: &[u8], reader: &mut impl Reader, out: &mut Vec<u8>) -> usize {
        let Place::Object { number, text } = &mut self.place else { return 0 };
        for (at, byte) in rest.iter().enumerate() {
            text.push(*byte);
            if *byte == b'j' && text.ends_with(b"endobj") {
                reader.object(*number, text);
                out.append(text);
                self.place = Place::Between;
                return at + 1;
            }
            if *byte == b'm' && begins_stream(text) {
                let how = reader.head(*number, text);
                out.extend_from_slice(text);
                let head = std::mem::take(text);
                self.place = Place::Stream { how, head, held: Vec::new(), matched: 0, count: 0 };
                return at + 1;
            }
            if text.len() > LONGEST_TEXT {
                out.append(text);
                self.place = Place::Between;
                return at + 1;
            }
        }
        rest.len()
    }

    fn stream(&mut self, rest: &[u8], reader: &mut impl Reader, out: &mut Vec<u8>) -> usize {
        let Place::Stream { how, head, held, matched, count } = &mut self.place else { return 0 };
        for (at, byte) in rest.iter().enumerate() {
            *matched = go_on(*matched, *byte);
            match how {
                Stream::Passes => out.push(*byte),
                Stream::Held => held.push(*byte),
                Stream::Blanked { folded } => {
                    held.push(*byte);
                    // What may be the word that ends it is not blanked yet.
                    if held.len() > END.len() {
                        let byte = held.remove(0);
                        out.push(blanked(byte, count, *folded));
                    }
                }
            }
            if *matched == END.len() {
                if *how == Stream::Held {
                    held.truncate(held.len() - END.len());
                    reader.held(head, held);
                    held.extend_from_slice(END);
                }
                out.append(held);
                self.place = Place::Between;
                return at + 1;
            }
            if held.len() > LONGEST_HELD {
                out.append(held);
                *how = Stream::Passes;
            }
        }
        rest.len()
    }
}

/// `>>` and `stream`: the word alone stands in many a string.
fn begins_stream(text: &[u8]) -> bool {
    text.strip_suffix(b"stream").is_some_and(|before| before.trim_ascii_end().ends_with(b">>"))
}

/// How much of `endstream` stands at the end now. The one letter it has twice is the one it begins with.
fn go_on(matched: usize, byte: u8) -> usize {
    let matched = if matched == END.len() { 0 } else { matched };
    if END[matched] == byte {
        return matched + 1;
    }
    // `endstre` ends with the first letter again.
    if matched == 7 && byte == END[1] {
        return 2;
    }
    usize::from(byte == END[0])
}

/// What stands in place of a stream's byte. `count`: bytes of a folded one so far, without the line's end before it.
fn blanked(byte: u8, count: &mut usize, folded: bool) -> u8 {
    /// Nothing at all, folded by Flate.
    const NOTHING: [u8; 8] = [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1];
    let line = matches!(byte, b'\r' | b'\n');
    if !folded {
        return if line { byte } else { b' ' };
    }
    if *count == 0 && line {
        return byte;
    }
    *count += 1;
    NOTHING.get(*count - 1).copied().unwrap_or(b' ')
}
