//! A short reference for people to say on the telephone. Never an authority: knowing one opens nothing.

use std::fmt;

use super::id::CROCKFORD;

/// Eight characters as `S4T8-20QK`. The alphabet has no I, L, O or U; the last character is a check
/// character (weighted sum modulo 31), so that one wrong character or two swapped neighbours are noticed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference(String);

impl Reference {
    /// The reference that 35 random bits make.
    pub fn from_bits(bits: u64) -> Self {
        let mut code: Vec<u8> = (0..7).map(|i| ((bits >> (i * 5)) & 31) as u8).collect();
        code.push(check(&code));
        Self(code.iter().map(|v| char::from(CROCKFORD[usize::from(*v)])).collect())
    }

    /// Forgives what a person does on the telephone: spaces, hyphens, lower case, O for 0, I and L for 1.
    pub fn parse(text: &str) -> Option<Self> {
        let code: Option<Vec<u8>> = text.chars().filter(|c| !matches!(c, ' ' | '-')).map(value).collect();
        let code = code.filter(|c| c.len() == 8)?;
        (check(&code[..7]) == code[7])
            .then(|| Self(code.iter().map(|v| char::from(CROCKFORD[usize::from(*v)])).collect()))
    }

    /// As stored: eight characters without the hyphen.
    pub fn stored(&self) -> &str {
        &self.0
    }
}

fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    CROCKFORD.iter().position(|b| char::from(*b) == c).map(|p| p as u8)
}

fn check(code: &[u8]) -> u8 {
    let sum: u32 = code.iter().zip(1u32..).map(|(v, weight)| u32::from(*v) * (weight + 1)).sum();
    (sum % 31) as u8
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", &self.0[..4], &self.0[4..])
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn said_aloud_it_is_understood() {
        let reference = Reference::from_bits(0x0123_4567);
        let shown = reference.to_string();
        for said in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "O")] {
            assert_eq!(Reference::parse(&said).as_ref(), Some(&reference), "{said}");
        }
    }

    #[test]
    fn two_swapped_neighbours_are_noticed() {
        let shown = Reference::from_bits(0b00001_00010_00011_00100_00101_00110_00111).stored().to_owned();
        for at in 0..6 {
            let mut swapped: Vec<char> = shown.chars().collect();
            swapped.swap(at, at + 1);
            assert_eq!(Reference::parse(&swapped.iter().collect::<String>()), None, "{at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_reference_comes_back_and_no_text_breaks_it(bits: u64, text in "\\PC{0,14}") {
            let reference = Reference::from_bits(bits);
            proptest::prop_assert_eq!(Reference::parse(&reference.to_string()), Some(reference));
            let _ = Reference::parse(&text);
        }
    }
}
