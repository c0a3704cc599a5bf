//! Where it goes, and her words with it. Where a request says where it goes, only the words.

use backend::{
    Result, custody,
    documents::{self, Case, Draft},
};
use domain::{documents::GoesTo, kernel::Locale};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, begun, named, stopped, tried},
};
use crate::{
    documents::{fields::Fields, words},
    i18n::{common, documents_mine as t},
    identity::here::{Here, page},
    public::NotFound,
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Form, HiddenInput, Link, PageGrid, PageHead,
        Select, TextArea,
    },
};

#[component]
pub fn DraftPage() -> impl IntoView {
    let public = named();
    page("documents_mine", move |here| draft(here, public))
}

async fn draft(here: Here, public: String) -> Result<AnyView> {
    let Some(draft) = begun(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let cases = documents::cases(&here.ctx, &here.who).await?;
    let units = custody::public_units(&here.ctx).await?;
    let units = units.into_iter().map(|unit| Choice::new(unit.slug, unit.name)).collect();
    let typed = &draft.typed;
    let kept = Fields::new([
        ("about", typed.about.clone()),
        ("unit", typed.unit.clone()),
        ("words", typed.words.clone()),
    ]);
    let fields = match tried(&here, &[api::KEEP, api::HAND_IN]).await? {
        // What was handed in named no words: they stand in the draft.
        Some(tried) if tried.kept().values.is_empty() => kept.with_errors_of(&tried),
        Some(tried) => tried,
        None => kept,
    };
    Ok(whole(&here, &draft, &fields, whereto(here.locale(), &draft, &fields, &cases, units)))
}

fn whole(here: &Here, draft: &Draft, fields: &Fields, whereto: AnyView) -> AnyView {
    let l = here.locale();
    let title = draft.kind.names.name(l).to_owned();
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::draft_tab(l)));
    let (id, version) = (draft.public.to_string(), draft.version.to_string());
    let (words, error) = (fields.value("words"), fields.error(l, "words"));
    let optional = draft.kind.kind.needs_file.then(|| t::optional(l));
    let (lead, stopped, discard) =
        (draft.kind.names.hint(l).to_owned(), stopped(l, fields), discard(l, draft));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead
                back=Link::new(routes::DOCUMENTS, t::list_title(l))/>
            {stopped}
            <Form action=action(api::KEEP)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                {whereto}
                <TextArea name="words" label=t::words_label(l) hint=t::words_hint(l) rows=6
                    optional=optional value=words error=error/>
                <Actions><Button text=t::to_files(l)/></Actions>
            </Form>
            {discard}
        </PageGrid>
    }
    .into_any()
}

fn whereto(l: Locale, draft: &Draft, fields: &Fields, cases: &[Case], units: Vec<Choice>) -> AnyView {
    if draft.request.is_some() {
        return ().into_any();
    }
    let goes_to = draft.kind.kind.goes_to;
    let choice = |case: &Case| Choice::new(&case.public, words::case(l, &case.kind, &case.reference));
    let options: Vec<Choice> = cases.iter().map(choice).collect();
    let about = (goes_to != GoesTo::Unit && !options.is_empty()).then(|| {
        let (value, error) = (fields.value("about"), fields.error(l, "about"));
        let none = if goes_to == GoesTo::Case { t::choose(l) } else { t::about_none(l) };
        view! {
            <Select name="about" label=t::about_label(l) options=options value=value placeholder=none error=error/>
        }
    });
    let hint = about.is_some().then(|| t::unit_hint(l));
    let unit = (goes_to != GoesTo::Case).then(|| {
        let (value, error) = (fields.value("unit"), fields.error(l, "unit"));
        view! {
            <Select name="unit" label=t::unit_label(l) options=units value=value placeholder=t::choose(l)
                hint=hint error=error/>
        }
    });
    view! { {about}{unit} }.into_any()
}

pub(super) fn discard(l: Locale, draft: &Draft) -> AnyView {
    let id = draft.public.to_string();
    view! {
        <Form action=action(api::DISCARD)>
            <HiddenInput name="id" value=id/>
            <Actions><Button text=t::discard(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}
