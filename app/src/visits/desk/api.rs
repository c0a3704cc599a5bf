//! The desk's posts. Each parses, carries out and leads on; what is refused is kept sealed and shown on the
//! same page again. What lies outside the officer's units leads to the page of what is not there.

use backend::{
    form_try::{self, FormTry},
    visits::clearance::{self, Application, DeskRow, LookReason},
};
use domain::{
    kernel::Public,
    visits::clearance::{Decided, Refusal, forms::FieldError},
};
use leptos::prelude::*;

use super::{
    answers_form::AnswersForm,
    fields::{self, Fields},
    forms::{self, AnswerForm, FindForm, MatchForm, PoliceForm, SearchForm, Seen, SeenForm, seen},
    letter_form::{DecideForm, LetterForm, Ready},
    parts::{Desk, case_path, desk},
};
use crate::{error::WireError, request, routes, visits::failed};

pub(super) type Done = Result<(), WireError>;

/// Whom the pages of the desk are for.
fn reader() -> Result<Desk, WireError> {
    desk().filter(Desk::may_read).ok_or_else(|| WireError::Hidden.answered())
}

/// Only a case officer takes a case further.
pub(super) fn officer() -> Result<Desk, WireError> {
    desk().filter(Desk::is_officer).ok_or_else(|| WireError::Hidden.answered())
}

pub(super) fn shown(id: &str, version: &str, look: &str) -> Result<Seen, WireError> {
    seen(id, version, look).ok_or_else(|| WireError::Hidden.answered())
}

/// Back to `path` with what was typed.
pub(super) async fn keep(desk: &Desk, form: &'static str, content: &FormTry, path: &str) -> Done {
    let key = form_try::keep(&desk.ctx, &desk.actor(), form, content).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

/// Where a step leads: to the case with a word of what was done, or back with everything typed.
pub(super) async fn after(
    desk: &Desk,
    seen: &Seen,
    outcome: backend::Result<Result<(), Refusal>>,
    done: &str,
    (form, fields): (&'static str, Fields),
) -> Done {
    let path = case_path(&seen.id, seen.look);
    match outcome.map_err(failed)? {
        Ok(()) => request::redirect(&format!("{path}&done={done}")),
        Err(Refusal::Hidden) => request::redirect(&path),
        Err(refusal @ (Refusal::Unidentified | Refusal::OtherParent | Refusal::Registered)) => {
            let first = FieldError { field: "outcome", code: refusal.code() };
            return keep(desk, form, fields.with(&vec![first]).kept(), &path).await;
        }
        Err(refusal @ Refusal::Appealed) => {
            let first = FieldError { field: "ground", code: refusal.code() };
            return keep(desk, form, fields.with(&vec![first]).kept(), &path).await;
        }
        Err(refusal @ (Refusal::Stale | Refusal::MovedOn)) => {
            let changed = FieldError { field: fields::CASE, code: refusal.code() };
            return keep(desk, form, fields.with(&vec![changed]).kept(), &path).await;
        }
    }
    Ok(())
}

/// What was searched for stands in no address: the page reads it from where it is kept.
#[server(endpoint = "staff/search")]
pub async fn search_cases(#[server(flatten)] form: SearchForm) -> Done {
    let desk = reader()?;
    let fields = match form.parse() {
        Ok(_) => form.fields(),
        Err(errors) => form.fields().with(&errors),
    };
    keep(&desk, forms::SEARCH, fields.kept(), routes::STAFF_SEARCH).await
}

#[server(endpoint = "staff/clearances/answer")]
pub async fn register_answer(#[server(flatten)] form: AnswerForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    match form.parse(desk.today()) {
        Err(errors) => {
            let path = case_path(&seen.id, seen.look);
            keep(&desk, forms::ANSWER, form.fields().with(&errors).kept(), &path).await
        }
        Ok((yes, on)) => {
            let done = clearance::inmate_answer(&desk.ctx, &desk.who, &seen.id, seen.version, yes, on).await;
            let word = if yes { "answer_yes" } else { "answer_no" };
            after(&desk, &seen, done, word, (forms::ANSWER, form.fields())).await
        }
    }
}

#[server(endpoint = "staff/clearances/police")]
pub async fn register_police(#[server(flatten)] form: PoliceForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    match form.parse(desk.today()) {
        Err(errors) => {
            let path = case_path(&seen.id, seen.look);
            keep(&desk, forms::POLICE, form.fields().with(&errors).kept(), &path).await
        }
        Ok((outcome, on)) => {
            let done =
                clearance::police_answer(&desk.ctx, &desk.who, &seen.id, seen.version, outcome, on).await;
            after(&desk, &seen, done, "police", (forms::POLICE, form.fields())).await
        }
    }
}

/// Who the applicant is has been checked by hand.
#[server(endpoint = "staff/clearances/identity")]
pub async fn register_identity(#[server(flatten)] form: SeenForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    let done = clearance::identity_checked(&desk.ctx, &desk.who, &seen.id, seen.version).await;
    after(&desk, &seen, done, "identity", (forms::IDENTITY, Fields::default())).await
}

/// The decision as typed: to the letter if it can be made, else back to its errors.
#[server(endpoint = "staff/clearances/letter")]
pub async fn see_letter(#[server(flatten)] form: LetterForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    match form.parse(desk.today()) {
        Ok(_) => {
            let path = routes::staff_letter(&seen.id, seen.look.code());
            keep(&desk, forms::LETTER, form.fields().kept(), &path).await
        }
        Err(errors) => {
            let path = case_path(&seen.id, seen.look);
            keep(&desk, forms::LETTER, form.fields().with(&errors).kept(), &path).await
        }
    }
}

