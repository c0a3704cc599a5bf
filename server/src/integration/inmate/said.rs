//! What he says: the bodies of his calls, and what they are answered with.

use domain::messages::Wish;
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::schema::{Object, ObjectBuilder, Type},
};

/// A letter to a relative, or word of a misuse.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Drawn anew for each: 128 random bits as 26 characters of Crockford's base 32 (a ULID will do). The same again with the
    /// same words is one.
    #[schema(min_length = 26, max_length = 26, pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")]
    pub key: String,
    /// Plain text. How long a letter may be is the unit's own (`writing`); characters that turn or hide what others read
    /// are left out.
    #[schema(min_length = 1)]
    pub words: String,
}

/// A message to a lawyer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Drawn anew for each: 128 random bits as 26 characters of Crockford's base 32 (a ULID will do). The same again with the
    /// same body is one.
    #[schema(min_length = 26, max_length = 26, pattern = "^[0-9A-HJKMNP-TV-Z]{26}$")]
    pub key: String,
    /// Base 64 (RFC 4648, 4, with its padding) of what is said. Today that is text in UTF-8.
    #[schema(min_length = 1, content_encoding = "base64")]
    pub body: String,
}

/// How far a letter has come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    #[schema(schema_with = steps)]
    pub state: Step,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Delivered,
    Read,
}

/// What he does about an exchange.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    #[schema(schema_with = wishes)]
    pub wish: Wanted,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    Open,
    Pause,
    Block,
}

impl From<Wanted> for Wish {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Open => Self::Open,
            Wanted::Pause => Self::Pause,
            Wanted::Block => Self::Block,
        }
    }
}

fn steps() -> Object {
    one_of(&["delivered", "read"], "`delivered`: it is with him. `read`: he has opened it.")
}

fn wishes() -> Object {
    let says = "`open`, `pause` (what is on its way waits) or `block` (what is on its way is not handed over). The other is \
        told nothing.";
    one_of(&["open", "pause", "block"], says)
}

fn one_of(words: &[&'static str], says: &str) -> Object {
    let words = words.iter().copied();
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).description(Some(says)).build()
}

/// What the call did. The same call again has the same answer.
#[derive(Serialize, ToSchema)]
pub struct Taken {
    /// `kept`.
    pub outcome: &'static str,
}

impl Taken {
    pub const KEPT: Self = Self { outcome: "kept" };
}

/// A letter that was taken. The same call again has the same answer.
#[derive(Serialize, ToSchema)]
pub struct Written {
    /// As it stands in the exchange from now on.
    pub id: String,
}
