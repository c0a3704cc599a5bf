//! Who comes: those with a clearance for one inmate, she herself chosen beforehand.

use backend::{
    Result,
    visits::booking::{self, Bookable, BookablePerson, DraftView},
};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use super::{
    api::{WHO, action},
    changing,
    told::Again,
    words,
};
use crate::{
    i18n::{dates, visits_booking as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, CheckboxGroup, Choice, EmptyState, ErrorSummary, FieldError, Form,
        HiddenInput, Link, LinkRow, LinkRows, Notice, NoticeKind, PageGrid, PageHead, Steps,
    },
    visits::{Here, page},
};

const PEOPLE: &str = "people[]";

#[component]
pub fn WhoPage() -> impl IntoView {
    page("visits_booking", who)
}

async fn who(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let all = booking::bookable(&here.ctx, &here.who).await?;
    let asked = here.page.query("inmate");
    let several = all.len() > 1;
    let chosen = match asked {
        Some(public) => all.iter().find(|b| b.inmate.as_str() == public),
        None if !several => all.first(),
        None => None,
    };
    match chosen {
        Some(one) if one.open => question(&here, one, several).await,
        Some(one) => Ok(closed(l, one)),
        None if all.is_empty() => Ok(none(l)),
        None => Ok(whom(l, &all)),
    }
}

fn none(l: Locale) -> AnyView {
    let link = Some(Link::new(routes::VISITS, t::who_none_link(l)));
    view! {
        <PageGrid>
            <PageHead title=t::who_title(l) back=Link::new(routes::VISITS, t::back_visits(l))/>
            <EmptyState title=t::who_none_title(l) text=t::who_none_text(l) link=link/>
        </PageGrid>
    }
    .into_any()
}

fn closed(l: Locale, one: &Bookable) -> AnyView {
    let (title, text) =
        (t::visit_title(l, &one.inmate_name), t::who_closed(l, &one.unit_name, &one.unit_phone));
    view! {
        <PageGrid>
            <PageHead title=title tab=t::aside_visit(l) back=Link::new(routes::VISITS, t::back_visits(l))/>
            <Notice kind=NoticeKind::Warn title=t::who_closed_title(l)>
                <p>{text}</p>
            </Notice>
        </PageGrid>
    }
    .into_any()
}

/// More than one can be visited: whom comes first.
fn whom(l: Locale, all: &[Bookable]) -> AnyView {
    let row = |b: &Bookable| {
        LinkRow::new(format!("{}?inmate={}", routes::BOOK, b.inmate), &b.inmate_name).text(&b.unit_name)
    };
    let rows = all.iter().map(row).collect();
    view! {
        <PageGrid>
            <PageHead title=t::whom_title(l) back=Link::new(routes::VISITS, t::back_visits(l))/>
            <LinkRows rows=rows/>
        </PageGrid>
    }
    .into_any()
}

async fn question(here: &Here, one: &Bookable, several: bool) -> Result<AnyView> {
    let l = here.locale();
    let again = Again::of(here, WHO).await?;
    let draft = booking::draft(&here.ctx, &here.who).await?.filter(|d| d.inmate == one.inmate);
    let values = chosen(one, &again, draft.as_ref());
    let changing = changing::banner(l, draft.as_ref().and_then(|draft| draft.changes.as_ref()));
    let errors: Vec<FieldError> =
        again.told.iter().map(|told| FieldError::new(PEOPLE, words::told(l, told, &[]))).collect();
    let today = here.page.now.date();
    let options = one.people.iter().map(|p| choice(l, p, today)).collect();
    let hint = one.rules.as_ref().map(|r| t::who_most(l, r.people));
    let error = FieldError::of(&errors, PEOPLE);
    let other = several.then(|| view! { <p><a href=routes::BOOK>{t::who_other(l)}</a></p> });
    let (inmate, lead) = (one.inmate.to_string(), t::who_lead(l, &one.inmate_name, &one.unit_name));
    let tab = words::tab(l, &errors, &t::who_title(l));
    Ok(view! {
        <PageGrid aside=aside(l)>
            <ErrorSummary title=t::refused_who(l) errors=errors/>
            <PageHead title=t::who_title(l) tab=tab lead=lead back=Link::new(routes::VISITS, t::back_visits(l))>
                <Steps current=1 total=3 text=t::steps_who(l)/>
            </PageHead>
            {changing}
            <Form action=action(WHO)>
                <HiddenInput name="inmate" value=inmate/>
                <CheckboxGroup name=PEOPLE legend=t::who_title(l) legend_hidden=true options=options values=values
                    hint=hint error=error/>
                <Actions><Button text=t::go_on(l)/></Actions>
            </Form>
            {other}
        </PageGrid>
    }
    .into_any())
}

/// What was just refused, else what the draft has, else she herself.
fn chosen(one: &Bookable, again: &Again, draft: Option<&DraftView>) -> Vec<String> {
    if let Some(people) = again.chosen("people") {
        return people.split(' ').map(str::to_owned).collect();
    }
    match draft {
        Some(draft) => draft.people.iter().map(|p| p.public.to_string()).collect(),
        None => one.people.iter().filter(|p| p.own).map(|p| p.public.to_string()).collect(),
    }
}

fn choice(l: Locale, person: &BookablePerson, today: CivilDate) -> Choice {
    let name = if person.own {
        t::who_own(l, &person.name)
    } else {
        words::guest(l, &person.name, person.born, person.child, today)
    };
    Choice::new(person.public.to_string(), name).hint(t::who_until(l, dates::plain(l, person.valid_to)))
}

fn aside(l: Locale) -> AnyView {
    view! { <AsideBlock title=t::who_why_title(l)><p>{t::who_why_text(l)}</p></AsideBlock> }.into_any()
}
