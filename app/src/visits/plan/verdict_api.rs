//! The answer to a proposal, and taking one back.

use backend::visits::sessions::{self, Proposal};
use domain::{
    kernel::Public,
    visits::booking::{Verdict, plan::PlanRefusal, proposal::VerdictForm},
};
use leptos::prelude::*;

use super::{
    api::{Done, hidden, keep, planner},
    forms::{self, WithdrawForm, verdict_fields},
    parts::Desk,
};
use crate::{request, routes, visits::failed};

#[server(endpoint = "staff/visiting/proposals/answer")]
pub async fn answer_proposal(#[server(flatten)] form: VerdictForm) -> Done {
    let desk = planner()?;
    let public: Public<Proposal> = Public::parse(&form.proposal).ok_or_else(hidden)?;
    let path = routes::staff_visiting_proposal(&public);
    let verdict = match form.parse() {
        Err(errors) => {
            return keep(&desk, forms::VERDICT, &verdict_fields(&form).with(&errors), &path).await;
        }
        Ok(verdict) => verdict,
    };
    let done = if matches!(verdict, Verdict::Yes(_)) { "approved" } else { "declined" };
    let answered = sessions::answer(&desk.ctx, &desk.who, &public, verdict, &form.shown).await;
    match answered.map_err(failed)?.ok_or_else(hidden)? {
        Ok(()) => to_plan(&desk, &public, done).await,
        Err(PlanRefusal::More) => {
            request::redirect(&format!("{path}?done=more"));
            Ok(())
        }
        Err(_) => {
            request::redirect(&format!("{path}?done=refused"));
            Ok(())
        }
    }
}

#[server(endpoint = "staff/visiting/proposals/withdraw")]
pub async fn withdraw_proposal(#[server(flatten)] form: WithdrawForm) -> Done {
    let desk = planner()?;
    let public: Public<Proposal> = Public::parse(&form.proposal).ok_or_else(hidden)?;
    let done = sessions::withdraw(&desk.ctx, &desk.who, &public).await;
    match done.map_err(failed)?.ok_or_else(hidden)? {
        Ok(()) => to_plan(&desk, &public, "withdrawn").await,
        Err(_) => {
            request::redirect(&format!("{}?done=refused", routes::staff_visiting_proposal(&public)));
            Ok(())
        }
    }
}

async fn to_plan(desk: &Desk, public: &Public<Proposal>, done: &str) -> Done {
    let view = sessions::proposal(&desk.ctx, &desk.who, public).await.map_err(failed)?.ok_or_else(hidden)?;
    request::redirect(&format!("{}&done={done}", routes::staff_visiting_of(&view.unit_slug)));
    Ok(())
}
