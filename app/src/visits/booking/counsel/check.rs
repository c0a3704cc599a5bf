//! Is this right: whom, when, where and that nobody hears them. One press books it.

use backend::{
    Result,
    visits::booking::counsel::{self, Chosen, RoomKey},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::Session,
};
use leptos::prelude::*;

use super::{
    super::{api::action, told::Told, words},
    api::BOOK,
    day,
};
use crate::{
    i18n::{dates, visits_counsel as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead, SummaryList,
        SummaryRow,
    },
    visits::{Here, page},
};

#[component]
pub fn CheckPage() -> impl IntoView {
    let param = |name| request::param(name).unwrap_or_default();
    let (public, session) = (param("public"), param("session"));
    page("visits_counsel", move |here| check(here, public, session))
}

async fn check(here: Here, public: String, session: String) -> Result<AnyView> {
    let (Some(inmate), Some(session)) = (Public::parse(&public), Public::parse(&session)) else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    let Some(chosen) = counsel::room(&here.ctx, &here.who, &inmate, &session).await? else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    Ok(match &chosen.session {
        Some(session) if chosen.refusals.is_empty() => whole(&here, &chosen, session),
        _ => gone(here.locale(), &chosen),
    })
}

fn back(l: Locale, chosen: &Chosen) -> Link {
    Link::new(routes::my_client_rooms(&chosen.client.inmate), t::back_times(l))
}

/// Somebody was faster, or the clock was.
fn gone(l: Locale, chosen: &Chosen) -> AnyView {
    let why = chosen.refusals.iter().map(|refusal| words::told(l, &Told::Refused(refusal.clone()), &[]));
    let why = why.map(|text| view! { <p>{text}</p> }).collect_view();
    let (rooms, back) = (routes::my_client_rooms(&chosen.client.inmate), back(l, chosen));
    view! {
        <PageGrid>
            <PageHead title=t::gone_title(l) tab=t::tab(l) back=back/>
            {why}
            <Actions><LinkButton href=rooms text=t::gone_link(l)/></Actions>
        </PageGrid>
    }
    .into_any()
}

fn whole(here: &Here, chosen: &Chosen, session: &Session) -> AnyView {
    let (l, rows) = (here.locale(), facts(here, chosen, session));
    let back = back(l, chosen);
    let (inmate, room) = (chosen.client.inmate.to_string(), session.public.to_string());
    let key: Public<RoomKey> = here.ctx.chance.public();
    let key = key.to_string();
    view! {
        <PageGrid aside=aside(l)>
            <PageHead title=t::check_title(l) tab=t::tab(l) back=back/>
            <SummaryList rows=rows/>
            <Form action=action(BOOK)>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="session" value=room/>
                <HiddenInput name="key" value=key/>
                <Actions><Button text=t::book(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn facts(here: &Here, chosen: &Chosen, session: &Session) -> Vec<SummaryRow> {
    let l = here.locale();
    let date = dates::capital(&day(l, session.date, here.page.now.date()));
    let time = words::from_to(l, session.start, session.end);
    let unit = chosen.client.unit.as_ref().map(|(unit, _)| unit.as_str()).unwrap_or_default();
    vec![
        SummaryRow::new(t::fact_client(l), &chosen.client.name),
        SummaryRow::new(t::fact_when(l), format!("{date}\n{time}")),
        SummaryRow::new(t::fact_where(l), format!("{unit}\n{}", session.room)).lang("nb"),
        SummaryRow::new(t::fact_private(l), t::fact_nobody(l)),
    ]
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::next_title(l)><p>{t::next_text(l)}</p></AsideBlock>
        <AsideBlock title=t::bring_title(l)><p>{t::bring_text(l)}</p></AsideBlock>
    }
    .into_any()
}
