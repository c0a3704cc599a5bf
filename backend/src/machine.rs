//! Who calls the integration API: an access token of Maskinporten, checked whole. What is not exactly right opens nothing,
//! and which organisation writes under which name as a source comes from the settings, never from the call.
//!
//! Two doors, and no token opens both: a case system's, which is an organisation, and a self-service system's, whose token is
//! good for one inmate alone (RFC 9396; ADR 17).

use std::sync::Arc;

use domain::kernel::Instant;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, errors::ErrorKind, jwk::JwkSet};
use serde::{Deserialize, Serialize};

use crate::{
    config::Maskinporten,
    oidc::{Discovery, json},
};

/// How far two clocks may be apart, in seconds.
const SKEW: i64 = 10;

/// An organisation that may call, and what it is called as a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub consumer: String,
    pub source: String,
}

/// Whoever has called, and what she may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub source: String,
}

/// The one inmate a token is good for, as a source calls him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub source: String,
    pub key: String,
}

/// What binds a token to an inmate: the one entry of its `authorization_details`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    #[serde(rename = "type")]
    kind: String,
    /// Whose key it is.
    source: String,
    /// The key.
    identifier: String,
}

impl Binding {
    pub const KIND: &str = "kriminalomsorg:varde/inmate";

    pub fn new(source: &str, key: &str) -> Self {
        Self { kind: Self::KIND.to_owned(), source: source.to_owned(), identifier: key.to_owned() }
    }
}

/// Why a token opens nothing. The code is for the audit and the metrics; the caller is told no more than 401 or 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Missing,
    Malformed,
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    Expired,
    Unreachable,
    /// It is a good token, and its organisation has no business here.
    Consumer,
    /// It is a good token for something else.
    Scope,
    /// It is bound to no inmate, to more than one, or to one whom its organisation may not speak for.
    Binding,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "token_missing",
            Self::Malformed => "token_malformed",
            Self::UnknownKey => "token_unknown_key",
            Self::Signature => "token_signature",
            Self::Issuer => "token_issuer",
            Self::Audience => "token_audience",
            Self::Expired => "token_expired",
            Self::Unreachable => "token_unreachable",
            Self::Consumer => "token_consumer",
            Self::Scope => "token_scope",
            Self::Binding => "token_binding",
        }
    }

    /// The token is good and opens something else.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Self::Consumer | Self::Scope | Self::Binding)
    }
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Claims {
    scope: String,
    exp: i64,
    #[serde(default)]
    iat: i64,
    consumer: Consumer,
    #[serde(default)]
    authorization_details: Vec<serde_json::Value>,
}

impl Claims {
    /// A token for both is for neither: what is asked for with it could not be told from what was meant.
    fn is_for(&self, scope: &str, other: &str) -> bool {
        let has = |wanted: &str| self.scope.split(' ').any(|scope| scope == wanted);
        !scope.is_empty() && has(scope) && !has(other)
    }
}

#[derive(Deserialize)]
struct Consumer {
    #[serde(rename = "ID")]
    id: String,
}

/// Stands before the API.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    settings: Maskinporten,
    senders: Vec<Sender>,
    vouchers: Vec<Sender>,
    keys: Discovery<JwkSet>,
}

impl Gate {
    pub fn new(settings: &Maskinporten, client: &reqwest::Client) -> Self {
        let (issuer, client) = (settings.issuer.clone(), client.clone());
        let keys = Discovery::new(move || {
            let (issuer, client) = (issuer.clone(), client.clone());
            Box::pin(async move { read(&client, &issuer).await })
        });
        let (senders, vouchers) = (settings.senders(), settings.vouchers());
        Self(Arc::new(Inner { settings: settings.clone(), senders, vouchers, keys }))
    }

    /// The case system that this token (without `Bearer`) stands for.
    pub async fn admit(&self, token: Option<&str>, now: Instant) -> Result<Caller, Refusal> {
        self.0.caller(&self.claims(token, now).await?)
    }

    /// The inmate whom this token is good for.
    pub async fn admit_inmate(&self, token: Option<&str>, now: Instant) -> Result<Bound, Refusal> {
        self.0.bound(&self.claims(token, now).await?)
    }

