//! What she is asked about.

use backend::{
    Result,
    consents::{self, MyCase},
};
use domain::{
    access::Level,
    consents::{Kind, Standing},
    kernel::Locale,
};
use leptos::prelude::*;

use super::parts::{higher, standing};
use crate::{
    i18n::{consents_mine as t, dates},
    identity::here::{Here, page},
    routes,
    ui::{AsideBlock, EmptyState, Link, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn ListPage() -> impl IntoView {
    page("consents_mine", list)
}

async fn list(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let homes = consents::mine(&here.ctx, &here.who).await?;
    let body = match (here.who.level < Level::High, homes.is_empty()) {
        (true, _) => higher(l, routes::MY_HOMES),
        (false, true) => {
            let link = Some(Link::new(routes::ELECTRONIC, t::about_link(l)));
            view! { <EmptyState title=t::list_none(l) text=t::list_none_text(l) link=link/> }.into_any()
        }
        (false, false) => {
            view! { <LinkRows rows=homes.iter().map(|home| row(l, home)).collect()/> }.into_any()
        }
    };
    let aside = view! {
        <AsideBlock title=t::about_title(l)>
            <p><a href=routes::ELECTRONIC>{t::about_link(l)}</a></p>
        </AsideBlock>
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <PageHead title=t::list_title(l) lead=t::list_lead(l) back=Link::new(routes::MY, t::list_back(l))/>
            {body}
        </PageGrid>
    }
    .into_any())
}

fn row(l: Locale, home: &MyCase) -> LinkRow {
    let (words, _) = standing(l, home.standing);
    let text = match (home.closed, home.standing) {
        (true, _) => t::row_over(l),
        (false, Standing::Unanswered) => t::row_answer(l, dates::long_date(l, home.answer_by)),
        (false, Standing::Said(_)) => words,
    };
    let title = match home.kind {
        Kind::Home => t::row_title(l, &home.applicant),
        Kind::Child => t::child_row(l, &home.about, &home.applicant),
    };
    let row = LinkRow::new(routes::my_home(&home.public), title).text(text);
    if home.standing == Standing::Unanswered && !home.closed { row.unread(t::row_waits(l)) } else { row }
}
