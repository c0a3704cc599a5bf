//! The settings: one file, every key overridable by the environment, unknown keys refused.
//! Promises that `check` names everything that production may not start with, all at once.
//! Never shows a secret in `Debug`.

mod blobs;
mod lawyers;
mod limits;
mod maskinporten;
mod notices;
mod oidc;
mod smtp;
mod texts;
mod unsafe_settings;
mod video;

pub use blobs::{BlobSettings, ScannerAddress};
pub use lawyers::LawyerSettings;
pub use limits::Limits;
pub use maskinporten::Maskinporten;
pub use notices::NoticeSettings;
pub use oidc::{Oidc, OidcClient};
pub use smtp::{Smtp, SmtpTls};
pub use texts::TextSettings;
pub use video::VideoSettings;

use std::{
    collections::HashMap,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use domain::access::{Area, Level};
use secrecy::SecretString;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Demo,
    Production,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub environment: Environment,
    pub server: Server,
    pub ops: Ops,
    pub database: Database,
    pub site: Site,
    pub vault: VaultSettings,
    #[serde(default)]
    pub session: SessionLimits,
    #[serde(default)]
    pub identity: IdentitySettings,
    pub oidc: Oidc,
    #[serde(default)]
    pub maskinporten: Maskinporten,
    #[serde(default)]
    pub lawyers: LawyerSettings,
    pub smtp: Smtp,
    #[serde(default)]
    pub texts: TextSettings,
    #[serde(default)]
    pub video: VideoSettings,
    #[serde(default)]
    pub blobs: BlobSettings,
    #[serde(default)]
    pub notices: NoticeSettings,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub demo: DemoSettings,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    pub base_url: String,
    #[serde(default)]
    pub trusted_proxies: Vec<std::net::IpAddr>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ops {
    pub listen: SocketAddr,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// May carry a password: never printed.
    pub url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub root: PathBuf,
    /// Where "leave this page" leads: a page that anybody may have open.
    pub quick_exit: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultSettings {
    #[serde(default)]
    pub master_key_file: Option<PathBuf>,
    /// 32 bytes in base64, by environment only; wins over the file.
    #[serde(default)]
    pub master_key: Option<SecretString>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DemoSettings {
    /// How many seconds an hour of the demo's own prison service takes; 0: nothing happens in it.
    pub hour_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SessionLimits {
    pub idle_minutes: i64,
    pub absolute_minutes: i64,
    /// How long a sign-in counts as fresh for what asks for one.
    pub fresh_minutes: i64,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentitySettings {
    pub synthetic_numbers: bool,
    /// `substantial` or `high`: what changing contact details asks for; empty means `substantial`. The demo may also
    /// say `low`.
    pub contact_level: String,
}

impl IdentitySettings {
    /// The least level at which contact details are changed.
    pub fn contact_level(&self) -> Level {
        Level::parse(&self.contact_level).unwrap_or(Level::Substantial)
    }
}

/// One thing that production may not start with: the key it stands under, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsafe {
    pub key: &'static str,
    pub why: &'static str,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("settings: {0}")]
    Unreadable(#[from] config::ConfigError),
    #[error("settings: production refuses to start:{}", list(.0))]
    Refused(Vec<Unsafe>),
}

fn list(refusals: &[Unsafe]) -> String {
    refusals.iter().map(|r| format!("\n  {r}")).collect()
}

impl fmt::Display for Unsafe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.why)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = self.url.split_once(':').map_or("?", |(scheme, _)| scheme);
        write!(f, "Database {{ url: \"{engine}:…\" }}")
    }
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle_minutes: 30, absolute_minutes: 120, fresh_minutes: 10 }
    }
}

