//! The desk's posts. Each parses, carries out and leads on, after a decision to the next letter; what is refused is kept sealed and
//! shown on the same page again. What somebody else has decided meanwhile is said, and nothing is overwritten.

use backend::messages::{
    LetterRow, Unsent,
    exchange::{self, desk_letter, queue},
};
use domain::{
    kernel::{Locale, Public},
    messages::{FieldError, LetterForm, Refusal},
};
use leptos::prelude::*;

use super::{
    forms::{self, AnswerPost, DecidePost, IdPost, OpinionPost, SheetPost, TargetPost, TranslatePost, note},
    parts::{Desk, Done, controller},
};
use crate::{error::WireError, identity::here::failed, messages::kept::Kept, request, routes};

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// What a form is about; what is no id at all is nobody's.
fn about<T>(id: &str) -> Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(hidden)
}

/// The most urgent letter that is not this one and does not wait for another's view that she asked for; without one the queue.
async fn onwards(desk: &Desk, but: &Public<LetterRow>) -> Result<String, WireError> {
    let waiting = queue(&desk.ctx, &desk.who, None).await.map_err(failed)?;
    let next = waiting.rows.iter().find(|row| row.public != *but && !row.asked_by_you);
    Ok(next.map_or_else(|| routes::STAFF_LETTERS.to_owned(), |row| routes::staff_control(&row.public)))
}

/// Something changed since she opened it. If it still waits she sees it anew with all she typed; else the queue says so.
async fn refused(desk: &Desk, form: &'static str, id: &Public<LetterRow>, kept: Kept) -> Done {
    let letter = desk_letter(&desk.ctx, &desk.who, id).await.map_err(failed)?;
    match letter.filter(|letter| letter.state == "in_control") {
        Some(_) => desk.lead(form, kept, &routes::staff_control(id)).await,
        None => desk.lead(forms::DECIDE, Kept::done("moved_on"), routes::STAFF_LETTERS).await,
    }
}

/// The language that officers write their reasons in.
fn written_in(l: Locale) -> Locale {
    if l == Locale::Nn { Locale::Nn } else { Locale::Nb }
}

#[server(endpoint = "staff/letters/decide")]
pub async fn decide_letter(#[server(flatten)] form: DecidePost) -> Done {
    let (desk, id) = (controller()?, about::<LetterRow>(&form.id)?);
    let ruled = exchange::rule(&desk.ctx, &desk.who, &id, &form.form(), written_in(desk.l)).await;
    match ruled.map_err(failed)? {
        Ok(()) => {
            let next = onwards(&desk, &id).await?;
            desk.lead(forms::DECIDE, Kept::done(outcome(&form.outcome)), &next).await
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why @ Unsent::Refused(_)) => {
            refused(&desk, forms::DECIDE, &id, form.kept().refused(&why, "outcome")).await
        }
        Err(why) => {
            let kept = form.kept().refused(&why, "outcome");
            desk.lead(forms::DECIDE, kept, &routes::staff_control(&id)).await
        }
    }
}

fn outcome(code: &str) -> &'static str {
    match code {
        "part" => "part",
        "stop" => "stop",
        _ => "release",
    }
}

#[server(endpoint = "staff/letters/second")]
pub async fn ask_second(#[server(flatten)] form: TargetPost) -> Done {
    let (desk, id) = (controller()?, about::<LetterRow>(&form.id)?);
    let version = form.version.parse().map_err(|_| hidden())?;
    match exchange::ask_second(&desk.ctx, &desk.who, &id, version).await.map_err(failed)? {
        Ok(()) => {
            let next = onwards(&desk, &id).await?;
            desk.lead(forms::DECIDE, Kept::done("asked"), &next).await
        }
        Err(Refusal::Hidden) => Err(hidden()),
        Err(refusal) => {
            let kept = Kept::new([("id", form.id)]).refused(&refusal.into(), "outcome");
            refused(&desk, forms::DECIDE, &id, kept).await
        }
    }
}

/// The errors of a note stand at its own field on a page with two.
fn at(field: &'static str, why: Unsent) -> Unsent {
    match why {
        Unsent::Fields(errors) => {
            Unsent::Fields(errors.into_iter().map(|e| FieldError { field, code: e.code }).collect())
        }
        refused @ Unsent::Refused(_) => refused,
    }
}

