//! Which path shows which page. Every page is rendered whole on the server before it is sent.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    delivery,
    identity::{SignInPage, contact},
    mine::MyPage,
    public::{AccessibilityPage, FrontPage, HelpPage, HowPage, NotFound, PrivacyPage, UnitPage, UnitsPage},
    request,
    shell::{Frame, WithIslands},
    styleguide::Styleguide,
    visits::{self, apply, booking, desk, plan},
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Frame>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=FrontPage ssr=SsrMode::Async/>
                    <Route path=path!("/units") view=UnitsPage ssr=SsrMode::Async/>
                    <Route path=path!("/units/:slug") view=UnitPage ssr=SsrMode::Async/>
                    <Route path=path!("/how-visits-work") view=HowPage ssr=SsrMode::Async/>
                    <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async/>
                    <Route path=path!("/privacy") view=PrivacyPage ssr=SsrMode::Async/>
                    <Route path=path!("/accessibility") view=AccessibilityPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("/my") view=MyPage ssr=SsrMode::Async/>
                    <Route path=path!("/my/contact") view=contact::ContactPage ssr=SsrMode::Async/>
                    <Route path=path!("/my/contact/code") view=contact::CodePage ssr=SsrMode::Async/>
                    <Route path=path!("/visits") view=visits::mine::ListPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/apply") view=apply::StartPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/apply/check") view=apply::CheckPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/apply/discard") view=apply::DiscardPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/apply/receipt/:public") view=apply::ReceiptPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/apply/:step") view=apply::StepPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/clearances/:public") view=visits::mine::CasePage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/clearances/:public/withdraw") view=visits::mine::WithdrawPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/book") view=booking::WhoPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/book/when") view=booking::WhenPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/book/check") view=booking::CheckPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/bookings/:public") view=booking::VisitPage ssr=SsrMode::Async/>
                    <Route path=path!("/visits/bookings/:public/cancel") view=booking::CancelPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/day") view=booking::DayPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/bookings/:public/cancel") view=booking::StaffCancelPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/visiting") view=plan::PlanPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/visiting/rules") view=plan::RulesPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/visiting/times/new") view=plan::NewTimePage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/visiting/times/:public") view=plan::TimePage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/visiting/close") view=plan::ClosePage ssr=SsrMode::Async/>
                    <Route path=path!("/staff") view=desk::WorkListPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/search") view=desk::SearchPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/answers") view=desk::AnswersPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/clearances/:public") view=desk::CasePage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/clearances/:public/letter") view=desk::LetterPage ssr=SsrMode::Async/>
                    <Route path=path!("/staff/clearances/:public/match") view=desk::MatchPage ssr=SsrMode::Async/>
                    <Route path=path!("/demo/mail") view=delivery::DemoMailsPage ssr=SsrMode::Async/>
                    <Route path=path!("/demo/mail/:public") view=delivery::DemoMailPage ssr=SsrMode::Async/>
                    <Route path=path!("/styleguide") view=StyleguidePage ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
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
