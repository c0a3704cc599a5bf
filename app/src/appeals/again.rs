//! What was decided on an appeal, for whoever decides anew.

use backend::appeals::Ruling;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{appeals as t, dates},
    ui::{Notice, NoticeKind, SummaryList, SummaryRow},
};

pub(crate) fn to_decide_anew(l: Locale, ruling: Option<&Ruling>) -> Option<AnyView> {
    let (l, ruling) = (t::lang(l), ruling?);
    let rows = vec![
        SummaryRow::new(t::ruling_what(l), words::outcome(l, ruling.outcome)),
        SummaryRow::new(t::ruling_reason(l), &ruling.reason).lang(ruling.text_locale.code()),
        SummaryRow::new(t::target_basis(l), &ruling.legal_basis).lang("nb"),
        SummaryRow::new(t::target_made(l), dates::plain(l, ruling.at.date())),
    ];
    Some(
        view! {
            <Notice kind=NoticeKind::Now title=t::ruling_again(l)><SummaryList rows=rows/></Notice>
        }
        .into_any(),
    )
}
