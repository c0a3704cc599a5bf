//! What those on duty have not seen to yet, the least time left first. Whoever has taken one is shown whom the register knows by
//! that name in her units.

use std::sync::Arc;

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
    messages::worry::{self, Open},
};
use domain::{kernel::Locale, messages::may_take_worries};
use leptos::prelude::*;

use super::api::ACT;
use crate::{
    i18n::{dates, messages_worry as t},
    identity::here::{staff, staff_page},
    messages::{control::due, kept::Kept},
    request::Page,
    ui::{Actions, Button, ButtonKind, Details, EmptyState, Form, HiddenInput, Notice, NoticeKind, PageHead},
};

#[component]
pub fn DeskPage() -> impl IntoView {
    staff().map(|(ctx, who, page)| {
        let l = t::lang(page.locale);
        staff_page(l, desk(ctx, who, page, l))
    })
}

/// Names that the register has for one of hers.
type Maybe = Option<Vec<String>>;

async fn desk(ctx: Ctx, who: Staff, page: Arc<Page>, l: Locale) -> Result<Option<AnyView>> {
    if !may_take_worries(&who.roles) {
        return Ok(None);
    }
    let mut rows: Vec<(Open, Maybe)> = vec![];
    for one in worry::open(&ctx, &who).await? {
        let known = match one.yours {
            true => Some(worry::maybe(&ctx, &who, &one.name).await?),
            false => None,
        };
        let names = known.map(|known| known.into_iter().map(|(_, name)| name).collect());
        rows.push((one, names));
    }
    let told = match page.query("try") {
        Some(key) => form_try::find(&ctx, &Actor::Staff(who), ACT, &key).await?.map(Kept::of),
        None => None,
    };
    Ok(Some(shown(&page, l, rows, &told.unwrap_or_default())))
}

fn shown(page: &Page, l: Locale, rows: Vec<(Open, Maybe)>, told: &Kept) -> AnyView {
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let note = (count > 0).then(|| t::count(l, count));
    let rows: Vec<_> = rows.into_iter().map(|(one, names)| row(page, l, one, names)).collect();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t::empty_title(l) text=t::empty_text(l)/> }.into_any()
    } else {
        view! { <ul class="duty">{rows}</ul> }.into_any()
    };
    view! {
        <div class="stack">
            {done(l, told)}
            <PageHead title=t::title(l) note=note lead=t::lead(l)/>
            {body}
        </div>
    }
    .into_any()
}

fn done(l: Locale, told: &Kept) -> Option<AnyView> {
    let (kind, title) = match told.what().as_str() {
        "taken" => (NoticeKind::Done, t::told_taken(l)),
        "done" => (NoticeKind::Done, t::told_done(l)),
        "gone" => (NoticeKind::Error, t::told_gone(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

fn row(page: &Page, l: Locale, one: Open, names: Maybe) -> AnyView {
    let late = one.due_at < page.now && one.taken_by.is_none();
    let left = if one.taken_by.is_some() { t::taken(l) } else { due(l, page.now, one.due_at) };
    let about = match one.birth {
        Some(birth) => t::about_born(l, &one.name, dates::plain(l, birth)),
        None => one.name.clone(),
    };
    let contact = match &one.contact {
        Some(contact) => t::contact(l, contact),
        None => t::contact_none(l),
    };
    let since = t::since(l, dates::date_time(l, one.made_at));
    let who = who(l, &one);
    view! {
        <li class="duty-row">
            <p class=if late { "duty-left due-late" } else { "duty-left" }>
                {left}<span class="duty-deadline">{one.unit_name}</span>
            </p>
            <div class="duty-what">
                <p><strong>{about}</strong></p>
                <p class="letter-words" dir="auto">{one.words}</p>
                <p dir="auto">{contact}</p>
                <p class="duty-since">{since}</p>
                {names.map(|names| known(l, names))}
            </div>
            <div class="duty-who">{who}</div>
        </li>
    }
    .into_any()
}

/// Whom she goes and sees, perhaps. To nobody outside is it said that he is here.
fn known(l: Locale, names: Vec<String>) -> AnyView {
    if names.is_empty() {
        return view! { <p>{t::known_none(l)}</p> }.into_any();
    }
    let names = names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! { <p>{t::known_title(l)}</p><ul>{names}</ul> }.into_any()
}

fn who(l: Locale, one: &Open) -> AnyView {
    let id = one.public.to_string();
    let action = format!("/api/{ACT}");
    let about = one.name.clone();
    match (&one.taken_by, one.yours) {
        (None, _) => view! {
            <p>{t::nobodys(l)}</p>
            <Form action=action>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="step" value="take"/>
                <Button text=t::take(l) kind=ButtonKind::Secondary about=about/>
            </Form>
        }
        .into_any(),
        (Some(_), true) => view! {
            <p class="due-now"><strong>{t::yours(l)}</strong></p>
            <Details summary=t::done_question(l)>
                <p>{t::done_text(l)}</p>
                <Form action=action>
                    <HiddenInput name="id" value=id/>
                    <HiddenInput name="step" value="done"/>
                    <Actions><Button text=t::done_button(l) about=about/></Actions>
                </Form>
            </Details>
        }
        .into_any(),
        (Some(name), false) => view! { <p>{t::taken_by(l, name)}</p> }.into_any(),
    }
}
