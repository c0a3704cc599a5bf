//! What the API is, how to come by a token, each operation, and what a refusal says. No script.

use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    document::{DOCUMENT, Document, Operation, Token},
    tables::{self, ENGLISH},
};
use crate::{
    i18n::developers as t,
    request, routes,
    ui::{PageHead, SummaryList, SummaryRow},
};

#[component]
pub fn DevelopersPage() -> impl IntoView {
    let l = request::page().locale;
    let of = &*DOCUMENT;
    let operations = of.operations.iter().map(|one| operation(l, one)).collect_view();
    view! {
        <div class="stack">
            <PageHead title=t::title(l) lead=t::lead(l)/>
            <p>{tables::prose(&of.says)}</p>
            <p><a href=routes::OPENAPI>{t::document(l)}</a></p>
            {contents(l, of)}
            {token(l, of)}
            <section class="stack" aria-labelledby="operations">
                <h2 id="operations">{t::operations_title(l)}</h2>
                {operations}
            </section>
            {problems(l, of)}
        </div>
    }
}

/// A table is wide: what stands in the page is found from its top.
fn contents(l: Locale, of: &Document) -> AnyView {
    let link = |one: &Operation| {
        let (href, text) = (format!("#{}", one.id), format!("{} {}", one.method, one.path));
        view! { <li><a class="wire" lang=ENGLISH href=href>{text}</a></li> }
    };
    view! {
        <nav aria-label=t::contents(l)>
            <ul>
                <li><a href="#token">{t::token_title(l)}</a></li>
                {of.operations.iter().map(link).collect_view()}
                <li><a href="#problems">{t::problem_title(l)}</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

fn wire(text: String) -> impl IntoView {
    view! { <code class="wire" lang=ENGLISH>{text}</code> }
}

fn token(l: Locale, of: &Document) -> AnyView {
    let one = |token: &Token| {
        let rows = vec![
            SummaryRow::view(t::token_scope(l), wire(token.scope.clone())),
            SummaryRow::view(t::token_url(l), wire(token.url.clone())),
            SummaryRow::view(t::token_header(l), wire("Authorization: Bearer …".to_owned())),
        ];
        view! {
            <h3 lang=ENGLISH>{token.opens.clone()}</h3>
            <p>{tables::prose(&token.says)}</p>
            <SummaryList rows=rows/>
        }
    };
    let version = vec![SummaryRow::new(t::version(l), &of.version)];
    view! {
        <section class="stack" aria-labelledby="token">
            <h2 id="token">{t::token_title(l)}</h2>
            <p>{t::token_text(l)}</p>
            {of.tokens.iter().map(one).collect_view()}
            <SummaryList rows=version/>
            <p>{t::token_demo(l)}</p>
        </section>
    }
    .into_any()
}

fn operation(l: Locale, of: &Operation) -> AnyView {
    let (id, by, heading) = (of.id.clone(), of.id.clone(), format!("{} {}", of.method, of.path));
    let has_request = !of.parameters.is_empty() || !of.request.is_empty();
    let parameters = (!of.parameters.is_empty()).then(|| tables::fields(l, t::in_path(l), &of.parameters));
    let request = has_request
        .then(|| view! { <h4>{t::request_title(l)}</h4>{parameters}{tables::shapes(l, &of.request)} });
    view! {
        <section class="stack" aria-labelledby=by>
            <h3 id=id><code class="wire" lang=ENGLISH>{heading}</code></h3>
            <p>{tables::prose(&of.says)}</p>
            <p>{t::token_scope(l)}": "{wire(of.scope.clone())}</p>
            {request}
            <h4>{t::answers_title(l)}</h4>
            {tables::answers(l, &of.answers)}
            {tables::shapes(l, &of.result)}
        </section>
    }
    .into_any()
}

fn problems(l: Locale, of: &Document) -> AnyView {
    view! {
        <section class="stack" aria-labelledby="problems">
            <h2 id="problems">{t::problem_title(l)}</h2>
            <p>{t::problem_text(l)}</p>
            {tables::fields(l, t::fields_of(l, "Problem"), &of.problem)}
            {tables::words(l, t::codes(l), &of.codes, true)}
            {tables::words(l, t::field_codes(l), &of.field_codes, false)}
        </section>
    }
    .into_any()
}
