//! An appeal is written: against what, until when, what she disagrees with, what she wants instead, whether the decision is to
//! wait. What she has typed is kept when she says so, and by every refusal; late is no reason to stop her.

use backend::{
    Result,
    appeals::{self, FormKey, Target},
    drafts::Draft,
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, named, tried},
};
use crate::{
    appeals::{fields::Fields, words},
    i18n::{appeals as both, appeals_mine as t, common, dates},
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Checkbox, Details, ErrorSummary, Form, HiddenInput, Link,
        Notice, NoticeKind, PageGrid, PageHead, SummaryList, TextArea,
    },
};

#[component]
pub fn WritePage() -> impl IntoView {
    let public = named();
    page("appeals_mine", move |here| write(here, public))
}

async fn write(here: Here, public: String) -> Result<AnyView> {
    let found = match Public::parse(&public) {
        Some(public) => appeals::writing(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    let Some((target, draft)) = found else { return Ok(view! { <NotFound/> }.into_any()) };
    if let Some(standing) = &target.standing {
        request::redirect(&routes::my_appeal(standing));
        return Ok(().into_any());
    }
    let tried = tried(&here, api::WRITE).await?.filter(|kept| kept.value("decision") == public);
    let fields = tried.or_else(|| draft.as_ref().map(Fields::of_draft)).unwrap_or_default();
    Ok(whole(&here, &target, draft.as_ref(), &fields))
}

fn whole(here: &Here, target: &Target, draft: Option<&Draft>, fields: &Fields) -> AnyView {
    let l = here.locale();
    let kept = draft.map(|draft| {
        let title = t::saved(l, dates::date_time(l, draft.at));
        view! { <Notice title=title/> }
    });
    let back = Link::new(routes::MY_APPEALS, t::list_title(l));
    let (aside, until, form) = (aside(l), until(here, target), form(here, target, fields));
    let discard = draft.is_some().then(|| discard(l, target));
    let (errors, tab) = (fields.summary(l, words::wrong), fields.tab(l, t::write_title(l)));
    let rows = words::target(l, target);
    view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::write_title(l) tab=tab back=back/>
            {until}
            {kept}
            <Details summary=t::write_decision(l)><SummaryList rows=rows/></Details>
            {form}
            {discard}
        </PageGrid>
    }
    .into_any()
}

/// The last day in words; past it, that she may appeal all the same, and must say why.
fn until(here: &Here, target: &Target) -> AnyView {
    let l = here.locale();
    let day = words::deadline(l, target.deadline);
    if target.is_late(here.page.now) {
        let title = t::until_past(l, day);
        return view! { <Notice kind=NoticeKind::Warn title=title><p>{t::until_past_text(l)}</p></Notice> }
            .into_any();
    }
    match target.deadline {
        Some(_) => view! { <Notice title=t::until(l, day)/> }.into_any(),
        None => view! { <Notice title=both::deadline_none(l)/> }.into_any(),
    }
}

fn form(here: &Here, target: &Target, fields: &Fields) -> AnyView {
    let l = here.locale();
    let or = |name: &str, other: String| Some(fields.value(name)).filter(|v| !v.is_empty()).unwrap_or(other);
    let drawn: FormKey = here.ctx.chance.public();
    let (key, version) = (or("key", drawn.to_string()), or("draft", "0".to_owned()));
    let error = |field: &str| fields.error(l, words::wrong, field);
    let late = target.is_late(here.page.now).then(|| {
        view! {
            <TextArea name="late_reason" label=t::late_label(l) hint=t::late_hint(l) rows=4
                value=fields.value("late_reason") error=error("late_reason")/>
        }
    });
    let (wrong, wrong_want) = (error("disagree"), error("want"));
    let [disagree, want] = ["disagree", "want"].map(|name| fields.value(name));
    let (waits, next) = (fields.value("waits") == "yes", t::write_next(l, &target.unit_name));
    let decision = target.public.to_string();
    view! {
        <Form action=action(api::WRITE)>
            <HiddenInput name="decision" value=decision/>
            <HiddenInput name="key" value=key/>
            <HiddenInput name="draft" value=version/>
            <TextArea name="disagree" label=t::disagree_label(l) hint=t::disagree_hint(l) rows=8
                value=disagree error=wrong/>
            <TextArea name="want" label=t::want_label(l) hint=t::want_hint(l) rows=4
                optional=t::optional(l) value=want error=wrong_want/>
            {late}
            <Checkbox name="waits" label=t::waits_label(l) hint=t::waits_hint(l)
                checked=waits/>
            <p class="small muted">{next}</p>
            <Actions>
                <Button text=t::send(l) name="then" value="send"/>
                <Button text=t::save(l) kind=ButtonKind::Secondary name="then" value="save"/>
            </Actions>
        </Form>
    }
    .into_any()
}

fn discard(l: Locale, target: &Target) -> AnyView {
    let decision = target.public.to_string();
    view! {
        <Form action=action(api::DISCARD)>
            <HiddenInput name="decision" value=decision/>
            <Actions><Button text=t::discard(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}

/// How to write one, and the other ways there are.
fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::help_title(l)>
            <ul><li>{t::help_own(l)}</li><li>{t::help_facts(l)}</li><li>{t::help_short(l)}</li></ul>
        </AsideBlock>
        <AsideBlock title=t::other_title(l)>
            <p>{t::other_text(l)}" "<a href=routes::UNITS>{common::nav_units(l)}</a></p>
            <p>{t::other_help(l)}</p>
        </AsideBlock>
    }
    .into_any()
}
