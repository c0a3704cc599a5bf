//! For which organisations she comes, and the page of one: whom it meets, with the way to a room; what she has asked for; its people.

use backend::{
    Result,
    visits::organisations::{self, Mine, MyTask, OnePage as Known},
};
use domain::{access::Level, kernel::Locale, visits::organisations::TaskState};
use leptos::prelude::*;

use super::{
    api::{END, WITHDRAW},
    parts::named,
    person::listed,
    words,
};
use crate::{
    i18n::{dates, visits_organisations as t},
    messages::delegates::higher,
    public::NotFound,
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, EmptyState, Form, HiddenInput, Link, LinkButton, LinkRow,
        LinkRows, Notice, NoticeKind, PageGrid, PageHead, SummaryList, SummaryRow,
    },
    visits::{Here, booking, page},
};

#[component]
pub fn MinePage() -> impl IntoView {
    page("visits_organisations", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let back = Link::new(routes::MY, t::back_my(l));
    let body = if here.who.level < Level::High {
        higher(l, routes::MY_ORGANISATIONS, t::mine_level(l))
    } else {
        let all = organisations::mine(&here.ctx, &here.who).await?;
        match all.is_empty() {
            true => view! { <EmptyState title=t::mine_none(l) text=t::mine_none_text(l)/> }.into_any(),
            false => {
                let rows = all.iter().map(|one| row(l, one)).collect();
                view! { <LinkRows rows=rows/> }.into_any()
            }
        }
    };
    Ok(view! {
        <PageGrid>
            <PageHead title=t::mine_title(l) lead=t::mine_lead(l) back=back/>
            {body}
        </PageGrid>
    }
    .into_any())
}

fn row(l: Locale, one: &Mine) -> LinkRow {
    let until = t::mine_until(l, words::kind(l, one.kind), dates::with_year(l, one.valid_to));
    LinkRow::new(routes::my_organisation(&one.public), one.name.clone()).text(until)
}

#[component]
pub fn OnePage() -> impl IntoView {
    let id = named();
    page("visits_organisations", move |here| async move {
        let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
        match organisations::my_one(&here.ctx, &here.who, &id).await? {
            Some(known) => {
                organisations::seen(&here.ctx, &here.who, &id).await?;
                whole(&here, &known).await
            }
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

async fn whole(here: &Here, known: &Known) -> Result<AnyView> {
    let (l, mine) = (here.locale(), &known.mine);
    let done = match here.page.query("done").as_deref() {
        Some("asked") => Some(t::done_asked(l)),
        Some("withdrawn") => Some(t::done_withdrawn(l)),
        Some("added") => Some(t::done_added(l)),
        Some("ended") => Some(t::done_ended(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let (meets, asked) = (meets(here, known).await?, asked(l, known));
    let people = mine.leads.then(|| people(l, known));
    let ask = routes::my_organisation_ask(&mine.public);
    let back = Link::new(routes::MY_ORGANISATIONS, t::mine_title(l));
    let (title, aside) = (mine.name.clone(), aside(l, known));
    Ok(view! {
        <PageGrid aside=aside>
            <PageHead title=title tab=t::tab(l) lead=t::one_lead(l) back=back/>
            {done}
            {meets}
            <Actions><LinkButton href=ask text=t::ask_link(l) kind=ButtonKind::Secondary/></Actions>
            {asked}
            {people}
        </PageGrid>
    }
    .into_any())
}

/// Whom it meets: the next room, or the way to one.
async fn meets(here: &Here, known: &Known) -> Result<AnyView> {
    let (l, of) = (here.locale(), &known.mine.public);
    if known.meets.is_empty() {
        return Ok(view! { <EmptyState title=t::meets_none(l) text=t::meets_none_text(l)/> }.into_any());
    }
    let mut next = booking::counsel::next_for(here, of).await?;
    let mut rows = vec![];
    for (inmate, name, unit) in &known.meets {
        let href = routes::my_organisation_rooms(of, inmate);
        let row = LinkRow::new(href, t::meets_book(l, name));
        rows.push(match unit {
            Some(unit) => row.text(unit.clone()),
            None => row.text(t::meets_nowhere(l)),
        });
        rows.extend(next.remove(inmate.as_str()).map(|next| next.about(name.clone())));
    }
    Ok(view! { <h2>{t::meets_title(l)}</h2><LinkRows rows=rows/> }.into_any())
}

fn asked(l: Locale, known: &Known) -> Option<AnyView> {
    let each = known.asked.iter().map(|task| one_asked(l, known, task)).collect_view();
    (!known.asked.is_empty()).then(|| view! { <h2>{t::asked_title(l)}</h2>{each} }.into_any())
}

fn one_asked(l: Locale, known: &Known, task: &MyTask) -> AnyView {
    let state = match task.state {
        TaskState::Refused(why) => words::no(l, why),
        other => words::state(l, other),
    };
    let rows = vec![
        SummaryRow::new(t::fact_whom(l), &task.asked.name),
        SummaryRow::new(t::fact_unit(l), &task.unit_name),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, task.asked_at)),
        SummaryRow::new(t::fact_answer(l), state),
    ];
    let (of, public) = (known.mine.public.to_string(), task.public.to_string());
    let button = t::withdraw(l, &task.asked.name);
    let withdraw = (task.state == TaskState::Asked).then(|| {
        view! {
            <Form action=format!("/api/{WITHDRAW}")>
                <HiddenInput name="public" value=of/>
                <HiddenInput name="task" value=public/>
                <Actions><Button text=button kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
    });
    view! { <SummaryList rows=rows/>{withdraw} }.into_any()
}

fn people(l: Locale, known: &Known) -> AnyView {
    let each = known
        .people
        .iter()
        .map(|person| listed(l, known.mine.public.to_string(), person, (!person.leads).then_some(END)));
    let each = each.collect_view();
    let add = routes::my_organisation_people(&known.mine.public);
    view! {
        <h2>{t::people_title(l)}</h2>
        <p>{t::people_lead(l)}</p>
        {each}
        <Actions><LinkButton href=add text=t::people_add(l) kind=ButtonKind::Secondary/></Actions>
    }
    .into_any()
}

fn aside(l: Locale, known: &Known) -> AnyView {
    let units = known.units.iter().map(|(_, name, to)| {
        let text = t::aside_unit(l, name, dates::with_year(l, *to));
        view! { <p>{text}</p> }
    });
    let units = match known.units.is_empty() {
        true => view! { <p>{t::aside_none(l)}</p> }.into_any(),
        false => units.collect_view().into_any(),
    };
    view! {
        <AsideBlock title=t::aside_title(l)>{units}</AsideBlock>
        <AsideBlock title=t::aside_bring(l)><p>{t::aside_bring_text(l)}</p></AsideBlock>
    }
    .into_any()
}
