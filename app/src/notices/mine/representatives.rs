//! Who represents her: until when, and what it rests on. She ends it herself, at once.

use backend::{
    Result,
    notices::representing::{self, Kind, Representing},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page},
    parts::{nothing_yet, whole},
    words,
};
use crate::{
    i18n::{dates, notices_mine as t},
    routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, SummaryList, SummaryRow},
};

#[component]
pub fn RepresentativesPage() -> impl IntoView {
    page(representatives)
}

async fn representatives(here: Here) -> Result<AnyView> {
    let l = here.l;
    if here.who.recipient.is_none() {
        return Ok(nothing_yet(l, t::representatives_title(l)));
    }
    let all = representing::own(&here.ctx, &here.who).await?;
    let lead = if all.is_empty() { t::representatives_none(l) } else { t::representatives_lead(l) };
    let body = view! {
        {all.into_iter().map(|one| representative(l, one)).collect_view()}
        <p class="small">
            {t::representatives_more(l)}" "<a href=routes::MESSAGE_WRITE>{t::ways_write(l)}</a>"."
        </p>
    };
    Ok(whole(l, t::representatives_title(l), Some(lead), vec![], body.into_any()))
}

fn representative(l: Locale, one: Representing) -> AnyView {
    let kind = match one.kind {
        Kind::Counsel => t::representative_counsel(l),
        Kind::Guardian => t::representative_guardian(l),
    };
    let days = t::representative_days(l, dates::with_year(l, one.from), dates::with_year(l, one.until));
    let rows = vec![
        SummaryRow::new(t::representative_is(l), kind),
        SummaryRow::new(t::representative_when(l), days),
        SummaryRow::new(t::representative_basis(l), &one.basis),
    ];
    let end = match one.ended_at {
        Some(at) => view! { <p>{t::representative_ended(l, words::when(l, at))}</p> }.into_any(),
        None => {
            let (public, about) = (one.public.to_string(), one.name.clone());
            view! {
                <Form action=api::action(api::END)>
                    <HiddenInput name="public" value=public/>
                    <Actions>
                        <Button text=t::representative_end(l) kind=ButtonKind::Secondary about=about/>
                    </Actions>
                </Form>
            }
            .into_any()
        }
    };
    view! { <h3>{one.name}</h3><SummaryList rows=rows/>{end} }.into_any()
}
