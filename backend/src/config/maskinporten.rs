//! The provider of machines' tokens, and which organisation is which source.

use serde::Deserialize;

use crate::machine::Sender;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Maskinporten {
    /// With its slash, as it stands in the tokens.
    pub issuer: String,
    /// Our own name in a token's `aud`; empty: tokens have none.
    pub audience: String,
    /// What a token must have been given for.
    pub scope: String,
    /// `<consumer>=<source>`, with spaces between: whose token writes as which source.
    pub senders: String,
    /// What the token of one inmate must have been given for.
    pub inmate_scope: String,
    /// `<consumer>=<source>`, with spaces between: whose token may speak for an inmate, by the key that this source has
    /// for him.
    pub vouchers: String,
    /// The demo's own sender signs with this; made at the first start.
    pub demo_key_file: Option<std::path::PathBuf>,
}

impl Maskinporten {
    pub fn senders(&self) -> Vec<Sender> {
        pairs(&self.senders)
    }

    /// Those who sign inmates in, and whose keys they call them by.
    pub fn vouchers(&self) -> Vec<Sender> {
        pairs(&self.vouchers)
    }

    /// How many of the pairs are none.
    pub fn has_broken_senders(&self) -> bool {
        is_broken(&self.senders)
    }

    pub fn has_broken_vouchers(&self) -> bool {
        is_broken(&self.vouchers)
    }

    /// With one scope for both doors no token could be for one of them alone.
    pub fn has_one_scope(&self) -> bool {
        self.scope == self.inmate_scope
    }
}

fn pairs(text: &str) -> Vec<Sender> {
    let pair = |pair: &str| {
        let (consumer, source) = pair.split_once('=')?;
        let known = !consumer.is_empty() && !source.is_empty();
        known.then(|| Sender { consumer: consumer.to_owned(), source: source.to_owned() })
    };
    text.split_whitespace().filter_map(pair).collect()
}

fn is_broken(text: &str) -> bool {
    pairs(text).len() != text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_pairs() {
        let settings = |pairs: &str| Maskinporten {
            senders: pairs.into(),
            vouchers: pairs.into(),
            ..Maskinporten::default()
        };
        let table = [
            ("", 0, false),
            ("0192:1=koda", 1, false),
            ("0192:1=koda 0192:2=ek", 2, false),
            ("0192:1", 0, true),
            ("=koda", 0, true),
        ];
        for (text, n, broken) in table {
            let settings = settings(text);
            assert_eq!((settings.senders().len(), settings.has_broken_senders()), (n, broken), "{text}");
            assert_eq!((settings.vouchers().len(), settings.has_broken_vouchers()), (n, broken), "{text}");
        }
    }
}
