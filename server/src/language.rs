//! The language switch: a plain form, a cookie, and back to where the reader was.

use app::routes;
use axum::{extract::State, response::Response};
use backend::ctx::Ctx;
use domain::kernel::Locale;
use http::{HeaderMap, header};

use crate::{auth::cookies, forms::field};

const COOKIE: &str = "varde_locale";
const A_YEAR: u32 = 365 * 24 * 3600;

pub async fn switch(State(ctx): State<Ctx>, body: String) -> Response {
    let back = routes::local(&field(&body, "back").unwrap_or_default());
    let mut response = crate::auth::see_other(&back);
    if let Some(locale) = field(&body, "locale").as_deref().and_then(Locale::parse) {
        let secure = if ctx.settings.is_https() { "; Secure" } else { "" };
        let code = locale.code();
        cookies::append(
            &mut response,
            &format!("{COOKIE}={code}; Path=/; Max-Age={A_YEAR}; SameSite=Lax{secure}"),
        );
    }
    response
}

/// What the reader chose, else what the browser asks for, else bokmål.
pub fn chosen(headers: &HeaderMap) -> Locale {
    let asked =
        || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Locale::negotiate);
    cookies::read(headers, COOKIE).as_deref().and_then(Locale::parse).or_else(asked).unwrap_or_default()
}
