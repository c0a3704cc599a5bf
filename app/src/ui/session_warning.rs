//! Says in good time that the session ends, and extends it without losing what is typed.
//! Without script nothing is shown: drafts are kept on the server, so nothing is lost either.
use leptos::prelude::*;

/// The words of the warning, in the reader's language.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct SessionTexts {
    /// "Du blir logget ut om to minutter."
    pub warning: String,
    /// "Fortsett".
    pub extend: String,
    /// "Du er logget ut. Alt annet er lagret."
    pub ended: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Quiet,
    Warning,
    Ended,
}

/// Shown `before` seconds before the session ends.
#[island]
pub fn SessionWarning(
    /// Seconds left of the session when the page was made.
    seconds: u32,
    /// How long before the end it warns.
    before: u32,
    /// Address that extends the session, `/auth/{area}/extend`.
    action: String,
    /// The words.
    texts: SessionTexts,
) -> impl IntoView {
    let (phase, set_phase) = signal(Phase::Quiet);
    arm(seconds, before, set_phase);
    let extend = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        extend_session(action_of(&event), seconds, before, set_phase);
    };
    let form_action = action;
    let SessionTexts { warning, extend: extend_text, ended } = texts;
    view! {
        <div class="session-warning" role="status">
            <form class="notice notice--warn" method="post" action=form_action on:submit=extend
                hidden=move || phase.get() != Phase::Warning>
                <p><strong>{warning}</strong></p>
                <button class="link-button" type="submit">{extend_text}</button>
            </form>
            <p class="notice notice--warn" hidden=move || phase.get() != Phase::Ended>{ended}</p>
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
fn arm(_seconds: u32, _before: u32, _phase: WriteSignal<Phase>) {}

#[cfg(not(feature = "hydrate"))]
fn extend_session(_action: String, _seconds: u32, _before: u32, _phase: WriteSignal<Phase>) {}

#[cfg(not(feature = "hydrate"))]
fn action_of(_event: &leptos::ev::SubmitEvent) -> String {
    String::new()
}

/// Two timers: one for the warning, one for the end.
#[cfg(feature = "hydrate")]
fn arm(seconds: u32, before: u32, phase: WriteSignal<Phase>) {
    use gloo_timers::callback::Timeout;

    let warn_in = seconds.saturating_sub(before).saturating_mul(1000);
    let end_in = before.min(seconds).saturating_mul(1000);
    Timeout::new(warn_in, move || {
        phase.set(Phase::Warning);
        Timeout::new(end_in, move || {
            phase.update(|now| {
                if *now == Phase::Warning {
                    *now = Phase::Ended;
                }
            });
        })
        .forget();
    })
    .forget();
}

#[cfg(feature = "hydrate")]
fn action_of(event: &leptos::ev::SubmitEvent) -> String {
    use leptos::wasm_bindgen::JsCast;

    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
        .map(|form| form.action())
        .unwrap_or_default()
}

#[cfg(feature = "hydrate")]
fn extend_session(action: String, seconds: u32, before: u32, phase: WriteSignal<Phase>) {
    leptos::task::spawn_local(async move {
        let answer = gloo_net::http::Request::post(&action).send().await;
        if answer.is_ok_and(|response| response.ok()) {
            phase.set(Phase::Quiet);
            arm(seconds, before, phase);
        } else {
            phase.set(Phase::Ended);
        }
    });
}
