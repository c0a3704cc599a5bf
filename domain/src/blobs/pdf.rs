//! Whether a PDF hides something that acts, read as bytes and not by its structure: a reader may be led by a table to
//! any place in the file, so every name anywhere counts, also inside everything that unfolds by Flate. What cannot be
//! looked into is not taken.
//!
//! A name is searched as ISO 32000 writes it, with `#xx` for any letter. Not looked for: what a content stream draws.

use memchr::{memchr, memchr2};
use miniz_oxide::{
    DataFormat, MZFlush, MZStatus,
    inflate::stream::{InflateState, inflate},
};

use super::Rejection;

/// Everything in it together may unfold to so much. A bound of the machine, not of the law.
const MOST_UNFOLDED: u64 = 512 * 1024 * 1024;
/// Streams inside each other's bytes that are followed at once; an honest file has one.
const MOST_AT_ONCE: usize = 4;
/// Longer names are none that matter, whatever letters are written as `#xx`.
const LONGEST_NAME: usize = 64;
/// `stream`; `%%EOF` is shorter.
const LONGEST_WORD: usize = 6;
/// What may stand after the last `%%EOF`: some programs leave a line or two.
const LONGEST_REST: u64 = 1024;

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub encrypted: bool,
    pub active: bool,
    pub attachment: bool,
    /// Objects may be packed into streams.
    pub packed: bool,
    /// A filter that is not unfolded here.
    pub odd_filter: bool,
    /// It ends as a PDF does.
    pub ends: bool,
}

pub(super) struct Pdf {
    seen: Seen,
    names: Names,
    /// The last bytes before the piece that is looked at, the newest last.
    last: [u8; LONGEST_WORD],
    opening: Opening,
    running: Vec<(Box<InflateState>, Names)>,
    /// How much may still unfold.
    room: u64,
    /// Bytes of all pieces before.
    came: u64,
    /// After how many of them its mark ended last.
    end: Option<u64>,
}

impl Default for Pdf {
    fn default() -> Self {
        Self::with_room(MOST_UNFOLDED)
    }
}

/// The word `stream`, the end of its line, and two bytes that say whether it unfolds.
#[derive(Clone, Copy, Default)]
enum Opening {
    #[default]
    No,
    Line,
    /// The line ended with a return; a feed may belong to it.
    Return,
    First,
    Second(u8),
}

impl Pdf {
    fn with_room(room: u64) -> Self {
        Self {
            seen: Seen::default(),
            names: Names::default(),
            last: [0; LONGEST_WORD],
            opening: Opening::No,
            running: Vec::new(),
            room,
            came: 0,
            end: None,
        }
    }

    pub fn push(&mut self, piece: &[u8]) -> Result<(), Rejection> {
        self.names.push(piece, &mut self.seen);
        let (mut from, mut at) = (0, 0);
        while let Some(next) = self.next(piece, at) {
            if let Some(begun) = self.opened(piece, next) {
                // What runs already gets the bytes up to here, the new one those that opened it.
                self.unfold(&piece[from..=next])?;
                from = next + 1;
                self.start(&begun)?;
            }
            at = next + 1;
        }
        self.unfold(&piece[from..])?;
        if let Some(newest) = piece.len().checked_sub(1) {
            self.last = self.behind(piece, newest);
        }
        self.came += piece.len() as u64;
        Ok(())
    }

    pub fn end(mut self) -> Seen {
        self.names.push(b" ", &mut self.seen);
        self.seen.ends = self.end.is_some_and(|end| self.came - end <= LONGEST_REST);
        self.seen
    }

    /// The next place where something may be: the last letter of a word, or any while a stream opens.
    fn next(&self, piece: &[u8], at: usize) -> Option<usize> {
        match self.opening {
            Opening::No => memchr2(b'm', b'F', &piece[at..]).map(|skip| at + skip),
            _ => (at < piece.len()).then_some(at),
        }
    }

    /// The bytes that end at this place, also where they came with an earlier piece.
    fn behind(&self, piece: &[u8], at: usize) -> [u8; LONGEST_WORD] {
        let byte = |back: usize| match at.checked_sub(back) {
            Some(place) => piece[place],
            None => self.last[LONGEST_WORD - (back - at)],
        };
        std::array::from_fn(|n| byte(LONGEST_WORD - 1 - n))
    }

