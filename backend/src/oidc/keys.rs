//! The keys that Varde signs in with at a provider instead of a shared secret (`private_key_jwt`, RFC 7523).
//!
//! The first key signs. All are published at `/auth/{area}/jwks.json`, so a key is changed by putting the new one
//! first, waiting until the provider has fetched the set, and then taking the old one out.

use std::path::PathBuf;

use aws_lc_rs::{digest, rsa::KeyPair, signature::KeyPair as _};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::kernel::Instant;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// How long an assertion is good for; ID-porten takes no more than 120 seconds.
const GOOD_SECONDS: i64 = 60;

/// Why a key cannot be used. Says which file, never what is in it.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct KeyError {
    file: String,
    why: String,
}

/// An RSA key and its public name (RFC 7638 thumbprint).
struct SigningKey {
    encoding: EncodingKey,
    id: String,
    jwk: Value,
}

/// A client's keys, the one that signs first. None: the client has a secret.
#[derive(Default)]
pub struct ClientKeys(Vec<SigningKey>);

impl ClientKeys {
    /// Reads PEM files (PKCS#8 or PKCS#1, RSA of 2048 bits or more).
    pub fn read(files: &[PathBuf]) -> Result<Self, KeyError> {
        let read = |file: &PathBuf| {
            let failed = |why: String| KeyError { file: file.display().to_string(), why };
            let pem = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
            SigningKey::from_pem(&pem).map_err(failed)
        };
        files.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The public halves, as the provider fetches them.
    pub fn jwks(&self) -> Value {
        json!({ "keys": self.0.iter().map(|key| &key.jwk).collect::<Vec<_>>() })
    }

    /// A fresh assertion that this client is who it says; `None` without a key. `jti` must be new each time.
    pub(super) fn assertion(
        &self,
        client_id: &str,
        audience: &str,
        now: Instant,
        jti: &str,
    ) -> Option<String> {
        let issued = now.micros() / 1_000_000;
        self.sign(&json!({ "iss": client_id, "sub": client_id, "aud": audience, "jti": jti,
            "iat": issued, "exp": issued + GOOD_SECONDS }))
    }

    /// What a machine asks Maskinporten for a token with (RFC 7523 § 2.1); `None` without a key. `jti` must be new each
    /// time.
    pub(crate) fn grant(
        &self,
        client_id: &str,
        issuer: &str,
        scope: &str,
        now: Instant,
        jti: &str,
    ) -> Option<String> {
        let issued = now.micros() / 1_000_000;
        self.sign(&json!({ "iss": client_id, "aud": issuer, "scope": scope, "jti": jti,
            "iat": issued, "exp": issued + GOOD_SECONDS }))
    }

    fn sign(&self, claims: &Value) -> Option<String> {
        let key = self.0.first()?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(key.id.clone());
        jsonwebtoken::encode(&header, claims, &key.encoding).ok()
    }
}

impl SigningKey {
    fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let encoding = EncodingKey::from_rsa_pem(pem).map_err(|_| "is not an RSA key in PEM".to_owned())?;
        let pair =
            KeyPair::from_der(encoding.as_bytes()).map_err(|_| "is not a usable RSA key".to_owned())?;
        let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let public = pair.public_key();
        let modulus = part(public.modulus().big_endian_without_leading_zero());
        let exponent = part(public.exponent().big_endian_without_leading_zero());
        let members = format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#);
        let id = part(digest::digest(&digest::SHA256, members.as_bytes()).as_ref());
        let jwk = json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "n": modulus, "e": exponent});
        Ok(Self { encoding, id, jwk })
    }
}
