//! Free times in rows under week rules, and the time that is held.
use leptos::prelude::*;

use super::text::MaybeText;

/// A week: a label, an ink rule, and its days.
#[component]
pub fn Week(
    /// "Uke 38".
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! { <section class="week"><h2 class="week-label">{label}</h2>{children()}</section> }
}

/// A day: its date, and either slots or the reason why there are none.
#[component]
pub fn Day(
    /// "lør. 19. sept."
    #[prop(into)]
    date: String,
    /// What the calendar leads to.
    #[prop(optional, into)]
    id: MaybeText,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="day" id=id.into_option() tabindex="-1" role="group" aria-label=date.clone()>
            <h3 class="day-date">{date.clone()}</h3><div class="day-slots">{children()}</div>
        </div>
    }
}

/// One free time, a radio row.
#[component]
pub fn Slot(
    /// Submitted name.
    #[prop(into)]
    name: String,
    /// Submitted value; the id is made of it.
    #[prop(into)]
    value: String,
    /// "11.00–12.00".
    #[prop(into)]
    time: String,
    /// The room, as its unit has named it, in Norwegian.
    #[prop(optional, into)]
    room: MaybeText,
    /// How many are left.
    #[prop(optional, into)]
    text: MaybeText,
    /// Chosen.
    #[prop(optional)]
    checked: bool,
    /// Held for this person: ember.
    #[prop(optional)]
    held: bool,
    /// Another id, so that the error summary reaches the first slot.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let id = id.into_option().unwrap_or_else(|| format!("{name}-{value}"));
    let (room, text) = (room.into_option(), text.into_option());
    let dot = (room.is_some() && text.is_some()).then_some(" · ");
    let note = (room.is_some() || text.is_some()).then(|| {
        let room = room.map(|room| view! { <span lang="nb">{room}</span> });
        view! { <span class="slot-note">{room}{dot}{text}</span> }
    });
    view! {
        <label class=if held { "slot slot--held" } else { "slot" } for=id.clone()>
            <input class="choice-input" type="radio" id=id.clone() name=name value=value checked=checked />
            <span class="slot-words"><span class="slot-time">{time}</span>{note}</span>
        </label>
    }
}

/// The time that is held: a clock time in words, and a mark a minute.
#[component]
pub fn Hold(
    /// What is held, or how long.
    #[prop(into)]
    title: String,
    /// "Tiden er holdt av til kl. 14.32".
    #[prop(into)]
    text: String,
    /// Minutes left.
    left: usize,
    /// Minutes in all.
    #[prop(default = 10)]
    total: usize,
) -> impl IntoView {
    let marks = (0..total).map(|minute| {
        view! { <span class=if minute < left { "hold-mark hold-mark--left" } else { "hold-mark" }></span> }
    });
    view! {
        <div class="hold">
            <p class="hold-title">{title}</p><p class="hold-text">{text}</p>
            <div class="hold-marks" aria-hidden="true">{marks.collect_view()}</div>
        </div>
    }
}
