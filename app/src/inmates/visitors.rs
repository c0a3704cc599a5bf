//! Visitors who must not meet: the list of the reader's units, and two more, each found by a case's reference or by name.

use backend::visits::apart::visitors::{self, Found, Pair, VisitorsRefusal};
use domain::{
    access::Person,
    appeals::FieldError as Fault,
    kernel::{Locale, Public},
    visits::booking::apart::{ApartReason, VisitorsApart},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{self, Desk, hidden, parsed, reader};
use crate::{
    appeals::fields::Fields,
    error::WireError,
    forms::Row,
    i18n::{common, dates, visits_apart as t},
    identity::here::failed,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, Field, Form, HiddenInput, IconName, Kind, Link,
        Notice, NoticeKind, PageGrid, PageHead, RadioGroup, Select, SummaryList, SummaryRow,
    },
};

/// Where the forms are sent, which is also the name they are kept under.
const FIND: &str = "staff/visits/apart/find";
const KEEP: &str = "staff/visits/apart/keep";
const END: &str = "staff/visits/apart/end";

/// The names each form sends.
pub const FORMS: &[Row] = &[
    (FIND, &["one_text", "other_text"]),
    (KEEP, &["one_text", "other_text", "one", "other", "reason", "note"]),
    (END, &["pair"]),
];

/// Whom each of the two searches has found.
type Two = (Vec<Found>, Vec<Found>);

#[component]
pub fn VisitorsPage() -> impl IntoView {
    parts::page(|desk| async move {
        let Some(pairs) = visitors::listed(&desk.ctx, &desk.who).await? else { return Ok(None) };
        let kept = desk.tried(KEEP).await?;
        let fields = if kept.value("one_text").is_empty() { desk.tried(FIND).await? } else { kept };
        let [one, other] = ["one_text", "other_text"].map(|name| fields.value(name).trim().to_owned());
        let found = match one.is_empty() || other.is_empty() {
            true => None,
            false => Some((
                visitors::find(&desk.ctx, &desk.who, &one).await?,
                visitors::find(&desk.ctx, &desk.who, &other).await?,
            )),
        };
        Ok(Some(shown(&desk, &pairs, &fields, found)))
    })
}

fn shown(desk: &Desk, pairs: &[Pair], fields: &Fields, found: Option<Two>) -> AnyView {
    let l = t::lang(desk.page.locale);
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::title(l)));
    let done = match desk.page.query("done").as_deref() {
        Some("kept") => Some(t::done_kept(l)),
        Some("ended") => Some(t::done_ended(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let list = match pairs.is_empty() {
        true => view! { <p>{t::none(l)}</p> }.into_any(),
        false => pairs.iter().map(|pair| one(l, pair)).collect_view().into_any(),
    };
    let (find, choose) = (find(l, fields), found.map(|found| choose(l, fields, found)));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageGrid>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l) back=Link::new(routes::STAFF_INMATES, t::back(l))/>
            {done}
            {list}
            <h2>{t::add(l)}</h2>
            {find}
            {choose}
        </PageGrid>
    }
    .into_any()
}

