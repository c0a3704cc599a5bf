//! What the reader has chosen of the list, in the address and in the form above it.

use backend::work::UnitChoice;
use domain::{
    kernel::Locale,
    work::{Choice as Chosen, Cursor, Due, Group, Whose},
};
use leptos::prelude::*;

use super::{parts::Desk, words};
use crate::{
    i18n::desk_work as t,
    request::Page,
    routes,
    ui::{Button, ButtonKind, Choice, Select},
};

/// What stands in the address; what no form of ours sends is as if nothing were chosen.
pub(super) fn read(page: &Page) -> Chosen {
    let read = |name: &str| page.query(name).unwrap_or_default();
    Chosen {
        unit: Some(read("unit")).filter(|slug| !slug.is_empty()),
        group: Group::parse(&read("what")),
        due: Due::parse(&read("due")).unwrap_or_default(),
        whose: Whose::parse(&read("whose")).unwrap_or_default(),
    }
}

/// The list so chosen, from its beginning or after a row.
pub(super) fn address(chosen: &Chosen, after: Option<&Cursor>) -> String {
    let after = after.map(Cursor::text).unwrap_or_default();
    let due = if chosen.due == Due::default() { "" } else { chosen.due.code() };
    let whose = if chosen.whose == Whose::default() { "" } else { chosen.whose.code() };
    routes::staff_work(&[
        ("unit", chosen.unit.as_deref().unwrap_or_default()),
        ("what", chosen.group.map(Group::code).unwrap_or_default()),
        ("due", due),
        ("whose", whose),
        ("after", &after),
    ])
}

/// A plain form that leads to an address. One unit, or one kind of work, is no choice.
pub(super) fn form(desk: &Desk, chosen: &Chosen, units: &[UnitChoice]) -> AnyView {
    let l = desk.l;
    let groups = Group::of(&desk.who.roles);
    let units = (units.len() > 1).then(|| unit(l, chosen, units));
    let what = (groups.len() > 1).then(|| {
        let options = groups.into_iter().map(|group| Choice::new(group.code(), words::group(l, group))).collect();
        let value = chosen.group.map(Group::code).unwrap_or_default();
        view! { <Select name="what" label=t::choose_what(l) options=options value=value placeholder=t::choose_all_kinds(l)/> }
    });
    let dues = Due::ALL.map(|due| Choice::new(due.code(), words::chosen_due(l, due))).into();
    let whose = Whose::ALL.map(|whose| Choice::new(whose.code(), words::whose(l, whose))).into();
    let (due_value, whose_value) = (chosen.due.code(), chosen.whose.code());
    view! {
        <form class="filters" method="get" action=routes::STAFF_WORK role="search" aria-label=t::choose_label(l)>
            {units}
            {what}
            <Select name="due" label=t::choose_due(l) options=dues value=due_value/>
            <Select name="whose" label=t::choose_whose(l) options=whose value=whose_value/>
            <Button text=t::choose_button(l) kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

fn unit(l: Locale, chosen: &Chosen, units: &[UnitChoice]) -> AnyView {
    let options = units.iter().map(|unit| Choice::new(&unit.slug, &unit.name)).collect();
    let value = chosen.unit.clone().unwrap_or_default();
    view! { <Select name="unit" label=t::choose_unit(l) options=options value=value placeholder=t::choose_all_units(l)/> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_stands_in_the_address_and_nothing_else() {
        let nothing = Chosen::default();
        assert_eq!(address(&nothing, None), "/staff/work");
        let chosen = Chosen {
            unit: Some("lyngmo".into()),
            group: Some(Group::Letters),
            due: Due::Late,
            whose: Whose::Nobodys,
        };
        let after = Cursor { due: 7, public: "0123456789ABCDEFGHJKMNPQRS".into() };
        assert_eq!(
            address(&chosen, Some(&after)),
            "/staff/work?unit=lyngmo&what=letters&due=late&whose=nobody&after=7-0123456789ABCDEFGHJKMNPQRS"
        );
    }
}
