//! What the browser is shown, and which requests never get that far.

mod support;

use http::{StatusCode, header};
use serde_json::json;
use support::*;
use testid::Kind;

#[tokio::test]
async fn an_unknown_client_or_address_gets_a_page_and_never_a_redirect() {
    let world = World::new(Kind::Citizen);
    let changes = [
        ("client_id", "nobody"),
        ("client_id", ""),
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", "http://localhost:3000/auth/citizen/callback/"),
        ("redirect_uri", "http://localhost:3000/auth/citizen/callback?x=1"),
        ("redirect_uri", "http://localhost:4000/cb?fixed=1"),
        ("redirect_uri", ""),
    ];
    for change in changes {
        let answer = world.authorize(&[change]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change:?}");
        assert!(!answer.headers.contains_key(header::LOCATION));
        assert!(answer.body.contains("<h1>"));
    }
    let twice = world.get("/authorize?client_id=varde&client_id=varde").await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_request_that_lacks_something_goes_back_with_an_error() {
    let world = World::new(Kind::Citizen);
    let cases = [
        (("response_type", "token"), "unsupported_response_type"),
        (("response_mode", "fragment"), "invalid_request"),
        (("scope", "profile"), "invalid_scope"),
        (("state", ""), "invalid_request"),
        (("nonce", ""), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("acr_values", "gold"), "invalid_request"),
        (("prompt", "none"), "login_required"),
        (("request", "x.y.z"), "request_not_supported"),
    ];
    for (change, error) in cases {
        let answer = world.authorize(&[change]).await;
        assert!(answer.location().starts_with(BACK), "{change:?}");
        assert_eq!(answer.param("error"), Some(error), "{change:?}");
        assert!(answer.param("iss").is_some());
        assert_eq!(answer.param("state").is_some(), change.0 != "state");
    }
}

#[tokio::test]
async fn cancelling_tells_the_client_and_uses_the_page_up() {
    let world = World::new(Kind::Citizen);
    let page = world.authorize(&[]).await;
    let fields = [("request", page.request_key()), ("level", "high"), ("cancel", "1")];
    let answer = world.post("/authorize", &fields, None).await;
    assert_eq!(answer.param("error"), Some("access_denied"));
    assert_eq!(answer.param("state"), Some("st%26te%3D1"));
    assert_eq!(world.post("/authorize", &fields, None).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_form_is_refused_with_a_foreign_key_persona_or_level_and_when_late() {
    let world = World::new(Kind::Citizen);
    let page = world.authorize(&[]).await;
    let key = page.request_key();
    for (key, persona, level) in
        [("x", "maja", "high"), (key, "henrik", "high"), (key, "maja", "top"), (key, "", "high")]
    {
        let fields = [("request", key), ("persona", persona), ("level", level)];
        let answer = world.post("/authorize", &fields, None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{persona} {level}");
        assert!(!answer.headers.contains_key(header::LOCATION));
    }
    world.pass_seconds(15 * 60);
    let fields = [("request", key), ("persona", "maja"), ("level", "high")];
    assert_eq!(world.post("/authorize", &fields, None).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_page_shows_everybody_marks_the_asked_level_and_carries_a_strict_policy() {
    for kind in [Kind::Citizen, Kind::Staff] {
        let world = World::new(kind);
        let page = world.authorize(&[]).await;
        for persona in testid::personas(kind) {
            assert!(page.body.contains(&format!("name=\"persona\" value=\"{}\"", persona.id)));
            assert!(page.body.contains(persona.name));
        }
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("form-action"));
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(page.body.matches(" checked").count(), 1);
        assert!(
            !page.body.contains("<script") && !page.body.contains("style=") && !page.body.contains("<style")
        );
    }
    let world = World::new(Kind::Citizen);
    let page = world.authorize(&[("acr_values", "idporten-loa-high")]).await;
    assert!(page.body.contains("value=\"high\" checked"));
}

#[tokio::test]
async fn the_page_speaks_the_wished_language_and_says_which_it_is() {
    let world = World::new(Kind::Citizen);
    for (wished, lang, word) in [
        ("nb", "nb", "Pårørende"),
        ("nn", "nn", "Pårørande"),
        ("en", "en", "Relatives"),
        ("se", "nb", "Pårørende"),
        ("xx", "nb", "Pårørende"),
    ] {
        let page = world.authorize(&[("ui_locales", wished)]).await;
        assert!(page.body.contains(&format!("<html lang=\"{lang}\">")), "{wished}");
        assert!(page.body.contains(word), "{wished}");
    }
    let (_, claims) = world.signed_in(&[("ui_locales", "se")], "maja", "high").await;
    assert_eq!(claims["locale"], "se");
}

#[tokio::test]
async fn nothing_the_client_sends_is_written_into_the_page() {
    let world = World::new(Kind::Citizen);
    let canary = "\"><script>canary</script>";
    let page = world.authorize(&[("state", canary), ("nonce", canary), ("ui_locales", canary)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("canary"));
    let page = world.authorize(&[("client_id", canary)]).await;
    assert!(!page.body.contains("canary"));
}

#[tokio::test]
async fn the_configuration_says_what_the_router_does() {
    let world = World::new(Kind::Citizen);
    let document = world.get("/.well-known/openid-configuration").await.json();
    let expected = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/authorize"),
        "token_endpoint": format!("{ISSUER}/token"),
        "userinfo_endpoint": format!("{ISSUER}/userinfo"),
        "jwks_uri": format!("{ISSUER}/jwks"),
        "end_session_endpoint": format!("{ISSUER}/logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile"],
        "acr_values_supported": [
            "idporten-loa-low", "idporten-loa-substantial", "idporten-loa-high",
            "eidas-loa-substantial", "eidas-loa-high"
        ],
        "ui_locales_supported": ["nb", "nn", "en", "se"],
        "prompt_values_supported": ["login", "none"],
        "claims_supported": [
            "iss", "aud", "sub", "acr", "amr", "auth_time", "sid", "nonce", "locale", "jti", "iat", "exp",
            "pid", "eidas_firstname", "eidas_lastname", "eidas_date_of_birth", "eidas_identifier"
        ],
        "pushed_authorization_request_endpoint": format!("{ISSUER}/par"),
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
    });
    assert_eq!(document, expected);
    for endpoint in ["authorization_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint"] {
        let path = document[endpoint].as_str().unwrap().strip_prefix(ISSUER).unwrap();
        assert_ne!(world.get(path).await.status, StatusCode::NOT_FOUND, "{endpoint}");
    }
    assert_eq!(world.post("/token", &[], None).await.error(), "invalid_client");
    let claimed: Vec<_> = document["claims_supported"].as_array().unwrap().clone();
    for persona in ["maja", "luca"] {
        let (_, claims) = world.signed_in(&[], persona, "high").await;
        for name in claims.as_object().unwrap().keys() {
            assert!(claimed.contains(&json!(name)), "{name} is not announced");
        }
    }
    let sheet = world.get("/testid.css").await;
    assert_eq!(sheet.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
}
