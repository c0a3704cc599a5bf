//! Pages of the bench, made as ours are: a table of a thousand rows, and a prison's page that reads or remembers.

use std::sync::Arc;

use app::{Frame, document, public, request};
use axum::{Router, routing::get};
use backend::{ctx::Ctx, custody::PublicUnit, visits::sessions::Published};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use server::router::context;

use crate::twin;

/// Two columns of UUIDs; a page takes them as they lie, as its peers do.
pub type Rows = Arc<Vec<(Arc<str>, Arc<str>)>>;

/// A prison as the page needs it.
type Known = (PublicUnit, Published);

pub async fn known(ctx: &Ctx, slug: &str) -> backend::Result<Option<Known>> {
    public::queries::unit(Some(ctx.clone()), slug).await
}

/// All of them, for `server::router::site` to take in.
pub fn router(ctx: &Ctx, rows: Rows, known: Known) -> Router {
    let table = leptos_axum::render_app_async_with_context(context(ctx), move || table(rows.clone()));
    let reads = leptos_axum::render_app_async_with_context(context(ctx), {
        let (ctx, slug) = (ctx.clone(), known.0.slug.clone());
        move || {
            let (ctx, slug) = (ctx.clone(), slug.clone());
            document(move || framed(move || reading(ctx, slug)))
        }
    });
    let memory = leptos_axum::render_app_async_with_context(context(ctx), move || {
        let known = known.clone();
        document(move || framed(move || remembering(known)))
    });
    Router::new()
        .route("/bench/table", get(table))
        .route("/bench/reads", get(reads))
        .route("/bench/memory", get(memory))
        .route("/bench/twin", get(twin::front).with_state(ctx.clone()))
}

/// The document that its peers write too, and nothing round it.
fn table(rows: Rows) -> impl IntoView {
    let rows = rows.iter().map(|(one, two)| view! { <tr><td>{one.clone()}</td><td>{two.clone()}</td></tr> });
    view! {
        <!DOCTYPE html>
        <html lang="nb">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>"Tusen rader"</title>
            </head>
            <body>
                <h1>"Tusen rader"</h1>
                <table>
                    <thead><tr><th scope="col">"Sak"</th><th scope="col">"Person"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </body>
        </html>
    }
}

/// What stands round every page.
fn framed(page: impl FnOnce() -> AnyView + Send + 'static) -> impl IntoView {
    provide_meta_context();
    view! { <Frame>{page()}</Frame> }
}

/// The prison's page as it is.
fn reading(ctx: Ctx, slug: String) -> AnyView {
    let l = request::page().locale;
    let unit = Suspend::new(async move {
        match known(&ctx, &slug).await {
            Ok(Some((unit, plan))) => public::unit_view(l, unit, plan),
            other => public::broken(&other.err().unwrap_or(backend::Error::Broken("no such prison"))),
        }
    });
    view! { <Suspense>{unit}</Suspense> }.into_any()
}

/// The same without its reads.
fn remembering((unit, plan): Known) -> AnyView {
    let l = request::page().locale;
    let unit = Suspend::new(async move { public::unit_view(l, unit, plan) });
    view! { <Suspense>{unit}</Suspense> }.into_any()
}
