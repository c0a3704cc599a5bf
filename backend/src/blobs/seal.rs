//! A file is sealed in chunks under a key of its own: `nonce (12) | AES-256-GCM ciphertext and tag`. The associated data
//! is the file, the chunk's number and whether it is the last: a chunk that is cut off, swapped, repeated or from another
//! file does not open.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use bytes::{Bytes, BytesMut};
use zeroize::Zeroizing;

use crate::{Error, Result, ctx::Chance};

/// Plain bytes of a full chunk. Rows keep it, so that another size can come.
pub const CHUNK: usize = 64 * 1024;

/// What sealing adds to a chunk.
pub(super) const OVERHEAD: usize = NONCE_LEN + 16;

pub struct FileKey(LessSafeKey);

impl FileKey {
    /// A new one: the key, and its bytes to be wrapped by the vault.
    pub(super) fn bytes(chance: &Chance) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(chance.bytes())
    }

    pub(super) fn new(bytes: &[u8]) -> Result<Self> {
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| Error::Sealed)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// The nonce is drawn: two tries of the same chunk never share one, whatever their bytes.
    pub(super) fn seal(&self, chance: &Chance, place: Place<'_>, plain: &[u8]) -> Result<Bytes> {
        let nonce: [u8; NONCE_LEN] = chance.bytes();
        let mut out = Vec::with_capacity(plain.len() + OVERHEAD);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(plain);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.data()),
                &mut out[NONCE_LEN..],
            )
            .map_err(|_| Error::Sealed)?;
        out.extend_from_slice(tag.as_ref());
        Ok(out.into())
    }

    pub(super) fn open(&self, place: Place<'_>, mut sealed: BytesMut) -> Result<Bytes> {
        let nonce = sealed.split_to(NONCE_LEN.min(sealed.len()));
        let nonce = Nonce::try_assume_unique_for_key(&nonce).map_err(|_| Error::Sealed)?;
        let aad = Aad::from(place.data());
        let length = self.0.open_in_place(nonce, aad, &mut sealed).map_err(|_| Error::Sealed)?.len();
        sealed.truncate(length);
        Ok(sealed.freeze())
    }
}

/// Where a chunk stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub blob: &'a str,
    pub number: i64,
    pub last: bool,
}

impl Place<'_> {
    fn data(&self) -> Vec<u8> {
        [b"varde file v1 ", self.blob.as_bytes(), &self.number.to_be_bytes(), &[u8::from(self.last)]].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(blob: &str, number: i64, last: bool) -> Place<'_> {
        Place { blob, number, last }
    }

    #[test]
    fn a_chunk_opens_in_its_place_alone() {
        let chance = Chance::seeded(3);
        let key = FileKey::new(&*FileKey::bytes(&chance)).unwrap();
        let sealed = key.seal(&chance, place("a", 1, false), b"vedlegg").unwrap();
        let open = |at: Place<'_>, bytes: &[u8]| key.open(at, BytesMut::from(bytes));
        assert_eq!(&open(place("a", 1, false), &sealed).unwrap()[..], b"vedlegg");
        for (what, at) in [
            ("another number: swapped or repeated", place("a", 2, false)),
            ("the last: the rest was cut off", place("a", 1, true)),
            ("another file", place("b", 1, false)),
        ] {
            assert!(open(at, &sealed).is_err(), "{what}");
        }
        for at in 0..sealed.len() {
            let mut bent = sealed.to_vec();
            bent[at] ^= 1;
            assert!(open(place("a", 1, false), &bent).is_err(), "byte {at}");
            assert!(open(place("a", 1, false), &sealed[..at]).is_err(), "cut at {at}");
        }
        let again = key.seal(&chance, place("a", 1, false), b"vedlegg").unwrap();
        assert_ne!(sealed, again, "no two seals are alike");
    }
}
