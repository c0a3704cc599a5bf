//! Names, numbers and references in the text of an object. What stands in a string is taken for the same: it is rare, and
//! nothing worse comes of it than a blank.

use super::super::pdf::decoded;

/// What ends a name or a number.
fn ends(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Each name, decoded, and where it ends.
pub fn names(text: &[u8]) -> Vec<(Vec<u8>, usize)> {
    let begins = text.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    begins
        .map(|from| {
            let end = text[from..].iter().position(|byte| ends(*byte)).map_or(text.len(), |n| from + n);
            (decoded(&text[from..end]), end)
        })
        .collect()
}

/// Whether it says `/Type /<this>`.
pub fn is_type(text: &[u8], kind: &[u8]) -> bool {
    names(text).windows(2).any(|pair| {
        let between = &text[pair[0].1..pair[1].1];
        let gap = between.iter().position(|byte| *byte == b'/').unwrap_or(0);
        pair[0].0 == b"Type" && pair[1].0 == kind && between[..gap].iter().all(u8::is_ascii_whitespace)
    })
}

/// The whole number after this name.
pub fn number(text: &[u8], name: &[u8]) -> Option<usize> {
    let (_, end) = names(text).into_iter().find(|(found, _)| found == name)?;
    let (value, rest) = digits(text[end..].trim_ascii_start())?;
    // A reference is no number.
    let reference =
        digits(rest.trim_ascii_start()).is_some_and(|(_, rest)| rest.trim_ascii_start().starts_with(b"R"));
    (!reference).then_some(usize::try_from(value).ok()?)
}

/// The object that each reference after this name leads to.
pub fn references(text: &[u8], name: &[u8]) -> Vec<u64> {
    let here = names(text).into_iter().filter(|(found, _)| found == name);
    here.filter_map(|(_, end)| reference(&text[end..])).collect()
}

/// All references of a dictionary that stand as a name's value.
pub fn all_references(text: &[u8]) -> Vec<u64> {
    names(text).into_iter().filter_map(|(_, end)| reference(&text[end..])).collect()
}

fn reference(text: &[u8]) -> Option<u64> {
    let (object, rest) = digits(text.trim_ascii_start())?;
    let (_, rest) = digits(rest.trim_ascii_start())?;
    let rest = rest.trim_ascii_start();
    (rest.first() == Some(&b'R') && rest.get(1).is_none_or(|byte| ends(*byte))).then_some(object)
}

/// A number of at most ten digits, and what follows it.
fn digits(text: &[u8]) -> Option<(u64, &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let value = (1..=10).contains(&end).then(|| std::str::from_utf8(&text[..end]).ok()?.parse().ok())??;
    Some((value, &text[end..]))
}

/// The object that begins where this text, whose end is `obj`, ends.
pub fn object_before(text: &[u8]) -> Option<u64> {
    let text = text.strip_suffix(b"obj")?.trim_ascii_end();
    let text = before_digits(text)?;
    let (text, end) = (text.trim_ascii_end(), text.len());
    if text.len() == end {
        return None;
    }
    let from = before_digits(text)?.len();
    digits(&text[from..]).map(|(value, _)| value)
}

fn before_digits(text: &[u8]) -> Option<&[u8]> {
    let rest = text.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |at| at + 1);
    (rest < text.len()).then_some(&text[..rest])
}

/// Blanks the values: what stands in the outermost dictionary, or a string that is an object of its own.
pub fn blank(text: &mut [u8]) {
    let dictionary = position(text, b"<<").zip(text.windows(2).rposition(|two| two == b">>"));
    if let Some((from, to)) = dictionary.filter(|(from, to)| from + 2 <= *to) {
        return text[from + 2..to].fill(b' ');
    }
    let hex = text.iter().position(|byte| *byte == b'<').zip(text.iter().rposition(|byte| *byte == b'>'));
    let plain = text.iter().position(|byte| *byte == b'(').zip(text.iter().rposition(|byte| *byte == b')'));
    if let Some((from, to)) = plain.filter(|(from, to)| from < to) {
        text[from + 1..to].fill(b' ');
    } else if let Some((from, to)) = hex.filter(|(from, to)| from < to) {
        text[from + 1..to].fill(b'0');
    }
}

pub fn position(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_object_is_read() {
        let text = b" << /Type\n/ObjStm /N 3/First  20 /Length 9 0 R /Au#74hor 7 0 R /Info 12 0 R>>";
        assert!(
            is_type(text, b"ObjStm") && !is_type(text, b"XRef") && !is_type(b"<</Type 3 /XRef>>", b"XRef")
        );
        assert_eq!(
            (number(text, b"N"), number(text, b"First"), number(text, b"Length")),
            (Some(3), Some(20), None)
        );
        assert_eq!((references(text, b"Info"), all_references(text)), (vec![12], vec![9, 7, 12]));
        let table: [(&[u8], Option<u64>); 6] = [
            (b"\n12 0 obj", Some(12)),
            (b"xref 12  0\nobj", Some(12)),
            (b"12 0obj", Some(12)),
            (b"120 obj", None),
            (b"endobj", None),
            (b" obj", None),
        ];
        for (text, object) in table {
            assert_eq!(object_before(text), object, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn a_value_is_blanked_and_its_place_stays() {
        let table: [(&[u8], &[u8]); 5] = [
            (b"\n<</A(B)/C<</D 1>> >>\nendobj", b"\n<<                >>\nendobj"),
            (b" (Maja) endobj", b" (    ) endobj"),
            (b" <4D61> endobj", b" <0000> endobj"),
            (b" 7 endobj", b" 7 endobj"),
            (b" <<>> endobj", b" <<>> endobj"),
        ];
        for (before, after) in table {
            let mut text = before.to_vec();
            blank(&mut text);
            assert_eq!(String::from_utf8_lossy(&text), String::from_utf8_lossy(after));
        }
    }
}
