//! Codes in words. Every code of the domain has its text; a code that only newer data knows gets a general
//! word, never itself.

use backend::{
    decision::Outcome,
    visits::clearance::{Event, LookReason, Stage},
};
use domain::{
    kernel::{CivilDate, Instant, Locale},
    visits::clearance::{Measure, Need, Needs, Relation},
};

use super::parts::Desk;
use crate::{
    i18n::{dates, public, visits_desk as t},
    ui::{Cell, Choice},
};

pub(super) fn reason(l: Locale, reason: LookReason) -> String {
    match reason {
        LookReason::HandleCase => t::reason_handle_case(l),
        LookReason::RegisterAnswer => t::reason_register_answer(l),
        LookReason::AnswerQuestion => t::reason_answer_question(l),
        LookReason::QualityControl => t::reason_quality_control(l),
        LookReason::OnBehalf => t::reason_on_behalf(l),
    }
}

pub(crate) fn reasons(l: Locale) -> Vec<Choice> {
    LookReason::ALL.map(|r| Choice::new(r.code(), reason(l, r))).into()
}

pub(super) fn relation(l: Locale, relation: Relation) -> String {
    match relation {
        Relation::Spouse => t::relation_spouse(l),
        Relation::Partner => t::relation_partner(l),
        Relation::Parent => t::relation_parent(l),
        Relation::Child => t::relation_child(l),
        Relation::Sibling => t::relation_sibling(l),
        Relation::OtherFamily => t::relation_other_family(l),
        Relation::CoParent => t::relation_co_parent(l),
        Relation::Friend => t::relation_friend(l),
        Relation::Other => t::relation_other(l),
    }
}

pub(super) fn measure(l: Locale, measure: Measure) -> String {
    match measure {
        Measure::Observation => t::measure_observation(l),
        Measure::Listening => t::measure_listening(l),
        Measure::Search => t::measure_search(l),
        Measure::GlassWall => t::measure_glass_wall(l),
    }
}

/// Measures in a row, the first with a capital.
pub(crate) fn measures(l: Locale, list: &[Measure]) -> String {
    list.iter().map(|m| measure(l, *m)).collect::<Vec<_>>().join(", ")
}

pub(super) fn outcome(l: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Granted => t::outcome_granted(l),
        Outcome::GrantedWithMeasures => t::outcome_measures(l),
        Outcome::Refused => t::outcome_refused(l),
    }
}

pub(super) fn stage(l: Locale, stage: Stage) -> String {
    match stage {
        Stage::Received => t::state_received(l),
        Stage::AwaitingPolice => t::state_awaiting_police(l),
        Stage::AwaitingDecision => t::state_awaiting_decision(l),
        Stage::Decided => t::state_decided(l),
        Stage::NotProcessed => t::state_not_processed(l),
        Stage::Withdrawn => t::state_withdrawn(l),
    }
}

/// Why a case stands where it stands.
pub(super) fn why(l: Locale, stage: Stage) -> String {
    match stage {
        Stage::Received => t::why_inmate(l),
        Stage::AwaitingPolice => t::why_police(l),
        Stage::AwaitingDecision => t::why_decide(l),
        Stage::Decided => t::why_decided(l),
        Stage::NotProcessed => t::why_not_processed(l),
        Stage::Withdrawn => t::why_withdrawn(l),
    }
}

pub(crate) fn restriction(l: Locale, kind: &str) -> String {
    match kind {
        "visit_ban" => t::restriction_visit_ban(l),
        "visit_control" => t::restriction_visit_control(l),
        "letter_ban" => t::restriction_letter_ban(l),
        "letter_control" => t::restriction_letter_control(l),
        "isolation" => t::restriction_isolation(l),
        _ => t::case_restrictions(l),
    }
}

/// The security level within a sentence; the intake has none.
pub(super) fn level(l: Locale, code: &str) -> Option<String> {
    let words = match code {
        "special_high" => public::unit_level_special(l),
        "high" => public::unit_level_high(l),
        "lower" => public::unit_level_low(l),
        "transitional" => public::unit_level_transition(l),
        _ => return None,
    };
    Some(words.to_lowercase())
}

