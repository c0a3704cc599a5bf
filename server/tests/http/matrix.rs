//! Who may reach what. Every page and every server function that the app registers has a row here; one
//! without a row fails, and so does a row whose page is gone. A row is tried as everybody.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use reqwest::StatusCode;

use crate::harness::{Browser, Portal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Everybody,
    Citizens,
    Staff,
    /// Whoever is signed in at the victims' entrance. Its front page is the entrance itself.
    Visitors,
}

impl For {
    pub fn words(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Citizens => "signed-in citizens",
            Self::Staff => "signed-in staff",
            Self::Visitors => "signed in to messages",
        }
    }
}

/// Pages by their pattern, and a path that fits it.
pub const PAGES: &[(&str, &str, For)] = &[
    ("/", "/", For::Everybody),
    ("/units", "/units", For::Everybody),
    ("/units/{slug}", "/units/lyngmo", For::Everybody),
    ("/how-visits-work", "/how-visits-work", For::Everybody),
    ("/help", "/help", For::Everybody),
    ("/worried", "/worried", For::Everybody),
    ("/privacy", "/privacy", For::Everybody),
    ("/accessibility", "/accessibility", For::Everybody),
    ("/developers", "/developers", For::Everybody),
    ("/sign-in", "/sign-in", For::Everybody),
    ("/styleguide", "/styleguide", For::Everybody),
    ("/my", "/my", For::Citizens),
    ("/my/data", "/my/data", For::Citizens),
    ("/my/data/corrections", "/my/data/corrections", For::Citizens),
    ("/my/data/corrections/new", "/my/data/corrections/new", For::Citizens),
    ("/my/data/corrections/{public}", "/my/data/corrections/00000000000000000000000000", For::Citizens),
    (
        "/my/data/corrections/{public}/receipt",
        "/my/data/corrections/00000000000000000000000000/receipt",
        For::Citizens,
    ),
    ("/staff/inmates", "/staff/inmates", For::Staff),
    ("/staff/inmates/{public}", "/staff/inmates/00000000000000000000000000", For::Staff),
    ("/staff/corrections", "/staff/corrections", For::Staff),
    ("/staff/corrections/{public}", "/staff/corrections/00000000000000000000000000", For::Staff),
    ("/my/data/looks", "/my/data/looks", For::Citizens),
    ("/my/data/print", "/my/data/print", For::Citizens),
    ("/my/contact", "/my/contact", For::Citizens),
    ("/my/contact/code", "/my/contact/code", For::Citizens),
    ("/messages", "/messages", For::Citizens),
    ("/messages/new", "/messages/new", For::Citizens),
    ("/messages/search", "/messages/search", For::Citizens),
    ("/messages/{public}", "/messages/00000000000000000000000000", For::Citizens),
    ("/my/letters", "/my/letters", For::Citizens),
    ("/my/letters/{public}", "/my/letters/00000000000000000000000000", For::Citizens),
    ("/my/letters/{public}/write", "/my/letters/00000000000000000000000000/write", For::Citizens),
    ("/my/letters/{public}/change", "/my/letters/00000000000000000000000000/change", For::Citizens),
    ("/my/letters/{public}/report", "/my/letters/00000000000000000000000000/report", For::Citizens),
    ("/my/letters/{public}/print", "/my/letters/00000000000000000000000000/print", For::Citizens),
    ("/my/clients", "/my/clients", For::Citizens),
    ("/my/clients/{public}", "/my/clients/00000000000000000000000000", For::Citizens),
    ("/my/clients/{public}/rooms", "/my/clients/00000000000000000000000000/rooms", For::Citizens),
    (
        "/my/clients/{public}/rooms/{session}",
        "/my/clients/00000000000000000000000000/rooms/00000000000000000000000000",
        For::Citizens,
    ),
    ("/my/clients/{public}/print", "/my/clients/00000000000000000000000000/print", For::Citizens),
    ("/my/clients/appointed", "/my/clients/appointed", For::Citizens),
    ("/my/clients/appointed/{public}", "/my/clients/appointed/00000000000000000000000000", For::Citizens),
    ("/my/clients/delegates", "/my/clients/delegates", For::Citizens),
    ("/my/clients/delegates/new", "/my/clients/delegates/new", For::Citizens),
    ("/my/clients/delegates/{public}", "/my/clients/delegates/00000000000000000000000000", For::Citizens),
    (
        "/my/clients/delegates/{public}/clients",
        "/my/clients/delegates/00000000000000000000000000/clients",
        For::Citizens,
    ),
    ("/my/lawyers", "/my/lawyers", For::Citizens),
    ("/my/lawyers/{public}", "/my/lawyers/00000000000000000000000000", For::Citizens),
    (
        "/my/lawyers/{public}/clients/{client}/rooms",
        "/my/lawyers/00000000000000000000000000/clients/00000000000000000000000000/rooms",
        For::Citizens,
    ),
    (
        "/my/lawyers/{public}/clients/{client}/rooms/{session}",
        "/my/lawyers/00000000000000000000000000/clients/00000000000000000000000000/rooms/00000000000000000000000000",
        For::Citizens,
    ),
    (
        "/my/lawyers/{public}/rooms/{visit}",
        "/my/lawyers/00000000000000000000000000/rooms/00000000000000000000000000",
        For::Citizens,
    ),
    (
        "/my/lawyers/{public}/rooms/{visit}/cancel",
        "/my/lawyers/00000000000000000000000000/rooms/00000000000000000000000000/cancel",
        For::Citizens,
    ),
    ("/staff/mandates/declared/{public}", "/staff/mandates/declared/00000000000000000000000000", For::Staff),
    ("/staff/mandates", "/staff/mandates", For::Staff),
    ("/staff/mandates/inmates/{public}", "/staff/mandates/inmates/00000000000000000000000000", For::Staff),
    ("/staff/mandates/{public}/end", "/staff/mandates/00000000000000000000000000/end", For::Staff),
    ("/electronic-control", "/electronic-control", For::Everybody),
    ("/my/home", "/my/home", For::Citizens),
    ("/my/home/{public}", "/my/home/00000000000000000000000000", For::Citizens),
    ("/my/home/{public}/withdraw", "/my/home/00000000000000000000000000/withdraw", For::Citizens),
    ("/my/home/{public}/print", "/my/home/00000000000000000000000000/print", For::Citizens),
    ("/staff/insight", "/staff/insight", For::Staff),
    ("/staff/trail", "/staff/trail", For::Staff),
    ("/staff/trail/found", "/staff/trail/found", For::Staff),
    ("/staff/trail/alerts", "/staff/trail/alerts", For::Staff),
    ("/staff/trail/alerts/{public}", "/staff/trail/alerts/00000000000000000000000000", For::Staff),
    ("/staff/homes", "/staff/homes", For::Staff),
    ("/staff/homes/new", "/staff/homes/new", For::Staff),
    ("/staff/homes/{public}", "/staff/homes/00000000000000000000000000", For::Staff),
    ("/staff/children/{public}/parent", "/staff/children/00000000000000000000000000/parent", For::Staff),
    ("/staff/homes/{public}/told", "/staff/homes/00000000000000000000000000/told", For::Staff),
    (
        "/staff/homes/{public}/people/{person}",
        "/staff/homes/00000000000000000000000000/people/00000000000000000000000000",
        For::Staff,
    ),
    ("/my/appeals", "/my/appeals", For::Citizens),
    ("/my/appeals/write/{public}", "/my/appeals/write/00000000000000000000000000", For::Citizens),
    ("/my/appeals/{public}", "/my/appeals/00000000000000000000000000", For::Citizens),
    ("/my/appeals/{public}/receipt", "/my/appeals/00000000000000000000000000/receipt", For::Citizens),
    ("/my/appeals/{public}/withdraw", "/my/appeals/00000000000000000000000000/withdraw", For::Citizens),
    ("/my/appeals/{public}/print", "/my/appeals/00000000000000000000000000/print", For::Citizens),
    ("/staff/appeals", "/staff/appeals", For::Staff),
    ("/staff/appeals/{public}", "/staff/appeals/00000000000000000000000000", For::Staff),
    ("/documents", "/documents", For::Citizens),
    ("/documents/send", "/documents/send", For::Citizens),
    ("/documents/send/{public}", "/documents/send/00000000000000000000000000", For::Citizens),
    ("/documents/send/{public}/files", "/documents/send/00000000000000000000000000/files", For::Citizens),
    ("/documents/send/{public}/check", "/documents/send/00000000000000000000000000/check", For::Citizens),
    ("/documents/requests/{public}", "/documents/requests/00000000000000000000000000", For::Citizens),
    ("/documents/{public}", "/documents/00000000000000000000000000", For::Citizens),
    ("/documents/{public}/receipt", "/documents/00000000000000000000000000/receipt", For::Citizens),
    ("/documents/{public}/withdraw", "/documents/00000000000000000000000000/withdraw", For::Citizens),
    ("/staff/documents", "/staff/documents", For::Staff),
    (
        "/staff/documents/requests/{public}",
        "/staff/documents/requests/00000000000000000000000000",
        For::Staff,
    ),
    ("/staff/documents/ask/{public}", "/staff/documents/ask/00000000000000000000000000", For::Staff),
    ("/staff/documents/{public}", "/staff/documents/00000000000000000000000000", For::Staff),
    ("/staff/letters", "/staff/letters", For::Staff),
    ("/staff/letters/reports", "/staff/letters/reports", For::Staff),
    ("/staff/letters/numbers", "/staff/letters/numbers", For::Staff),
    ("/staff/letters/paper", "/staff/letters/paper", For::Staff),
    ("/staff/letters/answer", "/staff/letters/answer", For::Staff),
    ("/staff/letters/orders", "/staff/letters/orders", For::Staff),
    ("/staff/letters/orders/{public}", "/staff/letters/orders/00000000000000000000000000", For::Staff),
    ("/staff/letters/words", "/staff/letters/words", For::Staff),
    ("/staff/letters/rules", "/staff/letters/rules", For::Staff),
    ("/staff/letters/rules/change", "/staff/letters/rules/change", For::Staff),
    ("/staff/letters/{public}/answer", "/staff/letters/00000000000000000000000000/answer", For::Staff),
    ("/staff/letters/{public}/paper", "/staff/letters/00000000000000000000000000/paper", For::Staff),
    ("/staff/letters/{public}", "/staff/letters/00000000000000000000000000", For::Staff),
    ("/message", "/message", For::Everybody),
    ("/message/ask", "/message/ask", For::Visitors),
    ("/message/channels", "/message/channels", For::Visitors),
    ("/message/channels/{public}", "/message/channels/00000000000000000000000000", For::Visitors),
    ("/message/wishes", "/message/wishes", For::Visitors),
    ("/message/write", "/message/write", For::Visitors),
    ("/message/representatives", "/message/representatives", For::Visitors),
    ("/message/data", "/message/data", For::Visitors),
    ("/message/looks", "/message/looks", For::Visitors),
    ("/message/{public}", "/message/00000000000000000000000000", For::Visitors),
    ("/demo/texts", "/demo/texts", For::Everybody),
    ("/demo/mail", "/demo/mail", For::Everybody),
    ("/demo/video/{room}", "/demo/video/test", For::Everybody),
    ("/demo/mail/{public}", "/demo/mail/00000000000000000000000000", For::Everybody),
    ("/visits", "/visits", For::Citizens),
    ("/visits/apply", "/visits/apply", For::Citizens),
    ("/visits/apply/check", "/visits/apply/check", For::Citizens),
    ("/visits/apply/discard", "/visits/apply/discard", For::Citizens),
    ("/visits/apply/receipt/{public}", "/visits/apply/receipt/00000000000000000000000000", For::Citizens),
    ("/visits/apply/{step}", "/visits/apply/whom", For::Citizens),
    ("/visits/clearances/{public}", "/visits/clearances/00000000000000000000000000", For::Citizens),
    (
        "/visits/clearances/{public}/give-up",
        "/visits/clearances/00000000000000000000000000/give-up",
        For::Citizens,
    ),
    (
        "/visits/clearances/{public}/withdraw",
        "/visits/clearances/00000000000000000000000000/withdraw",
        For::Citizens,
    ),
    ("/visits/book", "/visits/book", For::Citizens),
    ("/visits/book/when", "/visits/book/when", For::Citizens),
    ("/visits/book/check", "/visits/book/check", For::Citizens),
    ("/visits/book/wait", "/visits/book/wait", For::Citizens),
    ("/visits/waits/{public}", "/visits/waits/00000000000000000000000000", For::Citizens),
    ("/visits/waits/{public}/end", "/visits/waits/00000000000000000000000000/end", For::Citizens),
    ("/visits/offers/{public}", "/visits/offers/00000000000000000000000000", For::Citizens),
    ("/visits/offers/{public}/decline", "/visits/offers/00000000000000000000000000/decline", For::Citizens),
    ("/visits/bookings/{public}", "/visits/bookings/00000000000000000000000000", For::Citizens),
    ("/visits/bookings/{public}/pass", "/visits/bookings/00000000000000000000000000/pass", For::Citizens),
    (
        "/visits/bookings/{public}/attended",
        "/visits/bookings/00000000000000000000000000/attended",
        For::Citizens,
    ),
    ("/visits/bookings/{public}/cancel", "/visits/bookings/00000000000000000000000000/cancel", For::Citizens),
    ("/staff/day", "/staff/day", For::Staff),
    ("/staff/gate", "/staff/gate", For::Staff),
    ("/staff/gate/{public}", "/staff/gate/00000000000000000000000000", For::Staff),
    ("/staff/bookings/{public}/cancel", "/staff/bookings/00000000000000000000000000/cancel", For::Staff),
    ("/staff/visiting", "/staff/visiting", For::Staff),
    ("/staff/visiting/rules", "/staff/visiting/rules", For::Staff),
    ("/staff/visiting/times/new", "/staff/visiting/times/new", For::Staff),
    ("/staff/visiting/times/{public}", "/staff/visiting/times/00000000000000000000000000", For::Staff),
    ("/staff/visiting/close", "/staff/visiting/close", For::Staff),
    ("/staff/feed", "/staff/feed", For::Staff),
    ("/staff/work", "/staff/work", For::Staff),
    ("/staff/work/{source}/{public}", "/staff/work/thread/00000000000000000000000000", For::Staff),
    ("/staff", "/staff", For::Staff),
    ("/staff/search", "/staff/search", For::Staff),
    ("/staff/answers", "/staff/answers", For::Staff),
    ("/staff/clearances/{public}", "/staff/clearances/00000000000000000000000000", For::Staff),
    ("/staff/clearances/{public}/letter", "/staff/clearances/00000000000000000000000000/letter", For::Staff),
    ("/staff/clearances/{public}/match", "/staff/clearances/00000000000000000000000000/match", For::Staff),
    ("/staff/messages", "/staff/messages", For::Staff),
    ("/staff/messages/templates", "/staff/messages/templates", For::Staff),
    ("/staff/messages/{public}", "/staff/messages/00000000000000000000000000", For::Staff),
    ("/staff/notices", "/staff/notices", For::Staff),
    ("/staff/notices/register", "/staff/notices/register", For::Staff),
    ("/staff/notices/requests/{public}", "/staff/notices/requests/00000000000000000000000000", For::Staff),
    ("/staff/notices/questions/{public}", "/staff/notices/questions/00000000000000000000000000", For::Staff),
    ("/staff/notices/parties/{public}", "/staff/notices/parties/00000000000000000000000000", For::Staff),
    ("/staff/notices/tasks/{public}", "/staff/notices/tasks/00000000000000000000000000", For::Staff),
    (
        "/staff/notices/parties/{public}/officer",
        "/staff/notices/parties/00000000000000000000000000/officer",
        For::Staff,
    ),
    (
        "/staff/notices/parties/{public}/representatives",
        "/staff/notices/parties/00000000000000000000000000/representatives",
        For::Staff,
    ),
    ("/staff/break-ins", "/staff/break-ins", For::Staff),
    ("/staff/worried", "/staff/worried", For::Staff),
    ("/staff/duty", "/staff/duty", For::Staff),
    ("/staff/duty/ring-in", "/staff/duty/ring-in", For::Staff),
    ("/staff/duty/ring-in/{public}", "/staff/duty/ring-in/00000000000000000000000000", For::Staff),
    ("/staff/duty/{public}", "/staff/duty/00000000000000000000000000", For::Staff),
    ("/staff/duty/{public}/letter", "/staff/duty/00000000000000000000000000/letter", For::Staff),
];

