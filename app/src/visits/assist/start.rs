//! Who it is: a search that is logged before it is made, and of whoever was found the one to help.

use backend::visits::assisted::{self, Found};
use domain::{access::Channel, kernel::Locale};
use leptos::prelude::*;

use super::{
    api::{FIND, OPEN},
    fields::Fields,
    handin::{self, Beside},
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{common, dates, visits_assist as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Checkbox, Choice, EmptyState, ErrorSummary, Field, Form,
        HiddenInput, IconName, Kind, Link, LinkButton, PageGrid, PageHead, RadioGroup,
    },
};

#[component]
pub fn StartPage() -> impl IntoView {
    parts::page(|desk| async move {
        // What was chosen and refused carries along what was searched for.
        let (found, fields) = match desk.tried(OPEN).await? {
            Some(fields) => (true, fields),
            None => (false, desk.tried(FIND).await?.unwrap_or_default()),
        };
        let text = fields.value("text");
        let people = if text.is_empty() || (fields.is_wrong() && !found) {
            None
        } else {
            assisted::find(&desk.ctx, &desk.who, &text).await?
        };
        let from = handin::hand_in(&desk, &fields).await?.map(|(beside, _)| beside);
        Ok(Some(shown(&desk, (&fields, from.as_ref()), people)))
    })
}

fn shown(desk: &Desk, (fields, from): (&Fields, Option<&Beside>), people: Option<Vec<Found>>) -> AnyView {
    let l = desk.l;
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::title(l)));
    let searched = people.is_some();
    let people = people.map(|people| results(desk, (fields, from), people));
    let text = if searched { String::new() } else { fields.value("text") };
    let (no_text, input) = (fields.error(l, "text"), from.map(Beside::input));
    let new = from
        .map_or_else(|| routes::STAFF_ASSIST_NEW.to_owned(), |of| routes::staff_assist_new_for(&of.public));
    let aside = view! { {from.map(|of| of.aside(l))}{aside(l)} }.into_any();
    view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::title(l) tab=tab lead=t::lead(l)/>
            {people}
            <h2>{if searched { t::search_again(l) } else { t::search_title(l) }}</h2>
            <Form action=format!("/api/{FIND}")>
                {input}
                <Field name="text" label=t::search_text(l) value=text hint=t::search_hint(l) error=no_text
                    kind=Kind::Search autocomplete="off"/>
                <Actions><Button text=t::search(l) kind=search_kind(searched) icon=IconName::Search/></Actions>
            </Form>
            <p><a href=routes::STAFF_UNREACHED>{t::unreached_link(l)}</a></p>
            <h2>{t::new_way(l)}</h2>
            <p>{t::new_text(l)}</p>
            <Actions>
                <LinkButton href=new text=t::new_link(l) kind=ButtonKind::Secondary/>
            </Actions>
        </PageGrid>
    }
    .into_any()
}

/// One primary button a page: to search, or to begin.
fn search_kind(searched: bool) -> ButtonKind {
    if searched { ButtonKind::Secondary } else { ButtonKind::Primary }
}

fn results(desk: &Desk, (fields, from): (&Fields, Option<&Beside>), people: Vec<Found>) -> AnyView {
    let l = desk.l;
    if people.is_empty() {
        return view! { <EmptyState title=t::none_title(l) text=t::none_text(l)/> }.into_any();
    }
    let key = fields.key(desk.ctx.chance.public::<()>().to_string());
    let born = |one: &Found| one.born.map(|day| t::born(l, dates::plain(l, day)));
    let choice = |one: &Found| {
        let choice = Choice::new(one.public.to_string(), &one.name);
        match born(one) {
            Some(born) => choice.hint(born),
            None => choice,
        }
    };
    let options: Vec<Choice> = people.iter().map(choice).collect();
    let chosen = match people.as_slice() {
        [one] => one.public.to_string(),
        _ => fields.value("person"),
    };
    let input = from.map(Beside::input);
    let (text, no_person, asked) = (fields.value("text"), fields.error(l, "person"), asked(l, fields));
    view! {
        <Form action=format!("/api/{OPEN}")>
            <HiddenInput name="key" value=key/>
            <HiddenInput name="text" value=text/>
            {input}
            <RadioGroup name="person" legend=t::found_legend(l) options=options value=chosen error=no_person/>
            {asked}
            <Actions><Button text=t::begin(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// How she asked, and that it is nobody close to whoever helps.
pub(super) fn asked(l: Locale, fields: &Fields) -> AnyView {
    let options = Channel::ALL.map(|c| Choice::new(c.code(), words::channel(l, c))).into();
    let (channel, impartial) = (fields.value("channel"), fields.value("impartial") == "yes");
    let (no_channel, no_impartial) = (fields.error(l, "channel"), fields.error(l, "impartial"));
    view! {
        <RadioGroup name="channel" legend=t::channel_legend(l) options=options value=channel error=no_channel/>
        <Checkbox name="impartial" label=t::impartial(l) hint=t::impartial_hint(l) checked=impartial
            error=no_impartial/>
    }
    .into_any()
}

fn aside(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::aside_logged_title(l)><p>{t::aside_logged(l)}</p></AsideBlock>
        <AsideBlock title=t::aside_rules_title(l)><p>{t::aside_rules(l)}</p></AsideBlock>
    }
    .into_any()
}

/// Back to the search.
pub(super) fn to_start(l: Locale) -> Link {
    Link::new(routes::STAFF_ASSIST, t::title(l))
}
