//! Who of the staff has looked: role, unit, time and reason, never a name.

use backend::visits::clearance::{Look, LookReason};
use domain::{access::Role, kernel::Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_mine as t},
    ui::{Cell, Column, DataTable, Row},
};

/// Under its heading, or the words for nobody.
pub(super) fn list(l: Locale, title: String, nobody: String, looks: &[Look]) -> AnyView {
    if looks.is_empty() {
        return view! { <h2>{title}</h2><p>{nobody}</p> }.into_any();
    }
    let head =
        vec![Column::new(t::looks_when(l)), Column::new(t::looks_who(l)), Column::new(t::looks_why(l))];
    let rows = looks.iter().map(|look| row(l, look)).collect();
    view! { <h2>{title.clone()}</h2><DataTable caption=title head=head rows=rows/> }.into_any()
}

fn row(l: Locale, look: &Look) -> Row {
    let at = t::looks_at(l, dates::short(l, look.at.date()), dates::at_clock(l, look.at.clock()));
    let role = role(l, look.role);
    let who = if look.unit_name.is_empty() { role } else { t::looks_row(l, role, &look.unit_name) };
    Row::new(vec![Cell::text(at), Cell::text(who), Cell::text(reason(l, look.reason))])
}

fn role(l: Locale, role: Role) -> String {
    match role {
        Role::CaseOfficer => t::role_case_officer(l),
        Role::UnitAdmin => t::role_unit_admin(l),
        Role::GateOfficer => t::role_gate_officer(l),
        Role::MessageController => t::role_message_controller(l),
        Role::VictimOfficer => t::role_victim_officer(l),
        Role::DutyOfficer => t::role_duty_officer(l),
        Role::AppealOfficer => t::role_appeal_officer(l),
        Role::Leader => t::role_leader(l),
        Role::Auditor => t::role_auditor(l),
    }
}

fn reason(l: Locale, reason: LookReason) -> String {
    match reason {
        LookReason::HandleCase => t::reason_handle_case(l),
        LookReason::RegisterAnswer => t::reason_register_answer(l),
        LookReason::AnswerQuestion => t::reason_answer_question(l),
        LookReason::QualityControl => t::reason_quality_control(l),
        LookReason::OnBehalf => t::reason_on_behalf(l),
    }
}
