//! In which wing of the unit he lives: one choice.

use backend::{
    custody::inmates::Inmate,
    visits::wings::{self, OfInmate},
};
use domain::{kernel::Public, visits::booking::wings::Wing};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{self, Desk, hidden, parsed, reader};
use crate::{
    error::WireError,
    forms::Row,
    i18n::inmates as t,
    identity::here::failed,
    request, routes,
    ui::{
        Actions, Button, Choice, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid, PageHead, RadioGroup,
    },
};

/// Where the form is sent.
const PUT: &str = "staff/inmates/wing";
/// In no wing.
const NONE: &str = "none";

/// The names the form sends.
pub const FORMS: &[Row] = &[(PUT, &["inmate", "wing"])];

#[component]
pub fn WingPage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let found = wings::of_inmate(&desk.ctx, &desk.who, &public).await?;
        Ok(found.map(|his| shown(&desk, &public, &his)))
    })
}

fn shown(desk: &Desk, public: &Public<Inmate>, his: &OfInmate) -> AnyView {
    let l = desk.l;
    let back = Link::new(routes::staff_inmate_for(public, "handle_case", None), his.name.clone());
    let done = match desk.page.query("done").as_deref() {
        Some("put") => Some((NoticeKind::Done, t::wing_done(l))),
        Some("gone") => Some((NoticeKind::Error, t::wing_gone(l))),
        _ => None,
    };
    let done = done.map(|(kind, title)| view! { <Notice kind=kind title=title/> });
    let none = Choice::new(NONE, t::wing_none(l));
    let options: Vec<Choice> =
        his.wings.iter().map(|one| Choice::new(one.public.to_string(), &one.name)).collect();
    let form = if options.is_empty() {
        view! { <p>{t::wing_no_list(l)}</p> }.into_any()
    } else {
        let now = his.now.as_ref().map_or_else(|| NONE.to_owned(), ToString::to_string);
        let (inmate, options) = (public.to_string(), options.into_iter().chain([none]).collect());
        view! {
            <Form action=format!("/api/{PUT}")>
                <HiddenInput name="inmate" value=inmate/>
                <RadioGroup name="wing" legend=t::wing_legend(l) options=options value=now/>
                <Actions><Button text=t::wing_button(l)/></Actions>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageGrid>
            <PageHead title=t::wing_title(l) lead=t::wing_lead(l) back=back/>
            {done}
            {form}
        </PageGrid>
    }
    .into_any()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WingPost {
    inmate: String,
    wing: String,
}

#[server(endpoint = "staff/inmates/wing")]
pub async fn put_inmate_in_wing(#[server(flatten)] form: WingPost) -> Result<(), WireError> {
    let desk = reader()?;
    let inmate: Public<Inmate> = parsed(&form.inmate)?;
    let wing: Option<Public<Wing>> = if form.wing == NONE { None } else { Some(parsed(&form.wing)?) };
    let put = wings::put_inmate(&desk.ctx, &desk.who, &inmate, wing.as_ref()).await.map_err(failed)?;
    let done = if put.ok_or_else(hidden)? { "put" } else { "gone" };
    request::redirect(&format!("{}?done={done}", routes::staff_inmate_wing(&inmate)));
    Ok(())
}
