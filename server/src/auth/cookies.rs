//! Cookies: one session a signed-in area, one sign-in on its way. Over TLS their names begin with `__Host-`,
//! so that no other host can set them; a browser takes that prefix only with `Secure`, so the demo's plain
//! http on localhost goes without.

use axum::response::Response;
use backend::{config::Settings, visits::assisted::handin};
use domain::{access::Area, visits::handin::Purpose};
use http::{HeaderMap, HeaderValue, header};

#[derive(Clone, Copy)]
pub enum Kind {
    Session,
    Login,
}

pub fn name(settings: &Settings, kind: Kind, area: Area) -> String {
    let prefix = if settings.is_https() { "__Host-" } else { "" };
    let middle = match kind {
        Kind::Session => "",
        Kind::Login => "login_",
    };
    format!("{prefix}varde_{middle}{}", area.code())
}

/// Sets it until the browser closes; the server knows the real limits. `Lax`, for the provider sends people
/// back from another site.
pub fn set(response: &mut Response, settings: &Settings, kind: Kind, area: Area, value: &str) {
    let name = name(settings, kind, area);
    append(response, &format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{}", secure(settings)));
}

pub fn clear(response: &mut Response, settings: &Settings, kind: Kind, area: Area) {
    let name = name(settings, kind, area);
    append(response, &format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", secure(settings)));
}

fn secure(settings: &Settings) -> &'static str {
    if settings.is_https() { "; Secure" } else { "" }
}

pub fn append(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The value of a cookie. Two of the same name are none: one of them is not ours.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let all =
        headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let mut values = all.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name);
    let (_, value) = values.next()?;
    (values.next().is_none() && !value.is_empty()).then(|| value.to_owned())
}

pub fn session(settings: &Settings, headers: &HeaderMap, area: Area) -> Option<String> {
    read(headers, &name(settings, Kind::Session, area))
}

/// Whether the request carries a session of any area, or one that a code has opened, live or not, once or more often.
pub fn any_session(settings: &Settings, headers: &HeaderMap) -> bool {
    let areas = Area::ALL.iter().map(|area| name(settings, Kind::Session, *area));
    let codes = Purpose::ALL.into_iter().map(|purpose| handin::cookie(settings, purpose));
    let names: Vec<String> = areas.chain(codes).collect();
    let mut all = headers.get_all(header::COOKIE).iter().flat_map(|v| v.as_bytes().split(|b| *b == b';'));
    all.any(|pair| {
        let key = pair.split(|b| *b == b'=').next().unwrap_or_default().trim_ascii();
        names.iter().any(|name| name.as_bytes() == key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[String]) -> HeaderMap {
        let value = |line: &String| HeaderValue::from_bytes(line.as_bytes()).ok();
        lines.iter().filter_map(value).map(|value| (header::COOKIE, value)).collect()
    }

    proptest::proptest! {
        #[test]
        fn a_cookie_is_read_once_or_not_at_all(
            noise in "[ -~]{0,80}",
            value in "[A-Za-z0-9_-]{1,43}",
        ) {
            let quiet = !noise.contains("varde_citizen");
            let one = headers(&[noise.clone(), format!("varde_citizen={value}")]);
            if quiet {
                proptest::prop_assert_eq!(read(&one, "varde_citizen"), Some(value.clone()));
            }
            let two = headers(&[format!("varde_citizen={value}; a=b"), format!("varde_citizen={value}")]);
            proptest::prop_assert_eq!(read(&two, "varde_citizen"), None, "one of them is not ours");
            let _ = read(&headers(&[noise]), "varde_citizen");
        }
    }
}
