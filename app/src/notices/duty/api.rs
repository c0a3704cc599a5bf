//! The duty desk's posts: take a task, give it back, say how a call went, say what is to become of a held mass.

use backend::notices::{
    breaker,
    duty::{self, CallOutcome, RingInForm},
};
use domain::{
    access::Role,
    notices::{Hold, HoldRefusal, Verdict},
};
use leptos::prelude::*;

use super::forms::{self, CalledForm, HeardForm, MassForm, RingForm, TaskForm};
use crate::{
    error::WireError,
    identity::here::failed,
    notices::desk::{
        fields::Fields,
        parts::{Desk, Done, about, of},
    },
    request, routes,
};

fn on_duty() -> Result<Desk, WireError> {
    of(&[Role::DutyOfficer])
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// To the desk, with a word of what was done or why it was not.
async fn home(desk: &Desk, word: &str) -> Done {
    desk.lead(forms::TAKE, Fields::done(word, ""), routes::STAFF_DUTY).await
}

#[server(endpoint = "staff/duty/take")]
pub async fn take_task(#[server(flatten)] form: TaskForm) -> Done {
    let (desk, id) = (on_duty()?, about(&form.id)?);
    let taken = duty::take(&desk.ctx, &desk.who, &id).await.map_err(failed)?;
    if !taken.ok_or_else(hidden)? {
        return home(&desk, "gone").await;
    }
    request::redirect(&routes::staff_call(&id));
    Ok(())
}

#[server(endpoint = "staff/duty/back")]
pub async fn give_back_task(#[server(flatten)] form: TaskForm) -> Done {
    let (desk, id) = (on_duty()?, about(&form.id)?);
    let back = duty::give_back(&desk.ctx, &desk.who, &id).await.map_err(failed)?;
    home(&desk, if back.ok_or_else(hidden)? { "back" } else { "gone" }).await
}

#[server(endpoint = "staff/duty/called")]
pub async fn tell_of_call(#[server(flatten)] form: CalledForm) -> Done {
    let (desk, id) = (on_duty()?, about(&form.id)?);
    let path = routes::staff_call(&id);
    let Some(outcome) = CallOutcome::parse(&form.outcome) else {
        return desk.refuse(forms::CALLED, form.fields(), &[("outcome", "choose")], &path).await;
    };
    let called = duty::called(&desk.ctx, &desk.who, &id, outcome).await.map_err(failed)?;
    match (called.ok_or_else(hidden)?, outcome) {
        // Somebody else has it, or it is done; what she chose is kept in case it is not.
        (false, _) => desk.refuse(forms::CALLED, form.fields(), &[("outcome", "not_taken")], &path).await,
        (true, CallOutcome::Told) => home(&desk, "told").await,
        (true, CallOutcome::LetterSent) => home(&desk, "letter").await,
        (true, CallOutcome::NoAnswer | CallOutcome::NotHer | CallOutcome::WrongWord) => {
            home(&desk, "later").await
        }
    }
}

#[server(endpoint = "staff/duty/mass")]
pub async fn say_of_mass(#[server(flatten)] form: MassForm) -> Done {
    let (desk, id) = (on_duty()?, about(&form.id)?);
    let Some(what) = breaker::verdict(&form.what) else {
        return desk.refuse(forms::MASS, Fields::default(), &[("what", "choose")], routes::STAFF_DUTY).await;
    };
    match breaker::say(&desk.ctx, &desk.who, &id, what).await.map_err(failed)?.ok_or_else(hidden)? {
        Ok(Hold::Settled { what: Verdict::Release, .. }) => home(&desk, "released").await,
        Ok(Hold::Settled { what: Verdict::Drop, .. }) => home(&desk, "dropped").await,
        // The page says itself who wants what.
        Ok(Hold::Once { .. } | Hold::Held) => {
            request::redirect(routes::STAFF_DUTY);
            Ok(())
        }
        Err(HoldRefusal::Settled) => home(&desk, "settled").await,
        Err(refusal @ HoldRefusal::SamePerson) => {
            let faults = [("what", refusal.code())];
            desk.refuse(forms::MASS, Fields::default(), &faults, routes::STAFF_DUTY).await
        }
    }
}

/// Whatever does not fit comes back with the same words, and without her word.
#[server(endpoint = "staff/duty/ring-in")]
pub async fn ring_in(#[server(flatten)] form: RingForm) -> Done {
    let desk = on_duty()?;
    let typed = form.fields();
    let said = RingInForm { number: form.number, reference: form.reference, word: form.word };
    match duty::ring_in(&desk.ctx, &desk.who, &said).await.map_err(failed)?.ok_or_else(hidden)? {
        Ok(public) => {
            request::redirect(&routes::staff_rung_in(&public));
            Ok(())
        }
        Err(faults) => {
            let faults: Vec<_> = faults.iter().map(|fault| (fault.field, fault.code)).collect();
            desk.refuse(forms::RING_IN, typed, &faults, routes::STAFF_RING_IN).await
        }
    }
}

#[server(endpoint = "staff/duty/heard")]
pub async fn heard(#[server(flatten)] form: HeardForm) -> Done {
    let (desk, id, notice) = (on_duty()?, about(&form.id)?, about(&form.duty)?);
    let path = routes::staff_rung_in(&id);
    let heard = duty::heard(&desk.ctx, &desk.who, &id, &notice).await.map_err(failed)?;
    let word = if heard.ok_or_else(hidden)? { "told" } else { "gone" };
    desk.lead(forms::TAKE, Fields::done(word, ""), &path).await
}
