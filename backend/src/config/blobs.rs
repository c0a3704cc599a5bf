//! Where files lie and who scans them.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BlobSettings {
    /// A folder, or `s3://bucket`.
    pub store: String,
    /// Empty: Amazon's own.
    pub s3_endpoint: String,
    pub s3_region: String,
    pub s3_access_key: String,
    pub s3_secret_key: SecretString,
    /// `unix:path` or `tcp:host:port` of clamd; empty is allowed in the demo alone.
    pub scanner: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScannerAddress {
    Unix(String),
    /// Host and port.
    Tcp(String),
}

impl Default for BlobSettings {
    fn default() -> Self {
        Self {
            store: "data/files".into(),
            s3_endpoint: String::new(),
            s3_region: "eu-north-1".into(),
            s3_access_key: String::new(),
            s3_secret_key: String::new().into(),
            scanner: String::new(),
        }
    }
}

impl BlobSettings {
    /// None if it is empty or cannot be read.
    pub fn scanner(&self) -> Option<ScannerAddress> {
        match self.scanner.split_once(':')? {
            ("unix", path) if path.starts_with('/') => Some(ScannerAddress::Unix(path.to_owned())),
            ("tcp", host) => {
                let (name, port) = host.rsplit_once(':')?;
                let whole = !name.is_empty() && port.parse::<u16>().is_ok();
                whole.then(|| ScannerAddress::Tcp(host.to_owned()))
            }
            _ => None,
        }
    }

    /// The bucket, if the files lie in one.
    pub fn bucket(&self) -> Option<&str> {
        self.store.strip_prefix("s3://").map(|name| name.trim_end_matches('/'))
    }

    pub fn has_keys(&self) -> bool {
        !self.s3_access_key.is_empty() && !self.s3_secret_key.expose_secret().is_empty()
    }
}
