//! A provider that lies, and what becomes of its tokens.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{access::Level, kernel::Instant};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{Claims, Ended, Pending, Provider, Refusal, claims::acr_for, level_of};
use crate::config::OidcClient;

const NOW: Instant = Instant(1_788_256_800_000_000);
const SECONDS: i64 = 1_788_256_800;

struct Liar {
    issuer: String,
    der: Vec<u8>,
    token: Arc<Mutex<String>>,
    line: Arc<Line>,
}

/// How often it was asked for its discovery, and whether it answers.
#[derive(Default)]
struct Line {
    asked: AtomicUsize,
    dead: AtomicBool,
}

fn new_key() -> (Vec<u8>, Value) {
    let pkcs8 =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &aws_lc_rs::rand::SystemRandom::new())
            .expect("a key");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref()).expect("a key");
    let point = pair.public_key().as_ref();
    let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let jwk = json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "one",
        "x": part(&point[1..33]), "y": part(&point[33..])});
    (pkcs8.as_ref().to_vec(), jwk)
}

impl Liar {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let (der, jwk) = new_key();
        let token = Arc::new(Mutex::new(String::new()));
        let (base, given, line) = (issuer.clone(), token.clone(), Arc::<Line>::default());
        let on = line.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut bytes = vec![0; 16 * 1024];
                let read = socket.read(&mut bytes).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&bytes[..read]).into_owned();
                on.asked.fetch_add(usize::from(request.contains("openid-configuration")), Ordering::SeqCst);
                if on.dead.load(Ordering::SeqCst) {
                    continue;
                }
                let body = answer(&request, &base, &jwk, &given.lock().expect("token")).to_string();
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
                let text = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                let _ = socket.write_all(text.as_bytes()).await;
            }
        });
        Self { issuer, der, token, line }
    }

    fn with_another_key(&self) -> Self {
        let (token, line) = (self.token.clone(), self.line.clone());
        Self { issuer: self.issuer.clone(), der: new_key().0, token, line }
    }

    fn asked(&self) -> usize {
        self.line.asked.load(Ordering::SeqCst)
    }

    fn logout(&self) -> Value {
        json!({"iss": self.issuer, "aud": "varde", "sub": "s", "sid": "sid", "iat": SECONDS, "jti": "1",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}}})
    }

    fn truth(&self) -> Value {
        json!({"iss": self.issuer, "sub": "s", "aud": "varde", "nonce": "n", "acr": "idporten-loa-high",
            "iat": SECONDS, "exp": SECONDS + 120, "sid": "sid", "pid": "14839121866"})
    }

    fn signed(&self, claims: &Value) -> String {
        self.signed_by("one", claims)
    }

    fn signed_by(&self, kid: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(kid.to_owned());
        encode(&header, claims, &EncodingKey::from_ec_der(&self.der)).expect("signed")
    }

    async fn finish(&self, token: String) -> Result<Claims, Refusal> {
        self.finish_fresh(token, None).await
    }

    async fn finish_fresh(&self, token: String, since: Option<Instant>) -> Result<Claims, Refusal> {
        *self.token.lock().expect("token") = token;
        let verifier = "v".repeat(43);
        let pending =
            Pending { nonce: "n", pkce_verifier: &verifier, level: Level::Substantial, fresh_since: since };
        self.provider().finish("code", pending, NOW, "jti").await
    }

    fn provider(&self) -> Provider {
        let client = OidcClient {
            issuer: self.issuer.clone(),
            client_id: "varde".to_owned(),
            client_secret: "secret-of-the-client".to_owned().into(),
            signing_key_files: Vec::new(),
            acr: "idporten-loa-substantial".to_owned(),
            browser_origins: Vec::new(),
        };
        let http = reqwest::Client::builder().build().expect("a client");
        Provider::new(client, "http://localhost/callback".to_owned(), http).expect("no keys to read")
    }
}

fn answer(request: &str, issuer: &str, jwk: &Value, token: &str) -> Value {
    let path = request.split(' ').nth(1).unwrap_or_default();
    match path {
        "/.well-known/openid-configuration" => json!({"issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"), "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"), "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["RS256", "ES256"]}),
        "/jwks" => json!({"keys": [jwk]}),
        _ if token.is_empty() => json!({"access_token": "a", "token_type": "Bearer"}),
        _ => json!({"access_token": "a", "token_type": "Bearer", "id_token": token}),
    }
}

#[tokio::test]
async fn t05_a_true_token_is_believed() {
    let liar = Liar::start().await;
    let claims = liar.finish(liar.signed(&liar.truth())).await.map_err(Refusal::code).expect("believed");
    assert_eq!((claims.sub.as_str(), claims.sid.as_deref(), claims.level), ("s", Some("sid"), Level::High));
    assert_eq!(claims.pid.as_deref(), Some("14839121866"));
}

