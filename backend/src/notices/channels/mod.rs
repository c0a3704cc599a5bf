//! Her channels. One counts once its code has come back. An address that is also somebody else's, on the other side of the
//! case or not, is held without a word to her or to them; her officer is asked. Nothing that comes from a channel, no
//! code and no link, can ever stop another.

mod add;
mod confirm;
mod release;
mod renew;
mod stop;
mod waiting;

use domain::kernel::{EmailAddress, Id, Phone, Public, TextError};

use super::{Channel, Recipient, ladder::ChannelKind};
use crate::{Error, Result, args, ctx::Ctx};

pub use add::add;
pub use confirm::confirm;
pub(in crate::notices) use release::release;
pub use renew::renew;
pub(in crate::notices) use stop::all_off;
pub use stop::{OFF_AT, Stopped, stop};
pub use waiting::send_waiting;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// She has to prove anew who she is.
    Prove,
    Address(TextError),
    TooMany,
    /// It is hers already.
    Known,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Prove => "prove",
            Self::Address(error) => error.code(),
            Self::TooMany => "too_many",
            Self::Known => "known",
        }
    }
}

type Answer<T> = std::result::Result<T, Refusal>;

/// Reads an address as its kind writes it.
pub fn parse(kind: ChannelKind, typed: &str) -> std::result::Result<String, TextError> {
    match kind {
        ChannelKind::Email => EmailAddress::parse(typed).map(|address| address.as_str().to_owned()),
        ChannelKind::Sms => Phone::parse(typed).map(|phone| phone.as_str().to_owned()),
    }
}

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelView {
    pub public: Public<Channel>,
    pub kind: ChannelKind,
    pub address: String,
    pub confirmed: bool,
    /// It no longer takes anything.
    pub dead: bool,
}

#[derive(sqlx::FromRow)]
struct ViewRow {
    id: String,
    public_id: String,
    kind: String,
    address: Vec<u8>,
    state: String,
}

pub(super) async fn list(ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Vec<ChannelView>> {
    let rows: Vec<ViewRow> = ctx.db.all(LIST, args![recipient]).await?;
    let view = |row: ViewRow| {
        Ok(ChannelView {
            public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
            kind: ChannelKind::parse(&row.kind).ok_or(Error::Broken("kind of a channel"))?,
            address: opened(ctx, &Id::new(row.id), &row.address)?,
            confirmed: row.state == "confirmed",
            dead: row.state == "dead",
        })
    };
    rows.into_iter().map(view).collect()
}

#[derive(sqlx::FromRow)]
pub(super) struct Waits {
    pub id: String,
    pub state: String,
    pub code_hash: Option<Vec<u8>>,
    pub code_expires_at: Option<i64>,
    pub code_tries: i64,
    /// How many codes went there since when.
    pub codes_sent: i64,
    pub codes_since: Option<i64>,
    pub added_at: i64,
}

struct Code {
    hash: Vec<u8>,
    sealed: Vec<u8>,
}

impl Code {
    fn of(ctx: &Ctx, channel: &Id<Channel>, code: &str) -> Result<Self> {
        let sealed = ctx.vault.seal(&ctx.chance, &code_place(channel), code.as_bytes())?;
        Ok(Self { hash: code_hash(ctx, channel, code), sealed })
    }
}

fn code_hash(ctx: &Ctx, channel: &Id<Channel>, code: &str) -> Vec<u8> {
    ctx.vault.fingerprint("notice_code", &format!("{channel}/{code}"))
}

fn place(channel: &Id<Channel>) -> String {
    format!("notice_channel/address/{channel}")
}

fn code_place(channel: &Id<Channel>) -> String {
    format!("notice_channel/code_sealed/{channel}")
}

pub(super) fn sealed(ctx: &Ctx, channel: &Id<Channel>, address: &str) -> Result<Vec<u8>> {
    ctx.vault.seal(&ctx.chance, &place(channel), address.as_bytes())
}

pub(super) fn opened(ctx: &Ctx, channel: &Id<Channel>, sealed: &[u8]) -> Result<String> {
    Ok(String::from_utf8_lossy(&ctx.vault.open(&place(channel), sealed)?).into_owned())
}

pub const WAITS: &str = "SELECT id, state, code_hash, code_expires_at, code_tries, codes_sent, codes_since, added_at \
    FROM notice_channel WHERE public_id = $1 AND recipient_id = $2 AND state <> 'stopped'";
pub const LIST: &str = "SELECT id, public_id, kind, address, state FROM notice_channel WHERE recipient_id = $1 \
    AND state <> 'stopped' ORDER BY place, id";
