//! One request: where it stands, what was answered and how to complain of it, what she asked, and who has looked.

use backend::{Result, corrections::Correction, looks::Look};
use domain::{corrections::State, kernel::Locale};
use leptos::prelude::*;

use super::{
    api,
    parts::{action, asked, named, own},
    receipt::last_day,
};
use crate::{
    corrections::words,
    i18n::{corrections as t, dates},
    identity::here::{Here, page},
    mine::data::looks_table,
    public::NotFound,
    routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, Notice, PageGrid, PageHead, SummaryList,
        SummaryRow,
    },
};

#[component]
pub fn ShowPage() -> impl IntoView {
    let public = named();
    page("corrections", move |here| show(here, public))
}

async fn show(here: Here, public: String) -> Result<AnyView> {
    let Some(correction) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    Ok(whole(here.locale(), &correction))
}

fn whole(l: Locale, correction: &Correction) -> AnyView {
    let title = t::show_title(l, words::wish(l, correction.wish).to_lowercase());
    let tab = t::show_tab(l, correction.reference.to_string());
    let note = t::show_note(l, correction.reference.to_string());
    let (stands, answer, withdraw) = (stands(l, correction), answer(l, correction), withdraw(l, correction));
    let (rows, looks) = (asked(l, correction), looks(l, &correction.looks));
    view! {
        <PageGrid>
            <PageHead title=title tab=tab note=note back=Link::new(routes::MY_CORRECTIONS, t::list_title(l))/>
            {stands}
            {answer}
            <h2>{t::show_asked(l)}</h2>
            <SummaryList rows=rows/>
            {withdraw}
            {looks}
        </PageGrid>
    }
    .into_any()
}

fn stands(l: Locale, correction: &Correction) -> AnyView {
    let sent = dates::plain(l, correction.sent_at.date());
    let title = match (&correction.state, correction.due_at) {
        (State::Taken { .. }, Some(due)) => t::stands_taken(l, last_day(l, due)),
        (_, Some(due)) => t::stands_sent(l, last_day(l, due)),
        (State::Withdrawn { at }, _) => t::stands_withdrawn(l, dates::plain(l, at.date())),
        _ => t::stands_settled(l),
    };
    let place = t::stands_where(l, sent, &correction.unit_name);
    view! { <Notice title=title><p>{place}</p></Notice> }.into_any()
}

/// What was answered; if it is not all that was asked, how to complain (GDPR Articles 12(4), 77).
fn answer(l: Locale, correction: &Correction) -> Option<AnyView> {
    let answer = correction.answer.as_ref()?;
    let words_of = answer.words.clone();
    let rows = vec![
        SummaryRow::new(t::answer_outcome(l), words::outcome(l, answer.outcome)),
        SummaryRow::view(
            t::answer_words(l),
            view! { <span class="letter-words" dir="auto">{words_of}</span> },
        ),
        SummaryRow::new(t::answer_at(l), dates::date_time_with_year(l, answer.at)),
    ];
    let complain = answer.outcome.can_be_complained_of().then(|| {
        view! {
            <Notice title=t::complain_title(l)>
                <p>{t::complain_text(l)}</p>
                <p>{t::complain_how(l)}" "<a href="https://www.datatilsynet.no" rel="noreferrer">"datatilsynet.no"</a></p>
            </Notice>
        }
    });
    Some(
        view! {
            <section class="section-rule stack">
                <h2>{t::answer_title(l)}</h2>
                <SummaryList rows=rows/>
                {complain}
            </section>
        }
        .into_any(),
    )
}

fn withdraw(l: Locale, correction: &Correction) -> Option<AnyView> {
    let id = correction.public.to_string();
    correction.state.is_open().then(|| {
        view! {
            <Form action=action(api::WITHDRAW)>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::withdraw(l) kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
        .into_any()
    })
}

fn looks(l: Locale, looks: &[Look]) -> AnyView {
    let title = t::looks_title(l);
    if looks.is_empty() {
        return view! { <h2>{title}</h2><p>{t::looks_nobody(l)}</p> }.into_any();
    }
    view! { <h2>{title}</h2>{looks_table(l, looks)} }.into_any()
}
