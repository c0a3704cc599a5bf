//! The public router: pages, server functions, files, sign-in, and the layers round them all. The order of
//! the layers is the order of their work: what is cheap and refuses comes first.

use std::{path::Path, sync::Arc, time::Duration};

use app::request::{Assets, Page, Trace};
use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{
    ctx::{Actor, Ctx},
    oidc::KeyError,
};
use domain::access::Area;
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*, server_fn::axum::server_fn_paths};
use leptos_axum::{ResponseOptions, handle_server_fns_with_context};
use tower_http::{
    catch_panic::CatchPanicLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer, services::ServeDir,
};

use crate::{
    assets::Manifest,
    attached,
    auth::{self, Auth},
    calendar, children, documents,
    faults::{self, Faults},
    forms, held,
    identify::{self, Identify},
    insight, integration, keep, language,
    limits::{self, Limiter},
    live, security, telemetry, trail, transfer,
};

/// Why there can be no router: the settings are at fault.
#[derive(Debug)]
pub enum Unfit {
    Origin,
    Key(KeyError),
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Origin => f.write_str("server.base_url: is not scheme://host"),
            Self::Key(error) => write!(f, "signing_key_files: {error}"),
        }
    }
}

impl std::error::Error for Unfit {}

/// Everything that the public listener serves.
pub fn public(ctx: &Ctx, http: &reqwest::Client) -> Result<Router, Unfit> {
    guarded(site(ctx, http, Router::new())?, ctx)
}

/// The site without the layers that guard it: pages, server functions, sign-in, files, and `more` pages that find
/// in a request what ours find there.
pub fn site(ctx: &Ctx, http: &reqwest::Client, more: Router) -> Result<Router, Unfit> {
    let auth = auth::router(Auth::new(ctx.clone(), http.clone()).map_err(Unfit::Key)?);
    let identify = Identify { ctx: ctx.clone(), assets: assets(ctx) };
    let pages = pages(ctx)
        .merge(auth)
        .route("/keep.js", get(keep::script))
        .route("/language", post(language::switch).with_state(ctx.clone()))
        .route("/staff/insight.csv", get(insight::file).with_state(ctx.clone()))
        .route("/staff/visits/children.csv", get(children::file).with_state(ctx.clone()))
        .route("/staff/trail/found.csv", get(trail::file).with_state(ctx.clone()))
        .route("/visits/bookings/{public}/calendar.ics", get(calendar::file).with_state(ctx.clone()))
        .route("/calendar/{secret}/varde.ics", get(calendar::feed).with_state(ctx.clone()))
        .route("/my/data/file", get(held::hers).with_state(ctx.clone()))
        .route("/message/data/file", get(held::visitors).with_state(ctx.clone()))
        .route("/messages/{public}/files/{file}", get(attached::file).with_state(ctx.clone()))
        .route("/staff/messages/{public}/files/{file}", get(attached::file).with_state(ctx.clone()))
        .route("/staff/documents/{public}/files/{file}", get(documents::file).with_state(ctx.clone()))
        .route("/documents/{public}/receipt.pdf", get(documents::receipt).with_state(ctx.clone()))
        .merge(live::router(ctx))
        .merge(more)
        .layer(middleware::from_fn_with_state(identify, identify::identify))
        .layer(middleware::from_fn(forms::check));
    let site = pages
        .nest_service("/pkg", bundle(&ctx.settings.site.root))
        .merge(crate::testid_mount::router(ctx, http))
        .layer(RequestBodyLimitLayer::new(forms::LARGEST));
    Ok(site.merge(integration::router(ctx, http)).merge(transfer::router(ctx)))
}

fn assets(ctx: &Ctx) -> Arc<Assets> {
    let Manifest { css, js, wasm, islands, leave, live, upload } = Manifest::read(&ctx.settings.site.root);
    Arc::new(Assets { css, js, wasm, islands, leave, live, upload })
}