/// Server functions by their address.
pub const FUNCTIONS: &[(&str, For)] = &[
    ("/api/my/contact", For::Citizens),
    ("/api/my/contact/code", For::Citizens),
    ("/api/my/contact/resend", For::Citizens),
    ("/api/visits/apply/whom", For::Citizens),
    ("/api/visits/apply/relation", For::Citizens),
    ("/api/visits/apply/contact", For::Citizens),
    ("/api/visits/apply/children", For::Citizens),
    ("/api/visits/apply/children/remove", For::Citizens),
    ("/api/visits/apply/needs", For::Citizens),
    ("/api/visits/apply/police", For::Citizens),
    ("/api/visits/apply/submit", For::Citizens),
    ("/api/visits/apply/again", For::Citizens),
    ("/api/visits/apply/discard", For::Citizens),
    ("/api/visits/clearances/give-up", For::Citizens),
    ("/api/visits/clearances/withdraw", For::Citizens),
    ("/api/visits/book/who", For::Citizens),
    ("/api/visits/book/when", For::Citizens),
    ("/api/visits/book/extend", For::Citizens),
    ("/api/visits/book/confirm", For::Citizens),
    ("/api/visits/book/discard", For::Citizens),
    ("/api/visits/book/anew", For::Citizens),
    ("/api/visits/book/wait", For::Citizens),
    ("/api/visits/waits/end", For::Citizens),
    ("/api/visits/offers/accept", For::Citizens),
    ("/api/visits/offers/decline", For::Citizens),
    ("/api/visits/offers/leave", For::Citizens),
    ("/api/visits/bookings/change", For::Citizens),
    ("/api/visits/bookings/cancel", For::Citizens),
    ("/api/visits/bookings/delayed", For::Citizens),
    ("/api/staff/gate/find", For::Staff),
    ("/api/staff/gate/mark", For::Staff),
    ("/api/staff/gate/undo", For::Staff),
    ("/api/messages/new", For::Citizens),
    ("/api/messages/write", For::Citizens),
    ("/api/messages/close", For::Citizens),
    ("/api/messages/discard", For::Citizens),
    ("/api/messages/search", For::Citizens),
    ("/api/my/letters/write", For::Citizens),
    ("/api/my/letters/wish", For::Citizens),
    ("/api/my/letters/report", For::Citizens),
    ("/api/my/clients/write", For::Citizens),
    ("/api/my/clients/copy", For::Citizens),
    ("/api/my/clients/rooms/book", For::Citizens),
    ("/api/my/clients/appointed", For::Citizens),
    ("/api/my/clients/appointed/withdraw", For::Citizens),
    ("/api/my/clients/delegates", For::Citizens),
    ("/api/my/clients/delegates/code", For::Citizens),
    ("/api/my/clients/delegates/clients", For::Citizens),
    ("/api/my/clients/delegates/end", For::Citizens),
    ("/api/my/lawyers/code", For::Citizens),
    ("/api/my/lawyers/answer", For::Citizens),
    ("/api/my/lawyers/end", For::Citizens),
    ("/api/my/lawyers/rooms/cancel", For::Citizens),
    ("/api/staff/mandates/declared/confirm", For::Staff),
    ("/api/staff/mandates/declared/refuse", For::Staff),
    ("/api/staff/mandates/declared/pass", For::Staff),
    ("/api/staff/mandates/find", For::Staff),
    ("/api/staff/mandates/register", For::Staff),
    ("/api/staff/mandates/end", For::Staff),
    ("/api/my/home/answer", For::Citizens),
    ("/api/my/home/withdraw", For::Citizens),
    ("/api/staff/homes/open", For::Staff),
    ("/api/staff/homes/add", For::Staff),
    ("/api/staff/homes/facts", For::Staff),
    ("/api/staff/homes/person", For::Staff),
    ("/api/staff/homes/close", For::Staff),
    ("/api/staff/trail/search", For::Staff),
    ("/api/staff/trail/check", For::Staff),
    ("/api/staff/trail/settle", For::Staff),
    ("/api/staff/homes/without", For::Staff),
    ("/api/staff/children/parent", For::Staff),
    ("/api/my/corrections/ask", For::Citizens),
    ("/api/my/corrections/withdraw", For::Citizens),
    ("/api/staff/inmates/find", For::Staff),
    ("/api/staff/corrections/take", For::Staff),
    ("/api/staff/corrections/pass", For::Staff),
    ("/api/staff/corrections/settle", For::Staff),
    ("/api/my/appeals/write", For::Citizens),
    ("/api/my/appeals/discard", For::Citizens),
    ("/api/my/appeals/withdraw", For::Citizens),
    ("/api/staff/appeals/take", For::Staff),
    ("/api/staff/appeals/wait", For::Staff),
    ("/api/staff/appeals/forward", For::Staff),
    ("/api/staff/appeals/change", For::Staff),
    ("/api/staff/appeals/decide", For::Staff),
    ("/api/documents/start", For::Citizens),
    ("/api/documents/keep", For::Citizens),
    ("/api/documents/discard", For::Citizens),
    ("/api/documents/hand-in", For::Citizens),
    ("/api/documents/say", For::Citizens),
    ("/api/documents/withdraw", For::Citizens),
    ("/api/staff/documents/accept", For::Staff),
    ("/api/staff/documents/more", For::Staff),
    ("/api/staff/documents/ask", For::Staff),
    ("/api/staff/documents/paper", For::Staff),
    ("/api/staff/documents/recall", For::Staff),
    ("/api/staff/letters/decide", For::Staff),
    ("/api/staff/letters/second", For::Staff),
    ("/api/staff/letters/opinion", For::Staff),
    ("/api/staff/letters/translate", For::Staff),
    ("/api/staff/letters/settle", For::Staff),
    ("/api/staff/letters/handed", For::Staff),
    ("/api/staff/letters/sheet", For::Staff),
    ("/api/staff/letters/answer", For::Staff),
    ("/api/staff/letters/order", For::Staff),
    ("/api/staff/letters/order/undo", For::Staff),
    ("/api/staff/letters/words/add", For::Staff),
    ("/api/staff/letters/words/end", For::Staff),
    ("/api/staff/letters/rules", For::Staff),
    ("/api/message/ask", For::Visitors),
    ("/api/message/channels", For::Visitors),
    ("/api/message/channels/code", For::Visitors),
    ("/api/message/channels/renew", For::Visitors),
    ("/api/message/channels/stop", For::Visitors),
    ("/api/message/wishes", For::Visitors),
    ("/api/message/wishes/all", For::Visitors),
    ("/api/message/representatives/end", For::Visitors),
    ("/api/message/read", For::Visitors),
    ("/api/message/write", For::Visitors),
    ("/api/staff/bookings/cancel", For::Staff),
    ("/api/staff/bookings/rung", For::Staff),
    ("/api/staff/bookings/settle", For::Staff),
    ("/api/staff/visiting/rules", For::Staff),
    ("/api/staff/visiting/times/add", For::Staff),
    ("/api/staff/visiting/times/end", For::Staff),
    ("/api/staff/visiting/days/close", For::Staff),
    ("/api/staff/visiting/days/open", For::Staff),
    ("/api/staff/work/take", For::Staff),
    ("/api/staff/work/give", For::Staff),
    ("/api/staff/work/undo", For::Staff),
    ("/api/staff/work/away", For::Staff),
    ("/api/staff/search", For::Staff),
    ("/api/staff/answers", For::Staff),
    ("/api/staff/clearances/answer", For::Staff),
    ("/api/staff/clearances/identity", For::Staff),
    ("/api/staff/clearances/police", For::Staff),
    ("/api/staff/clearances/letter", For::Staff),
    ("/api/staff/clearances/decide", For::Staff),
    ("/api/staff/clearances/anew", For::Staff),
    ("/api/staff/clearances/carried", For::Staff),
    ("/api/staff/clearances/rechecked", For::Staff),
    ("/api/staff/clearances/consent-back", For::Staff),
    ("/api/staff/clearances/find", For::Staff),
    ("/api/staff/clearances/match", For::Staff),
    ("/api/staff/messages/answer", For::Staff),
    ("/api/staff/messages/note", For::Staff),
    ("/api/staff/messages/step", For::Staff),
    ("/api/staff/messages/templates/add", For::Staff),
    ("/api/staff/messages/templates/end", For::Staff),
    ("/api/staff/notices/verify", For::Staff),
    ("/api/staff/notices/refuse", For::Staff),
    ("/api/staff/notices/register", For::Staff),
    ("/api/staff/notices/answer", For::Staff),
    ("/api/staff/notices/open", For::Staff),
    ("/api/staff/notices/reply", For::Staff),
    ("/api/staff/notices/close", For::Staff),
    ("/api/staff/notices/represent", For::Staff),
    ("/api/staff/notices/unrepresent", For::Staff),
    ("/api/staff/notices/protect", For::Staff),
    ("/api/staff/notices/assign", For::Staff),
    ("/api/staff/notices/seen", For::Staff),
    ("/api/worried", For::Everybody),
    ("/api/staff/worried", For::Staff),
    ("/api/staff/duty/ring-in", For::Staff),
    ("/api/staff/duty/heard", For::Staff),
    ("/api/staff/duty/take", For::Staff),
    ("/api/staff/duty/back", For::Staff),
    ("/api/staff/duty/called", For::Staff),
    ("/api/staff/duty/mass", For::Staff),
];

