//! The providers that people sign in with, a client of each.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    pub citizen: OidcClient,
    pub staff: OidcClient,
    /// The victims' entrance: a client of its own, so that no sign-in elsewhere opens it.
    pub victim: OidcClient,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcClient {
    pub issuer: String,
    pub client_id: String,
    /// Shared with the provider; not used when there are keys.
    #[serde(default = "no_secret")]
    pub client_secret: SecretString,
    /// PEM files with the RSA keys that sign in instead of a secret: the first signs, all are published.
    #[serde(default)]
    pub signing_key_files: Vec<PathBuf>,
    /// The least level that opens the area, in the provider's own words.
    pub acr: String,
    /// Other origins that a sign-in passes through in the browser (ID-porten's login.idporten.no).
    #[serde(default)]
    pub browser_origins: Vec<String>,
}

fn no_secret() -> SecretString {
    SecretString::from(String::new())
}
