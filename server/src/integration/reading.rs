//! How a call is read: a body of the published shape, a key in the address. What has another shape is refused whole.

use axum::body::Bytes;
use domain::{custody::event::LONGEST_KEY, kernel::line};
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::Problem;

/// A key that cannot be one is nobody's.
pub fn key_of(key: &str) -> Result<String, Problem> {
    let wrong = |code| malformed([("key".to_owned(), code)]);
    // What one reader of an address takes for a space, another does not. The mark of byte order counts as one to many.
    if key.chars().any(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(wrong("character"));
    }
    line(key, LONGEST_KEY).map_err(|error| wrong(error.code()))
}

/// JSON of the published shape. What has another is refused whole, with the place where it differs.
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media_type",
            "the body must be application/json",
        ));
    }
    let value: serde_json::Value =
        serde_json::from_slice(body).map_err(|_| malformed([(".".to_owned(), "json")]))?;
    is_object(&value, ".").map_err(|place| malformed([(place, "shape")]))?;
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| malformed([(error.path().to_string(), "shape")]))?;
    Ok(read)
}

/// All that we take are objects and lists of objects. Whoever reads structures would also take a list in an object's place.
fn is_object(value: &serde_json::Value, place: &str) -> Result<(), String> {
    let fields = value.as_object().ok_or_else(|| place.to_owned())?;
    for (name, field) in fields {
        for (n, item) in field.as_array().into_iter().flatten().enumerate() {
            is_object(item, &format!("{name}[{n}]"))?;
        }
    }
    Ok(())
}

pub fn malformed(errors: impl IntoIterator<Item = (String, &'static str)>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed", "the call has another shape than the published one")
        .with(errors)
}
