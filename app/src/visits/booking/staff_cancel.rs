//! Cancelling for the unit: one question, why. Each reason stands with the words that the visitor gets.

use backend::{
    Result,
    visits::booking::{self, StaffVisit},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{Booking, CancelRefusal, StaffReason, may_cancel},
};
use leptos::prelude::*;

use super::{
    api::{self, STAFF_CANCEL, STAFF_RUNG},
    door, settle,
    staff::{self, Desk, day_path},
    words,
};
use crate::{
    i18n::{dates, visits_booking as t},
    request,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link, LinkButton,
        Notice, NoticeKind, PageGrid, PageHead, RadioGroup,
    },
};

const REASON: &str = "reason";

#[component]
pub fn StaffCancelPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    staff::page(move |desk| ask(desk, public))
}

async fn ask(desk: Desk, public: String) -> Result<Option<AnyView>> {
    let Some(public) = Public::<Booking>::parse(&public).filter(|_| may_cancel(&desk.who.roles)) else {
        return Ok(None);
    };
    let Some(visit) = booking::staff_visit(&desk.ctx, &desk.who, &public).await? else { return Ok(None) };
    if visit.to_ring && desk.page.query("done").is_some() {
        return Ok(Some(to_be_rung(&desk, &visit)));
    }
    if visit.row.cancelled.is_some() {
        // The day tells whose it was, who was first, and why.
        let day = day_path(&visit.unit_slug, visit.date);
        request::redirect(&format!("{day}&done=already&booking={public}"));
        return Ok(Some(().into_any()));
    }
    Ok(Some(question(&desk, &visit)))
}

/// It is cancelled, and she may not know: somebody has to say so to her.
fn to_be_rung(desk: &Desk, visit: &StaffVisit) -> AnyView {
    let l = desk.locale();
    let back = day_path(&visit.unit_slug, visit.date);
    let (day, ring) =
        (dates::capital(&dates::long_date(l, visit.date)), t::staff_cancel_ring(l, phone(visit)));
    let why = if visit.reachable { t::staff_cancel_unread(l) } else { t::staff_cancel_unreached(l) };
    let lead = lead(l, visit);
    let (note, public) = (visit.row.reference.to_string(), visit.row.public.to_string());
    view! {
        <PageGrid>
            <PageHead title=t::cancelled_title(l) lead=lead back=Link::new(back.clone(), &day) note=note/>
            <Notice kind=NoticeKind::Now title=ring><p>{why}</p></Notice>
            <Form action=STAFF_RUNG>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::staff_cancel_rung(l)/>
                    <LinkButton href=back text=t::staff_cancel_later(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// Before it is cancelled: no letter will tell her.
fn unreached(l: Locale, visit: &StaffVisit) -> Option<AnyView> {
    (!visit.reachable).then(|| {
        let ring = t::staff_cancel_ring(l, phone(visit));
        view! {
            <Notice kind=NoticeKind::Warn title=ring>
                <p>{t::staff_cancel_unreached(l)}</p>
            </Notice>
        }
        .into_any()
    })
}

fn phone(visit: &StaffVisit) -> String {
    visit.phone.as_ref().map_or_else(|| "–".to_owned(), |phone| phone.as_str().to_owned())
}

/// Who was to visit whom, and when.
fn lead(l: Locale, visit: &StaffVisit) -> String {
    let guests: Vec<&str> = visit.row.guests.iter().map(|g| g.name.as_str()).collect();
    let (day, clock) = (dates::long_date(l, visit.date), dates::clock(l, visit.start));
    t::staff_cancel_lead(l, guests.join(", "), &visit.row.inmate_name, day, clock)
}

fn question(desk: &Desk, visit: &StaffVisit) -> AnyView {
    let (l, row) = (desk.locale(), &visit.row);
    let back = day_path(&visit.unit_slug, visit.date);
    let (errors, refused) = wrong(desk);
    let (day, lead) = (dates::long_date(l, visit.date), lead(l, visit));
    let error = FieldError::of(&errors, REASON);
    let unreached = unreached(l, visit);
    let hint = visit.reachable.then(|| t::staff_cancel_hint(l));
    let (public, version) = (row.public.to_string(), row.version.to_string());
    let settle = settle::settle(desk, visit, &errors);
    let booker = door::booker(l, row).map(|text| view! { <p>{text}</p> });
    let (note, tab) = (row.reference.to_string(), words::tab(l, &errors, &t::staff_cancel_title(l)));
    view! {
        <PageGrid>
            <ErrorSummary title=t::refused_who(l) errors=errors/>
            <PageHead title=t::staff_cancel_title(l) tab=tab lead=lead
                back=Link::new(back.clone(), dates::capital(&day)) note=note/>
            {booker}
            {refused}
            {settle}
            {unreached}
            <Form action=STAFF_CANCEL>
                <HiddenInput name="public" value=public/>
                <HiddenInput name="version" value=version/>
                <RadioGroup name=REASON legend=t::staff_cancel_legend(l) hint=hint
                    options=reasons(l) error=error/>
                <Actions>
                    <Button text=t::visit_cancel(l)/>
                    <LinkButton href=back text=t::staff_cancel_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn reasons(l: Locale) -> Vec<Choice> {
    let choice = |reason: StaffReason| {
        Choice::new(reason.code(), words::reason(l, reason)).hint(words::told_reason(l, reason))
    };
    StaffReason::of_cancelling().map(choice).collect()
}

fn wrong(desk: &Desk) -> (Vec<FieldError>, Option<AnyView>) {
    let (l, code) = (desk.locale(), desk.page.query("refused"));
    if code.as_deref() == Some("settle") {
        return (vec![FieldError::new(settle::WHY, t::settle_choose(l))], None);
    }
    if code.as_deref() == Some("choose") {
        return (vec![FieldError::new(REASON, t::staff_cancel_choose(l))], None);
    }
    let notice = api::refused(code).map(|refusal| {
        let text = match refusal {
            CancelRefusal::TooLate => t::staff_cancel_late(l),
            CancelRefusal::Already => t::cancel_already(l),
            CancelRefusal::Stale => t::cancel_stale(l),
        };
        view! { <Notice kind=NoticeKind::Error title=text/> }.into_any()
    });
    (vec![], notice)
}
