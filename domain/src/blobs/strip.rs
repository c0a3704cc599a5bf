//! The reader's copy of a file, made as it is read: the same picture without what tells where, when and by whom it was
//! taken, the same document without who made it.

use super::{
    FileType, Rejection,
    pdf_copy::{Blank, Plan},
    picture::{Jpeg, Png},
};

pub struct Strip(Kind);

enum Kind {
    Pdf(Box<Blank>),
    Png(Png),
    Jpeg(Jpeg),
}

impl Strip {
    /// `plan`: what a first reading of a PDF has found.
    pub fn new(kind: FileType, plan: Plan) -> Self {
        Self(match kind {
            FileType::Pdf => Kind::Pdf(Box::new(Blank::new(plan))),
            FileType::Png => Kind::Png(Png::default()),
            FileType::Jpeg => Kind::Jpeg(Jpeg::default()),
        })
    }

    /// Whether the copy is as long as the original.
    pub fn keeps_all(&self) -> bool {
        matches!(self.0, Kind::Pdf(_))
    }

    /// Adds to `out` what of this piece belongs into the copy.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), Rejection> {
        match &mut self.0 {
            Kind::Pdf(blank) => {
                blank.push(piece, out);
                Ok(())
            }
            Kind::Png(png) => png.push(piece, out),
            Kind::Jpeg(jpeg) => jpeg.push(piece, out),
        }
    }

    /// Width times height, as soon as it is known; 0 before.
    pub fn pixels(&self) -> u64 {
        match &self.0 {
            Kind::Pdf(_) => 0,
            Kind::Png(png) => png.pixels(),
            Kind::Jpeg(jpeg) => jpeg.pixels(),
        }
    }

    /// After the last piece: what is still missing of the copy, and whether the picture had its end.
    pub fn end(self, out: &mut Vec<u8>) -> Result<(), Rejection> {
        let whole = match self.0 {
            Kind::Pdf(blank) => {
                blank.end(out);
                true
            }
            Kind::Png(png) => png.is_whole(),
            Kind::Jpeg(jpeg) => jpeg.is_whole(),
        };
        if whole { Ok(()) } else { Err(Rejection::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    fn copy(kind: FileType, bytes: &[u8], step: usize) -> Vec<u8> {
        let (mut strip, mut out) = (Strip::new(kind, Plan::default()), Vec::new());
        bytes.chunks(step).try_for_each(|piece| strip.push(piece, &mut out)).expect("a picture");
        strip.end(&mut out).expect("whole");
        out
    }

    fn holds(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|part| part == word)
    }

    #[test]
    fn t20_a_copy_tells_neither_place_nor_name() {
        let behind = |mut bytes: Vec<u8>| {
            bytes.extend_from_slice(b"PK\x03\x04 after its end");
            bytes
        };
        let (png, jpeg) = (behind(samples::png(3, 2)), behind(samples::jpeg()));
        for step in [1, 5, 1 << 16] {
            for (kind, bytes) in [(FileType::Png, &png), (FileType::Jpeg, &jpeg)] {
                let copy = copy(kind, bytes, step);
                for word in [&b"Maja"[..], b"GPS", b"<script>", b"xmpmeta", b"PK\x03\x04"] {
                    assert!(!holds(&copy, word), "{kind:?}, {step}: {}", String::from_utf8_lossy(word));
                }
                assert!(copy.len() > 40, "there is a picture left");
            }
        }
    }

    #[test]
    fn what_is_drawn_and_which_way_up_stay() {
        let png = copy(FileType::Png, &samples::png(3, 2), 9);
        assert!(holds(&png, b"IHDR") && holds(&png, b"pixels") && png.ends_with(b"IEND\x01\x02\x03\x04"));
        let jpeg = copy(FileType::Jpeg, &samples::jpeg(), 9);
        assert!(holds(&jpeg, b"JFIF\0") && jpeg.ends_with(b"abc\xff\x00def\xff\xd0ghi\xff\xd9"));
        assert!(
            holds(&jpeg, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06"),
            "it lies on its side"
        );
        assert_eq!(copy(FileType::Jpeg, &jpeg, 4), jpeg, "a copy of a copy is the same");
    }
}
