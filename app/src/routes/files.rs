//! Where files come and go (`server::transfer`).

use domain::{access::Area, kernel::Public};

/// Where a tus client begins. Victims send no files; theirs would lead nowhere.
pub fn files(area: Area) -> &'static str {
    if area == Area::Staff { "/staff/files" } else { "/files" }
}

/// Where a plain form sends its files.
pub fn files_form(area: Area) -> String {
    format!("{}/form", files(area))
}

/// One's own file.
pub fn file<T>(area: Area, public: &Public<T>) -> String {
    format!("{}/{public}", files(area))
}

/// Takes it away before it is handed in.
pub fn file_remove<T>(area: Area, public: &Public<T>) -> String {
    format!("{}/remove", file(area, public))
}