#[test]
fn every_page_and_function_has_a_row() {
    let pages: BTreeSet<String> = app::PAGES.iter().map(|(pattern, _)| (*pattern).to_owned()).collect();
    let rows: BTreeSet<String> = PAGES.iter().map(|(pattern, ..)| (*pattern).to_owned()).collect();
    assert_eq!(pages, rows, "pages and rows");
    let functions: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let rows: BTreeSet<String> = FUNCTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(functions, rows, "server functions and rows");
    for path in functions {
        assert!(app::forms::known_fields(&path).is_some(), "{path}: its names are missing in app::forms");
    }
    assert!(
        server_fn_paths().all(|(_, method)| method == http::Method::POST),
        "a server function writes by POST"
    );
}

/// What somebody who may not is told: to sign in. Never more. The victims' entrance is a page of its own.
fn is_turned_away(status: StatusCode, location: &str) -> bool {
    let entrance = location.split('?').next().unwrap_or_default();
    status == StatusCode::SEE_OTHER && matches!(entrance, "/sign-in" | "/message")
}

async fn everybody(portal: &Portal) -> [(&'static str, Browser, Option<For>); 4] {
    let (citizen, staff, visitor) = (portal.browser(), portal.browser(), portal.browser());
    citizen.sign_in("citizen", "maja", "/my").await;
    staff.sign_in("staff", "henrik", "/staff").await;
    visitor.sign_in("message", "solveig", "/message").await;
    [
        ("anonymous", portal.browser(), None),
        ("citizen", citizen, Some(For::Citizens)),
        ("staff", staff, Some(For::Staff)),
        ("visitor", visitor, Some(For::Visitors)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_open_for_those_they_are_for_and_for_nobody_else() {
    let portal = Portal::start().await;
    for (who, browser, is) in everybody(&portal).await {
        for (_, path, whose) in PAGES {
            let page = browser.get(path).await;
            let may = *whose == For::Everybody || Some(*whose) == is;
            assert_eq!(
                !is_turned_away(page.status, page.location()),
                may,
                "{who} at {path}: {}",
                page.status
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_answer_those_they_are_for_and_nobody_else() {
    let portal = Portal::start().await;
    for (who, browser, is) in everybody(&portal).await {
        for (path, whose) in FUNCTIONS {
            let page = browser.post(path, &[]).await;
            let may = *whose == For::Everybody || Some(*whose) == is;
            assert_eq!(
                !is_turned_away(page.status, page.location()),
                may,
                "{who} at {path}: {}",
                page.status
            );
        }
    }
}
