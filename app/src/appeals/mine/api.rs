//! Her posts: an appeal is kept or sent, thrown away, or taken back. What is not hers leads to the page of what is not there.

use backend::{
    appeals::{self, AppealMark, Undone},
    decision::NewDecision,
    form_try,
};
use domain::{
    appeals::{AppealForm, Refusal},
    kernel::Public,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    appeals::fields::Fields,
    error::WireError,
    forms::Row,
    identity::here::{failed, here},
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const WRITE: &str = "my/appeals/write";
pub(super) const DISCARD: &str = "my/appeals/discard";
pub(super) const WITHDRAW: &str = "my/appeals/withdraw";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (WRITE, &["decision", "key", "disagree", "want", "waits", "late_reason", "draft", "then"]),
    (DISCARD, &["decision"]),
    (WITHDRAW, &["id"]),
];

/// What a draft keeps.
const DRAFT: [&str; 4] = ["disagree", "want", "waits", "late_reason"];

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AppealPost {
    decision: String,
    key: String,
    disagree: String,
    want: String,
    waits: String,
    late_reason: String,
    draft: String,
    /// `save`: kept and not sent.
    then: String,
}

impl AppealPost {
    fn fields(&self) -> Fields {
        Fields::new([
            ("decision", self.decision.clone()),
            ("key", self.key.clone()),
            ("disagree", self.disagree.clone()),
            ("want", self.want.clone()),
            ("waits", self.waits.clone()),
            ("late_reason", self.late_reason.clone()),
            ("draft", self.draft.clone()),
        ])
    }

    fn read(self) -> AppealForm {
        let Self { key, disagree, want, waits, late_reason, draft, .. } = self;
        AppealForm { key, disagree, want, waits, late_reason, draft }
    }
}

#[server(endpoint = "my/appeals/write")]
pub async fn write_appeal(#[server(flatten)] form: AppealPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let decision: Public<NewDecision> = Public::parse(&form.decision).ok_or_else(hidden)?;
    let (fields, path) = (form.fields(), routes::my_appeal_new(&decision));
    if form.then == "save" {
        let kept = fields.draft(&DRAFT);
        let done = appeals::keep_draft(&here.ctx, &here.who, &decision, &kept, &form.draft).await;
        done.map_err(failed)?.ok_or_else(hidden)?;
        request::redirect(&path);
        return Ok(());
    }
    match appeals::send(&here.ctx, &here.who, &decision, &form.read()).await.map_err(failed)? {
        Ok(appeal) => request::redirect(&routes::my_appeal_receipt(&appeal)),
        Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
        Err(undone) => {
            let fields = fields.with(&undone.faults("disagree"));
            let kept = form_try::keep(&here.ctx, &here.actor(), WRITE, fields.kept()).await;
            request::redirect(&routes::with_try(&path, &kept.map_err(failed)?));
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DiscardPost {
    decision: String,
}

/// Throws away what she has typed.
#[server(endpoint = "my/appeals/discard")]
pub async fn discard_appeal(#[server(flatten)] form: DiscardPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let decision: Public<NewDecision> = Public::parse(&form.decision).ok_or_else(hidden)?;
    appeals::discard_draft(&here.ctx, &here.who, &decision).await.map_err(failed)?.ok_or_else(hidden)?;
    request::redirect(routes::MY_APPEALS);
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    id: String,
}

/// Whatever came of it, the appeal's own page says where it stands.
#[server(endpoint = "my/appeals/withdraw")]
pub async fn withdraw_appeal(#[server(flatten)] form: WithdrawPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let appeal: Public<AppealMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    match appeals::withdraw(&here.ctx, &here.who, &appeal).await.map_err(failed)? {
        Err(Undone::Refused(Refusal::Hidden)) => return Err(hidden()),
        Err(Undone::Refused(Refusal::Stale)) => return Err(WireError::Busy.answered()),
        Ok(()) | Err(_) => request::redirect(&routes::my_appeal(&appeal)),
    }
    Ok(())
}
