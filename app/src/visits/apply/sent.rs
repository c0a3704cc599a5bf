//! What was sent, as she sent it: the same words as on the page where she checked it.

use backend::visits::clearance::Tracked;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{check, words};
use crate::{
    i18n::{dates, visits_apply as t},
    ui::{SummaryList, SummaryRow},
};

pub(crate) fn sent(l: Locale, case: &Tracked) -> AnyView {
    let children: Vec<String> = case.people.iter().filter(|p| p.child).map(|p| p.name.clone()).collect();
    let children = if children.is_empty() { t::check_children_none(l) } else { children.join("\n") };
    let rows = vec![
        SummaryRow::new(t::check_whom(l), &case.inmate_name),
        SummaryRow::new(t::check_relation(l), dates::capital(&words::relation(l, case.relation))),
        SummaryRow::new(t::check_children(l), children),
        SummaryRow::new(t::check_needs(l), check::needs(l, &case.needs)),
    ];
    view! { <SummaryList rows=rows/> }.into_any()
}
