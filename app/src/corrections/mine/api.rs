//! Her posts: a request is sent, or taken back. What is not hers leads to the page of what is not there.

use backend::{
    corrections::{self, CorrectionMark, Undone},
    form_try,
};
use domain::{
    corrections::{AskForm, Refusal},
    kernel::Public,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    corrections::fields::Fields,
    error::WireError,
    forms::Row,
    identity::here::{failed, here},
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const ASK: &str = "my/corrections/ask";
pub(super) const WITHDRAW: &str = "my/corrections/withdraw";

/// The names each form here sends.
pub const FORMS: &[Row] = &[(ASK, &["key", "wish", "about", "wrong", "right", "unit"]), (WITHDRAW, &["id"])];

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskPost {
    key: String,
    wish: String,
    about: String,
    wrong: String,
    right: String,
    unit: String,
}

impl AskPost {
    fn fields(&self) -> Fields {
        Fields::new([
            ("key", self.key.clone()),
            ("wish", self.wish.clone()),
            ("about", self.about.clone()),
            ("wrong", self.wrong.clone()),
            ("right", self.right.clone()),
            ("unit", self.unit.clone()),
        ])
    }

    fn read(self) -> AskForm {
        let Self { key, wish, about, wrong, right, unit } = self;
        AskForm { key, wish, about, wrong, right, unit }
    }
}

#[server(endpoint = "my/corrections/ask")]
pub async fn ask_correction(#[server(flatten)] form: AskPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let fields = form.fields();
    match corrections::send(&here.ctx, &here.who, &form.read()).await.map_err(failed)? {
        Ok(sent) => request::redirect(&routes::my_correction_receipt(&sent)),
        Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
        Err(undone) => {
            let fields = fields.with(&undone.faults("wrong"));
            let kept = form_try::keep(&here.ctx, &here.actor(), ASK, fields.kept()).await;
            request::redirect(&routes::with_try(routes::MY_CORRECTION_NEW, &kept.map_err(failed)?));
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    id: String,
}

/// Whatever came of it, the request's own page says where it stands.
#[server(endpoint = "my/corrections/withdraw")]
pub async fn withdraw_correction(#[server(flatten)] form: WithdrawPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let id: Public<CorrectionMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    match corrections::withdraw(&here.ctx, &here.who, &id).await.map_err(failed)? {
        Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
        Err(Undone::Refused(Refusal::Stale)) => return Err(WireError::Busy.answered()),
        Ok(()) | Err(_) => request::redirect(&routes::my_correction(&id)),
    }
    Ok(())
}
