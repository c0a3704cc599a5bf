//! The desk's posts. Each parses, carries out and leads to the appeal; what is refused is kept sealed and shown there again.

use backend::appeals;
use leptos::prelude::*;

use super::{
    forms::{CHANGE, ChangePost, DECIDE, DecidePost, FORWARD, ForwardPost, TAKE, TakePost, WAIT, WaitPost},
    parts::{Answer, posting},
};
use crate::{appeals::fields::Fields, error::WireError, identity::here::failed};

#[server(endpoint = "staff/appeals/take")]
pub async fn take_appeal(#[server(flatten)] form: TakePost) -> Answer {
    let (desk, id) = posting(&form.id)?;
    let version = form.version.parse().map_err(|_| WireError::Malformed.answered())?;
    let done = appeals::take(&desk.ctx, &desk.who, &id, version).await.map_err(failed)?;
    desk.answer(TAKE, &id, (Fields::new([("id", form.id)]), "take"), done).await
}

#[server(endpoint = "staff/appeals/wait")]
pub async fn answer_wait(#[server(flatten)] form: WaitPost) -> Answer {
    let ((desk, id), fields) = (posting(&form.id)?, form.fields());
    let done = appeals::wait(&desk.ctx, &desk.who, &id, &form.read()).await.map_err(failed)?;
    desk.answer(WAIT, &id, (fields, "waits"), done).await
}

#[server(endpoint = "staff/appeals/forward")]
pub async fn forward_appeal(#[server(flatten)] form: ForwardPost) -> Answer {
    let ((desk, id), fields) = (posting(&form.id)?, form.fields());
    let done = appeals::forward(&desk.ctx, &desk.who, &id, &form.read()).await.map_err(failed)?;
    desk.answer(FORWARD, &id, (fields, "statement"), done).await
}

#[server(endpoint = "staff/appeals/change")]
pub async fn change_decision(#[server(flatten)] form: ChangePost) -> Answer {
    let ((desk, id), fields) = (posting(&form.id)?, form.fields());
    let done = appeals::change(&desk.ctx, &desk.who, &id, &form.read(), desk.l).await.map_err(failed)?;
    desk.answer(CHANGE, &id, (fields, "reason"), done).await
}

#[server(endpoint = "staff/appeals/decide")]
pub async fn decide_appeal(#[server(flatten)] form: DecidePost) -> Answer {
    let ((desk, id), fields) = (posting(&form.id)?, form.fields());
    let done = appeals::decide(&desk.ctx, &desk.who, &id, &form.read(), desk.l).await.map_err(failed)?;
    desk.answer(DECIDE, &id, (fields, "outcome"), done).await
}
