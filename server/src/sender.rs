//! The demo's own systems, a case system and a self-service system: their key, which TestID knows, and how they come by a
//! token, the case system's own or one that is bound to an inmate.

use std::{io, path::Path};

use backend::{ctx::Ctx, machine::Binding};
use serde::Deserialize;
use serde_json::json;
use testid::{Key, Machine};

use crate::secret_file;

/// What it is called as a client, and the organisation behind it.
const CLIENT: &str = "varde-sender";

#[derive(Debug)]
pub enum SenderError {
    /// Outside the demo nobody has a key for Varde's own sender.
    NotDemo,
    NoKey(String),
    NoToken,
    /// The settings let nobody speak for an inmate.
    NoVoucher,
}

impl std::fmt::Display for SenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotDemo => f.write_str("only the demo has a sender of its own"),
            Self::NoKey(why) => write!(f, "maskinporten.demo_key_file: {why}"),
            Self::NoVoucher => f.write_str("maskinporten.vouchers: names nobody"),
            Self::NoToken => f.write_str("the machines' provider gives no token"),
        }
    }
}

impl std::error::Error for SenderError {}

/// The demo's own key.
pub fn own(ctx: &Ctx) -> Result<Key, SenderError> {
    let file = ctx.settings.maskinporten.demo_key_file.as_deref();
    key(file.filter(|_| ctx.settings.is_demo()).ok_or(SenderError::NotDemo)?)
}

/// The key in the file that the settings name; the first to ask makes it.
pub fn key(path: &Path) -> Result<Key, SenderError> {
    let failed = |why: &dyn std::fmt::Display| SenderError::NoKey(why.to_string());
    if !path.exists() {
        let pem = Key::generate_pem().map_err(|error| failed(&error))?;
        match secret_file::make(path, &pem) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(&error)),
            _ => {}
        }
    }
    let pem = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    Key::from_pem(&pem).map_err(|error| failed(&error))
}

/// As TestID knows it: the first of those that the settings let write.
pub fn machine(ctx: &Ctx, key: &Key) -> Option<Machine> {
    let settings = &ctx.settings.maskinporten;
    let consumer = settings.senders().into_iter().next()?.consumer;
    Some(Machine {
        id: CLIENT.to_owned(),
        keys: vec![key.jwk()],
        consumer,
        scopes: vec![settings.scope.clone(), settings.inmate_scope.clone()],
    })
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

/// A fresh token, good for two minutes.
pub async fn token(ctx: &Ctx, client: &reqwest::Client, key: &Key) -> Result<String, SenderError> {
    let settings = &ctx.settings.maskinporten;
    let (now, jti) = (ctx.now().micros() / 1_000_000, ctx.chance.token());
    exchanged(ctx, client, &testid::assertion(key, CLIENT, &settings.issuer, &settings.scope, now, &jti))
        .await
}

/// The source whose keys the demo's self-service system calls inmates by.
pub fn inmates_of(ctx: &Ctx) -> Result<String, SenderError> {
    let voucher = ctx.settings.maskinporten.vouchers().into_iter().next();
    voucher.map(|voucher| voucher.source).ok_or(SenderError::NoVoucher)
}

/// A fresh token that is good for one inmate, by the key that the source has for him.
pub async fn inmate_token(
    ctx: &Ctx,
    client: &reqwest::Client,
    key: &Key,
    inmate: &str,
) -> Result<String, SenderError> {
    let details = json!([Binding::new(&inmates_of(ctx)?, inmate)]);
    let settings = &ctx.settings.maskinporten;
    let (issuer, scope) = (&settings.issuer, &settings.inmate_scope);
    let (now, jti) = (ctx.now().micros() / 1_000_000, ctx.chance.token());
    exchanged(ctx, client, &testid::bound_assertion(key, CLIENT, issuer, scope, now, &jti, details)).await
}

async fn exchanged(ctx: &Ctx, client: &reqwest::Client, assertion: &str) -> Result<String, SenderError> {
    let settings = &ctx.settings.maskinporten;
    let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)];
    let url = format!("{}/token", settings.issuer.trim_end_matches('/'));
    let answer = client.post(url).form(&form).send().await.map_err(|_| SenderError::NoToken)?;
    let token: Token = answer.json().await.map_err(|_| SenderError::NoToken)?;
    Ok(token.access_token)
}
