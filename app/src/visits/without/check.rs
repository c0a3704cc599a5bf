//! All of it once more before it is handed in; and the receipt ([E] § 6), with the reference by which it is followed.

use backend::{Result, visits::assisted::handin};
use domain::{
    kernel::Locale,
    visits::handin::{Purpose, Written},
};
use leptos::prelude::*;

use super::{
    api::SEND,
    parts::{Guest, ended, led, shown},
    start::notice,
    words,
};
use crate::{
    i18n::{dates, visits_without as t},
    public::queries,
    routes,
    ui::{
        Actions, AsideBlock, Button, Form, Link, LinkButton, PageGrid, PageHead, PrintButton, Receipt,
        SummaryList, SummaryRow,
    },
};

#[component]
pub fn CheckPage() -> impl IntoView {
    shown(|guest| async move { check(guest).await })
}

async fn check(guest: Guest) -> Result<AnyView> {
    let l = guest.l();
    let session = match guest.session(Purpose::Write).await? {
        None => return Ok(led(&ended(routes::WITHOUT_EID))),
        Some(session) if session.is_done() => return Ok(led(routes::WITHOUT_EID_RECEIPT)),
        Some(session) => session,
    };
    let Ok(written) = session.form().parse(guest.page.now.date()) else {
        return Ok(led(routes::WITHOUT_EID_FORM));
    };
    let units = queries::units(Some(guest.ctx.clone())).await?;
    let unit = units.into_iter().find(|unit| unit.slug == written.unit).map(|unit| unit.name);
    let (rows, told) = (rows(l, &written, unit), notice(&guest.page, true));
    Ok(view! {
        <PageGrid>
            <PageHead title=t::check_title(l) lead=t::check_lead(l)
                back=Link::new(routes::WITHOUT_EID_FORM, t::check_back(l))/>
            {told}
            <SummaryList rows=rows/>
            <p>{t::check_identity(l)}</p>
            <Form action=format!("/api/{SEND}")><Actions><Button text=t::send(l)/></Actions></Form>
        </PageGrid>
    }
    .into_any())
}

fn rows(l: Locale, written: &Written, unit: Option<String>) -> Vec<SummaryRow> {
    let day = |date| dates::plain(l, date);
    let none = || t::check_none(l);
    let phone = written.phone.as_ref().map(|phone| phone.as_str().to_owned());
    let email = written.email.as_ref().map(|email| email.as_str().to_owned());
    vec![
        SummaryRow::new(t::name(l), &written.name),
        SummaryRow::new(t::birth(l), day(written.born)),
        SummaryRow::new(t::country(l), written.country.clone().unwrap_or_else(none)),
        SummaryRow::new(t::address(l), &written.address),
        SummaryRow::new(t::email(l), email.unwrap_or_else(none)),
        SummaryRow::new(t::phone(l), phone.unwrap_or_else(none)),
        SummaryRow::new(t::whom(l), &written.whom),
        SummaryRow::new(t::whom_birth(l), written.whom_born.map_or_else(none, day)),
        SummaryRow::new(t::unit(l), unit.unwrap_or_else(|| t::unit_unknown(l))),
        SummaryRow::new(t::relation(l), words::relation(l, written.relation)),
        SummaryRow::new(t::note(l), written.note.clone().unwrap_or_else(none)),
        SummaryRow::new(t::police_title(l), t::police_read(l)),
    ]
}

#[component]
pub fn ReceiptPage() -> impl IntoView {
    shown(|guest| async move { receipt(guest).await })
}

async fn receipt(guest: Guest) -> Result<AnyView> {
    let l = guest.l();
    let handed = match guest.session(Purpose::Write).await? {
        Some(session) => handin::tracked(&guest.ctx, &session).await?.map(|handed| (handed, session)),
        None => None,
    };
    let Some((handed, session)) = handed else { return Ok(led(&ended(routes::WITHOUT_EID))) };
    let facts = vec![
        (t::receipt_reference(l), handed.reference.to_string()),
        (t::receipt_at(l), dates::date_time_with_year(l, handed.handed_at)),
    ];
    let aside =
        view! { <AsideBlock title=t::receipt_keep_title(l)><p>{t::receipt_keep_text(l)}</p></AsideBlock> };
    let sent = t::receipt_sent(l, session.reached.masked());
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <Receipt title=t::receipt_title(l) lead=t::receipt_lead(l) facts=facts>
                <p>{sent}</p>
                <Actions>
                    <LinkButton href=routes::TRACK text=t::track_link(l)/>
                    <PrintButton text=t::print(l)/>
                </Actions>
            </Receipt>
            <h2>{t::next_title(l)}</h2>
            <ul>
                <li>{t::next_identity(l)}</li>
                <li>{t::next_registered(l)}</li>
                <li>{t::next_answer(l)}</li>
            </ul>
        </PageGrid>
    }
    .into_any())
}
