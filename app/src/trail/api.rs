//! The auditor's posts. What was searched for stands in no address: the page reads it from where it is kept.

use backend::{
    Result as Read,
    ctx::{Actor, Ctx, Staff},
    form_try,
    rules::Rules,
    trail,
};
use domain::{
    kernel::Public,
    trail::{Search, SearchForm, SettleForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Answer, auditor, hidden};
use crate::{appeals::fields::Fields, forms::Row, identity::here::failed, request, routes};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const SEARCH: &str = "staff/trail/search";
pub(super) const CHECK: &str = "staff/trail/check";
pub(super) const SETTLE: &str = "staff/trail/settle";

const SEARCHED: &[&str] = &[
    "from_day",
    "from_month",
    "from_year",
    "to_day",
    "to_month",
    "to_year",
    "who",
    "reference",
    "looks",
    "reason",
];

/// The names each form here sends.
pub const FORMS: &[Row] = &[(SEARCH, SEARCHED), (CHECK, &[]), (SETTLE, &["id", "outcome", "note"])];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchPost {
    from_day: String,
    from_month: String,
    from_year: String,
    to_day: String,
    to_month: String,
    to_year: String,
    who: String,
    reference: String,
    looks: String,
    reason: String,
}

impl SearchPost {
    fn fields(self) -> Fields {
        Fields::new([
            ("from_day", self.from_day),
            ("from_month", self.from_month),
            ("from_year", self.from_year),
            ("to_day", self.to_day),
            ("to_month", self.to_month),
            ("to_year", self.to_year),
            ("who", self.who),
            ("reference", self.reference),
            ("looks", self.looks),
            ("reason", self.reason),
        ])
    }
}

/// The form again, from what was kept of it.
pub(super) fn form_of(fields: &Fields) -> SearchForm {
    let date = |name: &str| ["day", "month", "year"].map(|part| fields.value(&format!("{name}_{part}")));
    SearchForm {
        from: date("from"),
        to: date("to"),
        who: fields.value("who"),
        reference: fields.value("reference"),
        looks: fields.value("looks"),
        reason: fields.value("reason"),
    }
}

/// How many days one search spans.
pub(super) async fn longest(ctx: &Ctx) -> Read<i64> {
    Rules::on(&ctx.db, ctx.now().date()).await?.days("trail.longest_days")
}

/// The search that this key stands for, if it is hers and whole.
pub async fn kept_search(ctx: &Ctx, staff: &Staff, key: &str) -> Read<Option<Search>> {
    let actor = Actor::Staff(staff.clone());
    let Some(kept) = form_try::find(ctx, &actor, SEARCH, key).await? else { return Ok(None) };
    Ok(form_of(&Fields::of(kept)).parse(longest(ctx).await?).ok())
}

#[server(endpoint = "staff/trail/search")]
pub async fn search_trail(#[server(flatten)] form: SearchPost) -> Answer {
    let desk = auditor()?;
    let fields = form.fields();
    match form_of(&fields).parse(longest(&desk.ctx).await.map_err(failed)?) {
        Ok(_) => desk.keep(SEARCH, routes::STAFF_TRAIL_FOUND, &fields).await,
        Err(errors) => desk.keep(SEARCH, routes::STAFF_TRAIL, &fields.with(&errors)).await,
    }
}

#[server(endpoint = "staff/trail/check")]
pub async fn check_trail() -> Answer {
    let desk = auditor()?;
    trail::ask_check(&desk.ctx, &desk.who).await.map_err(failed)?.ok_or_else(hidden)?;
    request::redirect(routes::STAFF_TRAIL);
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettlePost {
    id: String,
    outcome: String,
    note: String,
}

#[server(endpoint = "staff/trail/settle")]
pub async fn settle_alert(#[server(flatten)] form: SettlePost) -> Answer {
    let desk = auditor()?;
    let alert = Public::parse(&form.id).ok_or_else(hidden)?;
    let SettlePost { id, outcome, note } = form;
    let fields = Fields::new([("id", id), ("outcome", outcome.clone()), ("note", note.clone())]);
    let path = routes::staff_trail_alert(&alert);
    let done = trail::settle(&desk.ctx, &desk.who, &alert, &SettleForm { outcome, note }).await;
    match done.map_err(failed)? {
        Ok(()) => request::redirect(routes::STAFF_TRAIL_ALERTS),
        Err(undone) => return desk.again(SETTLE, &path, fields, &undone).await,
    }
    Ok(())
}
