//! The front page: three doors, one for each who comes. A door leads only to what can be done today.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    i18n::{common, public as t},
    request, routes,
    ui::{ButtonKind, CairnSteps, Door, Hero, Link, LinkButton},
};

#[component]
pub fn FrontPage() -> impl IntoView {
    let page = request::page();
    let l = page.locale;
    let way_in = match page.name() {
        Some(_) => Link::new(routes::MY, t::front_my(l)),
        None => Link::new(routes::SIGN_IN, t::front_sign_in(l)),
    };
    let steps = vec![t::front_step_1(l), t::front_step_2(l), t::front_step_3(l), t::front_step_4(l)];
    let help = |part: &str| format!("{}#{part}", routes::HELP);
    let relative = vec![
        Link::new(routes::APPLY, t::front_relative_apply(l)),
        Link::new(routes::VISITS, t::front_relative_book(l)),
        Link::new(routes::UNITS, t::front_relative_units(l)),
    ];
    let lawyer = vec![
        Link::new(help("lawyer"), t::front_lawyer_today(l)),
        Link::new(routes::MY_CLIENTS, t::front_lawyer_write(l)),
    ];
    let victim = vec![Link::new(help("victim"), t::front_victim_today(l))];
    view! {
        <Title text=common::title(l, t::front_title(l))/>
        <Hero title=t::front_hero(l) lead=t::front_lead(l)>
            <LinkButton href=way_in.href text=way_in.text kind=ButtonKind::OnBar/>
            <a href=routes::HOW>{t::front_first_time(l)}</a>
        </Hero>
        <div class="wrap stack front-body">
            <div class="doors">
                <Door kicker=t::front_relative_who(l) title=t::front_relative_title(l) links=relative/>
                <Door kicker=t::front_lawyer_who(l) title=t::front_lawyer_title(l) links=lawyer/>
                <Door kicker=t::front_victim_who(l) title=t::front_victim_title(l) links=victim/>
            </div>
            <h2>{t::front_steps_title(l)}</h2>
            <CairnSteps steps=steps/>
            <p class="muted">{t::front_steps_text(l)}</p>
        </div>
    }
}
