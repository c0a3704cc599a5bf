//! How a person can be reached: contact details as typed, and when a code opens an address. Refusals are codes.

mod appointed;
mod delegates;
mod lawyer;
mod mandate;

use serde::{Deserialize, Serialize};

pub use appointed::{Declared, DeclaredRefusal, DeclaredState, NotConfirmed};
pub use delegates::{DelegateRefusal, Delegated, Delegation, EndedBy, InviteCode};
pub use lawyer::{Answer, Bounds, Due, Problem, Register, Standing, due, standing};
pub use mandate::{Mandate, MandateKind, NewMandate, may_register};

use crate::kernel::{EmailAddress, Instant, Locale, Phone, TextError};

/// How long a code is good.
pub const CODE_MINUTES: i64 = 30;
/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// How often a code may be typed wrong.
pub const MOST_TRIES: i64 = 5;
/// How many codes a person may have sent, to whatever address, within `CODES_MINUTES`.
pub const MOST_CODES: i64 = 5;
pub const CODES_MINUTES: i64 = 60;

/// What is wrong with contact details. Each stands at one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactFault {
    EmailEmpty,
    EmailForm,
    PhoneEmpty,
    PhoneForm,
    Language,
    Remind,
}

impl ContactFault {
    pub const ALL: [Self; 6] =
        [Self::EmailEmpty, Self::EmailForm, Self::PhoneEmpty, Self::PhoneForm, Self::Language, Self::Remind];

    pub fn code(self) -> &'static str {
        match self {
            Self::EmailEmpty => "email_empty",
            Self::EmailForm => "email_form",
            Self::PhoneEmpty => "phone_empty",
            Self::PhoneForm => "phone_form",
            Self::Language => "language",
            Self::Remind => "remind",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.code() == code)
    }

    pub fn field(self) -> &'static str {
        match self {
            Self::EmailEmpty | Self::EmailForm => "email",
            Self::PhoneEmpty | Self::PhoneForm => "phone",
            Self::Language => "letters_in",
            Self::Remind => "remind",
        }
    }
}

/// Contact details as posted. `letters_in` is a language; `plain` is a checkbox: there or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    pub email: String,
    pub phone: String,
    pub letters_in: String,
    pub plain: String,
    /// The code of a choice; nothing is never.
    pub remind: String,
    /// A checkbox: there or not.
    pub by_text: String,
}

/// When somebody wants to be reminded of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remind {
    /// Until she says otherwise.
    #[default]
    Never,
    Day,
    /// Some days before.
    Days,
    Both,
}

impl Remind {
    pub const ALL: [Self; 4] = [Self::Never, Self::Day, Self::Days, Self::Both];

    pub fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Day => "day",
            Self::Days => "days",
            Self::Both => "both",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|remind| remind.code() == code)
    }
}

/// How she wants to be written to, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub email: EmailAddress,
    pub phone: Phone,
    pub locale: Locale,
    /// Letters may say what they are about. Off until she says so: somebody else may read along.
    pub plain_words: bool,
    pub remind: Remind,
    /// By text message too, as soon as her number is confirmed.
    pub by_text: bool,
}

impl ContactForm {
    /// All faults together.
    pub fn parse(&self) -> Result<Contact, Vec<ContactFault>> {
        let email = EmailAddress::parse(&self.email).map_err(|e| match e {
            TextError::Empty => ContactFault::EmailEmpty,
            _ => ContactFault::EmailForm,
        });
        let phone = Phone::parse(&self.phone).map_err(|e| match e {
            TextError::Empty => ContactFault::PhoneEmpty,
            _ => ContactFault::PhoneForm,
        });
        let locale = Locale::parse(&self.letters_in).ok_or(ContactFault::Language);
        let remind = match self.remind.as_str() {
            "" => Ok(Remind::Never),
            code => Remind::parse(code).ok_or(ContactFault::Remind),
        };
        match (email, phone, locale, remind) {
            (Ok(email), Ok(phone), Ok(locale), Ok(remind)) => {
                let (plain_words, by_text) = (!self.plain.is_empty(), !self.by_text.is_empty());
                Ok(Contact { email, phone, locale, plain_words, remind, by_text })
            }
            (email, phone, locale, remind) => {
                Err([email.err(), phone.err(), locale.err(), remind.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// Why a code did not open an address, or was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// Nothing was typed.
    Empty,
    /// Not six digits.
    Form,
    Wrong,
    /// Too old, replaced, or never sent.
    Expired,
    /// Wrong too often: only a new code helps.
    TooManyTries,
    /// So many codes have been sent that the next must wait.
    TooManyCodes,
}

impl CodeRefusal {
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::Form, Self::Wrong, Self::Expired, Self::TooManyTries, Self::TooManyCodes];

    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "code_empty",
            Self::Form => "code_form",
            Self::Wrong => "code_wrong",
            Self::Expired => "code_expired",
            Self::TooManyTries => "code_too_many_tries",
            Self::TooManyCodes => "code_too_many_codes",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }
}

/// The digits of a code as typed; spaces between them do not count.
pub fn typed_code(text: &str) -> Result<String, CodeRefusal> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Err(CodeRefusal::Empty);
    }
    let right = digits.len() == CODE_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    if right { Ok(digits) } else { Err(CodeRefusal::Form) }
}

/// A code on its way: until when it is good, and how often it was typed wrong.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    pub expires_at: Option<Instant>,
    pub tries: i64,
}

