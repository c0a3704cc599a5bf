//! What of booking staff use on their own pages when they book for somebody: its refusals with their words, and its times.

use backend::{form_try::FormTry, visits::booking::Available};
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::{Day as FreeDay, Refusal},
};
use leptos::prelude::*;

use super::{
    told::{Told, kept_as, read_back},
    when::every_week,
    words,
};
use crate::{i18n::visits_booking as t, ui::FieldError};

/// Why nothing was booked, to be kept with what was chosen.
pub(in crate::visits) fn refused(refusals: Vec<Refusal>, chosen: (&'static str, String)) -> FormTry {
    kept_as(refusals.into_iter().map(Told::from).collect(), [chosen])
}

/// No time was chosen.
pub(in crate::visits) fn nothing_chosen() -> FormTry {
    kept_as(vec![Told::ChooseTime], [])
}

/// Too many book at once.
pub(in crate::visits) fn busy(chosen: (&'static str, String)) -> FormTry {
    kept_as(vec![Told::Busy], [chosen])
}

/// What was kept, in words, each at this field.
pub(in crate::visits) fn refusals(reader: Locale, kept: &FormTry, field: &str) -> Vec<FieldError> {
    let l = t::lang(reader);
    read_back(kept).iter().map(|told| FieldError::new(field, words::told(l, told, &[]))).collect()
}

/// The tab of a page with a form: that something is wrong stands first.
pub(in crate::visits) fn tab_of(reader: Locale, errors: &[FieldError], title: &str) -> String {
    words::tab(reader, errors, title)
}

/// The whole window at once; the visit that is moved has its own time marked.
pub(in crate::visits) fn all_times(reader: Locale, found: &Available, chosen: Option<String>) -> AnyView {
    let (l, days): (Locale, Vec<&FreeDay>) = (t::lang(reader), found.days.iter().collect());
    let mut weeks: Vec<CivilDate> = days.iter().map(|day| day.date.monday()).collect();
    weeks.dedup();
    view! { <div lang=l.code()>{every_week(l, found, chosen, &weeks, &days)}</div> }.into_any()
}
