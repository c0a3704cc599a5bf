//! What an officer does with a conversation: answers, notes something for colleagues, gives it to somebody, ends it.

use backend::{
    Result, custody,
    messages::officer::{DeskThread, Expect},
};
use domain::{kernel::Locale, messages::Thread};
use leptos::prelude::*;

use super::{
    forms,
    parts::{Desk, action},
    thread::Typed,
    words,
};
use crate::{
    i18n::messages_desk as t,
    messages::{
        attached,
        fields::{Fields, beside},
        talk,
    },
    routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, Details, Form, HiddenInput, Notice, NoticeKind, Panel,
        Select, TextArea,
    },
};

pub(super) async fn side(
    desk: &Desk,
    thread: &DeskThread,
    typed: &Typed,
    expect: &Expect,
) -> Result<AnyView> {
    let units = custody::public_units(&desk.ctx).await?;
    let units = units.into_iter().filter(|unit| unit.name != thread.row.unit_name);
    let units: Vec<Choice> = units.map(|unit| Choice::new(unit.slug, unit.name)).collect();
    let closed = matches!(thread.row.state, Thread::Closed { .. });
    // What was typed before somebody ended it stays in sight.
    let answers = !closed || !typed.answer.value("words").is_empty();
    let (draft, tried) = (thread.row.public.as_str(), desk.page.query("try"));
    let files = attached::to_send(&desk.ctx, &desk.actor(), draft, tried.as_deref()).await?;
    let attach = attached::attach(desk.l, files, routes::staff_thread(&thread.row.public));
    Ok(view! {
        {closed.then(|| reopen(desk.l, thread))}
        {answers.then_some(attach)}
        {answers.then(|| answer(desk, thread, &typed.answer, expect))}
        {note(desk, thread, &typed.note)}
        {hand_over(desk.l, thread, &typed.step, units)}
        {(!closed).then(|| close(desk.l, thread))}
    }
    .into_any())
}

fn answer(desk: &Desk, thread: &DeskThread, fields: &Fields, expect: &Expect) -> AnyView {
    let l = desk.l;
    let typed = fields.value("key");
    let key = if typed.is_empty() { desk.key() } else { typed };
    let draft = fields.value("draft");
    let draft = if draft.is_empty() { "0".to_owned() } else { draft };
    let longest = i64::try_from(expect.longest).unwrap_or(i64::MAX);
    let error = fields.code("words").map(|code| words::wrong(l, "words", code));
    let inserted = desk.page.query("inserted").map(|_| {
        view! { <Notice kind=NoticeKind::Info title=t::inserted(l)/> }
    });
    let (seen, templates) = (seen(thread), templates(l, thread, fields));
    let beside = talk::beside(&t::beside(l), beside(thread.draft.as_ref(), fields));
    let (words, close) = (fields.value("words"), fields.value("close") == "1");
    view! {
        <Panel plain=true>
            <h2>{t::answer_title(l)}</h2>
            {inserted}
            <Form action=action(forms::ANSWER)>
                {seen}
                <HiddenInput name="key" value=key/>
                <HiddenInput name="draft" value=draft/>
                {templates}
                {beside}
                <TextArea name="words" label=t::answer_label(l) hint=t::answer_hint(l, longest) rows=9
                    value=words error=error/>
                <Checkbox name="close" label=t::answer_close(l) value="1" checked=close/>
                <Actions>
                    <Button text=t::answer_send(l) name="then" value="send"/>
                    <Button text=t::answer_save(l) kind=ButtonKind::Secondary name="then" value="save"/>
                </Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

/// Which conversation, as it was when the page was made.
fn seen(thread: &DeskThread) -> AnyView {
    let (id, version) = (thread.row.public.to_string(), thread.version.to_string());
    view! { <HiddenInput name="id" value=id/><HiddenInput name="version" value=version/> }.into_any()
}

fn templates(l: Locale, thread: &DeskThread, fields: &Fields) -> Option<AnyView> {
    let choice = |one: &backend::messages::officer::Template| Choice::new(one.public.as_str(), &one.title);
    let options: Vec<Choice> = thread.templates.iter().map(choice).collect();
    let error = fields.code("template").map(|code| words::wrong(l, "template", code));
    (!options.is_empty()).then(|| {
        view! {
            <Select name="template" label=t::template_label(l) options=options value=fields.value("template")
                placeholder=t::choose(l) error=error/>
            <Actions>
                <Button text=t::template_insert(l) kind=ButtonKind::Secondary name="then" value="insert"/>
            </Actions>
        }
        .into_any()
    })
}

fn note(desk: &Desk, thread: &DeskThread, fields: &Fields) -> AnyView {
    let l = desk.l;
    let typed = fields.value("key");
    let key = if typed.is_empty() { desk.key() } else { typed };
    let error = fields.code("note").map(|code| words::wrong(l, "note", code));
    let (id, open) = (thread.row.public.to_string(), error.is_some());
    let words = fields.value("note");
    view! {
        <Details summary=t::note_title(l) open=open>
            <Form action=action(forms::NOTE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="key" value=key/>
                <TextArea name="note" label=t::note_label(l) hint=t::note_hint(l) rows=4
                    value=words error=error/>
                <Actions><Button text=t::note_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

fn hand_over(l: Locale, thread: &DeskThread, fields: &Fields, units: Vec<Choice>) -> AnyView {
    let (step, text) = if thread.row.yours { ("back", t::step_back(l)) } else { ("take", t::step_take(l)) };
    let choice =
        |one: &backend::messages::officer::Colleague| Choice::new(one.public.as_str(), one.name.clone());
    let colleagues: Vec<Choice> = thread.colleagues.iter().map(choice).collect();
    let error = |field: &str| fields.code(field).map(|code| words::wrong(l, field, code));
    let (wrong_to, wrong_unit, unit) = (error("to"), error("unit"), fields.value("unit"));
    let give = (!colleagues.is_empty()).then(|| {
        view! {
            <Select name="to" label=t::step_to(l) options=colleagues value=fields.value("to")
                placeholder=t::choose(l) error=wrong_to/>
            <Actions><Button text=t::step_give(l) kind=ButtonKind::Secondary name="step" value="give"/></Actions>
        }
    });
    let open = fields.code("to").is_some() || wrong_unit.is_some();
    let seen = seen(thread);
    view! {
        <Details summary=t::step_title(l) open=open>
            <Form action=action(forms::STEP)>
                {seen}
                <Actions><Button text=text kind=ButtonKind::Secondary name="step" value=step/></Actions>
                {give}
                <Select name="unit" label=t::step_unit(l) options=units value=unit
                    placeholder=t::choose(l) error=wrong_unit/>
                <Actions><Button text=t::step_move(l) kind=ButtonKind::Secondary name="step" value="move"/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

fn close(l: Locale, thread: &DeskThread) -> AnyView {
    let seen = seen(thread);
    view! {
        <Details summary=t::close_title(l)>
            <p>{t::close_text(l)}</p>
            <Form action=action(forms::STEP)>
                {seen}
                <Actions><Button text=t::close_button(l) kind=ButtonKind::Secondary name="step" value="close"/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

fn reopen(l: Locale, thread: &DeskThread) -> AnyView {
    let seen = seen(thread);
    view! {
        <Panel plain=true>
            <h2>{t::reopen_title(l)}</h2>
            <p>{t::reopen_text(l)}</p>
            <Form action=action(forms::STEP)>
                {seen}
                <Actions><Button text=t::reopen_button(l) name="step" value="reopen"/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}
