//! What is done on the telephone, in order: her word first, then what the notice may tell, and to anybody else nothing.

use backend::notices::{duty::Call, mine::Notice};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::letter;
use crate::{
    i18n::{notices_desk, notices_duty as t},
    notices::desk::{parts::Desk, words as known},
    routes,
    ui::{Notice as Message, NoticeKind, SummaryList, SummaryRow},
};

#[component]
pub(super) fn Script(desk: Desk, call: Call) -> impl IntoView {
    let l = desk.l;
    let say = call.notice.as_ref().map(|notice| say(l, notice));
    let paper = letter::may_go(&call).is_some().then(|| routes::staff_call_letter(&call.public));
    let steps = match (&call.telephone, &call.safe_word) {
        (Some(telephone), Some(word)) => ring(l, telephone.clone(), call.name.clone(), word.clone()),
        (Some(_), None) => by_letter(l, t::script_no_word(l), &call),
        (None, _) => by_letter(l, t::script_no_telephone(l), &call),
    };
    view! {
        <div class="duty-script">
            {steps}
            {say}
            {paper.map(|href| view! { <p><a href=href>{t::letter_link(l)}</a></p> })}
        </div>
    }
}

fn ring(l: Locale, telephone: String, name: String, word: String) -> AnyView {
    let href = format!("tel:{telephone}");
    view! {
        <h2>{t::script_ring(l)}" "<a class="duty-number" href=href>{telephone}</a></h2>
        <ol class="duty-steps">
            <li>{t::script_name(l, name)}</li>
            <li>{t::script_word(l)}" "<strong>{t::script_quoted(l, word)}</strong></li>
            <li>{t::script_right(l)}</li>
            <li>{t::script_other(l)}</li>
        </ol>
    }
    .into_any()
}

/// Without her word nothing is said on the telephone, and without a number nobody is rung.
fn by_letter(l: Locale, why: String, call: &Call) -> AnyView {
    if call.protected {
        return view! {
            <h2>{t::script_protected(l)}</h2>
            <Message kind=NoticeKind::Warn title=why><p>{t::script_protected_text(l)}</p></Message>
            <p class="officer-text">{call.name.clone()}</p>
        }
        .into_any();
    }
    let address = call.address.clone().unwrap_or_else(|| t::script_no_address(l));
    let name = call.name.clone();
    view! {
        <h2>{t::script_letter(l)}</h2>
        <Message kind=NoticeKind::Warn title=why><p>{t::script_letter_text(l)}</p></Message>
        <p class="officer-text">{name}"\n"{address}</p>
    }
    .into_any()
}

/// The notice's fields in words, and no field that the rule does not have.
pub(super) fn say(l: Locale, notice: &Notice) -> AnyView {
    let mut rows = vec![SummaryRow::new(notices_desk::fact_what(l), known::kind(l, notice.kind))];
    rows.extend(notice.from.map(|at| SummaryRow::new(notices_desk::fact_from(l), known::when(l, at))));
    rows.extend(notice.until.map(|at| SummaryRow::new(notices_desk::fact_until(l), known::when(l, at))));
    if !notice.conditions.is_empty() {
        let all = notice.conditions.iter().map(|c| (c.kind.code().to_owned(), c.text.clone())).collect();
        rows.push(SummaryRow::view(notices_desk::fact_conditions(l), known::conditions(l, all)));
    }
    let first = match (notice.cancelled, notice.corrects) {
        (true, _) => Some(t::say_cancelled(l)),
        (false, true) => Some(t::say_corrects(l)),
        (false, false) => None,
    };
    view! {
        <h2>{t::say_title(l)}</h2>
        {first.map(|words| view! { <p><strong>{words}</strong></p> })}
        <SummaryList rows=rows/>
    }
    .into_any()
}
