//! Whom an application of the intake is about: the officer searches and chooses. The case then goes to his unit.

use backend::visits::clearance::{self, Case, FoundInmate, LookReason, Stage};
use leptos::prelude::*;

use super::{
    case::{note, title},
    fields::{Fields, date_labels},
    forms::{self, FindForm},
    panel::seen,
    parts::{self, Desk, case_path},
};
use crate::{
    i18n::{common, dates, visits_desk as t},
    request,
    ui::{
        Actions, Button, ButtonKind, Choice, DateEntry, EmptyState, ErrorSummary, Field, Form, HiddenInput,
        Kind, Link, Notice, NoticeKind, PageGrid, PageHead, RadioGroup,
    },
};

#[component]
pub fn MatchPage() -> impl IntoView {
    let id = parts::case_id();
    parts::page(|desk| async move {
        let Some(id) = id.filter(|_| desk.is_officer()) else { return Ok(None) };
        let look = desk.reason().unwrap_or(LookReason::HandleCase);
        let Some(case) = clearance::case(&desk.ctx, &desk.who, &id, look).await? else {
            return Ok(None);
        };
        if case.inmate.is_some() || case.stage != Stage::Received {
            request::redirect(&case_path(&id, look));
            return Ok(Some(().into_any()));
        }
        let fields = desk.tried(forms::FIND).await?;
        let fields = fields.filter(|f| f.value("id") == id.as_str()).unwrap_or_default();
        let found = match FindForm::of(&fields).parse() {
            Ok((name, birth)) => Some(clearance::find_inmates(&desk.ctx, &desk.who, &name, birth).await?),
            Err(_) => None,
        };
        Ok(Some(shown(&desk, &case, &fields, found)))
    })
}

fn shown(desk: &Desk, case: &Case, fields: &Fields, found: Option<Vec<FoundInmate>>) -> AnyView {
    let l = desk.l;
    let look = desk.reason().unwrap_or(LookReason::HandleCase);
    let back = Link::new(case_path(&case.public, look), title(desk, case));
    let typed = match case.typed_birth {
        Some(birth) => format!("{}, {}", case.typed_inmate, t::case_born(l, dates::plain(l, birth))),
        None => case.typed_inmate.clone(),
    };
    let tab = fields.is_wrong().then(|| format!("{} {}", common::error_prefix(l), t::match_title(l)));
    let stale = fields.is_stale().then(|| {
        view! { <Notice kind=NoticeKind::Error title=t::stale_title(l)><p>{t::stale_text(l)}</p></Notice> }
    });
    let (search, note) = (search(desk, case, fields.clone()), note(desk, case));
    let results = found.map(|found| results(desk, case, fields, found));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageGrid>
            <PageHead title=t::match_title(l) tab=tab lead=t::match_lead(l, typed) note=note
                back=back/>
            {stale}
            {search}
            {results}
        </PageGrid>
    }
    .into_any()
}

fn search(desk: &Desk, case: &Case, fields: Fields) -> AnyView {
    let (l, id) = (desk.l, case.public.to_string());
    let look = desk.reason().unwrap_or(LookReason::HandleCase);
    view! {
        <Form action=forms::action(forms::FIND)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="look" value=look.code()/>
            <Field name="name" label=t::match_name(l) hint=t::match_name_hint(l) value=fields.value("name")
                error=fields.error(l, "name") optional=t::match_optional(l) kind=Kind::Search autocomplete="off"/>
            <DateEntry name="birth" legend=format!("{} {}", t::match_birth(l), t::match_optional(l))
                labels=date_labels(l) value=fields.date("birth") error=fields.error(l, "birth")/>
            <Actions><Button text=t::match_find(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn results(desk: &Desk, case: &Case, fields: &Fields, found: Vec<FoundInmate>) -> AnyView {
    let l = desk.l;
    if found.is_empty() {
        return view! { <EmptyState title=t::match_none_title(l) text=t::match_none_text(l)/> }.into_any();
    }
    let choice = |inmate: FoundInmate| {
        let note = t::match_row(l, dates::plain(l, inmate.birth_date), inmate.unit_name);
        Choice::new(inmate.public.to_string(), inmate.name).hint(note)
    };
    let options = found.into_iter().map(choice).collect();
    let (seen, error) = (seen(desk, case), fields.error(l, "inmate"));
    let kept = desk.page.query("try").unwrap_or_default();
    view! {
        <Form action=forms::action(forms::MATCH)>
            {seen}
            <HiddenInput name="kept" value=kept/>
            <RadioGroup name="inmate" legend=t::match_choose(l) options=options error=error/>
            <Actions><Button text=t::match_button(l)/></Actions>
        </Form>
    }
    .into_any()
}
