//! One notice: what, from, until and which conditions, as far as the law lets it be told; that she has read it; and whom
//! to talk to. It opens after a fresh sign-in only, and one press hides its text.

use backend::{
    Result,
    notices::{
        Duty,
        mine::{self, Notice, Opened},
    },
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    api,
    here::{Here, page},
    parts::{prove_form, ring_now},
    words,
};
use crate::{
    i18n::{dates, notices_mine as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Icon, IconName, Link, LinkRow, LinkRows, PageGrid,
        PageHead,
    },
};

#[component]
pub fn NoticePage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page(move |here| one(here, public))
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let opened = match Public::<Duty>::parse(&public) {
        Some(public) => mine::notice(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    Ok(match opened {
        None => view! { <NotFound/> }.into_any(),
        Some(Opened::Prove) => proving(&here),
        Some(Opened::Notice(notice)) => shown(&here, &notice),
    })
}

/// The page before she has proved who she is says nothing of what it holds, not even when it came.
fn proving(here: &Here) -> AnyView {
    let l = here.l;
    let form = prove_form(l, here.page.bare_path());
    view! {
        <PageGrid>
            <PageHead title=t::title(l) back=Link::new(routes::MESSAGE, t::back(l))/>
            {form}
        </PageGrid>
    }
    .into_any()
}

fn shown(here: &Here, notice: &Notice) -> AnyView {
    let (l, came) = (here.l, dates::capital(&words::when(here.l, notice.came_at)));
    let (told, read, ring) = (told(l, notice), read(l, notice), ring_now(l, &here.ctx));
    // Writing to her officer is hers alone.
    let talk = (!notice.for_another).then(|| talk(l));
    view! {
        <PageGrid>
            <PageHead title=t::title(l) note=came back=Link::new(routes::MESSAGE, t::back(l))/>
            <details class="details hush" open=true>
                <summary class="details-summary">
                    <Icon name=IconName::Eye/>
                    <span class="hush-open">{t::hide(l)}</span>
                    <span class="hush-closed">{t::show(l)}</span>
                </summary>
                <div class="hush-body">{told}</div>
            </details>
            {read}
            {talk}
            {ring}
        </PageGrid>
    }
    .into_any()
}

/// What the law lets be told, in words.
pub(in crate::notices) fn told(l: Locale, notice: &Notice) -> AnyView {
    let line = |text: String| view! { <p>{text}</p> };
    let standing = if notice.replaced {
        Some(t::notice_replaced(l))
    } else if notice.cancelled {
        Some(t::notice_cancelled(l))
    } else {
        notice.corrects.then(|| t::notice_corrects(l))
    };
    let from = notice.from.map(|at| words::from(l, notice.kind, at));
    let until = notice.until.map(|at| t::notice_until(l, words::when(l, at)));
    // The conditions and the law are written in Norwegian.
    let conditions = notice.conditions.iter().map(|one| one.text.clone()).map(|text| {
        view! { <li lang="nb">{text}</li> }
    });
    let conditions = (!notice.conditions.is_empty()).then(|| {
        view! { <p>{t::notice_conditions(l)}</p><ul>{conditions.collect_view()}</ul> }
    });
    view! {
        {standing.map(line)}
        {line(words::kind(l, notice.kind))}
        {from.map(line)}
        {until.map(line)}
        {conditions}
        <p class="small muted">{t::notice_basis(l)}" "<span lang="nb">{notice.basis.clone()}</span></p>
    }
    .into_any()
}

/// The one thing that is asked of her, or that it is done.
fn read(l: Locale, notice: &Notice) -> AnyView {
    if let Some(at) = notice.confirmed_at {
        let at = words::when(l, at);
        let said = if notice.by_representative { t::read_for_at(l, at) } else { t::read_at(l, at) };
        return view! { <p>{said}</p> }.into_any();
    }
    if notice.replaced {
        return view! { <p><a href=routes::MESSAGE>{t::read_newer(l)}</a></p> }.into_any();
    }
    let public = notice.public.to_string();
    view! {
        <Form action=api::action(api::READ)>
            <HiddenInput name="public" value=public/>
            <Actions><Button text=t::read_button(l)/></Actions>
            <p class="small muted">{t::read_hint(l)}</p>
        </Form>
    }
    .into_any()
}

fn talk(l: Locale) -> AnyView {
    let rows = vec![
        LinkRow::new(routes::MESSAGE_WRITE, t::ways_write(l)).text(t::ways_write_text(l)),
        LinkRow::new(routes::MESSAGE_CHANNELS, t::ways_channels(l)).text(t::ways_channels_text(l)),
    ];
    view! {
        <h2>{t::talk_title(l)}</h2>
        <Form action=api::action(api::WRITE)>
            <HiddenInput name="words" value=""/>
            <Actions>
                <Button text=t::ring_me(l) kind=ButtonKind::Secondary name="ring_me" value="yes" icon=IconName::Phone/>
            </Actions>
        </Form>
        <LinkRows rows=rows/>
    }
    .into_any()
}
