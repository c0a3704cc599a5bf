//! A PNG or JPEG read part by part, and written again without what tells more than the picture: place, time, camera,
//! names, thumbnails, and whatever stands after its end. Parts are kept by a list of what is needed to show it.

use super::Rejection;

/// One of PNG (ISO 15948) or of JPEG (ISO 10918-1).
#[derive(Default)]
pub(super) struct Png {
    held: Vec<u8>,
    state: PngState,
    pixels: u64,
}

#[derive(Default)]
enum PngState {
    #[default]
    Signature,
    Head,
    /// So many bytes of the part are still to come, its checksum included.
    Part {
        left: u64,
        keep: bool,
        last: bool,
    },
    Done,
}

const SIGNATURE: usize = 8;
/// Length, name; and of the first part its width and height.
const PNG_HEAD: usize = 8;
const FIRST_HEAD: usize = 16;

/// What a picture is drawn from.
const PNG_KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"cICP", b"acTL", b"fcTL", b"fdAT",
];

impl Png {
    pub fn push(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), Rejection> {
        while !piece.is_empty() {
            match self.state {
                PngState::Done => return Ok(()),
                PngState::Signature => {
                    if self.hold(&mut piece, SIGNATURE) {
                        out.append(&mut self.held);
                        self.state = PngState::Head;
                    }
                }
                PngState::Head => {
                    let wanted = if self.pixels == 0 { FIRST_HEAD } else { PNG_HEAD };
                    if self.hold(&mut piece, wanted) {
                        self.begin(out)?;
                    }
                }
                PngState::Part { left, keep, last } => {
                    let here = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
                    if keep {
                        out.extend_from_slice(&piece[..here]);
                    }
                    piece = &piece[here..];
                    self.state = match (left - here as u64, last) {
                        (0, true) => PngState::Done,
                        (0, false) => PngState::Head,
                        (left, last) => PngState::Part { left, keep, last },
                    };
                }
            }
        }
        Ok(())
    }

    /// Takes what is missing; true when all of it is held.
    fn hold(&mut self, piece: &mut &[u8], wanted: usize) -> bool {
        let here = (wanted - self.held.len()).min(piece.len());
        self.held.extend_from_slice(&piece[..here]);
        *piece = &piece[here..];
        self.held.len() == wanted
    }

    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), Rejection> {
        let held = std::mem::take(&mut self.held);
        let word = |at: usize| held[at..at + 4].iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
        let (length, name) = (word(0), &held[4..8]);
        let mut left = length + 4;
        if self.pixels == 0 {
            if name != b"IHDR" || length != 13 {
                return Err(Rejection::Damaged);
            }
            left -= 8;
            self.pixels = word(8) * word(12);
        }
        if length > i32::MAX as u64 || self.pixels == 0 {
            return Err(Rejection::Damaged);
        }
        let keep = PNG_KEPT.iter().any(|known| known[..] == *name);
        if keep {
            out.extend_from_slice(&held);
        }
        self.state = PngState::Part { left, keep, last: name == b"IEND" };
        Ok(())
    }

    pub fn pixels(&self) -> u64 {
        self.pixels
    }

    pub fn is_whole(&self) -> bool {
        matches!(self.state, PngState::Done)
    }
}

#[derive(Default)]
pub(super) struct Jpeg {
    /// Of the part that is being read, at most 64 KiB.
    held: Vec<u8>,
    state: JpegState,
    pixels: u64,
    turned: bool,
    scanned: bool,
}

#[derive(Default)]
enum JpegState {
    #[default]
    Start,
    /// Between parts: 0xff, then a code.
    Marker,
    /// The code is known: two bytes of length, then the part.
    Part(u8),
    /// The picture itself, up to the next marker.
    Scan {
        ff: bool,
    },
    Done,
}

