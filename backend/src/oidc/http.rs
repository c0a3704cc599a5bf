//! How openidconnect speaks HTTP: over the one client, with a limit on what an answer may weigh.

use std::{future::Future, pin::Pin};

use openidconnect::{HttpRequest, HttpResponse};

/// A discovery document or a key set is a few kilobytes.
const LARGEST_ANSWER: usize = 256 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("{0}")]
    Transport(#[from] reqwest::Error),
    #[error("the answer is too large")]
    TooLarge,
    #[error("the answer cannot be put together")]
    Malformed(#[from] ::http::Error),
}

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send>>;

pub fn sender(client: &reqwest::Client) -> impl Fn(HttpRequest) -> Answer + Send + Sync + 'static {
    let client = client.clone();
    move |request| Box::pin(send(client.clone(), request))
}

/// The JSON at an address, under the same limit.
pub(crate) async fn json<T: serde::de::DeserializeOwned>(client: &reqwest::Client, url: &str) -> Option<T> {
    let request = ::http::Request::get(url).body(Vec::new()).ok()?;
    let answer = send(client.clone(), request).await.ok()?;
    serde_json::from_slice(answer.body()).ok().filter(|_| answer.status().is_success())
}

async fn send(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let mut answer = client.execute(reqwest::Request::try_from(request)?).await?;
    let mut response = ::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(HttpError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body)?)
}
