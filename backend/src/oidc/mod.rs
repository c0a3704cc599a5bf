//! Signing in with an OpenID provider: code flow with PKCE S256, state, nonce and a level that is checked.
//! Promises that `finish` returns claims only from an ID token that passed every rule of OIDC Core 3.1.3.7
//! and RS256 or ES256; each way to fail has a code of its own, which the audit keeps. Never logs a token.

mod claims;
mod discovery;
mod http;
mod keys;
mod logout;
mod pushed;
#[cfg(test)]
mod tests;

pub use claims::{Claims, Extra, level_of};
pub(crate) use discovery::Discovery;
pub(crate) use http::json;
pub use keys::{ClientKeys, KeyError};
pub use logout::Ended;

use domain::{
    access::Level,
    kernel::{Instant, Locale},
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthenticationContextClass, AuthenticationFlow, AuthorizationCode,
    Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndSessionUrl, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenFields, LanguageTag, LogoutRequest, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadata, RedirectUrl, RequestTokenError, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
        CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::config::OidcClient;

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type ReadyClient = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a provider says about itself beyond OpenID Connect Discovery.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct More {
    end_session_endpoint: Option<EndSessionUrl>,
    pushed_authorization_request_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for More {}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// Why a sign-in did not come about. The code is for the audit and the metrics, never prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    Unreachable,
    PushRefused,
    CodeRefused,
    Malformed,
    NoIdToken,
    WrongIssuer,
    WrongAudience,
    WrongNonce,
    Expired,
    LevelTooLow,
    Algorithm,
    Signature,
    UnknownKey,
    /// A fresh sign-in was asked for, and this one is old.
    NotFresh,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "oidc.unreachable",
            Self::PushRefused => "oidc.push_refused",
            Self::CodeRefused => "oidc.code_refused",
            Self::Malformed => "oidc.malformed",
            Self::NoIdToken => "oidc.no_id_token",
            Self::WrongIssuer => "oidc.wrong_issuer",
            Self::WrongAudience => "oidc.wrong_audience",
            Self::WrongNonce => "oidc.wrong_nonce",
            Self::Expired => "oidc.expired",
            Self::LevelTooLow => "oidc.level_too_low",
            Self::Algorithm => "oidc.algorithm",
            Self::Signature => "oidc.signature",
            Self::UnknownKey => "oidc.unknown_key",
            Self::NotFresh => "oidc.not_fresh",
        }
    }
}

/// What the browser is sent away with, and what we keep until it comes back.
#[derive(Clone)]
pub struct Start {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub pkce_verifier: String,
}

/// What is asked of the provider.
pub struct Ask<'a> {
    pub level: Level,
    /// The person shall prove who she is now, whatever session the provider has.
    pub fresh: bool,
    pub locale: Locale,
    pub now: Instant,
    /// Gives 256 fresh bits as text at each call.
    pub chance: &'a (dyn Fn() -> String + Send + Sync),
}

/// What was kept of a start, and what was asked for then.
pub struct Pending<'a> {
    pub nonce: &'a str,
    pub pkce_verifier: &'a str,
    pub level: Level,
    /// When a fresh sign-in was asked for; none if any would do.
    pub fresh_since: Option<Instant>,
}

/// One provider as one client of it.
pub struct Provider {
    client: OidcClient,
    keys: ClientKeys,
    redirect_uri: String,
    http: reqwest::Client,
    discovery: Discovery<Metadata>,
}

impl Provider {
    /// `http` must not follow redirects; the composition root builds it.
    pub fn new(client: OidcClient, redirect_uri: String, http: reqwest::Client) -> Result<Self, KeyError> {
        let keys = ClientKeys::read(&client.signing_key_files)?;
        let discovery = discovery::of_openid(client.issuer.clone(), http.clone());
        Ok(Self { client, keys, redirect_uri, http, discovery })
    }

    /// The public keys that this client signs in with.
    pub fn keys(&self) -> &ClientKeys {
        &self.keys
    }

    pub fn issuer(&self) -> &str {
        &self.client.issuer
    }

