//! The notice on paper, for whoever has no eID or cannot be rung: the words of her own page, in her language. Shown to
//! whoever has taken the task, and never for a protected address.

use backend::notices::{
    TaskRow,
    duty::{self, Call},
    mine::Notice,
};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    i18n::{dates, notices_duty as t},
    notices::{
        desk::parts::{self, Desk},
        mine,
    },
    routes,
    ui::{Actions, Link, PageHead, PrintButton},
};

#[component]
pub fn LetterPage() -> impl IntoView {
    let id = parts::named::<TaskRow>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(call) = duty::call(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        Ok(may_go(&call).map(|(address, notice)| shown(&desk, &call, address, notice)))
    })
}

/// What a letter needs: a task that is hers who prints it, something to tell, and where to send it.
pub(super) fn may_go(call: &Call) -> Option<(&str, &Notice)> {
    let open = call.mine && !call.protected;
    open.then_some((call.address.as_deref()?, call.notice.as_ref()?))
}

fn shown(desk: &Desk, call: &Call, address: &str, notice: &Notice) -> AnyView {
    let back = Link::new(routes::staff_call(&call.public), t::call_tab(desk.l));
    let (l, words) = (desk.l, letter(desk, call.language, notice));
    let to = format!("{}\n{address}", call.name);
    view! {
        <div class="no-print stack">
            <PageHead title=t::letter_tab(l) note=t::letter_how(l) back=back/>
            <Actions><PrintButton text=t::letter_link(l)/></Actions>
        </div>
        <div class="stack">
            <p class="officer-text">{to}</p>
            <div class="stack" lang=call.language.code()>{words}</div>
        </div>
    }
    .into_any()
}

fn letter(desk: &Desk, l: Locale, notice: &Notice) -> AnyView {
    let number = desk.ctx.settings.notices.answered_at.clone();
    view! {
        <p>{dates::with_year(l, desk.now().date())}</p>
        <p>{t::letter_greeting(l)}</p>
        {mine::told(l, notice)}
        <p>{t::letter_why(l)}</p>
        <p>{t::letter_ring(l, number)}</p>
        {mine::ring_now(l, &desk.ctx)}
        <p>{t::letter_stop(l)}</p>
    }
    .into_any()
}
