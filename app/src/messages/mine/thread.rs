//! One conversation: what was said, the newest at the foot, where it stands, and the way to answer. Opening it is reading it.

use backend::{
    Result,
    messages::{
        ThreadRow, live, looks,
        officer::{self, Expect, Message, MyThread, Opened},
    },
};
use domain::{
    kernel::{Locale, Public},
    messages::Thread,
};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, tried, writing},
    words,
};
use crate::{
    files::Files,
    i18n::{common, dates, messages_files as files_words, messages_mine as t},
    identity::here::{Here, page},
    messages::{
        attached,
        fields::{CASE, Fields},
        live::Live,
        looks::looks as shown_looks,
        talk::{self, By, Said, talk},
    },
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Details, ErrorSummary, Form, HiddenInput, Link, LinkButton,
        Notice, NoticeKind, PageGrid, PageHead, PrintButton,
    },
};

#[component]
pub fn ThreadPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("messages_mine", move |here| one(here, public))
}

async fn one(here: Here, public: String) -> Result<AnyView> {
    let opened = match Public::<ThreadRow>::parse(&public) {
        Some(public) => officer::thread(&here.ctx, &here.who, &public).await?,
        None => None,
    };
    let Some(opened) = opened else { return Ok(view! { <NotFound/> }.into_any()) };
    let id = opened.thread.public.to_string();
    let typed = tried(&here, api::WRITE).await?.filter(|fields| fields.value("id") == id);
    let fields = typed.or_else(|| opened.draft.as_ref().map(Fields::of_draft)).unwrap_or_default();
    let expect = officer::expect(&here.ctx).await?;
    let looks = looks::of_thread(&here.ctx, &here.who, &opened.thread.public).await?;
    let mark = live::thread(&here.ctx, &here.who, &opened.thread.public).await?.unwrap_or_default();
    let files = to_send(&here, &opened).await?;
    let page = whole(&here, &opened, (&fields, files), &expect, mark);
    Ok(view! { {page}{shown_looks(here.locale(), &looks, true)} }.into_any())
}

/// Those of the next message.
async fn to_send(here: &Here, opened: &Opened) -> Result<Files> {
    let (draft, tried) = (opened.thread.public.as_str(), here.page.query("try"));
    attached::to_send(&here.ctx, &here.actor(), draft, tried.as_deref()).await
}

fn whole(
    here: &Here,
    opened: &Opened,
    (fields, files): (&Fields, Files),
    expect: &Expect,
    mark: i64,
) -> AnyView {
    let (l, head) = (here.locale(), &opened.thread);
    let errors = fields.summary(|field, code| words::wrong(l, field, code));
    let tab = fields.tab(l, t::thread_tab(l, &head.reference));
    let note = t::thread_note(l, &head.unit_name, &head.reference);
    let lead = words::state(l, head.state, here.page.now);
    let title = words::topic_of(l, &head.topic);
    let path = routes::thread(&head.public);
    let (told, answer) = (told(here, opened, fields), answer(here, opened, (fields, files), expect));
    let from = |staff: bool| if staff { head.unit_name.clone() } else { files_words::you(l) };
    let part = attached::attached(l, &opened.files, from, |file| routes::message_file(&head.public, file));
    let said = talk(opened.messages.iter().map(|message| said(l, head, message)).collect());
    view! {
        <PageGrid aside=aside(l, head)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab note=note lead=lead
                back=Link::new(routes::MESSAGES, t::list_title(l))/>
            {told}
            <Live path=path mark=mark title=t::live_title(l) show=t::live_show(l)/>
            {said}
            {part}
            {answer}
        </PageGrid>
    }
    .into_any()
}

