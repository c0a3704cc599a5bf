//! Turns `locales/<lang>/<slice>.json` into one typed function a text. The build fails on a text that is
//! missing in bokmål, nynorsk or English, on a placeholder that differs, and on a plural without its forms;
//! Northern Sámi may leave out a whole slice, never a part of one, and never what the public pages need.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

type Failure = Box<dyn std::error::Error>;
type Texts = BTreeMap<String, Text>;

const LANGUAGES: [(&str, &str); 4] = [("nb", "Nb"), ("nn", "Nn"), ("en", "En"), ("se", "Se")];
const IN_EVERY_LANGUAGE: [&str; 7] =
    ["common", "developers", "electronic", "public", "dates", "visits_without", "worried"];
const RESERVED: [&str; 40] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false",
    "fn", "for", "gen", "if", "impl", "in", "lang", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "type", "unsafe", "use", "where",
    "while", "yield",
];

enum Text {
    Plain(String),
    /// The forms that the language has; `other` is always one of them.
    Plural(BTreeMap<String, String>),
}

struct Slice {
    name: String,
    /// In the order of `LANGUAGES`; Northern Sámi may be absent.
    languages: [Option<Texts>; 4],
}

fn main() -> Result<(), Failure> {
    let root = PathBuf::from("../locales");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../locales");
    let mut names: Vec<String> = fs::read_dir(root.join("nb"))?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(".json")?.to_owned()))
        .collect();
    names.sort();
    let slices = names.into_iter().map(|name| read_slice(&root, name)).collect::<Result<Vec<_>, _>>()?;
    let wrong: Vec<String> = slices.iter().flat_map(faults).collect();
    if !wrong.is_empty() {
        return Err(format!("the texts in locales/ do not agree:\n  {}", wrong.join("\n  ")).into());
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?);
    fs::write(out.join("texts.rs"), generated(&slices)?)?;
    Ok(())
}

fn read_slice(root: &Path, name: String) -> Result<Slice, Failure> {
    let mut languages = [None, None, None, None];
    for (place, (lang, _)) in languages.iter_mut().zip(LANGUAGES) {
        let path = root.join(lang).join(format!("{name}.json"));
        // One that is not there would count as changed each time; that it comes is seen by the folder.
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
            let json: Value = serde_json::from_str(&fs::read_to_string(&path)?)
                .map_err(|e| format!("{}: {e}", path.display()))?;
            let mut texts = Texts::new();
            flatten("", &json, &mut texts).map_err(|e| format!("{}: {e}", path.display()))?;
            *place = Some(texts);
        }
    }
    Ok(Slice { name, languages })
}

/// Nested keys join with underscores; an object of plural forms is one text.
fn flatten(prefix: &str, value: &Value, into: &mut Texts) -> Result<(), Failure> {
    let Value::Object(map) = value else {
        return Err(format!("{prefix}: only texts and objects of texts are understood").into());
    };
    for (key, value) in map {
        let key = format!("{prefix}{}{key}", if prefix.is_empty() { "" } else { "_" });
        match value {
            Value::String(text) => insert(into, key, Text::Plain(text.clone()))?,
            Value::Object(forms) if is_plural(forms) => {
                let forms = forms.iter().filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned())));
                insert(into, key, Text::Plural(forms.collect()))?;
            }
            nested => flatten(&key, nested, into)?,
        }
    }
    Ok(())
}

fn is_plural(forms: &serde_json::Map<String, Value>) -> bool {
    forms.contains_key("other")
        && forms.iter().all(|(k, v)| matches!(k.as_str(), "one" | "two" | "other") && v.is_string())
}

fn insert(into: &mut Texts, key: String, text: Text) -> Result<(), Failure> {
    let good = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !RESERVED.contains(&key.as_str());
    if !good {
        return Err(format!("{key}: a key is snake_case and no reserved word").into());
    }
    match into.insert(key.clone(), text) {
        None => Ok(()),
        Some(_) => Err(format!("{key}: stands twice").into()),
    }
}

/// Everything that is wrong with a slice, so that a translator gets the whole list at once.
fn faults(slice: &Slice) -> Vec<String> {
    let mut wrong = Vec::new();
    let Some(nb) = &slice.languages[0] else { return wrong };
    for (texts, (lang, _)) in slice.languages.iter().zip(LANGUAGES).skip(1) {
        let at = format!("{lang}/{}.json", slice.name);
        let Some(texts) = texts else {
            if lang != "se" || IN_EVERY_LANGUAGE.contains(&slice.name.as_str()) {
                wrong.push(format!("{at} is missing"));
            }
            continue;
        };
        wrong
            .extend(texts.keys().filter(|k| !nb.contains_key(*k)).map(|k| format!("{at}: {k} is not in nb")));
        for (key, original) in nb {
            match texts.get(key) {
                None => wrong.push(format!("{at}: {key} is missing")),
                Some(text) => {
                    wrong.extend(differs(lang, original, text).map(|why| format!("{at}: {key} {why}")))
                }
            }
        }
    }
    for (key, text) in nb {
        wrong.extend(differs("nb", text, text).map(|why| format!("nb/{}.json: {key} {why}", slice.name)));
    }
    wrong
}

