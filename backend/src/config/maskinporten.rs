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
    /// The demo's own sender signs with this; made at the first start.
    pub demo_key_file: Option<std::path::PathBuf>,
}

impl Maskinporten {
    pub fn senders(&self) -> Vec<Sender> {
        let pair = |pair: &str| {
            let (consumer, source) = pair.split_once('=')?;
            let known = !consumer.is_empty() && !source.is_empty();
            known.then(|| Sender { consumer: consumer.to_owned(), source: source.to_owned() })
        };
        self.senders.split_whitespace().filter_map(pair).collect()
    }

    /// How many of the pairs are none.
    pub fn has_broken_senders(&self) -> bool {
        self.senders().len() != self.senders.split_whitespace().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_pairs() {
        let settings = |senders: &str| Maskinporten { senders: senders.into(), ..Maskinporten::default() };
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
        }
    }
}
