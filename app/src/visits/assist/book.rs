//! Whom she visits, and who comes along: within the units of whoever helps.

use backend::{
    Result,
    visits::{
        assisted::{self, Contact},
        booking::{Bookable, BookablePerson},
    },
};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use super::{
    api::WHO,
    parts::{self, Desk},
};
use crate::{
    i18n::{common, dates, visits_assist as t},
    routes,
    ui::{
        Actions, Button, CheckboxGroup, Choice, EmptyState, ErrorSummary, FieldError, Form, HiddenInput,
        Link, LinkRow, LinkRows, PageGrid, PageHead,
    },
    visits::booking::{refusals, tab_of},
};

const PEOPLE: &str = "people[]";

#[component]
pub fn BookPage() -> impl IntoView {
    parts::contact_page(|desk, contact| async move { shown(&desk, &contact).await.map(Some) })
}

async fn shown(desk: &Desk, contact: &Contact) -> Result<AnyView> {
    let l = desk.l;
    let all = assisted::bookable(&desk.ctx, contact).await?;
    let open: Vec<&Bookable> = all.iter().filter(|one| one.open).collect();
    let asked = desk.page.query("inmate");
    let chosen = match asked {
        Some(asked) => open.iter().find(|one| one.inmate.as_str() == asked).copied(),
        None if open.len() == 1 => open.first().copied(),
        None => None,
    };
    let back = Link::new(routes::staff_assist(&contact.public), contact.name.clone());
    Ok(match chosen {
        Some(one) => question(desk, contact, one, back).await?,
        None if open.is_empty() => view! {
            <PageGrid>
                <PageHead title=t::book_title(l) back=back/>
                <EmptyState title=t::book_none(l) text=t::book_none_text(l)/>
            </PageGrid>
        }
        .into_any(),
        None => whom(l, contact, &open, back),
    })
}

fn whom(l: Locale, contact: &Contact, all: &[&Bookable], back: Link) -> AnyView {
    let path = routes::staff_assist_to(&contact.public, "book");
    let row = |one: &&Bookable| {
        LinkRow::new(format!("{path}?inmate={}", one.inmate), &one.inmate_name).text(&one.unit_name)
    };
    let rows = all.iter().map(row).collect();
    view! { <PageGrid><PageHead title=t::book_whom(l) back=back/><LinkRows rows=rows/></PageGrid> }.into_any()
}

async fn question(desk: &Desk, contact: &Contact, one: &Bookable, back: Link) -> Result<AnyView> {
    let l = desk.l;
    let kept = desk.kept(WHO).await?;
    let errors: Vec<FieldError> =
        kept.iter().flat_map(|kept| refusals(desk.page.locale, kept, PEOPLE)).collect();
    let values = match &kept {
        Some(kept) => kept.value("people").split(' ').map(str::to_owned).collect(),
        None => one.people.iter().filter(|p| p.own).map(|p| p.public.to_string()).collect(),
    };
    let today = desk.page.now.date();
    let options = one.people.iter().map(|person| choice(l, person, today)).collect();
    let hint = one.rules.as_ref().map(|rules| t::book_most(l, rules.people));
    let lead = t::book_lead(l, &contact.name, &one.inmate_name, &one.unit_name);
    let (id, inmate) = (contact.public.to_string(), one.inmate.to_string());
    let (tab, error) =
        (tab_of(desk.page.locale, &errors, &t::book_title(l)), FieldError::of(&errors, PEOPLE));
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::book_title(l) tab=tab lead=lead back=back/>
            <Form action=format!("/api/{WHO}")>
                <HiddenInput name="contact" value=id/>
                <HiddenInput name="inmate" value=inmate/>
                <CheckboxGroup name=PEOPLE legend=t::book_people(l) options=options values=values hint=hint
                    error=error/>
                <Actions><Button text=t::go_on(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any())
}

fn choice(l: Locale, person: &BookablePerson, today: CivilDate) -> Choice {
    let name = match person.born.filter(|_| person.child) {
        Some(born) => t::book_child(l, &person.name, i64::from(born.age_on(today))),
        None => person.name.clone(),
    };
    Choice::new(person.public.to_string(), name).hint(t::book_until(l, dates::plain(l, person.valid_to)))
}
