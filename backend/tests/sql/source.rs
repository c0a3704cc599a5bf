//! Reads the SQL constants out of the source: plain texts, `concat!`, and macros that are a `concat!` with holes for texts, of
//! the file itself or handed on by another (`pub(super) use name;`). A constant it cannot read is an error, never a silence.

use std::{collections::BTreeMap, fs, path::Path};

/// One SQL text and where it stands.
pub struct Sql {
    pub place: String,
    pub text: String,
}

/// Every constant of the backend whose text is a statement.
pub fn statements() -> Vec<Sql> {
    let mut files = Vec::new();
    walk(&super::root().join("backend/src"), &mut files);
    let shared = files.iter().flat_map(|(_, source)| handed_on(source)).collect();
    files.iter().flat_map(|(name, source)| constants(name, source, &shared)).collect()
}

/// Name and source of each file, without the tests at its end.
fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            let name = path.strip_prefix(super::root()).expect("inside").display().to_string();
            let source = fs::read_to_string(&path).expect("readable");
            let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            found.push((name, source.to_owned()));
        }
    }
}

/// The macros that other files may use.
fn handed_on(source: &str) -> Macros {
    let handed = |line: &'_ str| {
        line.split_once(" use ")
            .filter(|(before, _)| before.starts_with("pub("))
            .map(|(_, names)| names.to_owned())
    };
    let uses: Vec<String> = source
        .lines()
        .filter_map(handed)
        .filter_map(|line| Some(line.strip_suffix(';')?.to_owned()))
        .collect();
    let names: Vec<&str> = uses.iter().flat_map(|names| names.trim_matches(['{', '}']).split(", ")).collect();
    macros(source).into_iter().filter(|(name, _)| names.contains(&name.as_str())).collect()
}

fn constants(file: &str, source: &str, shared: &Macros) -> Vec<Sql> {
    let macros = shared.clone().into_iter().chain(macros(source)).collect();
    let starts = source.match_indices("const ").filter(|(at, _)| at_line_start(source, *at));
    starts
        .filter_map(|(at, word)| {
            let (name, rest) = source[at + word.len()..].split_once(": &str =")?;
            let name = name.trim();
            if !name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
                return None;
            }
            let place = format!("{file}: {name}");
            let text = value(rest, &macros, &[]).unwrap_or_else(|| panic!("{place} cannot be read")).0;
            is_statement(&text).then_some(Sql { place, text })
        })
        .collect()
}

fn at_line_start(source: &str, at: usize) -> bool {
    let line = source[..at].rsplit('\n').next().unwrap_or_default().trim();
    matches!(line, "" | "pub" | "pub(crate)" | "pub(super)")
}

fn is_statement(text: &str) -> bool {
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "].iter().any(|word| text.starts_with(word))
}

/// Parameters and body of each macro that takes literals.
type Macros = BTreeMap<String, (Vec<String>, String)>;

fn macros(source: &str) -> Macros {
    let all = source.split("macro_rules! ").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once('{')?;
        let (parameters, body) = rest.split_once("=>")?;
        let parameters = parameters.split('$').skip(1);
        let names = parameters.filter_map(|p| Some(p.split_once(':')?.0.to_owned())).collect();
        Some((name.trim().to_owned(), (names, body.trim_start().strip_prefix('{')?.to_owned())))
    });
    all.collect()
}

/// The text of an expression, and what follows it.
fn value<'a>(source: &'a str, macros: &Macros, holes: &[(String, String)]) -> Option<(String, &'a str)> {
    let source = source.trim_start();
    if let Some(rest) = source.strip_prefix('"') {
        return literal(rest);
    }
    // A macro by its path is the macro of its last name.
    if let Some(path) = source.strip_prefix("$crate::") {
        let path = path.split_once("!(").map_or(path, |(path, _)| path);
        let last = path.rsplit("::").next().unwrap_or(path);
        let before = "$crate::".len() + path.len() - last.len();
        return value(&source[before..], macros, holes);
    }
    if let Some(rest) = source.strip_prefix('$') {
        let length = word(rest).len();
        let (_, text) = holes.iter().find(|(name, _)| *name == rest[..length])?;
        return Some((text.clone(), &rest[length..]));
    }
    let name = word(source);
    let rest = source[name.len()..].strip_prefix("!(")?;
    let (arguments, rest) = arguments(rest, macros, holes)?;
    if name == "concat" {
        return Some((arguments.concat(), rest));
    }
    let (parameters, body) = macros.get(name)?;
    let holes: Vec<_> = parameters.iter().cloned().zip(arguments).collect();
    Some((value(body, macros, &holes)?.0, rest))
}

fn arguments<'a>(
    mut rest: &'a str,
    macros: &Macros,
    holes: &[(String, String)],
) -> Option<(Vec<String>, &'a str)> {
    let mut all = Vec::new();
    loop {
        rest = rest.trim_start().trim_start_matches(',').trim_start();
        if let Some(rest) = rest.strip_prefix(')') {
            return Some((all, rest));
        }
        let (text, after) = value(rest, macros, holes)?;
        all.push(text);
        rest = after;
    }
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// A string literal after its first quote. A backslash at the end of a line joins it with the next.
fn literal(source: &str) -> Option<(String, &str)> {
    let (mut text, mut rest) = (String::new(), source.chars());
    loop {
        match rest.next()? {
            '"' => return Some((text, rest.as_str())),
            '\\' => match rest.next()? {
                '\n' => rest = rest.as_str().trim_start().chars(),
                'n' => text.push('\n'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

#[test]
fn texts_and_macros_are_read() {
    let source = r#"
macro_rules! rows { ($rest:literal) => { concat!("SELECT a ", "FROM b ", $rest) }; }
pub const ONE: &str = rows!("WHERE c = \
    $1");
const TWO: &str = "DELETE FROM \
    b";
pub const NAME: &str = "no statement";
const THREE: &str = whole!("b", part!("d"));
"#;
    let other = r#"
macro_rules! whole { ($of:literal, $rest:expr) => { concat!("SELECT c FROM ", $of, $rest) }; }
macro_rules! part { ($what:literal) => { concat!(" WHERE ", $what, " = 1") }; }
macro_rules! own { () => { "SELECT" }; }
pub(super) use {part, whole};
"#;
    let shared = handed_on(other);
    assert_eq!(shared.len(), 2);
    let found: Vec<_> =
        constants("x.rs", source, &shared).into_iter().map(|sql| (sql.place, sql.text)).collect();
    let expected = [
        ("x.rs: ONE", "SELECT a FROM b WHERE c = $1"),
        ("x.rs: TWO", "DELETE FROM b"),
        ("x.rs: THREE", "SELECT c FROM b WHERE d = 1"),
    ]
    .map(|(p, t)| (p.to_owned(), t.to_owned()));
    assert_eq!(found, expected);
}