#[server(endpoint = "staff/letters/opinion")]
pub async fn give_opinion(#[server(flatten)] form: OpinionPost) -> Done {
    let (desk, id) = (controller()?, about::<LetterRow>(&form.id)?);
    let given = exchange::give_second(&desk.ctx, &desk.who, &id, &note(&form.key, &form.opinion)).await;
    let typed = [("id", form.id), ("key", form.key), ("opinion", form.opinion)];
    noted(&desk, forms::OPINION, &id, given.map_err(failed)?, Kept::new(typed), "opinion").await
}

#[server(endpoint = "staff/letters/translate")]
pub async fn translate_letter(#[server(flatten)] form: TranslatePost) -> Done {
    let (desk, id) = (controller()?, about::<LetterRow>(&form.id)?);
    let put = exchange::translate(&desk.ctx, &desk.who, &id, &note(&form.key, &form.translation)).await;
    let typed = [("id", form.id), ("key", form.key), ("translation", form.translation)];
    noted(&desk, forms::TRANSLATE, &id, put.map_err(failed)?, Kept::new(typed), "translation").await
}

async fn noted(
    desk: &Desk,
    form: &'static str,
    id: &Public<LetterRow>,
    done: Result<(), Unsent>,
    typed: Kept,
    field: &'static str,
) -> Done {
    match done {
        Ok(()) => desk.lead(forms::DECIDE, Kept::done(field), &routes::staff_control(id)).await,
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => refused(desk, form, id, typed.refused(&at(field, why), field)).await,
    }
}

#[server(endpoint = "staff/letters/settle")]
pub async fn settle_report(#[server(flatten)] form: IdPost) -> Done {
    let (desk, id) = (controller()?, about(&form.id)?);
    let done = exchange::settle(&desk.ctx, &desk.who, &id).await.map_err(failed)?;
    let word = if done.is_ok() { "settled" } else { "report_moved_on" };
    desk.lead(forms::SETTLE, Kept::done(word), routes::STAFF_LETTERS_REPORTS).await
}

/// It has been given to him on paper.
#[server(endpoint = "staff/letters/handed")]
pub async fn handed_over(#[server(flatten)] form: TargetPost) -> Done {
    let (desk, id) = (controller()?, about::<LetterRow>(&form.id)?);
    let version = form.version.parse().map_err(|_| hidden())?;
    let word = match exchange::handed_over(&desk.ctx, &desk.who, &id, version).await.map_err(failed)? {
        Ok(()) => "handed",
        Err(Refusal::Hidden) => return Err(hidden()),
        Err(_) => "not_handed",
    };
    desk.lead(forms::HANDED, Kept::done(word), routes::STAFF_LETTERS_PAPER).await
}

/// To the page on which the answer is typed in. What is no sheet of her units is one and the same, whatever it is.
#[server(endpoint = "staff/letters/sheet")]
pub async fn find_sheet(#[server(flatten)] form: SheetPost) -> Done {
    let desk = controller()?;
    if let Some(letter) = exchange::of_sheet(&desk.ctx, &desk.who, &form.number).await.map_err(failed)? {
        request::redirect(&routes::staff_sheet_answer(&letter));
        return Ok(());
    }
    let kept = Kept::new([("number", form.number)]).refused(&Refusal::Hidden.into(), "number");
    desk.lead(forms::SHEET, kept, routes::STAFF_LETTERS_ANSWER).await
}

#[server(endpoint = "staff/letters/answer")]
pub async fn type_answer(#[server(flatten)] form: AnswerPost) -> Done {
    let (desk, id) = (controller()?, about::<LetterRow>(&form.id)?);
    let letter = LetterForm { key: form.key.clone(), words: form.words.clone(), draft: String::new() };
    match exchange::sheet_reply(&desk.ctx, &desk.who, &id, &letter).await.map_err(failed)? {
        Ok(_) => desk.lead(forms::ANSWER, Kept::done("answer"), routes::STAFF_LETTERS_PAPER).await,
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => {
            let typed = [("id", form.id), ("key", form.key), ("words", form.words)];
            let kept = Kept::new(typed).refused(&why, "words");
            desk.lead(forms::ANSWER, kept, &routes::staff_sheet_answer(&id)).await
        }
    }
}
