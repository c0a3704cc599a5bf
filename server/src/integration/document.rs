//! What the API is, as OpenAPI 3.1: made from the handlers, committed as docs/openapi.json, served as it was made.

use axum::Json;
use utoipa::{
    OpenApi,
    openapi::{
        self,
        security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme},
    },
};

use super::custody;

#[derive(OpenApi)]
#[openapi(
    info(title = "Varde", description = "What other systems tell Varde. Errors are problem documents (RFC 9457) with a stable code."),
    paths(custody::take, custody::receipt, custody::put_inmate, custody::put_restrictions),
    tags((name = "custody", description = "Custody events, inmates, court orders"))
)]
struct Described;

/// The whole document.
pub fn document() -> openapi::OpenApi {
    let mut document = Described::openapi();
    let scopes =
        Scopes::from_iter([("kriminalomsorg:varde/custody", "Custody events, inmates, court orders")]);
    let flow = ClientCredentials::new("https://maskinporten.no/token", scopes);
    let scheme = SecurityScheme::OAuth2(OAuth2::with_description(
        [Flow::ClientCredentials(flow)],
        "A token of Maskinporten, got by the JWT bearer grant (RFC 7523).",
    ));
    document.components.get_or_insert_default().add_security_scheme("maskinporten", scheme);
    document
}

pub async fn serve() -> Json<openapi::OpenApi> {
    Json(document())
}
