//! What a person has to do: one task of a kind about one thing. Only one that a named person has taken counts as taken;
//! one on the duty desk that nobody takes pages the next telephone.

use domain::{
    kernel::{Id, Instant},
    notices::{Assessment, Call, Obligation},
};

use super::{Recipient, TaskRow, rules, stored::Loaded};
use crate::{Result, args, ctx::Ctx, db::Tx, rules::Rules};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// Is it of significance to her?
    Assess,
    /// Ring her.
    Call,
    /// She has switched everything off: ask her whether it was she.
    AllOff,
    /// Her address is also somebody else's.
    SharedContact,
    /// An address of hers no longer takes anything.
    Bounce,
    /// A channel was not confirmed for half a year.
    Reconfirm,
    /// A mass is held.
    Mass,
    /// She has written, or wants to be rung.
    Question,
    /// Somebody rang in her name with the wrong word, again and again.
    WrongWord,
}

impl TaskKind {
    pub const ALL: [Self; 9] = [
        Self::Assess,
        Self::Call,
        Self::AllOff,
        Self::SharedContact,
        Self::Bounce,
        Self::Reconfirm,
        Self::Mass,
        Self::Question,
        Self::WrongWord,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Assess => "assess",
            Self::Call => "call",
            Self::AllOff => "all_off",
            Self::SharedContact => "shared_contact",
            Self::Bounce => "bounce",
            Self::Reconfirm => "reconfirm",
            Self::Mass => "mass",
            Self::Question => "question",
            Self::WrongWord => "wrong_word",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whose list it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Desk {
    Duty,
    Officer,
}

/// A task to be opened. The same again leaves it as it is; one that was done is opened anew.
pub(super) struct Open<'a> {
    pub kind: TaskKind,
    pub about: &'a str,
    pub recipient: Option<&'a Id<Recipient>>,
    pub desk: Desk,
    pub deadline: Instant,
}

pub(super) async fn open(tx: &mut Tx, ctx: &Ctx, task: Open<'_>, now: Instant) -> Result<()> {
    let page = rules::numbers(&Rules::within(tx, now.date()).await?)?.page;
    let id: Id<TaskRow> = ctx.chance.id(now);
    let (desk, pages_at) = match task.desk {
        Desk::Duty => ("duty", Some(now.plus_minutes(page))),
        Desk::Officer => ("officer", None),
    };
    let values = args![
        &id,
        &ctx.chance.public::<TaskRow>(),
        task.kind.code(),
        task.about,
        task.recipient,
        desk,
        now,
        task.deadline,
        pages_at
    ];
    tx.later(OPEN, values).await
}

pub(super) async fn close(tx: &mut Tx, kind: TaskKind, about: &str, now: Instant) -> Result<()> {
    tx.later(CLOSE, args![now, kind.code(), about]).await
}

/// The tasks of a matter follow from its state, and from nothing else.
pub(super) async fn follow(tx: &mut Tx, ctx: &Ctx, loaded: &Loaded, now: Instant) -> Result<()> {
    let id = loaded.id.as_str();
    match &loaded.matter.assessment {
        Assessment::Open { climbs_at, climbed } => {
            let desk = if *climbed { Desk::Duty } else { Desk::Officer };
            let recipient = Some(&loaded.recipient);
            let deadline = *climbs_at;
            open(tx, ctx, Open { kind: TaskKind::Assess, about: id, recipient, desk, deadline }, now).await?;
        }
        Assessment::Answered { .. } | Assessment::Void { .. } => {
            close(tx, TaskKind::Assess, id, now).await?;
        }
    }
    for (version, duty) in &loaded.matter.obligations {
        let Some(about) = loaded.duty_id(*version) else { continue };
        if calls(duty) {
            let recipient = Some(&loaded.recipient);
            let (about, deadline) = (about.as_str(), duty.deadline);
            let task = Open { kind: TaskKind::Call, about, recipient, desk: Desk::Duty, deadline };
            open(tx, ctx, task, now).await?;
        } else {
            close(tx, TaskKind::Call, about.as_str(), now).await?;
        }
    }
    Ok(())
}

fn calls(duty: &Obligation) -> bool {
    duty.is_open() && matches!(duty.call, Call::Open { .. })
}

pub const OPEN: &str = "INSERT INTO notice_task (id, public_id, kind, about, recipient_id, desk, since, deadline, duty, pages_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'nobodys', $9) ON CONFLICT (kind, about) DO UPDATE SET \
    since = CASE WHEN notice_task.duty = 'done' OR notice_task.desk <> excluded.desk THEN excluded.since \
        ELSE notice_task.since END, \
    paged = CASE WHEN notice_task.duty = 'done' OR notice_task.desk <> excluded.desk THEN 0 ELSE notice_task.paged END, \
    pages_at = CASE WHEN notice_task.duty = 'done' OR notice_task.desk <> excluded.desk THEN excluded.pages_at \
        ELSE notice_task.pages_at END, \
    duty = CASE WHEN notice_task.duty = 'done' THEN 'nobodys' ELSE notice_task.duty END, \
    desk = excluded.desk, deadline = excluded.deadline";
pub const CLOSE: &str = "UPDATE notice_task SET duty = 'done', pages_at = NULL, by_at = COALESCE(by_at, $1) \
    WHERE kind = $2 AND about = $3 AND duty <> 'done'";
