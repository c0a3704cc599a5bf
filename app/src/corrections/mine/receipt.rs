//! The receipt: that it has come in, its reference, and by when it is answered.

use backend::{Result, corrections::Correction};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::parts::{named, own};
use crate::{
    corrections::words,
    i18n::{corrections as t, dates},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Actions, LinkButton, PageGrid, PrintButton, Receipt},
};

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let public = named();
    page("corrections", move |here| receipt(here, public))
}

async fn receipt(here: Here, public: String) -> Result<AnyView> {
    let Some(correction) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(here.locale(), &correction))
}

/// The last day on which it is in time.
pub(super) fn last_day(l: Locale, due: Instant) -> String {
    dates::long_date(l, Instant(due.micros() - 1).date())
}

fn whole(l: Locale, correction: &Correction) -> AnyView {
    let mut facts = vec![
        (t::receipt_reference(l), correction.reference.to_string()),
        (t::receipt_sent(l), dates::date_time_with_year(l, correction.sent_at)),
        (t::wish_label(l), words::wish(l, correction.wish)),
        (t::about_label(l), words::about(l, correction.about)),
    ];
    facts.extend(correction.due_at.map(|due| (t::receipt_due(l), last_day(l, due))));
    let show = routes::my_correction(&correction.public);
    view! {
        <PageGrid>
            <Receipt title=t::receipt_title(l) lead=t::receipt_lead(l) facts=facts>
                <h2>{t::next_title(l)}</h2>
                <p>{t::next_text(l)}</p>
                <Actions>
                    <LinkButton href=show text=t::receipt_show(l)/>
                    <PrintButton text=t::print(l)/>
                </Actions>
            </Receipt>
        </PageGrid>
    }
    .into_any()
}
