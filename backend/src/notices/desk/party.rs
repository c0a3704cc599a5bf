//! One victim's registration, for her officer; and for whoever breaks in.

use domain::kernel::{Id, Instant, Public, TextError, paragraph};

use super::profile;
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    notices::{
        Party, Profile, Recipient, TaskKind, TaskRow, assigning, breaking_in,
        channels::{self, ChannelView},
        closing,
        mine::{self, Message},
        reading::{self, FEW, LookReason},
    },
};

/// A victim's registration, for her officer.
#[derive(Clone, Debug)]
pub struct PartyView {
    pub public: Public<Party>,
    pub profile: Profile,
    /// Who has the case.
    pub officer: Option<String>,
    /// It was broken into: to be looked at and no more.
    pub emergency: bool,
    pub wish: String,
    pub state: String,
    pub channels: Vec<ChannelView>,
    pub messages: Vec<Message>,
    /// Of each obligation: kind, when, until when, how it stands.
    pub notices: Vec<NoticeLine>,
    pub tasks: Vec<PartyTask>,
    pub off_at: Option<Instant>,
}

/// What there is to do about her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyTask {
    pub kind: TaskKind,
    /// Where it is ended, if that is the officer's to do.
    pub ended_at: Option<Public<TaskRow>>,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NoticeLine {
    pub kind: String,
    pub at: i64,
    pub deadline: i64,
    pub state: String,
    pub ended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct PartyRow {
    id: String,
    recipient_id: String,
    unit_id: String,
    officer_id: Option<String>,
    wish: String,
    state: String,
    all_off_at: Option<i64>,
}

impl PartyTask {
    fn of(kind: &str, desk: &str, public: &str) -> Option<Self> {
        let kind = TaskKind::parse(kind)?;
        let hers = desk == "officer" && !closing::choices(kind).is_empty();
        Some(Self { kind, ended_at: Public::parse(public).filter(|_| hers) })
    }
}

/// What opening a case came to.
#[derive(Clone, Debug)]
pub enum PartyOpened {
    View(Box<PartyView>),
    /// She is not assigned: only a reason in words opens it, and that is told at once.
    Emergency,
}

pub async fn party(ctx: &Ctx, staff: &Staff, public: &Public<Party>) -> Result<Option<PartyOpened>> {
    let row: Option<PartyRow> = ctx.db.optional(PARTY, args![public]).await?;
    let Some(row) = row else { return Ok(None) };
    let reach = reading::reach(staff);
    let assigned = reach.may(&row.unit_id, row.officer_id.as_deref());
    if !assigned && !reach.may_break_in(&row.unit_id) {
        return Ok(None);
    }
    if !assigned && !breaking_in::is_open(ctx, staff, &row.id).await? {
        return Ok(Some(PartyOpened::Emergency));
    }
    let reason = if assigned { LookReason::HandleCase } else { LookReason::Emergency };
    let recipient: Id<Recipient> = Id::new(row.recipient_id);
    reading::look(ctx, staff, &recipient, Some(&row.unit_id), reason).await?;
    let tasks: Vec<(String, String, String)> = ctx.db.all(OPEN_TASKS, args![&recipient]).await?;
    Ok(Some(PartyOpened::View(Box::new(PartyView {
        public: public.clone(),
        profile: profile(ctx, &recipient).await?,
        officer: assigning::officer(ctx, row.officer_id.as_deref()).await?,
        emergency: !assigned,
        wish: row.wish,
        state: row.state,
        channels: channels::list(ctx, &recipient).await?,
        messages: mine::messages(ctx, &recipient).await?,
        notices: ctx.db.all(NOTICES, args![&recipient, FEW]).await?,
        tasks: tasks.iter().filter_map(|(kind, desk, public)| PartyTask::of(kind, desk, public)).collect(),
        off_at: row.all_off_at.map(Instant),
    }))))
}

/// The officer writes to her. None: it is not her officer.
pub async fn write(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Party>,
    words: &str,
) -> Result<Option<std::result::Result<(), TextError>>> {
    let row: Option<PartyRow> = ctx.db.optional(PARTY, args![public]).await?;
    let Some(row) = row else { return Ok(None) };
    if !reading::reach(staff).may(&row.unit_id, row.officer_id.as_deref()) {
        return Ok(None);
    }
    let words = match paragraph(words, mine::LONGEST) {
        Ok(words) => words,
        Err(error) => return Ok(Some(Err(error))),
    };
    let (now, id) = (ctx.now(), ctx.chance.id::<Message>(ctx.now()));
    let words = ctx.vault.seal(&ctx.chance, &mine::words_place(id.as_str()), words.as_bytes())?;
    let command = mine::Write {
        ctx: ctx.clone(),
        actor: Actor::Staff(staff.clone()),
        recipient: Id::new(row.recipient_id),
        id,
        words,
        by: Some(staff.staff.as_str().to_owned()),
        detail: "officer",
        now,
    };
    ctx.db.write(command).await?;
    Ok(Some(Ok(())))
}

pub const PARTY: &str = "SELECT p.id, p.recipient_id, c.unit_id, c.officer_id, p.wish, p.state, r.all_off_at FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id JOIN notice_recipient r ON r.id = p.recipient_id WHERE p.public_id = $1";
pub const OPEN_TASKS: &str = "SELECT kind, desk, public_id FROM notice_task WHERE recipient_id = $1 AND duty <> 'done' ORDER BY deadline, id";
pub const NOTICES: &str = "SELECT m.kind, o.at, o.deadline, CASE WHEN o.representative_id IS NOT NULL \
    THEN 'represented' ELSE o.state END AS state, o.ended_at FROM notice_obligation o \
    JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id WHERE p.recipient_id = $1 \
    ORDER BY o.opened_at DESC, o.id DESC LIMIT $2";
