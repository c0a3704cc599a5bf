//! The menu of staff: the list of work with how much waits, and behind it the desks, each for those alone whose duty it is.

use domain::{
    access::Role,
    appeals::may_see as may_see_appeals,
    consents::may_ask,
    corrections::may_handle as may_correct,
    custody::may_see_feed,
    documents::may_handle as may_handle_documents,
    identity::may_register,
    inmates::may_open,
    insight::may_lead,
    messages::{may_answer, may_control, may_see_rules, may_take_worries},
    trail::may_audit,
    visits::{
        assisted::may_assist, booking::may_see_day, clearance::may_read, gate::may_mark,
        organisations::may_register as may_register_organisations,
    },
};

use crate::{i18n::common, request::Page, routes, ui::MenuItem};

/// One way to a desk.
#[derive(Clone, Debug)]
pub(crate) struct DeskLink {
    pub href: &'static str,
    pub text: String,
    pub here: bool,
}

/// Whether somebody of these roles has a page to look at.
type Duty = fn(&[Role]) -> bool;

/// The list, first of all.
pub(crate) fn first(page: &Page) -> MenuItem {
    let (l, here) = (page.locale, page.is_under(routes::STAFF_WORK));
    let count = usize::try_from(page.work.count).unwrap_or_default();
    MenuItem::new(routes::STAFF_WORK, common::nav_staff_work(l)).here(here).count(count, common::waiting(l))
}

/// What is not somebody's duty is not there, so no link leads to it.
pub(crate) fn desks(page: &Page) -> Vec<DeskLink> {
    let l = page.locale;
    let roles = page.actor.staff().map(|who| who.roles.as_slice()).unwrap_or_default();
    let others: [(&'static str, String, Duty); 17] = [
        (routes::STAFF_INMATES, common::nav_staff_inmates(l), may_open),
        (routes::STAFF_ASSIST, common::nav_staff_assist(l), may_assist),
        (routes::STAFF_MESSAGES, common::nav_messages(l), may_answer),
        (routes::STAFF_DOCUMENTS, common::nav_staff_documents(l), may_handle_documents),
        (routes::STAFF_GATE, common::nav_staff_gate(l), may_mark),
        (routes::STAFF_DAY, common::nav_staff_day(l), may_see_day),
        (routes::STAFF_VISITING, common::nav_staff_visiting(l), may_see_day),
        (routes::STAFF_FEED, common::nav_staff_feed(l), may_see_feed),
        (routes::STAFF_LETTERS, common::nav_staff_letters(l), may_control),
        (routes::STAFF_APPEALS, common::nav_staff_appeals(l), may_see_appeals),
        (routes::STAFF_CORRECTIONS, common::nav_staff_corrections(l), may_correct),
        (routes::STAFF_HOMES, common::nav_staff_homes(l), may_ask),
        (routes::STAFF_MANDATES, common::nav_staff_mandates(l), may_register),
        (routes::STAFF_ORGANISATIONS, common::nav_staff_organisations(l), may_register_organisations),
        (routes::STAFF_WORRIED, common::nav_staff_worried(l), may_take_worries),
        (routes::STAFF_INSIGHT, common::nav_staff_insight(l), may_lead),
        (routes::STAFF_TRAIL, common::nav_staff_trail(l), may_audit),
    ];
    let others = others.into_iter().filter(|(_, _, may)| may(roles));
    let mut desks: Vec<DeskLink> = clearances(page, roles).into_iter().collect();
    desks.extend(others.map(|(href, text, _)| DeskLink { href, text, here: page.is_under(href) }));
    // Who sets the bounds of letters and reads none has no queue.
    if may_see_rules(roles) && !may_control(roles) {
        let (href, here) = (routes::STAFF_LETTERS_RULES, page.is_under(routes::STAFF_LETTERS));
        desks.push(DeskLink { href, text: common::nav_staff_letter_rules(l), here });
    }
    desks.extend(notices(page));
    desks
}

fn clearances(page: &Page, roles: &[Role]) -> Option<DeskLink> {
    let below = [routes::STAFF_CLEARANCES, routes::STAFF_SEARCH, routes::STAFF_ANSWERS];
    let here = page.bare_path() == routes::STAFF || below.iter().any(|path| page.is_under(path));
    may_read(roles).then(|| DeskLink { href: routes::STAFF, text: common::nav_staff_list(page.locale), here })
}

/// The lists of the notices, each for those alone whose duty it is.
fn notices(page: &Page) -> Vec<DeskLink> {
    let l = page.locale;
    let lists = [
        (Role::VictimOfficer, routes::STAFF_NOTICES, common::nav_staff_notices(l)),
        (Role::DutyOfficer, routes::STAFF_DUTY, common::nav_staff_duty(l)),
    ];
    let watches = (Role::Auditor, routes::STAFF_BREAK_INS, common::nav_staff_break_ins(l));
    let leads = (Role::UnitAdmin, routes::STAFF_BREAK_INS, common::nav_staff_break_ins(l));
    let has = |role: &Role| page.actor.staff().is_some_and(|who| who.roles.contains(role));
    let mut own: Vec<_> = lists.into_iter().chain([watches, leads]).filter(|(role, ..)| has(role)).collect();
    own.dedup_by_key(|(_, path, _)| *path);
    own.into_iter().map(|(_, href, text)| DeskLink { href, text, here: page.is_under(href) }).collect()
}