#[tokio::test]
async fn t05_each_lie_is_refused_by_its_own_name() {
    let liar = Liar::start().await;
    let table = [
        ("iss", json!("https://evil.example"), Refusal::WrongIssuer),
        ("aud", json!("another"), Refusal::WrongAudience),
        ("aud", json!(["varde", "another"]), Refusal::WrongAudience),
        ("azp", json!("another"), Refusal::WrongAudience),
        ("nonce", json!("another"), Refusal::WrongNonce),
        ("nonce", Value::Null, Refusal::WrongNonce),
        ("exp", json!(SECONDS - 1), Refusal::Expired),
        ("iat", json!(SECONDS - 3600), Refusal::Expired),
        ("iat", json!(SECONDS + 3600), Refusal::Expired),
        ("acr", json!("idporten-loa-low"), Refusal::LevelTooLow),
        ("acr", json!("something"), Refusal::LevelTooLow),
        ("acr", Value::Null, Refusal::LevelTooLow),
    ];
    for (claim, lie, expected) in table {
        let mut claims = liar.truth();
        claims[claim] = lie.clone();
        let refused = liar.finish(liar.signed(&claims)).await.err();
        assert_eq!(refused, Some(expected), "{claim} = {lie}");
    }
}

#[tokio::test]
async fn t05_no_other_algorithm_and_no_other_key() {
    let liar = Liar::start().await;
    let claims = liar.truth();
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims));
    assert_eq!(liar.finish(unsigned).await.err(), Some(Refusal::Algorithm));
    for secret in ["secret-of-the-client", "the public key, which everybody has"] {
        let key = EncodingKey::from_secret(secret.as_bytes());
        let token = encode(&Header::new(Algorithm::HS256), &claims, &key).expect("signed");
        assert_eq!(liar.finish(token).await.err(), Some(Refusal::Algorithm), "{secret}");
    }
    let stranger = liar.with_another_key();
    assert_eq!(liar.finish(stranger.signed(&claims)).await.err(), Some(Refusal::Signature));
    let mut bent = liar.signed(&claims);
    bent.replace_range(bent.len() - 6..bent.len() - 4, "AA");
    assert_eq!(liar.finish(bent).await.err(), Some(Refusal::Signature));
    assert_eq!(liar.finish(String::new()).await.err(), Some(Refusal::NoIdToken));
}

#[tokio::test]
async fn t05_a_fresh_sign_in_is_fresh() {
    let liar = Liar::start().await;
    let since = Some(NOW.plus_seconds(-120));
    for (at, expected) in [
        (json!(SECONDS - 10), Ok(Some(Instant(NOW.micros() - 10_000_000)))),
        (json!(SECONDS - 3600), Err(Refusal::NotFresh)),
        (json!(SECONDS + 3600), Err(Refusal::NotFresh)),
        (Value::Null, Err(Refusal::NotFresh)),
    ] {
        let mut claims = liar.truth();
        claims["auth_time"] = at.clone();
        let got = liar.finish_fresh(liar.signed(&claims), since).await.map(|claims| claims.fresh_at);
        assert_eq!(got, expected, "auth_time = {at}");
        assert!(liar.finish(liar.signed(&claims)).await.is_ok(), "nobody asked for a fresh one");
    }
}

#[tokio::test]
async fn t07_a_logout_token_is_believed_by_its_rules_alone() {
    let liar = Liar::start().await;
    let truth = liar.logout();
    let ended = async |claims: &Value| liar.provider().ended(&liar.signed(claims), NOW).await;
    assert_eq!(ended(&truth).await, Ok(Ended::Session("sid".into())));
    assert_eq!(ended(&truth).await, Ok(Ended::Session("sid".into())), "told twice is told");
    let table = [
        ("sid", Value::Null, Ok(Ended::Person { subject: "s".into(), at: NOW })),
        ("iss", json!("https://evil.example"), Err(Refusal::WrongIssuer)),
        ("aud", json!("another"), Err(Refusal::WrongAudience)),
        ("iat", json!(SECONDS - 3600), Err(Refusal::Expired)),
        ("iat", json!(SECONDS + 3600), Err(Refusal::Expired)),
        ("exp", json!(SECONDS - 1), Err(Refusal::Expired)),
        ("jti", Value::Null, Err(Refusal::Malformed)),
        ("nonce", json!("n"), Err(Refusal::Malformed)),
        ("events", json!({}), Err(Refusal::Malformed)),
        ("events", json!({"something": {}}), Err(Refusal::Malformed)),
    ];
    for (claim, lie, expected) in table {
        let mut claims = truth.clone();
        claims[claim] = lie.clone();
        assert_eq!(ended(&claims).await, expected, "{claim} = {lie}");
    }
    let mut nobody = truth.clone();
    (nobody["sid"], nobody["sub"]) = (Value::Null, Value::Null);
    assert_eq!(ended(&nobody).await, Err(Refusal::Malformed));
    let id_token = liar.signed(&liar.truth());
    assert_eq!(liar.provider().ended(&id_token, NOW).await, Err(Refusal::Malformed), "an ID token is none");
    let key = EncodingKey::from_secret(b"secret-of-the-client");
    let symmetric = encode(&Header::new(Algorithm::HS256), &truth, &key).expect("signed");
    assert_eq!(liar.provider().ended(&symmetric, NOW).await, Err(Refusal::Algorithm));
    let stranger = liar.with_another_key();
    assert_eq!(liar.provider().ended(&stranger.signed(&truth), NOW).await, Err(Refusal::Signature));
}

