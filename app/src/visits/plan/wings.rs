//! The wings of a unit: the list, and for which of them a time of the week is.

use backend::visits::{
    sessions::{self, TimeView},
    wings::{self, UnitWing, UnitWings},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{
        Template,
        wings::{ForWings, TimeWingsForm, Wing, WingForm},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    api::{Done, ask, hidden, keep, planner},
    asked::Typed,
    fields::Fields,
    forms::{action, still_seen},
    parts::{self, Desk, form_head},
    show::Plan,
};
use crate::{
    forms::Row as Names,
    i18n::visits_plan as t,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Cell, CheckboxGroup, Choice, Column, DataTable, Field, Form,
        HiddenInput, Link, Notice, NoticeKind, PageGrid, RadioGroup, Row, Width,
    },
    visits::failed,
};

/// Where each form is sent, which is also the name it is kept under.
const PUT: &str = "staff/visiting/wings/put";
const END: &str = "staff/visiting/wings/end";
pub(super) const TIME: &str = "staff/visiting/times/wings";

/// The names each form sends.
pub const FORMS: &[Names] = &[
    (PUT, &["unit", "code", "name"]),
    (END, &["unit", "wing"]),
    (TIME, &["time", "seen", "which", "wings[]"]),
];

#[component]
pub fn WingsPage() -> impl IntoView {
    parts::page(|desk| async move {
        let Some(plan) = desk.to_change().await? else { return Ok(None) };
        let fields = desk.tried(PUT).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &plan, &fields)))
    })
}