impl Waiting {
    /// Whether the typed code opens the address. A wrong one counts as a try.
    pub fn judge(self, matches: bool, now: Instant) -> Result<(), CodeRefusal> {
        match self.expires_at {
            None => Err(CodeRefusal::Expired),
            Some(_) if self.tries >= MOST_TRIES => Err(CodeRefusal::TooManyTries),
            Some(at) if at <= now => Err(CodeRefusal::Expired),
            Some(_) if matches => Ok(()),
            Some(_) if self.tries + 1 >= MOST_TRIES => Err(CodeRefusal::TooManyTries),
            Some(_) => Err(CodeRefusal::Wrong),
        }
    }
}

/// How many codes went out since when. Nobody's inbox can be flooded from here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodesSent {
    pub count: i64,
    pub since: Option<Instant>,
}

impl CodesSent {
    pub fn one_more(self, now: Instant) -> Result<Self, CodeRefusal> {
        match self.since {
            Some(since) if since.plus_minutes(CODES_MINUTES) > now => {
                let more = Self { count: self.count + 1, since: self.since };
                if self.count < MOST_CODES { Ok(more) } else { Err(CodeRefusal::TooManyCodes) }
            }
            _ => Ok(Self { count: 1, since: Some(now) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_788_256_800_000_000);

    #[test]
    fn all_that_is_wrong_comes_at_once_each_at_its_field() {
        let faults = ContactForm::default().parse().unwrap_err();
        assert_eq!(faults, [ContactFault::EmailEmpty, ContactFault::PhoneEmpty, ContactFault::Language]);
        let form = ContactForm {
            email: "maja@eksempel.no\r\nBcc: x@y.no".into(),
            phone: "12".into(),
            letters_in: "nb".into(),
            remind: "hourly".into(),
            ..ContactForm::default()
        };
        let faults = [ContactFault::EmailForm, ContactFault::PhoneForm, ContactFault::Remind];
        assert_eq!(form.parse().unwrap_err(), faults);
        for fault in ContactFault::ALL {
            assert_eq!(ContactFault::parse(fault.code()), Some(fault));
        }
        for refusal in CodeRefusal::ALL {
            assert_eq!(CodeRefusal::parse(refusal.code()), Some(refusal));
        }
    }

    #[test]
    fn plain_words_are_off_until_asked_for() {
        let form = |plain: &str| ContactForm {
            email: "maja@eksempel.no".into(),
            phone: "41234567".into(),
            letters_in: "nn".into(),
            plain: plain.into(),
            ..ContactForm::default()
        };
        assert!(!form("").parse().unwrap().plain_words);
        assert!(form("yes").parse().unwrap().plain_words);
        assert_eq!(form("").parse().unwrap().remind, Remind::Never, "nor is anybody reminded");
        for remind in Remind::ALL {
            let chosen = ContactForm { remind: remind.code().into(), ..form("") };
            assert_eq!(chosen.parse().unwrap().remind, remind);
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let table = [
            ("123456", Ok("123456")),
            (" 123 456 ", Ok("123456")),
            ("", Err(CodeRefusal::Empty)),
            ("12345", Err(CodeRefusal::Form)),
            ("1234567", Err(CodeRefusal::Form)),
            ("12345a", Err(CodeRefusal::Form)),
        ];
        for (typed, expected) in table {
            assert_eq!(typed_code(typed).as_deref(), expected.as_ref().map(|t| *t), "{typed:?}");
        }
    }

    #[test]
    fn a_code_opens_in_time_and_within_its_tries() {
        let waiting = |minutes: i64, tries| Waiting { expires_at: Some(NOW.plus_minutes(minutes)), tries };
        let table = [
            (waiting(1, 0), true, Ok(())),
            (waiting(1, 4), true, Ok(())),
            (waiting(1, 5), true, Err(CodeRefusal::TooManyTries)),
            (waiting(0, 0), true, Err(CodeRefusal::Expired)),
            (waiting(1, 3), false, Err(CodeRefusal::Wrong)),
            (waiting(1, 4), false, Err(CodeRefusal::TooManyTries)),
            (Waiting { expires_at: None, tries: 0 }, true, Err(CodeRefusal::Expired)),
        ];
        for (waiting, matches, expected) in table {
            assert_eq!(waiting.judge(matches, NOW), expected, "{waiting:?} {matches}");
        }
    }

    #[test]
    fn the_sixth_code_within_the_hour_waits() {
        let mut sent = CodesSent::default();
        for _ in 0..MOST_CODES {
            sent = sent.one_more(NOW).unwrap();
        }
        assert_eq!(sent.one_more(NOW.plus_minutes(59)), Err(CodeRefusal::TooManyCodes));
        let later = NOW.plus_minutes(60);
        assert_eq!(sent.one_more(later), Ok(CodesSent { count: 1, since: Some(later) }));
    }
}
