//! Twice is once: whose words, by which form, and a keyed digest of them. The same post again finds its message; other words
//! under an old key are another message, so that nothing typed is swallowed.

use super::FormKey;
use crate::ctx::Ctx;

#[derive(Clone, Debug)]
pub(super) struct Once {
    pub author: String,
    pub key: FormKey,
    pub digest: Vec<u8>,
}

impl Once {
    /// `about` parts the same words about different things.
    pub fn new(ctx: &Ctx, author: &str, key: &FormKey, about: &str, words: &str) -> Self {
        let digest = ctx.vault.fingerprint("message_words", &format!("{about}\n{words}"));
        Self { author: author.to_owned(), key: key.clone(), digest }
    }
}