    async fn claims(&self, token: Option<&str>, now: Instant) -> Result<Claims, Refusal> {
        let token = token.ok_or(Refusal::Missing)?;
        let keys = self.0.keys.metadata(now).await.ok_or(Refusal::Unreachable)?;
        match self.0.judge(token, &keys, now) {
            // The provider may have changed its keys.
            Err(Refusal::UnknownKey) => {
                self.0.keys.refresh(now).await;
                let keys = self.0.keys.metadata(now).await.ok_or(Refusal::Unreachable)?;
                self.0.judge(token, &keys, now)
            }
            other => other,
        }
    }
}

impl Inner {
    fn caller(&self, claims: &Claims) -> Result<Caller, Refusal> {
        let sender = self.senders.iter().find(|sender| sender.consumer == claims.consumer.id);
        let sender = sender.ok_or(Refusal::Consumer)?;
        if !claims.is_for(&self.settings.scope, &self.settings.inmate_scope) {
            return Err(Refusal::Scope);
        }
        Ok(Caller { source: sender.source.clone() })
    }

    /// Exactly one inmate, of a source that this organisation may speak for.
    fn bound(&self, claims: &Claims) -> Result<Bound, Refusal> {
        let own = |voucher: &&Sender| voucher.consumer == claims.consumer.id;
        if !self.vouchers.iter().any(|voucher| own(&voucher)) {
            return Err(Refusal::Consumer);
        }
        if !claims.is_for(&self.settings.inmate_scope, &self.settings.scope) {
            return Err(Refusal::Scope);
        }
        let [binding] = claims.authorization_details.as_slice() else { return Err(Refusal::Binding) };
        let binding = Binding::deserialize(binding).map_err(|_| Refusal::Binding)?;
        let may = self.vouchers.iter().filter(own).any(|voucher| voucher.source == binding.source);
        if binding.kind != Binding::KIND || !may {
            return Err(Refusal::Binding);
        }
        Ok(Bound { source: binding.source, key: binding.identifier })
    }

    fn judge(&self, token: &str, keys: &JwkSet, now: Instant) -> Result<Claims, Refusal> {
        let head = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Malformed)?;
        let kid = head.kid.ok_or(Refusal::Malformed)?;
        let key = keys.find(&kid).ok_or(Refusal::UnknownKey)?;
        let key = DecodingKey::from_jwk(key).map_err(|_| Refusal::UnknownKey)?;
        let mut checks = Validation::new(Algorithm::RS256);
        checks.validate_exp = false;
        checks.set_issuer(&[self.settings.issuer.as_str()]);
        checks.set_required_spec_claims(&["iss", "exp"]);
        match self.settings.audience.as_str() {
            "" => checks.validate_aud = false,
            audience => {
                checks.set_audience(&[audience]);
                checks.required_spec_claims.insert("aud".to_owned());
            }
        }
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &checks)
            .map_err(|error| refusal(error.kind()))?
            .claims;
        let second = now.micros() / 1_000_000;
        if claims.exp + SKEW <= second || claims.iat > second + SKEW {
            return Err(Refusal::Expired);
        }
        Ok(claims)
    }
}

fn refusal(kind: &ErrorKind) -> Refusal {
    match kind {
        ErrorKind::InvalidIssuer => Refusal::Issuer,
        ErrorKind::InvalidAudience => Refusal::Audience,
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => Refusal::Signature,
        ErrorKind::MissingRequiredClaim(claim) if claim == "aud" => Refusal::Audience,
        _ => Refusal::Malformed,
    }
}

/// RFC 8414: the metadata stand under the issuer, and must name it.
async fn read(client: &reqwest::Client, issuer: &str) -> Option<JwkSet> {
    let url = format!("{}/.well-known/oauth-authorization-server", issuer.trim_end_matches('/'));
    let metadata: Metadata = json(client, &url).await?;
    if metadata.issuer != issuer {
        tracing::warn!("the machines' provider calls itself something else");
        return None;
    }
    json(client, &metadata.jwks_uri).await
}