    /// The first two bytes of a stream, when they have come. After `endstream` stands nothing that unfolds.
    fn opened(&mut self, piece: &[u8], at: usize) -> Option<[u8; 2]> {
        let byte = piece[at];
        if byte == b'F' && self.behind(piece, at).ends_with(b"%%EOF") {
            self.end = Some(self.came + at as u64 + 1);
        }
        let mut begun = None;
        self.opening = match (self.opening, byte) {
            (Opening::No, b'm') if self.behind(piece, at).ends_with(b"stream") => Opening::Line,
            (Opening::Line, b'\r') => Opening::Return,
            (Opening::Line | Opening::Return, b'\n') => Opening::First,
            (Opening::Return | Opening::First, first) => Opening::Second(first),
            (Opening::Second(first), second) => {
                begun = Some([first, second]);
                Opening::No
            }
            (other, _) => other,
        };
        begun
    }

    fn start(&mut self, begun: &[u8; 2]) -> Result<(), Rejection> {
        let zlib = begun[0] & 0x0f == 8 && u16::from_be_bytes(*begun).is_multiple_of(31);
        if !zlib {
            return Ok(());
        }
        if self.running.len() == MOST_AT_ONCE {
            return Err(Rejection::Unreadable);
        }
        let mut new = (InflateState::new_boxed(DataFormat::Zlib), Names::default());
        if run(&mut new, begun, &mut self.room, &mut self.seen)? {
            self.running.push(new);
        }
        Ok(())
    }

    fn unfold(&mut self, piece: &[u8]) -> Result<(), Rejection> {
        let mut going = Vec::new();
        for mut one in std::mem::take(&mut self.running) {
            if run(&mut one, piece, &mut self.room, &mut self.seen)? {
                going.push(one);
            }
        }
        self.running = going;
        Ok(())
    }
}

/// Unfolds a piece and looks at the names in it. Tells whether more is wanted. What breaks off was looked at so far, as
/// a reader would that makes the best of it.
fn run(
    (state, names): &mut (Box<InflateState>, Names),
    mut piece: &[u8],
    room: &mut u64,
    seen: &mut Seen,
) -> Result<bool, Rejection> {
    let mut out = [0; 16 * 1024];
    loop {
        let step = inflate(state, piece, &mut out, MZFlush::None);
        *room = room.checked_sub(step.bytes_written as u64).ok_or(Rejection::Bomb)?;
        names.push(&out[..step.bytes_written], seen);
        piece = &piece[step.bytes_consumed..];
        match step.status {
            Ok(MZStatus::Ok) if step.bytes_written > 0 || step.bytes_consumed > 0 => {}
            // It waits for more.
            Ok(MZStatus::Ok) | Err(miniz_oxide::MZError::Buf) => return Ok(true),
            Ok(_) | Err(_) => {
                names.push(b" ", seen);
                return Ok(false);
            }
        }
    }
}

/// Finds names in a run of bytes.
#[derive(Default)]
struct Names {
    open: bool,
    name: Vec<u8>,
}

impl Names {
    fn push(&mut self, mut bytes: &[u8], seen: &mut Seen) {
        while !bytes.is_empty() {
            if !self.open {
                let Some(slash) = memchr(b'/', bytes) else { return };
                self.open = true;
                self.name.clear();
                bytes = &bytes[slash + 1..];
                continue;
            }
            let room = (LONGEST_NAME + 1).saturating_sub(self.name.len());
            let near = &bytes[..room.min(bytes.len())];
            let end = near.iter().position(|byte| ends_name(*byte));
            self.name.extend_from_slice(&near[..end.unwrap_or(near.len())]);
            if let Some(end) = end {
                note(&decoded(&self.name), near[end], seen);
            }
            self.open = end.is_none() && self.name.len() <= LONGEST_NAME;
            // What ends a name may begin the next.
            bytes = &bytes[end.unwrap_or(near.len())..];
        }
    }
}

