//! The paths of the victims' entrance and of what is behind it.

use domain::kernel::Public;

use super::{MESSAGE, MESSAGE_CHANNELS, escaped, local};

pub const MESSAGE_WRITE: &str = "/message/write";
pub const MESSAGE_REPRESENTATIVES: &str = "/message/representatives";
pub const MESSAGE_LOOKS: &str = "/message/looks";

/// A notice.
pub fn message<T>(public: &Public<T>) -> String {
    format!("{MESSAGE}/{public}")
}

/// A channel of hers.
pub fn message_channel<T>(public: &Public<T>) -> String {
    format!("{MESSAGE_CHANNELS}/{public}")
}

/// The victims' entrance, which leads back to a page there.
pub fn message_to(back: &str) -> String {
    format!("{MESSAGE}?return_to={}", escaped(&local(back)))
}

/// The page where she proves anew who she is, and back.
pub fn message_prove(back: &str) -> String {
    format!("{}&confirm=yes", message_to(back))
}
