//! What it is, what else there is, and where the code goes.

use backend::Result;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::ASK,
    fields::{tab, tried},
    parts::{Guest, shown},
};
use crate::{
    i18n::{common, paper_form, visits_without as t},
    request::Page,
    routes,
    ui::{
        Actions, AsideBlock, Button, ErrorSummary, Field, FieldError, Form, Link, Notice, NoticeKind,
        PageGrid, PageHead, Width,
    },
};

#[component]
pub fn StartPage() -> impl IntoView {
    shown(|guest| async move { start(guest).await })
}

async fn start(guest: Guest) -> Result<AnyView> {
    let (l, kept) = (guest.l(), guest.tried(ASK).await?);
    let errors = tried(l, &kept);
    let (told, value) = (notice(&guest.page, true), kept.value("reached"));
    let error = FieldError::of(&errors, "reached");
    let tab = tab(l, !errors.is_empty(), t::title(l));
    let texts = guest.ctx.settings.offers_texts();
    let (label, hint, lead) = match texts {
        true => (t::reached(l), t::reached_hint(l), t::lead(l)),
        false => (t::reached_email(l), t::reached_email_hint(l), t::lead_email(l)),
    };
    let aside = aside(l, guest.page.demo);
    Ok(view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::title(l) tab=tab lead=lead back=Link::new(routes::HOW, t::back(l))/>
            {told}
            <h2>{t::need_title(l)}</h2>
            <ul>
                <li>{t::need_code(l)}</li>
                <li>{t::need_identity(l)}</li>
                <li>{t::need_children(l)}</li>
            </ul>
            <Form action=format!("/api/{ASK}")>
                <Field name="reached" label=label hint=hint value=value error=error
                    autocomplete="email" width=Width::Half/>
                <Actions><Button text=t::ask(l)/></Actions>
            </Form>
            <h2>{t::others_title(l)}</h2>
            <p><a href=routes::ON_PAPER>{paper_form::link(l)}</a></p>
            <p><a href=routes::TRACK>{t::track_link(l)}</a></p>
        </PageGrid>
    }
    .into_any())
}

/// Why she is here again.
pub(super) fn notice(page: &Page, write: bool) -> Option<AnyView> {
    let l = page.locale;
    let ended = page.query("ended").map(|_| {
        let text = if write { t::ended_text(l) } else { t::ended_track_text(l) };
        (t::ended_title(l), text)
    });
    let many = || {
        let day = page.query("refused").is_some_and(|why| why == "day");
        day.then(|| (t::many_title(l), t::day_text(l)))
    };
    let (title, text) = ended.or_else(many)?;
    Some(view! { <Notice kind=NoticeKind::Warn title=title><p>{text}</p></Notice> }.into_any())
}

/// What is done with it; and in the demo, where the letters are.
pub(super) fn aside(l: Locale, demo: bool) -> AnyView {
    let demo = demo.then(|| {
        view! {
            <AsideBlock title=t::demo_title(l)>
                <p>{t::demo_text(l)}" "<a href=routes::DEMO_MAIL>{t::demo_link(l)}</a></p>
            </AsideBlock>
        }
    });
    view! {
        <AsideBlock title=t::neutral_title(l)><p>{t::neutral_text(l)}</p></AsideBlock>
        <AsideBlock title=t::shared_title(l)><p>{t::shared_text(l)}</p></AsideBlock>
        {demo}
    }
    .into_any()
}
