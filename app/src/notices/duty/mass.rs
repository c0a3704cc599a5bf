//! A mass that is held: what would go out, in numbers and without a name, who has said what, and the two ways on. One
//! person alone can settle nothing.

use backend::notices::breaker::{HeldMass, WouldTell};
use domain::{
    kernel::{Instant, Locale},
    notices::Hold,
};
use leptos::prelude::*;

use super::{forms, words};
use crate::{
    i18n::{dates, notices_desk, notices_duty as t},
    notices::desk::{
        fields::Fields,
        parts::{Desk, action},
        words as known,
    },
    ui::{Actions, Button, ButtonKind, Cell, Column, DataTable, FieldMessage, Form, HiddenInput, Row},
};

#[component]
pub(super) fn Mass(desk: Desk, held: HeldMass, lines: Vec<WouldTell>, said: Fields) -> impl IntoView {
    let l = desk.l;
    let head = vec![
        Column::new(notices_desk::column_what(l)),
        Column::number(t::mass_recipients(l)),
        Column::number(t::mass_texts(l)),
        Column::new(t::mass_first(l)),
        Column::new(t::mass_last(l)),
    ];
    let rows = lines.iter().map(|line| row(l, line)).collect();
    let note = t::mass_note(l, held.recipients, held.decisions, dates::date_time(l, held.opened_at));
    view! {
        <section class="mass section-rule" aria-labelledby="mass">
            <h2 id="mass">{t::mass_title(l)}</h2>
            <p>{t::mass_text(l)}</p>
            <p>{note}</p>
            <DataTable caption=t::mass_caption(l) head=head rows=rows labels=true/>
            <p><strong>{who_said(&desk, &held.hold)}</strong></p>
            <Form action=action(forms::MASS)>
                <HiddenInput name="id" value=held.public.to_string()/>
                <div id="what" tabindex="-1">
                    <FieldMessage id="what".to_owned() text=said.error(l, "what").into()/>
                </div>
                <Actions>
                    <Button text=t::mass_release_button(l) name="what" value="release"/>
                    <Button text=t::mass_drop_button(l) name="what" value="drop" kind=ButtonKind::Secondary/>
                </Actions>
            </Form>
        </section>
    }
}

fn row(l: Locale, line: &WouldTell) -> Row {
    let kind = known::kind_of(l, &line.kind);
    let day = |at: i64| dates::plain(l, Instant(at).date());
    Row::new(vec![
        if line.cancelled == 1 { Cell::two(kind, t::mass_cancelled(l)) } else { Cell::text(kind) },
        Cell::text(line.recipients.to_string()),
        Cell::text(line.texts.to_string()),
        Cell::text(day(line.first_at)),
        Cell::text(day(line.last_at)),
    ])
}

fn who_said(desk: &Desk, hold: &Hold) -> String {
    let l = desk.l;
    match hold {
        Hold::Once { by, what } if by == desk.who.staff.as_str() => t::mass_you(l, words::verdict(l, *what)),
        Hold::Once { what, .. } => t::mass_other(l, words::verdict(l, *what)),
        Hold::Held | Hold::Settled { .. } => t::mass_nobody(l),
    }
}
