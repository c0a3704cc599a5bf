//! The way from a decision to its appeal: to write one, or to the one that stands.

use backend::{appeals::Mine, decision::NewDecision};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use crate::{
    i18n::appeals_mine as t,
    routes,
    ui::{Actions, ButtonKind, LinkButton},
};

/// `about` tells a screen reader which decision, where a page has several. Decisions made together have one appeal.
pub(crate) fn way_to_appeal(
    l: Locale,
    decisions: &[&Public<NewDecision>],
    appeals: &[Mine],
    about: String,
) -> Option<AnyView> {
    let l = t::lang(l);
    let first = decisions.first()?;
    let standing = appeals.iter().find(|a| a.state != "withdrawn" && decisions.contains(&&a.decision));
    let (href, text) = match standing {
        Some(appeal) => (routes::my_appeal(&appeal.public), t::way_see(l)),
        None => (routes::my_appeal_new(first), t::way_write(l)),
    };
    Some(
        view! {
            <Actions><LinkButton href=href text=text about=about kind=ButtonKind::Secondary/></Actions>
        }
        .into_any(),
    )
}
