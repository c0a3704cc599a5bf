//! The references in docs/ are made from the source. One that is not fresh is red; `VARDE_WRITE_DOCS=1` writes it.

use std::{fmt::Write as _, fs, path::Path};

use crate::matrix::{FUNCTIONS, PAGES};

fn fresh(name: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    if std::env::var_os("VARDE_WRITE_DOCS").is_some() {
        fs::write(&path, wanted).expect("the file is written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, wanted,
        "docs/{name} is old: VARDE_WRITE_DOCS=1 cargo test -p server --test http generated"
    );
}

#[test]
fn the_list_of_routes_is_fresh() {
    let mut text = String::from(
        "# Routes\n\nMade from the authorisation matrix (`server/tests/http/matrix.rs`), which tries each row as \
         everybody. A page or\nserver function without a row fails there. Rows a person may not see are 404, \
         whatever the route says.\n\n## Pages\n\n| path | for |\n|---|---|\n",
    );
    for (pattern, _, whose) in PAGES {
        let _ = writeln!(text, "| `{pattern}` | {} |", whose.words());
    }
    text.push_str("\n## Server functions (POST, URL-encoded)\n\n| path | for |\n|---|---|\n");
    for (path, whose) in FUNCTIONS {
        let _ = writeln!(text, "| `{path}` | {} |", whose.words());
    }
    text.push_str(
        "\n## Files (tus 1.0, a plain form, downloads)\n\nFor signed-in citizens; under `/staff/files` the same for \
         staff. Tried as everybody in `server/tests/http/transfer.rs`.\n\n| method | path | what |\n|---|---|---|\n",
    );
    for (method, path, what) in server::transfer::OPERATIONS {
        let _ = writeln!(text, "| {method} | `{path}` | {what} |");
    }
    fresh("routes.md", &text);
}

#[test]
fn the_list_of_settings_is_fresh() {
    let mut text = String::from(
        "# Settings\n\nMade from `Leptos.toml`, the one file of settings, as it is shipped. The environment stands \
         over the file. `varde\ncheck-config` names what production may not start with.\n\n\
         | key | value in the demo | from the environment | what it is |\n|---|---|---|---|\n",
    );
    let (mut section, mut said) = (String::new(), Vec::<&str>::new());
    for line in include_str!("../../../Leptos.toml").lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            said.push(comment);
        } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = format!("{name}.");
            said.clear();
        } else if let Some((key, value)) = line.split_once(" = ") {
            let name = format!("{section}{key}");
            let variable = format!("VARDE_{}", name.to_uppercase().replace('.', "__"));
            let _ = writeln!(text, "| `{name}` | `{value}` | `{variable}` | {} |", said.join(" "));
            said.clear();
        } else {
            said.clear();
        }
    }
    fresh("config.md", &text);
}

#[test]
fn the_description_of_the_api_is_fresh() {
    let mut text = server::integration::document().to_pretty_json().expect("json");
    text.push('\n');
    fresh("openapi.json", &text);
}
