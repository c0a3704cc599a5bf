//! One client: what she and he have written with where each message stands, the form, and the log of all that has touched it.

use backend::{
    Result,
    custody::inmates::Inmate,
    identity::delegates::{self, Acted},
    messages::{FormKey, counsel::Counsel},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    api::{COPY, WORDS, WRITE},
    log::log,
    parts::{own, protection, tried},
    words,
};
use crate::{
    i18n::{common, messages_counsel as t, messages_delegates},
    identity::here::{Here, page},
    messages::{
        kept::Kept,
        talk::{self, By, Said, talk},
    },
    public::NotFound,
    routes,
    shell::WithIslands,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind,
        PageGrid, PageHead, TextArea,
    },
};

#[component]
pub fn ClientPage() -> impl IntoView {
    page("messages_counsel", one)
}

async fn one(here: Here) -> Result<AnyView> {
    let Some((inmate, counsel)) = own(&here).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let kept = tried(&here, WRITE, &inmate).await?.unwrap_or_default();
    let acts = delegates::of_client(&here.ctx, &here.who, &inmate).await?;
    Ok(whole(&here, &inmate, (&counsel, &acts), &kept))
}

fn whole(
    here: &Here,
    inmate: &Public<Inmate>,
    (counsel, acts): (&Counsel, &[Acted]),
    kept: &Kept,
) -> AnyView {
    let l = here.locale();
    let (errors, tab) = (kept.summary(l, words::wrong), kept.tab(l, t::tab(l)));
    let title = counsel.name.clone();
    let (done, said, form) = (done(l, kept), said(l, counsel), form(here, inmate, counsel, kept));
    let (earlier, touched) = (earlier(l, counsel, kept), log(l, &counsel.log, talk::at));
    let acts = acted(l, acts);
    view! {
        <PageGrid aside=aside(l, inmate, counsel)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab back=Link::new(routes::MY_CLIENTS, t::list_title(l))/>
            {done}
            {said}
            <section class="talk-answer no-print" id="answer" aria-label=t::write_title(l)>
                {form}
                {earlier}
            </section>
            <h2>{t::log_title(l)}</h2>
            <p>{t::log_lead(l)}</p>
            {touched}
            {acts}
            <WithIslands/>
        </PageGrid>
    }
    .into_any()
}

/// What delegates of hers have done; nothing if they have done nothing.
fn acted(l: Locale, acts: &[Acted]) -> Option<AnyView> {
    let l = messages_delegates::lang(l);
    (!acts.is_empty()).then(|| {
        let log = crate::messages::delegates::log(l, acts, false);
        view! { <h2>{messages_delegates::log_title(l)}</h2>{log} }.into_any()
    })
}

fn done(l: Locale, kept: &Kept) -> Option<AnyView> {
    let title = match kept.what().as_str() {
        "sent" => t::done_sent(l),
        "saved" => t::done_saved(l),
        "replaced" => t::done_replaced(l),
        "discarded" => t::done_discarded(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn said(l: Locale, counsel: &Counsel) -> AnyView {
    if counsel.messages.is_empty() {
        return view! { <p>{t::none(l, &counsel.name)}</p> }.into_any();
    }
    let said = counsel.messages.iter().map(|message| {
        let (by, who) = match message.from_lawyer {
            true => (By::Me, t::you(l)),
            false => (By::Them, counsel.name.clone()),
        };
        let when = words::head(l, &counsel.name, message, talk::at);
        Said { by, who, when, words: message.words.clone() }
    });
    talk(said.collect())
}

/// What stands in the field: what was just refused, else the draft.
fn typed(counsel: &Counsel, kept: &Kept) -> String {
    let draft = || counsel.draft.as_ref().and_then(|draft| draft.fields.get(WORDS).cloned());
    if kept.is_wrong() { kept.value(WORDS) } else { draft().unwrap_or_default() }
}

fn form(here: &Here, inmate: &Public<Inmate>, counsel: &Counsel, kept: &Kept) -> AnyView {
    let l = here.locale();
    // The same form again is the same message, also after it was refused.
    let key = FormKey::parse(&kept.value("key")).unwrap_or_else(|| here.ctx.chance.public()).to_string();
    let draft = counsel.draft.as_ref().map_or(0, |draft| draft.version).to_string();
    let (inmate, text) = (inmate.to_string(), typed(counsel, kept));
    let error = kept.error(l, words::wrong, WORDS);
    let max = u32::try_from(counsel.longest).unwrap_or(u32::MAX);
    let discard = counsel.draft.is_some().then(|| {
        view! { <Button text=t::discard(l) kind=ButtonKind::Quiet name="then" value="discard"/> }
    });
    let label = t::write_label(l, &counsel.name);
    view! {
        <Form action=format!("/api/{WRITE}")>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="key" value=key/>
            <HiddenInput name="draft" value=draft/>
            <TextArea name=WORDS label=label hint=t::write_hint(l) rows=9 value=text error=error max=max
                left=t::write_left(l, "{n}") over=t::write_over(l, "{n}")/>
            <Actions>
                <Button text=t::send(l) name="then" value="send"/>
                <Button text=t::save(l) kind=ButtonKind::Secondary name="then" value="save"/>
                {discard}
            </Actions>
        </Form>
    }
    .into_any()
}

/// Words of another window, which the last ones took the place of; or which a refused form stands beside.
fn earlier(l: Locale, counsel: &Counsel, kept: &Kept) -> Option<AnyView> {
    let draft = counsel.draft.as_ref()?;
    let shown = typed(counsel, kept);
    let texts = [Some(&draft.fields), draft.earlier.as_ref()].into_iter().flatten();
    let texts = texts.filter_map(|fields| fields.get(WORDS).cloned());
    let mut texts: Vec<String> = texts.filter(|text| !text.trim().is_empty() && *text != shown).collect();
    texts.dedup();
    talk::beside(&t::earlier(l), texts)
}

fn aside(l: Locale, inmate: &Public<Inmate>, counsel: &Counsel) -> AnyView {
    let id = inmate.to_string();
    let copy = (!counsel.messages.is_empty()).then(|| {
        view! {
            <AsideBlock title=t::copy_title(l)>
                <p>{t::copy_text(l)}</p>
                <Form action=format!("/api/{COPY}")>
                    <HiddenInput name="inmate" value=id/>
                    <Actions><Button text=t::copy_button(l) kind=ButtonKind::Secondary/></Actions>
                </Form>
            </AsideBlock>
        }
    });
    view! {
        {protection(l)}
        <AsideBlock title=t::urgent_title(l)><p>{t::urgent_text(l)}</p></AsideBlock>
        {copy}
    }
    .into_any()
}
