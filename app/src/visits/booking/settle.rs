//! What was found about a booked visit, and that somebody lets it stand all the same. Beside it stands cancelling.

use backend::visits::booking::StaffVisit;
use domain::{kernel::Locale, visits::booking::Settled};
use leptos::prelude::*;

use super::{api::STAFF_SETTLE, door, staff::Desk};
use crate::{
    i18n::visits_booking as t,
    ui::{
        Actions, Button, ButtonKind, Choice, FieldError, Form, HiddenInput, Notice, NoticeKind, RadioGroup,
    },
};

pub(super) const WHY: &str = "why";

/// Nothing when there is nothing to settle.
pub(super) fn settle(desk: &Desk, visit: &StaffVisit, errors: &[FieldError]) -> Option<AnyView> {
    let (l, row) = (desk.locale(), &visit.row);
    if row.doubts.is_empty() && !visit.unsettled {
        return None;
    }
    let found = door::doubts(l, row).into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let form = visit.unsettled.then(|| form(l, visit, FieldError::of(errors, WHY)));
    Some(
        view! {
            <Notice kind=NoticeKind::Warn title=t::day_settle(l)><ul>{found}</ul></Notice>
            {form}
        }
        .into_any(),
    )
}

fn form(l: Locale, visit: &StaffVisit, error: Option<String>) -> AnyView {
    let (public, version) = (visit.row.public.to_string(), visit.row.version.to_string());
    let word = |why| match why {
        Settled::Agreed => t::settle_agreed(l),
        Settled::Allowed => t::settle_allowed(l),
        Settled::Mistaken => t::settle_mistaken(l),
    };
    let options = Settled::ALL.map(|why| Choice::new(why.code(), word(why))).into();
    view! {
        <Form action=STAFF_SETTLE>
            <HiddenInput name="public" value=public/>
            <HiddenInput name="version" value=version/>
            <RadioGroup name=WHY legend=t::settle_legend(l) hint=t::settle_hint(l) options=options error=error/>
            <Actions><Button text=t::settle_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
