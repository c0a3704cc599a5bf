//! Where there is no self-service: what has been let through and is to be printed and handed over, the oldest first.

use backend::messages::exchange::{ToPrint, to_print};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::messages_control as t,
    messages::kept::Kept,
    routes,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, HeadRow, Link, LinkButton, PageHead, Row,
    },
};

#[component]
pub fn PaperPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_control() {
            return Ok(None);
        }
        let mut told = Kept::default();
        for form in [forms::HANDED, forms::ANSWER] {
            told = desk.tried(form).await?.unwrap_or(told);
        }
        let letters = to_print(&desk.ctx, &desk.who).await?;
        Ok(Some(shown(&desk, &letters, &told)))
    })
}

fn shown(desk: &Desk, letters: &[ToPrint], told: &Kept) -> AnyView {
    let l = desk.l;
    let back = Link::new(routes::STAFF_LETTERS, t::queue_title(l));
    view! {
        <div class="stack">
            {words::done(l, told)}
            <HeadRow>
                <PageHead title=t::paper_title(l) lead=t::paper_lead(l) back=back/>
                <Actions>
                    <LinkButton href=routes::STAFF_LETTERS_ANSWER text=t::answer_title(l) kind=ButtonKind::Secondary/>
                </Actions>
            </HeadRow>
            {list(l, letters)}
        </div>
    }
    .into_any()
}

fn list(l: Locale, letters: &[ToPrint]) -> AnyView {
    if letters.is_empty() {
        return view! { <EmptyState title=t::paper_empty(l) text=t::paper_empty_text(l) link=None/> }
            .into_any();
    }
    let head = [t::paper_to(l), t::column_unit(l), t::paper_since(l), t::paper_number(l)];
    let row = |letter: &ToPrint| {
        Row::new(vec![
            Cell::link(routes::staff_letter_paper(&letter.public), letter.inmate.as_str()),
            Cell::text(letter.unit_name.as_str()),
            Cell::text(words::at(l, letter.released_at)),
            Cell::text(letter.sheet.to_string()),
        ])
    };
    let (head, rows) = (head.into_iter().map(Column::new).collect(), letters.iter().map(row).collect());
    view! { <DataTable caption=t::paper_title(l) head=head rows=rows/> }.into_any()
}
