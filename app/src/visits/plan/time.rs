//! One time of the week: what it is, which visits are booked at it, its last day, and a copy of it.

use backend::{
    Result,
    visits::sessions::{self, TimeView},
};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, DayField, Desk, form_head},
    wings, words,
};
use crate::{
    i18n::{dates, visits_plan as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind,
        PageGrid, SummaryList, SummaryRow,
    },
};

#[component]
pub fn TimePage() -> impl IntoView {
    let public = parts::time_id();
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let found: Result<Option<TimeView>> = sessions::time(&desk.ctx, &desk.who, &public).await;
        let Some(view) = found? else { return Ok(None) };
        let kept = desk.tried(forms::END).await?;
        let wings = desk.tried(wings::TIME).await?;
        Ok(Some(shown(&desk, &view, kept, wings.as_ref())))
    })
}

fn shown(desk: &Desk, view: &TimeView, kept: Option<Fields>, of_wings: Option<&Fields>) -> AnyView {
    let (l, time) = (desk.l, &view.time.template);
    let fields = kept.unwrap_or_else(|| forms::end_opened(time));
    let back = Link::new(routes::staff_visiting_of(&view.unit_slug), t::title(l, &view.unit_name));
    let head = form_head(l, words::time_title(l, time), String::new(), back, of_wings.unwrap_or(&fields));
    let done = match desk.done().as_deref() {
        Some("ended") => Some((NoticeKind::Done, t::done_ended(l))),
        Some("wings") => Some((NoticeKind::Done, t::wings_done_time(l))),
        _ => None,
    };
    let done = done.map(|(kind, title)| view! { <Notice kind=kind title=title/> });
    let of_wings_stale = of_wings.is_some_and(Fields::is_stale);
    let stale = (of_wings_stale || fields.is_stale()).then(|| {
        let text = if of_wings_stale { t::stale_times_text(l) } else { t::stale_time_text(l) };
        view! { <Notice kind=NoticeKind::Error title=t::stale_time_title(l)><p>{text}</p></Notice> }
    });
    let wings = desk.may_plan().then(|| wings::form(l, view, of_wings)).flatten();
    let change = desk.may_plan().then(|| change(desk, view, fields));
    let (left, facts) = (left(l, view), facts(desk, view));
    view! {
        <PageGrid aside=booked(l, view)>
            {head}
            {done}
            {stale}
            {left}
            <SummaryList rows=facts/>
            {wings}
            {change}
        </PageGrid>
    }
    .into_any()
}

fn facts(desk: &Desk, view: &TimeView) -> Vec<SummaryRow> {
    let (l, time) = (desk.l, &view.time.template);
    let holidays = if time.on_holidays { t::times_holidays(l) } else { t::times_not_holidays(l) };
    let wings = wings::for_whom(l, view.wings.of_time(&view.time.public));
    vec![
        SummaryRow::new(t::times_fact_kind(l), words::time_kind(l, time.kind, (time.way, time.held_for))),
        SummaryRow::new(t::times_fact_room(l), &time.room).lang("nb"),
        SummaryRow::new(t::times_fact_places(l), t::times_places(l, time.capacity)),
        SummaryRow::new(t::times_fact_every(l), words::every(l, time.every_weeks)),
        SummaryRow::new(t::times_fact_holidays(l), holidays),
        SummaryRow::new(t::times_fact_valid(l), words::valid(l, time, desk.today())),
        SummaryRow::new(t::wings_fact(l), wings.unwrap_or_else(|| t::wings_all(l))),
    ]
}

fn visits(l: Locale, view: &TimeView, days: Vec<(CivilDate, i64)>) -> AnyView {
    let rows = days.into_iter().map(|(on, booked)| {
        let href = routes::staff_day(&view.unit_slug, &on.iso());
        let text = t::times_booked_day(l, dates::capital(&dates::long_date(l, on)), t::visits(l, booked));
        view! { <li><a href=href>{text}</a></li> }
    });
    view! { <ul>{rows.collect_view()}</ul> }.into_any()
}

/// Visits that are booked after the last day: nothing cancels them but staff, who must be told.
fn left(l: Locale, view: &TimeView) -> Option<AnyView> {
    let last = view.time.template.valid_to?;
    let days: Vec<(CivilDate, i64)> = view.booked.iter().copied().filter(|(on, _)| *on > last).collect();
    let all: i64 = days.iter().map(|(_, booked)| booked).sum();
    (all > 0).then(|| {
        let days = visits(l, view, days);
        view! { <Notice kind=NoticeKind::Warn title=t::times_left(l, all)>{days}</Notice> }.into_any()
    })
}

fn booked(l: Locale, view: &TimeView) -> AnyView {
    let days = if view.booked.is_empty() {
        view! { <p>{t::times_booked_none(l)}</p> }.into_any()
    } else {
        visits(l, view, view.booked.clone())
    };
    view! { <AsideBlock title=t::times_booked_title(l)>{days}</AsideBlock> }.into_any()
}

fn change(desk: &Desk, view: &TimeView, fields: Fields) -> AnyView {
    let (l, time) = (desk.l, &view.time);
    let title = match time.template.valid_to {
        Some(_) => t::times_end_move(l),
        None => t::times_end_title(l),
    };
    let copy = routes::staff_visiting_copy(&view.unit_slug, &time.public);
    let (id, now) = (time.public.to_string(), forms::seen(time.template.valid_to));
    let seen = forms::still_seen(&fields, now);
    view! {
        <section class="stack" aria-labelledby="end-title">
            <h2 id="end-title">{title}</h2>
            <p>{t::times_end_text(l)}</p>
            <Form action=forms::action(forms::END)>
                <HiddenInput name="time" value=id/>
                <HiddenInput name="seen" value=seen/>
                <DayField l=l name="last" legend=t::times_end_label(l) fields=fields/>
                <Actions><Button text=t::go_on(l)/></Actions>
            </Form>
            <p>{t::times_copy_text(l)}</p>
            <Actions><LinkButton href=copy text=t::times_copy(l) kind=ButtonKind::Secondary/></Actions>
        </section>
    }
    .into_any()
}