impl Settings {
    /// The file, then `VARDE_<SECTION>__<KEY>` over it. Says nothing yet about safety: see `check`.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let file = config::File::from(path).format(config::FileFormat::Toml);
        Self::from_sources(file, environment())
    }

    /// The same from a text and a list, for tests and for settings made in memory.
    pub fn from_text(text: &str, overrides: &[(&str, &str)]) -> Result<Self, ConfigError> {
        let file = config::File::from_str(text, config::FileFormat::Toml);
        let list = overrides.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self::from_sources(file, list)
    }

    fn from_sources(
        file: impl config::Source + Send + Sync + 'static,
        overrides: HashMap<String, String>,
    ) -> Result<Self, ConfigError> {
        let over = config::Environment::with_prefix("VARDE")
            .prefix_separator("_")
            .separator("__")
            .list_separator(",")
            .with_list_parse_key("server.trusted_proxies")
            .with_list_parse_key("oidc.citizen.signing_key_files")
            .with_list_parse_key("oidc.staff.signing_key_files")
            .try_parsing(true)
            .source(Some(overrides));
        let mut settings: Self =
            config::Config::builder().add_source(file).add_source(over).build()?.try_deserialize()?;
        settings.fill_in();
        Ok(settings)
    }

    /// In demo an empty issuer is the TestID of our own address.
    fn fill_in(&mut self) {
        self.server.base_url = self.server.base_url.trim_end_matches('/').to_owned();
        if self.environment == Environment::Demo {
            let victim = (&mut self.oidc.victim, Area::Victim.code());
            for (client, area) in
                [(&mut self.oidc.citizen, "citizen"), (&mut self.oidc.staff, "staff"), victim]
            {
                if client.issuer.is_empty() {
                    client.issuer = format!("{}/testid/{area}", self.server.base_url);
                }
            }
            if self.maskinporten.issuer.is_empty() {
                self.maskinporten.issuer = format!("{}/testid/machine/", self.server.base_url);
            }
        }
    }

    /// Somebody takes texts, or the demo keeps them.
    pub fn offers_texts(&self) -> bool {
        self.is_demo() || !self.texts.url.is_empty()
    }

    pub fn is_demo(&self) -> bool {
        self.environment == Environment::Demo
    }

    /// Whether browsers reach us over TLS: decides cookie prefixes and HSTS.
    pub fn is_https(&self) -> bool {
        self.server.base_url.starts_with("https://")
    }

    /// The provider of an area.
    pub fn provider(&self, area: Area) -> &OidcClient {
        match area {
            Area::Citizen => &self.oidc.citizen,
            Area::Staff => &self.oidc.staff,
            Area::Victim => &self.oidc.victim,
        }
    }

    /// Whether machines get their tokens from the provider of our own.
    pub fn uses_test_machines(&self) -> bool {
        self.is_demo() && self.maskinporten.issuer == format!("{}/testid/machine/", self.server.base_url)
    }

    /// Whether the built-in TestID stands behind an area.
    pub fn uses_testid(&self, area: Area) -> bool {
        self.is_demo() && self.provider(area).issuer.starts_with(&self.server.base_url)
    }

    /// Everything production may not start with. Empty in demo.
    pub fn check(&self) -> Vec<Unsafe> {
        if self.is_demo() {
            return Vec::new();
        }
        unsafe_settings::findings(self)
    }

    /// `check` as a verdict.
    pub fn checked(self) -> Result<Self, ConfigError> {
        let refusals = self.check();
        if refusals.is_empty() { Ok(self) } else { Err(ConfigError::Refused(refusals)) }
    }
}

