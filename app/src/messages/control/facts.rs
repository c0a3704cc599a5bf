//! What is known of a letter, and what the law says of letters at the unit's level.

use backend::messages::exchange::DeskLetter;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::messages_control as t,
    routes,
    ui::{Details, SummaryRow},
};

pub(super) fn facts(l: Locale, letter: &DeskLetter) -> Vec<SummaryRow> {
    let row = &letter.row;
    let (from, to) =
        if row.from_relative { (&row.relative, &row.inmate) } else { (&row.inmate, &row.relative) };
    let who = |name: &str, relative: bool| {
        if relative { t::fact_relative(l, name) } else { t::fact_inmate(l, name) }
    };
    let mut rows = vec![
        SummaryRow::new(t::fact_from(l), who(from, row.from_relative)),
        SummaryRow::new(t::fact_to(l), who(to, !row.from_relative)),
        SummaryRow::new(
            t::fact_unit(l),
            format!("{}\n{}", row.unit_name, words::level(l, &letter.unit_level)),
        ),
        SummaryRow::new(t::fact_written(l), words::at(l, row.written_at)),
    ];
    if letter.state == "in_control" {
        rows.push(SummaryRow::new(t::fact_due(l), words::at(l, row.due_at)));
    }
    let orders = routes::staff_orders_of(&letter.exchange);
    let order = SummaryRow::new(t::fact_order(l), words::order(l, &letter.control_order));
    rows.push(order.change(orders, t::fact_change(l), t::fact_order(l)));
    let language = match (letter.norwegian_only, letter.sami) {
        (true, _) => t::fact_norwegian(l),
        (false, true) => t::fact_sami(l),
        (false, false) => t::fact_any_language(l),
    };
    rows.push(SummaryRow::new(t::fact_language(l), language));
    rows
}

/// The ladder of the law, and the only reasons for holding something back.
pub(super) fn law(l: Locale, letter: &DeskLetter) -> AnyView {
    let says = words::law(l, &letter.unit_level);
    view! {
        <Details summary=t::law_title(l) open=true>
            <p>{says}</p>
            <p>{t::law_stop(l)}</p>
            <p class="muted">{t::law_basis(l)}</p>
        </Details>
    }
    .into_any()
}
