//! The notices' own channels: nothing on them carries the portal's name or domain.

use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeSettings {
    /// The address that mail to victims comes from: of a domain that names neither the portal nor the service.
    pub mail_from: String,
    /// The name that a text comes from, at most eleven letters or digits.
    pub sms_sender: String,
    /// Where texts are handed over: a POST of JSON. Empty in demo means the demo's own telephone.
    pub sms_url: String,
    pub sms_token: Option<SecretString>,
    /// First duty telephone, second, leader: with spaces between.
    pub duty_phones: String,
    /// The number that is answered day and night, as she reads it.
    pub answered_at: String,
}

impl NoticeSettings {
    pub fn duty_phones(&self) -> Vec<String> {
        self.duty_phones.split_whitespace().map(str::to_owned).collect()
    }
}
