//! The adapter against a real server on a port: every way in which a register fails, and that nobody's number comes out.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use domain::{
    identity::{Answer, Problem},
    kernel::{Instant, NationalId},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use super::{
    Register,
    testing::{Says, Stub, register},
};
use crate::testing::{NOON, number_of};

async fn ask(register: &Register, number: &NationalId, now: Instant) -> Result<Answer, Problem> {
    register.ask(number, now, "once").await
}

#[tokio::test]
async fn the_question_is_asked_as_the_service_wants_it_and_one_token_serves_several() {
    let (stub, ada) = (Stub::start().await, number_of("ada"));
    assert_eq!(ask(&stub.register, &ada, NOON).await, Ok(Answer::Listed));
    stub.says(Says::NotListed);
    assert_eq!(ask(&stub.register, &ada, NOON.plus_seconds(80)).await, Ok(Answer::NotListed));
    let asked = stub.asked();
    assert_eq!((asked.register.len(), asked.tokens.len()), (2, 1));
    let (path, token, key) = &asked.register[0];
    assert_eq!(*path, format!("/advreg/?subject={}&envelope=false", ada.expose()));
    assert_eq!((token.as_str(), key.as_str()), ("Bearer a-token", "our-key"));
    assert!(asked.tokens[0].contains("jwt-bearer") && asked.tokens[0].contains("assertion=ey"));
    assert!(!asked.tokens[0].contains(ada.expose()), "who gives tokens learns nobody's number");
    ask(&stub.register, &ada, NOON.plus_seconds(100)).await.unwrap();
    assert_eq!(stub.asked().tokens.len(), 2, "an old one is not used in its last seconds");
}

#[tokio::test]
async fn t01_whatever_else_it_answers_counts_for_nothing() {
    let (stub, ada) = (Stub::start().await, number_of("ada"));
    let words = |text: &str| Says::Words(text.to_owned());
    let number = ada.expose();
    let large =
        format!(r#"{{"fodselsnummer":"{number}","verifisert":true,"tittel":"{}"}}"#, "a".repeat(20_000));
    let table = [
        (Says::Status(500), Problem::Broken),
        (Says::Status(503), Problem::Broken),
        (Says::Status(404), Problem::Refused),
        (Says::Status(401), Problem::Refused),
        (Says::Status(302), Problem::Moved),
        (Says::Status(307), Problem::Moved),
        (words("<html>"), Problem::Malformed),
        (words("{}"), Problem::Malformed),
        (words(r#"{"verifisert":true}"#), Problem::Malformed),
        (words(&format!(r#"{{"fodselsnummer":"{number}","verifisert":"true"}}"#)), Problem::Malformed),
        (words(&format!(r#"{{"fodselsnummer":"{number}"}}"#)), Problem::Malformed),
        (words(&large), Problem::TooLarge),
        (Says::Another, Problem::Malformed),
        (Says::Nothing, Problem::Late),
    ];
    for (says, expected) in table {
        stub.says(says.clone());
        let before = stub.asked().register.len();
        assert_eq!(ask(&stub.register, &ada, NOON).await, Err(expected), "{says:?}");
        assert_eq!(stub.asked().register.len(), before + 1, "asked once: {says:?}");
    }
    assert_eq!(stub.asked().elsewhere, 0, "nobody follows with somebody's number");
    assert_eq!(stub.asked().tokens.len(), 2, "a token that was not taken is asked for anew");
    let tokenless = Stub::start().await;
    tokenless.gives_tokens(false);
    assert_eq!(ask(&tokenless.register, &ada, NOON).await, Err(Problem::NoToken));
    assert_eq!(tokenless.asked().register.len(), 0);
    let nowhere = register("http://127.0.0.1:9");
    assert_eq!(ask(&nowhere, &ada, NOON).await, Err(Problem::NoToken));
}

/// Everything that is said to any log, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.lock().unwrap().push_str(&format!("{field}={value:?}\n"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn no_log_ever_has_a_number_whatever_goes_wrong() {
    let (stub, ada, log) = (Stub::start().await, number_of("ada"), Log::default());
    let _guard = tracing::subscriber::set_default(log.clone());
    tracing::info!(probe = "heard");
    let gone = register("http://127.0.0.1:9");
    for says in [Says::Listed, Says::Status(500), Says::Status(302), Says::Another, Says::Nothing] {
        stub.says(says);
        let heard = ask(&stub.register, &ada, NOON).await;
        tracing::info!(?heard);
    }
    tracing::info!(heard = ?ask(&gone, &ada, NOON).await);
    let said = log.0.lock().unwrap().clone();
    assert!(said.contains("heard") && said.contains("Late"), "the log is heard: {said}");
    for secret in [ada.expose(), "a-token", "our-key"] {
        assert!(!said.contains(secret), "{said}");
    }
}
