//! What an ID token must be to be believed, and what we take out of it.

use std::time::{Duration, UNIX_EPOCH};

use domain::{access::Level, kernel::Instant};
use openidconnect::{
    AdditionalClaims, AuthenticationContextClass, ClaimsVerificationError, IdToken, IdTokenClaims, Nonce,
    SignatureVerificationError,
    core::{CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm},
};
use serde::{Deserialize, Serialize};

use super::{Pending, ReadyClient, Refusal};

pub type Token = IdToken<Extra, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// The claims beyond OIDC Core that ID-porten, Ansattporten and TestID give.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Extra {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// From those who signed in with another country's eID and have no Norwegian number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eidas_firstname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eidas_lastname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eidas_date_of_birth: Option<String>,
}

impl AdditionalClaims for Extra {}

/// Who came back. `iss` and `sub` together are the login; everything else may be missing or change.
#[derive(Clone)]
pub struct Claims {
    pub iss: String,
    pub sub: String,
    /// The provider's session, for its front-channel sign-out.
    pub sid: Option<String>,
    /// The national identity number as the provider wrote it, unparsed.
    pub pid: Option<String>,
    pub level: Level,
    /// When she proved who she is, if that was asked for.
    pub fresh_at: Option<Instant>,
    pub name: Option<String>,
    /// `YYYY-MM-DD`, only from those who have no number.
    pub birth_date: Option<String>,
    pub roles: Vec<String>,
    pub units: Vec<String>,
    /// The raw ID token: the hint at sign-out, nothing else.
    pub id_token: String,
}

/// A refusal, or a key that may be younger than our copy of the provider's set.
pub enum Doubt {
    UnknownKey,
    Refused(Refusal),
}

impl Doubt {
    pub fn refusal(self) -> Refusal {
        match self {
            Self::UnknownKey => Refusal::UnknownKey,
            Self::Refused(refusal) => refusal,
        }
    }
}

/// The level behind an `acr` value of ID-porten, Ansattporten or eIDAS, or behind the first of several that
/// the settings ask for. Unknown words are no level.
pub fn level_of(acr: &str) -> Option<Level> {
    let acr = acr.split(' ').next().unwrap_or_default();
    match acr.rsplit_once("loa-").map_or(acr, |(_, level)| level) {
        "low" => Some(Level::Low),
        "substantial" => Some(Level::Substantial),
        "high" => Some(Level::High),
        _ => None,
    }
}

/// The provider's words for a level, made after the words that the settings use.
pub fn acr_for(pattern: &str, level: Level) -> String {
    let word = match level {
        Level::Low => "low",
        Level::Substantial => "substantial",
        Level::High => "high",
    };
    let one = |pattern: &str| {
        pattern
            .rsplit_once("loa-")
            .map_or_else(|| word.to_owned(), |(prefix, _)| format!("{prefix}loa-{word}"))
    };
    pattern.split(' ').map(one).collect::<Vec<_>>().join(" ")
}

/// All of OIDC Core 3.1.3.7: signature, algorithm, issuer, audience, authorized party, time, nonce, level.
pub fn verify(
    client: &ReadyClient,
    token: &Token,
    pending: &Pending<'_>,
    now: Instant,
) -> Result<Claims, Doubt> {
    let (at, level) = (now, pending.level);
    let wall = move || UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0));
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ])
        .set_time_fn(move || wall().into())
        .set_issue_time_verifier_fn(move |issued| issued_lately(issued.timestamp(), at))
        .set_auth_context_verifier_fn(move |acr| high_enough(acr, level));
    let nonce = Nonce::new(pending.nonce.to_owned());
    let claims = token.claims(&verifier, &nonce).map_err(|error| doubt(&error))?;
    let party = claims.authorized_party();
    if party.is_some_and(|azp| azp.as_str() != client.client_id().as_str())
        || (party.is_none() && claims.audiences().len() > 1)
    {
        return Err(Doubt::Refused(Refusal::WrongAudience));
    }
    let fresh_at = pending.fresh_since.map(|since| fresh(claims, since, now)).transpose()?;
    Ok(Claims { fresh_at, ..taken(claims, token)? })
}

/// The sign-in is no older than the question, with a minute for clocks that differ.
fn fresh(
    claims: &IdTokenClaims<Extra, CoreGenderClaim>,
    since: Instant,
    now: Instant,
) -> Result<Instant, Doubt> {
    let at = claims.auth_time().map(|at| Instant(at.timestamp_micros()));
    at.filter(|at| *at >= since.plus_seconds(-60) && *at <= now.plus_seconds(60))
        .map(|at| at.min(now))
        .ok_or(Doubt::Refused(Refusal::NotFresh))
}

/// Five minutes to the past and one to the future: what clocks and a slow line need.
fn issued_lately(issued: i64, now: Instant) -> Result<(), String> {
    let age = now.micros() / 1_000_000 - issued;
    if (-60..=300).contains(&age) { Ok(()) } else { Err("issued at another time".to_owned()) }
}

fn high_enough(acr: Option<&AuthenticationContextClass>, asked: Level) -> Result<(), String> {
    let got = acr.and_then(|acr| level_of(acr.as_str()));
    if got.is_some_and(|got| got >= asked) { Ok(()) } else { Err("below the level asked for".to_owned()) }
}

fn doubt(error: &ClaimsVerificationError) -> Doubt {
    use ClaimsVerificationError as E;
    use SignatureVerificationError as S;
    Doubt::Refused(match error {
        E::Expired(_) | E::InvalidAuthTime(_) => Refusal::Expired,
        E::InvalidAudience(_) => Refusal::WrongAudience,
        E::InvalidIssuer(_) => Refusal::WrongIssuer,
        E::InvalidNonce(_) => Refusal::WrongNonce,
        E::InvalidAuthContext(_) => Refusal::LevelTooLow,
        E::SignatureVerification(S::NoMatchingKey) => return Doubt::UnknownKey,
        E::SignatureVerification(S::DisallowedAlg(_) | S::UnsupportedAlg(_) | S::NoSignature) => {
            Refusal::Algorithm
        }
        E::SignatureVerification(_) => Refusal::Signature,
        _ => Refusal::Malformed,
    })
}

fn taken(claims: &IdTokenClaims<Extra, CoreGenderClaim>, token: &Token) -> Result<Claims, Doubt> {
    let extra = claims.additional_claims();
    let acr = claims.auth_context_ref().and_then(|acr| level_of(acr.as_str()));
    let name = claims.name().and_then(|names| names.get(None)).map(|name| name.to_string());
    let foreign = extra.eidas_firstname.as_ref().zip(extra.eidas_lastname.as_ref());
    let birth_date = claims.birthdate().map(|date| date.to_string());
    Ok(Claims {
        iss: claims.issuer().to_string(),
        sub: claims.subject().to_string(),
        sid: extra.sid.clone(),
        pid: extra.pid.clone(),
        fresh_at: None,
        level: acr.ok_or(Doubt::Refused(Refusal::LevelTooLow))?,
        name: name.or_else(|| foreign.map(|(first, last)| format!("{first} {last}"))),
        birth_date: birth_date.or_else(|| extra.eidas_date_of_birth.clone()),
        roles: extra.roles.clone(),
        units: extra.units.clone(),
        id_token: token.to_string(),
    })
}
