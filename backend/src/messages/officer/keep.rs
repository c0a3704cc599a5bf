//! What either side is writing, kept where the conversation is hers, or of the officer's units, and nowhere else.

use domain::{
    kernel::{Id, Public},
    messages::{Refusal, may_answer},
};

use super::{NEW, Row, desk::answer_place, draft_place, write::LOAD_OWN};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx, Staff},
    messages::{
        Done, ThreadRow,
        drafts::{self, Draft, Fields, Kept, Owner},
        units,
    },
};

/// Where she is writing: a new conversation, or one more message in one of hers. None: that one is not hers.
async fn place(ctx: &Ctx, who: &Citizen, thread: Option<&Public<ThreadRow>>) -> Result<Option<String>> {
    let Some(thread) = thread else { return Ok(Some(NEW.to_owned())) };
    let own: Option<Row> = ctx.db.optional(LOAD_OWN, args![thread, &who.person]).await?;
    Ok(own.map(|_| draft_place(thread)))
}

/// Keeps what she has typed. `seen` is the version of the draft that her page was shown with.
pub async fn keep_mine(
    ctx: &Ctx,
    who: &Citizen,
    thread: Option<&Public<ThreadRow>>,
    fields: &Fields,
    seen: &str,
) -> Result<Done<Kept>> {
    let Some(place) = place(ctx, who, thread).await? else { return Ok(Err(Refusal::Hidden)) };
    drafts::keep(ctx, &Owner::citizen(who), &place, fields, drafts::seen(seen)).await.map(Ok)
}

/// Throws away what she has typed.
pub async fn discard_mine(ctx: &Ctx, who: &Citizen, thread: Option<&Public<ThreadRow>>) -> Result<Done> {
    let Some(place) = place(ctx, who, thread).await? else { return Ok(Err(Refusal::Hidden)) };
    drafts::discard(ctx, &Owner::citizen(who), &place).await.map(Ok)
}

/// Her new conversation as far as she has typed it.
pub async fn new_draft(ctx: &Ctx, who: &Citizen) -> Result<Option<Draft>> {
    drafts::find(ctx, &Owner::citizen(who), NEW).await
}

/// Keeps an officer's answer as far as it is typed.
pub async fn keep_answer(
    ctx: &Ctx,
    staff: &Staff,
    thread: &Public<ThreadRow>,
    fields: &Fields,
    seen: &str,
) -> Result<Done<Kept>> {
    let found: Option<Row> = ctx.db.optional(super::act::LOAD, args![units(staff), thread]).await?;
    let Some(row) = found.filter(|_| may_answer(&staff.roles)) else { return Ok(Err(Refusal::Hidden)) };
    let owner = Owner::staff(staff, &Id::new(row.person_id.as_str()));
    drafts::keep(ctx, &owner, &answer_place(thread), fields, drafts::seen(seen)).await.map(Ok)
}