    /// Where the browser shall go.
    pub async fn start(&self, ask: Ask<'_>) -> Result<Start, Refusal> {
        let client = self.ready(ask.now).await?;
        let verifier = PkceCodeVerifier::new((ask.chance)());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (state, nonce) = (CsrfToken::new((ask.chance)()), Nonce::new((ask.chance)()));
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let acr = claims::acr_for(&self.client.acr, ask.level);
        let mut request = client
            .authorize_url(flow, || state, || nonce)
            .add_scope(Scope::new("profile".to_owned()))
            .add_auth_context_value(AuthenticationContextClass::new(acr))
            .add_ui_locale(LanguageTag::new(ask.locale.code().to_owned()))
            .set_pkce_challenge(challenge);
        if ask.fresh {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (url, state, nonce) = request.url();
        let metadata = self.discovery.metadata(ask.now).await.ok_or(Refusal::Unreachable)?;
        let url = match &metadata.additional_metadata().pushed_authorization_request_endpoint {
            Some(endpoint) => self.push(endpoint, &url, &ask).await?,
            None => url,
        };
        Ok(Start {
            url: url.into(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            pkce_verifier: verifier.into_secret(),
        })
    }

    /// The fields by which the client proves itself with its key; `None` if it has a secret.
    fn assertion(&self, now: Instant, jti: &str) -> Option<[(&'static str, String); 2]> {
        let token = self.keys.assertion(&self.client.client_id, &self.client.issuer, now, jti)?;
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        Some([("client_assertion_type", kind.to_owned()), ("client_assertion", token)])
    }

    /// Changes the code for tokens and believes the ID token only if every rule holds.
    /// `jti` is a fresh random text, for the client's assertion.
    pub async fn finish(
        &self,
        code: &str,
        pending: Pending<'_>,
        now: Instant,
        jti: &str,
    ) -> Result<Claims, Refusal> {
        let client = self.ready(now).await?;
        let send = http::sender(&self.http);
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| Refusal::Unreachable)?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.pkce_verifier.to_owned()));
        for (name, value) in self.assertion(now, jti).into_iter().flatten() {
            request = request.add_extra_param(name, value);
        }
        let tokens = request.request_async(&send).await.map_err(|error| token_refusal(&error))?;
        let token = tokens.id_token().ok_or(Refusal::NoIdToken)?;
        match claims::verify(&client, token, &pending, now) {
            Err(claims::Doubt::UnknownKey) => {
                self.discovery.refresh(now).await;
                let fresh = self.ready(now).await?;
                claims::verify(&fresh, token, &pending, now).map_err(claims::Doubt::refusal)
            }
            other => other.map_err(claims::Doubt::refusal),
        }
    }

    /// Where the browser goes to end the session at the provider too; `None` if the provider has no such place.
    pub async fn end_session_url(&self, id_token: Option<&str>, back: &str, now: Instant) -> Option<String> {
        let metadata = self.discovery.metadata(now).await?;
        let end = metadata.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new(back.to_owned()).ok()?;
        let request = LogoutRequest::from(end)
            .set_client_id(ClientId::new(self.client.client_id.clone()))
            .set_post_logout_redirect_uri(back);
        let mut url = request.http_get_url();
        if let Some(token) = id_token {
            url.query_pairs_mut().append_pair("id_token_hint", token);
        }
        Some(url.into())
    }

    async fn ready(&self, now: Instant) -> Result<ReadyClient, Refusal> {
        let metadata = self.discovery.metadata(now).await.ok_or(Refusal::Unreachable)?;
        let redirect = RedirectUrl::new(self.redirect_uri.clone()).map_err(|_| Refusal::Malformed)?;
        // With keys there is no secret, and the client names itself in the body beside its assertion.
        let secret = || ClientSecret::new(self.client.client_secret.expose_secret().to_owned());
        let client = ReadyClient::from_provider_metadata(
            (*metadata).clone(),
            ClientId::new(self.client.client_id.clone()),
            self.keys.is_empty().then(secret),
        );
        Ok(client.set_redirect_uri(redirect).set_auth_type(AuthType::BasicAuth))
    }
}

fn token_refusal<E: std::error::Error>(
    error: &RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> Refusal {
    match error {
        RequestTokenError::ServerResponse(_) => Refusal::CodeRefused,
        RequestTokenError::Request(_) => Refusal::Unreachable,
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Refusal::Malformed,
    }
}