#[tokio::test]
async fn t07_keys_that_nobody_knows_make_one_question_a_minute() {
    let liar = Liar::start().await;
    let (provider, forged) = (Arc::new(liar.provider()), liar.signed_by("unknown", &liar.logout()));
    let flood = async |at: Instant| {
        let all: Vec<_> = (0..20)
            .map(|n| {
                let (provider, forged) = (provider.clone(), forged.clone());
                // Each has read the clock at a moment of its own.
                tokio::spawn(async move { provider.ended(&forged, Instant(at.micros() + n * 1_000)).await })
            })
            .collect();
        for one in all {
            assert_eq!(one.await.expect("joined"), Err(Refusal::UnknownKey));
        }
        liar.asked()
    };
    assert_eq!(flood(NOW).await, 1, "the first question of all");
    assert_eq!(flood(NOW.plus_seconds(59)).await, 1);
    assert_eq!(flood(NOW.plus_seconds(61)).await, 2, "twenty make one");
    assert_eq!(flood(NOW.plus_seconds(62)).await, 2);
}

#[tokio::test]
async fn t07_a_provider_that_does_not_answer_takes_nothing_away() {
    let liar = Liar::start().await;
    let provider = liar.provider();
    let (true_one, forged) = (liar.signed(&liar.logout()), liar.signed_by("unknown", &liar.logout()));
    let (later, session) = (NOW.plus_seconds(120), Ok(Ended::Session("sid".into())));
    assert_eq!(provider.ended(&true_one, NOW).await, session);
    liar.line.dead.store(true, Ordering::SeqCst);
    assert_eq!(provider.ended(&forged, later).await, Err(Refusal::UnknownKey));
    assert_eq!((provider.ended(&true_one, later).await, liar.asked()), (session.clone(), 2));
    // Nor does whoever hangs up in the middle.
    liar.line.dead.store(false, Ordering::SeqCst);
    let again = later.plus_seconds(61);
    let gone = tokio::time::timeout(std::time::Duration::ZERO, provider.ended(&forged, again)).await;
    assert!(gone.is_err(), "it was still asking");
    assert_eq!(provider.ended(&forged, again).await, Err(Refusal::UnknownKey));
    assert_eq!((provider.ended(&true_one, again).await, liar.asked()), (session, 3));
}

#[tokio::test]
async fn a_provider_that_was_never_reached_is_asked_again_soon_but_not_by_all() {
    let liar = Liar::start().await;
    let (provider, token) = (liar.provider(), liar.signed(&liar.logout()));
    liar.line.dead.store(true, Ordering::SeqCst);
    for _ in 0..5 {
        assert_eq!(provider.ended(&token, NOW).await, Err(Refusal::Unreachable));
    }
    assert_eq!(liar.asked(), 1);
    liar.line.dead.store(false, Ordering::SeqCst);
    let soon = NOW.plus_seconds(5);
    assert_eq!(provider.ended(&token, soon).await, Ok(Ended::Session("sid".into())));
    assert_eq!(liar.asked(), 2);
}

#[test]
fn levels_are_read_and_asked_for_in_the_providers_words() {
    assert_eq!(level_of("eidas-loa-high"), Some(Level::High));
    assert_eq!(level_of("substantial"), Some(Level::Substantial));
    assert_eq!(level_of("idporten-loa-substantial eidas-loa-substantial"), Some(Level::Substantial));
    assert_eq!(level_of("Level4"), None);
    assert_eq!(acr_for("idporten-loa-low eidas-loa-low", Level::High), "idporten-loa-high eidas-loa-high");
    assert_eq!(acr_for("substantial", Level::High), "high");
}

proptest::proptest! {
    /// Whatever is sent is refused without breaking, and no change of a true token is believed.
    #[test]
    fn t07_no_text_and_no_bent_token_ends_a_session(noise in "\\PC{0,120}", at in 0usize..2_000, with in "[A-Za-z0-9_-]") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let liar = Liar::start().await;
            let token = liar.signed(&liar.logout());
            proptest::prop_assert!(liar.provider().ended(&noise, NOW).await.is_err());
            let at = at % token.len();
            let mut bent = token.clone();
            bent.replace_range(at..=at, &with);
            // The last letter of a part may hold bits that mean nothing.
            let ended = liar.provider().ended(&bent, NOW).await;
            proptest::prop_assert!(ended.is_err() || same_bytes(&bent, &token), "{bent}");
            Ok(())
        })?;
    }
}

/// Whether two tokens are the same but for bits that base64 leaves over.
fn same_bytes(one: &str, other: &str) -> bool {
    let loose = base64::engine::GeneralPurpose::new(
        &base64::alphabet::URL_SAFE,
        base64::engine::GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
    );
    let parts = |token: &str| token.split('.').map(|part| loose.decode(part).ok()).collect::<Vec<_>>();
    parts(one) == parts(other)
}
