//! What the first bytes of a file say it is. A type that is taken begins at byte 0: nothing may stand before it, for
//! what two programs read as two things is how a file gets past a check.

use super::FileType;

/// So many bytes are enough to tell.
pub const HEAD: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sniffed {
    Known(FileType),
    Heic,
    /// Zip (so also docx, odt, pages), and the office formats before it.
    Office,
    Other,
}

/// `head`: the first [`HEAD`] bytes, or all there are.
pub fn sniff(head: &[u8]) -> Sniffed {
    match head {
        [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => Sniffed::Known(FileType::Pdf),
        [0xff, 0xd8, 0xff, ..] => Sniffed::Known(FileType::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Sniffed::Known(FileType::Png),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => Sniffed::Heic,
        [b'P', b'K', 3 | 5, 4 | 6, ..] | [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => {
            Sniffed::Office
        }
        _ => Sniffed::Other,
    }
}

fn is_heic(brand: &[u8]) -> bool {
    [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"]
        .iter()
        .any(|known| brand.starts_with(*known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_known_by_its_first_bytes() {
        let table: [(&[u8], Sniffed); 14] = [
            (b"%PDF-1.7\n", Sniffed::Known(FileType::Pdf)),
            (b"%PDF-2.0\n", Sniffed::Known(FileType::Pdf)),
            (b"\n%PDF-1.7", Sniffed::Other),
            (b"<html>%PDF-1.7", Sniffed::Other),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Sniffed::Known(FileType::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Sniffed::Known(FileType::Png)),
            (b"\x89PNG\n\x1a\n", Sniffed::Other),
            (b"\x00\x00\x00\x18ftypheic", Sniffed::Heic),
            (b"\x00\x00\x00\x18ftypmp42", Sniffed::Other),
            (b"PK\x03\x04", Sniffed::Office),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sniffed::Office),
            (b"<svg xmlns=", Sniffed::Other),
            (b"GIF89a", Sniffed::Other),
            (b"", Sniffed::Other),
        ];
        for (head, expected) in table {
            assert_eq!(sniff(head), expected, "{head:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_judged(head in proptest::collection::vec(proptest::num::u8::ANY, 0..HEAD)) {
            let _ = sniff(&head);
        }

        /// A type begins at byte 0, and what follows its sign changes nothing.
        #[test]
        fn t18_nothing_stands_before_a_sign(
            sign in proptest::sample::select(vec![
                (&b"%PDF-1."[..], FileType::Pdf), (b"\xff\xd8\xff", FileType::Jpeg), (b"\x89PNG\r\n\x1a\n", FileType::Png),
            ]),
            before in proptest::collection::vec(proptest::num::u8::ANY, 1..9),
            after in proptest::collection::vec(proptest::num::u8::ANY, 0..9),
        ) {
            let (sign, kind) = sign;
            proptest::prop_assert_eq!(sniff(&[sign, &after].concat()), Sniffed::Known(kind));
            let moved = [&before[..], sign, &after].concat();
            let begins = moved.starts_with(sign);
            proptest::prop_assert!(begins || sniff(&moved) != Sniffed::Known(kind));
        }
    }
}
