//! One visit at the gate: who, whom, under which measures; the next thing to mark as one button, everything else below.

use backend::{
    Result,
    visits::{
        booking::{self, Screen},
        gate::{self, GateVisit, MarkRow},
    },
};
use domain::{
    kernel::{Instant, Locale, Public},
    visits::{
        booking::Booking,
        gate::{Arrival, AtGate, Denied, Mark, MarkRefusal, arrival, last_minute},
    },
};
use leptos::prelude::*;

use super::{
    api::{MARK, UNDO, action},
    offline::unsent,
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{common, dates, visits_booking, visits_gate as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
    },
    visits::booking::{
        booker, counsel::bringing::at_the_door, day_guest, doubts, measure, needs, video_link, way,
    },
};

#[component]
pub fn GateVisitPage() -> impl IntoView {
    let public = parts::named::<Booking>();
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let Some(visit) = gate::visit(&desk.ctx, &desk.who, &public).await? else { return Ok(None) };
        let video = video_of(&desk, &visit).await?;
        Ok(Some(shown(&desk, &visit, video)))
    })
}

/// Of a visit on a screen the same link that its visitor has, for whoever brings him to it.
async fn video_of(desk: &Desk, gate: &GateVisit) -> Result<Option<AnyView>> {
    let (visit, row) = (&gate.visit, &gate.visit.row);
    let ends_at = Instant::of_wall(visit.date, visit.end);
    let screen =
        Screen { public: &row.public, kind: row.kind, way: row.way, starts_at: row.starts_at, ends_at };
    let video = booking::video(&desk.ctx, screen).await?.filter(|video| video.has_link);
    let l = visits_booking::lang(desk.page.locale);
    Ok(video.and_then(|video| video_link(l, &video, (desk.page.now, ends_at), "")))
}

fn shown(desk: &Desk, gate: &GateVisit, video: Option<AnyView>) -> AnyView {
    let l = desk.l;
    let title = t::visit_title(l, dates::clock(l, gate.visit.start));
    let errors = wrong(desk);
    let tab = if errors.is_empty() {
        t::visit_tab(l)
    } else {
        format!("{} {}", common::error_prefix(l), t::visit_tab(l))
    };
    let back = Link::new(routes::staff_gate_of(&gate.visit.unit_slug), t::title(l));
    let settle = doubts(l, &gate.visit.row);
    let settle = (!settle.is_empty()).then(|| {
        let lines = settle.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <Notice kind=NoticeKind::Warn title=t::settle(l)><ul>{lines}</ul></Notice> }
    });
    let (facts, next, more) = (facts(l, gate), next(desk, gate), more(desk, gate, &errors));
    let (said, note, unsent) = (said(desk), words::state(l, gate.line.state), unsent(desk));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab note=note back=back/>
            {said}
            {unsent}
            {settle}
            {video}
            <SummaryList rows=facts/>
            {next}
            {more}
        </PageGrid>
    }
    .into_any()
}

/// What is missing in the form; everything else that is refused is said above.
fn wrong(desk: &Desk) -> Vec<FieldError> {
    match desk.page.query("refused").as_deref() {
        Some("choose") => vec![FieldError::new("kind", t::choose(desk.l))],
        Some("choose_reason") => vec![FieldError::new("reason", t::choose_reason(desk.l))],
        _ => vec![],
    }
}

fn said(desk: &Desk) -> AnyView {
    let l = desk.l;
    if let Some(code) = desk.page.query("refused")
        && let Some(refusal) = MarkRefusal::ALL.into_iter().find(|refusal| refusal.code() == code)
    {
        return view! { <Notice kind=NoticeKind::Error title=words::refusal(l, refusal)/> }.into_any();
    }
    let done = match desk.page.query("done").as_deref() {
        Some("marked") => t::done(l),
        Some("unmarked") => t::undone(l),
        _ => return ().into_any(),
    };
    view! { <Notice kind=NoticeKind::Done title=done/> }.into_any()
}

fn facts(l: Locale, gate: &GateVisit) -> Vec<SummaryRow> {
    let (row, visit) = (&gate.visit.row, &gate.visit);
    let guests: Vec<String> = row.guests.iter().map(|guest| day_guest(l, guest)).collect();
    let measures: Vec<String> = row.measures.iter().map(|one| measure(l, *one)).collect();
    let measures = if measures.is_empty() { t::no_measures(l) } else { measures.join("\n") };
    let latest = dates::clock_of(l, last_minute(&gate.expected));
    let mut rows = vec![
        SummaryRow::new(t::fact_guests(l), guests.join("\n")),
        SummaryRow::new(t::fact_identity(l), t::identity_rule(l)),
        SummaryRow::new(t::fact_inmate(l), row.inmate_name.clone()),
        SummaryRow::new(t::fact_when(l), dates::clock_range(l, visit.start, visit.end)),
        SummaryRow::new(t::fact_latest(l), latest),
        SummaryRow::new(t::fact_room(l), row.room.clone()).lang("nb"),
        SummaryRow::new(t::fact_measures(l), measures),
    ];
    rows.extend(way(l, row).map(|text| SummaryRow::new(t::fact_way(l), text)));
    rows.extend(booker(l, row).map(|text| SummaryRow::new(t::fact_booking(l), text)));
    let brings = at_the_door(l, row);
    rows.extend((!brings.is_empty()).then(|| SummaryRow::new(t::fact_brings(l), brings.join("\n"))));
    rows.extend(needs(l, row).map(|needs| SummaryRow::new(t::fact_needs(l), needs)));
    rows.push(SummaryRow::new(t::fact_reference(l), row.reference.to_string()));
    let marks = gate.marks.iter();
    let marks: Vec<String> =
        marks.map(|(mark, at)| format!("{}: {}", dates::clock_of(l, *at), words::mark(l, *mark))).collect();
    rows.extend((!marks.is_empty()).then(|| SummaryRow::new(t::fact_done(l), marks.join("\n"))));
    rows
}

