//! From whom he is kept apart: the list, and another one found and added for a reason of a closed list.

use backend::{
    custody::{finding::Found, inmates::Inmate},
    inmates,
    visits::{
        apart::{self, ApartRefusal, Pair},
        clearance::LookReason,
    },
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::apart::{ApartReason, KeptApart},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{self, Desk, hidden, parsed, reader};
use crate::{
    appeals::fields::Fields,
    error::WireError,
    forms::Row,
    i18n::{common, dates, inmates as t},
    identity::here::failed,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Field, Form, HiddenInput, IconName, Kind, Link,
        Notice, NoticeKind, PageGrid, PageHead, RadioGroup, Select, SummaryList, SummaryRow,
    },
};

/// Where the forms are sent, which is also the name they are kept under.
const FIND: &str = "staff/inmates/apart/find";
const KEEP: &str = "staff/inmates/apart/keep";
const END: &str = "staff/inmates/apart/end";

/// The names each form sends.
pub const FORMS: &[Row] = &[
    (FIND, &["inmate", "text"]),
    (KEEP, &["inmate", "text", "other", "reason"]),
    (END, &["inmate", "pair"]),
];

#[component]
pub fn ApartPage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let reason = LookReason::HandleCase;
        let opened = apart::open(&desk.ctx, &desk.who, &public, reason).await?;
        let Some(opened) = opened else { return Ok(None) };
        let fields = tried(&desk).await?;
        let found = match fields.value("text").trim() {
            "" => None,
            text => Some(inmates::search(&desk.ctx, &desk.who, text, reason).await?),
        };
        Ok(Some(shown(&desk, &public, opened, (&fields, found))))
    })
}

/// The form that came back: of the search, or with the choice.
async fn tried(desk: &Desk) -> backend::Result<Fields> {
    let kept = desk.tried(KEEP).await?;
    if kept.value("text").is_empty() { desk.tried(FIND).await } else { Ok(kept) }
}