fn differs(lang: &str, original: &Text, text: &Text) -> Option<String> {
    let (mut wanted, mut got) = (arguments(original), arguments(text));
    wanted.sort();
    got.sort();
    if wanted != got {
        return Some(format!("has the placeholders {got:?}, nb has {wanted:?}"));
    }
    if got.iter().any(|name| RESERVED.contains(&name.as_str()) || name == "l") {
        return Some("has a placeholder whose name is reserved".to_owned());
    }
    match (original, text) {
        (Text::Plain(_), Text::Plain(_)) => None,
        (Text::Plural(_), Text::Plural(forms)) => {
            let needed: &[&str] = if lang == "se" { &["one", "two", "other"] } else { &["one", "other"] };
            let exact = forms.len() == needed.len() && needed.iter().all(|form| forms.contains_key(*form));
            (!exact).then(|| format!("needs exactly the forms {needed:?}"))
        }
        _ => Some("is a plural in one language only".to_owned()),
    }
}

/// Placeholder names in order of appearance, each once. Of a plural: all but the count `n` itself.
fn arguments(text: &Text) -> Vec<String> {
    let (parts, plural): (Vec<&String>, bool) = match text {
        Text::Plain(text) => (vec![text], false),
        Text::Plural(forms) => (forms.values().collect(), true),
    };
    let mut names: Vec<String> = Vec::new();
    for name in parts.into_iter().flat_map(|part| placeholders(part)) {
        let counted = plural && name == "n";
        if !counted && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn placeholders(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
}

fn generated(slices: &[Slice]) -> Result<String, Failure> {
    let mut out = String::from("// Generated by app/build.rs from locales/.\n");
    let incomplete: Vec<&str> =
        slices.iter().filter(|s| s.languages[3].is_none()).map(|s| s.name.as_str()).collect();
    writeln!(out, "/// Slices whose Northern Sámi is not written yet: bokmål stands in.")?;
    writeln!(out, "pub const WITHOUT_SAMI: &[&str] = &{incomplete:?};")?;
    for slice in slices {
        let Some(nb) = &slice.languages[0] else { continue };
        let sami =
            if slice.languages[3].is_some() { "l" } else { "if l == Locale::Se { Locale::Nb } else { l }" };
        writeln!(
            out,
            "pub mod {} {{\n#[allow(unused_imports)]\nuse super::{{Display, Locale}};",
            slice.name
        )?;
        writeln!(out, "/// The language these texts really have; mark the part with it.")?;
        writeln!(out, "#[allow(dead_code)]\npub fn lang(l: Locale) -> Locale {{ {sami} }}")?;
        for (key, text) in nb {
            function(&mut out, slice, key, text)?;
        }
        out.push_str("}\n");
    }
    Ok(out)
}

fn function(out: &mut String, slice: &Slice, key: &str, nb: &Text) -> Result<(), Failure> {
    let mut parameters = String::from("l: Locale");
    if matches!(nb, Text::Plural(_)) {
        parameters.push_str(", n: i64");
    }
    for name in arguments(nb) {
        write!(parameters, ", {name}: impl Display")?;
    }
    if let Text::Plain(text) = nb {
        writeln!(out, "/// {}", text.replace('\n', " ").replace('[', "\\[").replace('<', "\\<"))?;
    }
    writeln!(
        out,
        "#[allow(clippy::too_many_arguments)]\npub fn {key}({parameters}) -> String {{ match l {{"
    )?;
    for (texts, (_, variant)) in slice.languages.iter().zip(LANGUAGES) {
        if let Some(text) = texts.as_ref().and_then(|t| t.get(key)) {
            // The first arm is bokmål and last resort: it is written last, as `_`, where Sámi is absent.
            writeln!(out, "Locale::{variant} => {},", expression(variant, text))?;
        }
    }
    if slice.languages[3].is_none() {
        writeln!(out, "Locale::Se => {},", expression("Nb", nb))?;
    }
    out.push_str("} }\n");
    Ok(())
}

fn expression(variant: &str, text: &Text) -> String {
    match text {
        Text::Plain(text) => format_call(text),
        Text::Plural(forms) => {
            let form = |name: &str| forms.get(name).map(|text| format_call(text)).unwrap_or_default();
            let two = if variant == "Se" { format!("2 => {}, ", form("two")) } else { String::new() };
            format!("match n {{ 1 => {}, {two}_ => {} }}", form("one"), form("other"))
        }
    }
}

fn format_call(text: &str) -> String {
    if placeholders(text).next().is_some() {
        format!("format!({text:?})")
    } else {
        format!("{text:?}.to_owned()")
    }
}
