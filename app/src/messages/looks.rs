//! Who of the staff has looked at what is hers: role, unit, time and reason, never a name.

use backend::messages::looks::{Look, LookReason};
use domain::{access::Role, kernel::Locale};
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_looks as t},
    ui::{Cell, Column, DataTable, Details, Row},
};

/// Folded away: there for whoever asks. Units are named where she knows where he is.
pub(super) fn looks(l: Locale, looks: &[Look], units: bool) -> AnyView {
    let body = if looks.is_empty() {
        view! { <p>{t::none(l)}</p> }.into_any()
    } else {
        let head = vec![Column::new(t::when(l)), Column::new(t::who(l)), Column::new(t::why(l))];
        let rows = looks.iter().map(|look| row(l, look, units)).collect();
        view! { <DataTable caption=t::title(l) head=head rows=rows/> }.into_any()
    };
    view! { <Details summary=t::title(l)><p>{t::lead(l)}</p>{body}</Details> }.into_any()
}

fn row(l: Locale, look: &Look, units: bool) -> Row {
    let role = role(l, look.role);
    let who = match units && !look.unit_name.is_empty() {
        true => t::at_unit(l, role, &look.unit_name),
        false => role,
    };
    Row::new(vec![
        Cell::text(dates::date_time(l, look.at)),
        Cell::text(who),
        Cell::text(reason(l, look.reason)),
    ])
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
        LookReason::Answer => t::reason_answer(l),
        LookReason::Control => t::reason_control(l),
        LookReason::Print => t::reason_print(l),
        LookReason::TypeIn => t::reason_type_in(l),
        LookReason::Order => t::reason_order(l),
    }
}
