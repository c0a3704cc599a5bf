//! When he is elsewhere: what lies ahead with the visits in its way, a new one, and one called off.

use backend::{
    custody::inmates::Inmate,
    visits::{
        appointments::{self, Appointment, AppointmentKey, Opened},
        clearance::LookReason,
    },
};
use domain::{
    appeals::FieldError as Fault,
    kernel::{Instant, Locale, Public},
    visits::{
        booking::engaged::{AppointmentForm, AppointmentKind, AppointmentMark},
        clearance::forms::FieldError,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{self, Desk, hidden, parsed, reader};
use crate::{
    appeals::fields::Fields,
    error::WireError,
    forms::Row,
    i18n::{common, dates, inmates as t},
    identity::here::failed,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Choice, DateEntry, DateLabels, DateValue, ErrorSummary, Field, Form,
        HiddenInput, Link, Notice, NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
        Width,
    },
    visits::plan::date_words,
};

/// Where the forms are sent, which is also the name they are kept under.
const SET: &str = "staff/inmates/appointments/set";
const OFF: &str = "staff/inmates/appointments/off";

/// The names that an appointment is typed under.
const NAMES: [&str; 11] = [
    "inmate",
    "key",
    "kind",
    "date_day",
    "date_month",
    "date_year",
    "start",
    "last_day",
    "last_month",
    "last_year",
    "end",
];

/// The names each form sends.
pub const FORMS: &[Row] = &[(SET, &NAMES), (OFF, &["inmate", "appointment"])];

#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let opened = appointments::open(&desk.ctx, &desk.who, &public, LookReason::HandleCase).await?;
        let Some(opened) = opened else { return Ok(None) };
        let fields = desk.tried(SET).await?;
        Ok(Some(shown(&desk, &public, opened, &fields)))
    })
}

