//! Sealing. Record key ← subject key (one a person) ← master key; what is sealed is bound to its place.
//!
//! A sealed value is `version (1) | salt (16) | nonce (12) | AES-256-GCM ciphertext and tag`. The key of a record
//! is HKDF-SHA-256 of the key above it with that salt, so no nonce can meet the same key twice.
//! The associated data is the place (`table/column/row`): a value moved to another row does not open.

use std::sync::Arc;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    hmac,
};
use zeroize::Zeroizing;

use crate::{Error, Result, ctx::Chance, db::Tx};

const VERSION: u8 = 1;
const SALT: usize = 16;
const NONCE: usize = 12;

/// Holds the master key and what is derived from it; cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    master: Zeroizing<[u8; 32]>,
    lookup: hmac::Key,
    chain: hmac::Key,
    privileged: Zeroizing<[u8; 32]>,
}

/// A person's own key: erasing its row makes everything sealed under it unreadable, backups included.
pub struct SubjectKey(Zeroizing<[u8; 32]>);

struct Len(usize);

impl KeyType for Len {
    fn len(&self) -> usize {
        self.0
    }
}

impl Vault {
    pub fn new(master: [u8; 32]) -> Result<Self> {
        let lookup = derive(&master, b"lookup", b"varde lookup v1")?;
        let chain = derive(&master, b"chain", b"varde audit chain v1")?;
        let privileged = derive(&master, b"privileged", b"varde privileged v1")?;
        Ok(Self(Arc::new(Keys {
            master: Zeroizing::new(master),
            lookup: hmac::Key::new(hmac::HMAC_SHA256, &*lookup),
            chain: hmac::Key::new(hmac::HMAC_SHA256, &*chain),
            privileged,
        })))
    }

    /// Finds a number without keeping it readable: HMAC-SHA-256 under a key of its own, apart for each purpose.
    pub fn fingerprint(&self, purpose: &'static str, value: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0.lookup);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(value.as_bytes());
        context.sign().as_ref().to_vec()
    }

    /// The next link of an audit chain.
    pub(crate) fn link(&self, previous: &[u8], row: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0.chain);
        context.update(previous);
        context.update(row);
        context.sign().as_ref().to_vec()
    }

    /// Seals what belongs to no person.
    pub fn seal(&self, chance: &Chance, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0.master, chance, place, plain)
    }

    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open(&self.0.master, place, sealed)
    }

    /// A new subject key and the row that keeps it.
    pub fn new_subject(&self, chance: &Chance, subject: &str) -> Result<(SubjectKey, Vec<u8>)> {
        let key = Zeroizing::new(chance.bytes::<32>());
        let sealed = self.seal(chance, &subject_place(subject), &*key)?;
        Ok((SubjectKey(key), sealed))
    }

    /// The subject's key, from its row.
    pub async fn subject(&self, tx: &mut Tx, subject: &str) -> Result<SubjectKey> {
        let (sealed,): (Vec<u8>,) = tx.one(SUBJECT_KEY, crate::args![subject]).await?;
        self.subject_from(subject, &sealed)
    }

    pub fn subject_from(&self, subject: &str, sealed: &[u8]) -> Result<SubjectKey> {
        let plain = self.open(&subject_place(subject), sealed)?;
        let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| Error::Sealed)?;
        Ok(SubjectKey(Zeroizing::new(key)))
    }
}

/// The key of one conversation that nobody but its two ends opens. Its root opens nothing else, and the master key does not
/// open it.
pub(crate) struct PrivilegedKey(Zeroizing<[u8; 32]>);

impl Vault {
    /// A new one, and the row that keeps it.
    pub(crate) fn new_privileged(&self, chance: &Chance, room: &str) -> Result<(PrivilegedKey, Vec<u8>)> {
        let key = Zeroizing::new(chance.bytes::<32>());
        let sealed = seal(&self.0.privileged, chance, &privileged_place(room), &*key)?;
        Ok((PrivilegedKey(key), sealed))
    }

    pub(crate) fn privileged(&self, room: &str, sealed: &[u8]) -> Result<PrivilegedKey> {
        let plain = open(&self.0.privileged, &privileged_place(room), sealed)?;
        let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| Error::Sealed)?;
        Ok(PrivilegedKey(Zeroizing::new(key)))
    }
}

