//! The auditor's first page: what is out of the ordinary, the search, and how the chain stands.

use backend::{
    Result,
    trail::{self, Checked},
};
use domain::{kernel::Locale, trail::Reason};
use leptos::prelude::*;

use super::{
    api::{CHECK, SEARCH},
    parts::{self, Desk, action},
    words::{self, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, dates, trail as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, DateEntry, DateLabels, DateValue, ErrorSummary, Field,
        Form, Notice, NoticeKind, PageGrid, PageHead, Select,
    },
};

#[component]
pub fn SearchPage() -> impl IntoView {
    parts::page(|desk| async move { shown(&desk).await })
}

async fn shown(desk: &Desk) -> Result<Option<AnyView>> {
    let l = desk.l;
    let Some(checked) = trail::checked(&desk.ctx, &desk.who).await? else { return Ok(None) };
    let open = trail::alerts(&desk.ctx, &desk.who).await?.unwrap_or_default();
    let open = open.iter().filter(|alert| alert.settled.is_none()).count();
    let tried = desk.tried(SEARCH).await?;
    let errors = tried.summary(l, wrong);
    let (tab, alerts) = (tried.tab(l, t::title(l)), alerts(l, open));
    let (form, chain) = (form(desk, &tried), chain(l, &checked));
    Ok(Some(
        view! {
            <PageGrid aside=chain>
                <ErrorSummary title=common::error_summary(l) errors=errors/>
                <PageHead title=t::title(l) tab=tab lead=t::lead(l)/>
                {alerts}
                {form}
            </PageGrid>
        }
        .into_any(),
    ))
}

fn alerts(l: Locale, open: usize) -> AnyView {
    let count = i64::try_from(open).unwrap_or(i64::MAX);
    let kind = if open == 0 { NoticeKind::Info } else { NoticeKind::Now };
    let title = if open == 0 { t::alerts_none_open(l) } else { t::alerts_open(l, count) };
    view! {
        <Notice kind=kind title=title>
            <p><a href=routes::STAFF_TRAIL_ALERTS>{t::alerts_link(l)}</a></p>
        </Notice>
    }
    .into_any()
}

/// A search opens with the last week.
fn date(desk: &Desk, tried: &Fields, name: &str, back: i64) -> DateValue {
    let typed = ["day", "month", "year"].map(|part| tried.value(&format!("{name}_{part}")));
    if typed.iter().any(|part| !part.is_empty()) {
        let [day, month, year] = typed;
        return DateValue { day, month, year };
    }
    let iso = desk.page.now.date().plus_days(-back).iso();
    let mut parts = iso.split('-').map(|part| part.trim_start_matches('0').to_owned());
    let (year, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    DateValue { day: parts.next().unwrap_or_default(), month, year }
}

fn form(desk: &Desk, tried: &Fields) -> AnyView {
    let l = desk.l;
    let labels = move || DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let (from, to) = (date(desk, tried, "from", 7), date(desk, tried, "to", 0));
    let [bad_from, bad_to, bad_who, bad_reference, bad_reason] =
        ["from", "to", "who", "reference", "reason"].map(|name| tried.error(l, wrong, name));
    let [who, reference, reason] = ["who", "reference", "reason"].map(|name| tried.value(name));
    let looks = tried.value("looks") == "yes";
    let reasons: Vec<Choice> = Reason::ALL
        .into_iter()
        .map(|reason| Choice::new(reason.code(), words::reason(l, reason.code())))
        .collect();
    view! {
        <section class="section-rule stack">
            <h2>{t::search_title(l)}</h2>
            <Form action=action(SEARCH)>
                <DateEntry name="from" legend=t::from_label(l) labels=labels() value=from error=bad_from/>
                <DateEntry name="to" legend=t::to_label(l) labels=labels() value=to error=bad_to/>
                <Field name="who" label=t::who_label(l) hint=t::who_hint(l) value=who error=bad_who autocomplete="off"/>
                <Field name="reference" label=t::reference_label(l) hint=t::reference_hint(l) value=reference
                    error=bad_reference autocomplete="off"/>
                <Checkbox name="looks" label=t::looks_label(l) checked=looks/>
                <Select name="reason" label=t::reason_label(l) hint=t::reason_hint(l) options=reasons value=reason
                    placeholder=t::reason_choose(l) error=bad_reason/>
                <Actions><Button text=t::search_button(l)/></Actions>
            </Form>
        </section>
    }
    .into_any()
}

/// How the chain stood when it was last checked, and the way to check it now.
fn chain(l: Locale, checked: &Checked) -> AnyView {
    let (kind, title, text) = match checked {
        Checked::Never => (NoticeKind::Info, t::chain_never(l), String::new()),
        Checked::UnderWay { asked_at } => {
            (NoticeKind::Now, t::chain_under_way(l), t::chain_asked(l, dates::date_time(l, *asked_at)))
        }
        Checked::Whole { rows, at } => {
            (NoticeKind::Done, t::chain_whole(l), t::chain_rows(l, *rows, dates::date_time(l, *at)))
        }
        Checked::Broken { at } => {
            (NoticeKind::Error, t::chain_broken(l), t::chain_broken_text(l, dates::date_time(l, *at)))
        }
    };
    let ask = (!matches!(checked, Checked::UnderWay { .. })).then(|| {
        view! {
            <Form action=action(CHECK)>
                <Actions><Button text=t::chain_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        }
    });
    view! {
        <section class="stack">
            <h2>{t::chain_title(l)}</h2>
            <Notice kind=kind title=title><p>{text}</p></Notice>
            <p>{t::chain_text(l)}</p>
            {ask}
        </section>
    }
    .into_any()
}
