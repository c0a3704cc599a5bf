//! The question before a leave to visit is given up: what ends with it, and who is told what.

use backend::{
    Result,
    visits::clearance::{Tracked, to_give_up},
};
use domain::kernel::Instant;
use leptos::prelude::*;

use super::{api::GIVE_UP, case::own};
use crate::{
    i18n::{dates, visits_mine as t},
    public::NotFound,
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead},
    visits::{Here, page},
};

#[component]
pub fn GiveUpPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_mine", move |here| ask(here, public))
}

async fn ask(here: Here, public: String) -> Result<AnyView> {
    let Some(case) = own(&here, &public).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let Some(booked) = to_give_up(&here.ctx, &here.who, &case.public).await? else {
        request::redirect(&routes::clearance(&case.public));
        return Ok(().into_any());
    };
    Ok(question(&here, &case, booked))
}

fn question(here: &Here, case: &Tracked, booked: Vec<Instant>) -> AnyView {
    let l = here.locale();
    let back = routes::clearance(&case.public);
    let title = t::case_title(l, &case.inmate_name);
    let (lead, public) = (t::give_up_text(l, &case.inmate_name), case.public.to_string());
    let note = t::case_reference(l, case.reference.to_string());
    let children = case.people.iter().any(|person| person.child);
    let visits = booked.into_iter().map(|at| t::give_up_visit(l, dates::date_time(l, at)));
    let effects: Vec<String> = std::iter::once(t::give_up_write(l))
        .chain(children.then(|| t::give_up_children(l)))
        .chain(visits)
        .chain([t::give_up_silent(l, &case.inmate_name), t::give_up_again(l)])
        .collect();
    view! {
        <PageGrid>
            <PageHead title=t::give_up_title(l) lead=lead note=note
                back=Link::new(back.clone(), title)/>
            <h2>{t::give_up_effects(l)}</h2>
            <ul class="prose">{effects.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            <Form action=GIVE_UP>
                <HiddenInput name="public" value=public/>
                <Actions>
                    <Button text=t::give_up_yes(l)/>
                    <LinkButton href=back text=t::give_up_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}