/// The decision is made from what the letter showed, never from the post.
#[server(endpoint = "staff/clearances/decide")]
pub async fn decide(#[server(flatten)] form: DecideForm) -> Done {
    let (desk, here) = (officer()?, shown(&form.id, "", &form.look)?);
    let path = case_path(&here.id, here.look);
    let kept = desk.kept(forms::LETTER, &form.kept).await.map_err(failed)?;
    let Some(fields) = kept.filter(|f| f.value("id") == form.id) else {
        request::redirect(&path);
        return Ok(());
    };
    let typed = LetterForm::of(&fields);
    let seen = shown(&typed.id, &typed.version, &form.look)?;
    match typed.parse(desk.today()) {
        Err(errors) => keep(&desk, forms::LETTER, typed.fields().with(&errors).kept(), &path).await,
        Ok(ready) => {
            let Ready { who, decided, text_locale } = &ready;
            let (ctx, officer) = (&desk.ctx, &desk.who);
            let done =
                clearance::decide(ctx, officer, &seen.id, seen.version, who, decided, *text_locale).await;
            let twice = matches!(done, Ok(Err(_))) && is_made(&desk, &seen, &ready).await?;
            let done = if twice { Ok(Ok(())) } else { done };
            after(&desk, &seen, done, "decided", (forms::LETTER, typed.fields())).await
        }
    }
}

/// Whether exactly this decision stands already: the second click of a double click.
async fn is_made(desk: &Desk, seen: &Seen, ready: &Ready) -> Result<bool, WireError> {
    let case =
        clearance::case(&desk.ctx, &desk.who, &seen.id, LookReason::HandleCase).await.map_err(failed)?;
    let Some(case) = case else { return Ok(false) };
    let made = |id| case.people.iter().find(|p| &p.clearance == id)?.decision.as_ref();
    Ok(ready.who.iter().all(|id| {
        made(id).is_some_and(|view| match &ready.decided {
            Decided::Granted { measures, reason, valid_to } => {
                view.measures == *measures && view.reason == *reason && view.valid_to == Some(*valid_to)
            }
            Decided::Refused { milder_considered, reason } => {
                view.milder.as_ref() == Some(milder_considered) && view.reason.as_ref() == Some(reason)
            }
        })
    }))
}

/// Each row stands for itself, and each is told.
#[server(endpoint = "staff/answers")]
pub async fn register_answers(#[server(flatten)] form: AnswersForm) -> Done {
    let desk = officer()?;
    let (answers, on) = match form.parse(desk.today()) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let mut content = form.fields();
            content.errors = Fields::default().with(&errors).kept().errors.clone();
            return keep(&desk, forms::ANSWERS, &content, routes::STAFF_ANSWERS).await;
        }
    };
    let rows = clearance::desk(&desk.ctx, &desk.who).await.map_err(failed)?.inmate;
    let yes: Vec<_> = answers.iter().filter(|(.., yes)| *yes).map(|(id, ..)| id.clone()).collect();
    let told = clearance::inmate_answers(&desk.ctx, &desk.who, answers, on).await;
    let mut content = FormTry::default();
    for (at, (id, outcome)) in told.iter().enumerate() {
        let word = match outcome {
            Ok(Ok(())) if yes.contains(id) => "yes",
            Ok(Ok(())) => "no",
            Ok(Err(Refusal::Stale | Refusal::MovedOn)) => "stale",
            Ok(Err(_)) => "hidden",
            Err(error) => {
                tracing::error!(%error, "one answer of many was not saved");
                content.values.extend(form.typed(id));
                "failed"
            }
        };
        content.values.insert(format!("told-{at:03}"), told_row(&rows, id, word));
    }
    keep(&desk, forms::ANSWERS, &content, routes::STAFF_ANSWERS).await
}

/// A row of what was told: the word, the case's reference, and the two names when it was on the list.
fn told_row(rows: &[DeskRow], id: &Public<Application>, word: &str) -> String {
    match rows.iter().find(|row| &row.public == id) {
        Some(row) => format!("{word}\n{}\n{}\n{}", row.reference, row.applicant, row.inmate),
        None => format!("{word}\n\n\n"),
    }
}

#[server(endpoint = "staff/clearances/find")]
pub async fn find_inmate(#[server(flatten)] form: FindForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, "", &form.look)?);
    let fields = match form.parse() {
        Ok(_) => form.fields(),
        Err(errors) => form.fields().with(&errors),
    };
    keep(&desk, forms::FIND, fields.kept(), &routes::staff_match(&seen.id, seen.look.code())).await
}

/// The case goes to the inmate's unit, so the officer goes back to her list.
#[server(endpoint = "staff/clearances/match")]
pub async fn match_inmate(#[server(flatten)] form: MatchForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    let path = routes::staff_match(&seen.id, seen.look.code());
    let outcome = match Public::parse(&form.inmate) {
        None => Err("choose"),
        Some(inmate) => {
            let done = clearance::match_inmate(&desk.ctx, &desk.who, &seen.id, seen.version, &inmate).await;
            match done.map_err(failed)? {
                Ok(()) => Ok(()),
                Err(Refusal::Hidden) => Err("gone"),
                Err(refusal) => Err(refusal.code()),
            }
        }
    };
    let Err(code) = outcome else {
        request::redirect(&format!("{}?done=matched", routes::STAFF));
        return Ok(());
    };
    let kept = desk.kept(forms::FIND, &form.kept).await.map_err(failed)?;
    let field = if matches!(code, "choose" | "gone") { "inmate" } else { fields::CASE };
    let fields = kept.unwrap_or_default().with(&vec![FieldError { field, code }]);
    keep(&desk, forms::FIND, fields.kept(), &path).await
}
