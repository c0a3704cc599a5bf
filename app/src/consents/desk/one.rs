//! One case: those at home with where each stands, what may be told today, the home, and what the officer can do.

use backend::consents::{self, AskedPerson, DeskCase};
use domain::{consents::Kind, kernel::Locale};
use leptos::prelude::*;

use super::{
    forms::{ADD, CLOSE, FACTS, PERSON, WITHOUT},
    parts::{self, Desk, wrong},
    work,
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, consents_desk as t, dates},
    routes,
    ui::{
        Cell, Column, DataTable, ErrorSummary, Link, Notice, NoticeKind, PageHead, Row, SummaryList,
        SummaryRow, Tag, TagKind,
    },
};

#[component]
pub fn OnePage() -> impl IntoView {
    let case = parts::named();
    parts::page(|desk| async move {
        let Some(case) = case else { return Ok(None) };
        let Some(home) = consents::opened(&desk.ctx, &desk.who, &case).await? else { return Ok(None) };
        let mut typed = desk.tried_about(ADD, &case).await?;
        if !typed.is_wrong() {
            typed = desk.tried_about(WITHOUT, &case).await?;
        }
        let mut moved = false;
        for form in [FACTS, PERSON, CLOSE] {
            moved |= desk.tried_about(form, &case).await?.is_wrong();
        }
        Ok(Some(shown(&desk, &home, &typed, moved)))
    })
}

fn shown(desk: &Desk, home: &DeskCase, typed: &Fields, moved: bool) -> AnyView {
    let l = desk.l;
    let title = t::one_title(l, home.reference.to_string());
    let tab = typed.tab(l, title.clone());
    let moved = moved.then(|| view! { <Notice kind=NoticeKind::Error title=t::wrong_stale(l)/> });
    let danger = home.people.iter().any(|p| p.unsafe_home).then(|| {
        view! { <Notice kind=NoticeKind::Warn title=t::unsafe_title(l)><p>{t::unsafe_text(l)}</p></Notice> }
    });
    let told = if home.kind == Kind::Home { told(l, home) } else { unsaid(l) };
    let (people, facts) = (people(l, home), facts(l, home));
    let work = home.closed_at.is_none().then(|| work::work(l, home, typed));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=typed.summary(l, wrong)/>
        {moved}
        <PageHead title=title tab=tab note=note(l, home) back=Link::new(routes::STAFF_HOMES, t::list_title(l))/>
        {danger}
        <div class="case">
            <div class="case-main">
                {people}
                {told}
                <h2>{t::facts_title(l)}</h2>
                <SummaryList rows=facts/>
            </div>
            <div class="case-side">{work}</div>
        </div>
    }
    .into_any()
}

fn note(l: Locale, home: &DeskCase) -> String {
    let stands = match home.closed_at {
        Some(at) => t::closed_on(l, dates::plain(l, at.date())),
        None => t::by_note(l, dates::long_date(l, home.answer_by)),
    };
    format!("{}. {stands}", parts::kind(l, home.kind))
}

fn facts(l: Locale, home: &DeskCase) -> Vec<SummaryRow> {
    if home.kind == Kind::Child {
        let without = home.without.as_ref().map(|why| SummaryRow::new(t::without_made(l), why));
        let rows = [
            SummaryRow::new(t::child_label(l), &home.about),
            SummaryRow::new(t::child_with(l), &home.applicant),
            SummaryRow::new(t::fact_unit(l), &home.unit_name),
            SummaryRow::new(t::fact_opened(l), dates::plain(l, home.opened_at.date())),
        ];
        return rows.into_iter().chain(without).collect();
    }
    vec![
        SummaryRow::new(t::name_label(l), &home.applicant),
        SummaryRow::new(t::address_label(l), &home.about),
        SummaryRow::new(t::fact_unit(l), &home.unit_name),
        SummaryRow::new(t::fact_opened(l), dates::plain(l, home.opened_at.date())),
        SummaryRow::new(t::dwelling_legend(l), parts::dwelling(l, home.dwelling)),
        SummaryRow::new(t::children_legend(l), parts::children(l, &home.children)),
    ]
}

/// The one sentence, with the way to it on paper. Whoever is at home never stands here.
fn told(l: Locale, home: &DeskCase) -> AnyView {
    let sentence = parts::told(l, home.told);
    let next = t::told_next(l, dates::long_date(l, home.next));
    let href = routes::staff_home_told(&home.public);
    view! {
        <h2>{t::told_title(l)}</h2>
        <Notice title=sentence><p>{next}</p></Notice>
        <p>{t::told_why(l)}</p>
        <p><a href=href>{t::told_paper(l)}</a></p>
    }
    .into_any()
}

/// What the one who applied may hear of another parent: nothing.
fn unsaid(l: Locale) -> AnyView {
    view! { <p>{t::child_stands(l)}</p> }.into_any()
}

fn people(l: Locale, home: &DeskCase) -> AnyView {
    let (title, none) = match home.kind {
        Kind::Home => (t::people_title(l), t::people_none(l)),
        Kind::Child => (t::child_people(l), t::child_nobody(l)),
    };
    if home.people.is_empty() {
        return view! { <h2>{title}</h2><p>{none}</p> }.into_any();
    }
    let head = [t::col_person(l), t::col_stands(l), t::col_paper(l)];
    let head = head.into_iter().map(Column::new).collect();
    let rows = home.people.iter().map(|person| row(l, home, person)).collect();
    view! { <DataTable caption=title head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, home: &DeskCase, person: &AskedPerson) -> Row {
    let (words, kind) = parts::stands(l, person.standing);
    let talked = person.talked_at.map(|at| t::talked_on(l, dates::plain(l, at.date())));
    let invited = person.email.clone().unwrap_or_else(|| t::on_paper(l));
    let danger = person.unsafe_home.then(|| view! { " "<Tag text=t::mark_unsafe(l) kind=TagKind::Warn/> });
    Row::new(vec![
        Cell::two(person.name.as_str(), invited),
        Cell::view(view! { <Tag text=words kind=kind/>{danger}{talked.map(|text| view! { <br/>{text} })} }),
        Cell::link(routes::staff_home_invitation(&home.public, &person.public), t::paper_link(l)),
    ])
}
