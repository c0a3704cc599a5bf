//! Says in good time that the session ends, and extends it in place, so that nothing typed is lost.
//! Without script nothing is shown: the server keeps what is sent after the end.
use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use super::page_made::page_made;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Quiet,
    Warning,
    Last,
    Ended,
}

/// Shown `before` seconds before the session ends. The words come one by one: each struct among an island's
/// properties costs the Wasm a reader of its own.
#[island]
pub fn SessionWarning(
    /// Seconds from the making of the page to the end, if nothing more happens.
    seconds: u32,
    /// Seconds from the making of the page to the end, whatever happens.
    longest: u32,
    /// How long before the end it warns.
    before: u32,
    /// Address that extends the session, `/auth/{area}/extend`.
    action: String,
    /// "Du blir logget ut om to minutter."
    warning: String,
    /// "Fortsett".
    go_on: String,
    /// The warning when the session cannot be made any longer.
    last: String,
    /// "Du er logget ut."
    ended: String,
) -> impl IntoView {
    let (phase, set_phase) = signal(Phase::Quiet);
    let ends = StoredValue::new(Ends::after(page_made(), seconds, longest));
    watch(ends, before, set_phase);
    let address = action.clone();
    let extend = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        extend_session(address.clone(), ends, before, set_phase);
    };
    view! {
        <div class="session-warning" role="status">
            <form class="notice notice--warn" method="post" action=action on:submit=extend
                hidden=move || phase.get() != Phase::Warning>
                <p><strong>{warning}</strong></p>
                <button class="link-button" type="submit">{go_on}</button>
            </form>
            <p class="notice notice--warn" hidden=move || phase.get() != Phase::Last>{last}</p>
            <p class="notice notice--warn" hidden=move || phase.get() != Phase::Ended>{ended}</p>
        </div>
    }
}

/// When it ends, on the browser's clock in milliseconds.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser waits"))]
struct Ends {
    idle: f64,
    absolute: f64,
}

impl Ends {
    fn after(start: f64, seconds: u32, longest: u32) -> Self {
        let later = |seconds: u32| start + f64::from(seconds) * 1000.0;
        Self { idle: later(seconds), absolute: later(longest) }
    }

    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser waits"))]
    fn phase(self, now: f64, before: u32) -> Phase {
        if now >= self.idle {
            Phase::Ended
        } else if now < self.idle - f64::from(before) * 1000.0 {
            Phase::Quiet
        } else if self.idle >= self.absolute {
            Phase::Last
        } else {
            Phase::Warning
        }
    }
}

#[cfg(not(feature = "hydrate"))]
fn page_made() -> f64 {
    0.0
}

#[cfg(not(feature = "hydrate"))]
fn watch(_ends: StoredValue<Ends>, _before: u32, _phase: WriteSignal<Phase>) {}

#[cfg(not(feature = "hydrate"))]
fn extend_session(_action: String, _ends: StoredValue<Ends>, _before: u32, _phase: WriteSignal<Phase>) {}

#[cfg(feature = "hydrate")]
fn now() -> f64 {
    web_sys::js_sys::Date::now()
}

/// Looks at the clock on the wall, for a long timer stands still while a laptop sleeps. Says a thing once.
/// The first look comes when the island is alive: what a signal says before, hydration takes for shown already.
#[cfg(feature = "hydrate")]
fn watch(ends: StoredValue<Ends>, before: u32, phase: WriteSignal<Phase>) {
    let look = move || {
        let next = ends.get_value().phase(now(), before);
        phase.maybe_update(|now| {
            let changed = *now != next;
            *now = next;
            changed
        });
    };
    gloo_timers::callback::Interval::new(1_000, look).forget();
}

/// The server answers with the seconds that are left, to the idle end and to the last one.
#[cfg(feature = "hydrate")]
fn extend_session(action: String, ends: StoredValue<Ends>, before: u32, phase: WriteSignal<Phase>) {
    leptos::task::spawn_local(async move {
        let start = now();
        let request = gloo_net::http::Request::post(&action)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("");
        let Ok(request) = request else { return };
        // No network is not the end of the session: the warning stays, and can be answered again.
        let Ok(answer) = request.send().await else { return };
        // Only a server that says so has ended it; one that is busy will be asked again.
        let text = match answer.status() {
            200 => answer.text().await.unwrap_or_default(),
            401 => String::new(),
            _ => return,
        };
        let mut left = text.split_whitespace().map(|word| word.parse().unwrap_or_default());
        let (idle, absolute) = (left.next().unwrap_or_default(), left.next().unwrap_or_default());
        ends.set_value(Ends::after(start, idle, absolute));
        phase.set(ends.get_value().phase(now(), before));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_warns_in_time_and_offers_only_what_can_be_had() {
        let (usual, last) = (Ends::after(0.0, 1800, 7200), Ends::after(0.0, 600, 600));
        let table = [
            (usual, 0.0, Phase::Quiet),
            (usual, 1_679_999.0, Phase::Quiet),
            (usual, 1_680_000.0, Phase::Warning),
            (usual, 1_800_000.0, Phase::Ended),
            (last, 479_999.0, Phase::Quiet),
            (last, 480_000.0, Phase::Last),
            (last, 600_000.0, Phase::Ended),
            (Ends::after(5_000.0, 0, 0), 5_000.0, Phase::Ended),
        ];
        for (ends, now, expected) in table {
            assert_eq!(ends.phase(now, 120), expected, "{now}");
        }
    }
}
