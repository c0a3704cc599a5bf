//! Things and facts as rows of a page; on what ground and for how long they are kept.

use backend::{
    Result,
    held::{Fact, Kind, NOTICES, Part, Section, Thing, Topic, Value},
    rules::Rules,
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{codes, facts, names};
use crate::{
    files::size,
    i18n::{dates, held as t},
    ui::{SummaryList, SummaryRow},
};

/// Things under the name of their kind, neighbours of one kind together.
pub(crate) fn groups(l: Locale, things: &[Thing]) -> AnyView {
    let mut together: Vec<(Kind, Vec<&Thing>)> = vec![];
    for thing in things {
        match together.last_mut().filter(|(kind, _)| *kind == thing.kind) {
            Some((_, same)) => same.push(thing),
            None => together.push((thing.kind, vec![thing])),
        }
    }
    let group = |(kind, same): (Kind, Vec<&Thing>)| {
        let lists = same.into_iter().map(|thing| view! { <SummaryList rows=rows(l, thing)/> });
        let (title, lists) = (facts::kind(l, kind), lists.collect_view());
        view! { <h3>{title}</h3>{lists} }
    };
    view! { <div class="stack held">{together.into_iter().map(group).collect_view()}</div> }.into_any()
}

fn rows(l: Locale, thing: &Thing) -> Vec<SummaryRow> {
    thing.facts.iter().map(|fact| row(l, fact)).collect()
}

fn row(l: Locale, fact: &Fact) -> SummaryRow {
    let name = facts::name(l, fact.name);
    match &fact.value {
        Value::Text(text) => {
            let text = text.clone();
            SummaryRow::view(name, view! { <span class="letter-words" dir="auto">{text}</span> })
        }
        value => SummaryRow::new(name, shown(l, value)),
    }
}

fn shown(l: Locale, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Secret(text) => covered(l, text),
        Value::Number(number) => number.to_string(),
        Value::Bytes(bytes) => size(l, u64::try_from(*bytes).unwrap_or_default()),
        Value::At(at) => dates::date_time_with_year(l, *at),
        Value::On(day) => dates::with_year(l, *day),
        Value::Yes(true) => t::yes(l),
        Value::Yes(false) => t::no(l),
        Value::Codes(set, all) => {
            all.iter().map(|code| codes::code(l, *set, code)).collect::<Vec<_>>().join(", ")
        }
        Value::Named([nb, nn, en]) => match l {
            Locale::Nn => nn.clone(),
            Locale::En => en.clone(),
            Locale::Nb | Locale::Se => nb.clone(),
        },
    }
}

/// Somebody may look over her shoulder: of a number its birth date, of a word nothing.
fn covered(l: Locale, text: &str) -> String {
    let number = text.len() == 11 && text.bytes().all(|b| b.is_ascii_digit());
    let head = if number { &text[..6] } else { "" };
    format!("{head}••••• ({})", t::hidden(l))
}

/// Why, by which law, for how long.
pub(super) fn about(l: Locale, section: &Section, rules: &Rules) -> Result<Vec<SummaryRow>> {
    let part = section.topic.part();
    let days = part.days(rules)?;
    Ok(vec![
        SummaryRow::new(t::purpose(l), names::purpose(l, section.topic)),
        SummaryRow::new(t::basis(l), lawful(l, part)),
        SummaryRow::new(t::kept(l), kept(l, section.topic, &days)),
    ])
}

/// Each ground on a line.
pub(crate) fn lawful(l: Locale, part: Part) -> String {
    let grounds = part.grounds().into_iter().map(|ground| begun(&names::ground(l, ground)));
    grounds.collect::<Vec<_>>().join("\n")
}

/// With a capital, but for a name that has its own (eForvaltningsforskriften).
fn begun(text: &str) -> String {
    let own = text.chars().nth(1).is_some_and(char::is_uppercase);
    if own { text.to_owned() } else { dates::capital(text) }
}

/// By the rules of the register, in the order of its tables.
fn kept(l: Locale, topic: Topic, days: &[i64]) -> String {
    let d = |at: usize| days.get(at).map(|days| span(l, *days)).unwrap_or_default();
    match topic {
        Topic::Person => t::kept_person(l),
        Topic::Contact => t::kept_contact(l),
        Topic::Visits => t::kept_visits(l, d(0), d(1), d(2), d(3), d(4), d(5), d(6), d(7), d(8), d(9), d(10)),
        Topic::Decisions => t::kept_decisions(l, d(0)),
        Topic::Appeals => t::kept_appeals(l, d(0)),
        Topic::Corrections => t::kept_corrections(l, d(0)),
        Topic::Documents => t::kept_documents(l, d(0)),
        Topic::Messages => t::kept_messages(l, d(0), d(1), d(2)),
        Topic::Letters => t::kept_letters(l, d(0), d(1)),
        Topic::Clients => t::kept_clients(l, d(0), d(1), d(2), d(3)),
        Topic::Homes => t::kept_homes(l, d(0)),
        Topic::Files => t::kept_files(l),
        Topic::Told => t::kept_told(l, d(0)),
        Topic::SignIns => t::kept_sign_ins(l, d(0)),
        Topic::Trail => t::kept_trail(l),
    }
}

/// The same for the area that has its own.
pub(crate) fn kept_here(l: Locale, rules: &Rules) -> Result<String> {
    let days = NOTICES.days(rules)?;
    Ok(t::message_kept(l, days.first().map(|days| span(l, *days)).unwrap_or_default()))
}

/// Whole years as years.
fn span(l: Locale, days: i64) -> String {
    if days > 0 && days % 365 == 0 { t::years(l, days / 365) } else { t::days(l, days) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence names as many spans as the register has rules for it; the notice of what was sent needs no more than one.
    #[test]
    fn every_sentence_has_the_spans_it_names() {
        for l in Locale::ALL.map(t::lang) {
            for topic in Topic::ALL {
                let days: Vec<i64> = (0..topic.part().rules().len()).map(|n| 1000 + n as i64).collect();
                let said = kept(l, *topic, &days);
                assert!(!said.contains("  ") && !said.starts_with([' ', ',']), "{topic:?}: {said}");
                let named = days.iter().filter(|days| said.contains(&days.to_string())).count();
                let wanted = if *topic == Topic::Told { 1 } else { days.len() };
                assert_eq!(named, wanted, "{topic:?}: {said}");
            }
            assert_eq!((span(l, 365), span(l, 90)), (t::years(l, 1), t::days(l, 90)));
        }
    }

    #[test]
    fn a_number_shows_its_day_and_a_word_nothing() {
        let l = Locale::Nb;
        assert!(covered(l, "01819012345").starts_with("018190•••••"));
        for text in ["hemmelig", "12345678901x", "æøå"] {
            assert!(covered(l, text).starts_with("•••••"), "{text}");
            assert!(!covered(l, text).contains(text));
        }
    }
}
