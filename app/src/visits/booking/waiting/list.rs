//! What she waits for as a part of other pages: an offer first, with its time left.

use backend::{
    Result,
    visits::booking::{
        DraftView,
        waiting::{self, MyWait},
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{dates, visits_waiting as t},
    routes,
    ui::{LinkRow, LinkRows, Notice, NoticeKind},
    visits::Here,
};

/// At the end of the free times. A visit that is being changed is not waited for.
pub(in crate::visits::booking) fn way_in(l: Locale, draft: &DraftView) -> Option<AnyView> {
    draft.changes.is_none().then(|| {
        view! {
            <section class="stack" aria-labelledby="no-time">
                <h2 id="no-time">{t::way_title(l)}</h2>
                <p>{t::way_text(l)}</p>
                <p><a href=routes::BOOK_WAIT>{t::way_link(l)}</a></p>
            </section>
        }
        .into_any()
    })
}

/// That a time stands open for her, and until when.
pub(super) fn offer_notice(l: Locale, wait: &MyWait) -> Option<AnyView> {
    let offer = wait.offer.as_ref()?;
    let day = dates::long_date(l, offer.date);
    let text = t::offered(l, day, dates::clock(l, offer.start), &wait.inmate_name);
    let (href, title) = (routes::offer(&offer.public), words::answer_by(l, offer));
    Some(
        view! {
            <Notice kind=NoticeKind::Now title=title>
                <p>{text}</p>
                <p><a href=href>{t::offered_link(l)}</a></p>
            </Notice>
        }
        .into_any(),
    )
}

fn row(l: Locale, wait: &MyWait) -> LinkRow {
    let title = t::row(l, &wait.inmate_name);
    let suits = words::suits(l, wait.period.suits);
    LinkRow::new(routes::wait(&wait.public), title).text(t::row_text(l, words::between(l, wait), suits))
}

/// On the page of all her visits. Nothing when she waits for nothing.
pub(in crate::visits) async fn section(here: &Here) -> Result<Option<AnyView>> {
    let waits = waiting::waits(&here.ctx, &here.who).await?;
    if waits.is_empty() {
        return Ok(None);
    }
    let l = here.locale();
    let offers = waits.iter().map(|wait| offer_notice(l, wait)).collect_view();
    let rows: Vec<LinkRow> = waits.iter().map(|wait| row(l, wait)).collect();
    let lang = crate::i18n::lang_of("visits_waiting", l).code();
    Ok(Some(
        view! {
            <section class="stack" lang=lang aria-labelledby="waiting">
                <h2 id="waiting">{t::section_title(l)}</h2>
                {offers}
                <LinkRows rows=rows/>
            </section>
        }
        .into_any(),
    ))
}

/// On her own page: what she is offered waits for her answer.
pub(in crate::visits) async fn offered(here: &Here) -> Result<Vec<LinkRow>> {
    let l = here.locale();
    let waits = waiting::waits(&here.ctx, &here.who).await?;
    let row = |wait: &MyWait| {
        let offer = wait.offer.as_ref()?;
        let row = LinkRow::new(routes::offer(&offer.public), t::offer_title(l));
        Some(row.text(words::answer_by(l, offer)).unread(t::offer_waits(l)))
    };
    Ok(waits.iter().filter_map(row).collect())
}
