//! The lawyers' register, and as whom it is asked.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LawyerSettings {
    /// Where it answers. Empty: the demo's own in demo; elsewhere nobody is asked, and a mandate counts by itself.
    pub url: String,
    /// `Ocp-Apim-Subscription-Key`.
    pub subscription_key: SecretString,
    /// Ourselves as a client of Maskinporten; its issuer is `maskinporten.issuer`.
    pub client_id: String,
    /// The RSA key in PEM that asks for tokens.
    pub signing_key_file: Option<PathBuf>,
    pub scope: String,
    /// How long one question may take, its token included.
    pub wait_milliseconds: u64,
}

impl Default for LawyerSettings {
    fn default() -> Self {
        Self {
            url: String::new(),
            subscription_key: String::new().into(),
            client_id: String::new(),
            signing_key_file: None,
            scope: "altinn:dataaltinnno/advregverifikasjon".to_owned(),
            wait_milliseconds: 1500,
        }
    }
}

impl LawyerSettings {
    /// Whether there is a register to ask beyond the demo's own.
    pub fn has_service(&self) -> bool {
        !self.url.is_empty()
    }

    pub fn has_key(&self) -> bool {
        !self.subscription_key.expose_secret().is_empty()
    }
}
