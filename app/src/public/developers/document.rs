//! The description of the API, read once from the file that the tests keep fresh. Only what the page shows is taken; what
//! is missing reads as empty, and the test below says that nothing is.

use std::sync::LazyLock;

use serde_json::Value;

const TEXT: &str = include_str!("../../../../docs/openapi.json");
const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

/// What the page shows.
pub(super) static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::read(&serde_json::from_str(TEXT).unwrap_or_default()));

#[derive(Debug, Default)]
pub(super) struct Document {
    pub says: String,
    pub version: String,
    /// What tokens there are.
    pub tokens: Vec<Token>,
    pub operations: Vec<Operation>,
    pub problem: Vec<Field>,
    /// Codes of a problem, and of one of its fields.
    pub codes: Vec<Word>,
    pub field_codes: Vec<Word>,
}

/// A kind of token: what it is asked for with, where, and what it opens.
#[derive(Debug)]
pub(super) struct Token {
    pub scope: String,
    pub opens: String,
    pub url: String,
    pub says: String,
}

#[derive(Debug)]
pub(super) struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub says: String,
    /// What its token must have been given for.
    pub scope: String,
    /// In the address.
    pub parameters: Vec<Field>,
    /// The body and what it holds, the outermost first.
    pub request: Vec<Shape>,
    pub answers: Vec<Answer>,
    /// What an answer that succeeded holds.
    pub result: Vec<Shape>,
}

#[derive(Debug)]
pub(super) struct Shape {
    pub name: String,
    pub says: String,
    pub fields: Vec<Field>,
}

#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub kind: String,
    pub needed: bool,
    pub limits: String,
    /// A regular expression that it matches.
    pub pattern: Option<String>,
    pub says: String,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub status: String,
    pub says: String,
    pub kind: String,
}

/// A word of a closed list.
#[derive(Debug)]
pub(super) struct Word {
    pub code: String,
    pub says: String,
}

impl Document {
    fn read(root: &Value) -> Self {
        let schemas = &root["components"]["schemas"];
        Self {
            says: text(&root["info"]["description"]),
            version: text(&root["info"]["version"]),
            tokens: tokens(&root["components"]["securitySchemes"]),
            operations: operations(root),
            problem: fields(&schemas["Problem"]),
            codes: words(&schemas["Problem"]["properties"]["code"]),
            field_codes: words(&schemas["FieldProblem"]["properties"]["code"]),
        }
    }
}

/// The one without a binding first.
fn tokens(schemes: &Value) -> Vec<Token> {
    let token = |scheme: &Value| {
        let flow = &scheme["flows"]["clientCredentials"];
        let (scope, opens) = flow["scopes"].as_object()?.iter().next()?;
        let (url, says) = (text(&flow["tokenUrl"]), text(&scheme["description"]));
        Some(Token { scope: scope.clone(), opens: text(opens), url, says })
    };
    let mut tokens: Vec<Token> =
        schemes.as_object().into_iter().flatten().filter_map(|(_, scheme)| token(scheme)).collect();
    tokens.sort_by(|a, b| a.scope.cmp(&b.scope));
    tokens
}

/// The scope of an operation: each has exactly one.
fn scope(of: &Value) -> String {
    let wanted = list(&of["security"]).filter_map(Value::as_object).flatten();
    wanted.flat_map(|(_, scopes)| list(scopes)).map(text).next().unwrap_or_default()
}

fn operations(root: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in root["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            if let Some(of) = item.get(method) {
                found.push(operation(root, path, method, of));
            }
        }
    }
    found
}

