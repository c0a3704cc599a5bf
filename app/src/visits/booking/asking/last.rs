//! The last step of booking, as far as it depends on whether the unit looks at the visit first: known before she presses.

use backend::{
    Result,
    visits::booking::{DraftView, HoldView, request::Foreseen},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    super::api::{CONFIRM, DISCARD, action},
    ASK,
    api::foreseen,
};
use crate::{
    i18n::{dates, visits_booking, visits_request as t},
    routes,
    ui::{Notice, NoticeKind},
    visits::Here,
};

/// Its words, and where it posts to.
pub(in crate::visits::booking) struct Last {
    pub title: String,
    /// What happens next.
    pub does: String,
    /// None when only another choice helps.
    pub button: Option<String>,
    /// Without a button the form still leads out.
    pub to: String,
    pub stop: String,
    pub notice: Option<AnyView>,
    /// Over what stands in the way.
    pub refused: String,
}

impl Last {
    pub async fn of(here: &Here, draft: &DraftView, held: &HoldView) -> Result<Self> {
        let l = here.locale();
        Ok(match foreseen(here, &held.hold.public).await? {
            Foreseen::Booked => Self::booked(l, draft),
            Foreseen::Asked { until } => {
                let by = dates::date_time(l, until);
                Self {
                    title: t::check_title(l),
                    does: t::check_next(l, &by),
                    button: Some(t::check_send(l)),
                    to: action(ASK),
                    notice: Some(notice(NoticeKind::Now, t::check_yes(l), t::check_yes_text(l, by), None)),
                    refused: t::refused(l),
                    ..Self::booked(l, draft)
                }
            }
            Foreseen::Late => {
                let way = (routes::book("when"), t::check_late_link(l));
                let notice = notice(NoticeKind::Warn, t::check_late(l), t::check_late_text(l), Some(way));
                Self {
                    button: None,
                    to: DISCARD.to_owned(),
                    notice: Some(notice),
                    refused: t::refused(l),
                    ..Self::booked(l, draft)
                }
            }
            Foreseen::Kept => {
                let old = draft.changes.as_ref();
                let way = old.map(|old| (routes::booking_cancel(&old.public), t::check_kept_link(l)));
                let notice = notice(NoticeKind::Warn, t::check_kept(l), t::check_kept_text(l), way);
                Self { button: None, to: DISCARD.to_owned(), notice: Some(notice), ..Self::booked(l, draft) }
            }
        })
    }

    fn booked(l: Locale, draft: &DraftView) -> Self {
        use visits_booking as b;
        let changes = draft.changes.is_some();
        let [does, button, stop, refused] = if changes {
            [b::check_change_text(l), b::check_change(l), b::check_keep(l), b::refused_change(l)]
        } else {
            [b::check_next_text(l), b::check_book(l), b::check_stop(l), b::refused_book(l)]
        };
        let (button, to) = (Some(button), action(CONFIRM));
        Self { title: b::check_title(l), does, button, to, stop, notice: None, refused }
    }
}

fn notice(kind: NoticeKind, title: String, text: String, way: Option<(String, String)>) -> AnyView {
    let way = way.map(|(href, words)| view! { <p><a href=href>{words}</a></p> });
    view! { <Notice kind=kind title=title><p>{text}</p>{way}</Notice> }.into_any()
}
