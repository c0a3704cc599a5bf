//! Her front page: what is new first, a line a message that says no more than that there is one; how her registration
//! stands; and the ways on. To whoever is not signed in it is the entrance.

use backend::{
    Result,
    notices::{
        mine::{self, Home, Line, Standing},
        representing::Represented,
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    entrance,
    here::{Here, here, page},
    parts::ring_now,
    words,
};
use crate::{
    i18n::{dates, held, notices_mine as t},
    request, routes,
    ui::{LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn HomePage() -> impl IntoView {
    if here().is_none() {
        return entrance::entrance(&request::page());
    }
    page(home).into_any()
}

async fn home(here: Here) -> Result<AnyView> {
    let l = here.l;
    if here.page.query("confirm").is_some() {
        return Ok(entrance::prove(&here.page, l));
    }
    let home = mine::home(&here.ctx, &here.who).await?;
    let (new, old): (Vec<&Line>, Vec<&Line>) = home.notices.iter().partition(|line| is_new(line));
    let (new, old) = (rows(l, &new), rows(l, &old));
    let new = if new.is_empty() {
        view! { <p>{t::home_none(l)}</p> }.into_any()
    } else {
        view! { <LinkRows rows=new/> }.into_any()
    };
    let (standing, ways, ring) = (standing(l, &home), ways(l, &home), ring_now(l, &here.ctx));
    let old = (!old.is_empty()).then(|| view! { <h2>{t::home_old(l)}</h2><LinkRows rows=old/> });
    Ok(view! {
        <PageGrid>
            <PageHead title=t::title(l)/>
            <h2>{t::home_new(l)}</h2>
            {new}
            {old}
            {represented(l, &home)}
            <h2>{t::home_stands(l)}</h2>
            {standing}
            <h2>{t::home_ways(l)}</h2>
            <LinkRows rows=ways/>
            {ring}
        </PageGrid>
    }
    .into_any())
}

/// What there is to read for others, a heading for each.
fn represented(l: Locale, home: &Home) -> AnyView {
    let one = |one: &Represented| {
        let lines: Vec<&Line> = one.notices.iter().collect();
        let body = if lines.is_empty() {
            view! { <p>{t::home_none_for(l)}</p> }.into_any()
        } else {
            view! { <LinkRows rows=rows(l, &lines)/> }.into_any()
        };
        let until = t::home_for_until(l, dates::with_year(l, one.until));
        view! { <h2>{t::home_for(l, one.name.clone())}</h2><p class="small muted">{until}</p>{body} }
    };
    home.represented.iter().map(one).collect_view().into_any()
}

fn is_new(line: &Line) -> bool {
    line.confirmed_at.is_none() && !line.replaced
}

fn rows(l: Locale, lines: &[&Line]) -> Vec<LinkRow> {
    let row = |line: &&Line| {
        let title = match (line.confirmed_at, line.replaced) {
            (Some(_), _) => t::line_read(l),
            (None, true) => t::line_replaced(l),
            (None, false) => t::line_new(l),
        };
        let came = words::when(l, line.came_at);
        LinkRow::new(routes::message(&line.public), title).text(t::line_came(l, came))
    };
    lines.iter().map(row).collect()
}

fn standing(l: Locale, home: &Home) -> AnyView {
    let text = match home.standing {
        Standing::Nothing => t::stands_nothing(l),
        Standing::Asked => t::stands_asked(l),
        Standing::Active => t::stands_active(l),
        Standing::Off => t::stands_off(l),
    };
    let off = home.off_at.map(|at| view! { <p>{t::stands_off_at(l, words::when(l, at))}</p> });
    let nowhere = home.standing == Standing::Active && !home.channels.iter().any(|one| one.confirmed);
    let nowhere = nowhere.then(|| {
        view! { <p>{t::stands_nowhere(l)}" "<a href=routes::MESSAGE_CHANNELS>{t::ways_channels(l)}</a>"."</p> }
    });
    view! { <p>{text}</p>{off}{nowhere} }.into_any()
}

/// Who has asked for nothing has one way; the others lead to what is hers.
fn ways(l: Locale, home: &Home) -> Vec<LinkRow> {
    let ask = LinkRow::new(routes::MESSAGE_ASK, t::ways_ask(l)).text(t::ways_ask_text(l));
    if home.standing == Standing::Nothing {
        return vec![ask];
    }
    vec![
        LinkRow::new(routes::MESSAGE_CHANNELS, t::ways_channels(l)).text(t::ways_channels_text(l)),
        LinkRow::new(routes::MESSAGE_WISHES, t::ways_wishes(l)).text(t::ways_wishes_text(l)),
        LinkRow::new(routes::MESSAGE_WRITE, t::ways_write(l)).text(t::ways_write_text(l)),
        LinkRow::new(routes::MESSAGE_REPRESENTATIVES, t::ways_representatives(l))
            .text(t::ways_representatives_text(l)),
        LinkRow::new(routes::MESSAGE_LOOKS, t::ways_looks(l)).text(t::ways_looks_text(l)),
        LinkRow::new(routes::MESSAGE_DATA, held::message_way(l)).text(held::message_way_text(l)),
        ask,
    ]
}
