//! The rules of the house, read from the source itself. An exception stands in a list here with its reason,
//! and the lists are short.

#![allow(clippy::expect_used, reason = "a test may stop where it stands")]
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const LONGEST_FILE: usize = 300;
const LONGEST_FUNCTION: usize = 40;
const LONGEST_COMPONENT: usize = 80;

/// Files that may be longer, and why: tables of data do not count.
const LONG_FILES: &[(&str, &str)] = &[];

/// Functions that may be longer, as `path: name`, and why.
const LONG_FUNCTIONS: &[(&str, &str)] = &[];

const SLICES: [&str; 8] =
    ["visits", "messages", "documents", "notices", "delivery", "insight", "corrections", "trail"];

const CRATES: [&str; 7] = ["domain", "backend", "app", "server", "xtask", "testid", "bench"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn files(folder: &Path, ends: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            found.extend(files(&path, ends));
        } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            let name = path.strip_prefix(root()).expect("inside").to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).expect("readable")));
        }
    }
    found.sort();
    found
}

/// Every source file of every crate, without its tests.
fn sources() -> Vec<(String, String)> {
    let all = CRATES.iter().flat_map(|name| files(&root().join(name).join("src"), &[".rs"]));
    all.filter(|(path, _)| !path.ends_with("tests.rs") && !path.contains("/tests/"))
        .map(|(path, text)| (path, without_tests(&text)))
        .collect()
}

/// Up to the tests that stand in the file itself; `mod tests;` names others and cuts nothing off.
fn without_tests(text: &str) -> String {
    let marks = text.match_indices("#[cfg(test)]\nmod ");
    let inside = |at: usize| text[at..].lines().nth(1).is_some_and(|line| line.ends_with('{'));
    let end = marks.map(|(at, _)| at).find(|at| inside(*at)).unwrap_or(text.len());
    text[..end].to_owned()
}

fn verdict(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

#[test]
fn files_are_short() {
    let long = |(path, text): &(String, String)| {
        let lines = text.lines().count();
        let excused = LONG_FILES.iter().any(|(file, _)| file == path);
        (lines > LONGEST_FILE && !excused).then(|| format!("{path}: {lines} lines"))
    };
    verdict("a file has at most 300 lines", &sources().iter().filter_map(long).collect::<Vec<_>>());
}

#[test]
fn functions_and_components_are_short() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        for (name, lines, component) in functions(&text) {
            let most = if component { LONGEST_COMPONENT } else { LONGEST_FUNCTION };
            let place = format!("{path}: {name}");
            if lines > most && !LONG_FUNCTIONS.iter().any(|(known, _)| *known == place) {
                broken.push(format!("{place} has {lines} lines"));
            }
        }
    }
    verdict("a function has at most 40 lines, a component 80", &broken);
}

/// Name, lines, and whether it is a component. A function ends at the brace under its first letter.
fn functions(text: &str) -> Vec<(String, usize, bool)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        let Some(length) = lines[at..].iter().position(|l| *l == end) else { continue };
        let before = &lines[at.saturating_sub(4)..at];
        let component = before.iter().any(|l| matches!(l.trim(), "#[component]" | "#[island]"));
        found.push((name, length + 1, component));
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let mut words = line.trim_start();
    for prefix in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async ", "unsafe "] {
        words = words.strip_prefix(prefix).unwrap_or(words);
    }
    let name: String =
        words.strip_prefix("fn ")?.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!line.trim_end().ends_with(['}', ';'])).then_some(name)
}

#[test]
fn no_slice_imports_another() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        let Some(own) = SLICES.iter().find(|slice| path.contains(&format!("/src/{slice}/"))) else {
            continue;
        };
        for other in SLICES.iter().filter(|slice| *slice != own) {
            for from in ["crate", "domain", "backend", "app"] {
                let import = format!("{from}::{other}");
                if text.contains(&format!("{import}::")) || text.contains(&format!("{import};")) {
                    broken.push(format!("{path} imports {import}"));
                }
            }
        }
    }
    verdict("a slice imports ground and no other slice", &broken);
}

fn keys(value: &serde_json::Value, prefix: &str, into: &mut BTreeSet<String>) {
    match value.as_object() {
        Some(map) => {
            for (key, inner) in map {
                keys(inner, &format!("{prefix}.{key}"), into);
            }
        }
        None => {
            into.insert(prefix.to_owned());
        }
    }
}

fn locale(language: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (path, text) in files(&root().join("locales").join(language), &[".json"]) {
        let name = Path::new(&path).file_name().expect("a name").to_string_lossy().into_owned();
        keys(&serde_json::from_str(&text).expect("JSON"), &name, &mut all);
    }
    all
}

#[test]
fn bokmal_and_nynorsk_and_english_say_the_same() {
    let nb = locale("nb");
    assert!(nb.len() > 50, "the texts were found");
    for other in ["nn", "en"] {
        let there = locale(other);
        let broken: Vec<String> = nb.symmetric_difference(&there).cloned().collect();
        verdict(&format!("nb and {other} have the same keys"), &broken);
    }
}

#[test]
fn every_migration_has_its_twin() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = root().join("backend/migrations").join(engine);
        let all = files(&folder, &[".sql"]);
        all.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.1.to_owned())).collect()
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, postgres);
}

#[test]
fn a_raw_textarea_stands_in_the_component_alone() {
    let raw = |(path, text): &(String, String)| {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let there = code.into_iter().any(|line| line.contains("<textarea"));
        (there && !path.starts_with("app/src/ui/")).then(|| path.clone())
    };
    let app: Vec<_> = sources().into_iter().filter(|(path, _)| path.starts_with("app/")).collect();
    verdict(
        "children of a textarea are not escaped by the renderer",
        &app.iter().filter_map(raw).collect::<Vec<_>>(),
    );
}

