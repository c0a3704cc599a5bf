//! The names that every server function takes, so that the server can refuse what no page of ours sends
//! before it reaches the function. A function without a row here fails the authorisation matrix test.

/// Where a server function lives, as in its `endpoint`, and the names its form sends: a list's as `name[]`.
pub type Row = (&'static str, &'static [&'static str]);

/// One line a slice: its rows stand beside its functions.
const FORMS: &[&[Row]] = &[
    crate::appeals::desk::FORMS,
    crate::appeals::mine::FORMS,
    crate::consents::desk::FORMS,
    crate::consents::mine::FORMS,
    crate::corrections::desk::FORMS,
    crate::corrections::mine::FORMS,
    crate::inmates::FORMS,
    crate::inmates::APART_FORMS,
    crate::inmates::APPOINTMENT_FORMS,
    crate::inmates::NAMED_FORMS,
    crate::inmates::VISITORS_FORMS,
    crate::inmates::WING_FORMS,
    crate::desk::work::FORMS,
    crate::documents::desk::FORMS,
    crate::documents::mine::FORMS,
    crate::identity::contact::api::FORMS,
    crate::messages::desk::FORMS,
    crate::messages::mine::FORMS,
    crate::messages::control::FORMS,
    crate::messages::exchange::FORMS,
    crate::messages::worry::FORMS,
    crate::messages::counsel::FORMS,
    crate::messages::appointed::FORMS,
    crate::messages::delegates::FORMS,
    crate::messages::mandates::FORMS,
    crate::messages::mandates::DECLARED_FORMS,
    crate::notices::desk::FORMS,
    crate::notices::duty::FORMS,
    crate::notices::mine::api::FORMS,
    crate::trail::FORMS,
    crate::visits::apply::api::FORMS,
    crate::visits::assist::FORMS,
    crate::visits::booking::FORMS,
    crate::visits::booking::ALONG_FORMS,
    crate::visits::booking::counsel::FORMS,
    crate::visits::booking::counsel::bringing::FORMS,
    crate::visits::booking::counsel::urgent::FORMS,
    crate::visits::assist::unreached::FORMS,
    crate::visits::assist::handin::FORMS,
    crate::visits::booking::joining::FORMS,
    crate::visits::booking::asking::FORMS,
    crate::visits::booking::waiting::FORMS,
    crate::visits::desk::FORMS,
    crate::visits::gate::FORMS,
    crate::visits::mine::api::FORMS,
    crate::visits::organisations::FORMS,
    crate::visits::organisations::STAFF_FORMS,
    crate::visits::plan::FORMS,
    crate::visits::plan::WINGS_FORMS,
    crate::visits::without::FORMS,
];

/// Where server functions live.
const PREFIX: &str = "/api/";

/// The names that the server function at this path takes; `None` if there is no such function.
pub fn known_fields(path: &str) -> Option<&'static [&'static str]> {
    row(path).map(|row| row.1)
}

/// The endpoint at this path, which is also the name its refused form is kept under.
pub fn endpoint(path: &str) -> Option<&'static str> {
    row(path).map(|row| row.0)
}

fn row(path: &str) -> Option<&'static Row> {
    let endpoint = path.strip_prefix(PREFIX)?;
    FORMS.iter().flat_map(|rows| rows.iter()).find(|(known, _)| *known == endpoint)
}
