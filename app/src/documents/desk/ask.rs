//! Asking for a document in a case: which, by when, and why.

use backend::documents::{self, CaseHead, KindView};
use leptos::prelude::*;

use super::{
    forms::ASK,
    parts::{self, Desk, action, date_value},
    work::wanted,
};
use crate::{
    documents::{fields::Fields, words},
    i18n::{common, documents_desk as t},
    request, routes,
    ui::{
        Actions, Button, Choice, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid,
        PageHead, RadioGroup, SummaryList, SummaryRow,
    },
};

/// What is proposed before a kind is chosen, in days.
const DAYS: i64 = 14;

#[component]
pub fn AskPage() -> impl IntoView {
    let case = request::param("public").unwrap_or_default();
    parts::page(|desk| async move {
        let Some(head) = documents::case_of_staff(&desk.ctx, &desk.who, &case).await? else {
            return Ok(None);
        };
        let kinds = documents::kinds(&desk.ctx).await?;
        let fields = desk.tried(ASK, &head.public).await?;
        Ok(Some(shown(&desk, &head, &kinds, &fields)))
    })
}

fn shown(desk: &Desk, head: &CaseHead, kinds: &[KindView], fields: &Fields) -> AnyView {
    let l = desk.l;
    let rows = vec![
        SummaryRow::new(t::col_case(l), words::case(l, &head.kind, &head.reference)),
        SummaryRow::new(t::col_asked(l), &head.person),
    ];
    let days = |view: &KindView| t::kind_days(l, view.kind.deadline_days);
    let choice = |view: &KindView| Choice::new(&view.kind.code, view.names.name(l)).hint(days(view));
    let options = kinds.iter().map(choice).collect();
    let moved = fields.error(l, "form");
    let errors = fields.summary(l);
    let moved = moved.map(|text| view! { <Notice kind=NoticeKind::Error title=text/> });
    let (id, tab) = (head.public.clone(), fields.tab(l, t::ask_tab(l, &head.reference)));
    let due = date_value(desk.today().plus_days(DAYS));
    let (kind, wrong) = (fields.value("kind"), fields.error(l, "kind"));
    let wanted = wanted(desk, fields, due);
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            {moved}
            <PageHead title=t::ask_title(l) tab=tab lead=t::ask_lead(l)
                back=Link::new(routes::STAFF_DOCUMENTS, t::list_title(l))/>
            <SummaryList rows=rows/>
            <Form action=action(ASK)>
                <HiddenInput name="id" value=id/>
                <RadioGroup name="kind" legend=t::ask_kind(l) options=options value=kind error=wrong/>
                {wanted}
                <Actions><Button text=t::ask_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