fn shown(
    desk: &Desk,
    public: &Public<Inmate>,
    opened: apart::Opened,
    (fields, found): (&Fields, Option<Vec<Found>>),
) -> AnyView {
    let l = desk.l;
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::apart_title(l)));
    let back =
        Link::new(routes::staff_inmate_for(public, LookReason::HandleCase.code(), None), opened.name.clone());
    let done = match desk.page.query("done").as_deref() {
        Some("kept") => Some(t::apart_done_kept(l)),
        Some("ended") => Some(t::apart_done_ended(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let pairs = match opened.pairs.is_empty() {
        true => view! { <p>{t::apart_none(l)}</p> }.into_any(),
        false => opened.pairs.iter().map(|pair| one(l, public, pair)).collect_view().into_any(),
    };
    let (find, choose) = (find(l, public, fields), found.map(|found| choose(l, public, fields, found)));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageGrid>
            <PageHead title=t::apart_title(l) tab=tab lead=t::apart_lead(l) back=back/>
            {done}
            {pairs}
            <h2>{t::apart_add(l)}</h2>
            {find}
            {choose}
        </PageGrid>
    }
    .into_any()
}

fn one(l: Locale, public: &Public<Inmate>, pair: &Pair) -> AnyView {
    let name = pair.other_name.clone().unwrap_or_else(|| t::apart_elsewhere(l));
    let rows = vec![
        SummaryRow::new(t::apart_from(l), &name),
        SummaryRow::new(t::apart_reason(l), reason(l, pair.reason)),
        SummaryRow::new(t::apart_since(l), dates::date_time_with_year(l, pair.since)),
    ];
    let (inmate, pair, button) = (public.to_string(), pair.public.to_string(), t::apart_end(l, &name));
    view! {
        <SummaryList rows=rows/>
        <Form action=format!("/api/{END}")>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="pair" value=pair/>
            <Actions><Button text=button kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn find(l: Locale, public: &Public<Inmate>, fields: &Fields) -> AnyView {
    let (inmate, text, bad) = (public.to_string(), fields.value("text"), fields.error(l, wrong, "text"));
    view! {
        <Form action=format!("/api/{FIND}")>
            <HiddenInput name="inmate" value=inmate/>
            <Field name="text" label=t::text_label(l) hint=t::text_hint(l) value=text error=bad
                kind=Kind::Search autocomplete="off"/>
            <Actions><Button text=t::find(l) kind=ButtonKind::Secondary icon=IconName::Search/></Actions>
        </Form>
    }
    .into_any()
}

fn choose(l: Locale, public: &Public<Inmate>, fields: &Fields, found: Vec<Found>) -> AnyView {
    let options: Vec<Choice> = found
        .into_iter()
        .filter(|one| one.public != *public)
        .map(|one| {
            let born = t::found_row(l, dates::plain(l, one.birth_date), one.unit_name);
            Choice::new(one.public.to_string(), format!("{}, {born}", one.name))
        })
        .collect();
    if options.is_empty() {
        return view! { <Notice title=t::none_title(l)><p>{t::none_text(l)}</p></Notice> }.into_any();
    }
    let reasons = ApartReason::ALL.map(|one| Choice::new(one.code(), reason(l, one))).to_vec();
    let (inmate, text) = (public.to_string(), fields.value("text"));
    let [other, why] = ["other", "reason"].map(|name| fields.value(name));
    let [bad_other, bad_why] = ["other", "reason"].map(|name| fields.error(l, wrong, name));
    view! {
        <Form action=format!("/api/{KEEP}")>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="text" value=text/>
            <RadioGroup name="other" legend=t::apart_whom(l) options=options value=other error=bad_other/>
            <Select name="reason" label=t::apart_reason(l) options=reasons value=why
                placeholder=t::why_choose(l) error=bad_why/>
            <Actions><Button text=t::apart_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn reason(l: Locale, reason: ApartReason) -> String {
    match reason {
        ApartReason::Threats => t::apart_threats(l),
        ApartReason::Conflict => t::apart_conflict(l),
        ApartReason::OneCase => t::apart_one_case(l),
        ApartReason::Safety => t::apart_safety(l),
    }
}

fn wrong(l: Locale, field: &str, _: &str) -> String {
    match field {
        "text" => t::wrong_text(l),
        "other" => t::apart_wrong_other(l),
        _ => t::apart_wrong_reason(l),
    }
}

type Done = Result<(), WireError>;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindPost {
    inmate: String,
    text: String,
}

/// What was searched for stands in no address.
#[server(endpoint = "staff/inmates/apart/find")]
pub async fn find_to_keep_apart(#[server(flatten)] form: FindPost) -> Done {
    let desk = reader()?;
    let inmate: Public<Inmate> = parsed(&form.inmate)?;
    let fields = Fields::new([("text", form.text.chars().take(120).collect())]);
    let faults = fields.value("text").trim().is_empty().then(|| missing("text"));
    desk.keep(FIND, &routes::staff_inmate_apart(&inmate), &fields.with(faults.as_slice())).await
}

fn missing(field: &'static str) -> domain::appeals::FieldError {
    domain::appeals::FieldError { field, code: "missing" }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepPost {
    inmate: String,
    text: String,
    other: String,
    reason: String,
}

#[server(endpoint = "staff/inmates/apart/keep")]
pub async fn keep_inmates_apart(#[server(flatten)] form: KeepPost) -> Done {
    let desk = reader()?;
    let inmate: Public<Inmate> = parsed(&form.inmate)?;
    let page = routes::staff_inmate_apart(&inmate);
    let (other, reason) = (Public::<Inmate>::parse(&form.other), ApartReason::parse(&form.reason));
    if let (Some(other), Some(reason)) = (&other, reason) {
        let kept = apart::keep_apart(&desk.ctx, &desk.who, (&inmate, other), reason).await;
        match kept.map_err(failed)? {
            Ok(()) => request::redirect(&format!("{page}?done=kept")),
            Err(ApartRefusal::Hidden | ApartRefusal::Himself) => return Err(hidden()),
        }
        return Ok(());
    }
    let faults: Vec<_> =
        [other.is_none().then(|| missing("other")), reason.is_none().then(|| missing("reason"))]
            .into_iter()
            .flatten()
            .collect();
    let fields = Fields::new([("text", form.text), ("other", form.other), ("reason", form.reason)]);
    desk.keep(KEEP, &page, &fields.with(&faults)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndPost {
    inmate: String,
    pair: String,
}

#[server(endpoint = "staff/inmates/apart/end")]
pub async fn end_keeping_apart(#[server(flatten)] form: EndPost) -> Done {
    let desk = reader()?;
    let (inmate, pair): (Public<Inmate>, Public<KeptApart>) = (parsed(&form.inmate)?, parsed(&form.pair)?);
    let ended = apart::end(&desk.ctx, &desk.who, &inmate, &pair).await.map_err(failed)?;
    ended.ok_or_else(hidden)?;
    request::redirect(&format!("{}?done=ended", routes::staff_inmate_apart(&inmate)));
    Ok(())
}
