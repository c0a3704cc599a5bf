//! A lawyers' register on a port of this machine, that answers as it is told to, and a provider of tokens beside it.

use std::{
    future::pending,
    sync::{Arc, Mutex},
};

use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::Response,
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::Register;
use crate::config::Settings;

/// How it answers next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Listed,
    NotListed,
    /// Of somebody else.
    Another,
    /// This status, without words.
    Status(u16),
    /// These words.
    Words(String),
    Nothing,
}

/// What was asked: path with query, and the two headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub register: Vec<(String, String, String)>,
    pub tokens: Vec<String>,
    pub elsewhere: usize,
}

#[derive(Clone)]
pub(crate) struct Stub {
    pub register: Register,
    says: Arc<Mutex<(Says, bool)>>,
    asked: Arc<Mutex<Asked>>,
}

impl Stub {
    pub async fn start() -> Self {
        let says = Arc::new(Mutex::new((Says::Listed, true)));
        let asked: Arc<Mutex<Asked>> = Arc::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let register = register(&base);
        let stub = Self { register, says, asked };
        let router = Router::new()
            .route("/machine/token", post(token))
            .route("/advreg/", get(answer))
            .route("/elsewhere", get(elsewhere))
            .with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    pub fn says(&self, says: Says) {
        self.says.lock().expect("nobody broke it").0 = says;
    }

    pub fn gives_tokens(&self, gives: bool) {
        self.says.lock().expect("nobody broke it").1 = gives;
    }

    pub fn asked(&self) -> Asked {
        self.asked.lock().expect("nobody broke it").clone()
    }
}

/// As production would have it, at this address.
pub(crate) fn register(base: &str) -> Register {
    let key = std::env::temp_dir().join(format!(
        "varde-lawyers-{}-{}.pem",
        std::process::id(),
        crate::testing::next()
    ));
    let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der = BASE64_STANDARD.encode(pair.as_der().expect("a key").as_ref());
    std::fs::write(&key, format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n"))
        .expect("written");
    let (url, issuer, file) =
        (format!("{base}/advreg"), format!("{base}/machine/"), key.display().to_string());
    let over = [
        ("VARDE_LAWYERS__URL", url.as_str()),
        ("VARDE_LAWYERS__SUBSCRIPTION_KEY", "our-key"),
        ("VARDE_LAWYERS__CLIENT_ID", "varde"),
        ("VARDE_LAWYERS__SIGNING_KEY_FILE", &file),
        ("VARDE_LAWYERS__WAIT_MILLISECONDS", "400"),
        ("VARDE_MASKINPORTEN__ISSUER", &issuer),
    ];
    let settings = Settings::from_text(include_str!("../../../../Leptos.toml"), &over).expect("settings");
    let register = Register::open(&settings).expect("a register");
    std::fs::remove_file(&key).expect("read, and gone");
    register
}

fn response(status: u16, body: impl Into<Body>) -> Response {
    Response::builder().status(status).body(body.into()).expect("an answer")
}

async fn token(State(stub): State<Stub>, body: String) -> Response {
    stub.asked.lock().expect("nobody broke it").tokens.push(body);
    match stub.says.lock().expect("nobody broke it").1 {
        true => response(200, r#"{"access_token":"a-token","expires_in":119}"#),
        false => response(400, r#"{"error":"invalid_grant"}"#),
    }
}

/// Writes down what was asked, and gives the number.
fn noted(stub: &Stub, request: &Request) -> String {
    let header =
        |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let seen = (request.uri().to_string(), header("authorization"), header("ocp-apim-subscription-key"));
    stub.asked.lock().expect("nobody broke it").register.push(seen);
    let subject = request.uri().query().and_then(|query| query.strip_prefix("subject="));
    subject.and_then(|rest| rest.split('&').next()).unwrap_or_default().to_owned()
}

async fn answer(State(stub): State<Stub>, request: Request) -> Response {
    let subject = noted(&stub, &request);
    drop(request);
    let said = stub.says.lock().expect("nobody broke it").0.clone();
    match said {
        Says::Listed => {
            response(200, format!(r#"{{"fodselsnummer":"{subject}","verifisert":true,"tittel":"Advokat"}}"#))
        }
        Says::NotListed => response(200, format!(r#"{{"fodselsnummer":"{subject}","verifisert":false}}"#)),
        Says::Another => response(200, r#"{"fodselsnummer":"01010112345","verifisert":true}"#),
        Says::Status(status) => {
            let mut answer = response(status, "");
            answer.headers_mut().insert("location", "/elsewhere".parse().expect("a place"));
            answer
        }
        Says::Words(words) => response(200, words),
        Says::Nothing => pending().await,
    }
}

async fn elsewhere(State(stub): State<Stub>) -> Response {
    stub.asked.lock().expect("nobody broke it").elsewhere += 1;
    response(200, "")
}
