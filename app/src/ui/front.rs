//! The front page: hero with ridges and cairn, three doors, the cairn that grows.
use leptos::prelude::*;

use super::Cairn;
use super::text::Link;

/// The dark hero. Children are the buttons and links under the lead.
#[component]
pub fn Hero(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Under it.
    #[prop(into)]
    lead: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="hero">
            <Ridges />
            <div class="wrap hero-wrap">
                <div class="hero-words">
                    <h1 class="hero-title">{title}</h1>
                    <p class="hero-lead">{lead}</p>
                    <div class="hero-actions">{children()}</div>
                </div>
                <HeroCairn />
            </div>
        </section>
    }
}

#[component]
fn Ridges() -> impl IntoView {
    view! {
        <svg class="ridges" viewBox="0 0 1280 300" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path class="ridge ridge--far" d="M0 208C120 168 220 158 330 160C470 162 560 120 640 104C740 84 820 6 900 6C980 8 1030 78 1120 66C1190 58 1240 40 1280 28V300H0Z"></path>
            <path class="ridge ridge--mid" d="M0 248C120 222 240 212 330 214C480 222 560 216 640 190C720 166 780 158 850 158C930 158 990 186 1070 182C1150 178 1220 154 1280 138V300H0Z"></path>
            <path class="ridge ridge--near" d="M0 278C160 270 300 268 460 264C640 262 760 250 860 236C960 224 1080 218 1150 226C1200 232 1250 242 1280 248V300H0Z"></path>
        </svg>
    }
}

#[component]
fn HeroCairn() -> impl IntoView {
    view! {
        <svg class="hero-cairn" viewBox="0 0 204 222" aria-hidden="true" focusable="false">
            <path class="hero-stone hero-stone--1" d="M1 192C1 175 16 165 42 163L150 161C184 161 203 173 203 193C203 212 186 220 160 220L44 220C16 220 1 209 1 192Z"></path>
            <path class="hero-stone hero-stone--2" d="M37 132C37 118 50 110 72 110L128 111C150 112 162 120 162 133C162 146 148 153 126 153L72 153C50 153 37 146 37 132Z"></path>
            <path class="hero-stone hero-stone--3" d="M19 88C18 76 29 70 50 69L152 64C174 63 184 70 184 80C184 91 174 96 152 97L50 103C29 104 19 98 19 88Z"></path>
            <path class="hero-stone hero-stone--lit" d="M66 29C66 10 80 1 103 1C127 1 141 11 141 29C141 46 127 55 105 55C81 55 66 46 66 29Z"></path>
        </svg>
    }
}

/// One of the three doors.
#[component]
pub fn Door(
    /// Whom it is for.
    #[prop(into)]
    kicker: String,
    /// What they do there.
    #[prop(into)]
    title: String,
    /// The ways in.
    links: Vec<Link>,
) -> impl IntoView {
    let rows = links.into_iter().map(|link| view! { <li><a href=link.href>{link.text}</a></li> });
    view! {
        <section class="door">
            <p class="door-kicker">{kicker}</p>
            <h2 class="door-title">{title}</h2>
            <ul class="plain-links">{rows.collect_view()}</ul>
        </section>
    }
}

/// The cairn grows over (at most) four steps.
#[component]
pub fn CairnSteps(
    /// What happens, in order.
    steps: Vec<String>,
) -> impl IntoView {
    let rows = steps.into_iter().enumerate().map(|(index, step)| {
        view! { <li class="cairn-step"><Cairn stones=index + 1 class="cairn" /><span>{step}</span></li> }
    });
    view! { <ol class="cairn-steps">{rows.collect_view()}</ol> }
}
