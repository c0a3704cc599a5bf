//! What one of the two has told about the other, the oldest first, until somebody has looked into it. The other learns nothing.

use backend::messages::exchange::{Report, reports};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, action},
    words,
};
use crate::{
    i18n::messages_control as t,
    routes,
    ui::{Actions, Button, ButtonKind, EmptyState, Form, HiddenInput, Link, PageHead},
};

#[component]
pub fn ReportsPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_control() {
            return Ok(None);
        }
        let l = desk.l;
        let told = desk.tried(forms::SETTLE).await?.unwrap_or_default();
        let reports = reports(&desk.ctx, &desk.who).await?;
        let back = Link::new(routes::STAFF_LETTERS, t::queue_title(l));
        let view = view! {
            <div class="stack">
                {words::done(l, &told)}
                <PageHead title=t::reports_title(l) lead=t::reports_lead(l) back=back/>
                {list(l, &reports)}
            </div>
        };
        Ok(Some(view.into_any()))
    })
}

fn list(l: Locale, reports: &[Report]) -> AnyView {
    if reports.is_empty() {
        return view! { <EmptyState title=t::reports_empty(l) text=t::reports_empty_text(l) link=None/> }
            .into_any();
    }
    reports.iter().map(|report| one(l, report)).collect_view().into_any()
}

fn one(l: Locale, report: &Report) -> AnyView {
    let (by, of) = match report.from_relative {
        true => (&report.relative, &report.inmate),
        false => (&report.inmate, &report.relative),
    };
    let (title, text) = (t::reports_about(l, by, of), report.words.clone());
    let orders = routes::staff_orders_of(&report.exchange);
    let (id, about) = (report.public.to_string(), title.clone());
    view! {
        <section class="section-rule stack">
            <h2>{title.clone()}</h2>
            <p class="small muted">{words::at(l, report.made_at)}</p>
            <p class="officer-text" dir="auto">{text}</p>
            <p><a href=orders>{t::reports_orders(l)}<span class="visually-hidden">" "{title.clone()}</span></a></p>
            <Form action=action(forms::SETTLE)>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::reports_settle(l) kind=ButtonKind::Secondary about=about/></Actions>
            </Form>
        </section>
    }
    .into_any()
}
