//! What can still be done to a decided case: look at a leave that came with an inmate who was moved, and decide anew.

use backend::{
    decision::Outcome,
    visits::clearance::{CarriedCase, Case, CasePerson, ClearanceRow},
};
use domain::{
    kernel::{CivilDate, Locale, Public},
    visits::clearance::{Ground, forms::FormErrors},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    fields::Fields,
    forms::{self, both, error},
    panel::seen,
    parts::Desk,
};
use crate::{
    i18n::{dates, visits_desk as t},
    ui::{
        Actions, Button, ButtonKind, CheckboxGroup, Choice, Details, Form, HiddenInput, Notice, NoticeKind,
        Panel, RadioGroup,
    },
};

/// Of whom, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnewForm {
    pub id: String,
    pub version: String,
    pub look: String,
    pub who: Vec<String>,
    pub ground: String,
}

impl AnewForm {
    pub(super) fn parse(&self) -> Result<(Vec<Public<ClearanceRow>>, Ground), FormErrors> {
        let mut who: Vec<Public<ClearanceRow>> = vec![];
        for id in self.who.iter().filter_map(|id| Public::parse(id)) {
            if !who.contains(&id) {
                who.push(id);
            }
        }
        let who = if who.is_empty() { Err(error("who", "choose")) } else { Ok(who) };
        both(who, Ground::parse(&self.ground).ok_or_else(|| error("ground", "choose")))
    }

    pub(super) fn fields(&self) -> Fields {
        Fields::new([("id", self.id.clone()), ("who", self.who.join(" ")), ("ground", self.ground.clone())])
    }
}

/// Under the words on what was decided.
pub(super) fn panel(desk: &Desk, case: &Case, kept: Option<Fields>) -> AnyView {
    if !desk.is_officer() {
        return ().into_any();
    }
    let carried = case.carried.as_ref().map(|carried| look_at(desk, case, carried));
    let again = case.recheck_by.map(|by| look_again(desk, case, by));
    let people: Vec<&CasePerson> = case.people.iter().filter(|p| p.stands).collect();
    let anew = (!people.is_empty()).then(|| decide_anew(desk, case, &people, kept));
    let held = people.iter().any(|p| p.decision.as_ref().is_some_and(|d| d.outcome != Outcome::Refused));
    let back = (held && case.inmate.is_some()).then(|| consent_back(desk, case));
    view! { {carried}{again}{anew}{back} }.into_any()
}

fn look_at(desk: &Desk, case: &Case, carried: &CarriedCase) -> AnyView {
    let l = desk.l;
    let (title, at) = (t::carried_title(l, &carried.from), dates::day_month(l, carried.at.date()));
    let text = if carried.waits { t::carried_waits(l, at) } else { t::carried_holds(l, at) };
    let seen = seen(desk, case);
    view! {
        <Panel>
            <h2>{title}</h2>
            <p>{text}</p>
            <Form action=forms::action(forms::CARRIED)>
                {seen}
                <Actions><Button text=t::carried_button(l)/></Actions>
            </Form>
            <p class="small muted">{t::carried_else(l)}</p>
        </Panel>
    }
    .into_any()
}

/// Beside deciding anew: it is his word, and nobody decides.
fn consent_back(desk: &Desk, case: &Case) -> AnyView {
    let (l, seen) = (desk.l, seen(desk, case));
    view! {
        <Details summary=t::consent_back_title(l)>
            <p>{t::consent_back_text(l)}</p>
            <Form action=forms::action(forms::CONSENT_BACK)>
                {seen}
                <Actions><Button text=t::consent_back_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

/// In a unit of the strictest level, once that is near.
fn look_again(desk: &Desk, case: &Case, by: CivilDate) -> AnyView {
    let (l, seen) = (desk.l, seen(desk, case));
    let title = t::recheck_title(l, dates::day_month(l, by));
    view! {
        <Panel>
            <h2>{title}</h2>
            <p>{t::recheck_text(l)}</p>
            <Form action=forms::action(forms::RECHECKED)>
                {seen}
                <Actions><Button text=t::recheck_button(l)/></Actions>
            </Form>
            <p class="small muted">{t::carried_else(l)}</p>
        </Panel>
    }
    .into_any()
}

fn decide_anew(desk: &Desk, case: &Case, people: &[&CasePerson], kept: Option<Fields>) -> AnyView {
    let (l, open) = (desk.l, kept.is_some());
    let opened = || {
        let only = if let [only] = people { only.clearance.to_string() } else { String::new() };
        Fields::new([("who", only)])
    };
    let fields = kept.unwrap_or_else(opened);
    let options = Ground::ALL.map(|ground| Choice::new(ground.code(), ground_words(l, ground))).into();
    let (seen, who) = (seen(desk, case), whom(l, people, &fields));
    let button = t::anew_button(l);
    view! {
        <Details summary=t::anew_title(l) open=open>
            <p>{t::anew_text(l)}</p>
            <Form action=forms::action(forms::ANEW)>
                {seen}
                {who}
                <RadioGroup name="ground" legend=t::anew_ground(l) hint=t::anew_ground_hint(l) options=options
                    value=fields.value("ground") error=fields.error(l, "ground")/>
                <Actions><Button text=button kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
    .into_any()
}

/// One person alone needs no question.
fn whom(l: Locale, people: &[&CasePerson], fields: &Fields) -> AnyView {
    if let [only] = people {
        let only = only.clearance.to_string();
        return view! { <HiddenInput name="who[]" value=only/> }.into_any();
    }
    let choice = |p: &&CasePerson| {
        let name = if p.child { t::decision_who_child(l, &p.name) } else { p.name.clone() };
        Choice::new(p.clearance.to_string(), name)
    };
    let options = people.iter().map(choice).collect();
    let (values, error) = (fields.list("who"), fields.error(l, "who"));
    view! { <CheckboxGroup name="who[]" legend=t::anew_who(l) options=options values=values error=error/> }
        .into_any()
}

pub(super) fn ground_words(l: Locale, ground: Ground) -> String {
    match ground {
        Ground::NewFacts => t::ground_new_facts(l),
        Ground::Conduct => t::ground_conduct(l),
        Ground::Security => t::ground_security(l),
        Ground::Milder => t::ground_milder(l),
        Ground::Moved => t::ground_moved(l),
    }
}

/// While it is decided anew: why, and that what was decided stands until then.
pub(super) fn under_way(l: Locale, case: &Case) -> Option<AnyView> {
    let ground = case.reconsidered.filter(|_| case.stage.is_open())?;
    let title = t::anew_under_way(l, ground_words(l, ground).to_lowercase());
    Some(
        view! { <Notice kind=NoticeKind::Info title=title><p>{t::anew_under_way_text(l)}</p></Notice> }
            .into_any(),
    )
}
