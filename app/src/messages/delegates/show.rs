//! One whom she has named: where it stands, the code while she has just drawn it, for which clients, all that was done in her name;
//! a new code, and the end.

use backend::{
    Result, form_try,
    identity::delegates::{self, Acted, DelegationMark, FormKey, Mine},
};
use domain::{
    identity::{Delegated, EndedBy},
    kernel::{Locale, Public},
};
use leptos::prelude::*;

use super::{
    api::{CODE, END},
    log::log,
    words,
};
use crate::{
    i18n::{dates, messages_delegates as t},
    identity::here::{Here, page},
    messages::kept::Kept,
    public::NotFound,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid, PageHead,
        SummaryList, SummaryRow,
    },
};

#[component]
pub fn ShowPage() -> impl IntoView {
    let id: Option<Public<DelegationMark>> = request::param("public").and_then(|id| Public::parse(&id));
    page("messages_delegates", move |here| async move {
        let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
        match delegates::one(&here.ctx, &here.who, &id).await? {
            Some((mine, clients, acts)) => {
                let code = code(&here, &id).await?;
                Ok(whole(&here, &mine, (&clients, &acts), code))
            }
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

/// The code that she has just drawn for this one.
async fn code(here: &Here, id: &Public<DelegationMark>) -> Result<Option<String>> {
    let Some(key) = here.page.query("try") else { return Ok(None) };
    let kept = form_try::find(&here.ctx, &here.actor(), CODE, &key).await?.map(Kept::of);
    Ok(kept.filter(|kept| kept.is_about(id)).map(|kept| kept.value("code")))
}

fn whole(here: &Here, mine: &Mine, (clients, acts): (&[String], &[Acted]), code: Option<String>) -> AnyView {
    let l = here.locale();
    let back = Link::new(routes::MY_DELEGATES, t::list_title(l));
    let title = mine.named.name.clone();
    let code = code.filter(|_| mine.stands == Delegated::Waiting).map(|code| pass_on(here, mine, code));
    let (stands, rows, log) =
        (stands(l, mine), facts(l, mine, clients), (!waits(mine)).then(|| acted(l, acts)));
    let steps = steps(here, mine);
    view! {
        <PageGrid aside=words::bounds(l)>
            <PageHead title=title tab=t::show_tab(l) back=back/>
            {stands}
            {code}
            <SummaryList rows=rows/>
            {log}
            {steps}
        </PageGrid>
    }
    .into_any()
}

fn stands(l: Locale, mine: &Mine) -> AnyView {
    let (kind, text) = match mine.stands {
        Delegated::Waiting => (NoticeKind::Now, t::step_waiting(l)),
        Delegated::Lapsed => (NoticeKind::Warn, t::step_lapsed(l)),
        Delegated::Stands => (NoticeKind::Done, t::step_stands(l)),
        Delegated::RunOut => (NoticeKind::Info, t::step_run_out(l)),
        Delegated::Declined => (NoticeKind::Info, t::step_declined(l)),
        Delegated::Ended(EndedBy::Lawyer | EndedBy::Delegate) => (NoticeKind::Info, t::step_ended(l)),
    };
    view! { <Notice kind=kind title=words::stands(l, mine)><p>{text}</p></Notice> }.into_any()
}

fn pass_on(here: &Here, mine: &Mine, code: String) -> AnyView {
    let l = here.locale();
    let address = format!("{}{}", here.ctx.settings.server.base_url, routes::MY_LAWYERS);
    let until = dates::date_time(l, mine.over_at);
    let rows = vec![
        SummaryRow::view(t::code_address(l), view! { <span class="wire wire--long">{address}</span> }),
        SummaryRow::view(t::code_code(l), view! { <strong class="wire">{code}</strong> }),
    ];
    view! {
        <section class="section-rule stack">
            <h2>{t::code_title(l)}</h2>
            <p>{t::code_text(l, until)}</p>
            <SummaryList rows=rows/>
            <p>{t::code_once(l)}</p>
        </section>
    }
    .into_any()
}

fn facts(l: Locale, mine: &Mine, clients: &[String]) -> Vec<SummaryRow> {
    let clients = SummaryRow::new(t::fact_clients(l), clients.join("\n"));
    let clients = match waits(mine) || mine.stands == Delegated::Stands {
        true => {
            clients.change(routes::my_delegate_clients(&mine.public), t::choose_link(l), t::choose_about(l))
        }
        false => clients,
    };
    let mut rows = vec![];
    rows.extend(mine.signed.as_ref().map(|name| SummaryRow::new(t::fact_signed(l), name)));
    rows.extend([
        SummaryRow::new(t::fact_label(l), &mine.named.label),
        SummaryRow::new(t::fact_firm(l), &mine.named.firm),
        clients,
        SummaryRow::new(t::fact_until(l), dates::with_year(l, mine.valid_to)),
    ]);
    rows
}

fn waits(mine: &Mine) -> bool {
    matches!(mine.stands, Delegated::Waiting | Delegated::Lapsed)
}

fn acted(l: Locale, acts: &[Acted]) -> AnyView {
    let log = log(l, acts, true);
    view! { <h2>{t::log_title(l)}</h2>{log} }.into_any()
}

fn steps(here: &Here, mine: &Mine) -> Option<AnyView> {
    let l = here.locale();
    let waits = waits(mine);
    if !waits && mine.stands != Delegated::Stands {
        return None;
    }
    let (id, again) = (mine.public.to_string(), mine.public.to_string());
    let key: FormKey = here.ctx.chance.public();
    let key = key.to_string();
    let renew = waits.then(|| {
        view! {
            <Form action=format!("/api/{CODE}")>
                <HiddenInput name="id" value=again/>
                <HiddenInput name="key" value=key/>
                <Actions><Button text=t::code_new(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        }
    });
    let (text, button) = match waits {
        true => (t::end_text_waiting(l), t::end_waiting(l)),
        false => (t::end_text(l), t::end_button(l)),
    };
    Some(
        view! {
            {renew}
            <section class="section-rule stack">
                <h2>{t::end_title(l)}</h2>
                <p>{text}</p>
                <Form action=format!("/api/{END}")>
                    <HiddenInput name="id" value=id/>
                    <Actions><Button text=button kind=ButtonKind::Secondary/></Actions>
                </Form>
            </section>
        }
        .into_any(),
    )
}
