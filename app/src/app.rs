//! Which path shows which page. Every page is rendered whole on the server before it is sent; no router runs in the
//! browser, so the server's own finds the page.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;

use crate::{
    appeals, consents, custody, delivery, documents,
    identity::{SignInPage, contact},
    messages,
    mine::{self, MyPage},
    notices::{self, mine as message},
    public::{
        AccessibilityPage, DevelopersPage, ElectronicPage, FrontPage, HelpPage, HowPage, NotFound,
        PrivacyPage, UnitPage, UnitsPage,
    },
    request,
    shell::{Frame, WithIslands, document},
    styleguide::Styleguide,
    visits::{self, apply, booking, desk, gate, plan},
};

/// What stands in the middle of a page.
pub type Body = fn() -> AnyView;

/// Every page by the pattern of its path. A static: what a constant names is compiled again where it is used.
pub static PAGES: &[(&str, Body)] = &[
    ("/", || FrontPage().into_any()),
    ("/units", || UnitsPage().into_any()),
    ("/units/{slug}", || UnitPage().into_any()),
    ("/how-visits-work", || HowPage().into_any()),
    ("/help", || HelpPage().into_any()),
    ("/worried", || messages::worry::WorriedPage().into_any()),
    ("/electronic-control", || ElectronicPage().into_any()),
    ("/privacy", || PrivacyPage().into_any()),
    ("/accessibility", || AccessibilityPage().into_any()),
    ("/developers", || DevelopersPage().into_any()),
    ("/sign-in", || SignInPage().into_any()),
    ("/my", || MyPage().into_any()),
    ("/my/contact", || contact::ContactPage().into_any()),
    ("/my/contact/code", || contact::CodePage().into_any()),
    ("/visits", || visits::mine::ListPage().into_any()),
    ("/visits/apply", || apply::StartPage().into_any()),
    ("/visits/apply/check", || apply::CheckPage().into_any()),
    ("/visits/apply/discard", || apply::DiscardPage().into_any()),
    ("/visits/apply/receipt/{public}", || apply::ReceiptPage().into_any()),
    ("/visits/apply/{step}", || apply::StepPage().into_any()),
    ("/visits/clearances/{public}", || mine::CasePage().into_any()),
    ("/visits/clearances/{public}/withdraw", || visits::mine::WithdrawPage().into_any()),
    ("/visits/book", || booking::WhoPage().into_any()),
    ("/visits/book/when", || booking::WhenPage().into_any()),
    ("/visits/book/check", || booking::CheckPage().into_any()),
    ("/visits/bookings/{public}", || booking::VisitPage().into_any()),
    ("/visits/bookings/{public}/cancel", || booking::CancelPage().into_any()),
    ("/staff/day", || booking::DayPage().into_any()),
    ("/visits/bookings/{public}/pass", || gate::PassPage().into_any()),
    ("/visits/bookings/{public}/attended", || gate::AttendedPage().into_any()),
    ("/staff/gate", || gate::GatePage().into_any()),
    ("/staff/gate/{public}", || gate::GateVisitPage().into_any()),
    ("/staff/bookings/{public}/cancel", || booking::StaffCancelPage().into_any()),
    ("/staff/visiting", || plan::PlanPage().into_any()),
    ("/staff/visiting/rules", || plan::RulesPage().into_any()),
    ("/staff/visiting/times/new", || plan::NewTimePage().into_any()),
    ("/staff/visiting/times/{public}", || plan::TimePage().into_any()),
    ("/staff/visiting/close", || plan::ClosePage().into_any()),
    ("/staff/feed", || custody::feed::FeedPage().into_any()),
    ("/staff", || desk::WorkListPage().into_any()),
    ("/staff/search", || desk::SearchPage().into_any()),
    ("/staff/answers", || desk::AnswersPage().into_any()),
    ("/staff/clearances/{public}", || crate::desk::CasePage().into_any()),
    ("/staff/clearances/{public}/letter", || desk::LetterPage().into_any()),
    ("/staff/clearances/{public}/match", || desk::MatchPage().into_any()),
    ("/staff/notices", || notices::desk::WorkListPage().into_any()),
    ("/staff/notices/register", || notices::desk::RegisterPage().into_any()),
    ("/staff/notices/requests/{public}", || notices::desk::RequestPage().into_any()),
    ("/staff/notices/questions/{public}", || notices::desk::QuestionPage().into_any()),
    ("/staff/notices/parties/{public}", || notices::desk::PartyPage().into_any()),
    ("/staff/notices/tasks/{public}", || notices::desk::TaskPage().into_any()),
    ("/staff/notices/parties/{public}/officer", || notices::desk::AssignPage().into_any()),
    ("/staff/notices/parties/{public}/representatives", || notices::desk::RepresentativesPage().into_any()),
    ("/staff/break-ins", || notices::desk::BreakInsPage().into_any()),
    ("/my/letters", || messages::exchange::ListPage().into_any()),
    ("/my/letters/{public}", || messages::exchange::ExchangePage().into_any()),
    ("/my/letters/{public}/write", || messages::exchange::WritePage().into_any()),
    ("/my/letters/{public}/change", || messages::exchange::WishPage().into_any()),
    ("/my/letters/{public}/report", || messages::exchange::ReportPage().into_any()),
    ("/my/letters/{public}/print", || messages::exchange::PaperPage().into_any()),
    ("/staff/letters", || messages::control::QueuePage().into_any()),
    ("/staff/letters/reports", || messages::control::ReportsPage().into_any()),
    ("/staff/letters/numbers", || messages::control::NumbersPage().into_any()),
    ("/staff/letters/paper", || messages::control::PaperPage().into_any()),
    ("/staff/letters/orders", || messages::control::OrdersPage().into_any()),
    ("/staff/letters/orders/{public}", || messages::control::OrderPage().into_any()),
    ("/staff/letters/words", || messages::control::WordsPage().into_any()),
    ("/staff/letters/rules", || messages::control::RulesPage().into_any()),
    ("/staff/letters/rules/change", || messages::control::RulesFormPage().into_any()),
    ("/staff/letters/{public}/answer", || messages::control::SheetAnswerPage().into_any()),
    ("/staff/letters/answer", || messages::control::AnswerPage().into_any()),
    ("/staff/letters/{public}/paper", || messages::control::SheetPage().into_any()),
    ("/staff/letters/{public}", || messages::control::LetterPage().into_any()),
    ("/my/clients", || messages::counsel::ListPage().into_any()),
    ("/my/clients/{public}", || messages::counsel::ClientPage().into_any()),
    ("/my/clients/{public}/print", || messages::counsel::PaperPage().into_any()),
    ("/staff/mandates", || messages::mandates::FindPage().into_any()),
    ("/staff/mandates/inmates/{public}", || messages::mandates::InmatePage().into_any()),
    ("/staff/mandates/{public}/end", || messages::mandates::EndPage().into_any()),
    ("/staff/worried", || messages::worry::DeskPage().into_any()),
    ("/my/home", || consents::mine::ListPage().into_any()),
    ("/my/home/{public}", || consents::mine::ShowPage().into_any()),
    ("/my/home/{public}/withdraw", || consents::mine::WithdrawPage().into_any()),
    ("/my/home/{public}/print", || consents::mine::PaperPage().into_any()),
    ("/staff/homes", || consents::desk::ListPage().into_any()),
    ("/staff/homes/new", || consents::desk::NewPage().into_any()),
    ("/staff/children/{public}/parent", || consents::desk::ParentPage().into_any()),
    ("/staff/homes/{public}", || consents::desk::OnePage().into_any()),
    ("/staff/homes/{public}/told", || consents::desk::ToldPage().into_any()),
    ("/staff/homes/{public}/people/{person}", || consents::desk::InvitationPage().into_any()),
    ("/my/appeals", || appeals::mine::ListPage().into_any()),
    ("/my/appeals/write/{public}", || appeals::mine::WritePage().into_any()),
    ("/my/appeals/{public}", || appeals::mine::ShowPage().into_any()),
    ("/my/appeals/{public}/receipt", || appeals::mine::ReceiptPage().into_any()),
    ("/my/appeals/{public}/withdraw", || appeals::mine::WithdrawPage().into_any()),
    ("/my/appeals/{public}/print", || appeals::mine::PaperPage().into_any()),
    ("/staff/appeals", || appeals::desk::ListPage().into_any()),
    ("/staff/appeals/{public}", || appeals::desk::OnePage().into_any()),
    ("/documents", || documents::mine::ListPage().into_any()),
    ("/documents/send", || documents::mine::SendPage().into_any()),
    ("/documents/send/{public}", || documents::mine::DraftPage().into_any()),
    ("/documents/send/{public}/files", || documents::mine::FilesPage().into_any()),
    ("/documents/send/{public}/check", || documents::mine::CheckPage().into_any()),
    ("/documents/requests/{public}", || documents::mine::RequestPage().into_any()),
    ("/documents/{public}", || documents::mine::ShowPage().into_any()),
    ("/documents/{public}/receipt", || documents::mine::ReceiptPage().into_any()),
    ("/documents/{public}/withdraw", || documents::mine::WithdrawPage().into_any()),
    ("/staff/documents", || documents::desk::ListPage().into_any()),
    ("/staff/documents/requests/{public}", || documents::desk::RequestPage().into_any()),
    ("/staff/documents/ask/{public}", || documents::desk::AskPage().into_any()),
    ("/staff/documents/{public}", || documents::desk::OnePage().into_any()),
    ("/staff/duty", || notices::duty::DutyPage().into_any()),
    ("/staff/duty/ring-in", || notices::duty::RingInPage().into_any()),
    ("/staff/duty/ring-in/{public}", || notices::duty::RungInPage().into_any()),
    ("/staff/duty/{public}", || notices::duty::CallPage().into_any()),
    ("/staff/duty/{public}/letter", || notices::duty::LetterPage().into_any()),
    ("/messages", || messages::mine::ListPage().into_any()),
    ("/messages/new", || messages::mine::NewPage().into_any()),
    ("/messages/search", || messages::mine::SearchPage().into_any()),
    ("/messages/{public}", || messages::mine::ThreadPage().into_any()),
    ("/staff/messages", || messages::desk::ListPage().into_any()),
    ("/staff/messages/templates", || messages::desk::TemplatesPage().into_any()),
    ("/staff/messages/{public}", || messages::desk::ThreadPage().into_any()),
    ("/message", || message::HomePage().into_any()),
    ("/message/ask", || message::AskPage().into_any()),
    ("/message/channels", || message::ChannelsPage().into_any()),
    ("/message/channels/{public}", || message::ChannelPage().into_any()),
    ("/message/wishes", || message::WishesPage().into_any()),
    ("/message/write", || message::WritePage().into_any()),
    ("/message/representatives", || message::RepresentativesPage().into_any()),
    ("/message/looks", || message::LooksPage().into_any()),
    ("/message/{public}", || message::NoticePage().into_any()),
    ("/demo/texts", || notices::DemoTextsPage().into_any()),
    ("/demo/mail", || delivery::DemoMailsPage().into_any()),
    ("/demo/mail/{public}", || delivery::DemoMailPage().into_any()),
    ("/styleguide", || StyleguidePage().into_any()),
];

/// The page of what is not there.
pub fn lost() -> AnyView {
    NotFound().into_any()
}

/// The whole document of a page. Its type ends here: it is deep, and no other crate has to follow it.
pub fn whole(body: Body) -> AnyView {
    provide_meta_context();
    document(move || view! { <Frame>{body()}</Frame> }).into_any()
}

/// Every component in every state; a page of the demo only.
#[component]
fn StyleguidePage() -> impl IntoView {
    if request::page().demo {
        view! { <Styleguide/><WithIslands/> }.into_any()
    } else {
        view! { <NotFound/> }.into_any()
    }
}
