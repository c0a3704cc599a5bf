//! One victim's registration: her ways and how they stand, her notices, what has to be put right, and the thread with her.
//! Whoever is not assigned is asked first, and it is told.

use backend::notices::{
    Party,
    desk::{self, NoticeLine, PartyOpened, PartyTask, PartyView},
};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::{
    emergency::Emergency,
    fields::Fields,
    forms,
    parts::{self, Desk, action},
    thread::{Reply, thread},
    words,
};
use crate::{
    i18n::{common, dates, notices_desk as t, notices_duty as d},
    routes,
    ui::{
        Button, ButtonKind, Cell, Column, DataTable, ErrorSummary, Form, HiddenInput, Link, Notice,
        NoticeKind, PageHead, Row, SummaryList, SummaryRow,
    },
};

#[component]
pub fn PartyPage() -> impl IntoView {
    let id = parts::named::<Party>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(opened) = desk::party(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        Ok(Some(match opened {
            PartyOpened::Emergency => {
                let fields = desk.tried_of(forms::OPEN, &id).await?.unwrap_or_default();
                view! { <Emergency l=desk.l public=id fields=fields/> }.into_any()
            }
            PartyOpened::View(party) => {
                let fields = desk.tried_of(forms::REPLY, &id).await?.unwrap_or_default();
                shown(&desk, &party, fields)
            }
        }))
    })
}

fn shown(desk: &Desk, party: &PartyView, fields: Fields) -> AnyView {
    let (l, emergency) = (desk.l, party.emergency);
    let home = desk.home();
    let back = if home == routes::STAFF_DUTY { d::list_title(l) } else { t::list_title(l) };
    let tab = fields.tab(l, t::party_tab(l));
    let told = emergency.then(|| {
        view! {
            <Notice kind=NoticeKind::Warn title=t::party_emergency(l)><p>{t::party_emergency_text(l)}</p></Notice>
        }
    });
    let side = (!emergency).then(|| {
        view! { <div class="case-side"><Reply l=l id=party.public.to_string() fields=fields.clone()/></div> }
    });
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=party.profile.name.clone() tab=tab note=words::wish(l, &party.wish)
            back=Link::new(home, back)/>
        {told}
        {off(l, party)}
        {tasks(l, party, emergency)}
        <div class="case">
            <div class="case-main">
                <h2>{t::party_registered(l)}</h2>
                <SummaryList rows=facts(l, party)/>
                <h2>{t::party_channels(l)}</h2>
                {channels(l, party)}
                <h2>{t::party_notices(l)}</h2>
                {notices(l, &party.notices)}
                <h2 id="thread">{t::party_thread(l)}</h2>
                {thread(l, &party.messages)}
            </div>
            {side}
        </div>
    }
    .into_any()
}

/// Everything goes off: somebody has to hear whether it was she.
fn off(l: Locale, party: &PartyView) -> Option<AnyView> {
    let at = party.off_at?;
    let title = t::party_off(l, dates::date_time(l, at));
    Some(
        view! { <Notice kind=NoticeKind::Warn title=title><p>{t::task_all_off_text(l)}</p></Notice> }
            .into_any(),
    )
}

/// Whoever has broken in looks, and ends nothing.
fn tasks(l: Locale, party: &PartyView, emergency: bool) -> Option<AnyView> {
    let row = |task: &PartyTask| {
        let (what, how) = (words::task(l, task.kind), words::task_text(l, task.kind));
        match task.ended_at.as_ref().filter(|_| !emergency).map(routes::staff_notice_task) {
            Some(href) => view! { <li><a href=href><strong>{what}</strong></a>" "{how}</li> }.into_any(),
            None => view! { <li><strong>{what}</strong>" "{how}</li> }.into_any(),
        }
    };
    let rows: Vec<_> = party.tasks.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <Notice kind=NoticeKind::Now title=t::party_tasks(l)><ul>{rows.collect_view()}</ul></Notice> }
            .into_any()
    })
}

