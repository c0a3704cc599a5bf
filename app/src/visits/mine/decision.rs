//! Decisions as their reader opens them: three plain lines in her language (what, why, what she can do by when),
//! then the officer's own text in the language it was written in, then how to appeal.

use backend::{
    appeals::Mine,
    decision::{DecisionView, Outcome},
    visits::clearance::{Tracked, TrackedPerson},
};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use super::words;
use crate::{
    appeals::way_to_appeal,
    i18n::{dates, visits_mine as t},
    routes,
    ui::{Actions, LinkButton, Notice, NoticeKind, SummaryList, SummaryRow},
};

/// Those who were decided together are told together.
fn groups(people: &[TrackedPerson]) -> Vec<(Vec<&TrackedPerson>, &DecisionView)> {
    let mut groups: Vec<(Vec<&TrackedPerson>, &DecisionView)> = vec![];
    for person in people {
        let Some(decision) = &person.decision else { continue };
        match groups.iter_mut().find(|(_, known)| known.is_with(decision)) {
            Some((names, _)) => names.push(person),
            None => groups.push((vec![person], decision)),
        }
    }
    groups
}

/// `appeals`: those of the reader; `None` where nothing can be appealed yet, as before a letter goes out.
pub(in crate::visits) fn all(l: Locale, case: &Tracked, appeals: Option<&[Mine]>) -> AnyView {
    let groups = groups(&case.people);
    let mut days: Vec<CivilDate> = groups.iter().filter_map(|(_, d)| d.appeal_by).collect();
    days.sort();
    days.dedup();
    let sections: Vec<AnyView> = groups.iter().map(|(people, d)| one(l, case, people, d, appeals)).collect();
    let to_appeal = || groups.iter().filter(|(_, d)| d.outcome != Outcome::Granted);
    let untold = to_appeal().find(|(_, d)| d.is_untold()).map(|(_, d)| *d);
    let appeal = to_appeal().next().map(|(_, d)| appeal(l, case, &days, untold, d.appeal_days));
    let may_come = !is_over(case) && groups.iter().any(|(_, d)| d.outcome != Outcome::Refused);
    let book = may_come.then(|| {
        view! { <Actions><LinkButton href=routes::BOOK text=t::decision_book(l)/></Actions> }
    });
    let unsettled = case.people.iter().filter(|p| p.unsettled).map(|p| {
        let title = t::decision_unsettled(l, &p.name);
        view! { <Notice kind=NoticeKind::Warn title=title><p>{t::decision_unsettled_text(l)}</p></Notice> }
    });
    let unsettled = unsettled.collect_view();
    view! { {unsettled}{sections}{book}{appeal} }.into_any()
}

/// What was granted holds no more.
fn is_over(case: &Tracked) -> bool {
    case.ends.is_some_and(|ends| ends.over)
}

fn one(
    l: Locale,
    case: &Tracked,
    people: &[&TrackedPerson],
    decision: &DecisionView,
    appeals: Option<&[Mine]>,
) -> AnyView {
    let names = |you: String| {
        let name = |p: &&TrackedPerson| if p.child { p.name.clone() } else { you.clone() };
        words::together(l, people.iter().map(name).collect())
    };
    let title = t::decision_title(l, names(t::decision_you(l)));
    let made = dates::plain(l, decision.made_at.date());
    let rows = vec![
        SummaryRow::new(t::decision_what(l), what(l, case, &names(t::decision_you_first(l)), decision)),
        SummaryRow::new(t::decision_why(l), why(l, case, decision)),
        SummaryRow::new(t::decision_do(l), what_to_do(l, case, decision)),
        SummaryRow::new(t::decision_basis(l), &decision.legal_basis).lang("nb"),
        SummaryRow::new(t::decision_made(l), t::decision_made_by(l, made)),
    ];
    let lang = decision.text_locale.code();
    let made: Vec<_> = people.iter().filter_map(|p| p.decision.as_ref()).map(|d| &d.public).collect();
    let appeals = appeals.filter(|_| decision.can_be_appealed());
    let way = appeals.and_then(|known| way_to_appeal(l, &made, known, title.clone()));
    view! {
        <section class="section-rule stack">
            <h2>{title}</h2>
            <SummaryList rows=rows/>
            {officer(t::decision_text(l), lang, decision.reason.as_deref())}
            {officer(t::decision_milder(l), lang, decision.milder.as_deref())}
            {way}
        </section>
    }
    .into_any()
}

/// The officer's words: each line its own paragraph, in the language they were written in.
fn officer(title: String, lang: &'static str, text: Option<&str>) -> Option<AnyView> {
    let lines: Vec<_> = text?.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    Some(view! {
        <h3>{title}</h3>
        <div lang=lang class="prose">{lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</div>
    }
    .into_any())
}

fn what(l: Locale, case: &Tracked, who: &str, decision: &DecisionView) -> String {
    let (name, to) = (&case.inmate_name, decision.valid_to.map(|d| dates::plain(l, d)).unwrap_or_default());
    match decision.outcome {
        Outcome::Granted => t::decision_granted(l, who, name, to),
        Outcome::GrantedWithMeasures => {
            t::decision_measures(l, who, name, words::measures(l, &decision.measures), to)
        }
        Outcome::Refused => t::decision_refused(l, who, name),
    }
}

fn why(l: Locale, case: &Tracked, decision: &DecisionView) -> String {
    match decision.outcome {
        Outcome::Granted => t::decision_granted_why(l, &case.inmate_name),
        Outcome::GrantedWithMeasures => t::decision_measures_why(l),
        Outcome::Refused => t::decision_refused_why(l),
    }
}

fn what_to_do(l: Locale, case: &Tracked, decision: &DecisionView) -> String {
    if is_over(case) && decision.outcome != Outcome::Refused {
        return t::decision_over_do(l);
    }
    let by = decision.appeal_by.map(|d| dates::long_date(l, d));
    match (decision.outcome, by) {
        (Outcome::Granted, _) => t::decision_granted_do(l),
        (Outcome::GrantedWithMeasures, Some(by)) => t::decision_measures_do(l, by),
        (Outcome::GrantedWithMeasures, None) => {
            format!("{} {}", t::decision_granted_do(l), t::decision_undated_do(l, decision.appeal_days))
        }
        (Outcome::Refused, Some(by)) => t::decision_refused_do(l, by),
        (Outcome::Refused, None) => t::decision_undated_do(l, decision.appeal_days),
    }
}

/// With one last day for all it stands here again; with several each decision says its own. Before the notice has
/// reached her there is none, and the length alone is told.
fn appeal(
    l: Locale,
    case: &Tracked,
    days: &[CivilDate],
    untold: Option<&DecisionView>,
    length: i64,
) -> AnyView {
    let by = match (untold, days) {
        (Some(decision), _) => Some(t::appeal_days(l, decision.appeal_days)),
        (None, [day]) => Some(t::appeal_by(l, length, dates::long_date(l, *day))),
        _ => None,
    };
    let by = by.map(|text| view! { <p>{text}</p> });
    view! {
        <h2 id="appeal">{t::appeal_title(l)}</h2>
        {by}
        <p>{t::appeal_how(l, case.reference.to_string())}</p>
        <p>{t::appeal_what(l)}</p>
        <p>{t::appeal_help(l)}" "<a href=routes::UNITS>{crate::i18n::common::nav_units(l)}</a></p>
    }
    .into_any()
}
