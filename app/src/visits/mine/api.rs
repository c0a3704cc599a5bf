//! The posts of one's own applications.

use backend::visits::clearance::{self, Application};
use domain::{kernel::Public, visits::clearance::Refusal};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{failed, here},
};

/// The names each form here sends.
pub const FORMS: &[Row] =
    &[("visits/clearances/give-up", &["public"]), ("visits/clearances/withdraw", &["public"])];

pub(super) const GIVE_UP: &str = "/api/visits/clearances/give-up";
pub(super) const WITHDRAW: &str = "/api/visits/clearances/withdraw";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GiveUpPost {
    public: String,
}

/// The case's own page says what came of it: a leave that had ended already has ended.
#[server(endpoint = "visits/clearances/give-up")]
pub async fn give_up(#[server(flatten)] form: GiveUpPost) -> Result<(), WireError> {
    let here = here().ok_or_else(|| WireError::Hidden.answered())?;
    let Some(public) = Public::<Application>::parse(&form.public) else {
        return Err(WireError::Malformed.answered());
    };
    // One that is not hers is not found there either.
    let _ = clearance::give_up(&here.ctx, &here.who, &public).await.map_err(failed)?;
    request::redirect(&routes::clearance(&public));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    public: String,
}

/// Whatever came of it, the case's own page says so; one that is not hers is not found there.
#[server(endpoint = "visits/clearances/withdraw")]
pub async fn withdraw(#[server(flatten)] form: WithdrawPost) -> Result<(), WireError> {
    let here = here().ok_or_else(|| WireError::Hidden.answered())?;
    let Some(public) = Public::<Application>::parse(&form.public) else {
        return Err(WireError::Malformed.answered());
    };
    let outcome = clearance::withdraw(&here.ctx, &here.who, &public).await.map_err(failed)?;
    let case = routes::clearance(&public);
    request::redirect(&match outcome {
        Ok(())
        | Err(
            Refusal::Hidden
            | Refusal::Unidentified
            | Refusal::OtherParent
            | Refusal::Appealed
            | Refusal::Registered,
        ) => case,
        Err(Refusal::MovedOn | Refusal::Stale) => format!("{case}?outcome=closed"),
    });
    Ok(())
}
