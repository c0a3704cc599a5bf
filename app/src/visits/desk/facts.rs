//! All that is known about a case, what was decided, and what has happened to it.

use backend::{
    decision::{DecisionView, Outcome},
    visits::clearance::{Case, CasePerson, CaseRestriction, Earlier, Identity, LookReason, Stage},
};
use domain::{
    inmates::may_open,
    kernel::{CivilDate, Instant, Locale},
    visits::clearance::PoliceOutcome,
};
use leptos::prelude::*;

use super::{parts::Desk, words};
use crate::{
    i18n::{dates, visits_desk as t},
    routes,
    ui::{SummaryList, SummaryRow, Tag, TagKind},
};

pub(super) fn facts(desk: &Desk, case: &Case) -> Vec<SummaryRow> {
    let (l, today) = (desk.l, desk.today());
    let mut people = case.people.iter();
    let applicant = people.next().map(|p| person(l, p, today)).unwrap_or_default();
    let relation = words::relation(l, case.relation);
    let together: Vec<String> = people.map(|p| person(l, p, today)).collect();
    let together = if together.is_empty() { t::case_nobody(l) } else { together.join("\n") };
    let mut rows = vec![
        SummaryRow::new(t::case_applicant(l), format!("{applicant}. {relation}")),
        SummaryRow::new(t::case_together(l), together),
        inmate(desk, case),
    ];
    rows.insert(1, identity(l, case));
    rows.extend(typed(l, case).map(|words| SummaryRow::new(t::case_typed(l), words)));
    rows.extend([answer(l, case), police(l, case)]);
    if case.inmate.is_some() {
        rows.push(SummaryRow::new(t::case_restrictions(l), restrictions(l, &case.restrictions)));
    }
    rows.push(SummaryRow::new(t::case_needs(l), words::needs(l, &case.needs)));
    let contact: Vec<String> = [&case.email, &case.phone].into_iter().flatten().cloned().collect();
    rows.push(SummaryRow::new(t::case_contact(l), contact.join("\n")));
    rows.push(SummaryRow::new(t::case_earlier(l), earlier(l, &case.earlier)));
    rows
}

/// A name, and the age of whom a birth date is known.
fn person(l: Locale, person: &CasePerson, today: CivilDate) -> String {
    match person.birth_date {
        Some(birth) => {
            let age = dates::years(l, i64::from(birth.age_on(today)));
            t::case_years(l, &person.name, age)
        }
        None => person.name.clone(),
    }
}

/// How sure it is who she is.
fn identity(l: Locale, case: &Case) -> SummaryRow {
    let label = t::case_identity(l);
    match case.identity {
        Identity::Number => SummaryRow::new(label, t::case_identity_number(l)),
        Identity::Checked(at) => {
            SummaryRow::new(label, t::case_identity_checked(l, dates::plain(l, at.date())))
        }
        Identity::Unchecked => SummaryRow::view(
            label,
            view! { {t::case_identity_none(l)} " " <Tag text=t::case_identity_tag(l) kind=TagKind::Now/> },
        ),
    }
}

fn inmate(desk: &Desk, case: &Case) -> SummaryRow {
    let l = desk.l;
    let label = t::case_inmate(l);
    let Some(inmate) = &case.inmate else {
        return SummaryRow::view(
            label,
            view! { {t::case_unmatched(l)} " " <Tag text=t::case_unmatched_tag(l) kind=TagKind::Now/> },
        );
    };
    let born = t::case_born(l, dates::plain(l, inmate.birth_date));
    let place = match words::level(l, &case.unit_level) {
        Some(level) => format!("{}, {level}", case.unit_name),
        None => case.unit_name.clone(),
    };
    let who = format!("{}, {born}", inmate.name);
    let page = inmate.page.as_ref().filter(|_| may_open(&desk.who.roles)).map(|public| {
        let href = routes::staff_inmate_for(public, LookReason::HandleCase.code(), None);
        view! { <a class="summary-line" href=href>{t::case_inmate_page(l)}</a> }
    });
    SummaryRow::view(
        label,
        view! { <span class="summary-line">{who}</span><span class="summary-line">{place}</span>{page} },
    )
}

/// What the applicant wrote, when it is all there is or differs from the register.
fn typed(l: Locale, case: &Case) -> Option<String> {
    let same = case.inmate.as_ref().is_some_and(|i| {
        i.name == case.typed_inmate && case.typed_birth.is_none_or(|birth| birth == i.birth_date)
    });
    let birth = case.typed_birth.map(|date| format!(", {}", t::case_born(l, dates::plain(l, date))));
    (!same).then(|| format!("{}{}", case.typed_inmate, birth.unwrap_or_default()))
}