impl PrivilegedKey {
    pub fn seal(&self, chance: &Chance, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0, chance, place, plain)
    }

    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open(&self.0, place, sealed)
    }
}

fn privileged_place(room: &str) -> String {
    format!("privileged/{room}")
}

impl SubjectKey {
    pub fn seal(&self, chance: &Chance, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0, chance, place, plain)
    }

    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open(&self.0, place, sealed)
    }
}

pub const SUBJECT_KEY: &str = "SELECT sealed FROM subject_key WHERE subject_id = $1";
pub const INSERT_SUBJECT_KEY: &str =
    "INSERT INTO subject_key (subject_id, sealed, created_at) VALUES ($1, $2, $3)";

fn subject_place(subject: &str) -> String {
    format!("subject_key/sealed/{subject}")
}

fn derive(key: &[u8], salt: &[u8], info: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let mut out = Zeroizing::new([0; 32]);
    let prk = Salt::new(HKDF_SHA256, salt).extract(key);
    let info = [info];
    let okm = prk.expand(&info, Len(32)).map_err(|_| Error::Sealed)?;
    okm.fill(&mut *out).map_err(|_| Error::Sealed)?;
    Ok(out)
}

fn cipher(key: &[u8; 32], salt: &[u8]) -> Result<LessSafeKey> {
    let record = derive(key, salt, b"varde record v1")?;
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*record).map_err(|_| Error::Sealed)?))
}

fn seal(key: &[u8; 32], chance: &Chance, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
    let (salt, nonce) = (chance.bytes::<SALT>(), chance.bytes::<NONCE>());
    let mut text = plain.to_vec();
    cipher(key, &salt)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place.as_bytes()), &mut text)
        .map_err(|_| Error::Sealed)?;
    Ok([&[VERSION][..], &salt, &nonce, &text].concat())
}

fn open(key: &[u8; 32], place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let (version, rest) = sealed.split_first().ok_or(Error::Sealed)?;
    if *version != VERSION || rest.len() < SALT + NONCE {
        return Err(Error::Sealed);
    }
    let (salt, rest) = rest.split_at(SALT);
    let (nonce, text) = rest.split_at(NONCE);
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Error::Sealed)?;
    let mut text = Zeroizing::new(text.to_vec());
    let length = cipher(key, salt)?
        .open_in_place(nonce, Aad::from(place.as_bytes()), &mut text)
        .map_err(|_| Error::Sealed)?
        .len();
    text.truncate(length);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_privileged_opens_under_its_own_root_alone() {
        let (vault, chance) = (Vault::new([7; 32]).unwrap(), Chance::seeded(1));
        let (key, row) = vault.new_privileged(&chance, "room").unwrap();
        let sealed = key.seal(&chance, "t/c/1", b"til klienten").unwrap();
        let again = vault.privileged("room", &row).unwrap();
        assert_eq!(again.open("t/c/1", &sealed).unwrap().as_slice(), b"til klienten");
        assert!(vault.privileged("another", &row).is_err(), "another room");
        assert!(vault.open(&privileged_place("room"), &row).is_err(), "the master key itself");
        assert!(vault.open("t/c/1", &sealed).is_err());
        let (other, _) = vault.new_privileged(&chance, "other").unwrap();
        assert!(other.open("t/c/1", &sealed).is_err(), "another room's key");
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_alone() {
        let (vault, chance) = (Vault::new([7; 32]).unwrap(), Chance::seeded(1));
        let sealed = vault.seal(&chance, "t/c/1", b"01819012345").unwrap();
        assert_eq!(vault.open("t/c/1", &sealed).unwrap().as_slice(), b"01819012345");
        assert!(vault.open("t/c/2", &sealed).is_err(), "another row");
        assert!(Vault::new([8; 32]).unwrap().open("t/c/1", &sealed).is_err(), "another key");
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(vault.open("t/c/1", &bent).is_err(), "byte {at}");
        }
        assert_ne!(sealed, vault.seal(&chance, "t/c/1", b"01819012345").unwrap(), "no two seals are alike");
    }
}
