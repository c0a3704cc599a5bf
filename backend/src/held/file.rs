//! What is held, as one file to take along: JSON with codes for names, dates as ISO 8601, nothing left out. Its shape is a
//! promise to whoever reads it by machine: names are added, never changed.

use domain::kernel::Instant;
use serde_json::{Map, Value as Json, json};

use super::{Fact, NOTICES, Part, Section, Thing, Value};
use crate::{Result, looks::Look, register::Kept, rules::Rules};

/// Of everything but the notices.
pub fn file(made_at: Instant, rules: &Rules, parts: &[Section], looks: &[Look]) -> Result<Json> {
    let part = |section: &Section| {
        let mut told = about(section.topic.part(), rules)?;
        told.insert("part".to_owned(), json!(section.topic.code()));
        if section.locked {
            told.insert(
                "locked".to_owned(),
                json!("sign in at the high level to see whether there is anything"),
            );
        }
        told.insert("things".to_owned(), things(&section.things));
        Ok(Json::Object(told))
    };
    let parts: Vec<Json> = parts.iter().map(part).collect::<Result<_>>()?;
    let looks: Vec<Json> = looks
        .iter()
        .map(|look| {
            json!({ "at": look.at.rfc3339(), "about": look.about.code(), "role": look.role.code(),
                "unit": look.unit_name, "why": look.why.code() })
        })
        .collect();
    Ok(json!({ "format": "varde/my-data/1", "made_at": made_at.rfc3339(), "parts": parts, "looks": looks }))
}

/// Of the notices, for her own area alone. It does not carry the name of the service.
pub fn notices_file(made_at: Instant, rules: &Rules, held: &[Thing], looks: Json) -> Result<Json> {
    let mut told = about(NOTICES, rules)?;
    told.insert("format".to_owned(), json!("my-data/1"));
    told.insert("made_at".to_owned(), json!(made_at.rfc3339()));
    told.insert("things".to_owned(), things(held));
    told.insert("looks".to_owned(), looks);
    Ok(Json::Object(told))
}

/// On what ground, what for, for how long: as the register has it.
fn about(part: Part, rules: &Rules) -> Result<Map<String, Json>> {
    let grounds: Vec<&str> = part.grounds().into_iter().map(|ground| ground.code()).collect();
    let mut tables = vec![];
    for table in part.tables() {
        let kept = match table.root().kept {
            Kept::Days(keys, after) => {
                let days = keys.iter().map(|key| rules.days(key)).collect::<Result<Vec<_>>>()?;
                json!({ "days": days, "from": after })
            }
            Kept::ByKind(after) => json!({ "days": "by its kind", "from": after }),
            Kept::Short(how) | Kept::Appended(how) | Kept::While(how) => json!(how),
            Kept::ForEver => json!("for ever"),
            Kept::Blob => json!("as what it belongs to"),
            Kept::As(other) => json!(format!("as {other}")),
            Kept::Case | Kept::LastCase => json!("as the archive act requires"),
            Kept::Custody => json!("the custody register's rule"),
        };
        tables.push(json!({ "holds": table.holds, "purpose": table.purpose, "kept": kept }));
    }
    let mut about = Map::new();
    about.insert("grounds".to_owned(), json!(grounds));
    about.insert("register".to_owned(), json!(tables));
    Ok(about)
}

fn things(things: &[Thing]) -> Json {
    things.iter().map(thing).collect()
}

/// A name that stands several times is a list.
fn thing(thing: &Thing) -> Json {
    let mut told = Map::new();
    told.insert("kind".to_owned(), json!(thing.kind.code()));
    for Fact { name, value } in &thing.facts {
        let (key, value) = (key(name.code()), json_of(value));
        match told.get_mut(&key) {
            None => {
                told.insert(key, value);
            }
            Some(Json::Array(all)) => all.push(value),
            Some(one) => *one = json!([one.clone(), value]),
        }
    }
    Json::Object(told)
}

/// The kind of a document or a mandate stands beside that of the thing.
fn key(name: &str) -> String {
    if name == "kind" { "of_kind".to_owned() } else { name.to_owned() }
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Secret(text) => json!(text),
        Value::Number(number) | Value::Bytes(number) => json!(number),
        Value::At(at) => json!(at.rfc3339()),
        Value::On(day) => json!(day.iso()),
        Value::Yes(yes) => json!(yes),
        Value::Codes(_, codes) => match codes.as_slice() {
            [one] => json!(one),
            many => json!(many),
        },
        Value::Named([nb, ..]) => json!(nb),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::held::{Kind, Name, Set};

    #[test]
    fn a_name_that_stands_twice_is_a_list_and_nothing_is_lost() {
        let made = Thing::new(Kind::Document)
            .text(Name::File, "a.pdf".to_owned())
            .text(Name::File, "b.pdf".to_owned())
            .text(Name::File, "c.pdf".to_owned())
            .text(Name::Words, String::new())
            .named(Name::Kind, ["Fullmakt", "Fullmakt", "Mandate"].map(str::to_owned))
            .codes(Name::Needs, Set::Need, "wheelchair interpreter")
            .yes(Name::PlainWords, false);
        let wanted = json!({ "kind": "document", "file": ["a.pdf", "b.pdf", "c.pdf"], "of_kind": "Fullmakt",
            "needs": ["wheelchair", "interpreter"], "plain_words": false });
        assert_eq!(thing(&made), wanted);
    }
}
