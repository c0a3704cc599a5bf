//! The headers of the tus protocol, version 1.0.0 (<https://tus.io/protocols/resumable-upload>). Read or refused.

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::kernel::Public;

/// More than any upload of ours says about itself.
const LONGEST: usize = 4 * 1024;

/// A header that cannot be what a client of ours sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderFault(pub &'static str);

/// What `Upload-Metadata` says. `filename` and `filetype` are what tus clients send by themselves; `kind` is the kind
/// of owner, `draft` what the file is meant for, if the page says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub name: String,
    pub declared: String,
    pub kind: String,
    pub draft: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Sha1,
    Sha256,
}

/// The digest of one request's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    pub algorithm: Algorithm,
    pub digest: Vec<u8>,
}

/// `Upload-Length` and `Upload-Offset`: digits and nothing else.
pub fn number(text: &str) -> Result<u64, HeaderFault> {
    let plain = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let value = plain.then(|| text.parse().ok()).flatten();
    value.ok_or(HeaderFault("number"))
}

/// `Upload-Metadata`: pairs with commas between, a key and its value in base64, no key twice. Unknown keys are left.
pub fn metadata(text: &str) -> Result<Metadata, HeaderFault> {
    if text.len() > LONGEST {
        return Err(HeaderFault("metadata"));
    }
    let (mut found, mut keys) = (Metadata::default(), Vec::new());
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        if keys.contains(&key) || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(HeaderFault("metadata"));
        }
        keys.push(key);
        let value = BASE64_STANDARD.decode(value.trim()).map_err(|_| HeaderFault("metadata"))?;
        let value = String::from_utf8(value).map_err(|_| HeaderFault("metadata"))?;
        match key {
            "filename" => found.name = value,
            "filetype" => found.declared = media_type(&value),
            "kind" => found.kind = value,
            "draft" if Public::<()>::parse(&value).is_some() => found.draft = Some(value),
            "draft" => return Err(HeaderFault("metadata")),
            _ => {}
        }
    }
    Ok(found)
}

/// `Upload-Checksum`: the algorithm and the digest in base64, of the right length.
pub fn checksum(text: &str) -> Result<Checksum, HeaderFault> {
    let (name, value) = text.split_once(' ').ok_or(HeaderFault("checksum"))?;
    let (algorithm, length) = match name {
        "sha1" => (Algorithm::Sha1, 20),
        "sha256" => (Algorithm::Sha256, 32),
        _ => return Err(HeaderFault("checksum")),
    };
    let digest = BASE64_STANDARD.decode(value.trim()).map_err(|_| HeaderFault("checksum"))?;
    if digest.len() == length { Ok(Checksum { algorithm, digest }) } else { Err(HeaderFault("checksum")) }
}

/// What the sender says the type is: kept to be compared, never believed. `application/octet-stream` if it says nothing
/// that can be read.
pub(super) fn media_type(text: &str) -> String {
    let text = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let word = |w: &str| {
        (1..=80).contains(&w.len())
            && w.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    match text.split_once('/') {
        Some((kind, sub)) if word(kind) && word(sub) => text,
        _ => "application/octet-stream".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_alone() {
        for (text, value) in [("0", 0), ("20971520", 20_971_520), ("007", 7)] {
            assert_eq!(number(text), Ok(value));
        }
        for bad in ["", "-1", "+1", " 1", "1 ", "1e3", "0x10", "١", "99999999999999999999"] {
            assert_eq!(number(bad), Err(HeaderFault("number")), "{bad}");
        }
    }

    #[test]
    fn metadata_is_read_as_clients_write_it() {
        let text = "filename c2FtdHlra2UucGRm,filetype YXBwbGljYXRpb24vcGRm, kind bGV0dGVy,is_confidential";
        let found = metadata(text).expect("read");
        assert_eq!(
            (found.name.as_str(), found.declared.as_str(), found.kind.as_str(), found.draft),
            ("samtykke.pdf", "application/pdf", "letter", None)
        );
        for bad in ["filename", "filename YQ==,filename Yg==", "kind !!!", "kind /w==", "draft YWJj"] {
            let expected = bad == "filename";
            assert_eq!(metadata(bad).is_ok(), expected, "{bad}");
        }
        assert!(metadata(&format!("filename {}", "QUFB".repeat(2_000))).is_err());
    }

    #[test]
    fn a_checksum_has_a_known_name_and_its_length() {
        let sha1 = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=";
        assert_eq!(checksum(sha1).map(|c| (c.algorithm, c.digest.len())), Ok((Algorithm::Sha1, 20)));
        for bad in
            ["", "sha1", "md5 Kq5sNclPz7QV2+lfQIuc6Q==", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1 ???"]
        {
            assert_eq!(checksum(bad), Err(HeaderFault("checksum")), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(text in "\\PC{0,120}", wild in "[a-z0-9 ,=+/]{0,80}") {
            for text in [&text, &wild] {
                let _ = (number(text), metadata(text), checksum(text));
                let kind = media_type(text);
                proptest::prop_assert!(kind.is_ascii() && !kind.contains([' ', ';', '\r', '\n', '"']));
            }
        }

        /// Cut, doubled or with a letter changed, a header is another header or none; it never breaks anything.
        #[test]
        fn a_header_that_was_bent_is_read_or_refused(
            name in "\\PC{0,40}", digest in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
            at in 0usize..200, letter in "[ -~]",
        ) {
            let sum = format!("sha256 {}", BASE64_STANDARD.encode(&digest));
            proptest::prop_assert_eq!(checksum(&sum).is_ok(), digest.len() == 32);
            let said = format!("filename {},kind bGV0dGVy,draft YWJj", BASE64_STANDARD.encode(&name));
            for mut text in [sum, said] {
                let at = at % text.len();
                text.replace_range(at..=at, &letter);
                let _ = (checksum(&text), metadata(&text), checksum(&text[..at]), metadata(&text[..at]));
                let _ = (checksum(&text.repeat(2)), metadata(&text.repeat(2)));
            }
        }

        #[test]
        fn what_a_client_says_is_what_is_read(name in "\\PC{0,60}", kind in "[a-z_.]{1,20}", n in 0u64..1 << 50) {
            let text = format!("filename {},kind {}", BASE64_STANDARD.encode(&name), BASE64_STANDARD.encode(&kind));
            let found = metadata(&text).expect("read");
            proptest::prop_assert_eq!((found.name, found.kind), (name, kind));
            proptest::prop_assert_eq!(number(&n.to_string()), Ok(n));
        }
    }
}
