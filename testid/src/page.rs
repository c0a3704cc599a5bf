//! The provider's pages: plain HTML without script, readable by everybody.
//!
//! Every value passes [`escape`]. Paths are relative, so the pages work under any prefix and host.

use axum::response::{Html, IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::forgery::Forgery;
use crate::level::{Level, Wish};
use crate::personas::{Persona, personas};
use crate::request::Request;
use crate::text::{self, Lang};
use crate::{Kind, wire};

/// No `form-action`: browsers hold it against the redirect that follows the form, and that goes to
/// the relying party.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; frame-src *; base-uri 'none'; frame-ancestors 'none'";

/// The page of people.
pub(crate) fn choice(kind: Kind, request: &Request, key: &str) -> Response {
    let lang = request.lang;
    let title = text::title(kind).of(lang);
    let body = format!(
        "<h1>{title}</h1>\n<p class=\"lead\">{lead}</p>\n\
         <form method=\"post\" action=\"authorize\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{key}\">\n\
         {levels}{groups}{forgeries}\
         <p><button type=\"submit\" name=\"cancel\" value=\"1\" class=\"cancel\">{cancel}</button></p>\n\
         </form>",
        title = escape(title),
        lead = escape(text::LEAD.of(lang)),
        key = escape(key),
        levels = levels(request.wish, lang),
        groups = groups(kind, lang),
        forgeries = forgeries(lang),
        cancel = escape(text::CANCEL.of(lang)),
    );
    respond(StatusCode::OK, lang, title, &body)
}

fn levels(wish: Wish, lang: Lang) -> String {
    let choices: String = Level::ALL.into_iter().map(|level| radio(level, wish, lang)).collect();
    format!(
        "<fieldset aria-describedby=\"level-hint\">\n<legend>{}</legend>\n\
         <p id=\"level-hint\">{}</p>\n{choices}</fieldset>\n",
        escape(text::LEVEL.of(lang)),
        escape(text::LEVEL_HINT.of(lang)),
    )
}

fn radio(level: Level, wish: Wish, lang: Lang) -> String {
    let code = level.code();
    let label = escape(text::level(level).of(lang));
    let (checked, note) = if level == wish.level {
        (" checked", format!(" ({})", escape(text::REQUESTED.of(lang))))
    } else {
        ("", String::new())
    };
    format!(
        "<div class=\"radio\"><input type=\"radio\" name=\"level\" id=\"level-{code}\" value=\"{code}\"{checked}>\
         <label for=\"level-{code}\">{label}{note}</label></div>\n"
    )
}

/// The personas under their headings, in the order of the list.
fn groups(kind: Kind, lang: Lang) -> String {
    personas(kind)
        .chunk_by(|a, b| a.group == b.group)
        .enumerate()
        .filter_map(|(index, group)| {
            let heading = escape(text::group(group.first()?.group).of(lang));
            let buttons: String = group.iter().map(|persona| button(persona, lang)).collect();
            Some(format!(
                "<section aria-labelledby=\"group-{index}\">\n<h2 id=\"group-{index}\">{heading}</h2>\n\
                 <ul>\n{buttons}</ul>\n</section>\n"
            ))
        })
        .collect()
}

fn button(persona: &Persona, lang: Lang) -> String {
    format!(
        "<li><button type=\"submit\" name=\"persona\" value=\"{}\"><strong>{}</strong> — {}</button></li>\n",
        escape(persona.id),
        escape(persona.name),
        escape(persona.who.of(lang)),
    )
}

/// For tests of relying parties: what shall be wrong with the token.
fn forgeries(lang: Lang) -> String {
    let option = |forgery: Forgery| format!("<option>{}</option>", escape(forgery.code()));
    let options: String = Forgery::ALL.into_iter().map(option).collect();
    format!(
        "<details><summary>{title}</summary>\n<p><label for=\"forge\">{label}</label>\n\
         <select name=\"forge\" id=\"forge\"><option value=\"\">–</option>{options}</select></p></details>\n",
        title = escape(text::FORGE.of(lang)),
        label = escape(text::FORGE_LABEL.of(lang)),
    )
}

/// Who is signed in here, each with a button.
pub(crate) fn sessions(lang: Lang, live: &[(String, &'static str)]) -> Response {
    let row = |(sid, name): &(String, &'static str)| {
        format!(
            "<li><button type=\"submit\" name=\"sid\" value=\"{}\"><strong>{}</strong></button></li>\n",
            escape(sid),
            escape(name)
        )
    };
    let rows: String = live.iter().map(row).collect();
    let title = text::SESSIONS.of(lang);
    let body = format!(
        "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n<form method=\"post\" action=\"sessions\">\n<ul>\n{rows}</ul>\n</form>",
        escape(title),
        escape(text::SESSIONS_LEAD.of(lang)),
    );
    respond(StatusCode::OK, lang, title, &body)
}

/// A session ended here; the frame tells the relying party in the browser.
pub(crate) fn ended(lang: Lang, frame: Option<&str>) -> Response {
    let title = text::SIGNED_OUT.of(lang);
    let frame = frame.map_or_else(String::new, |uri| {
        format!("<iframe src=\"{}\" title=\"{}\" hidden></iframe>", escape(uri), escape(title))
    });
    respond(StatusCode::OK, lang, title, &format!("<h1>{}</h1>\n{frame}", escape(title)))
}

/// 400: a request that may not be answered with a redirect. The reason is for developers.
pub(crate) fn refusal(lang: Lang, why: &str) -> Response {
    let title = text::REFUSED.of(lang);
    let body = format!(
        "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n<p>{} <span lang=\"en\">{}</span></p>",
        escape(title),
        escape(text::REFUSED_HELP.of(lang)),
        escape(text::REASON.of(lang)),
        escape(why),
    );
    respond(StatusCode::BAD_REQUEST, lang, title, &body)
}

/// 200: signed out, and no address to go back to.
pub(crate) fn signed_out(lang: Lang) -> Response {
    let title = text::SIGNED_OUT.of(lang);
    let help = escape(text::SIGNED_OUT_HELP.of(lang));
    let body = format!("<h1>{}</h1>\n<p class=\"lead\">{help}</p>", escape(title));
    respond(StatusCode::OK, lang, title, &body)
}

fn respond(status: StatusCode, lang: Lang, title: &str, body: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} – TestID</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"testid.css\">\n</head>\n<body>\n\
         <header><p><strong>TestID</strong> {banner}</p></header>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
        lang = lang.written(),
        title = escape(title),
        banner = escape(text::BANNER.of(lang)),
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // Not `no-referrer`: with it browsers send `Origin: null` with the form.
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        wire::NO_STORE,
    ];
    (status, headers, Html(html)).into_response()
}

/// Text as it may stand in HTML, in element content and in double-quoted attributes.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("<a href=\"x\">'&'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
    }
}
