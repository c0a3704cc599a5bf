//! Every path of the site, in one place. Pages link and redirect with these and never with a literal.

use domain::kernel::Public;

pub const FRONT: &str = "/";
pub const UNITS: &str = "/units";
pub const HOW: &str = "/how-visits-work";
pub const HELP: &str = "/help";
pub const PRIVACY: &str = "/privacy";
pub const ACCESSIBILITY: &str = "/accessibility";
pub const SIGN_IN: &str = "/sign-in";
pub const LANGUAGE: &str = "/language";
pub const MY: &str = "/my";
pub const VISITS: &str = "/visits";
pub const APPLY: &str = "/visits/apply";
pub const BOOK: &str = "/visits/book";
pub const CLEARANCES: &str = "/visits/clearances";
pub const BOOKINGS: &str = "/visits/bookings";
pub const STAFF: &str = "/staff";
pub const STAFF_CLEARANCES: &str = "/staff/clearances";
pub const STAFF_DAY: &str = "/staff/day";
pub const STYLEGUIDE: &str = "/styleguide";
pub const DEMO_MAIL: &str = "/demo/mail";

pub fn unit(slug: &str) -> String {
    format!("{UNITS}/{}", escaped(slug))
}

/// A step of an application, such as `relation`.
pub fn apply(step: &str) -> String {
    format!("{APPLY}/{step}")
}

/// A step of a booking, such as `when`.
pub fn book(step: &str) -> String {
    format!("{BOOK}/{step}")
}

pub fn clearance<T>(public: &Public<T>) -> String {
    format!("{CLEARANCES}/{public}")
}

pub fn booking<T>(public: &Public<T>) -> String {
    format!("{BOOKINGS}/{public}")
}

pub fn staff_clearance<T>(public: &Public<T>) -> String {
    format!("{STAFF_CLEARANCES}/{public}")
}

/// The entrance of an area; takes `return_to` in the form.
pub fn auth_start(area: &str) -> String {
    format!("/auth/{area}/start")
}

pub fn sign_out(area: &str) -> String {
    format!("/auth/{area}/sign-out")
}

pub fn extend(area: &str) -> String {
    format!("/auth/{area}/extend")
}

/// The sign-in page, which leads back to a page of ours afterwards.
pub fn sign_in_to(back: &str) -> String {
    format!("{SIGN_IN}?return_to={}", escaped(&local(back)))
}

/// The same page again, with what was typed and what is wrong with it.
pub fn with_try(path: &str, key: &str) -> String {
    format!("{path}?try={}", escaped(key))
}

/// A path on this site, or the front page. `//host`, `/\host`, control characters and whole addresses
/// are somebody else's.
pub fn local(path: &str) -> String {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && path.len() <= 512;
    if ours { path.to_owned() } else { FRONT.to_owned() }
}

/// Percent-encoding of all but the unreserved characters and `/`.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push(hex(b >> 4));
            out.push(hex(b & 15));
        }
        out
    })
}

fn hex(nibble: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(nibble & 15)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        let table = [
            ("/my", "/my"),
            ("/units?a=b", "/units?a=b"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
            ("/a\r\nb", "/"),
        ];
        for (given, expected) in table {
            assert_eq!(local(given), expected, "{given:?}");
        }
    }

    #[test]
    fn the_way_back_survives_the_query_string() {
        assert_eq!(sign_in_to("/visits?try=a&b=ø"), "/sign-in?return_to=/visits%3Ftry%3Da%26b%3D%C3%B8");
    }
}
