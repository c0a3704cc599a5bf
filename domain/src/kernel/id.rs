//! Two kinds of id. `Id` joins rows and never leaves the system; `Public` stands in URLs and says nothing.

use std::{fmt, hash::Hash, marker::PhantomData};

/// The inner key of a row: a time-ordered UUID as text. It tells when the row was made, so it stays inside.
pub struct Id<T>(String, PhantomData<fn() -> T>);

/// 128 random bits as 26 characters of Crockford base32: the only id a URL or the API carries.
pub struct Public<T>(String, PhantomData<fn() -> T>);

pub(crate) const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The character of the five lowest bits.
pub(crate) fn crockford(bits: u128) -> char {
    char::from(CROCKFORD[(bits & 31) as usize])
}

impl<T> Id<T> {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into(), PhantomData)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T> Public<T> {
    /// The id that these random bits make.
    pub fn from_bits(bits: u128) -> Self {
        let text = (0..26).rev().map(|i| char::from(CROCKFORD[((bits >> (i * 5)) & 31) as usize])).collect();
        Self(text, PhantomData)
    }

    /// Takes exactly 26 characters of the alphabet, as they were given out. Anything else is no id at all.
    pub fn parse(text: &str) -> Option<Self> {
        let known = text.len() == 26 && text.bytes().all(|b| CROCKFORD.contains(&b));
        known.then(|| Self(text.to_owned(), PhantomData))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text_id {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), PhantomData)
            }
        }
        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
        impl<T> Eq for $name<T> {}
        impl<T> Hash for $name<T> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }
        impl<T> PartialOrd for $name<T> {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
        impl<T> Ord for $name<T> {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.cmp(&other.0)
            }
        }
        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<T> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
text_id!(Id);
text_id!(Public);

#[cfg(test)]
mod tests {
    use super::Public;

    #[test]
    fn a_public_id_survives_the_round_trip_and_nothing_else_passes() {
        for bits in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            let id = Public::<()>::from_bits(bits);
            assert_eq!(Public::parse(id.as_str()), Some(id));
        }
        for bad in [
            "",
            "0",
            "0000000000000000000000000u",
            "../../etc/passwd0000000000",
            "000000000000000000000000000",
        ] {
            assert_eq!(Public::<()>::parse(bad), None, "{bad}");
        }
    }
}
