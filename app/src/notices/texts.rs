//! The demo's telephone and mailbox of the notices: what would have been sent, the newest first.

use backend::notices::demo::{DemoText, texts};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use crate::{
    demo,
    i18n::{dates, notices_letters as t},
    ui::{Cell, Column, DataTable, PageGrid, PageHead, Row},
};

#[component]
pub fn DemoTextsPage() -> impl IntoView {
    demo::page(t::lang, |ctx, l| async move { Ok(Some(list(l, texts(&ctx).await?))) })
}

fn list(l: Locale, texts: Vec<DemoText>) -> AnyView {
    let (title, lead) = (t::demo_title(l), t::demo_lead(l));
    if texts.is_empty() {
        return view! { <PageGrid><PageHead title=title lead=lead/><p>{t::demo_empty(l)}</p></PageGrid> }
            .into_any();
    }
    let columns = [t::demo_sent(l), t::demo_to(l), t::demo_from(l), t::demo_words(l)];
    let row = |text: DemoText| {
        let sent = dates::date_time(l, Instant(text.sent_at));
        Row::new(vec![
            Cell::text(sent),
            Cell::text(text.recipient),
            Cell::text(text.sender),
            Cell::text(text.words),
        ])
    };
    let (head, rows) = (columns.map(Column::new).to_vec(), texts.into_iter().map(row).collect::<Vec<_>>());
    view! {
        <PageGrid>
            <PageHead title=title lead=lead/>
            <DataTable caption=t::demo_table(l) head=head rows=rows/>
        </PageGrid>
    }
    .into_any()
}
