//! What one of an organisation's people has asked for: who it may be, yes until a day, or no with a reason.

use backend::{
    Result,
    visits::organisations::{self, Asked},
};
use domain::{
    kernel::{CivilDate, Locale},
    visits::organisations::{TaskNo, TaskState},
};
use leptos::prelude::*;

use super::{
    parts::{self, Desk, at_most, day, named},
    staff_api::{ANSWER, FIND},
    staff_meet::{choices, find, found, nobody},
    words::{self, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, dates, visits_organisations as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind,
        PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
    },
};

#[component]
pub fn StaffAskedPage() -> impl IntoView {
    let id = named();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        match organisations::asked(&desk.ctx, &desk.who, &id).await? {
            Some(one) => shown(&desk, &one).await.map(Some),
            None => Ok(None),
        }
    })
}

async fn shown(desk: &Desk, one: &Asked) -> Result<AnyView> {
    let l = desk.l;
    let (looked, typed) = (desk.tried(FIND).await?, desk.tried(ANSWER).await?);
    let mut errors = looked.summary(l, wrong);
    errors.extend(typed.summary(l, wrong));
    let tab =
        if typed.is_wrong() { typed.tab(l, t::asked_staff(l)) } else { looked.tab(l, t::asked_staff(l)) };
    let (notice, rows) = (notice(desk), rows(l, one));
    let answer = match one.state {
        TaskState::Asked => Some(answer(desk, one, (&looked, &typed)).await?),
        _ => None,
    };
    let organisation = routes::staff_organisation(&one.organisation);
    Ok(view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::asked_staff(l) tab=tab lead=t::asked_lead(l)
                back=Link::new(routes::STAFF_WORK, t::asked_back(l))/>
            {notice}
            <SummaryList rows=rows/>
            <p><a href=organisation>{t::asked_organisation(l)}</a></p>
            {answer}
        </PageGrid>
    }
    .into_any())
}

fn notice(desk: &Desk) -> Option<AnyView> {
    let (kind, title) = match (desk.page.query("refused").as_deref(), desk.page.query("done").is_some()) {
        (Some("over"), _) => (NoticeKind::Error, t::asked_over(desk.l)),
        (_, true) => (NoticeKind::Done, t::asked_done(desk.l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

fn rows(l: Locale, one: &Asked) -> Vec<SummaryRow> {
    let born = CivilDate::parse_iso(&one.asked.born);
    let mut rows = vec![
        SummaryRow::new(
            t::fact_organisation(l),
            format!("{}\n{}", one.organisation_name, words::kind(l, one.kind)),
        ),
        SummaryRow::new(t::fact_by(l), &one.by),
        SummaryRow::new(t::fact_whom(l), &one.asked.name),
    ];
    rows.extend(born.map(|born| SummaryRow::new(t::ask_born(l), dates::plain(l, born))));
    rows.push(SummaryRow::new(t::ask_why(l), &one.asked.why));
    rows.push(SummaryRow::new(t::fact_unit(l), &one.unit_name));
    rows.push(SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, one.asked_at)));
    rows.push(SummaryRow::new(t::fact_answer(l), words::state(l, one.state)));
    rows.extend(one.inmate.as_ref().map(|name| SummaryRow::new(t::fact_inmate(l), name)));
    rows.extend(one.valid_to.map(|to| SummaryRow::new(t::fact_until(l), dates::with_year(l, to))));
    rows
}

async fn answer(desk: &Desk, one: &Asked, (looked, typed): (&Fields, &Fields)) -> Result<AnyView> {
    let l = desk.l;
    // What she wrote is looked for at once.
    let looked = match looked.value("find").is_empty() && !looked.is_wrong() {
        true => Fields::new([("find", one.asked.name.clone())]),
        false => looked.clone(),
    };
    let search = find(l, (one.organisation.to_string(), one.public.to_string()), &looked);
    let yes = match found(desk, &looked).await? {
        Some(found) if !found.is_empty() => {
            yes(l, one, typed, (choices(l, &found), at_most(&desk.ctx, l).await?))
        }
        Some(_) => nobody(l),
        None => ().into_any(),
    };
    let no = refuse(l, one, typed);
    Ok(view! { <h2>{t::asked_who(l)}</h2>{search}{yes}{no} }.into_any())
}

fn yes(l: Locale, one: &Asked, typed: &Fields, (options, hint): (Vec<Choice>, String)) -> AnyView {
    let (public, chosen) = (one.public.to_string(), typed.value("inmate"));
    let bad = typed.error(l, wrong, "inmate");
    let to = day(l, typed, wrong, "to", (t::meet_to(l), hint));
    view! {
        <Form action=format!("/api/{ANSWER}")>
            <HiddenInput name="public" value=public/>
            <HiddenInput name="answer" value="yes"/>
            <RadioGroup name="inmate" legend=t::fact_inmate(l) options=options value=chosen error=bad/>
            {to}
            <Actions><Button text=t::asked_yes(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn refuse(l: Locale, one: &Asked, typed: &Fields) -> AnyView {
    let options: Vec<Choice> =
        TaskNo::ALL.map(|why| Choice::new(why.code(), words::no_staff(l, why))).to_vec();
    let (public, value) = (one.public.to_string(), typed.value("reason"));
    let bad = typed.error(l, wrong, "reason");
    view! {
        <h2>{t::asked_refuse(l)}</h2>
        <Form action=format!("/api/{ANSWER}")>
            <HiddenInput name="public" value=public/>
            <HiddenInput name="answer" value="no"/>
            <RadioGroup name="reason" legend=t::asked_why(l) hint=t::asked_why_hint(l) options=options value=value
                error=bad/>
            <Actions><Button text=t::asked_no(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
