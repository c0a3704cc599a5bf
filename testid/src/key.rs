//! The signing key: RSA 2048, made at start or read from PEM, named by its RFC 7638 thumbprint.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Map, Value, json};

use crate::wire::{base64url, sha256};

/// A signing key; clones share it.
#[derive(Clone)]
pub struct Key(Arc<Inner>);

struct Inner {
    encoding: EncodingKey,
    decoding: DecodingKey,
    id: String,
    modulus: String,
    exponent: String,
}

/// The key could not be made, read or used.
#[derive(Debug)]
pub struct KeyError(String);

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "signing key: {}", self.0)
    }
}

impl std::error::Error for KeyError {}

impl From<jsonwebtoken::errors::Error> for KeyError {
    fn from(error: jsonwebtoken::errors::Error) -> Self {
        refused(error)
    }
}

fn refused(error: impl fmt::Display) -> KeyError {
    KeyError(error.to_string())
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.0.id).finish_non_exhaustive()
    }
}

impl Key {
    /// A fresh RSA 2048 key.
    pub fn generate() -> Result<Self, KeyError> {
        Self::from_pem(&Self::generate_pem()?)
    }

    /// The same as PEM (PKCS#8): for whoever needs a key of its own, such as a relying party in a test.
    pub fn generate_pem() -> Result<String, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(refused)?;
        let der = pair.as_der().map_err(refused)?;
        // jsonwebtoken signs with PKCS#1 only, and unwraps PKCS#8 only from PEM.
        let text = STANDARD.encode(der.as_ref());
        Ok(format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n"))
    }

    /// An RSA private key in PEM, PKCS#1 or PKCS#8.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let encoding = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(refused)?;
        let pair = KeyPair::from_der(encoding.as_bytes()).map_err(refused)?;
        let public = pair.public_key();
        let modulus = base64url(public.modulus().big_endian_without_leading_zero());
        let exponent = base64url(public.exponent().big_endian_without_leading_zero());
        // RFC 7638: the required members in lexical order, no space.
        let id =
            base64url(&sha256(format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#).as_bytes()));
        let decoding = DecodingKey::from_rsa_components(&modulus, &exponent).map_err(refused)?;
        Ok(Self(Arc::new(Inner { encoding, decoding, id, modulus, exponent })))
    }

    /// The `kid` of the tokens.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The public half as a JWK.
    pub fn jwk(&self) -> Value {
        json!({
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.0.id,
            "n": self.0.modulus,
            "e": self.0.exponent,
        })
    }

    pub fn sign(&self, claims: &Map<String, Value>) -> Result<String, KeyError> {
        self.sign_as(&self.0.id, claims)
    }

    /// The same under the name of another key.
    pub(crate) fn sign_as(&self, id: &str, claims: &Map<String, Value>) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(id.to_owned());
        jsonwebtoken::encode(&header, claims, &self.0.encoding).map_err(refused)
    }

    /// The claims of a token signed with this key for this issuer, **however old**: a sign-out hint
    /// is normally long past its expiry.
    pub(crate) fn read_hint(&self, token: &str, issuer: &str) -> Option<Map<String, Value>> {
        let mut checks = Validation::new(Algorithm::RS256);
        checks.validate_exp = false;
        checks.validate_aud = false;
        checks.set_required_spec_claims(&["iss"]);
        checks.set_issuer(&[issuer]);
        jsonwebtoken::decode(token, &self.0.decoding, &checks).ok().map(|data| data.claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_key_has_2048_bits_and_signs_what_it_can_read() {
        let key = Key::generate().unwrap();
        assert_eq!(key.0.modulus.len(), 342, "256 bytes in base64url");
        let mut claims = Map::new();
        claims.insert("iss".into(), json!("https://a.example"));
        let token = key.sign(&claims).unwrap();
        assert_eq!(key.read_hint(&token, "https://a.example"), Some(claims));
        assert_eq!(key.read_hint(&token, "https://b.example"), None);
        assert_eq!(Key::generate().unwrap().read_hint(&token, "https://a.example"), None);
    }

    #[test]
    fn text_that_is_no_key_is_refused() {
        assert!(Key::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----").is_err());
    }
}
