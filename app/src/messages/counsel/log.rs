//! All that has touched the letters and the mandate they rest on, the newest first: when, what, who.

use backend::messages::counsel::Touch;
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::messages_counsel as t,
    ui::{Cell, Column, DataTable, Row},
};

pub(super) fn log(l: Locale, touches: &[Touch], at: fn(Locale, Instant) -> String) -> AnyView {
    let head = [t::log_when(l), t::log_what(l), t::log_who(l)];
    let head = head.into_iter().map(Column::new).collect();
    let row = |touch: &Touch| {
        let at = at(l, Instant(touch.at));
        Row::new(vec![Cell::text(at), Cell::text(words::action(l, touch)), Cell::text(words::who(l, touch))])
    };
    let rows = touches.iter().map(row).collect();
    view! { <DataTable caption=t::log_title(l) head=head rows=rows/> }.into_any()
}
