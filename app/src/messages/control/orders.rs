//! What is ordered for two who write to each other, otherwise than the level says: the list of it, and the page of one
//! exchange with what holds, a new order, and all that was ordered before. No words of the two.

use backend::messages::{
    ExchangeRow,
    exchange::{self, Ordered, StandingOrder},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    forms,
    order_form::{history, order_form},
    parts::{self, Desk},
    settings_words as words, words as desk_words,
};
use crate::{
    i18n::{common, messages_settings as t},
    messages::kept::Kept,
    routes,
    ui::{
        Cell, Column, DataTable, EmptyState, ErrorSummary, Link, Notice, NoticeKind, PageGrid, PageHead, Row,
        SummaryList, SummaryRow,
    },
};

#[component]
pub fn OrdersPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !desk.may_oversee() {
            return Ok(None);
        }
        let orders = exchange::standing(&desk.ctx, &desk.who).await?;
        Ok(Some(list(&desk, &orders)))
    })
}

fn list(desk: &Desk, orders: &[StandingOrder]) -> AnyView {
    let l = desk.l;
    view! {
        <div class="stack">
            <PageHead title=t::orders_title(l) lead=t::orders_lead(l) back=words::back(desk)/>
            {table(l, orders)}
        </div>
    }
    .into_any()
}

fn table(l: Locale, orders: &[StandingOrder]) -> AnyView {
    if orders.is_empty() {
        return view! { <EmptyState title=t::orders_empty(l) text=t::orders_empty_text(l) link=None/> }
            .into_any();
    }
    let head = [t::order_between(l), t::order_unit(l), t::order_control(l), t::order_language(l)];
    let row = |order: &StandingOrder| {
        Row::new(vec![
            Cell::link(
                routes::staff_orders_of(&order.exchange),
                t::between(l, &order.relative, &order.inmate),
            ),
            Cell::text(order.unit_name.as_str()),
            Cell::text(desk_words::order(l, &order.control)),
            Cell::text(words::language(l, order.norwegian_only)),
        ])
    };
    let (head, rows) = (head.into_iter().map(Column::new).collect(), orders.iter().map(row).collect());
    view! { <DataTable caption=t::orders_title(l) head=head rows=rows/> }.into_any()
}

#[component]
pub fn OrderPage() -> impl IntoView {
    let id = parts::named::<ExchangeRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(ordered) = exchange::ordered(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let mut tried = Kept::default();
        for form in [forms::ORDER, forms::UNDO] {
            tried = desk.tried(form).await?.filter(|kept| kept.is_about(&id)).unwrap_or(tried);
        }
        Ok(Some(shown(&desk, &ordered, &tried)))
    })
}

fn shown(desk: &Desk, ordered: &Ordered, tried: &Kept) -> AnyView {
    let l = desk.l;
    let back = Link::new(routes::STAFF_LETTERS_ORDERS, t::orders_title(l));
    let note = t::between(l, &ordered.relative, &ordered.inmate);
    let (told, errors, tab) =
        (told(l, tried), tried.summary(l, words::wrong), tried.tab(l, t::order_title(l)));
    let (facts, form, history) = (facts(l, ordered), order_form(l, ordered, tried), history(l, ordered));
    view! {
        <PageGrid>
            {told}
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::order_title(l) tab=tab note=note back=back/>
            <SummaryList rows=facts/>
            {form}
            {history}
        </PageGrid>
    }
    .into_any()
}

/// What was just done; or that another was first, with what stands now below it.
fn told(l: Locale, tried: &Kept) -> Option<AnyView> {
    if tried.has("message_stale") {
        let text = t::order_stale_text(l);
        return Some(
            view! { <Notice kind=NoticeKind::Error title=t::order_stale(l)><p>{text}</p></Notice> }
                .into_any(),
        );
    }
    let (kind, title) = match tried.what().as_str() {
        "ordered" => (NoticeKind::Done, t::done_ordered(l)),
        "undone" => (NoticeKind::Done, t::done_undone(l)),
        "not_undone" => (NoticeKind::Error, t::done_not_undone(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

fn facts(l: Locale, ordered: &Ordered) -> Vec<SummaryRow> {
    let unit = format!("{}\n{}", ordered.unit_name, desk_words::level(l, &ordered.unit_level));
    let today = if ordered.is_controlled { t::today_controlled(l) } else { t::today_not(l) };
    let mut rows = vec![
        SummaryRow::new(t::order_unit(l), unit),
        SummaryRow::new(t::order_law(l), desk_words::law(l, &ordered.unit_level)),
        SummaryRow::new(t::order_control(l), desk_words::order(l, &ordered.control)),
        SummaryRow::new(t::order_language(l), words::language(l, ordered.norwegian_only)),
        SummaryRow::new(t::order_today(l), today),
    ];
    if ordered.court {
        rows.push(SummaryRow::new(t::order_court(l), t::order_court_text(l)));
    }
    rows
}
