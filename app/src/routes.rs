//! Every path of the site, in one place. Pages link and redirect with these and never with a literal.

use domain::{access::Area, kernel::Public};

mod appeals;
mod asking;
mod assist;
mod bringing;
mod calendar;
mod corrections;
mod data;
mod delegates;
mod documents;
mod files;
mod gate;
mod handin;
mod homes;
mod inmates;
mod insight;
mod joining;
mod letters;
mod messages;
mod organisations;
mod plan;
mod trail;
mod victims;
mod waiting;
mod work;

pub use appeals::*;
pub use asking::*;
pub use assist::*;
pub use bringing::*;
pub use calendar::*;
pub use corrections::*;
pub use data::*;
pub use delegates::*;
pub use documents::*;
pub use files::*;
pub use gate::*;
pub use handin::*;
pub use homes::*;
pub use inmates::*;
pub use insight::*;
pub use joining::*;
pub use letters::*;
pub use messages::*;
pub use organisations::*;
pub use plan::*;
pub use trail::*;
pub use victims::*;
pub use waiting::*;
pub use work::*;

pub const FRONT: &str = "/";
pub const UNITS: &str = "/units";
pub const HOW: &str = "/how-visits-work";
pub const HELP: &str = "/help";
pub const PRIVACY: &str = "/privacy";
pub const ACCESSIBILITY: &str = "/accessibility";
pub const DEVELOPERS: &str = "/developers";
/// The description of the API, for machines.
pub const OPENAPI: &str = "/api/openapi.json";
pub const SIGN_IN: &str = "/sign-in";
pub const LANGUAGE: &str = "/language";
pub const MY: &str = "/my";
pub const VISITS: &str = "/visits";
pub const APPLY: &str = "/visits/apply";
pub const BOOK: &str = "/visits/book";
pub const CLEARANCES: &str = "/visits/clearances";
pub const BOOKINGS: &str = "/visits/bookings";
/// The victims' entrance. Its address says no more than that there may be a message.
pub const MESSAGE: &str = "/message";
pub const MESSAGE_ASK: &str = "/message/ask";
pub const MESSAGE_CHANNELS: &str = "/message/channels";
pub const MESSAGE_WISHES: &str = "/message/wishes";
pub const STAFF: &str = "/staff";
pub const STAFF_CLEARANCES: &str = "/staff/clearances";
pub const STAFF_SEARCH: &str = "/staff/search";
pub const STAFF_ANSWERS: &str = "/staff/answers";
pub const STAFF_DAY: &str = "/staff/day";
pub const STAFF_FEED: &str = "/staff/feed";
pub const STAFF_NOTICES: &str = "/staff/notices";
pub const STAFF_REGISTER: &str = "/staff/notices/register";
pub const STAFF_RING_IN: &str = "/staff/duty/ring-in";
pub const STAFF_BREAK_INS: &str = "/staff/break-ins";
pub const STAFF_DUTY: &str = "/staff/duty";
pub const STYLEGUIDE: &str = "/styleguide";
pub const DEMO_MAIL: &str = "/demo/mail";
pub const DEMO_TEXTS: &str = "/demo/texts";

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

/// The receipt of an application.
pub fn apply_receipt<T>(public: &Public<T>) -> String {
    format!("{APPLY}/receipt/{public}")
}

pub fn clearance<T>(public: &Public<T>) -> String {
    format!("{CLEARANCES}/{public}")
}

/// The question before an application is taken back.
pub fn clearance_withdraw<T>(public: &Public<T>) -> String {
    format!("{CLEARANCES}/{public}/withdraw")
}

/// The question before a leave to visit is given up.
pub fn clearance_give_up<T>(public: &Public<T>) -> String {
    format!("{CLEARANCES}/{public}/give-up")
}

pub fn booking<T>(public: &Public<T>) -> String {
    format!("{BOOKINGS}/{public}")
}

/// The question before a visit is cancelled.
pub fn booking_cancel<T>(public: &Public<T>) -> String {
    format!("{BOOKINGS}/{public}/cancel")
}

/// A unit's day; the date as `YYYY-MM-DD`.
pub fn staff_day(unit: &str, date: &str) -> String {
    format!("{STAFF_DAY}?unit={}&date={}", escaped(unit), escaped(date))
}

/// Cancelling a visit for the unit.
pub fn staff_cancel<T>(public: &Public<T>) -> String {
    format!("{STAFF}/bookings/{public}/cancel")
}

