//! Is this right: whom, when, where and that nobody hears them. One press books it.

use backend::{
    Result,
    visits::booking::counsel::{self, Chosen, RoomKey},
};
use domain::{
    kernel::{Locale, Public},
    visits::{
        booking::{Session, Way},
        clearance::Measure,
    },
};
use leptos::prelude::*;

use super::{
    super::{api::action, told::Told, words},
    api::BOOK,
    company::{self, Asked},
    day, rooms,
    side::{Address, Side},
};
use crate::{
    i18n::{dates, visits_counsel as t},
    public::NotFound,
    request,
    ui::{
        Actions, AsideBlock, Button, ErrorSummary, Form, HiddenInput, Link, LinkButton, PageGrid, PageHead,
        SummaryList, SummaryRow,
    },
    visits::{Here, page},
};

#[component]
pub fn CheckPage() -> impl IntoView {
    let (address, session) = (Address::read(), request::param("session").unwrap_or_default());
    page("visits_counsel", move |here| check(here, address, session))
}

async fn check(here: Here, address: Address, session: String) -> Result<AnyView> {
    let (Some((side, inmate)), Some(session)) = (address.side(&here).await?, Public::parse(&session)) else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    let Some(chosen) = counsel::room(&here.ctx, side.acting.clone(), &inmate, &session).await? else {
        return Ok(view! { <NotFound/> }.into_any());
    };
    Ok(match &chosen.session {
        // What the old booking stands in the way of is judged when the new one takes its place.
        Some(session) if chosen.refusals.is_empty() || side.moves() => {
            let asked = company::asked(&here, &side, &inmate, session).await?;
            whole(&here, &side, (&chosen, session), asked)
        }
        _ => gone(here.locale(), &side, &chosen),
    })
}

fn back(l: Locale, side: &Side, chosen: &Chosen) -> Link {
    Link::new(side.rooms(&chosen.client.inmate), t::back_times(l))
}

/// Somebody was faster, or the clock was.
fn gone(l: Locale, side: &Side, chosen: &Chosen) -> AnyView {
    let why = chosen.refusals.iter().map(|refusal| words::told(l, &Told::Refused(refusal.clone()), &[]));
    let why = why.map(|text| view! { <p>{text}</p> }).collect_view();
    let (rooms, back) = (side.rooms(&chosen.client.inmate), back(l, side, chosen));
    view! {
        <PageGrid>
            <PageHead title=t::gone_title(l) tab=t::tab(l) back=back/>
            {why}
            <Actions><LinkButton href=rooms text=t::gone_link(l)/></Actions>
        </PageGrid>
    }
    .into_any()
}

fn whole(here: &Here, side: &Side, (chosen, session): (&Chosen, &Session), asked: Asked) -> AnyView {
    let (l, rows) = (here.locale(), facts(here, side, chosen, session));
    let Asked { field, errors } = asked;
    let tab = words::tab(l, &errors, &t::tab(l));
    let (back, aside) = (back(l, side, chosen), aside(l, side, session));
    let [delegation, organisation, instead] = side.sent();
    let button = match session.way {
        _ if side.moves() => t::book_instead(l),
        Way::Room => t::book(l),
        Way::Video | Way::Phone => t::book_time(l),
    };
    let (inmate, room) = (chosen.client.inmate.to_string(), session.public.to_string());
    let key: Public<RoomKey> = here.ctx.chance.public();
    let key = key.to_string();
    view! {
        <PageGrid aside=aside>
            <ErrorSummary title=t::refused(l) errors=errors/>
            <PageHead title=t::check_title(l) tab=tab back=back/>
            <SummaryList rows=rows/>
            <Form action=action(BOOK)>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="session" value=room/>
                <HiddenInput name="key" value=key/>
                <HiddenInput name="delegation" value=delegation/>
                <HiddenInput name="organisation" value=organisation/>
                <HiddenInput name="instead" value=instead/>
                {field}
                <Actions><Button text=button/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn facts(here: &Here, side: &Side, chosen: &Chosen, session: &Session) -> Vec<SummaryRow> {
    let l = here.locale();
    let date = dates::capital(&day(l, session.date, here.page.now.date()));
    let time = words::from_to(l, session.start, session.end);
    let unit = chosen.client.unit.as_ref().map(|(unit, _)| unit.as_str()).unwrap_or_default();
    let comes = side.lawyer.as_ref().map(|lawyer| SummaryRow::new(t::fact_comes(l), lawyer));
    let whose = side.organisation.as_ref().map(|name| SummaryRow::new(t::fact_for(l), name));
    let met = if whose.is_some() { t::fact_meets(l) } else { t::fact_client(l) };
    let rows = [
        SummaryRow::new(met, &chosen.client.name),
        SummaryRow::new(t::fact_when(l), format!("{date}\n{time}")),
        SummaryRow::new(t::fact_where(l), format!("{unit}\n{}", rooms::place(l, session))).lang("nb"),
        SummaryRow::new(t::fact_private(l), heard(l, &chosen.client.measures)),
    ];
    comes.into_iter().chain(whose).chain(rows).collect()
}

/// Of a lawyer nobody; of others as the unit has decided.
fn heard(l: Locale, measures: &[Measure]) -> String {
    match measures {
        [Measure::Listening, ..] => t::fact_heard(l),
        [Measure::Observation, ..] => t::fact_seen(l),
        [Measure::GlassWall, ..] => t::fact_glass(l),
        _ => t::fact_nobody(l),
    }
}

/// What comes along is asked where there is a gate to come through.
fn aside(l: Locale, side: &Side, session: &Session) -> AnyView {
    let last = match &side.lawyer {
        None if session.way != Way::Room => ().into_any(),
        Some(lawyer) => rooms::under(l, lawyer),
        None => {
            view! { <AsideBlock title=t::bring_title(l)><p>{t::bring_text(l)}</p></AsideBlock> }.into_any()
        }
    };
    view! {
        <AsideBlock title=t::next_title(l)><p>{t::next_text(l)}</p></AsideBlock>
        {last}
    }
    .into_any()
}
