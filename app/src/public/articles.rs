//! Pages of text: how a visit goes, help, privacy, accessibility. Each section can be linked to.

use leptos::prelude::*;

use crate::{
    i18n::{electronic, paper_form, public as t, visits_without, worried},
    request, routes,
    ui::{Actions, LinkButton, PageHead},
};

/// A heading and its paragraph, under an id that links may point at.
fn section(id: &'static str, title: String, text: String) -> impl IntoView {
    view! { <h2 id=id>{title}</h2><p>{text}</p> }
}

#[component]
pub fn HowPage() -> impl IntoView {
    let l = request::page().locale;
    view! {
        <div class="page">
            <div class="page-main prose">
                <PageHead title=t::how_title(l) lead=t::how_lead(l)/>
                {section("apply", t::how_apply_title(l), t::how_apply_text(l))}
                {section("consent", t::how_consent_title(l), t::how_consent_text(l))}
                {section("check", t::how_check_title(l), t::how_check_text(l))}
                {section("book", t::how_book_title(l), t::how_book_text(l))}
                {section("day", t::how_day_title(l), t::how_day_text(l))}
                {section("needs", t::how_needs_title(l), t::how_needs_text(l))}
                <Actions><LinkButton href=routes::APPLY text=t::unit_apply(l)/></Actions>
                <p><a href=routes::ON_PAPER>{paper_form::link(l)}</a></p>
                <p><a href=routes::WITHOUT_EID>{visits_without::link(l)}</a></p>
            </div>
        </div>
    }
}

#[component]
pub fn HelpPage() -> impl IntoView {
    let l = request::page().locale;
    view! {
        <div class="page">
            <div class="page-main prose">
                <PageHead title=t::help_title(l) lead=t::help_lead(l)/>
                <p><a href=routes::UNITS>{t::help_units(l)}</a></p>
                {section("danger", t::help_danger_title(l), t::help_danger_text(l))}
                {section("worried", t::help_worried_title(l), t::help_worried_text(l))}
                <p><a href=routes::WORRIED>{worried::link(l)}</a></p>
                {section("clearance", t::help_clearance_title(l), t::help_clearance_text(l))}
                {section("visit", t::help_visit_title(l), t::help_visit_text(l))}
                <h2 id="home">{electronic::title(l)}</h2>
                <p>{electronic::help_lead(l)}" "<a href=routes::ELECTRONIC>{electronic::help_link(l)}</a></p>
                {section("sign-in", t::help_login_title(l), t::help_login_text(l))}
                <p><a href=routes::ON_PAPER>{paper_form::link(l)}</a></p>
                <p><a href=routes::WITHOUT_EID>{visits_without::link(l)}</a></p>
                {section("lawyer", t::help_lawyer_title(l), t::help_lawyer_text(l))}
                <p>{t::help_lawyer_write(l)}" "<a href=routes::MY_CLIENTS>{t::front_lawyer_write(l)}</a></p>
                {section("victim", t::help_victim_title(l), t::help_victim_text(l))}
                <p><a href=routes::MESSAGE>{t::help_victim_link(l)}</a></p>
                {section("report", t::help_report_title(l), t::help_report_text(l))}
                <p><a href=routes::DEVELOPERS>{t::help_developers(l)}</a></p>
            </div>
        </div>
    }
}

/// Serving at home with electronic control, for those who live there.
#[component]
pub fn ElectronicPage() -> impl IntoView {
    let l = request::page().locale;
    view! {
        <div class="page">
            <div class="page-main prose">
                <PageHead title=electronic::title(l) lead=electronic::lead(l)/>
                {section("consent", electronic::consent_title(l), electronic::consent_text(l))}
                {section("before", electronic::before_title(l), electronic::before_text(l))}
                {section("while", electronic::while_title(l), electronic::while_text(l))}
                {section("children", electronic::children_title(l), electronic::children_text(l))}
                {section("withdraw", electronic::withdraw_title(l), electronic::withdraw_text(l))}
                {section("after", electronic::after_title(l), electronic::after_text(l))}
                {section("help", electronic::help_title(l), electronic::help_text(l))}
                <Actions><LinkButton href=routes::MY_HOMES text=electronic::answer_link(l)/></Actions>
                <p><a href=routes::UNITS>{t::help_units(l)}</a></p>
            </div>
        </div>
    }
}

#[component]
pub fn PrivacyPage() -> impl IntoView {
    let l = request::page().locale;
    view! {
        <div class="page">
            <div class="page-main prose">
                <PageHead title=t::privacy_title(l) lead=t::privacy_lead(l)/>
                {section("what", t::privacy_what_title(l), t::privacy_what_text(l))}
                {section("why", t::privacy_why_title(l), t::privacy_why_text(l))}
                {section("who", t::privacy_who_title(l), t::privacy_who_text(l))}
                {section("how-long", t::privacy_long_title(l), t::privacy_long_text(l))}
                {section("cookies", t::privacy_cookies_title(l), t::privacy_cookies_text(l))}
                {section("rights", t::privacy_rights_title(l), t::privacy_rights_text(l))}
            </div>
        </div>
    }
}

#[component]
pub fn AccessibilityPage() -> impl IntoView {
    let l = request::page().locale;
    view! {
        <div class="page">
            <div class="page-main prose">
                <PageHead title=t::access_title(l) lead=t::access_lead(l)/>
                {section("made", t::access_done_title(l), t::access_done_text(l))}
                {section("tested", t::access_tested_title(l), t::access_tested_text(l))}
                {section("untested", t::access_not_title(l), t::access_not_text(l))}
                {section("tell-us", t::access_tell_title(l), t::access_tell_text(l))}
                <p><a href=routes::HELP>{t::help_title(l)}</a></p>
            </div>
        </div>
    }
}
