//! The words of what is set for letters: orders, watched words, a unit's bounds.

use domain::{
    kernel::{Clock, Locale},
    messages::{Means, Order, UnitRules},
};

use super::parts::Desk;
use crate::{
    i18n::{dates, messages_control, messages_settings as t},
    routes,
    ui::{Link, LinkRow, SummaryRow},
};

/// Where somebody came from: the queue, or for those who do not read letters the unit's bounds.
pub(super) fn back(desk: &Desk) -> Link {
    let l = desk.l;
    match desk.may_control() {
        true => Link::new(routes::STAFF_LETTERS, messages_control::queue_title(l)),
        false => Link::new(routes::STAFF_LETTERS_RULES, t::rules_tab(l)),
    }
}

/// What else is set for letters.
pub(super) fn more(l: Locale) -> Vec<LinkRow> {
    vec![
        LinkRow::new(routes::STAFF_LETTERS_ORDERS, t::orders_title(l)).text(t::orders_lead(l)),
        LinkRow::new(routes::STAFF_LETTERS_WORDS, t::words_title(l)).text(t::words_short(l)),
        LinkRow::new(routes::STAFF_LETTERS_NUMBERS, messages_control::numbers_title(l))
            .text(t::numbers_short(l)),
    ]
}

/// A row of the queue page for whoever reads letters.
pub(super) fn rules_row(l: Locale) -> LinkRow {
    LinkRow::new(routes::STAFF_LETTERS_RULES, t::rules_tab(l)).text(t::rules_short(l))
}

pub(super) fn language(l: Locale, norwegian_only: bool) -> String {
    if norwegian_only { t::language_norwegian(l) } else { t::language_any(l) }
}

/// An order to be given.
pub(super) fn order(l: Locale, order: Order) -> String {
    match order {
        Order::AsLevel => t::choose_level(l),
        Order::Control => t::choose_control(l),
        Order::Waive => t::choose_waive(l),
    }
}

fn clock(minutes: i64) -> Clock {
    Clock(u16::try_from(minutes).unwrap_or_default())
}

/// A version of the bounds as a list of facts.
pub(super) fn rules(l: Locale, rules: &UnitRules) -> Vec<SummaryRow> {
    let days = if rules.reads_days == "daily" { t::reads_daily(l) } else { t::reads_weekdays(l) };
    let hours = dates::clock_range(l, clock(rules.reads_from), clock(rules.reads_to));
    let release = match rules.release_hours {
        Some(hours) => t::fact_hours(l, hours),
        None => t::fact_never(l),
    };
    let means = match rules.means {
        Means::Screen => t::means_screen(l),
        Means::Print => t::means_print(l),
    };
    let sami = if rules.sami { t::fact_yes(l) } else { t::fact_no(l) };
    vec![
        SummaryRow::new(t::fact_from(l), dates::plain(l, rules.valid_from)),
        SummaryRow::new(
            t::rules_label_on(l),
            if rules.exchange_on { t::rules_on_yes(l) } else { t::rules_on_no(l) },
        ),
        SummaryRow::new(t::rules_label_longest(l), t::fact_characters(l, rules.longest)),
        SummaryRow::new(t::rules_label_week(l), t::fact_letters(l, rules.per_week)),
        SummaryRow::new(t::rules_label_hours(l), t::fact_hours(l, rules.control_hours)),
        SummaryRow::new(t::rules_label_release(l), release),
        SummaryRow::new(t::rules_label_means(l), means),
        SummaryRow::new(t::rules_label_days(l), format!("{days}, {hours}")),
        SummaryRow::new(t::rules_label_phone(l), &rules.duty_phone),
        SummaryRow::new(t::rules_label_sami(l), sami),
        SummaryRow::new(t::rules_label_source(l), &rules.source).lang("nb"),
    ]
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "message_stale") => t::wrong_stale(l),
        (_, "message_sami_unread") => t::wrong_sami(l),
        (_, "message_not_by_level") => t::wrong_not_by_level(l),
        ("release_hours", "not_by_level") => t::wrong_release_level(l),
        ("reason", "empty") => t::wrong_reason(l),
        ("word", "empty") => t::wrong_word(l),
        ("source", "empty") => t::wrong_source(l),
        ("duty_phone", "empty") => t::wrong_phone(l),
        ("longest", "empty" | "number") => t::wrong_longest(l),
        ("per_week", "empty" | "number") => t::wrong_week(l),
        ("control_hours" | "release_hours", "empty" | "number") => t::wrong_hours(l),
        ("reads_from" | "reads_to", "empty" | "clock") => t::wrong_clock(l),
        ("reads_to", "order") => t::wrong_order(l),
        (_, "choose") => t::wrong_choose(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        ("from", code) => wrong_date(l, code),
        _ => t::wrong_other(l),
    }
}

fn wrong_date(l: Locale, code: &str) -> String {
    match code {
        "date_tomorrow" => t::wrong_tomorrow(l),
        "date_far" => t::wrong_far(l),
        _ => t::wrong_date(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        kernel::CivilDate,
        messages::{Level, Refusal, UnitRulesForm},
    };

    use super::*;

    #[test]
    fn what_can_be_wrong_has_words_of_its_own() {
        let today = CivilDate::parse_iso("2026-09-01").expect("a date");
        for l in Locale::ALL.map(t::lang) {
            let mut errors = UnitRulesForm::default().parse(Level::High, today).expect_err("it is empty");
            let past = UnitRulesForm {
                from_day: "1".into(),
                from_month: "9".into(),
                from_year: "2026".into(),
                release_hours: "9".into(),
                ..UnitRulesForm::default()
            };
            errors.extend(past.parse(Level::SpecialHigh, today).expect_err("it is past"));
            assert!(errors.iter().any(|e| e.code == "date_tomorrow"));
            for error in errors {
                assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
            }
            for refusal in [Refusal::Stale, Refusal::SamiUnread, Refusal::NotByLevel] {
                assert_ne!(wrong(l, "control", refusal.code()), t::wrong_other(l), "{refusal:?}");
            }
        }
    }
}
