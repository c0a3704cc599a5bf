//! The receipt: that it has come in, its reference, and what happens next by when.

use backend::{Result, appeals::Appeal};
use leptos::prelude::*;

use super::{
    parts::{named, own},
    steps::steps,
};
use crate::{
    appeals::words,
    i18n::{appeals as both, appeals_mine as t, dates},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{Actions, AsideBlock, ButtonKind, LinkButton, PageGrid, PrintButton, Receipt},
};

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let public = named();
    page("appeals_mine", move |here| receipt(here, public))
}

async fn receipt(here: Here, public: String) -> Result<AnyView> {
    let Some(appeal) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(&here, &appeal))
}

fn whole(here: &Here, appeal: &Appeal) -> AnyView {
    let l = here.locale();
    let in_time = if appeal.late { t::receipt_late(l) } else { t::receipt_in_time(l) };
    let facts = vec![
        (t::receipt_reference(l), appeal.reference.to_string()),
        (t::receipt_sent(l), dates::date_time_with_year(l, appeal.sent_at)),
        (t::receipt_deadline(l), words::deadline(l, appeal.target.deadline)),
        (both::subject_label(l), words::subject(l, appeal.target.subject)),
    ];
    let aside = view! {
        <AsideBlock title=t::keep_title(l)><p>{t::keep_text(l)}</p></AsideBlock>
    };
    let (show, paper) = (routes::my_appeal(&appeal.public), routes::my_appeal_paper(&appeal.public));
    let steps = steps(l, appeal);
    view! {
        <PageGrid aside=aside.into_any()>
            <Receipt title=t::receipt_title(l) lead=in_time facts=facts>
                <h2>{t::next_title(l)}</h2>
                {steps}
                <p>{t::next_text(l)}</p>
                <Actions>
                    <LinkButton href=show text=t::receipt_show(l)/>
                    <LinkButton href=paper text=t::paper_link(l) kind=ButtonKind::Secondary/>
                    <PrintButton text=t::print(l)/>
                </Actions>
            </Receipt>
        </PageGrid>
    }
    .into_any()
}