fn facts(l: Locale, party: &PartyView) -> Vec<SummaryRow> {
    let profile = &party.profile;
    let or_not = |text: &Option<String>| {
        text.clone().filter(|t| !t.is_empty()).unwrap_or_else(|| t::fact_not_given(l))
    };
    // The word itself is for the telephone alone.
    let word = if profile.safe_word.is_some() { t::fact_safe_word_set(l) } else { t::fact_safe_word_none(l) };
    [
        SummaryRow::new(t::fact_state(l), words::party_state(l, &party.state)),
        officer(l, party),
        SummaryRow::new(t::fact_telephone(l), or_not(&profile.telephone)),
        address(l, party),
        SummaryRow::new(t::register_safe_word(l), word),
        SummaryRow::new(t::fact_meeting(l), words::meeting(l, profile.meets())),
        SummaryRow::new(t::fact_language(l), crate::i18n::own_name(profile.language())),
        SummaryRow::new(t::fact_hours(l), hours(l, &profile.hours)),
    ]
    .into_iter()
    .chain((!party.emergency).then(|| representatives(l, party)))
    .collect()
}

/// Who has the case, and the way to give it away.
fn officer(l: Locale, party: &PartyView) -> SummaryRow {
    let name = party.officer.clone().unwrap_or_else(|| t::fact_officer_none(l));
    let link = (!party.emergency).then(|| {
        view! { <p><a href=routes::staff_assign(&party.public)>{t::assign_link(l)}</a></p> }
    });
    SummaryRow::view(t::fact_officer(l), view! { <p>{name}</p>{link} })
}

/// A protected address is not there to be shown; the way to say so, and to take it back.
fn address(l: Locale, party: &PartyView) -> SummaryRow {
    let profile = &party.profile;
    let (said, on, button) = if profile.protected {
        (t::fact_protected(l), "", t::protect_off(l))
    } else {
        let address = profile.address.clone().unwrap_or_else(|| t::fact_not_given(l));
        (address, "yes", t::protect_on(l))
    };
    let id = party.public.to_string();
    let form = (!party.emergency).then(|| {
        view! {
            <Form action=action(forms::PROTECT)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="on" value=on/>
                <Button text=button kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    SummaryRow::view(t::register_address(l), view! { <p class="officer-text">{said}</p>{form} })
}

fn representatives(l: Locale, party: &PartyView) -> SummaryRow {
    let href = routes::staff_representatives(&party.public);
    SummaryRow::view(t::represent_title(l), view! { <a href=href>{t::represent_link(l)}</a> })
}

/// Each window on a line; none at all means at any hour.
fn hours(l: Locale, windows: &[(u8, u16, u16)]) -> String {
    if windows.is_empty() {
        return t::fact_any_hour(l);
    }
    let clock = |minutes: u16| domain::kernel::Clock(minutes);
    let line = |(day, from, to): &(u8, u16, u16)| {
        let day = dates::capital(&dates::weekday_name(l, *day));
        format!("{day} {}", dates::clock_range(l, clock(*from), clock(*to)))
    };
    windows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn channels(l: Locale, party: &PartyView) -> AnyView {
    if party.channels.is_empty() {
        return view! { <p>{t::party_no_channels(l)}</p> }.into_any();
    }
    let row = |channel: &backend::notices::channels::ChannelView| {
        let (kind, state) = words::channel(l, channel);
        SummaryRow::new(kind, format!("{}\n{state}", channel.address))
    };
    view! { <SummaryList rows=party.channels.iter().map(row).collect()/> }.into_any()
}

fn notices(l: Locale, lines: &[NoticeLine]) -> AnyView {
    if lines.is_empty() {
        return view! { <p>{t::party_no_notices(l)}</p> }.into_any();
    }
    let head =
        vec![Column::new(t::column_what(l)), Column::new(t::column_from(l)), Column::new(t::column_state(l))];
    let row = |line: &NoticeLine| {
        let ended = line.ended_at.map(|at| dates::date_time(l, Instant(at)));
        Row::new(vec![
            Cell::text(words::kind_of(l, &line.kind)),
            Cell::text(dates::date_time(l, Instant(line.at))),
            Cell::two(words::notice_state(l, &line.state), ended.unwrap_or_default()),
        ])
    };
    view! { <DataTable caption=t::party_notices(l) head=head rows=lines.iter().map(row).collect() labels=true/> }
        .into_any()
}
