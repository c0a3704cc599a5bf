//! What came of trying to tell her.

use backend::visits::assisted::unreached::{self, Tried};
use domain::{
    kernel::Public,
    visits::unreached::{Reached, Unreached},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::parts::{Answer, hidden, posting};
use crate::{forms::Row, request, routes, visits::failed};

pub(super) const TOLD: &str = "staff/unreached/told";
pub(super) const NOT: &str = "not";

/// The names that each form sends.
pub const FORMS: &[Row] = &[(TOLD, &["public", "how"])];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ToldPost {
    public: String,
    how: String,
}

/// Her own page says what came of it.
#[server(endpoint = "staff/unreached/told")]
pub async fn tell_unreached(#[server(flatten)] form: ToldPost) -> Answer {
    let desk = posting()?;
    let of: Public<Unreached> = Public::parse(&form.public).ok_or_else(hidden)?;
    let page = routes::staff_unreached_one(&of);
    let tried = match (form.how.as_str(), Reached::parse(&form.how)) {
        (NOT, _) => Tried::Not,
        (_, Some(how)) => Tried::Told(how),
        (_, None) => {
            request::redirect(&format!("{page}?refused=choose"));
            return Ok(());
        }
    };
    let said = match unreached::tell(&desk.ctx, &desk.who, &of, tried).await.map_err(failed)? {
        None => return Err(hidden()),
        Some(true) if tried == Tried::Not => "?done=tried",
        Some(true) => "?done=told",
        Some(false) => "?refused=before",
    };
    request::redirect(&format!("{page}{said}"));
    Ok(())
}
