//! What stands over every step of a change: which visit, that it is kept until the new one is confirmed, and the way out.

use backend::visits::booking::ChangingView;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{api::ANEW, words};
use crate::{
    i18n::{dates, visits_booking as t},
    ui::{Button, ButtonKind, Form, Notice, NoticeKind, SummaryRow},
};

/// Nothing for a visit that is new.
pub(super) fn banner(l: Locale, changes: Option<&ChangingView>) -> Option<AnyView> {
    let old = changes?;
    let (kind, title, text) = if old.open {
        let title = t::changing_title(l, dates::long_date(l, old.date), dates::clock(l, old.start));
        (NoticeKind::Info, title, t::changing_text(l))
    } else {
        (NoticeKind::Warn, t::changing_gone_title(l), t::changing_gone_text(l))
    };
    Some(
        view! {
            <Notice kind=kind title=title>
                <p>{text}</p>
                <Form action=ANEW><Button text=t::changing_anew(l) kind=ButtonKind::Quiet/></Form>
            </Notice>
        }
        .into_any(),
    )
}

/// The time she has, beside the one she chooses.
pub(super) fn before(l: Locale, old: &ChangingView) -> SummaryRow {
    let date = dates::capital(&dates::with_year(l, old.date));
    SummaryRow::new(t::fact_before(l), format!("{date}\n{}", words::from_to(l, old.start, old.end)))
}
