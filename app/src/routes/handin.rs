//! The paths of whoever has no eID: what she hands in and follows by a code, and what staff see of it.

use domain::kernel::Public;

use super::{STAFF_ASSIST, STAFF_ASSIST_NEW, TELL_WORRY};

/// The application to fill in by hand.
pub const ON_PAPER: &str = "/apply-on-paper";
pub const WITHOUT_EID: &str = "/visits/without-eid";
pub const WITHOUT_EID_CODE: &str = "/visits/without-eid/code";
pub const WITHOUT_EID_FORM: &str = "/visits/without-eid/form";
pub const WITHOUT_EID_CHECK: &str = "/visits/without-eid/check";
pub const WITHOUT_EID_RECEIPT: &str = "/visits/without-eid/receipt";
pub const TRACK: &str = "/track";
pub const TRACK_CODE: &str = "/track/code";
pub const TRACK_CASE: &str = "/track/case";
const STAFF_HAND_INS: &str = "/staff/hand-ins";

/// Where the forms of these pages are sent.
const POSTS: [&str; 2] = ["/api/without-eid", "/api/track"];

/// What nobody has to be signed in for, although it lies among what one has to.
pub fn is_open(path: &str) -> bool {
    let under =
        |root: &&str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    path == TELL_WORRY || [WITHOUT_EID].iter().chain(&POSTS).any(under)
}

pub fn staff_hand_in<T>(public: &Public<T>) -> String {
    format!("{STAFF_HAND_INS}/{public}")
}

/// Whoever handed it in is registered.
pub fn staff_assist_new_for<T>(hand_in: &Public<T>) -> String {
    format!("{STAFF_ASSIST_NEW}?hand_in={hand_in}")
}

/// Whoever handed it in is known, and is looked for.
pub fn staff_assist_for<T>(hand_in: &Public<T>) -> String {
    format!("{STAFF_ASSIST}?hand_in={hand_in}")
}
