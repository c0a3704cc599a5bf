//! The demo's letter box: what would have been sent, for anybody who tries the demo. Never used in production.

use domain::kernel::{Instant, Locale, Public};
use serde::{Deserialize, Serialize};

use super::{Outgoing, Text};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// How long a letter lies there.
const KEPT_DAYS: i64 = 14;

/// A letter in the demo's box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMail {
    pub head: MailHead,
    pub sender: String,
    pub text: String,
    pub attachments: Vec<Attached>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailHead {
    pub public: Public<DemoMail>,
    pub kind: String,
    pub locale: Locale,
    pub to: String,
    pub subject: String,
    pub sent_at: Instant,
}

/// A file that came along; one that is no text is only named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub name: String,
    pub media_type: String,
    pub text: Option<String>,
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    public_id: String,
    kind: String,
    locale: String,
    recipient: String,
    subject: String,
    sent_at: i64,
}

impl HeadRow {
    fn head(self) -> Result<MailHead> {
        Ok(MailHead {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("demo mail"))?,
            kind: self.kind,
            locale: Locale::parse(&self.locale).unwrap_or_default(),
            to: self.recipient,
            subject: self.subject,
            sent_at: Instant(self.sent_at),
        })
    }
}

#[derive(sqlx::FromRow)]
struct MailRow {
    #[sqlx(flatten)]
    head: HeadRow,
    sender: String,
    body: String,
    attachments: String,
}

/// The newest letters, newest first.
pub async fn demo_mails(ctx: &Ctx) -> Result<Vec<MailHead>> {
    let rows: Vec<HeadRow> = ctx.db.all(NEWEST, vec![]).await?;
    rows.into_iter().map(HeadRow::head).collect()
}

pub async fn demo_mail(ctx: &Ctx, public: &Public<DemoMail>) -> Result<Option<DemoMail>> {
    let row: Option<MailRow> = ctx.db.optional(ONE, args![public]).await?;
    let Some(row) = row else { return Ok(None) };
    let attachments =
        serde_json::from_str(&row.attachments).map_err(|_| Error::Broken("attachments of a demo mail"))?;
    Ok(Some(DemoMail { head: row.head.head()?, sender: row.sender, text: row.body, attachments }))
}

/// What is put there.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    kind: String,
    locale: Locale,
    sender: String,
    to: String,
    subject: String,
    words: String,
    attachments: String,
}

impl Kept {
    pub fn mail(sender: &str, letter: &Outgoing) -> Result<Self> {
        let attached = |file: &super::Attachment| Attached {
            name: file.name.to_owned(),
            media_type: file.media_type.to_owned(),
            text: String::from_utf8(file.bytes.clone()).ok(),
        };
        let attachments: Vec<Attached> = letter.attachments.iter().map(attached).collect();
        Ok(Self {
            kind: letter.kind.clone(),
            locale: letter.locale,
            sender: sender.to_owned(),
            to: letter.to.as_str().to_owned(),
            subject: letter.subject.clone(),
            words: letter.text.clone(),
            attachments: serde_json::to_string(&attachments).map_err(|_| Error::Broken("attachments"))?,
        })
    }

    /// A text has no subject; the box tells it from a letter by this.
    pub fn text(sender: &str, text: &Text) -> Self {
        Self {
            kind: text.kind.clone(),
            locale: text.locale,
            sender: sender.to_owned(),
            to: text.to.as_str().to_owned(),
            subject: "SMS".to_owned(),
            words: text.words.clone(),
            attachments: "[]".to_owned(),
        }
    }
}

/// Puts it there; the same one again changes nothing.
pub(super) async fn keep(ctx: &Ctx, id: &str, kept: Kept) -> Result<()> {
    ctx.db.write(Keep { id: id.to_owned(), public: ctx.chance.public(), kept, now: ctx.now() }).await
}

struct Keep {
    id: String,
    public: Public<DemoMail>,
    kept: Kept,
    now: Instant,
}

impl Command for Keep {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(DROP_OLD, args![self.now.plus_minutes(-KEPT_DAYS * 24 * 60)]).await?;
        let kept = &self.kept;
        let values = args![
            &self.id,
            &self.public,
            &kept.kind,
            kept.locale.code(),
            &kept.sender,
            &kept.to,
            &kept.subject,
            &kept.words,
            &kept.attachments,
            self.now
        ];
        tx.later(KEEP, values).await
    }
}

pub const DROP_OLD: &str = "DELETE FROM demo_mail WHERE sent_at < $1";
pub const KEEP: &str = "INSERT INTO demo_mail (outbox_id, public_id, kind, locale, sender, recipient, subject, body, \
    attachments, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (outbox_id) DO NOTHING";
pub const NEWEST: &str = "SELECT public_id, kind, locale, recipient, subject, sent_at FROM demo_mail \
    ORDER BY sent_at DESC, outbox_id DESC LIMIT 100";
pub const ONE: &str = "SELECT public_id, kind, locale, recipient, subject, sent_at, sender, body, attachments \
    FROM demo_mail WHERE public_id = $1";
