//! The vault's master key: from the environment, else from its file. The demo makes one at its first start
//! and keeps it beside its database; production never makes one.

use std::{io, path::Path};

use backend::{
    config::{Settings, Unsafe},
    ctx::Chance,
};
use secrecy::ExposeSecret;

use crate::secret_file;

#[derive(Debug)]
pub enum KeyError {
    Missing,
    NotAKey,
    File(io::Error),
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("vault.master_key_file: there is no master key"),
            Self::NotAKey => f.write_str("vault.master_key: is not 32 bytes in base64"),
            Self::File(error) => write!(f, "vault.master_key_file: {error}"),
        }
    }
}

impl std::error::Error for KeyError {}

pub fn load(settings: &Settings, chance: &Chance) -> Result<[u8; 32], KeyError> {
    if let Some(key) = &settings.vault.master_key {
        return parse(key.expose_secret());
    }
    let path = settings.vault.master_key_file.as_deref().ok_or(KeyError::Missing)?;
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound && settings.is_demo() => make(path, chance),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(KeyError::Missing),
        Err(error) => Err(KeyError::File(error)),
    }
}

/// What production may not start with: a key that is there and is none. One that is not there is named with the
/// other settings.
pub fn doubt(settings: &Settings) -> Option<Unsafe> {
    match load(settings, &Chance::system()) {
        Err(KeyError::NotAKey) => Some(Unsafe { key: "vault.master_key", why: "is not 32 bytes in base64" }),
        Err(KeyError::File(_)) => Some(Unsafe { key: "vault.master_key_file", why: "cannot be read" }),
        Err(KeyError::Missing) | Ok(_) => None,
    }
}

fn make(path: &Path, chance: &Chance) -> Result<[u8; 32], KeyError> {
    let key = chance.bytes::<32>();
    secret_file::make(path, &format!("{}\n", encode(&key))).map_err(KeyError::File)?;
    Ok(key)
}

fn parse(text: &str) -> Result<[u8; 32], KeyError> {
    decode(text.trim()).and_then(|bytes| bytes.try_into().ok()).ok_or(KeyError::NotAKey)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, b| (word << 8) | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let index = (word >> (18 - 6 * place)) & 63;
            text.push(if place <= chunk.len() { char::from(ALPHABET[index as usize]) } else { '=' });
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut word, mut bits) = (Vec::new(), 0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let value = ALPHABET.iter().position(|a| *a == c)?;
        word = (word << 6) | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((word >> bits) & 255).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written_and_nothing_shorter_passes() {
        let key: [u8; 32] = std::array::from_fn(|i| (i * 7) as u8);
        assert_eq!(parse(&encode(&key)).expect("a key"), key);
        for bad in ["", "AAAA", "not base64!", &encode(&key[..31])] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
