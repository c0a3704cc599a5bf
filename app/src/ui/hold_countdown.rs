//! The held time, counted down by the minute. Only a help: the server judges whether it is still held.
//! Without script it says what was true when the page was made. Aloud it speaks at 5, 2 and 1 minutes and at the
//! end, and at no other time.
use leptos::prelude::*;

/// Marks in the row: as many as a hold has minutes.
const MARKS: u32 = 10;

/// What is held, how long still, and a mark a minute. The words come one by one: each struct among an island's
/// properties costs the Wasm a reader of its own.
#[island]
pub fn HoldCountdown(
    /// What is held.
    title: String,
    /// Seconds left when the page was made.
    seconds: u32,
    /// "1 minutt igjen, til kl. 14.32".
    one: String,
    /// "{n} minutter igjen, til kl. 14.32".
    many: String,
    /// "Tiden er ikke lenger holdt av. Velg en ny."
    over: String,
) -> impl IntoView {
    let first = minutes(seconds);
    let (left, set_left) = signal(first);
    count_down(seconds, set_left);
    let words = Memo::new(move |_| said(left.get(), &one, &many, &over));
    let aloud = move || {
        let now = left.get();
        (now != first && is_said(now)).then(|| words.get())
    };
    view! {
        <div class="hold">
            <p class="hold-title">{title}</p>
            <p class="hold-text">{words}</p>
            <p class="visually-hidden" role="status">{aloud}</p>
            <div class="hold-marks" aria-hidden="true" inner_html=move || marks(left.get(), first)></div>
        </div>
    }
}

fn said(minutes: u32, one: &str, many: &str, over: &str) -> String {
    match minutes {
        0 => over.to_owned(),
        1 => one.to_owned(),
        n => many.replace("{n}", &n.to_string()),
    }
}

/// A mark a minute, those ahead filled.
fn marks(left: u32, first: u32) -> String {
    let mark = |n| if n < left { " hold-mark--left" } else { "" };
    (0..MARKS.max(first)).map(|n| ["<span class=\"hold-mark", mark(n), "\"></span>"].concat()).collect()
}

/// The minute that runs counts as whole.
fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60)
}

fn is_said(minutes: u32) -> bool {
    matches!(minutes, 5 | 2 | 1 | 0)
}

#[cfg(not(feature = "hydrate"))]
fn count_down(_seconds: u32, _left: WriteSignal<u32>) {}

/// By the clock on the wall, looked at often: a long timer stands still while a phone sleeps.
#[cfg(feature = "hydrate")]
fn count_down(seconds: u32, left: WriteSignal<u32>) {
    use gloo_timers::callback::Interval;
    use web_sys::js_sys::Date;

    let due = super::page_made::page_made() + f64::from(seconds) * 1000.0;
    let mut last = minutes(seconds);
    Interval::new(1000, move || {
        let seconds = ((due - Date::now()) / 1000.0).ceil().max(0.0) as u32;
        if minutes(seconds) != last {
            last = minutes(seconds);
            left.set(last);
        }
    })
    .forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_speaks_at_five_two_one_and_the_end() {
        let aloud: Vec<u32> = (0..=20).filter(|n| is_said(*n)).collect();
        assert_eq!(aloud, [0, 1, 2, 5]);
        assert_eq!([600, 541, 540, 61, 60, 1, 0].map(minutes), [10, 10, 9, 2, 1, 1, 0]);
        assert_eq!([0, 1, 7].map(|n| said(n, "one", "{n} left", "over")), ["over", "one", "7 left"]);
    }

    #[test]
    fn a_mark_stands_for_a_minute() {
        let count = |left, first| {
            let marks = marks(left, first);
            (marks.matches("<span").count(), marks.matches("--left").count())
        };
        assert_eq!(
            [count(10, 10), count(3, 10), count(17, 20), count(0, 4)],
            [(10, 10), (10, 3), (20, 17), (10, 0)]
        );
    }
}
