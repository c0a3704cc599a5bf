//! Whose the case is to be, and why.

use backend::notices::{
    Party,
    assigning::{self, AssignView},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, Desk, action},
};
use crate::{
    i18n::{common, notices_desk as t},
    routes,
    ui::{
        Actions, Button, Choice, ErrorSummary, Form, HiddenInput, Link, PageGrid, PageHead, Select, TextArea,
    },
};

#[component]
pub fn AssignPage() -> impl IntoView {
    let id = parts::named::<Party>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(case) = assigning::assignment(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let fields = desk.tried_of(forms::ASSIGN, &id).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &case, &fields)))
    })
}

fn shown(desk: &Desk, case: &AssignView, fields: &Fields) -> AnyView {
    let l = desk.l;
    let tab = fields.tab(l, t::assign_title(l));
    let id = case.public.to_string();
    let (options, value, reason) = (choices(l, case), fields.value("to"), fields.value("reason"));
    let (wrong_to, wrong_reason) = (fields.error(l, "to"), fields.error(l, "reason"));
    let back = Link::new(routes::staff_party(&case.public), t::party_tab(l));
    let lead = if case.mine { t::assign_lead_mine(l) } else { t::assign_lead_nobodys(l) };
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageGrid>
            <PageHead title=t::assign_title(l) tab=tab lead=lead back=back/>
            <Form action=action(forms::ASSIGN)>
                <HiddenInput name="id" value=id/>
                <Select name="to" label=t::assign_to(l) options=options value=value
                    placeholder=t::assign_choose(l) error=wrong_to/>
                <TextArea name="reason" label=t::assign_reason(l) hint=t::assign_reason_hint(l) rows=3
                    value=reason error=wrong_reason/>
                <Actions><Button text=t::assign_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// Herself first if nobody has it; the colleagues by name; and back to the unit.
fn choices(l: Locale, case: &AssignView) -> Vec<Choice> {
    let me = (!case.mine).then(|| Choice::new("me", t::assign_me(l)));
    let nobody = case.mine.then(|| Choice::new("nobody", t::assign_nobody(l)));
    let others = case.colleagues.iter().map(|one| Choice::new(&one.public_id, &one.name));
    me.into_iter().chain(others).chain(nobody).collect()
}
