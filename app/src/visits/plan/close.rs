//! Closing a day for visits, with a reason that everybody reads.

use backend::Result;
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, DayField, Desk, form_head},
    show::Plan,
};
use crate::{
    i18n::visits_plan as t,
    routes,
    ui::{Actions, AsideBlock, Button, ButtonKind, Field, Form, HiddenInput, Link, LinkButton, PageGrid},
};

#[component]
pub fn ClosePage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    let Some(plan) = desk.to_change().await? else { return Ok(None) };
    let fields = desk.tried(forms::CLOSE).await?.unwrap_or_default();
    Ok(Some(question(&desk, &plan, fields)))
}

fn question(desk: &Desk, plan: &Plan, fields: Fields) -> AnyView {
    let l = desk.l;
    let back = routes::staff_visiting_of(&plan.unit_slug);
    let way_back = Link::new(back.clone(), t::title(l, &plan.unit_name));
    let head = form_head(l, t::closed_form_title(l), t::closed_form_lead(l), way_back, &fields);
    let aside =
        view! { <AsideBlock title=t::closed_aside_title(l)><p>{t::closed_aside_text(l)}</p></AsideBlock> };
    let (unit, reason, wrong) = (plan.unit_slug.clone(), fields.value("reason"), fields.error(l, "reason"));
    view! {
        <PageGrid aside=aside.into_any()>
            {head}
            <Form action=forms::action(forms::CLOSE)>
                <HiddenInput name="unit" value=unit/>
                <DayField l=l name="on" legend=t::closed_label_on(l) fields=fields/>
                <Field name="reason" label=t::closed_label_reason(l) hint=t::closed_hint_reason(l) value=reason
                    error=wrong/>
                <Actions>
                    <Button text=t::go_on(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
