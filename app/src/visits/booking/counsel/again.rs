//! "Book again": from the page of a room to the last question about the same hour, a week or more later.

use backend::{
    Result,
    visits::booking::{VisitView, counsel},
};
use leptos::prelude::*;

use super::side::{right_of, room};
use crate::{
    i18n::{dates, visits_counsel as t},
    ui::{Actions, ButtonKind, LinkButton},
    visits::Here,
};

/// Nothing for other visits, and when no such hour is free.
pub(in crate::visits::booking) async fn again(here: &Here, visit: &VisitView) -> Result<Option<AnyView>> {
    let l = t::lang(here.page.locale);
    let found = counsel::again(&here.ctx, &here.who, visit).await?;
    Ok(found.map(|(session, date)| {
        let href = room(&right_of(visit), &visit.inmate, &session);
        // Whoever came along is chosen again.
        let like = visit.organisation.as_ref().map(|_| format!("?like={}", visit.visit.public));
        let href = format!("{href}{}", like.unwrap_or_default());
        let text = t::book_again(l, dates::long_date(l, date), dates::clock(l, visit.visit.start));
        view! { <Actions><LinkButton href=href text=text kind=ButtonKind::Secondary/></Actions> }.into_any()
    }))
}
