//! What the notices hand to a provider, and what a provider is to them.

use std::future::Future;

use domain::{kernel::Locale, notices::Outcome};

use crate::ctx::Ctx;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    Email,
    Sms,
}

impl ChannelKind {
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What is said on an open channel. It never tells what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The fixed text, which of the few, and its language.
    Neutral { choice: u8, locale: Locale },
    /// A code that confirms the channel.
    Code { code: String, locale: Locale },
    /// This channel will be quiet from now on.
    Farewell { locale: Locale },
    /// To a duty telephone: a task waits.
    Page,
}

/// Something for a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSend {
    /// The same for each try of the same thing.
    pub key: String,
    pub kind: ChannelKind,
    pub to: String,
    pub said: Said,
}

/// The providers, as the composition root has them.
pub trait Out: Send + Sync + 'static {
    fn send(&self, ctx: &Ctx, letter: &ToSend) -> impl Future<Output = Outcome> + Send;
}