fn ends_name(byte: u8) -> bool {
    matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0c'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// With each `#xx` as the letter it stands for.
pub(super) fn decoded(name: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(name.len()), 0);
    while at < name.len() {
        let pair = name.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let hex = pair.filter(|_| name[at] == b'#').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(name[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    out
}

fn note(name: &[u8], after: u8, seen: &mut Seen) {
    match name {
        b"JavaScript" | b"Launch" | b"RichMedia" | b"Rendition" | b"SubmitForm" | b"ImportData"
        | b"GoToE" => {
            seen.active = true;
        }
        // Three letters stand in pixels by chance: what follows narrows it.
        b"XFA" => seen.active |= matches!(after, b' ' | b'[' | b'<'),
        b"EmbeddedFile" | b"EmbeddedFiles" => seen.attachment = true,
        b"Encrypt" => seen.encrypted = true,
        b"ObjStm" | b"XRef" => seen.packed = true,
        b"ASCIIHexDecode" | b"ASCII85Decode" | b"LZWDecode" | b"RunLengthDecode" | b"Crypt" => {
            seen.odd_filter = true
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples::*, *};

    fn seen(bytes: &[u8], step: usize) -> Result<Seen, Rejection> {
        let mut pdf = Pdf::default();
        bytes.chunks(step).try_for_each(|piece| pdf.push(piece))?;
        Ok(pdf.end())
    }

    #[test]
    fn t18_what_acts_is_found_however_it_is_written() {
        type Flag = fn(&Seen) -> bool;
        let (active, attached): (Flag, Flag) = (|s| s.active, |s| s.attachment);
        let inner = folded("/Type /ObjStm", b"7 0 << /S /JavaScript /JS (app.alert(1)) >>");
        let table: [(Vec<u8>, Flag); 10] = [
            (pdf_with(b"<< /OpenAction << /S /JavaScript /JS (x) >> >>"), active),
            (pdf_with(b"<</S/J#61vaScript/JS(x)>>"), active),
            (pdf_with(b"<</S/#4a#61#76#61#53#63#72#69#70#74>>"), active),
            (pdf_with(b"<</S/Launch/F(cmd.exe)>>"), active),
            (pdf_with(b"<</AcroForm<</XFA 5 0 R>>>>"), active),
            (pdf_with(b"<</Type/EmbeddedFile>>"), attached),
            (pdf_with(&folded("/Type /ObjStm", b"1 0 << /S /JavaScript >>")), active),
            // Without the name of its type, and hidden in the bytes of another stream.
            (pdf_with(&folded("", b"1 0 << /S /Launch >>")), active),
            (pdf_with(&[b"4 0 obj << >>\nstream\n", &inner[..], b"\nendstream"].concat()), active),
            (pdf_with(b"<< /Encrypt 9 0 R >>"), |s| s.encrypted),
        ];
        for (at, (bytes, flag)) in table.iter().enumerate() {
            for step in [1, 3, 1 << 16] {
                assert!(flag(&seen(bytes, step).expect("read")), "row {at}, {step} at a time");
            }
        }
    }

    #[test]
    fn an_honest_file_passes() {
        let page = folded("", b"BT /F1 12 Tf (JavaScript, Launch og Encrypt er bare ord) Tj ET");
        for bytes in [
            plain_pdf(),
            pdf_with(&page),
            pdf_with(b"<< /Type /XRef >>"),
            pdf_with(b"<< /Filter /LZWDecode >>"),
        ] {
            let seen = seen(&bytes, 5).expect("read");
            assert!(seen.ends && !seen.active && !seen.attachment && !seen.encrypted);
            assert!(!(seen.packed && seen.odd_filter));
        }
        let hidden = seen(&pdf_with(b"<< /Type /ObjStm /Filter /ASCIIHexDecode >>"), 9).expect("read");
        assert!(hidden.packed && hidden.odd_filter);
    }

    #[test]
    fn t18_what_unfolds_without_end_is_told() {
        let megabyte = vec![0; 1 << 20];
        let once = folded("", &megabyte);
        let mut pdf = Pdf::with_room(20 << 20);
        assert_eq!((0..20).try_for_each(|_| pdf.push(&once)), Ok(()));
        let bomb = (0..2).try_for_each(|_| pdf.push(&once));
        assert_eq!(bomb, Err(Rejection::Bomb));
    }

    #[test]
    fn it_ends_with_its_mark_and_little_after() {
        let rest = |n: usize| [plain_pdf(), vec![b' '; n]].concat();
        for (bytes, ends) in
            [(plain_pdf(), true), (rest(1_000), true), (rest(1_025), false), (b"%PDF-1.4".to_vec(), false)]
        {
            assert_eq!(seen(&bytes, 100).expect("read").ends, ends);
        }
    }
}
