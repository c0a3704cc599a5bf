//! His side before he acts: the field for a code, and the question with yes and no. Who the clients are is not told yet.

use backend::{Result, form_try, identity::delegates::Asked};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::{ANSWER, STOP, TYPED},
    words::wrong,
};
use crate::{
    i18n::{dates, messages_delegates as t},
    identity::here::Here,
    messages::kept::Kept,
    routes,
    ui::{
        Actions, Button, ButtonKind, Field, FieldError, Form, HiddenInput, Link, Notice, NoticeKind,
        PageGrid, PageHead, SummaryList, SummaryRow, Width,
    },
};

/// The form that takes a code, what was wrong with it, and what was just done.
pub(crate) async fn typed(here: &Here) -> Result<(Vec<FieldError>, String, AnyView)> {
    let l = here.locale();
    let kept = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), TYPED, &key).await?.map(Kept::of),
        None => None,
    };
    let kept = kept.unwrap_or_default();
    let done = match kept.what().as_str() {
        "declined" => Some(t::done_declined(l)),
        "ended" => Some(t::done_ended(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let (value, error) = (kept.value("code"), kept.error(l, wrong, "code"));
    let form = view! {
        {done}
        <section class="section-rule stack">
            <h2>{t::type_title(l)}</h2>
            <Form action=format!("/api/{TYPED}")>
                <Field name="code" label=t::type_label(l) hint=t::type_hint(l) value=value error=error
                    width=Width::Half autocomplete="off"/>
                <Actions><Button text=t::type_send(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </section>
    };
    Ok((kept.summary(l, wrong), kept.tab(l, t::his_title(l)), form.into_any()))
}

/// What he is asked, plainly, before he says yes or no.
pub(crate) fn ask(here: &Here, asked: &Asked) -> AnyView {
    let l = here.locale();
    let (lawyer, id) = (asked.lawyer.as_str(), asked.public.to_string());
    let rows = vec![
        SummaryRow::new(t::ask_lawyer(l), format!("{lawyer}\n{}", asked.named.firm)),
        SummaryRow::new(t::ask_as(l), &asked.named.label),
        SummaryRow::new(t::ask_how_many(l), t::ask_clients(l, asked.clients)),
        SummaryRow::new(t::fact_until(l), dates::with_year(l, asked.valid_to)),
    ];
    let points = [t::ask_may(l), t::ask_name(l), t::ask_not(l), t::ask_secret(l), t::ask_end(l)];
    let points = points.map(|text| view! { <li>{text}</li> }).into_iter().collect_view();
    let back = Link::new(routes::MY_LAWYERS, t::his_title(l));
    let (title, lead) = (t::ask_title(l, lawyer), t::ask_lead(l, lawyer));
    view! {
        <PageGrid>
            <PageHead title=title tab=t::ask_tab(l) lead=lead back=back/>
            <SummaryList rows=rows/>
            <h2>{t::ask_means(l)}</h2>
            <ul>{points}</ul>
            <Form action=format!("/api/{ANSWER}")>
                <HiddenInput name="id" value=id/>
                <Actions>
                    <Button text=t::ask_yes(l) name="answer" value="yes"/>
                    <Button text=t::ask_no(l) kind=ButtonKind::Secondary name="answer" value="no"/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// He ends it himself, at once.
pub(crate) fn end_form(l: Locale, asked: &Asked) -> AnyView {
    let id = asked.public.to_string();
    view! {
        <section class="section-rule stack">
            <h2>{t::stop_title(l)}</h2>
            <p>{t::stop_text(l)}</p>
            <Form action=format!("/api/{STOP}")>
                <HiddenInput name="id" value=id/>
                <Actions><Button text=t::stop_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </section>
    }
    .into_any()
}
