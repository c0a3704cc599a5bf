//! What she has told of herself, sealed as one: the worker needs her hours, the duty officer her name and safe word.

use domain::{
    kernel::{Id, Locale},
    notices::{SafeTimes, Window},
};
use serde::{Deserialize, Serialize};

use super::Recipient;
use crate::{
    Error, Result, args,
    ctx::{Ctx, FALLBACK},
    db::Tx,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    /// Her number, if she has one.
    #[serde(default)]
    pub number: Option<String>,
    /// Where she can be called; not a channel, for nothing is ever texted there.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Where a letter goes, if she has no eID or wants letters.
    #[serde(default)]
    pub address: Option<String>,
    /// Her address is protected (code 6 or 7): none is kept, and no letter goes.
    #[serde(default)]
    pub protected: bool,
    #[serde(default)]
    pub safe_word: Option<String>,
    /// What she says to being asked whether she wants to meet him and talk (restorative process): see [`Meeting`].
    #[serde(default)]
    pub meeting: Option<String>,
    /// Weekday, from and to in minutes.
    #[serde(default)]
    pub hours: Vec<(u8, u16, u16)>,
    #[serde(default)]
    pub escape_breaks: bool,
    #[serde(default)]
    pub locale: Option<String>,
    /// Which of the neutral texts she has picked.
    #[serde(default)]
    pub text: u8,
}

/// Whether she wants an offer to meet and talk of what happened. Source: straffegjennomføringsloven §§ 16(7), 36(4), 43(5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    Yes,
    /// Not now; she may be asked again.
    No,
    /// She is never to be asked.
    Never,
}

impl Meeting {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Never];

    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Never => "never",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meeting| meeting.code() == code)
    }
}

impl Profile {
    pub fn meets(&self) -> Option<Meeting> {
        self.meeting.as_deref().and_then(Meeting::parse)
    }

    pub fn safe_times(&self) -> SafeTimes {
        let window = |&(weekday, from, to): &(u8, u16, u16)| Window { weekday, from, to };
        SafeTimes { windows: self.hours.iter().map(window).collect(), escape_breaks: self.escape_breaks }
    }

    pub fn language(&self) -> Locale {
        self.locale.as_deref().and_then(Locale::parse).unwrap_or(FALLBACK)
    }

    /// A protected address is not kept at all.
    pub(super) fn protect(&mut self, on: bool) {
        self.protected = on;
        if on {
            self.address = None;
        }
    }

    pub(super) fn seal(&self, ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map_err(|_| Error::Broken("profile of a recipient"))?;
        ctx.vault.seal(&ctx.chance, &place(recipient), &plain)
    }

    pub(super) fn open(ctx: &Ctx, recipient: &Id<Recipient>, sealed: &[u8]) -> Result<Self> {
        let plain = ctx.vault.open(&place(recipient), sealed)?;
        serde_json::from_slice(&plain).map_err(|_| Error::Broken("profile of a recipient"))
    }

    pub(super) async fn of(tx: &mut Tx, ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Self> {
        let (sealed,): (Vec<u8>,) = tx.one(PROFILE, args![recipient]).await?;
        Self::open(ctx, recipient, &sealed)
    }

    pub(super) async fn save(&self, tx: &mut Tx, ctx: &Ctx, recipient: &Id<Recipient>) -> Result<()> {
        tx.later(SAVE, args![self.seal(ctx, recipient)?, recipient]).await
    }
}

fn place(recipient: &Id<Recipient>) -> String {
    format!("notice_recipient/profile/{recipient}")
}

pub const PROFILE: &str = "SELECT profile FROM notice_recipient WHERE id = $1";
pub const SAVE: &str = "UPDATE notice_recipient SET profile = $1, version = version + 1 WHERE id = $2";
