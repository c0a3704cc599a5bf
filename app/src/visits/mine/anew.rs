//! What becomes of a leave that was decided: it goes with him when he is moved, and a unit may decide anew.

use backend::visits::clearance::Tracked;
use domain::{kernel::Locale, visits::clearance::Ground};
use leptos::prelude::*;

use crate::{
    i18n::{dates, visits_mine as t},
    routes,
    ui::{Actions, ButtonKind, LinkButton, Notice, NoticeKind},
};

/// Where it holds now, or by when the new unit has looked at it.
pub(super) fn carried(l: Locale, case: &Tracked) -> Option<AnyView> {
    let carried = case.carried.as_ref()?;
    let view = match carried.waits_until {
        Some(by) => {
            let text = t::carried_waits_text(l, dates::long_date(l, by));
            view! {
                <Notice title=t::carried_waits(l, &carried.unit_name)><p>{text}</p></Notice>
            }
            .into_any()
        }
        None => view! {
            <Notice kind=NoticeKind::Done title=t::carried_holds(l, &carried.unit_name)>
                <p>{t::carried_holds_text(l)}</p>
            </Notice>
        }
        .into_any(),
    };
    Some(view)
}

/// It is decided anew: why, what stands meanwhile, and that she may say what she thinks first.
pub(super) fn under_way(l: Locale, case: &Tracked) -> AnyView {
    let why = case.reconsidered.map(|ground| view! { <p>{t::anew_why(l, words(l, ground))}</p> });
    let write = routes::message_about(&case.public);
    view! {
        <Notice kind=NoticeKind::Now title=t::anew_title(l)>
            {why}
            <p>{t::anew_text(l)}</p>
        </Notice>
        <Actions><LinkButton href=write text=t::anew_write(l) kind=ButtonKind::Secondary/></Actions>
    }
    .into_any()
}

fn words(l: Locale, ground: Ground) -> String {
    match ground {
        Ground::NewFacts => t::ground_new_facts(l),
        Ground::Conduct => t::ground_conduct(l),
        Ground::Security => t::ground_security(l),
        Ground::Milder => t::ground_milder(l),
        Ground::Moved => t::ground_moved(l),
    }
}
