//! The posts of a decided case: a leave that came along or was looked at again stands, a consent is taken back, the case is opened
//! again.

use backend::visits::clearance;
use leptos::prelude::*;

use super::{
    anew::AnewForm,
    api::{Done, after, keep, officer, shown},
    fields::Fields,
    forms::{self, SeenForm},
    parts::case_path,
};

/// A leave that came with one who was moved holds here as it is.
#[server(endpoint = "staff/clearances/carried")]
pub async fn confirm_carried(#[server(flatten)] form: SeenForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    let done = clearance::confirm_carried(&desk.ctx, &desk.who, &seen.id, seen.version).await;
    after(&desk, &seen, done, "carried", (forms::CARRIED, Fields::default())).await
}

/// He has taken his consent back.
#[server(endpoint = "staff/clearances/consent-back")]
pub async fn take_consent_back(#[server(flatten)] form: SeenForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    let done = clearance::take_consent_back(&desk.ctx, &desk.who, &seen.id, seen.version).await;
    after(&desk, &seen, done, "consent_back", (forms::CONSENT_BACK, Fields::default())).await
}

/// The case is opened again, for these people and for this reason.
#[server(endpoint = "staff/clearances/anew")]
pub async fn decide_anew(#[server(flatten)] form: AnewForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    match form.parse() {
        Err(errors) => {
            let path = case_path(&seen.id, seen.look);
            keep(&desk, forms::ANEW, form.fields().with(&errors).kept(), &path).await
        }
        Ok((who, ground)) => {
            let case = (&seen.id, seen.version);
            let done = clearance::reconsider(&desk.ctx, &desk.who, case, &who, ground).await;
            after(&desk, &seen, done, "anew", (forms::ANEW, form.fields())).await
        }
    }
}

/// It was looked at again, and stands.
#[server(endpoint = "staff/clearances/rechecked")]
pub async fn rechecked(#[server(flatten)] form: SeenForm) -> Done {
    let (desk, seen) = (officer()?, shown(&form.id, &form.version, &form.look)?);
    let done = clearance::rechecked(&desk.ctx, &desk.who, &seen.id, seen.version).await;
    after(&desk, &seen, done, "rechecked", (forms::RECHECKED, Fields::default())).await
}