/// Only what names a section: `VARDE_TEST_PG_URL` and its like belong to the tools, not to the settings.
#[allow(clippy::disallowed_methods)]
fn environment() -> HashMap<String, String> {
    std::env::vars()
        .filter(|(key, _)| key.starts_with("VARDE_") && (key.contains("__") || key == "VARDE_ENVIRONMENT"))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::SAFE_PRODUCTION;

    use secrecy::ExposeSecret;

    use super::*;

    const FILE: &str = include_str!("../../../Leptos.toml");

    #[test]
    fn the_file_as_shipped_is_a_demo_on_its_own_testid() {
        let settings = Settings::from_text(FILE, &[]).expect("readable");
        assert!(settings.is_demo() && settings.check().is_empty());
        assert_eq!(settings.oidc.citizen.issuer, "http://localhost:3000/testid/citizen");
        assert!(settings.uses_testid(Area::Staff));
    }

    #[test]
    fn the_environment_wins_and_unknown_keys_are_refused() {
        let over = [("VARDE_SERVER__LISTEN", "127.0.0.1:9"), ("VARDE_OIDC__STAFF__CLIENT_SECRET", "12345")];
        let settings = Settings::from_text(FILE, &over).expect("readable");
        assert_eq!(settings.server.listen.port(), 9);
        assert_eq!(settings.oidc.staff.client_secret.expose_secret(), "12345");
        assert!(Settings::from_text(FILE, &[("VARDE_SERVER__LISTENN", "x")]).is_err());
        assert!(Settings::from_text(&format!("{FILE}\nsurprise = 1\n"), &[]).is_err());
    }

    #[test]
    fn production_names_every_unsafe_setting_at_once() {
        let over = [("VARDE_ENVIRONMENT", "production"), ("VARDE_VAULT__MASTER_KEY_FILE", "/nowhere/key")];
        let found = Settings::from_text(FILE, &over).expect("readable").check();
        let keys: Vec<_> = found.iter().map(|f| f.key).collect();
        for key in [
            "server.base_url",
            "vault.master_key_file",
            "identity.synthetic_numbers",
            "oidc.citizen.issuer",
            "oidc.staff.issuer",
            "oidc.citizen.client_secret",
            "smtp.host",
            "smtp.from",
        ] {
            assert!(keys.contains(&key), "{key} is missing from {keys:?}");
        }
    }

    #[test]
    fn a_complete_production_has_nothing_to_name() {
        let settings = Settings::from_text(FILE, &SAFE_PRODUCTION).expect("readable");
        assert_eq!(settings.check(), vec![]);
        assert!(!format!("{settings:?}").contains("a-long-and-real-secret"));
    }

    /// Each by itself in an otherwise complete production: the setting, a value, and what is named.
    const UNSAFE: [(&str, &str, &str); 38] = [
        ("VARDE_BLOBS__SCANNER", "", "blobs.scanner"),
        ("VARDE_BLOBS__SCANNER", "clamd", "blobs.scanner"),
        ("VARDE_BLOBS__SCANNER", "tcp:scan.varde.no:3310", "blobs.scanner"),
        ("VARDE_BLOBS__S3_ENDPOINT", "http://store.varde.no", "blobs.s3_endpoint"),
        ("VARDE_BLOBS__STORE", "s3://files", "blobs.s3_secret_key"),
        ("VARDE_SERVER__BASE_URL", "http://varde.no", "server.base_url"),
        ("VARDE_OPS__LISTEN", "127.0.0.1:3000", "ops.listen"),
        ("VARDE_OPS__LISTEN", "0.0.0.0:3001", "ops.listen"),
        ("VARDE_OPS__LISTEN", "[::]:3001", "ops.listen"),
        ("VARDE_DATABASE__URL", "sqlite::memory:", "database.url"),
        ("VARDE_DATABASE__URL", "sqlite:varde.db?mode=memory", "database.url"),
        ("VARDE_DATABASE__URL", "postgres://varde@db.varde.no/varde", "database.url"),
        ("VARDE_IDENTITY__SYNTHETIC_NUMBERS", "true", "identity.synthetic_numbers"),
        ("VARDE_IDENTITY__CONTACT_LEVEL", "low", "identity.contact_level"),
        ("VARDE_IDENTITY__CONTACT_LEVEL", "higher", "identity.contact_level"),
        ("VARDE_OIDC__CITIZEN__ISSUER", "", "oidc.citizen.issuer"),
        ("VARDE_OIDC__CITIZEN__ISSUER", "http://idporten.no", "oidc.citizen.issuer"),
        ("VARDE_OIDC__CITIZEN__ISSUER", "https://test.idporten.no", "oidc.citizen.issuer"),
        ("VARDE_OIDC__CITIZEN__ISSUER", "https://varde.no/testid/citizen", "oidc.citizen.issuer"),
        ("VARDE_OIDC__STAFF__ISSUER", "", "oidc.staff.issuer"),
        ("VARDE_OIDC__STAFF__ISSUER", "https://varde.no/TestID/staff", "oidc.staff.issuer"),
        ("VARDE_OIDC__CITIZEN__CLIENT_SECRET", "demo-only", "oidc.citizen.client_secret"),
        ("VARDE_OIDC__STAFF__CLIENT_SECRET", "short", "oidc.staff.client_secret"),
        ("VARDE_OIDC__CITIZEN__ACR", "idporten-loa-low", "oidc.citizen.acr"),
        ("VARDE_OIDC__STAFF__ACR", "low", "oidc.staff.acr"),
        ("VARDE_OIDC__VICTIM__ISSUER", "", "oidc.victim.issuer"),
        ("VARDE_OIDC__VICTIM__ACR", "idporten-loa-substantial", "oidc.victim.acr"),
        ("VARDE_NOTICES__MAIL_FROM", "melding@varde.no", "notices.mail_from"),
        ("VARDE_NOTICES__SMS_URL", "", "notices.sms_url"),
        ("VARDE_NOTICES__DUTY_PHONES", "+4722000001", "notices.duty_phones"),
        ("VARDE_SMTP__HOST", "", "smtp.host"),
        ("VARDE_SMTP__FROM", "ikke-svar@varde.example", "smtp.from"),
        ("VARDE_SMTP__FROM", "varde", "smtp.from"),
        ("VARDE_SMTP__TLS", "none", "smtp.tls"),
        ("VARDE_SESSION__IDLE_MINUTES", "31", "session.idle_minutes"),
        ("VARDE_SESSION__IDLE_MINUTES", "0", "session.idle_minutes"),
        ("VARDE_SESSION__ABSOLUTE_MINUTES", "121", "session.absolute_minutes"),
        ("VARDE_VAULT__MASTER_KEY_FILE", "/dev/null", "vault.master_key_file"),
    ];

    #[test]
    fn each_unsafe_setting_is_named_by_itself_and_nothing_starts() {
        for (key, value, named) in UNSAFE {
            let mut over = SAFE_PRODUCTION.to_vec();
            over.retain(|(known, _)| *known != key);
            over.push((key, value));
            let settings = Settings::from_text(FILE, &over).expect("readable");
            let found: Vec<_> = settings.check().iter().map(|f| f.key).collect();
            assert!(
                found.contains(&named) && found.iter().all(|k| *k == named),
                "{key} = {value}: {found:?}"
            );
            let refused = settings.checked().expect_err("it does not start").to_string();
            assert!(refused.contains(named), "{refused}");
        }
    }

    #[test]
    fn a_lawyers_register_is_asked_over_tls_as_somebody_or_not_at_all() {
        let key = (tempfile::tempdir().unwrap(), "VARDE_LAWYERS__SIGNING_KEY_FILE");
        let missing = key.0.path().join("none.pem").display().to_string();
        let mut over = SAFE_PRODUCTION.to_vec();
        over.push(("VARDE_LAWYERS__URL", "http://register.example"));
        over.push((key.1, &missing));
        let found = Settings::from_text(FILE, &over).expect("readable").check();
        let found: Vec<_> = found.iter().map(|f| f.key).collect();
        let all = [
            "lawyers.url",
            "lawyers.client_id",
            "lawyers.signing_key_file",
            "lawyers.subscription_key",
            "maskinporten.issuer",
        ];
        assert_eq!(found, all);
        let quiet = Settings::from_text(FILE, &SAFE_PRODUCTION).expect("readable");
        assert!(!quiet.lawyers.has_service(), "off unless it is named");
    }

    #[test]
    fn whoever_changes_how_she_is_reached_has_proved_it_at_least_substantially() {
        for (said, level) in
            [("", Level::Substantial), ("substantial", Level::Substantial), ("high", Level::High)]
        {
            let mut over = SAFE_PRODUCTION.to_vec();
            over.push(("VARDE_IDENTITY__CONTACT_LEVEL", said));
            let settings = Settings::from_text(FILE, &over).expect("readable");
            assert_eq!((settings.check(), settings.identity.contact_level()), (vec![], level), "{said:?}");
        }
    }

    #[test]
    fn a_missing_key_is_named_and_the_demo_starts_with_all_of_it() {
        let mut over = SAFE_PRODUCTION.to_vec();
        over.retain(|(key, _)| *key != "VARDE_VAULT__MASTER_KEY");
        over.push(("VARDE_VAULT__MASTER_KEY_FILE", "/nowhere/key"));
        let found = Settings::from_text(FILE, &over).expect("readable").check();
        assert_eq!(found.iter().map(|f| f.key).collect::<Vec<_>>(), ["vault.master_key_file"]);
        for (key, value, _) in UNSAFE {
            assert!(Settings::from_text(FILE, &[(key, value)]).expect("readable").check().is_empty());
        }
    }
}