impl Jpeg {
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), Rejection> {
        piece.iter().try_for_each(|byte| self.take(*byte, out))
    }

    fn take(&mut self, byte: u8, out: &mut Vec<u8>) -> Result<(), Rejection> {
        match self.state {
            JpegState::Done => {}
            JpegState::Start => {
                self.held.push(byte);
                if self.held.len() == 2 {
                    out.append(&mut self.held);
                    self.state = JpegState::Marker;
                }
            }
            JpegState::Marker => return self.marker(byte, out),
            JpegState::Part(code) => {
                self.held.push(byte);
                let length = self.held.get(..2).map(|b| usize::from(b[0]) << 8 | usize::from(b[1]));
                match length {
                    Some(length) if length < 2 => return Err(Rejection::Damaged),
                    Some(length) if self.held.len() == length => return self.part(code, out),
                    _ => {}
                }
            }
            JpegState::Scan { ff } => return self.scan(ff, byte, out),
        }
        Ok(())
    }

    /// `ff`: the byte before was 0xff, and is not written yet.
    fn scan(&mut self, ff: bool, byte: u8, out: &mut Vec<u8>) -> Result<(), Rejection> {
        match (ff, byte) {
            (false, 0xff) => self.state = JpegState::Scan { ff: true },
            (false, _) => out.push(byte),
            (true, 0 | 0xd0..=0xd7) => {
                out.extend([0xff, byte]);
                self.state = JpegState::Scan { ff: false };
            }
            // Fill bytes.
            (true, 0xff) => {}
            (true, code) => {
                self.held = vec![0xff];
                return self.marker(code, out);
            }
        }
        Ok(())
    }

    /// `held` has the 0xff, or nothing.
    fn marker(&mut self, byte: u8, out: &mut Vec<u8>) -> Result<(), Rejection> {
        if self.held.is_empty() || byte == 0xff {
            self.held = vec![0xff];
            return if byte == 0xff { Ok(()) } else { Err(Rejection::Damaged) };
        }
        self.held.clear();
        self.state = match byte {
            // It ends, and there was a picture.
            0xd9 if self.scanned && self.pixels > 0 => {
                out.extend([0xff, byte]);
                JpegState::Done
            }
            0 | 0xd0..=0xd9 => return Err(Rejection::Damaged),
            0x01 => JpegState::Marker,
            code => JpegState::Part(code),
        };
        Ok(())
    }

    fn part(&mut self, code: u8, out: &mut Vec<u8>) -> Result<(), Rejection> {
        let held = std::mem::take(&mut self.held);
        let body = &held[2..];
        if is_frame(code) {
            let size = body.get(1..5).ok_or(Rejection::Damaged)?;
            let (high, wide) =
                (u64::from(size[0]) << 8 | u64::from(size[1]), u64::from(size[2]) << 8 | u64::from(size[3]));
            self.pixels = self.pixels.max(high * wide);
            if self.pixels == 0 {
                return Err(Rejection::Damaged);
            }
        }
        if is_kept(code, body) {
            out.extend([0xff, code]);
            out.extend_from_slice(&held);
        } else if let (false, 0xe1, Some(way)) = (self.turned, code, orientation(body)) {
            self.turned = true;
            out.extend_from_slice(&turned(way));
        }
        self.scanned |= code == 0xda;
        self.state = if code == 0xda { JpegState::Scan { ff: false } } else { JpegState::Marker };
        Ok(())
    }

    pub fn pixels(&self) -> u64 {
        self.pixels
    }

    pub fn is_whole(&self) -> bool {
        matches!(self.state, JpegState::Done)
    }
}

/// A frame header, which says how large the picture is.
fn is_frame(code: u8) -> bool {
    matches!(code, 0xc0..=0xcf) && !matches!(code, 0xc4 | 0xc8 | 0xcc)
}

/// Tables, frames and scans; of what programs add only what changes how it looks: JFIF, the colour profile, Adobe's
/// colour transform.
fn is_kept(code: u8, body: &[u8]) -> bool {
    match code {
        0xe0 => body.starts_with(b"JFIF\0"),
        0xe2 => body.starts_with(b"ICC_PROFILE\0"),
        0xee => body.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// Which way up, as Exif says it (TIFF tag 0x0112); none where it lies as it should.
fn orientation(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let big = match tiff.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let number = |at: usize, bytes: usize| {
        let part = tiff.get(at..at.checked_add(bytes)?)?;
        let fold = |n: usize, b: &u8| n << 8 | usize::from(*b);
        Some(if big { part.iter().fold(0, fold) } else { part.iter().rev().fold(0, fold) })
    };
    let first = number(4, 4)?;
    let entries = number(first, 2)?;
    let at = (0..entries).map(|n| first + 2 + n * 12).find(|at| number(*at, 2) == Some(0x0112))?;
    u8::try_from(number(at + 8, 2)?).ok().filter(|way| (2..=8).contains(way))
}

/// An Exif part that says this and nothing else.
fn turned(way: u8) -> Vec<u8> {
    let head = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    [&head[..], &[way], &[0; 6]].concat()
}
