//! The form: who, what he is to her, her firm, for which clients, until when. All her clients of today are chosen as it opens.

use backend::{
    Result, form_try,
    identity::delegates::{self, Client, FormKey},
};
use leptos::prelude::*;

use super::{
    api::NAME,
    words::{self, wrong},
};
use crate::{
    i18n::{common, dates, messages_delegates as t},
    identity::here::{Here, page},
    messages::{date::date, kept::Kept},
    public::NotFound,
    routes,
    ui::{
        Actions, Button, CheckboxGroup, Choice, ErrorSummary, Field, Form, HiddenInput, Link, PageGrid,
        PageHead,
    },
};

/// The list of her clients, as a name of the form.
pub(super) const LIST: &str = "clients[]";

#[component]
pub fn NewPage() -> impl IntoView {
    page("messages_delegates", new)
}

async fn new(here: Here) -> Result<AnyView> {
    let l = here.locale();
    let clients = delegates::clients(&here.ctx, &here.who).await?;
    if clients.is_empty() {
        return Ok(view! { <NotFound/> }.into_any());
    }
    let kept = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), NAME, &key).await?.map(Kept::of),
        None => None,
    };
    let kept = kept.unwrap_or_default();
    let last = here.page.now.date().plus_days(delegates::longest(&here.ctx).await?);
    let until = t::until_hint(l, dates::with_year(l, last));
    let (errors, tab) = (kept.summary(l, wrong), kept.tab(l, t::new_title(l)));
    let form = form(&here, &clients, &kept, until);
    Ok(view! {
        <PageGrid aside=words::bounds(l)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::new_title(l) tab=tab lead=t::new_lead(l)
                back=Link::new(routes::MY_DELEGATES, t::list_title(l))/>
            {form}
        </PageGrid>
    }
    .into_any())
}

fn form(here: &Here, clients: &[Client], kept: &Kept, until: String) -> AnyView {
    let l = here.locale();
    // The same form again is the same delegate, also after it was refused.
    let drawn: FormKey = here.ctx.chance.public();
    let key = Some(kept.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| drawn.to_string());
    let [name, label, firm] = ["name", "label", "firm"].map(|field| kept.value(field));
    let [bad_name, bad_label, bad_firm, bad_clients] =
        ["name", "label", "firm", LIST].map(|field| kept.error(l, wrong, field));
    let until = date(l, kept, wrong, "valid_to", t::until_label(l), Some(until));
    let (options, values) = chosen(clients, kept);
    view! {
        <Form action=format!("/api/{NAME}")>
            <HiddenInput name="key" value=key/>
            <Field name="name" label=t::name_label(l) hint=t::name_hint(l) value=name error=bad_name
                autocomplete="off"/>
            <Field name="label" label=t::label_label(l) hint=t::label_hint(l) value=label error=bad_label
                autocomplete="off"/>
            <Field name="firm" label=t::firm_label(l) hint=t::firm_hint(l) value=firm error=bad_firm
                autocomplete="organization"/>
            <CheckboxGroup name=LIST legend=t::clients_label(l) hint=t::clients_hint(l) options=options
                values=values error=bad_clients/>
            {until}
            <Actions><Button text=t::new_send(l)/></Actions>
        </Form>
    }
    .into_any()
}

pub(super) fn options(clients: &[Client]) -> Vec<Choice> {
    clients.iter().map(|one| Choice::new(one.inmate.to_string(), one.name.as_str())).collect()
}

/// What was refused keeps what was chosen.
fn chosen(clients: &[Client], kept: &Kept) -> (Vec<Choice>, Vec<String>) {
    let options = options(clients);
    let values = if kept.is_wrong() {
        kept.value("clients").split(' ').map(str::to_owned).collect()
    } else {
        clients.iter().map(|one| one.inmate.to_string()).collect()
    };
    (options, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_clients_are_chosen_until_she_chooses() {
        let client = |id: &str| Client {
            inmate: domain::kernel::Public::parse(&id.repeat(26)).expect("an id"),
            name: id.to_owned(),
        };
        let clients = [client("1"), client("2")];
        assert_eq!(chosen(&clients, &Kept::default()).1.len(), 2);
        let kept = Kept::new([("clients", "2".repeat(26))]).wrong("name", "empty");
        assert_eq!(chosen(&clients, &kept).1, ["2".repeat(26)]);
    }
}