/// The one thing that comes next, if nothing is out of the ordinary.
fn next(desk: &Desk, gate: &GateVisit) -> AnyView {
    let l = desk.l;
    match gate.line.state {
        AtGate::Expected => match arrival(&gate.expected, desk.page.now) {
            Arrival::InTime => press(desk, gate, Mark::Arrived, t::arrive(l), ButtonKind::Primary),
            Arrival::Late { minutes } => {
                press(desk, gate, Mark::Arrived, t::arrive_late(l, minutes), ButtonKind::Primary)
            }
            Arrival::TooLate { .. } => {
                let all_the_same =
                    press(desk, gate, Mark::Arrived, t::arrive_too_late(l), ButtonKind::Secondary);
                view! { <Notice kind=NoticeKind::Warn title=t::too_late(l)/>{all_the_same} }.into_any()
            }
        },
        AtGate::Inside { .. } => press(desk, gate, Mark::Normal, t::end_normal(l), ButtonKind::Primary),
        AtGate::Over { .. } => ().into_any(),
    }
}

fn press(desk: &Desk, gate: &GateVisit, mark: Mark, text: String, kind: ButtonKind) -> AnyView {
    let hidden = hidden(desk, gate);
    view! {
        <Form action=action(MARK)>
            {hidden}
            <HiddenInput name="kind" value=mark.kind()/>
            <Actions><Button text=text kind=kind/></Actions>
        </Form>
    }
    .into_any()
}

fn hidden(desk: &Desk, gate: &GateVisit) -> AnyView {
    let key: Public<MarkRow> = desk.ctx.chance.public();
    let (public, seen) = (gate.visit.row.public.to_string(), gate.marks.len().to_string());
    view! {
        <HiddenInput name="public" value=public/>
        <HiddenInput name="seen" value=seen/>
        <HiddenInput name="key" value=key.to_string()/>
    }
    .into_any()
}

/// Everything else that can happen now, and the way back.
fn more(desk: &Desk, gate: &GateVisit, errors: &[FieldError]) -> AnyView {
    let l = desk.l;
    let kinds: &[&str] = match gate.line.state {
        AtGate::Expected => &["denied", "no_show", "inmate_refused"],
        AtGate::Inside { .. } => {
            &["visitor_early", "inmate_early", "staff_early", "inmate_refused", "denied"]
        }
        AtGate::Over { .. } => &[],
    };
    let undo = (gate.line.state != AtGate::Expected).then(|| undo(l, gate));
    let other = (!kinds.is_empty()).then(|| other(desk, gate, kinds, errors));
    view! { {other}{undo} }.into_any()
}

fn other(desk: &Desk, gate: &GateVisit, kinds: &[&str], errors: &[FieldError]) -> AnyView {
    let (l, hidden) = (desk.l, hidden(desk, gate));
    let word = |kind: &&str| match *kind {
        "denied" => Some(Choice::new("denied", t::mark_denied(l))),
        kind => Mark::parse(kind, None).map(|mark| Choice::new(kind, words::mark(l, mark))),
    };
    let options: Vec<Choice> = kinds.iter().filter_map(word).collect();
    let reasons: Vec<Choice> =
        Denied::ALL.into_iter().map(|why| Choice::new(why.code(), words::reason(l, why))).collect();
    let (kind_wrong, reason_wrong) = (FieldError::of(errors, "kind"), FieldError::of(errors, "reason"));
    let chosen = if reason_wrong.is_some() { "denied" } else { "" };
    view! {
        <section class="section-rule stack">
            <h2>{t::other_title(l)}</h2>
            <Form action=action(MARK)>
                {hidden}
                <RadioGroup name="kind" legend=t::other_legend(l) options=options value=chosen
                    error=kind_wrong/>
                <RadioGroup name="reason" legend=t::reason_legend(l) hint=t::reason_hint(l) options=reasons
                    error=reason_wrong/>
                <Actions><Button text=t::other_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </section>
    }
    .into_any()
}

fn undo(l: Locale, gate: &GateVisit) -> AnyView {
    let (public, seen) = (gate.visit.row.public.to_string(), gate.marks.len().to_string());
    view! {
        <section class="section-rule stack">
            <p>{t::undo_text(l)}</p>
            <Form action=action(UNDO)>
                <HiddenInput name="public" value=public/>
                <HiddenInput name="seen" value=seen/>
                <Actions><Button text=t::undo(l) kind=ButtonKind::Quiet/></Actions>
            </Form>
        </section>
    }
    .into_any()
}