fn one(l: Locale, pair: &Pair) -> AnyView {
    let [first, second] = &pair.names;
    let names = t::two(l, first, second);
    let note = pair.note.as_ref().map(|note| SummaryRow::new(t::note(l), note));
    let rows: Vec<SummaryRow> = [
        SummaryRow::new(t::who(l), &names),
        SummaryRow::new(t::unit(l), &pair.unit_name),
        SummaryRow::new(t::reason(l), reason(l, pair.reason)),
    ]
    .into_iter()
    .chain(note)
    .chain([SummaryRow::new(t::since(l), dates::date_time_with_year(l, pair.since))])
    .collect();
    let (id, button) = (pair.public.to_string(), t::end(l, names));
    view! {
        <SummaryList rows=rows/>
        <Form action=format!("/api/{END}")>
            <HiddenInput name="pair" value=id/>
            <Actions><Button text=button kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn find(l: Locale, fields: &Fields) -> AnyView {
    let [one, other] = ["one_text", "other_text"].map(|name| fields.value(name));
    let [bad_one, bad_other] = ["one_text", "other_text"].map(|name| fields.error(l, wrong, name));
    view! {
        <Form action=format!("/api/{FIND}")>
            <Field name="one_text" label=t::one_text(l) hint=t::text_hint(l) value=one error=bad_one
                kind=Kind::Search autocomplete="off"/>
            <Field name="other_text" label=t::other_text(l) hint=t::text_hint(l) value=other error=bad_other
                kind=Kind::Search autocomplete="off"/>
            <Actions><Button text=t::find(l) kind=ButtonKind::Secondary icon=IconName::Search/></Actions>
        </Form>
    }
    .into_any()
}

fn options(l: Locale, found: Vec<Found>) -> Vec<Choice> {
    let option = |one: Found| {
        let choice = Choice::new(one.public.to_string(), &one.name);
        match one.born {
            Some(day) => choice.hint(t::born(l, dates::plain(l, day))),
            None => choice,
        }
    };
    found.into_iter().map(option).collect()
}

fn choose(l: Locale, fields: &Fields, (ones, others): Two) -> AnyView {
    if ones.is_empty() || others.is_empty() {
        return view! { <Notice title=t::none_title(l)><p>{t::none_text(l)}</p></Notice> }.into_any();
    }
    let (ones, others) = (options(l, ones), options(l, others));
    let reasons = ApartReason::ALL.map(|one| Choice::new(one.code(), reason(l, one))).to_vec();
    let [one_text, other_text, one, other, why, note] =
        ["one_text", "other_text", "one", "other", "reason", "note"].map(|name| fields.value(name));
    let [bad_one, bad_other, bad_why, bad_note] =
        ["one", "other", "reason", "note"].map(|name| fields.error(l, wrong, name));
    view! {
        <Form action=format!("/api/{KEEP}")>
            <HiddenInput name="one_text" value=one_text/>
            <HiddenInput name="other_text" value=other_text/>
            <RadioGroup name="one" legend=t::one_legend(l) options=ones value=one error=bad_one/>
            <RadioGroup name="other" legend=t::other_legend(l) options=others value=other error=bad_other/>
            <Select name="reason" label=t::reason(l) options=reasons value=why
                placeholder=t::choose_reason(l) error=bad_why/>
            <Field name="note" label=t::note(l) hint=t::note_hint(l) optional=common::optional(l) value=note
                error=bad_note autocomplete="off"/>
            <Actions><Button text=t::button(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn reason(l: Locale, reason: ApartReason) -> String {
    match reason {
        ApartReason::Threats => t::threats(l),
        ApartReason::Conflict => t::conflict(l),
        ApartReason::OneCase => t::one_case(l),
        ApartReason::Safety => t::safety(l),
    }
}

fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("one_text" | "other_text", _) => t::wrong_text(l),
        (_, "same") => t::wrong_same(l),
        (_, "no_unit") => t::wrong_no_unit(l),
        (_, "already") => t::wrong_already(l),
        ("one" | "other", _) => t::wrong_whom(l),
        ("note", "too_long") => t::wrong_note_long(l),
        ("note", _) => t::wrong_note(l),
        _ => t::wrong_reason(l),
    }
}

type Done = Result<(), WireError>;

/// What is searched for, as long as a name may be.
fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindVisitorsPost {
    one_text: String,
    other_text: String,
}

/// What was searched for stands in no address.
#[server(endpoint = "staff/visits/apart/find")]
pub async fn find_visitors_to_keep_apart(#[server(flatten)] form: FindVisitorsPost) -> Done {
    let desk = reader()?;
    let fields = Fields::new([("one_text", short(&form.one_text)), ("other_text", short(&form.other_text))]);
    let missing = ["one_text", "other_text"].into_iter().filter(|name| fields.value(name).trim().is_empty());
    let faults: Vec<Fault> = missing.map(|field| Fault { field, code: "missing" }).collect();
    desk.keep(FIND, routes::STAFF_VISITS_APART, &fields.with(&faults)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepVisitorsPost {
    one_text: String,
    other_text: String,
    one: String,
    other: String,
    reason: String,
    note: String,
}

impl KeepVisitorsPost {
    fn fields(self) -> Fields {
        Fields::new([
            ("one_text", short(&self.one_text)),
            ("other_text", short(&self.other_text)),
            ("one", self.one),
            ("other", self.other),
            ("reason", self.reason),
            ("note", self.note),
        ])
    }
}

#[server(endpoint = "staff/visits/apart/keep")]
pub async fn keep_visitors_apart(#[server(flatten)] form: KeepVisitorsPost) -> Done {
    let desk = reader()?;
    let two = (Public::<Person>::parse(&form.one), Public::<Person>::parse(&form.other));
    let why = ApartReason::parse(&form.reason);
    let faults = match (&two, why) {
        ((Some(one), Some(other)), Some(why)) => {
            let kept = visitors::keep_apart(&desk.ctx, &desk.who, (one, other), why, &form.note).await;
            match kept.map_err(failed)? {
                Ok(()) => {
                    request::redirect(&format!("{}?done=kept", routes::STAFF_VISITS_APART));
                    return Ok(());
                }
                Err(VisitorsRefusal::Hidden) => return Err(hidden()),
                Err(VisitorsRefusal::Herself) => vec![Fault { field: "other", code: "same" }],
                Err(VisitorsRefusal::Already) => vec![Fault { field: "other", code: "already" }],
                Err(VisitorsRefusal::NoUnit) => vec![Fault { field: "other", code: "no_unit" }],
                Err(VisitorsRefusal::Note(error)) => vec![Fault { field: "note", code: error.code() }],
            }
        }
        _ => {
            let all = [("one", two.0.is_none()), ("other", two.1.is_none()), ("reason", why.is_none())];
            all.into_iter()
                .filter(|(_, bad)| *bad)
                .map(|(field, _)| Fault { field, code: "missing" })
                .collect()
        }
    };
    desk.keep(KEEP, routes::STAFF_VISITS_APART, &form.fields().with(&faults)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndVisitorsPost {
    pair: String,
}

#[server(endpoint = "staff/visits/apart/end")]
pub async fn end_visitors_apart(#[server(flatten)] form: EndVisitorsPost) -> Done {
    let desk = reader()?;
    let pair: Public<VisitorsApart> = parsed(&form.pair)?;
    visitors::end(&desk.ctx, &desk.who, &pair).await.map_err(failed)?.ok_or_else(hidden)?;
    request::redirect(&format!("{}?done=ended", routes::STAFF_VISITS_APART));
    Ok(())
}