/// One need a line, and what she wrote herself.
pub(in crate::visits) fn needs(l: Locale, needs: &Needs) -> String {
    let need = |need: &Need| match (need, &needs.interpreter_language) {
        (Need::Wheelchair, _) => t::need_wheelchair(l),
        (Need::Interpreter, Some(language)) => t::need_interpreter_in(l, language),
        (Need::Interpreter, None) => t::need_interpreter(l),
        (Need::Hearing, _) => t::need_hearing(l),
        (Need::Sight, _) => t::need_sight(l),
    };
    let lines: Vec<String> = needs.needs.iter().map(need).chain(needs.note.clone()).collect();
    if lines.is_empty() { t::case_none(l) } else { lines.join("\n") }
}

/// By herself, or by whoever took it down for her.
fn submitted(l: Locale, event: &Event, who: String) -> String {
    let for_her = event.who.is_some() && event.reason.is_some();
    if for_her { t::event_registered(l, who) } else { t::event_submitted(l) }
}

/// What happened, told to this reader; looks name their reason.
pub(super) fn event(desk: &Desk, event: &Event) -> String {
    let (l, you) = (desk.l, event.who.as_deref() == Some(&desk.who.name));
    let who = match &event.who {
        Some(_) if you => t::event_you(l),
        Some(name) => name.clone(),
        None => t::event_system(l),
    };
    match event.action.as_str() {
        "application_submitted" => submitted(l, event, who),
        "look" => {
            let why = event.reason.as_deref().and_then(LookReason::written).unwrap_or(LookReason::HandleCase);
            let why = reason(l, why).to_lowercase();
            if you { t::event_look_you(l, why) } else { t::event_look(l, who, why) }
        }
        "inmate_yes" => t::event_inmate_yes(l, who),
        "inmate_no" => t::event_inmate_no(l, who),
        "police_answer" => t::event_police(l, who),
        "identity_checked" => t::event_identity(l, who),
        "notice_opened" => t::event_opened(l),
        "inmate_matched" => t::event_matched(l, who),
        "decided" => t::event_decided(l, who),
        "not_processed" => t::event_not_processed(l),
        "reminded" => t::event_reminded(l),
        "application_withdrawn" => t::event_withdrawn(l),
        "given_up" => t::event_given_up(l),
        "ending_told" => t::event_ending_told(l),
        "rechecked" => t::event_rechecked(l, who),
        "consent_back" => t::event_consent_back(l, who),
        "carried" => t::event_carried(l),
        "carry_confirmed" => t::event_carry_confirmed(l, who),
        "reconsidered" => t::event_reconsidered(l, who),
        "reopened_on_appeal" => t::event_reopened(l),
        "other_parent_settled" => t::event_parent_settled(l),
        "other_parent_open" => t::event_parent_open(l),
        "message_written" => t::event_message_written(l),
        "message_answered" => t::event_message_answered(l, who),
        action if action.starts_with("message_") => t::event_message_step(l, who),
        _ => t::event_other(l),
    }
}

/// When it happened: `I dag 09.12`, `9. sept. 14.03`.
pub(super) fn moment(l: Locale, at: Instant, today: CivilDate) -> String {
    let day = match today.days_since(at.date()) {
        0 => dates::capital(&dates::today(l)),
        d if d < 180 => dates::short(l, at.date()),
        _ => dates::plain(l, at.date()),
    };
    format!("{day} {}", dates::clock_of(l, at))
}

/// The due day in a list: over it in berry, today in ember, near ones with their weekday.
pub(super) fn due(l: Locale, due: CivilDate, today: CivilDate) -> Cell {
    match due.days_since(today) {
        d if d < 0 => Cell::late(t::due_late(l, -d)),
        0 => Cell::now(t::due_today(l)),
        1 => Cell::text(t::due_tomorrow(l)),
        2..=6 => Cell::text(format!("{} {}", dates::capital(&dates::weekday(l, due)), dates::short(l, due))),
        _ => Cell::text(dates::short(l, due)),
    }
}

/// The due day within a line.
pub(super) fn due_line(l: Locale, due: CivilDate, today: CivilDate) -> String {
    match due.days_since(today) {
        d if d < 0 => t::due_late_long(l, -d),
        0 | 1 => t::due_in(l, dates::relative(l, due, today)),
        _ => t::due_in(l, dates::day_month(l, due)),
    }
}

pub(in crate::visits) fn language(l: Locale, of: Locale) -> String {
    match of {
        Locale::Nb => t::language_nb(l),
        Locale::Nn => t::language_nn(l),
        Locale::En => t::language_en(l),
        Locale::Se => t::language_se(l),
    }
}
