//! What every page and every post here begins with: somebody who is nobody here, with a token in her cookie.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::Ctx,
    form_try::{self, FormTry},
    visits::assisted::handin::{self, Asked, Session},
};
use domain::{kernel::Locale, visits::handin::Purpose};
use leptos::prelude::*;

use crate::{
    error::WireError,
    public::broken,
    request::{self, Page},
    routes,
    visits::failed,
};

/// What a post comes to: it has led on.
pub(super) type Done = std::result::Result<(), WireError>;

/// Whoever asks, and with what.
#[derive(Clone)]
pub(super) struct Guest {
    pub ctx: Ctx,
    pub page: Arc<Page>,
    write: Option<String>,
    track: Option<String>,
}

impl Guest {
    fn here() -> Option<Self> {
        let ctx = use_context::<Ctx>()?;
        let token = |purpose| request::cookie(&handin::cookie(&ctx.settings, purpose));
        let (write, track) = (token(Purpose::Write), token(Purpose::Track));
        Some(Self { ctx, page: request::page(), write, track })
    }

    pub fn l(&self) -> Locale {
        self.page.locale
    }

    pub fn token(&self, purpose: Purpose) -> Option<&str> {
        match purpose {
            Purpose::Write => self.write.as_deref(),
            Purpose::Track => self.track.as_deref(),
        }
    }

    /// Hers, if a code has opened it and it has not ended.
    pub async fn session(&self, purpose: Purpose) -> Result<Option<Session>> {
        match self.token(purpose) {
            Some(token) => handin::session(&self.ctx, purpose, token).await,
            None => Ok(None),
        }
    }

    /// What was typed and refused, behind `?try=`.
    pub async fn tried(&self, form: &'static str) -> Result<FormTry> {
        let kept = match self.page.query("try") {
            Some(key) => form_try::find(&self.ctx, &self.page.actor, form, &key).await?,
            None => None,
        };
        Ok(kept.unwrap_or_default())
    }

    /// To `path`, with what was typed and what is wrong.
    pub async fn back(&self, form: &'static str, path: &str, content: &FormTry) -> Done {
        let key = form_try::keep(&self.ctx, &self.page.actor, form, content).await.map_err(failed)?;
        request::redirect(&routes::with_try(path, &key));
        Ok(())
    }

    /// Asks for a code: the same way on whether or not one is on its way.
    pub async fn ask(&self, asked: &Asked, form: (&'static str, FormTry), (here, on): (&str, &str)) -> Done {
        match handin::ask(&self.ctx, asked).await.map_err(failed)? {
            Some(token) => {
                self.remember(asked.purpose, &token);
                request::redirect(on);
            }
            None => return self.back(form.0, here, &form.1.with([("reached", "many")])).await,
        }
        Ok(())
    }

    /// Until the browser is closed; the server knows the limits within.
    pub fn remember(&self, purpose: Purpose, token: &str) {
        let settings = &self.ctx.settings;
        let secure = if settings.is_https() { "; Secure" } else { "" };
        let name = handin::cookie(settings, purpose);
        let cookie = format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}");
        request::header("set-cookie", &cookie);
    }
}

pub(super) fn posting() -> std::result::Result<Guest, WireError> {
    Guest::here().ok_or_else(|| WireError::Server.answered())
}

/// A page that is read in one piece.
pub(super) fn shown<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Guest) -> R,
    R: Future<Output = Result<AnyView>> + Send + 'static,
{
    let made = Guest::here().map(make);
    let made = Suspend::new(async move {
        match made {
            Some(made) => made.await.unwrap_or_else(|error| broken(&error)),
            None => ().into_any(),
        }
    });
    view! { <Suspense>{made}</Suspense> }
}

/// Elsewhere.
pub(super) fn led(path: &str) -> AnyView {
    request::redirect(path);
    ().into_any()
}

/// The page where a new code is asked for, which says that the time is up.
pub(super) fn ended(start: &str) -> String {
    format!("{start}?ended=1")
}
