//! What the two engines must agree on, tried on fresh databases of both: every SQL text of the backend is
//! prepared, the schemas are compared, and each table stands in the data register.

#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

mod prepared;
mod schema;
mod source;

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn verdict(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}
