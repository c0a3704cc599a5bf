//! Her posts, and a delegate's: asking, and taking it back; and the unit's answer. Who is no client of hers, or not for him, is not there.

use backend::{
    custody::inmates::Inmate,
    form_try::{self, FormTry},
    identity::delegates::{Acting, DelegationMark},
    visits::booking::counsel::urgent::{self, Answered, How, Unasked},
};
use domain::{
    kernel::Public,
    visits::booking::{
        VisitSession,
        urgent::{Urgent, UrgentForm, UrgentNo},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::{
    super::{api::public, staff},
    api::{hidden, left},
    side,
};
use crate::{
    error::WireError,
    forms::Row,
    request, routes,
    visits::{Here, failed, here},
};

pub(super) const ASK: &str = "my/clients/urgent";
pub(super) const WITHDRAW: &str = "my/clients/urgent/withdraw";
pub(super) const ANSWER: &str = "/api/staff/visits/urgent/answer";

/// The names that each form sends.
pub const FORMS: &[Row] = &[
    (ASK, &["inmate", "delegation", "key", "reason", "way", "by_day", "by_month", "by_year", "clock"]),
    (WITHDRAW, &["inmate", "delegation", "public"]),
    ("staff/visits/urgent/answer", &["public", "answer", "session", "reason"]),
];

type Done = Result<(), WireError>;

/// By herself, or under this delegation; and their page.
fn sides(here: &Here, delegation: &str, inmate: &Public<Inmate>) -> Result<(Acting, String), WireError> {
    let under: Option<Public<DelegationMark>> = left(delegation)?;
    let page = side::urgent(under.as_ref(), inmate);
    let acting = under.map_or_else(|| Acting::from(&here.who), |under| Acting::under(&here.who, under));
    Ok((acting, page))
}

#[server(endpoint = "my/clients/urgent")]
pub async fn ask_urgently(#[server(flatten)] form: UrgentForm) -> Done {
    let here = here().ok_or_else(hidden)?;
    let inmate: Public<Inmate> = Public::parse(&form.inmate).ok_or_else(hidden)?;
    let key: Public<Urgent> = Public::parse(&form.key).ok_or_else(hidden)?;
    let (acting, page) = sides(&here, &form.delegation, &inmate)?;
    let asked = urgent::ask(&here.ctx, acting, (&inmate, &key), &form).await.map_err(failed)?;
    let errors = match asked.ok_or_else(hidden)? {
        Ok(()) => {
            request::redirect(&format!("{page}?done=asked"));
            return Ok(());
        }
        // The page says that he is nowhere.
        Err(Unasked::Nowhere) => {
            request::redirect(&page);
            return Ok(());
        }
        Err(Unasked::Form(errors)) => errors,
    };
    let UrgentForm { reason, way, by_day, by_month, by_year, clock, .. } = form;
    let typed = [
        ("reason", reason),
        ("way", way),
        ("by_day", by_day),
        ("by_month", by_month),
        ("by_year", by_year),
        ("clock", clock),
    ];
    let kept = FormTry::new(typed).with(errors.iter().map(|e| (e.field, e.code)));
    let key = form_try::keep(&here.ctx, &here.actor(), ASK, &kept).await.map_err(failed)?;
    request::redirect(&routes::with_try(&page, &key));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    inmate: String,
    delegation: String,
    public: String,
}

/// Whatever came of it, the page says so.
#[server(endpoint = "my/clients/urgent/withdraw")]
pub async fn withdraw_urgent(#[server(flatten)] form: WithdrawPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let inmate: Public<Inmate> = Public::parse(&form.inmate).ok_or_else(hidden)?;
    let of: Public<Urgent> = Public::parse(&form.public).ok_or_else(hidden)?;
    let (acting, page) = sides(&here, &form.delegation, &inmate)?;
    let done = urgent::withdraw(&here.ctx, acting, (&inmate, &of)).await.map_err(failed)?;
    let said = if done { "?done=withdrawn" } else { "" };
    request::redirect(&format!("{page}{said}"));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UrgentAnswerPost {
    public: String,
    answer: String,
    session: String,
    reason: String,
}

/// Its own page says what came of it.
#[server(endpoint = "staff/visits/urgent/answer")]
pub async fn answer_urgent(#[server(flatten)] form: UrgentAnswerPost) -> Done {
    let desk = staff::desk().ok_or_else(|| WireError::Hidden.answered())?;
    let of: Public<Urgent> = public(&form.public)?;
    let page = routes::staff_visit_urgent(&of);
    let session = Public::<VisitSession>::parse(&form.session);
    let how = match (form.answer.as_str(), session, UrgentNo::parse(&form.reason)) {
        ("yes", Some(session), _) => How::Book(session),
        ("no", _, Some(why)) => How::Refuse(why),
        (answer, ..) => {
            let what = if answer == "yes" { "session" } else { "reason" };
            request::redirect(&format!("{page}?refused={what}"));
            return Ok(());
        }
    };
    let said = match urgent::answer(&desk.ctx, &desk.who, &of, how).await.map_err(failed)? {
        None => return Err(WireError::Hidden.answered()),
        Some(Answered::Booked(_) | Answered::Refused) => "?done=answered",
        Some(Answered::Over) => "?refused=over",
        Some(Answered::Gone) => "?refused=gone",
    };
    request::redirect(&format!("{page}{said}"));
    Ok(())
}
