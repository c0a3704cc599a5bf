//! Lies on demand: what a relying party must refuse. A provider that can be told to forge is how its refusals
//! are tried, through the browser and to the last check.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};

use crate::key::{Key, KeyError};
use crate::wire::base64url;

/// What is wrong with the ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// Meant for another client.
    Audience,
    /// From another issuer.
    Issuer,
    /// With another nonce.
    Nonce,
    /// Past its time.
    Expired,
    /// Unsigned.
    Unsigned,
    /// Signed with HS256, the public key as its secret.
    PublicKeyAsSecret,
    /// A lower level than asked for.
    Level,
    /// Signed with a key that is not in the set.
    OtherKey,
    /// The person signed in an hour ago, whatever was asked.
    OldLogin,
}

impl Forgery {
    pub const ALL: [Self; 9] = [
        Self::Audience,
        Self::Issuer,
        Self::Nonce,
        Self::Expired,
        Self::Unsigned,
        Self::PublicKeyAsSecret,
        Self::Level,
        Self::OtherKey,
        Self::OldLogin,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Audience => "aud",
            Self::Issuer => "iss",
            Self::Nonce => "nonce",
            Self::Expired => "exp",
            Self::Unsigned => "alg-none",
            Self::PublicKeyAsSecret => "alg-hs256",
            Self::Level => "acr",
            Self::OtherKey => "key",
            Self::OldLogin => "auth-time",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|forgery| forgery.code() == code)
    }

    /// The token with this lie in it, made from true claims.
    pub(crate) fn token(self, key: &Key, mut claims: Map<String, Value>) -> Result<String, KeyError> {
        let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        match self {
            Self::Audience => put("aud", json!("another-client")),
            Self::Issuer => put("iss", json!("https://another.example")),
            Self::Nonce => put("nonce", json!("another")),
            Self::Expired => put("exp", json!(1)),
            Self::Level => put("acr", json!("low")),
            Self::OldLogin => {
                let then = claims.get("auth_time").and_then(Value::as_i64).unwrap_or(0) - 3600;
                claims.insert("auth_time".to_owned(), json!(then))
            }
            Self::Unsigned | Self::PublicKeyAsSecret | Self::OtherKey => None,
        };
        match self {
            Self::Unsigned => {
                let part = |value: &Value| base64url(value.to_string().as_bytes());
                Ok(format!("{}.{}.", part(&json!({"alg": "none"})), part(&Value::Object(claims))))
            }
            Self::PublicKeyAsSecret => {
                let mut header = Header::new(Algorithm::HS256);
                header.kid = Some(key.id().to_owned());
                let secret = EncodingKey::from_secret(key.jwk().to_string().as_bytes());
                jsonwebtoken::encode(&header, &claims, &secret).map_err(KeyError::from)
            }
            Self::OtherKey => Key::generate()?.sign_as(key.id(), &claims),
            _ => key.sign(&claims),
        }
    }
}