#[test]
fn only_the_tokens_hold_raw_colours() {
    let mut broken = Vec::new();
    for (path, text) in files(&root().join("style"), &[".css"]) {
        if path.starts_with("style/tokens") {
            continue;
        }
        for (at, line) in without_comments(&text).lines().enumerate() {
            if has_colour(line) {
                broken.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    verdict("colours are tokens", &broken);
}

/// Comments become spaces, so that lines keep their numbers.
fn without_comments(css: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    let mut rest = css.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let two = css.get(at..at + 2);
        if !inside && two == Some("/*") {
            inside = true;
        } else if inside && two == Some("*/") {
            inside = false;
            rest.next();
            continue;
        }
        out.push(if inside && c != '\n' { ' ' } else { c });
    }
    out
}

fn has_colour(line: &str) -> bool {
    let Some((_, value)) = line.split_once(':') else { return false };
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "lab("];
    if functions.iter().any(|f| value.contains(f)) {
        return true;
    }
    value.split('#').skip(1).any(|after| {
        let hex = after.chars().take_while(char::is_ascii_hexdigit).count();
        let next = after.chars().nth(hex);
        matches!(hex, 3 | 4 | 6 | 8)
            && !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '{'))
            && !value.contains("url(")
            && !value.trim_end().ends_with('{')
    })
}

#[test]
fn a_server_function_writes_and_has_its_own_address() {
    let mut broken = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("app/")) {
        for codec in ["GetUrl", "GetCbor", "input = Json", "MultipartFormData"] {
            if text.contains(codec) {
                broken.push(format!("{path}: {codec}"));
            }
        }
        for rest in text.split("#[server").skip(1).filter(|rest| rest.starts_with(['(', ']'])) {
            let attribute = rest.split("fn ").next().unwrap_or_default();
            if attribute.starts_with("(flatten") || attribute.starts_with("(default") {
                continue;
            }
            if !attribute.contains("endpoint") {
                broken.push(format!("{path}: a server function without an endpoint"));
            }
        }
    }
    verdict("server functions are POST, URL-encoded, with an explicit endpoint", &broken);
}

#[test]
fn the_engine_is_known_in_one_place() {
    let knows = |(path, text): &(String, String)| {
        let names = ["Db::Sqlite", "Db::Postgres", "Tx::Sqlite", "Tx::Postgres", "Self::Sqlite"];
        let there = names.iter().any(|name| text.contains(name));
        (there && !path.starts_with("backend/src/db/")).then(|| path.clone())
    };
    verdict("only backend/src/db knows the engines", &sources().iter().filter_map(knows).collect::<Vec<_>>());
}

/// `later` costs no trip to the thread of SQLite (ADR 48).
#[test]
fn nobody_waits_for_a_statement_without_asking_what_it_changed() {
    let unasked = |text: &str| {
        let starts = text.match_indices("tx.execute(").filter(|(at, _)| {
            let line = text[..*at].rsplit('\n').next().unwrap_or_default();
            line.trim().is_empty()
        });
        let ends = |(at, _): &(usize, &str)| {
            let said = text[*at..].split([';', '}']).next();
            said.is_some_and(|said| said.ends_with(".await?"))
        };
        starts.filter(ends).count()
    };
    let asks = |(path, text): &(String, String)| {
        let n = if path.starts_with("backend/src/db/") { 0 } else { unasked(text) };
        (n > 0).then(|| format!("{path}: {n} statements"))
    };
    verdict(
        "an answer that is not looked at is not waited for",
        &sources().iter().filter_map(asks).collect::<Vec<_>>(),
    );
}

#[test]
fn every_module_says_what_it_promises() {
    let silent = |(path, text): &(String, String)| (!text.starts_with("//!")).then(|| path.clone());
    verdict("a module opens with its promise", &sources().iter().filter_map(silent).collect::<Vec<_>>());
}

#[test]
fn no_drawer_for_odds_and_ends() {
    let odd = |(path, _): &(String, String)| {
        let bad = path
            .split(['/', '.'])
            .any(|part| matches!(part, "utils" | "util" | "helpers" | "manager" | "common"));
        bad.then(|| path.clone())
    };
    verdict("no utils, helpers, manager, common", &sources().iter().filter_map(odd).collect::<Vec<_>>());
}

/// Where files come in, lie and go out: a second place would be without the quarantine.
#[test]
fn files_have_one_way_in_and_one_way_out() {
    let mut broken = Vec::new();
    for (words, home) in [
        ("object_store::", "backend/src/blobs/store.rs"),
        ("clamav_client::", "backend/src/blobs/scanner.rs"),
        (" FROM blob ", "backend/src/blobs/"),
        (" blob_part ", "backend/src/blobs/"),
        ("Multipart", "server/src/transfer/"),
        ("into_data_stream", "server/src/transfer/"),
    ] {
        let elsewhere = |(path, text): &(String, String)| text.contains(words) && !path.starts_with(home);
        broken.extend(
            sources().iter().filter(|file| elsewhere(file)).map(|(path, _)| format!("{path}: {words}")),
        );
        assert!(
            sources().iter().any(|(path, text)| path.starts_with(home) && text.contains(words)),
            "{words}"
        );
    }
    verdict("files are ground: backend::blobs and server::transfer alone", &broken);
}
