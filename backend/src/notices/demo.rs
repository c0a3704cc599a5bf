//! The demo's telephone and mailbox: what would have been sent, for anybody who tries the demo. Never used in production.

use super::ladder::ChannelKind;
use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// A text as it would have reached somebody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DemoText {
    pub kind: String,
    pub recipient: String,
    pub sender: String,
    pub words: String,
    pub sent_at: i64,
}

/// The newest, newest first.
pub async fn texts(ctx: &Ctx) -> Result<Vec<DemoText>> {
    ctx.db.all(NEWEST, vec![]).await
}

/// Keeps one; the same key again changes nothing.
pub async fn keep(
    ctx: &Ctx,
    key: &str,
    kind: ChannelKind,
    to: &str,
    sender: &str,
    words: &str,
) -> Result<()> {
    let text = DemoText {
        kind: kind.code().to_owned(),
        recipient: to.to_owned(),
        sender: sender.to_owned(),
        words: words.to_owned(),
        sent_at: ctx.now().micros(),
    };
    ctx.db.write(Keep { key: key.to_owned(), text }).await
}

struct Keep {
    key: String,
    text: DemoText,
}

impl Command for Keep {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let text = &self.text;
        let values = args![&self.key, &text.kind, &text.recipient, &text.sender, &text.words, text.sent_at];
        tx.later(KEEP, values).await
    }
}

pub const NEWEST: &str = "SELECT kind, recipient, sender, words, sent_at FROM notice_demo_text ORDER BY sent_at DESC, key DESC LIMIT 100";
pub const KEEP: &str = "INSERT INTO notice_demo_text (key, kind, recipient, sender, words, sent_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO NOTHING";
