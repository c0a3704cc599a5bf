//! One request: what is asked, by when, what she said, what came; that it came on paper, and taking it back.

use backend::documents::{self, Asked};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    forms::{PAPER, RECALL},
    one::case_link,
    parts::{self, Desk, action, date_value},
};
use crate::{
    documents::{fields::Fields, words},
    i18n::{common, dates, documents_desk as t},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Details, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind,
        PageHead, Panel, SummaryList, SummaryRow, Tag, TextArea,
    },
};

#[component]
pub fn RequestPage() -> impl IntoView {
    let id = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(asked) = documents::asked_by_staff(&desk.ctx, &desk.who, &id).await? else {
            return Ok(None);
        };
        let mut fields = desk.tried(PAPER, id.as_str()).await?;
        if !fields.is_wrong() {
            fields = desk.tried(RECALL, id.as_str()).await?;
        }
        Ok(Some(shown(&desk, &asked, &fields)))
    })
}

fn shown(desk: &Desk, asked: &Asked, fields: &Fields) -> AnyView {
    let l = desk.l;
    let title = t::request_title(l, asked.reference.to_string());
    let tab = fields.tab(l, title.clone());
    let moved = fields.error(l, "form");
    let moved = moved.map(|text| view! { <Notice kind=NoticeKind::Error title=text/> });
    let work = asked.state.is_missing().then(|| work(desk, asked, fields));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        {moved}
        <PageHead title=title tab=tab note=asked.names.name(l)
            back=Link::new(routes::staff_documents("waiting"), t::list_title(l))/>
        <div class="case">
            <div class="case-main">
                <h2>{t::one_facts(l)}</h2>
                <SummaryList rows=facts(desk, asked)/>
            </div>
            <div class="case-side">{work}</div>
        </div>
    }
    .into_any()
}

fn facts(desk: &Desk, asked: &Asked) -> Vec<SummaryRow> {
    let (l, today) = (desk.l, desk.today());
    let (state, kind) = words::request(l, asked, today);
    let mut rows = vec![
        SummaryRow::new(t::col_asked(l), &asked.person),
        SummaryRow::new(t::col_unit(l), &asked.unit_name),
    ];
    rows.extend(asked.about.as_ref().map(|about| SummaryRow::view(t::col_case(l), case_link(l, about))));
    rows.push(SummaryRow::view(t::col_state(l), view! { <Tag text=state kind=kind/> }));
    rows.push(SummaryRow::new(t::col_due(l), words::due(l, asked.due, today)));
    rows.push(SummaryRow::new(t::reason_label(l), &asked.reason));
    rows.push(SummaryRow::new(t::asked_on(l), dates::plain(l, asked.asked_at.date())));
    rows.extend(asked.said.as_ref().map(|said| SummaryRow::new(t::she_says(l), words::said(l, said))));
    rows.extend(asked.paper.as_ref().map(|(on, note)| {
        let on = dates::plain(l, *on);
        let text = note.as_ref().map_or_else(|| on.clone(), |note| format!("{on}\n{note}"));
        SummaryRow::new(t::came_on_paper(l), text)
    }));
    rows.extend(asked.document.as_ref().map(|document| {
        let link = view! { <a href=routes::staff_document(document)>{t::see_document(l)}</a> };
        SummaryRow::view(t::came(l), link)
    }));
    rows
}

fn work(desk: &Desk, asked: &Asked, fields: &Fields) -> AnyView {
    let l: Locale = desk.l;
    let (id, version) = (asked.public.to_string(), asked.version.to_string());
    let (again, same) = (id.clone(), version.clone());
    let (note, wrong) = (fields.value("note"), fields.error(l, "note"));
    let on = fields.date(l, "on", t::paper_on(l), t::paper_hint(l), date_value(desk.today()));
    view! {
        <Panel plain=true>
            <h2>{t::paper_title(l)}</h2>
            <Form action=action(PAPER)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                {on}
                <TextArea name="note" label=t::paper_note(l) hint=t::paper_note_hint(l) rows=2
                    optional=t::optional(l) value=note error=wrong/>
                <Actions><Button text=t::paper_button(l)/></Actions>
            </Form>
        </Panel>
        <Details summary=t::recall_title(l)>
            <p>{t::recall_text(l)}</p>
            <Form action=action(RECALL)>
                <HiddenInput name="id" value=again/>
                <HiddenInput name="version" value=same/>
                <Actions><Button text=t::recall_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}