/// The layers round everything.
pub fn guarded(site: Router, ctx: &Ctx) -> Result<Router, Unfit> {
    let (settings, assets) = (&ctx.settings, assets(ctx));
    let csrf = CsrfLayer::new().add_trusted_origin(&settings.server.base_url).map_err(|_| Unfit::Origin)?;
    let faults = Faults { assets, policy: Arc::new(security::broken_policy(settings)) };
    let limits = settings.limits.clone();
    let deadline = Duration::from_secs(limits.request_seconds);
    let limiter = Limiter::new(limits, settings.server.trusted_proxies.clone());
    // The last one named is the outermost.
    Ok(site
        .layer(middleware::from_fn_with_state(ctx.clone(), security::own_writes))
        .layer(csrf)
        .layer(middleware::from_fn_with_state(deadline, in_time))
        .layer(CatchPanicLayer::custom(faults::panicked))
        .layer(middleware::from_fn_with_state(limiter, limits::limit))
        .layer(middleware::from_fn_with_state(faults, faults::page))
        .layer(middleware::from_fn(integration::dress))
        .layer(middleware::from_fn_with_state(ctx.clone(), security::headers))
        .layer(middleware::from_fn_with_state(ctx.clone(), telemetry::trace)))
}

/// An answer is there in time or not at all. A file on a slow line takes as long as its bytes keep coming: `transfer`
/// counts the silence between them.
async fn in_time(State(deadline): State<Duration>, request: Request, next: Next) -> Response {
    if transfer::is_transfer(request.uri().path()) {
        return next.run(request).await;
    }
    let answer = tokio::time::timeout(deadline, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// Pages and server functions, the site's files, and the page of what is not there.
fn pages(ctx: &Ctx) -> Router {
    // Refused the second time: one process has one.
    let _ = any_spawner::Executor::init_tokio();
    let context = context(ctx);
    let page = |body: app::Body| {
        leptos_axum::render_app_async_with_context(context.clone(), move || app::whole(body))
    };
    let lost = page(app::lost);
    let lost = tower::service_fn(move |request: Request| {
        let page = lost(request);
        async move { Ok::<_, std::convert::Infallible>(not_found(page.await)) }
    });
    let files = ServeDir::new(&ctx.settings.site.root)
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(lost);
    let files = tower::ServiceExt::<Request>::map_response(files, kept_for_an_hour);
    let pages =
        app::PAGES.iter().fold(Router::new(), |router, (path, body)| router.route(path, get(page(*body))));
    // Each of them writes: `server/tests/http/matrix.rs` sees to it.
    let functions = server_fn_paths().fold(pages, |router, (path, _)| {
        let context = context.clone();
        router.route(path, post(move |request| handle_server_fns_with_context(context, request)))
    });
    functions.fallback_service(files)
}

/// The site's own drawings are the same for everybody. Without this a page that shows one twice may fetch it twice.
fn kept_for_an_hour<B>(mut file: http::Response<B>) -> http::Response<B> {
    if file.status() == StatusCode::OK || file.status() == StatusCode::NOT_MODIFIED {
        file.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
        file.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    file
}

fn not_found(mut page: Response) -> Response {
    if page.status().is_success() {
        *page.status_mut() = StatusCode::NOT_FOUND;
    }
    page
}

/// What every page and server function finds in its context.
pub fn context(ctx: &Ctx) -> impl Fn() + Clone + Send + Sync + 'static {
    let ctx = ctx.clone();
    move || {
        provide_context(ctx.clone());
        let parts = use_context::<Parts>();
        if let Some(parts) = &parts {
            if let Some(trace) = parts.extensions.get::<telemetry::TraceId>() {
                provide_context(Trace(trace.0.clone()));
            }
            if let Some(page) = parts.extensions.get::<Arc<Page>>() {
                if let (Area::Staff, Actor::Staff(staff)) = (page.area, &page.actor) {
                    provide_context(app::StaffPlace(staff.unit_name.clone()));
                }
                provide_context(page.clone());
            }
        }
        if let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&security::page_policy(&nonce, &ctx.settings))
        {
            options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// The hashed files of the bundle: the same name is for ever the same bytes.
fn bundle(root: &Path) -> Router {
    let files = ServeDir::new(root.join("pkg"))
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new().fallback_service(files).layer(middleware::from_fn(immutable))
}

async fn immutable(request: Request, next: Next) -> Response {
    let hashed = !request.uri().path().ends_with("manifest.json");
    let mut response = next.run(request).await;
    if hashed && (response.status() == StatusCode::OK || response.status() == StatusCode::NOT_MODIFIED) {
        let value = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, value);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    response
}