fn shown(desk: &Desk, plan: &Plan, fields: &Fields) -> AnyView {
    let l = desk.l;
    let back = Link::new(routes::staff_visiting_of(&plan.unit_slug), t::title(l, &plan.unit_name));
    let head = form_head(l, t::wings_title(l), t::wings_lead(l), back, fields);
    let done = match desk.done().as_deref() {
        Some("put") => Some((NoticeKind::Done, t::wings_done_put(l))),
        Some("ended") => Some((NoticeKind::Done, t::wings_done_ended(l))),
        Some("used") => Some((NoticeKind::Error, t::wings_used(l))),
        _ => None,
    };
    let done = done.map(|(kind, title)| view! { <Notice kind=kind title=title/> });
    let list = match plan.wings.all.is_empty() {
        true => view! { <p>{t::wings_none(l)}</p> }.into_any(),
        false => list(l, plan),
    };
    let (unit, code, name) = (plan.unit_slug.clone(), fields.value("code"), fields.value("name"));
    let (bad_code, bad_name) = (fields.error(l, "code"), fields.error(l, "name"));
    view! {
        <PageGrid>
            {head}
            {done}
            {list}
            <h2>{t::wings_add(l)}</h2>
            <Form action=action(PUT)>
                <HiddenInput name="unit" value=unit/>
                <Field name="code" label=t::wings_code(l) hint=t::wings_code_hint(l) value=code
                    error=bad_code width=Width::Short/>
                <Field name="name" label=t::wings_name(l) value=name error=bad_name width=Width::Half/>
                <Actions><Button text=t::wings_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn list(l: Locale, plan: &Plan) -> AnyView {
    let head =
        vec![Column::new(t::wings_code(l)), Column::new(t::wings_name(l)), Column::new(t::wings_end(l))];
    let row = |wing: &UnitWing| {
        let (unit, id, name) = (plan.unit_slug.clone(), wing.public.to_string(), wing.name.clone());
        let end = view! {
            <form method="post" action=action(END)>
                <HiddenInput name="unit" value=unit/>
                <HiddenInput name="wing" value=id/>
                <Button text=t::wings_end(l) kind=ButtonKind::Secondary about=name/>
            </form>
        };
        Row::new(vec![Cell::text(&wing.code), Cell::in_lang("nb", wing.name.clone()), Cell::view(end)])
    };
    let rows = plan.wings.all.iter().map(row).collect();
    view! { <DataTable caption=t::wings_title(l) head=head rows=rows/> }.into_any()
}

/// `Bare for: Avdeling A, Avdeling B`; none for a time that is for all.
pub(super) fn for_whom(l: Locale, (which, named): (ForWings, Vec<&UnitWing>)) -> Option<String> {
    let names: Vec<&str> = named.iter().map(|wing| wing.name.as_str()).collect();
    match which {
        ForWings::All => None,
        ForWings::Only => Some(t::wings_only(l, names.join(", "))),
        ForWings::Not => Some(t::wings_not(l, names.join(", "))),
    }
}

/// For whom a time is now, as a form opens with it.
pub(super) fn of(view: &TimeView) -> (ForWings, String) {
    let (which, named) = view.wings.of_time(&view.time.public);
    let named: Vec<String> = named.iter().map(|wing| wing.public.to_string()).collect();
    (which, named.join(" "))
}

/// The question for whom a time is. A unit without wings has none.
pub(super) fn choice(l: Locale, unit: &UnitWings, fields: &Fields) -> Option<AnyView> {
    if unit.all.is_empty() {
        return None;
    }
    let word = |one: ForWings| match one {
        ForWings::All => t::wings_all(l),
        ForWings::Only => t::wings_choose_only(l),
        ForWings::Not => t::wings_choose_not(l),
    };
    let ways = ForWings::ALL.map(|one| Choice::new(one.code(), word(one))).into();
    let wings = unit.all.iter().map(|one| Choice::new(one.public.to_string(), &one.name)).collect();
    let chosen = fields.value("wings").split(' ').map(str::to_owned).collect();
    let (value, bad_which, bad_wings) =
        (fields.value("which"), fields.error(l, "which"), fields.error(l, "wings"));
    let question = view! {
        <RadioGroup name="which" legend=t::wings_which(l) options=ways value=value error=bad_which/>
        <CheckboxGroup name="wings[]" legend=t::wings_title(l) options=wings values=chosen error=bad_wings/>
    };
    Some(question.into_any())
}

/// The form on the page of a time, as it was sent or as it stands.
pub(super) fn form(l: Locale, view: &TimeView, kept: Option<&Fields>) -> Option<AnyView> {
    let (which, named) = of(view);
    let opened = Fields::new([("which", which.code().to_owned()), ("wings", named)]);
    let fields = kept.unwrap_or(&opened);
    let choice = choice(l, &view.wings, fields)?;
    let seen = still_seen(fields, view.wings.seen(&view.time.public));
    let time = view.time.public.to_string();
    let form = view! {
        <section class="stack" aria-labelledby="wings-title">
            <h2 id="wings-title">{t::wings_fact(l)}</h2>
            <Form action=action(TIME)>
                <HiddenInput name="time" value=time/>
                <HiddenInput name="seen" value=seen/>
                {choice}
                <Actions><Button text=t::wings_save(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </section>
    };
    Some(form.into_any())
}

#[server(endpoint = "staff/visiting/wings/put")]
pub async fn put_wing(#[server(flatten)] form: WingForm) -> Done {
    let desk = planner()?;
    let page = routes::staff_visiting_wings(&form.unit);
    let wing = match form.parse() {
        Ok(wing) => wing,
        Err(errors) => {
            let fields = Fields::new([("code", form.code), ("name", form.name)]);
            return keep(&desk, PUT, &fields.with(&errors), &page).await;
        }
    };
    wings::put(&desk.ctx, &desk.who, &form.unit, wing).await.map_err(failed)?.ok_or_else(hidden)?;
    request::redirect(&format!("{page}&done=put"));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndWingForm {
    unit: String,
    wing: String,
}

#[server(endpoint = "staff/visiting/wings/end")]
pub async fn end_wing(#[server(flatten)] form: EndWingForm) -> Done {
    let desk = planner()?;
    let wing: Public<Wing> = Public::parse(&form.wing).ok_or_else(hidden)?;
    let ended = wings::end(&desk.ctx, &desk.who, &wing).await.map_err(failed)?.ok_or_else(hidden)?;
    let done = if ended { "ended" } else { "used" };
    request::redirect(&format!("{}&done={done}", routes::staff_visiting_wings(&form.unit)));
    Ok(())
}

#[server(endpoint = "staff/visiting/times/wings")]
pub async fn put_time_wings(#[server(flatten)] form: TimeWingsForm) -> Done {
    let desk = planner()?;
    let time: Public<Template> = Public::parse(&form.time).ok_or_else(hidden)?;
    let view = sessions::time(&desk.ctx, &desk.who, &time).await.map_err(failed)?.ok_or_else(hidden)?;
    let fields = Fields::new([
        ("unit", view.unit_slug),
        ("time", form.time),
        ("seen", form.seen),
        ("which", form.which),
        ("wings", form.wings.join(" ")),
    ]);
    ask(&desk, Typed::Wings, fields).await
}
