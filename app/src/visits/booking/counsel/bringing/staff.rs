//! One for whoever answers: who brings what to whom and when, and yes or no. The answer can be changed until the visit begins.

use backend::{
    Result,
    visits::booking::counsel::bringing::{StaffBring, staff_bring},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::bringing::{BringReason, BringState, Brought},
};
use leptos::prelude::*;

use super::{
    super::super::{
        staff::{self, Desk},
        words::from_to,
    },
    staff_api::ANSWER,
    words,
};
use crate::{
    i18n::{common, dates, visits_bringing as t},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
    },
};

const REASON: &str = "reason";

#[component]
pub fn StaffBringPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    staff::page(move |desk| shown(desk, public))
}

async fn shown(desk: Desk, public: String) -> Result<Option<AnyView>> {
    let Some(public) = Public::<Brought>::parse(&public) else { return Ok(None) };
    Ok(staff_bring(&desk.ctx, &desk.who, &public).await?.map(|one| page(&desk, &one)))
}

fn page(desk: &Desk, one: &StaffBring) -> AnyView {
    let l = t::lang(desk.page.locale);
    let refused = desk.page.query("refused");
    let choose = refused.as_deref() == Some("choose");
    let errors = if choose { vec![FieldError::new(REASON, t::staff_choose(l))] } else { vec![] };
    let title = t::staff_title(l);
    let tab = if choose { format!("{} {title}", common::error_prefix(l)) } else { title.clone() };
    let lead = if one.is_ahead { t::staff_lead(l) } else { String::new() };
    let (note, rows) = (one.reference.to_string(), rows(l, one));
    let (notice, answer) = (notice(desk, l, refused.as_deref()), answer(l, one, &errors));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead note=note
                back=Link::new(routes::STAFF_WORK, t::staff_back(l))/>
            {notice}
            <SummaryList rows=rows/>
            {answer}
        </PageGrid>
    }
    .into_any()
}

fn rows(l: Locale, one: &StaffBring) -> Vec<SummaryRow> {
    let date = dates::capital(&dates::with_year(l, one.date));
    let when = format!("{date}\n{}", from_to(l, one.start, one.end));
    let state = words::state_staff(l, one.bring.state);
    let state = match one.bring.decided_at {
        Some(at) => format!("{state}\n{}", dates::date_time_with_year(l, at)),
        None => state,
    };
    vec![
        SummaryRow::new(words::what(l, one.bring.what), &one.bring.detail),
        SummaryRow::new(t::fact_lawyer(l), &one.lawyer),
        SummaryRow::new(t::fact_client(l), &one.inmate),
        SummaryRow::new(t::fact_when(l), when),
        SummaryRow::new(t::fact_where(l), format!("{}\n{}", one.unit_name, one.room)).lang("nb"),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, one.bring.asked_at)),
        SummaryRow::new(t::fact_state(l), state),
    ]
}

fn notice(desk: &Desk, l: Locale, refused: Option<&str>) -> Option<AnyView> {
    if refused == Some("over") {
        return Some(view! { <Notice kind=NoticeKind::Error title=t::staff_over(l)/> }.into_any());
    }
    let done = desk.page.query("done").is_some();
    done.then(|| view! { <Notice kind=NoticeKind::Done title=t::staff_done(l)/> }.into_any())
}

/// What is not said yet, as long as something can be said.
fn answer(l: Locale, one: &StaffBring, errors: &[FieldError]) -> Option<AnyView> {
    let answerable = !matches!(one.bring.state, BringState::Withdrawn | BringState::Lapsed);
    if !one.is_ahead || !answerable {
        return None;
    }
    let (yes, no) = (one.bring.public.to_string(), one.bring.public.to_string());
    let yes = (one.bring.state != BringState::Approved).then(|| {
        view! {
            <Form action=ANSWER>
                <HiddenInput name="public" value=yes/>
                <HiddenInput name="answer" value="yes"/>
                <Actions><Button text=t::staff_yes(l)/></Actions>
            </Form>
        }
    });
    let reasons = BringReason::ALL.into_iter().filter(|why| one.bring.state != BringState::Rejected(*why));
    let options = reasons.map(|why| Choice::new(why.code(), words::reason(l, why))).collect::<Vec<_>>();
    let error = FieldError::of(errors, REASON);
    Some(
        view! {
            {yes}
            <Form action=ANSWER>
                <HiddenInput name="public" value=no/>
                <HiddenInput name="answer" value="no"/>
                <RadioGroup name=REASON legend=t::staff_reason(l) hint=t::staff_reason_hint(l)
                    options=options error=error/>
                <Actions><Button text=t::staff_no(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        }
        .into_any(),
    )
}