fn shown(desk: &Desk, public: &Public<Inmate>, opened: Opened, fields: &Fields) -> AnyView {
    let l = desk.l;
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::engaged_title(l)));
    let back =
        Link::new(routes::staff_inmate_for(public, LookReason::HandleCase.code(), None), opened.name.clone());
    let done = match desk.page.query("done").as_deref() {
        Some("set") => Some(t::engaged_done_set(l)),
        Some("off") => Some(t::engaged_done_off(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let listed = match opened.appointments.is_empty() {
        true => view! { <p>{t::engaged_none(l)}</p> }.into_any(),
        false => {
            opened.appointments.iter().map(|one| listed(l, public, &opened, one)).collect_view().into_any()
        }
    };
    let form = form(desk, public, fields);
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageGrid>
            <PageHead title=t::engaged_title(l) tab=tab lead=t::engaged_lead(l) back=back/>
            {done}
            {listed}
            <h2>{t::engaged_add(l)}</h2>
            {form}
        </PageGrid>
    }
    .into_any()
}

fn listed(l: Locale, public: &Public<Inmate>, opened: &Opened, one: &Appointment) -> AnyView {
    let when = span(l, one.from, one.until);
    let mut rows = vec![
        SummaryRow::new(t::engaged_kind(l), kind(l, one.kind)),
        SummaryRow::new(t::engaged_when(l), dates::capital(&when)),
    ];
    if one.public.is_none() {
        rows.push(SummaryRow::new(t::engaged_source(l), t::engaged_by_feed(l)));
    }
    let off = one.public.as_ref().map(|appointment| {
        let (inmate, appointment) = (public.to_string(), appointment.to_string());
        view! {
            <Form action=format!("/api/{OFF}")>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="appointment" value=appointment/>
                <Actions><Button text=t::engaged_off(l, &when) kind=ButtonKind::Secondary/></Actions>
            </Form>
        }
    });
    let met = met(l, opened, one);
    view! { <SummaryList rows=rows/>{met}{off} }.into_any()
}

/// The booked visits in its way: each day is one step away.
fn met(l: Locale, opened: &Opened, one: &Appointment) -> Option<AnyView> {
    let days = one.visits.iter().map(|on| {
        let href = routes::staff_day(&opened.unit_slug, &on.iso());
        view! { <li><a href=href>{t::engaged_visit(l, dates::long_date(l, *on))}</a></li> }
    });
    (!one.visits.is_empty()).then(|| {
        let (title, days) = (t::engaged_met(l), days.collect_view());
        view! { <Notice kind=NoticeKind::Warn title=title><ul>{days}</ul></Notice> }.into_any()
    })
}

/// A day in one line; several days, or until further notice, from and to.
fn span(l: Locale, from: Instant, until: Option<Instant>) -> String {
    let begins = dates::date_time_with_year(l, from);
    match until {
        None => t::engaged_open(l, begins),
        Some(until) if until.date() == from.date() => {
            let hours = dates::clock_range(l, from.clock(), until.clock());
            t::engaged_one_day(l, dates::with_year(l, from.date()), hours)
        }
        Some(until) => t::engaged_days(l, begins, dates::date_time_with_year(l, until)),
    }
}

fn form(desk: &Desk, public: &Public<Inmate>, fields: &Fields) -> AnyView {
    let l = desk.l;
    let kinds = AppointmentKind::ALL.map(|one| Choice::new(one.code(), kind(l, one))).to_vec();
    let typed = fields.value("key");
    let key = if typed.is_empty() { desk.ctx.chance.public::<AppointmentKey>().to_string() } else { typed };
    let date = |name: &str| {
        let [day, month, year] = ["day", "month", "year"].map(|part| fields.value(&format!("{name}_{part}")));
        DateValue { day, month, year }
    };
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (first, last, inmate) = (date("date"), date("last"), public.to_string());
    let [what, start, end] = ["kind", "start", "end"].map(|name| fields.value(name));
    let [bad_kind, bad_date, bad_start, bad_last, bad_end] =
        ["kind", "date", "start", "last", "end"].map(|name| fields.error(l, wrong, name));
    view! {
        <Form action=format!("/api/{SET}")>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="key" value=key/>
            <RadioGroup name="kind" legend=t::engaged_kind(l) options=kinds value=what error=bad_kind/>
            <DateEntry name="date" legend=t::engaged_first(l) labels=labels.clone() value=first error=bad_date/>
            <Field name="start" label=t::engaged_start(l) hint=t::engaged_clock(l) value=start error=bad_start
                width=Width::Short/>
            <DateEntry name="last" legend=t::engaged_last(l) hint=t::engaged_last_hint(l) labels=labels value=last
                error=bad_last/>
            <Field name="end" label=t::engaged_end(l) hint=t::engaged_clock(l) value=end error=bad_end
                width=Width::Short/>
            <Actions><Button text=t::engaged_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn kind(l: Locale, kind: AppointmentKind) -> String {
    match kind {
        AppointmentKind::Court => t::engaged_court(l),
        AppointmentKind::Health => t::engaged_health(l),
        AppointmentKind::Leave => t::engaged_leave(l),
        AppointmentKind::Other => t::engaged_other(l),
    }
}

fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("kind", _) => t::engaged_wrong_kind(l),
        (_, "clock" | "clock_empty") => t::engaged_wrong_clock(l),
        (_, "end_before_start") => t::engaged_wrong_end(l),
        (_, "over") => t::engaged_wrong_over(l),
        (_, "to_before_from") => t::engaged_wrong_last(l),
        (_, "date_early") => t::engaged_wrong_early(l),
        (_, code) => date_words(l, code),
    }
}

type Done = Result<(), WireError>;

#[server(endpoint = "staff/inmates/appointments/set")]
pub async fn set_appointment(#[server(flatten)] form: AppointmentForm) -> Done {
    let desk = reader()?;
    let (inmate, key): (Public<Inmate>, Public<AppointmentKey>) = (parsed(&form.inmate)?, parsed(&form.key)?);
    let page = routes::staff_inmate_appointments(&inmate);
    match form.parse(desk.page.now) {
        Ok(appointment) => {
            let done = appointments::set(&desk.ctx, &desk.who, (&inmate, &key), appointment).await;
            done.map_err(failed)?.ok_or_else(hidden)?;
            request::redirect(&format!("{page}?done=set"));
            Ok(())
        }
        Err(faults) => {
            let fault = |one: &FieldError| Fault { field: one.field, code: one.code };
            let faults: Vec<Fault> = faults.iter().map(fault).collect();
            desk.keep(SET, &page, &typed(form).with(&faults)).await
        }
    }
}

fn typed(form: AppointmentForm) -> Fields {
    let AppointmentForm {
        inmate: _,
        key,
        kind,
        date_day,
        date_month,
        date_year,
        start,
        last_day,
        last_month,
        last_year,
        end,
    } = form;
    let values = [key, kind, date_day, date_month, date_year, start, last_day, last_month, last_year, end];
    Fields::new(NAMES.into_iter().skip(1).zip(values))
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OffPost {
    inmate: String,
    appointment: String,
}

#[server(endpoint = "staff/inmates/appointments/off")]
pub async fn call_off_appointment(#[server(flatten)] form: OffPost) -> Done {
    let desk = reader()?;
    let (inmate, appointment): (Public<Inmate>, Public<AppointmentMark>) =
        (parsed(&form.inmate)?, parsed(&form.appointment)?);
    let off = appointments::call_off(&desk.ctx, &desk.who, &inmate, &appointment).await.map_err(failed)?;
    off.ok_or_else(hidden)?;
    request::redirect(&format!("{}?done=off", routes::staff_inmate_appointments(&inmate)));
    Ok(())
}
