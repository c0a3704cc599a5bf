//! Which path shows which page. Every page is rendered whole on the server before it is sent.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    identity::{MyPage, SignInPage, StaffHomePage},
    public::{AccessibilityPage, FrontPage, HelpPage, HowPage, NotFound, PrivacyPage, UnitPage, UnitsPage},
    request,
    shell::{Frame, WithIslands},
    styleguide::Styleguide,
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
                    <Route path=path!("/staff") view=StaffHomePage ssr=SsrMode::Async/>
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
