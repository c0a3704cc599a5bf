//! A browser and a relying party in few words, over the router alone.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;
use testid::{Client, Config, Key, Kind};
use tower::ServiceExt;

pub const ISSUER: &str = "http://localhost:3000/testid/citizen";
pub const BACK: &str = "http://localhost:3000/auth/citizen/callback";
pub const FRONT: &str = "http://localhost:3000/auth/citizen/front-channel";
pub const BEHIND: &str = "http://localhost:3000/auth/citizen/back-channel";
pub const AFTER: &str = "http://localhost:3000/";
pub const VERIFIER: &str = "correct-horse-battery-staple-correct-horse-battery";
pub const NOON: i64 = 1_795_000_000;

static KEY: LazyLock<Key> = LazyLock::new(|| Key::generate().unwrap());

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// A parameter of the redirect, still percent-encoded.
    pub fn param(&self, name: &str) -> Option<&str> {
        let (_, query) = self.location().split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap().to_owned()
    }

    /// The key in the page's hidden field.
    pub fn request_key(&self) -> &str {
        let (_, rest) = self.body.split_once("name=\"request\" value=\"").expect("a page with a form");
        rest.split('"').next().unwrap()
    }
}

pub struct World {
    router: Router,
    now: Arc<AtomicI64>,
    told: Arc<Mutex<Vec<(String, String)>>>,
}

impl World {
    pub fn new(kind: Kind) -> Self {
        let now = Arc::new(AtomicI64::new(NOON));
        let (clock, counter) = (now.clone(), AtomicU8::new(0));
        let told = Arc::<Mutex<Vec<_>>>::default();
        let posted = told.clone();
        let client = |id: &str, secret: Option<&str>, redirect: &str| Client {
            id: id.into(),
            secret: secret.map(Into::into),
            redirect_uris: vec![redirect.into()],
            post_logout_redirect_uris: vec![AFTER.into()],
            frontchannel_logout_uri: Some(FRONT.into()),
            backchannel_logout_uri: Some(BEHIND.into()),
            ..Client::default()
        };
        let provider = testid::router(Config {
            issuer: ISSUER.into(),
            kind,
            clients: vec![
                client("varde", Some("s:e c+ret"), BACK),
                client("other", Some("other"), "http://localhost:4000/cb?fixed=1"),
                client("public", None, BACK),
            ],
            clock: Arc::new(move || clock.load(Ordering::SeqCst)),
            // Different each time, that is all the tests need.
            random: Arc::new(move |bytes| bytes.fill(counter.fetch_add(1, Ordering::SeqCst))),
            post: Arc::new(move |url, body| {
                posted.lock().unwrap().push((url, body));
                Box::pin(async {})
            }),
            key: KEY.clone(),
        });
        Self { router: Router::new().nest("/testid/citizen", provider), now, told }
    }

    /// What was posted to relying parties.
    pub fn told(&self) -> Vec<(String, String)> {
        self.told.lock().unwrap().clone()
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let uri = format!("/testid/citizen{path}");
        self.send(Request::get(uri).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)], authorization: Option<&str>) -> Answer {
        let mut request = Request::post(format!("/testid/citizen{path}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(value) = authorization {
            request = request.header(header::AUTHORIZATION, value);
        }
        self.send(request.body(Body::from(form(fields))).unwrap()).await
    }

    pub async fn bearer(&self, token: &str) -> Answer {
        let request = Request::get("/testid/citizen/userinfo")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty());
        self.send(request.unwrap()).await
    }

    pub async fn authorize(&self, change: &[(&str, &str)]) -> Answer {
        self.get(&format!("/authorize?{}", form(&asked(change)))).await
    }

    /// Chooses a persona on a page made for `change`; the answer is the redirect back.
    pub async fn choose(&self, change: &[(&str, &str)], persona: &str, level: &str) -> Answer {
        let page = self.authorize(change).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let fields = [("request", page.request_key()), ("persona", persona), ("level", level)];
        self.post("/authorize", &fields, None).await
    }

    pub async fn code(&self, persona: &str) -> String {
        self.choose(&[], persona, "substantial").await.param("code").unwrap().to_owned()
    }

    /// Redeems a code as client `varde`, with some fields changed.
    pub async fn token(&self, code: &str, change: &[(&str, &str)]) -> Answer {
        let fields = merged(
            vec![
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", BACK),
                ("code_verifier", VERIFIER),
            ],
            change,
        );
        self.post("/token", &fields, Some(&basic("varde", "s%3Ae+c%2Bret"))).await
    }

    /// The verified claims of an ID token, checked as a relying party would.
    pub async fn verified(&self, id_token: &str) -> Value {
        let jwks = self.get("/jwks").await.json();
        let key = &jwks["keys"][0];
        let header = decode_header(id_token).unwrap();
        assert_eq!(header.alg, Algorithm::RS256);
        assert_eq!(header.kid.as_deref(), key["kid"].as_str());
        let public =
            DecodingKey::from_rsa_components(key["n"].as_str().unwrap(), key["e"].as_str().unwrap()).unwrap();
        let mut checks = Validation::new(Algorithm::RS256);
        checks.set_audience(&["varde"]);
        checks.set_issuer(&[ISSUER]);
        checks.validate_exp = false; // the clock here is not the machine's
        decode::<Value>(id_token, &public, &checks).unwrap().claims
    }

    /// From the page to the verified claims.
    pub async fn signed_in(&self, change: &[(&str, &str)], persona: &str, level: &str) -> (Value, Value) {
        let redirect = self.choose(change, persona, level).await;
        let tokens = self.token(redirect.param("code").unwrap(), &[]).await;
        assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.body);
        let tokens = tokens.json();
        let claims = self.verified(tokens["id_token"].as_str().unwrap()).await;
        (tokens, claims)
    }
}

pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

pub fn challenge() -> String {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, VERIFIER.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.as_ref())
}

pub fn asked<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    static CHALLENGE: LazyLock<String> = LazyLock::new(challenge);
    merged(
        vec![
            ("client_id", "varde"),
            ("redirect_uri", BACK),
            ("response_type", "code"),
            ("scope", "openid profile"),
            ("state", "st&te=1"),
            ("nonce", "n-1"),
            ("code_challenge", CHALLENGE.as_str()),
            ("code_challenge_method", "S256"),
        ],
        change,
    )
}

/// The fields with some changed; an empty value removes the field.
fn merged<'a>(base: Vec<(&'a str, &'a str)>, change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = base.into_iter().filter(|(name, _)| !change.iter().any(|(other, _)| other == name));
    kept.chain(change.iter().copied()).filter(|(_, value)| !value.is_empty()).collect()
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A part of a token, unverified.
pub fn part(token: &str, at: usize) -> Value {
    let text = token.split('.').nth(at).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}
