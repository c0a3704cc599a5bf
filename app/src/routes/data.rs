//! The paths of what is held about somebody: hers, and in the victims' area its own.

use super::{SIGN_IN, escaped, local};

pub const MY_CONTACT: &str = "/my/contact";
pub const MY_CODE: &str = "/my/contact/code";
pub const MY_NUMBER: &str = "/my/contact/number";
pub const MY_DATA: &str = "/my/data";
pub const MY_DATA_LOOKS: &str = "/my/data/looks";
pub const MY_DATA_PAPER: &str = "/my/data/print";
pub const MY_DATA_FILE: &str = "/my/data/file";
pub const MESSAGE_DATA: &str = "/message/data";
pub const MESSAGE_DATA_FILE: &str = "/message/data/file";

/// The page where somebody proves at the high level who she is, and back.
pub fn prove_high(back: &str) -> String {
    format!("{SIGN_IN}?return_to={}&confirm=high", escaped(&local(back)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_high_level_leads_back() {
        assert_eq!(prove_high(MY_DATA), "/sign-in?return_to=/my/data&confirm=high");
        assert!(
            MESSAGE_DATA.starts_with(super::super::MESSAGE) && MESSAGE_DATA_FILE.starts_with(MESSAGE_DATA)
        );
    }
}
