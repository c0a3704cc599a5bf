//! Pushed authorisation requests (RFC 9126): where the provider offers it, Varde hands its request in itself, and
//! the browser carries nothing but an opaque name of it. Nothing of the request stands in an address then.

use openidconnect::url::Url;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{Ask, Provider, Refusal};

#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

/// An answer is one short address.
const LARGEST: usize = 16 * 1024;

impl Provider {
    /// Pushes what `url` asks for and gives the short address for the browser.
    pub(super) async fn push(&self, endpoint: &str, url: &Url, ask: &Ask<'_>) -> Result<Url, Refusal> {
        let mut fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let request = self.http.post(endpoint);
        let request = match self.assertion(ask.now, &(ask.chance)()) {
            Some(assertion) => {
                fields.extend(assertion.map(|(name, value)| (name.to_owned(), value)));
                request
            }
            None => {
                // RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
                let coded = |text: &str| -> String {
                    openidconnect::url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
                };
                let (id, secret) = (&self.client.client_id, self.client.client_secret.expose_secret());
                request.basic_auth(coded(id), Some(coded(secret)))
            }
        };
        let mut answer = request.form(&fields).send().await.map_err(|_| Refusal::Unreachable)?;
        if !answer.status().is_success() {
            tracing::warn!(status = answer.status().as_u16(), "the provider refused a pushed request");
            return Err(Refusal::PushRefused);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| Refusal::Unreachable)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Refusal::Malformed);
            }
            body.extend_from_slice(&chunk);
        }
        let pushed: Pushed = serde_json::from_slice(&body).map_err(|_| Refusal::Malformed)?;
        let mut short = url.clone();
        short.set_query(None);
        short
            .query_pairs_mut()
            .append_pair("client_id", &self.client.client_id)
            .append_pair("request_uri", &pushed.request_uri);
        Ok(short)
    }
}