fn operation(root: &Value, path: &str, method: &str, of: &Value) -> Operation {
    let body = &of["requestBody"]["content"]["application/json"]["schema"];
    let answers = of["responses"].as_object().into_iter().flatten();
    let succeeded = answers.clone().find(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer);
    let result = succeeded.map(|answer| &answer["content"]["application/json"]["schema"]);
    Operation {
        id: text(&of["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        says: [text(&of["summary"]), text(&of["description"])].join(" ").trim().to_owned(),
        scope: scope(of),
        parameters: list(&of["parameters"]).map(parameter).collect(),
        request: shapes(root, body),
        answers: answers.map(|(status, answer)| read_answer(status, answer)).collect(),
        result: result.map(|schema| shapes(root, schema)).unwrap_or_default(),
    }
}

fn read_answer(status: &str, answer: &Value) -> Answer {
    let kind = answer["content"].as_object().and_then(|content| content.values().next());
    let kind = kind.map(|content| kind_of(&content["schema"])).unwrap_or_default();
    Answer { status: status.to_owned(), says: text(&answer["description"]), kind }
}

fn parameter(of: &Value) -> Field {
    Field {
        name: text(&of["name"]),
        kind: kind_of(&of["schema"]),
        needed: of["required"].as_bool().unwrap_or_default(),
        limits: limits(&of["schema"]),
        pattern: pattern(&of["schema"]),
        says: text(&of["description"]),
    }
}

/// The shape that a schema names and those within it, each once. The problem has a place of its own on the page.
fn shapes(root: &Value, schema: &Value) -> Vec<Shape> {
    let (mut found, mut ahead): (Vec<Shape>, Vec<String>) = (Vec::new(), named(schema));
    while let Some(name) = ahead.pop() {
        if name == "Problem" || found.iter().any(|shape| shape.name == name) {
            continue;
        }
        let of = &root["components"]["schemas"][name.as_str()];
        ahead.extend(of["properties"].as_object().into_iter().flatten().flat_map(|(_, field)| named(field)));
        found.push(Shape { says: text(&of["description"]), fields: fields(of), name });
    }
    found
}

/// The names that a schema leads to.
fn named(schema: &Value) -> Vec<String> {
    let own = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).map(str::to_owned);
    let within = schema.get("items").into_iter().chain(list(&schema["oneOf"]));
    own.into_iter().chain(within.flat_map(named)).collect()
}

/// The needed ones first, as they were declared.
fn fields(of: &Value) -> Vec<Field> {
    let required: Vec<String> = list(&of["required"]).map(text).collect();
    let read = |(name, schema): (&String, &Value)| Field {
        name: name.clone(),
        kind: kind_of(schema),
        needed: required.contains(name),
        limits: limits(schema),
        pattern: pattern(schema),
        says: says(schema),
    };
    let mut fields: Vec<Field> = of["properties"].as_object().into_iter().flatten().map(read).collect();
    fields.sort_by_key(|field| required.iter().position(|name| *name == field.name).unwrap_or(usize::MAX));
    fields
}

/// What may be null says it at the shape that it otherwise is.
fn says(schema: &Value) -> String {
    let shape = list(&schema["oneOf"]).find(|one| one.get("$ref").is_some());
    text(schema.get("description").or_else(|| shape?.get("description")).unwrap_or(&Value::Null))
}

fn kind_of(schema: &Value) -> String {
    if let Some(items) = schema.get("items") {
        return format!("list of {}", kind_of(items));
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(text).collect(),
        kind => vec![text(kind)],
    };
    let named = named(schema);
    let kind = kinds.iter().chain(&named).find(|kind| !kind.is_empty() && *kind != "null");
    // A closed list of words has no type of its own.
    kind.cloned().unwrap_or_else(|| "string".to_owned())
}

fn limits(schema: &Value) -> String {
    let number = |key: &str| schema[key].as_u64();
    let between = |least: Option<u64>, most: Option<u64>, what: &str| match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}{what}")),
        (Some(least), None) => Some(format!("at least {least}{what}")),
        (None, Some(most)) => Some(format!("at most {most}{what}")),
        (None, None) => None,
    };
    let all = [
        between(number("minLength"), number("maxLength"), " characters"),
        between(number("minItems"), number("maxItems"), " items"),
        between(number("minimum"), number("maximum"), ""),
        schema["format"].as_str().filter(|_| schema["type"] != "integer").map(str::to_owned),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn pattern(schema: &Value) -> Option<String> {
    schema["pattern"].as_str().map(str::to_owned)
}

fn words(of: &Value) -> Vec<Word> {
    let word = |of: &Value| Word { code: text(&of["enum"][0]), says: text(&of["description"]) };
    list(&of["oneOf"]).map(word).collect()
}

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_read_whole() {
        let of = &*DOCUMENT;
        assert!(!of.says.is_empty() && !of.version.is_empty());
        let scopes: Vec<&str> = of.tokens.iter().map(|token| token.scope.as_str()).collect();
        assert_eq!(scopes, ["kriminalomsorg:varde/custody", "kriminalomsorg:varde/inmate.messages"]);
        for token in &of.tokens {
            assert!(token.url.starts_with("https://") && !token.opens.is_empty() && !token.says.is_empty());
            assert!(of.operations.iter().any(|one| one.scope == token.scope), "{}", token.scope);
        }
        assert_eq!(
            of.operations.len(),
            TEXT.matches("\"operationId\"").count() - TEXT.matches("\"links\"").count()
        );
        for operation in &of.operations {
            assert!(scopes.contains(&operation.scope.as_str()), "{}", operation.path);
            assert!(!operation.id.is_empty() && !operation.says.is_empty() && !operation.result.is_empty());
            assert!(
                operation.answers.iter().all(|answer| !answer.says.is_empty() && !answer.kind.is_empty())
            );
            let shapes = operation.request.iter().chain(&operation.result);
            let mut fields = shapes.flat_map(|shape| &shape.fields).chain(&operation.parameters);
            assert!(fields.all(|field| !field.says.is_empty()), "{}", operation.path);
            assert_eq!(operation.request.is_empty(), operation.method == "GET", "{}", operation.path);
        }
        assert!(of.problem.iter().all(|field| !field.says.is_empty()));
        assert!(of.codes.len() > 10 && of.field_codes.len() > 10 && of.problem.len() > 4);
        assert!(of.codes.iter().chain(&of.field_codes).all(|w| !w.code.is_empty() && !w.says.is_empty()));
    }

    #[test]
    fn a_field_says_its_type_and_its_limits() {
        let batch = &DOCUMENT.operations.iter().find(|o| o.method == "POST").expect("a post").request;
        assert_eq!(
            batch.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(),
            ["Batch", "Wire", "WireCondition"]
        );
        let events = &batch[0].fields[0];
        assert_eq!((events.kind.as_str(), events.limits.as_str()), ("list of Wire", "1 to 1000 items"));
        let until = batch[1].fields.iter().find(|field| field.name == "until").expect("a field");
        assert_eq!((until.kind.as_str(), until.needed), ("string", false));
    }
}
