//! The unit's cases, by the last day to answer. Nobody at home is named here.

use backend::consents::{self, CaseRow};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    i18n::{consents_desk as t, dates},
    routes,
    ui::{Actions, Cell, Column, DataTable, EmptyState, LinkButton, PageHead, Row, Tag, TagKind},
};

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let rows = consents::list(&desk.ctx, &desk.who).await?;
        Ok(Some(shown(&desk, rows)))
    })
}

fn shown(desk: &Desk, rows: Vec<CaseRow>) -> AnyView {
    let (l, today) = (desk.l, desk.page.now.date());
    let table = if rows.is_empty() {
        view! { <EmptyState title=t::list_none(l) text=t::list_none_text(l)/> }.into_any()
    } else {
        let head = [t::col_case(l), t::col_who(l), t::col_answers(l), t::col_by(l)];
        let head = head.into_iter().map(Column::new).collect();
        let rows = rows.iter().map(|one| row(l, today, one)).collect();
        view! { <DataTable caption=t::list_title(l) head=head rows=rows labels=true/> }.into_any()
    };
    view! {
        <div class="stack">
            <PageHead title=t::list_title(l) lead=t::list_lead(l)/>
            <Actions><LinkButton href=routes::STAFF_HOMES_NEW text=t::new_link(l)/></Actions>
            {table}
        </div>
    }
    .into_any()
}

fn row(l: Locale, today: CivilDate, row: &CaseRow) -> Row {
    let marks =
        [(row.withdrawn, t::mark_withdrawn(l), TagKind::Warn), (row.talk, t::mark_talk(l), TagKind::Now)];
    let marks = marks.into_iter().filter(|(n, ..)| *n > 0 && !row.closed).map(|(_, text, kind)| {
        view! { " "<Tag text=text kind=kind/> }
    });
    let marks = marks.collect_view();
    let answers = match row.asked {
        0 => t::answers_nobody(l),
        asked => t::answers(l, row.yes, asked),
    };
    let open = row.asked > row.yes + row.no + row.talk + row.withdrawn;
    let by = match (row.closed, row.answer_by < today && open) {
        (true, _) => Cell::text(t::over(l)),
        (false, true) => Cell::late(t::by_late(l, dates::plain(l, row.answer_by))),
        (false, false) => Cell::text(dates::plain(l, row.answer_by)),
    };
    let kind = format!("{}, {}", parts::kind(l, row.kind), row.unit_name);
    Row::new(vec![
        Cell::link(routes::staff_home(&row.public), row.reference.to_string()),
        Cell::two(row.applicant.as_str(), kind),
        Cell::view(view! { {answers}{marks} }),
        by,
    ])
}
