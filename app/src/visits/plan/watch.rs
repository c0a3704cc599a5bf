//! From how many touched visits on somebody else has to approve a change.

use backend::Result;
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, Desk, form_head},
    show::Plan,
};
use crate::{
    i18n::visits_plan as t,
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Field, Form, HiddenInput, Kind, Link, LinkButton, Notice,
        NoticeKind, PageGrid, Width,
    },
};

#[component]
pub fn WatchPage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    let Some(plan) = desk.to_change().await? else { return Ok(None) };
    let opened = || Fields::new([("at_least", plan.watch.to_string())]);
    let fields = desk.tried(forms::WATCH).await?.unwrap_or_else(opened);
    Ok(Some(question(&desk, &plan, fields)))
}

fn question(desk: &Desk, plan: &Plan, fields: Fields) -> AnyView {
    let l = desk.l;
    let back = routes::staff_visiting_of(&plan.unit_slug);
    let way_back = Link::new(back.clone(), t::title(l, &plan.unit_name));
    let head = form_head(l, t::watch_title(l), t::watch_lead(l), way_back, &fields);
    let stale = fields.is_stale().then(|| {
        let text = t::stale_times_text(l);
        view! { <Notice kind=NoticeKind::Error title=t::stale_watch_title(l)><p>{text}</p></Notice> }
    });
    let aside =
        view! { <AsideBlock title=t::watch_aside_title(l)><p>{t::watch_aside_text(l)}</p></AsideBlock> };
    let (unit, seen) = (plan.unit_slug.clone(), forms::still_seen(&fields, plan.watch.to_string()));
    view! {
        <PageGrid aside=aside.into_any()>
            {head}
            {stale}
            <Form action=forms::action(forms::WATCH)>
                <HiddenInput name="unit" value=unit/>
                <HiddenInput name="seen" value=seen/>
                <Field name="at_least" label=t::watch_label(l) hint=t::watch_hint(l) value=fields.value("at_least")
                    error=fields.error(l, "at_least") kind=Kind::Number width=Width::Short/>
                <Field name="source" label=t::rules_label_source(l) hint=t::rules_hint_source(l)
                    value=fields.value("source") error=fields.error(l, "source")/>
                <Actions>
                    <Button text=t::go_on(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
