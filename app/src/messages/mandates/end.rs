//! The question before a mandate is ended: from then on the two are strangers to each other here.

use backend::identity::mandates::{self, MandateRow, One};
use leptos::prelude::*;

use super::{
    api::END,
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::messages_mandates as t,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead, SummaryList,
        SummaryRow,
    },
};

#[component]
pub fn EndPage() -> impl IntoView {
    let id = parts::named::<MandateRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(one) = mandates::one(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        if one.mandate.mandate.ended {
            request::redirect(&routes::staff_mandates_of(&one.inmate.public));
            return Ok(Some(().into_any()));
        }
        Ok(Some(shown(&desk, &one)))
    })
}

fn shown(desk: &Desk, one: &One) -> AnyView {
    let (l, mandate) = (desk.l, &one.mandate);
    let path = routes::staff_mandates_of(&one.inmate.public);
    let back = Link::new(path.clone(), t::inmate_title(l, &one.inmate.name));
    let rows = vec![
        SummaryRow::new(t::column_who(l), &mandate.name),
        SummaryRow::new(t::kind_label(l), words::kind(l, mandate.kind)),
        SummaryRow::new(t::column_days(l), words::days(l, &mandate.mandate)),
        SummaryRow::new(t::end_for(l), &one.inmate.name),
    ];
    let id = mandate.public.to_string();
    view! {
        <PageGrid>
            <PageHead title=t::end_title(l) lead=t::end_text(l) back=back/>
            <SummaryList rows=rows/>
            <Form action=format!("/api/{END}")>
                <HiddenInput name="id" value=id/>
                <Actions>
                    <Button text=t::end_yes(l)/>
                    <LinkButton href=path text=t::end_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
