//! Who of the staff has looked: role, unit, time and reason, never a name.

use backend::{
    Result,
    notices::{LookReason, Looker, mine},
};
use domain::{access::Role, kernel::Locale};
use leptos::prelude::*;

use super::{
    here::{Here, page},
    parts::whole,
    words,
};
use crate::{
    i18n::{dates, notices_mine as t},
    ui::{Cell, Column, DataTable, Row},
};

#[component]
pub fn LooksPage() -> impl IntoView {
    page(looks)
}

async fn looks(here: Here) -> Result<AnyView> {
    let l = here.l;
    let looks = mine::looks(&here.ctx, &here.who).await?;
    if looks.is_empty() {
        return Ok(whole(l, t::looks_title(l), Some(t::looks_none(l)), vec![], ().into_any()));
    }
    let head =
        vec![Column::new(t::looks_when(l)), Column::new(t::looks_who(l)), Column::new(t::looks_why(l))];
    let rows = looks.into_iter().map(|look| {
        let (role, why) = match look.who {
            Looker::Staff(by, because) => (role(l, by), reason(l, because)),
            Looker::Representative => (t::role_representative(l), t::reason_represented(l)),
        };
        let who = if look.unit_name.is_empty() { role } else { format!("{role}, {}", look.unit_name) };
        let at = dates::capital(&words::when(l, look.at));
        Row::new(vec![Cell::text(at), Cell::text(who), Cell::text(why)])
    });
    let rows: Vec<Row> = rows.collect();
    let body = view! { <DataTable caption=t::looks_title(l) head=head rows=rows/> };
    Ok(whole(l, t::looks_title(l), Some(t::looks_lead(l)), vec![], body.into_any()))
}

/// Only two roles have anything to do here; whatever else is found is told as it is.
fn role(l: Locale, role: Role) -> String {
    match role {
        Role::VictimOfficer => t::role_officer(l),
        Role::DutyOfficer => t::role_duty(l),
        Role::Auditor => t::role_auditor(l),
        Role::CaseOfficer
        | Role::UnitAdmin
        | Role::GateOfficer
        | Role::MessageController
        | Role::AppealOfficer
        | Role::Leader => t::role_other(l),
    }
}

fn reason(l: Locale, reason: LookReason) -> String {
    match reason {
        LookReason::HandleCase => t::reason_handle_case(l),
        LookReason::Call => t::reason_call(l),
        LookReason::AnswerQuestion => t::reason_answer_question(l),
        LookReason::Emergency => t::reason_emergency(l),
        LookReason::RangIn => t::reason_rang_in(l),
    }
}
