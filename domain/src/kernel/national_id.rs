//! Norwegian identity numbers. Neither sex nor age is ever read out of one: from 2032 it holds neither.

use std::fmt;

/// Eleven digits that pass the control of today or of 2032.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NationalId(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// Fødselsnummer.
    Birth,
    /// D-nummer: day + 40.
    D,
    /// H-nummer: month + 40, a number that a health body made.
    Help,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NationalIdError {
    #[error("an identity number has eleven digits")]
    Length,
    #[error("day or month is impossible")]
    Date,
    #[error("the control digits do not fit")]
    Control,
}

const K1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const K2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

impl NationalId {
    /// Source: Skatteetaten, control digits. k1 holds when (weighted sum + k1) mod 11 is 0, and from
    /// 1 January 2032 when it is 0, 1, 2 or 3; k2 is unchanged. Both rules are taken already now.
    pub fn parse(text: &str) -> Result<Self, NationalIdError> {
        let digits: Vec<u32> = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_digit(10))
            .collect::<Option<_>>()
            .ok_or(NationalIdError::Length)?;
        if digits.len() != 11 {
            return Err(NationalIdError::Length);
        }
        let (day, month) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]);
        let real_month = [0, 40, 65, 80].iter().any(|add| (add + 1..=add + 12).contains(&month));
        if !real_month || !((1..=31).contains(&day) || (41..=71).contains(&day)) {
            return Err(NationalIdError::Date);
        }
        let k1 = (weigh(&digits, &K1) + digits[9]) % 11;
        let k2 = (weigh(&digits, &K2) + digits[10]) % 11;
        if k1 > 3 || k2 != 0 {
            return Err(NationalIdError::Control);
        }
        Ok(Self(digits.iter().filter_map(|d| char::from_digit(*d, 10)).collect()))
    }

    pub fn kind(&self) -> NumberKind {
        match (self.pair(0), self.pair(2)) {
            (41.., _) => NumberKind::D,
            (_, 41..=52) => NumberKind::Help,
            _ => NumberKind::Birth,
        }
    }

    /// Made for tests: Tenor (month + 80) or Norsk helsenett (month + 65). Month + 40 is also a real H-number,
    /// so it does not count as synthetic.
    pub fn is_synthetic(&self) -> bool {
        self.pair(2) > 65
    }

    /// The digits. For the vault and the registers alone.
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn pair(&self, at: usize) -> u32 {
        self.0[at..at + 2].parse().unwrap_or(0)
    }
}

fn weigh(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

impl fmt::Debug for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NationalId(…)")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A number with right control digits for these nine, or none if there is none.
    pub(crate) fn complete(first_nine: &str, remainder: u32) -> Option<String> {
        let mut digits: Vec<u32> = first_nine.chars().filter_map(|c| c.to_digit(10)).collect();
        let k1 = (11 + remainder - weigh(&digits, &K1) % 11) % 11;
        digits.push((k1 < 10).then_some(k1)?);
        let k2 = (11 - weigh(&digits, &K2) % 11) % 11;
        digits.push((k2 < 10).then_some(k2)?);
        Some(digits.iter().filter_map(|d| char::from_digit(*d, 10)).collect())
    }

    #[test]
    fn numbers_of_today_and_of_2032_pass() {
        for remainder in 0..=3 {
            for serial in 100..140 {
                let Some(text) = complete(&format!("018190{serial}"), remainder) else { continue };
                let number = NationalId::parse(&text).expect("valid");
                assert!(number.is_synthetic());
                assert_eq!(number.kind(), NumberKind::Birth);
            }
        }
        for serial in 100..120 {
            let Some(text) = complete(&format!("018190{serial}"), 4) else { continue };
            assert_eq!(NationalId::parse(&text), Err(NationalIdError::Control));
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        let table = [
            ("", NationalIdError::Length),
            ("0181901234", NationalIdError::Length),
            ("0181901234a", NationalIdError::Length),
            ("00819012345", NationalIdError::Date),
            ("01139012345", NationalIdError::Date),
            ("01819012345", NationalIdError::Control),
        ];
        for (text, expected) in table {
            assert_eq!(NationalId::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn the_number_never_shows_in_debug() {
        let text = (100..140).find_map(|s| complete(&format!("418190{s}"), 0)).expect("one fits");
        let number = NationalId::parse(&text).expect("valid");
        assert_eq!(number.kind(), NumberKind::D);
        assert!(!format!("{number:?}").contains(&text[..6]));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it_and_what_passes_is_eleven_digits(text in "\\PC{0,20}", digits in "[0-9 ]{9,14}") {
            for text in [&text, &digits] {
                if let Ok(number) = NationalId::parse(text) {
                    proptest::prop_assert!(number.expose().len() == 11 && number.expose().bytes().all(|b| b.is_ascii_digit()));
                    proptest::prop_assert_eq!(NationalId::parse(number.expose()), Ok(number));
                }
            }
        }

        /// The second control digit alone finds every mistyped digit, under both rules.
        #[test]
        fn one_wrong_digit_is_always_found(serial in 100u32..999, remainder in 0u32..4, at in 0usize..11, by in 1u8..10) {
            let Some(text) = complete(&format!("018190{serial}"), remainder) else { return Ok(()) };
            let mut bytes = text.into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            let wrong = String::from_utf8_lossy(&bytes).into_owned();
            proptest::prop_assert!(NationalId::parse(&wrong).is_err(), "{wrong}");
        }
    }
}
