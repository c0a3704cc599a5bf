//! What the API is, as OpenAPI 3.1: made from the handlers, committed as docs/openapi.json, served as it was made.

use axum::Json;
use utoipa::{
    OpenApi,
    openapi::{
        self,
        security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme},
    },
};

use super::{custody, inmate};

#[derive(OpenApi)]
#[openapi(
    info(title = "Varde", description = "What other systems tell Varde, and an inmate's own end of his letters. Errors are problem documents (RFC 9457) with a stable code."),
    paths(
        custody::take,
        custody::receipt,
        custody::put_inmate,
        custody::put_restrictions,
        inmate::exchanges,
        inmate::write_letter,
        inmate::set_side,
        inmate::report,
        inmate::acknowledge_letter,
        inmate::lawyers,
        inmate::write_message,
        inmate::acknowledge_message
    ),
    tags(
        (name = "custody", description = "Custody events, inmates, court orders"),
        (name = "inmate", description = "One inmate's letters with his relatives and his lawyers")
    )
)]
struct Described;

/// The whole document.
pub fn document() -> openapi::OpenApi {
    let mut document = Described::openapi();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("maskinporten", token(CUSTODY, SYSTEM));
    components.add_security_scheme("inmate", token(INMATE, BOUND));
    document
}

/// A scope, and what it opens.
const CUSTODY: (&str, &str) = ("kriminalomsorg:varde/custody", "Custody events, inmates, court orders");
const INMATE: (&str, &str) =
    ("kriminalomsorg:varde/inmate.messages", "One inmate's letters with his relatives and his lawyers");
const SYSTEM: &str =
    "A token of Maskinporten, got by the JWT bearer grant (RFC 7523). It opens nothing of an inmate's own.";
const BOUND: &str = "The same, asked for by the system at which inmates sign in: one token for each who has signed in. The \
    assertion carries what it is bound to (RFC 9396) and so does the token: `\"authorization_details\": [{\"type\": \
    \"kriminalomsorg:varde/inmate\", \"source\": \"koda\", \"identifier\": \"K-1\"}]`, that is, exactly one inmate, by the key \
    that the source has for him. It is asked for with this scope alone and opens what is his, and nothing else.";

fn token((scope, opens): (&str, &str), says: &str) -> SecurityScheme {
    let flow = ClientCredentials::new("https://maskinporten.no/token", Scopes::from_iter([(scope, opens)]));
    SecurityScheme::OAuth2(OAuth2::with_description([Flow::ClientCredentials(flow)], says))
}

pub async fn serve() -> Json<openapi::OpenApi> {
    Json(document())
}