/// What was just done, if it is so; or what stood in the way.
fn told(here: &Here, opened: &Opened, fields: &Fields) -> Option<AnyView> {
    let l = here.locale();
    if let Some(code) = fields.code(CASE) {
        let title = words::moved(l, code);
        return Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any());
    }
    let hers = opened.messages.last().is_some_and(|last| last.from_person);
    let title = match (here.page.query("done")?.as_str(), opened.thread.state) {
        ("sent", Thread::Waiting { due, .. }) if hers => t::sent(l, dates::long_date(l, due.date())),
        ("saved", _) => t::saved(l, dates::date_time(l, opened.draft.as_ref()?.at)),
        ("closed", Thread::Closed { .. }) => t::closed(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn said(l: Locale, head: &MyThread, message: &Message) -> Said {
    let at = talk::at(l, message.written_at);
    if !message.from_person {
        let who = t::from_us(l, &head.unit_name);
        return Said { by: By::Them, who, when: at, words: message.words.clone() };
    }
    let when = match message.read_at {
        Some(read) => t::read(l, at, dates::date_time(l, read)),
        None => t::not_read(l, at),
    };
    Said { by: By::Me, who: t::from_you(l), when, words: message.words.clone() }
}

/// The form; or, where it ended too long ago, the way to a new one.
fn answer(here: &Here, opened: &Opened, (fields, files): (&Fields, Files), expect: &Expect) -> AnyView {
    let (l, head) = (here.locale(), &opened.thread);
    let ended = match head.state {
        Thread::Closed { at } => Some(at.plus_days(expect.reopen_days)),
        Thread::Waiting { .. } | Thread::Answered { .. } => None,
    };
    let new = head.about.as_ref().and_then(|about| Public::<ThreadRow>::parse(&about.public));
    if ended.is_some_and(|until| until < here.page.now) && fields.value("words").is_empty() {
        let href = new.map_or_else(|| routes::MESSAGES_NEW.to_owned(), |about| routes::message_about(&about));
        return view! {
            <Notice title=t::ended_title(l)><p>{t::ended_text(l)}</p></Notice>
            <Actions><LinkButton href=href text=t::list_new(l)/></Actions>
        }
        .into_any();
    }
    let anew = ended.map(|until| {
        view! { <Notice title=t::reopen(l, dates::long_date(l, until.date()))/> }
    });
    let id = head.public.to_string();
    let discard = opened.draft.is_some().then(|| discard(l, id.clone()));
    let close = ended.is_none().then(|| close(l, id.clone()));
    let attach = attached::attach(l, files, routes::thread(&head.public));
    let form = writing(here, fields, opened.draft.as_ref(), expect, t::answer_label(l));
    view! {
        <section class="talk-answer no-print" id="answer" aria-label=t::answer_title(l)>
            {anew}
            {attach}
            <Form action=action(api::WRITE)>
                <HiddenInput name="id" value=id/>
                {form}
            </Form>
            {discard}
            {close}
        </section>
    }
    .into_any()
}

fn discard(l: Locale, id: String) -> AnyView {
    view! {
        <Form action=action(api::DISCARD)>
            <HiddenInput name="id" value=id/>
            <Actions><Button text=t::discard(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}

fn close(l: Locale, id: String) -> AnyView {
    view! {
        <Details summary=t::close_title(l)>
            <p>{t::close_text(l)}</p>
            <Form action=action(api::CLOSE)>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::close_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

fn aside(l: Locale, head: &MyThread) -> AnyView {
    let about = head.about.as_ref().and_then(|about| {
        let public = Public::<ThreadRow>::parse(&about.public)?;
        let booking = about.kind == "booking";
        let href = if booking { routes::booking(&public) } else { routes::clearance(&public) };
        let words = words::about(l, about);
        Some(view! { <AsideBlock title=t::about_label(l)><a href=href>{words}</a></AsideBlock> })
    });
    view! {
        {about}
        <AsideBlock title=t::who_reads_title(l)><p>{t::who_reads_text(l)}</p></AsideBlock>
        <AsideBlock title=t::keep_title(l)>
            <p>{t::keep_text(l)}</p>
            <PrintButton text=t::print(l)/>
        </AsideBlock>
    }
    .into_any()
}