fn answer(l: Locale, case: &Case) -> SummaryRow {
    let label = t::case_answer(l);
    match case.answered_on.map(|on| dates::day_month(l, on)) {
        Some(on) if case.declined => SummaryRow::view(
            label,
            view! { {t::case_answer_no(l, on)} " " <Tag text=t::case_answer_no_tag(l)/> },
        ),
        // A case that closed unprocessed may have had a no; nobody needs to see which.
        Some(_) if case.stage == Stage::NotProcessed => SummaryRow::new(label, t::state_not_processed(l)),
        Some(on) => SummaryRow::new(label, t::case_answer_yes(l, on)),
        None => SummaryRow::new(label, t::case_waiting(l)),
    }
}

fn police(l: Locale, case: &Case) -> SummaryRow {
    let label = t::case_police(l);
    match case.police {
        Some((outcome, on)) => {
            let on = dates::day_month(l, on);
            let words = match outcome {
                PoliceOutcome::NoRemark => t::case_police_no_remark(l, on),
                PoliceOutcome::Remark => t::case_police_remark(l, on),
            };
            SummaryRow::view(label, view! { {words} " " <Tag text=t::case_police_tag(l)/> })
        }
        None if case.stage == Stage::Received => SummaryRow::new(label, t::case_police_later(l)),
        None => SummaryRow::new(label, t::case_waiting(l)),
    }
}

fn restrictions(l: Locale, list: &[CaseRestriction]) -> String {
    let day = |iso: &str| CivilDate::parse_iso(iso).map_or_else(String::new, |d| dates::plain(l, d));
    let line = |r: &CaseRestriction| {
        let kind = words::restriction(l, &r.kind);
        t::case_restriction(l, kind, day(&r.valid_from), day(&r.valid_to), &r.court_order)
    };
    if list.is_empty() { t::case_none(l) } else { list.iter().map(line).collect::<Vec<_>>().join("\n") }
}

fn earlier(l: Locale, list: &[Earlier]) -> String {
    let line = |e: &Earlier| {
        let state = Stage::of(&e.state).map(|s| words::stage(l, s)).unwrap_or_default();
        t::case_earlier_row(
            l,
            &e.inmate,
            &e.unit_name,
            dates::plain(l, Instant(e.submitted_at).date()),
            state,
        )
    };
    if list.is_empty() { t::case_none(l) } else { list.iter().map(line).collect::<Vec<_>>().join("\n") }
}

/// What was decided for each person; nothing while nobody is decided.
pub(super) fn decisions(desk: &Desk, case: &Case) -> Option<AnyView> {
    let l = desk.l;
    let decided = case.people.iter().any(|p| p.decision.is_some());
    decided.then(|| {
        let row = |p: &CasePerson| match &p.decision {
            Some(view) => SummaryRow::view(p.name.clone(), decided_view(l, view)),
            None => SummaryRow::view(
                p.name.clone(),
                view! { <Tag text=t::outcome_pending(l) kind=TagKind::Open/> },
            ),
        };
        let rows = case.people.iter().map(row).collect();
        view! { <h2>{t::case_decisions(l)}</h2><SummaryList rows=rows/> }.into_any()
    })
}

fn decided_view(l: Locale, view: &DecisionView) -> AnyView {
    let kind = if view.outcome == Outcome::Refused { TagKind::Error } else { TagKind::Done };
    let day = |date| dates::plain(l, date);
    let lines: Vec<String> = [
        (!view.measures.is_empty()).then(|| t::made_measures(l, words::measures(l, &view.measures))),
        view.valid_to.map(|date| t::made_valid_to(l, day(date))),
        Some(t::made_made_at(l, day(view.made_at.date()))),
        view.appeal_by.map(|date| t::made_appeal_by(l, day(date))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let lines = lines.into_iter().map(|line| view! { <span class="summary-line">{line}</span> });
    let (lang, basis) = (view.text_locale.code(), view.legal_basis.clone());
    let text = |label: String, text: &Option<String>| {
        let text = text.clone()?;
        Some(view! {
            <span class="summary-line small muted">{label}</span>
            <span class="summary-line officer-text" lang=lang>{text}</span>
        })
    };
    view! {
        <Tag text=words::outcome(l, view.outcome) kind=kind/>
        {lines.collect_view()}
        <span class="summary-line" lang="nb">{basis}</span>
        {text(t::made_milder(l), &view.milder)}
        {text(t::made_reason(l), &view.reason)}
    }
    .into_any()
}

/// Newest first; looks of one person for one reason in a row are told once.
pub(super) fn history(desk: &Desk, case: &Case) -> AnyView {
    let l = desk.l;
    let mut events = case.history.clone();
    events.dedup_by(|next, kept| {
        next.action == "look" && kept.action == "look" && next.who == kept.who && next.reason == kept.reason
    });
    let rows = events.iter().map(|event| {
        SummaryRow::new(words::moment(l, Instant(event.at), desk.today()), words::event(desk, event))
    });
    view! { <SummaryList rows=rows.collect()/> }.into_any()
}