pub fn staff_clearance<T>(public: &Public<T>) -> String {
    format!("{STAFF_CLEARANCES}/{public}")
}

/// A case, opened for a reason of the closed list; without one the page asks for it.
pub fn staff_case<T>(public: &Public<T>, reason: &str) -> String {
    format!("{}?reason={}", staff_clearance(public), escaped(reason))
}

/// The letter of a decision before it is made.
pub fn staff_letter<T>(public: &Public<T>, reason: &str) -> String {
    format!("{}/letter?reason={}", staff_clearance(public), escaped(reason))
}

/// Finding the inmate of a case that matched nobody.
pub fn staff_match<T>(public: &Public<T>, reason: &str) -> String {
    format!("{}/match?reason={}", staff_clearance(public), escaped(reason))
}

/// What a victim has asked, for the officer who finds out whether it is so.
pub fn staff_request<T>(public: &Public<T>) -> String {
    format!("{STAFF_NOTICES}/requests/{public}")
}

/// Is it of significance to her?
pub fn staff_question<T>(public: &Public<T>) -> String {
    format!("{STAFF_NOTICES}/questions/{public}")
}

/// A victim's registration.
pub fn staff_party<T>(public: &Public<T>) -> String {
    format!("{STAFF_NOTICES}/parties/{public}")
}

/// Whose a victim's case is.
pub fn staff_assign<T>(public: &Public<T>) -> String {
    format!("{STAFF_NOTICES}/parties/{public}/officer")
}

/// Who represents a victim.
pub fn staff_representatives<T>(public: &Public<T>) -> String {
    format!("{STAFF_NOTICES}/parties/{public}/representatives")
}

/// She has rung, and may be read to.
pub fn staff_rung_in<T>(public: &Public<T>) -> String {
    format!("{STAFF_RING_IN}/{public}")
}

/// A task of an officer.
pub fn staff_notice_task<T>(public: &Public<T>) -> String {
    format!("{STAFF_NOTICES}/tasks/{public}")
}

/// A task of the duty desk.
pub fn staff_call<T>(public: &Public<T>) -> String {
    format!("{STAFF_DUTY}/{public}")
}

/// The same on paper.
pub fn staff_call_letter<T>(public: &Public<T>) -> String {
    format!("{}/letter", staff_call(public))
}

/// A letter in the demo's box.
pub fn demo_mail<T>(public: &Public<T>) -> String {
    format!("{DEMO_MAIL}/{public}")
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

/// The sign-in page of an area, which leads back. The victims' entrance is a page of its own.
pub fn way_in(area: Area, back: &str) -> String {
    match area {
        Area::Victim => message_to(back),
        Area::Citizen | Area::Staff => sign_in_to(back),
    }
}

/// The same for somebody whose session ran out.
pub fn in_again(area: Area, back: &str) -> String {
    format!("{}&outcome=ended", way_in(area, back))
}

/// The page where somebody who is signed in proves anew who she is, and back.
pub fn prove_yourself(back: &str) -> String {
    // A consent is given at the high level, whatever else asks for.
    let level = if back.starts_with(MY_HOMES) { "high" } else { "yes" };
    format!("{}&confirm={level}", sign_in_to(back))
}

/// The page with the form whose session ran out, with what was typed under this key.
pub fn with_kept(path: &str, key: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty());
    let others = others.filter(|pair| !pair.starts_with("try=") && !pair.starts_with("kept="));
    let mut query: Vec<&str> = others.collect();
    let kept = format!("try={}", escaped(key));
    query.extend([kept.as_str(), "kept=1"]);
    format!("{path}?{}", query.join("&"))
}

/// The same page again, with what was typed and what is wrong with it.
pub fn with_try(path: &str, key: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}try={}", escaped(key))
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
    fn a_kept_form_takes_the_place_of_an_older_one() {
        assert_eq!(with_kept("/visits/apply/whom", "k"), "/visits/apply/whom?try=k&kept=1");
        assert_eq!(with_kept("/staff/x?reason=a&try=old&kept=1", "k"), "/staff/x?reason=a&try=k&kept=1");
    }

    #[test]
    fn the_way_back_survives_the_query_string() {
        assert_eq!(sign_in_to("/visits?try=a&b=ø"), "/sign-in?return_to=/visits%3Ftry%3Da%26b%3D%C3%B8");
    }
}
