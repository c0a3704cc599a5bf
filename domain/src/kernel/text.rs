//! What a person types: trimmed, bounded, without control characters. Nothing typed is silently changed.

/// Why a typed text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("nothing was typed")]
    Empty,
    #[error("longer than allowed")]
    TooLong,
    #[error("holds a character that does not belong there")]
    Character,
    #[error("not of the expected form")]
    Form,
}

impl TextError {
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Character => "character",
            Self::Form => "form",
        }
    }
}

/// One line: no control characters at all, so none can start a header.
pub fn line(text: &str, longest: usize) -> Result<String, TextError> {
    check(text.trim(), longest, |c| c.is_control())
}

/// Several lines: line feeds and tabs are kept, other control characters refused.
pub fn paragraph(text: &str, longest: usize) -> Result<String, TextError> {
    let unix = text.replace("\r\n", "\n");
    check(unix.trim(), longest, |c| c.is_control() && c != '\n' && c != '\t')
}

fn check(text: &str, longest: usize, banned: impl Fn(char) -> bool) -> Result<String, TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > longest {
        return Err(TextError::TooLong);
    }
    if text.chars().any(banned) {
        return Err(TextError::Character);
    }
    Ok(text.to_owned())
}

/// An address that SMTP can carry: local part, one @, a domain with a dot, ASCII, at most 254 characters.
/// Whether it is hers is shown by the code she gets there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = line(text, 254)?;
        let (local, host) = text.rsplit_once('@').ok_or(TextError::Form)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !l.starts_with('-')
                && !l.ends_with('-')
        };
        if local_ok && host.contains('.') && host.split('.').all(label) {
            Ok(Self(text))
        } else {
            Err(TextError::Form)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to recognise, too little to tell: `m•••@eksempel.no`.
    pub fn masked(&self) -> String {
        let (local, host) = self.0.rsplit_once('@').unwrap_or(("", &self.0));
        format!("{}•••@{host}", local.chars().take(1).collect::<String>())
    }
}

/// A telephone number in E.164. Eight digits alone are Norwegian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = line(text, 24)?;
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        let (foreign, digits) = match plain.strip_prefix('+').or(plain.strip_prefix("00")) {
            Some(rest) => (true, rest.to_owned()),
            None => (false, plain),
        };
        let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
        match (foreign, digits.len()) {
            (false, 8) if all_digits => Ok(Self(format!("+47{digits}"))),
            (true, 7..=15) if all_digits => Ok(Self(format!("+{digits}"))),
            _ => Err(TextError::Form),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to recognise, too little to tell: `••• •• 567`.
    pub fn masked(&self) -> String {
        format!("••• •• {}", &self.0[self.0.len() - 3..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t23_no_line_can_carry_a_header() {
        for bad in ["a@b.no\r\nBcc: x@y.no", "Maja\nFjellvik", "Maja\u{0}"] {
            assert_eq!(line(bad, 300), Err(TextError::Character), "{bad:?}");
            assert!(EmailAddress::parse(bad).is_err());
        }
        assert_eq!(paragraph("en\r\nto", 10).as_deref(), Ok("en\nto"));
    }

    #[test]
    fn what_is_masked_can_be_recognised_and_no_more() {
        assert_eq!(
            EmailAddress::parse("maja@eksempel.no").map(|e| e.masked()),
            Ok("m•••@eksempel.no".into())
        );
        assert_eq!(Phone::parse("41234567").map(|p| p.masked()), Ok("••• •• 567".into()));
    }

    #[test]
    fn addresses_and_numbers_are_read_as_people_write_them() {
        for good in ["maja@eksempel.no", " maja.f+varde@post.eksempel.no "] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["maja", "maja@", "@eksempel.no", "maja@eksempel", "ma ja@eksempel.no", "maja@-x.no", "a..b@x.no"]
        {
            assert_eq!(EmailAddress::parse(bad), Err(TextError::Form), "{bad}");
        }
        let table = [
            ("412 34 567", "+4741234567"),
            ("0046701234567", "+46701234567"),
            ("+47 41234567", "+4741234567"),
        ];
        for (typed, stored) in table {
            assert_eq!(Phone::parse(typed).map(|p| p.0), Ok(stored.to_owned()));
        }
        assert_eq!(Phone::parse("1234"), Err(TextError::Form));
    }

    proptest::proptest! {
        /// What passes can stand in a line of a mail's head and in a list of addresses: nothing in it ends either.
        #[test]
        fn what_passes_carries_nothing_else_along(text in ".{0,60}", name in "[a-z.+@ ,;<>\\r\\n]{0,30}") {
            for text in [&text, &name] {
                if let Ok(line) = line(text, 100) {
                    proptest::prop_assert!(!line.chars().any(char::is_control), "{line:?}");
                }
                if let Ok(email) = EmailAddress::parse(text) {
                    let text = email.as_str();
                    proptest::prop_assert_eq!(text.matches('@').count(), 1);
                    proptest::prop_assert!(!text.contains([' ', ',', ';', '<', '>', '\r', '\n', '"']), "{text:?}");
                }
                if let Ok(phone) = Phone::parse(text) {
                    proptest::prop_assert!(phone.as_str().bytes().all(|b| b == b'+' || b.is_ascii_digit()));
                }
            }
        }
    }
}
