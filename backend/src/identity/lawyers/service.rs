//! The lawyers' register as data.altinn.no serves it (Advokattilsynet's `AdvRegPersonVerifikasjon`): one number asked, one
//! answer heard, with a token of Maskinporten (RFC 7523). The number stands in the address, as the service wants it; so no
//! failure here carries an address, a body or a status into a log: a code of [`Problem`] is all that comes out.

use std::{sync::Arc, time::Duration};

use domain::{
    identity::{Answer, Problem},
    kernel::{Instant, NationalId},
};
use reqwest::{Response, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::{Error, Result, config::Settings, oidc::ClientKeys};

/// An answer is a few words.
const LARGEST_ANSWER: usize = 16 * 1024;
/// A token is not used in its last seconds.
const MARGIN_SECONDS: i64 = 30;

#[derive(Clone)]
pub(super) struct Service(Arc<Inner>);

struct Inner {
    client: reqwest::Client,
    settings: crate::config::LawyerSettings,
    issuer: String,
    keys: ClientKeys,
    token: Mutex<Option<Token>>,
}

struct Token {
    value: SecretString,
    until: Instant,
}

#[derive(Deserialize)]
struct Given {
    access_token: SecretString,
    #[serde(default)]
    expires_in: i64,
}

/// The names as the service spells them; an older version of it begins them with a capital.
#[derive(Deserialize)]
struct Said {
    #[serde(alias = "Fodselsnummer")]
    fodselsnummer: SecretString,
    #[serde(alias = "Verifisert")]
    verifisert: bool,
}

impl Service {
    pub fn open(settings: &Settings) -> Result<Self> {
        let lawyers = settings.lawyers.clone();
        let builder = reqwest::Client::builder().redirect(redirect::Policy::none()).pool_max_idle_per_host(0);
        let client = builder.timeout(Duration::from_millis(lawyers.wait_milliseconds)).build();
        let client = client.map_err(|_| Error::Broken("a client for the lawyers' register"))?;
        let keys = ClientKeys::read(lawyers.signing_key_file.as_slice())
            .map_err(|_| Error::Broken("the key for the lawyers' register"))?;
        let issuer = settings.maskinporten.issuer.clone();
        Ok(Self(Arc::new(Inner { client, settings: lawyers, issuer, keys, token: Mutex::default() })))
    }

    /// Once, within the time that it is given. `jti` is a fresh random text.
    pub async fn ask(&self, number: &NationalId, now: Instant, jti: &str) -> Result<Answer, Problem> {
        let patience = Duration::from_millis(self.0.settings.wait_milliseconds);
        let asking = self.0.ask(number, now, jti);
        tokio::time::timeout(patience, asking).await.unwrap_or(Err(Problem::Late))
    }
}

impl Inner {
    async fn ask(&self, number: &NationalId, now: Instant, jti: &str) -> Result<Answer, Problem> {
        let token = self.token(now, jti).await?;
        let base = self.settings.url.trim_end_matches('/');
        let url = format!("{base}/?subject={}&envelope=false", number.expose());
        let request = self.client.get(url).bearer_auth(token.expose_secret());
        let request =
            request.header("Ocp-Apim-Subscription-Key", self.settings.subscription_key.expose_secret());
        let answer = request.send().await.map_err(|error| unsent(&error))?;
        if matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            // It may have been taken back.
            *self.token.lock().await = None;
        }
        let said: Said = read(answer).await?;
        if said.fodselsnummer.expose_secret() != number.expose() {
            return Err(Problem::Malformed);
        }
        Ok(if said.verifisert { Answer::Listed } else { Answer::NotListed })
    }

    /// One asks for all who wait.
    async fn token(&self, now: Instant, jti: &str) -> Result<SecretString, Problem> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| now < token.until) {
            return Ok(token.value.clone());
        }
        let (client, scope) = (&self.settings.client_id, &self.settings.scope);
        let grant = self.keys.grant(client, &self.issuer, scope, now, jti).ok_or(Problem::NoToken)?;
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", &*grant)];
        let url = format!("{}/token", self.issuer.trim_end_matches('/'));
        let answer = self.client.post(url).form(&form).send().await;
        let answer =
            answer.map_err(|error| if error.is_timeout() { Problem::Late } else { Problem::NoToken })?;
        let given: Given = read(answer).await.map_err(|_| Problem::NoToken)?;
        let until = now.plus_seconds(given.expires_in - MARGIN_SECONDS);
        *kept = Some(Token { value: given.access_token.clone(), until });
        Ok(given.access_token)
    }
}

/// What reqwest says of it names the address, so it ends here.
fn unsent(error: &reqwest::Error) -> Problem {
    if error.is_timeout() { Problem::Late } else { Problem::Unreachable }
}

async fn read<T: serde::de::DeserializeOwned>(mut answer: Response) -> Result<T, Problem> {
    match answer.status() {
        status if status.is_success() => {}
        status if status.is_redirection() => return Err(Problem::Moved),
        status if status.is_server_error() => return Err(Problem::Broken),
        _ => return Err(Problem::Refused),
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unsent(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(Problem::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|_| Problem::Malformed)
}
