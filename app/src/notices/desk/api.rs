//! The officer's posts. Each parses, carries out and leads on; what is refused is kept sealed and shown on the same page
//! again. What is not hers leads to the page of what is not there.

use backend::notices::{
    Party,
    answering::{self, Refusal},
    assigning::{self, Refusal as NotAssigned, To},
    breaking_in,
    closing::{self, Refusal as NotClosed},
    desk,
    registering::{self, Refusal as NotRegistered},
};
use domain::access::Role;
use leptos::prelude::*;

use super::{
    fields::{Fault, Fields},
    forms::{
        self, AnswerForm, AssignForm, CloseForm, IdForm, OpenForm, ProtectForm, RegisterForm, ReplyForm,
        VerifyForm,
    },
    parts::{Desk, Done, about, of},
};
use crate::{error::WireError, identity::here::failed, request, routes};

/// Who registers victims.
fn officer() -> Result<Desk, WireError> {
    of(&[Role::VictimOfficer])
}

/// Who answers what is of significance: the officer, and the duty desk when it has climbed.
fn either() -> Result<Desk, WireError> {
    of(&[Role::VictimOfficer, Role::DutyOfficer])
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn faults(refusals: &[NotRegistered]) -> Vec<Fault> {
    refusals.iter().map(|refusal| (refusal.field(), refusal.code())).collect()
}

#[server(endpoint = "staff/notices/verify")]
pub async fn verify_request(#[server(flatten)] form: VerifyForm) -> Done {
    let (desk, id) = (officer()?, about(&form.id)?);
    let path = routes::staff_request(&id);
    let case = match form.parse() {
        Ok(case) => case,
        Err(faults) => return desk.refuse(forms::VERIFY, form.fields(), &faults, &path).await,
    };
    match registering::verify(&desk.ctx, &desk.who, &id, &case).await.map_err(failed)? {
        None => Err(hidden()),
        Some(Ok(party)) => {
            let done = Fields::done("verified", party.as_str());
            desk.lead(forms::VERIFY, done, routes::STAFF_NOTICES).await
        }
        // Somebody was first: the request is no longer there to go back to.
        Some(Err(refusals)) if refusals.contains(&NotRegistered::Settled) => {
            desk.lead(forms::VERIFY, Fields::done("settled", ""), routes::STAFF_NOTICES).await
        }
        Some(Err(refusals)) => desk.refuse(forms::VERIFY, form.fields(), &faults(&refusals), &path).await,
    }
}

#[server(endpoint = "staff/notices/refuse")]
pub async fn refuse_request(#[server(flatten)] form: IdForm) -> Done {
    let (desk, id) = (officer()?, about(&form.id)?);
    let done = registering::refuse(&desk.ctx, &desk.who, &id).await.map_err(failed)?;
    let word = if done.ok_or_else(hidden)? { "refused" } else { "settled" };
    desk.lead(forms::VERIFY, Fields::done(word, ""), routes::STAFF_NOTICES).await
}

#[server(endpoint = "staff/notices/register")]
pub async fn register_person(#[server(flatten)] form: RegisterForm) -> Done {
    let desk = officer()?;
    let (person, case) = match form.parse(desk.ctx.settings.identity.synthetic_numbers) {
        Ok(read) => read,
        Err(faults) => {
            return desk.refuse(forms::REGISTER, form.fields(), &faults, routes::STAFF_REGISTER).await;
        }
    };
    match registering::register(&desk.ctx, &desk.who, &person, &case).await.map_err(failed)? {
        None => Err(hidden()),
        Some(Ok(party)) => {
            let done = Fields::done("registered", party.as_str());
            desk.lead(forms::VERIFY, done, routes::STAFF_NOTICES).await
        }
        Some(Err(refusals)) => {
            desk.refuse(forms::REGISTER, form.fields(), &faults(&refusals), routes::STAFF_REGISTER).await
        }
    }
}

#[server(endpoint = "staff/notices/answer")]
pub async fn answer_question(#[server(flatten)] form: AnswerForm) -> Done {
    let (desk, id) = (either()?, about(&form.id)?);
    let path = routes::staff_question(&id);
    let said = match form.parse() {
        Ok(said) => said,
        Err(faults) => return desk.refuse(forms::ANSWER, form.fields(), &faults, &path).await,
    };
    match answering::answer(&desk.ctx, &desk.who, &id, said).await.map_err(failed)? {
        None => Err(hidden()),
        Some(Ok(())) => desk.lead(forms::ANSWER, Fields::done("answered", ""), desk.home()).await,
        Some(Err(refusal)) => {
            let field = match refusal {
                Refusal::NoReason => ("reason", "empty"),
                Refusal::Answered => ("answer", "answered"),
                Refusal::NoStanding => ("standing", "no_standing"),
            };
            desk.refuse(forms::ANSWER, form.fields(), &[field], &path).await
        }
    }
}

/// The reason is given by this post and by no address: it opens the page for whoever gave it, for some minutes.
#[server(endpoint = "staff/notices/open")]
pub async fn open_in_emergency(#[server(flatten)] form: OpenForm) -> Done {
    let (desk, id) = (officer()?, about::<Party>(&form.id)?);
    let path = routes::staff_party(&id);
    match breaking_in::break_in(&desk.ctx, &desk.who, &id, &form.reason).await.map_err(failed)? {
        None => Err(hidden()),
        Some(Ok(())) => {
            request::redirect(&path);
            Ok(())
        }
        Some(Err(error)) => desk.refuse(forms::OPEN, form.fields(), &[("reason", error.code())], &path).await,
    }
}

#[server(endpoint = "staff/notices/assign")]
pub async fn assign_case(#[server(flatten)] form: AssignForm) -> Done {
    let (desk, id) = (officer()?, about::<Party>(&form.id)?);
    let path = routes::staff_assign(&id);
    let to = To::parse(&form.to);
    let assigned = assigning::assign(&desk.ctx, &desk.who, &id, to, &form.reason).await.map_err(failed)?;
    let field = match assigned.ok_or_else(hidden)? {
        Ok(()) => return desk.lead(forms::VERIFY, Fields::done("assigned", ""), routes::STAFF_NOTICES).await,
        Err(NotAssigned::Whom) => ("to", "choose"),
        Err(NotAssigned::Reason(error)) => ("reason", error.code()),
    };
    desk.refuse(forms::ASSIGN, form.fields(), &[field], &path).await
}

/// An auditor or leader has seen that a case was opened.
#[server(endpoint = "staff/notices/seen")]
pub async fn see_break_in(#[server(flatten)] form: IdForm) -> Done {
    let (desk, id) = (of(&[Role::Auditor, Role::UnitAdmin])?, about(&form.id)?);
    breaking_in::seen(&desk.ctx, &desk.who, &id).await.map_err(failed)?.ok_or_else(hidden)?;
    request::redirect(routes::STAFF_BREAK_INS);
    Ok(())
}

#[server(endpoint = "staff/notices/reply")]
pub async fn reply(#[server(flatten)] form: ReplyForm) -> Done {
    let (desk, id) = (either()?, about(&form.id)?);
    let path = routes::staff_party(&id);
    match desk::write(&desk.ctx, &desk.who, &id, &form.words).await.map_err(failed)? {
        None => Err(hidden()),
        Some(Ok(())) => {
            request::redirect(&format!("{path}#thread"));
            Ok(())
        }
        Some(Err(error)) => desk.refuse(forms::REPLY, form.fields(), &[("words", error.code())], &path).await,
    }
}

#[server(endpoint = "staff/notices/close")]
pub async fn close_task(#[server(flatten)] form: CloseForm) -> Done {
    let (desk, id) = (officer()?, about(&form.id)?);
    let path = routes::staff_notice_task(&id);
    let closed = closing::close(&desk.ctx, &desk.who, &id, &form.how, &form.note).await.map_err(failed)?;
    let field = match closed.ok_or_else(hidden)? {
        Ok(()) => return desk.lead(forms::VERIFY, Fields::done("closed", ""), routes::STAFF_NOTICES).await,
        Err(NotClosed::Settled) => {
            return desk.lead(forms::VERIFY, Fields::done("gone", ""), routes::STAFF_NOTICES).await;
        }
        Err(NotClosed::How) => ("how", "choose"),
        Err(NotClosed::Note(error)) => ("note", error.code()),
    };
    desk.refuse(forms::CLOSE, form.fields(), &[field], &path).await
}

#[server(endpoint = "staff/notices/protect")]
pub async fn protect_address(#[server(flatten)] form: ProtectForm) -> Done {
    let (desk, id) = (officer()?, about(&form.id)?);
    let done = desk::protect(&desk.ctx, &desk.who, &id, form.on == "yes").await.map_err(failed)?;
    done.ok_or_else(hidden)?;
    request::redirect(&routes::staff_party(&id));
    Ok(())
}
