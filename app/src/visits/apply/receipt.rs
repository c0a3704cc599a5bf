//! The receipt: what was sent, when, its reference, and what happens next. It says nothing about the inmate but
//! the name that was typed.

use backend::{
    Result,
    identity::contacts,
    visits::clearance::{self, Application, Tracked},
};
use domain::kernel::Public;
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_apply as t},
    public::NotFound,
    request, routes,
    ui::{Actions, AsideBlock, LinkButton, PageGrid, PrintButton, Receipt, TrackStep, Tracker},
    visits::{Here, page},
};

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_apply", move |here| receipt(here, Public::parse(&public)))
}

async fn receipt(here: Here, public: Option<Public<Application>>) -> Result<AnyView> {
    let sent = match public {
        Some(public) => clearance::tracked(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    let Some(sent) = sent else { return Ok(view! { <NotFound/> }.into_any()) };
    let email = contacts::load(&here.ctx, &here.who.person).await?.email;
    Ok(whole(&here, &sent, email))
}

fn whole(here: &Here, sent: &Tracked, email: Option<contacts::Email>) -> AnyView {
    let l = here.locale();
    let facts = vec![
        (t::receipt_reference(l), sent.reference.to_string()),
        (t::receipt_sent(l), dates::date_time_with_year(l, sent.submitted_at)),
    ];
    let aside = view! {
        <AsideBlock title=t::receipt_keep_title(l)><p>{t::receipt_keep_text(l)}</p></AsideBlock>
        <AsideBlock title=t::receipt_sorry_title(l)><p>{t::receipt_sorry_text(l)}</p></AsideBlock>
    };
    let lead = t::receipt_lead(l, &sent.inmate_name);
    let (case, mail, next) = (routes::clearance(&sent.public), mail(here, email), next(here, sent));
    view! {
        <PageGrid aside=aside.into_any()>
            <Receipt title=t::receipt_title(l) lead=lead facts=facts>
                {mail}
                <Actions>
                    <LinkButton href=case text=t::receipt_follow(l)/>
                    <PrintButton text=t::receipt_print(l)/>
                </Actions>
            </Receipt>
            <h2>{t::receipt_next_title(l)}</h2>
            {next}
        </PageGrid>
    }
    .into_any()
}

/// Where the receipt goes by mail: nowhere before the address is confirmed.
fn mail(here: &Here, email: Option<contacts::Email>) -> Option<AnyView> {
    let l = here.locale();
    let email = email?;
    let masked = email.address.masked();
    Some(if email.confirmed {
        view! { <p>{t::receipt_mailed(l, masked)}</p> }.into_any()
    } else {
        view! {
            <p>
                {t::receipt_unconfirmed(l, masked)}" "
                <a href=routes::MY_CODE>{t::receipt_confirm(l)}</a>
            </p>
        }
        .into_any()
    })
}

fn next(here: &Here, sent: &Tracked) -> AnyView {
    let l = here.locale();
    let by = dates::day_month(l, sent.answer_by);
    let steps = vec![
        TrackStep::done(t::receipt_next_received(l)).text(t::receipt_next_received_text(l)),
        TrackStep::ahead(t::receipt_next_consent(l)).text(t::receipt_next_consent_text(l)),
        TrackStep::ahead(t::receipt_next_police(l)).text(t::receipt_next_police_text(l)),
        TrackStep::ahead(t::receipt_next_decision(l)).text(t::receipt_next_decision_text(l, by)),
    ];
    view! { <Tracker label=t::receipt_next_title(l) steps=steps/> }.into_any()
}
