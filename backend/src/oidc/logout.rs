//! The provider's word that a session ended there (OpenID Connect Back-Channel Logout 1.0). Believed only if it is
//! signed by the provider, meant for us, young, and a logout token and nothing else.

use domain::kernel::Instant;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::Jwk};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Provider, Refusal};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Whose session ended: this one, or all that this person had open when the provider said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    Session(String),
    Person { subject: String, at: Instant },
}

#[derive(Deserialize)]
struct Token {
    iat: i64,
    exp: Option<i64>,
    sub: Option<String>,
    sid: Option<String>,
    jti: Option<String>,
    nonce: Option<Value>,
    #[serde(default)]
    events: Map<String, Value>,
}

impl Provider {
    pub async fn ended(&self, token: &str, now: Instant) -> Result<Ended, Refusal> {
        match self.read(token, now).await {
            Err(Refusal::UnknownKey) => {
                self.discovery.refresh(now).await;
                self.read(token, now).await
            }
            other => other,
        }
    }

    async fn read(&self, token: &str, now: Instant) -> Result<Ended, Refusal> {
        let head = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Malformed)?;
        if !matches!(head.alg, Algorithm::RS256 | Algorithm::ES256) {
            return Err(Refusal::Algorithm);
        }
        // An ID token says so or says nothing; what calls itself something else is not a logout token.
        if head.typ.as_deref().is_some_and(|typ| !matches!(typ, "JWT" | "logout+jwt")) {
            return Err(Refusal::Malformed);
        }
        let key = self.key(head.kid.as_deref(), now).await?;
        let mut checks = Validation::new(head.alg);
        checks.validate_exp = false;
        checks.set_audience(&[self.client.client_id.as_str()]);
        checks.set_issuer(&[self.client.issuer.as_str()]);
        checks.set_required_spec_claims(&["iss", "aud"]);
        let claims =
            jsonwebtoken::decode::<Token>(token, &key, &checks).map_err(|error| doubt(&error))?.claims;
        meaning(claims, now)
    }

    async fn key(&self, kid: Option<&str>, now: Instant) -> Result<DecodingKey, Refusal> {
        let set =
            serde_json::to_value(self.discovery.metadata(now).await.ok_or(Refusal::Unreachable)?.jwks())
                .map_err(|_| Refusal::Malformed)?;
        let keys = set["keys"].as_array().cloned().unwrap_or_default();
        let named = |key: &&Value| kid.is_none_or(|kid| key["kid"] == kid);
        let key = keys.iter().find(named).cloned().ok_or(Refusal::UnknownKey)?;
        let key: Jwk = serde_json::from_value(key).map_err(|_| Refusal::Malformed)?;
        DecodingKey::from_jwk(&key).map_err(|_| Refusal::Malformed)
    }
}

fn doubt(error: &jsonwebtoken::errors::Error) -> Refusal {
    use jsonwebtoken::errors::ErrorKind as K;
    match error.kind() {
        K::InvalidSignature => Refusal::Signature,
        K::InvalidIssuer => Refusal::WrongIssuer,
        K::InvalidAudience => Refusal::WrongAudience,
        K::InvalidAlgorithm => Refusal::Algorithm,
        _ => Refusal::Malformed,
    }
}

/// The rules of section 2.6: an event of the right kind, no nonce, somebody named, and of this very time.
fn meaning(token: Token, now: Instant) -> Result<Ended, Refusal> {
    let seconds = now.micros() / 1_000_000;
    let is_young = (-60..=300).contains(&(seconds - token.iat));
    if !is_young || token.exp.is_some_and(|exp| exp < seconds) {
        return Err(Refusal::Expired);
    }
    if token.nonce.is_some() || !token.events.get(EVENT).is_some_and(Value::is_object) || token.jti.is_none()
    {
        return Err(Refusal::Malformed);
    }
    match (token.sid, token.sub) {
        (Some(sid), _) => Ok(Ended::Session(sid)),
        (None, Some(subject)) => Ok(Ended::Person { subject, at: Instant(token.iat * 1_000_000) }),
        (None, None) => Err(Refusal::Malformed),
    }
}
