//! Just booked, or changed: that it is, and what comes next.

use backend::visits::booking::{Video, VisitView};
use domain::{
    kernel::{Clock, Locale},
    visits::booking::{Way, somebody_comes},
};
use leptos::prelude::*;

use super::{
    joining, phone,
    visit::{aside, buttons, is_changed, words_of_gate},
    words,
};
use crate::{
    i18n::{dates, visits_booking as t, visits_gate},
    routes,
    ui::{ButtonKind, PageGrid, Receipt, TrackStep, Tracker},
    visits::Here,
};

pub(super) fn receipt(
    here: &Here,
    visit: &VisitView,
    email: Option<String>,
    (plain, video): (bool, Option<Video>),
    brings: Option<AnyView>,
) -> AnyView {
    let (l, v) = (here.locale(), &visit.visit);
    let day = dates::long_date(l, v.date);
    let lead =
        t::receipt_lead(l, words::many(visit.people.len()), day, dates::clock(l, v.start), &v.unit_name);
    let facts = vec![
        (t::fact_reference(l), visit.reference.to_string()),
        (t::fact_booked(l), dates::date_time_with_year(l, visit.booked_at)),
    ];
    let sent = email.map(|email| view! { <p class="small">{t::receipt_sent(l, email)}</p> });
    let (buttons, steps) =
        (buttons(here, visit, ButtonKind::Primary, plain), steps(l, visit, video.as_ref()));
    let (cancel, others) = (routes::booking_cancel(&v.public), joining::link(l, visit));
    let pass = somebody_comes(visit.kind, visit.way).then(|| {
        let (href, words) = (routes::booking_pass(&v.public), visits_gate::pass_link(words_of_gate(here)));
        view! { <p><a href=href>{words}</a></p> }
    });
    let title = if is_changed(visit) { t::changed_title(l) } else { t::receipt_title(l) };
    view! {
        <PageGrid aside=aside(here, visit, video.as_ref())>
            <Receipt title=title lead=lead facts=facts>
                {sent}
                {buttons}
                <h2>{t::next_title(l)}</h2>
                <Tracker label=t::next_title(l) steps=steps/>
                {pass}
                {brings}
                {others}
                <p><a href=cancel>{t::visit_cancel(l)}</a></p>
            </Receipt>
        </PageGrid>
    }
    .into_any()
}

fn steps(l: Locale, visit: &VisitView, video: Option<&Video>) -> Vec<TrackStep> {
    let v = &visit.visit;
    let before = visit.rules.as_ref().map_or(0, |r| r.arrive_before);
    let gate = Clock(u16::try_from((i64::from(v.start.0) - before).max(0)).unwrap_or(v.start.0));
    let day = dates::capital(&dates::long_date(l, v.date));
    let booked = if is_changed(visit) {
        TrackStep::done(t::next_changed(l)).text(t::next_changed_text(l))
    } else {
        TrackStep::done(t::next_booked(l)).text(t::next_booked_text(l))
    };
    if let Some(video) = video {
        let text = t::next_video_text(l, dates::date_time(l, video.opens_at));
        return vec![booked, TrackStep::ahead(t::next_video(l)).text(text)];
    }
    if visit.way == Way::Phone {
        return vec![booked, phone::step(l, visit)];
    }
    vec![booked, TrackStep::ahead(t::next_gate(l)).text(t::next_gate_text(l, day, dates::clock(l, gate)))]
}
