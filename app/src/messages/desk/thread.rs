//! One conversation: what was said and noted at the left, the answer and who has it at the right.

use backend::{
    Result,
    messages::officer::{self, DeskMessage, DeskThread, Entry, Expect},
};
use domain::{kernel::Locale, messages::Thread};
use leptos::prelude::*;

use super::{
    forms,
    list::who,
    parts::{self, Desk},
    side, words,
};
use crate::{
    i18n::{common, dates, messages_desk as t, messages_files as files_words},
    messages::{
        attached,
        fields::{CASE, Fields},
        talk::{self, By, Said, talk},
    },
    routes,
    ui::{
        ErrorSummary, FieldError, Link, Notice, NoticeKind, PageHead, PrintButton, SummaryList, SummaryRow,
    },
};

/// What was typed into each of the page's forms.
pub(super) struct Typed {
    pub answer: Fields,
    pub note: Fields,
    pub step: Fields,
}

#[component]
pub fn ThreadPage() -> impl IntoView {
    let id = parts::thread_id();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(thread) = officer::desk_thread(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let typed = typed(&desk, &thread).await?;
        let expect = officer::expect(&desk.ctx).await?;
        Ok(Some(shown(&desk, &thread, &typed, &expect).await?))
    })
}

async fn typed(desk: &Desk, thread: &DeskThread) -> Result<Typed> {
    let (id, mut found) = (thread.row.public.as_str(), vec![]);
    for form in [forms::ANSWER, forms::NOTE, forms::STEP] {
        found.push(desk.tried(form).await?.filter(|fields| fields.value("id") == id));
    }
    let [answer, note, step] = [0, 1, 2].map(|at| found.get_mut(at).and_then(Option::take));
    let answer = answer.or_else(|| thread.draft.as_ref().map(Fields::of_draft));
    Ok(Typed {
        answer: answer.unwrap_or_default(),
        note: note.unwrap_or_default(),
        step: step.unwrap_or_default(),
    })
}

async fn shown(desk: &Desk, thread: &DeskThread, typed: &Typed, expect: &Expect) -> Result<AnyView> {
    let (l, row) = (desk.l, &thread.row);
    let wrong = |field: &str, code: &str| words::wrong(l, field, code);
    let forms = [&typed.answer, &typed.note, &typed.step];
    let errors: Vec<FieldError> = forms.iter().flat_map(|fields| fields.summary(wrong)).collect();
    let title = t::thread_tab(l, &row.reference);
    let bad = forms.iter().any(|fields| !fields.kept().errors.is_empty());
    let tab = if bad { format!("{} {title}", common::error_prefix(l)) } else { title };
    let side = side::side(desk, thread, typed, expect).await?;
    let from = |staff: bool| if staff { files_words::us(l) } else { row.person.clone() };
    let part =
        attached::attached(l, &thread.files, from, |file| routes::staff_message_file(&row.public, file));
    Ok(view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageHead title=words::topic(l, &row.topic) tab=tab note=words::state(l, row.state, desk.now())
            back=Link::new(routes::STAFF_MESSAGES, t::list_title(l))/>
        {told(desk, thread, typed)}
        <div class="case">
            <div class="case-main">
                <SummaryList rows=facts(l, thread)/>
                <h2>{t::thread_said(l)}</h2>
                {talk(thread.entries.iter().map(|entry| said(l, thread, entry)).collect())}
                {part}
                <p class="no-print"><PrintButton text=t::print(l)/></p>
            </div>
            <div class="case-side no-print">{side}</div>
        </div>
    }
    .into_any())
}

/// What was just done, if it is so; or that somebody else was first.
fn told(desk: &Desk, thread: &DeskThread, typed: &Typed) -> Option<AnyView> {
    let l = desk.l;
    if let Some(code) = [&typed.answer, &typed.step].iter().find_map(|fields| fields.code(CASE)) {
        let (title, text) = words::moved(l, code);
        return Some(view! { <Notice kind=NoticeKind::Error title=title><p>{text}</p></Notice> }.into_any());
    }
    let answered = matches!(thread.row.state, Thread::Answered { .. } | Thread::Closed { .. });
    let last_is_note = matches!(thread.entries.last(), Some(Entry::Note(_)));
    let title = match desk.page.query("done")?.as_str() {
        "answered" if answered => t::done_answered(l),
        "saved" => t::done_saved(l, dates::date_time(l, thread.draft.as_ref()?.at)),
        "noted" if last_is_note => t::done_noted(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn facts(l: Locale, thread: &DeskThread) -> Vec<SummaryRow> {
    let row = &thread.row;
    let mut rows = vec![
        SummaryRow::new(t::column_from(l), &row.person),
        SummaryRow::new(t::fact_unit(l), &row.unit_name).lang("nb"),
        SummaryRow::new(t::fact_reference(l), row.reference.to_string()),
        SummaryRow::new(t::column_officer(l), who(l, row.officer.clone(), row.yours)),
    ];
    if let Some(about) = &row.about_reference {
        rows.insert(1, SummaryRow::new(t::fact_about(l), about));
    }
    if let Thread::Waiting { due, .. } = row.state {
        rows.push(SummaryRow::new(t::column_due(l), dates::capital(&dates::date_time(l, due))));
    }
    rows
}

fn said(l: Locale, thread: &DeskThread, entry: &Entry) -> Said {
    let staff = |message: &DeskMessage| message.staff.clone().unwrap_or_else(|| t::from_us(l));
    match entry {
        Entry::Note(note) => Said {
            by: By::Note,
            who: t::note_by(l, staff(note)),
            when: talk::at(l, note.written_at),
            words: note.words.clone(),
        },
        Entry::Message(message) if message.from_person => Said {
            by: By::Them,
            who: thread.row.person.clone(),
            when: talk::at(l, message.written_at),
            words: message.words.clone(),
        },
        Entry::Message(message) => {
            let at = talk::at(l, message.written_at);
            let when = match message.read_at {
                Some(read) => t::read(l, at, dates::date_time(l, read)),
                None => t::not_read(l, at),
            };
            Said { by: By::Me, who: staff(message), when, words: message.words.clone() }
        }
    }
}
