//! Those inside who are under eighteen, to print or as a file: how many visits each has had, and who lacks one first.

use backend::visits::children::{Child, listed};
use domain::{
    kernel::{CivilDate, Locale},
    visits::children::Standing,
};
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    i18n::{dates, visits_children as t},
    routes, sheet,
    ui::{
        Actions, ButtonKind, Cell, Column, DataTable, EmptyState, Link, LinkButton, PageHead, PrintButton,
        Row, Tag, TagKind,
    },
};

#[component]
pub fn ChildrenPage() -> impl IntoView {
    parts::page(|desk| async move { Ok(listed(&desk.ctx, &desk.who).await?.map(|all| shown(&desk, &all))) })
}

fn shown(desk: &Desk, all: &[Child]) -> AnyView {
    let l = t::lang(desk.page.locale);
    let list = match all.is_empty() {
        true => view! { <EmptyState title=t::none_title(l) text=t::none_text(l)/> }.into_any(),
        false => table(l, desk.page.now.date(), all),
    };
    let out = (!all.is_empty()).then(|| {
        let file = routes::STAFF_VISITS_CHILDREN_FILE;
        view! {
            <div class="no-print">
                <Actions>
                    <PrintButton text=t::print(l)/>
                    <LinkButton href=file text=t::file(l) kind=ButtonKind::Secondary/>
                </Actions>
            </div>
        }
    });
    view! {
        <div class="stack">
            <PageHead title=t::title(l) lead=t::lead(l) back=Link::new(routes::STAFF_INMATES, t::back(l))/>
            {list}
            {out}
        </div>
    }
    .into_any()
}

fn table(l: Locale, today: CivilDate, all: &[Child]) -> AnyView {
    let head = vec![
        Column::new(t::col_name(l)),
        Column::new(t::col_unit(l)),
        Column::new(t::col_standing(l)),
        Column::new(t::col_this(l)),
        Column::new(t::col_before(l)),
        Column::new(t::col_last(l)),
        Column::new(t::col_next(l)),
    ];
    let rows = all.iter().map(|one| row(l, today, one)).collect();
    view! { <DataTable caption=t::title(l) head=head rows=rows labels=true/> }.into_any()
}

fn standing(l: Locale, standing: Standing) -> String {
    match standing {
        Standing::Short => t::short(l),
        Standing::Missing => t::missing(l),
        Standing::Ahead => t::ahead(l),
        Standing::Met => t::met(l),
    }
}

/// The list as a file, in the words of the page.
pub fn csv(l: Locale, today: CivilDate, all: &[Child]) -> Result<Vec<u8>, csv::Error> {
    let l = t::lang(l);
    let head = [
        t::col_name(l),
        t::col_age(l),
        t::col_unit(l),
        t::col_standing(l),
        t::col_least(l),
        t::col_this(l),
        t::col_before(l),
        t::col_last(l),
        t::col_next(l),
    ];
    let day = |day: Option<CivilDate>| day.map(CivilDate::iso).unwrap_or_default();
    let cells = |one: &Child| {
        [
            one.name.clone(),
            one.born.age_on(today).to_string(),
            one.unit_name.clone(),
            standing(l, one.standing),
            one.least.to_string(),
            one.visits.this_month.to_string(),
            one.visits.last_month.to_string(),
            day(one.last),
            day(one.next),
        ]
    };
    sheet::written(head, all.iter().map(cells))
}

fn row(l: Locale, today: CivilDate, one: &Child) -> Row {
    let kind = match one.standing {
        Standing::Short => TagKind::Error,
        Standing::Missing => TagKind::Warn,
        Standing::Ahead => TagKind::Open,
        Standing::Met => TagKind::Done,
    };
    let words = standing(l, one.standing);
    let day = |day: Option<CivilDate>| day.map_or_else(|| t::none(l), |day| dates::plain(l, day));
    let href = routes::staff_inmate_for(&one.public, "handle_case", None);
    let (name, age) = (one.name.clone(), t::age(l, i64::from(one.born.age_on(today))));
    let who = view! { <a class="cell-link" href=href>{name}</a><span class="cell-small">{age}</span> };
    Row::new(vec![
        Cell::view(who),
        Cell::text(&one.unit_name),
        Cell::view(view! { <Tag text=words kind=kind/> }),
        Cell::text(t::of(l, one.visits.this_month, one.least)),
        Cell::text(t::of(l, one.visits.last_month, one.least)),
        Cell::text(day(one.last)),
        Cell::text(day(one.next)),
    ])
}

#[cfg(test)]
mod tests {
    use domain::{kernel::Public, visits::children::Visits};

    use super::*;

    #[test]
    fn a_file_has_the_words_of_the_page_and_no_formula() {
        let day = |text| CivilDate::parse_iso(text).unwrap();
        let child = Child {
            public: Public::from_bits(1),
            name: "=Kasper, \"K\"".into(),
            born: day("2010-03-04"),
            unit_name: "Lyngmo fengsel".into(),
            visits: Visits { this_month: 1, last_month: 0, booked: 1, whole_last_month: true },
            least: 1,
            standing: Standing::Short,
            last: Some(day("2026-08-29")),
            next: None,
        };
        let made = csv(Locale::Nb, day("2026-09-01"), &[child]).unwrap();
        let mut read = csv::Reader::from_reader(made.as_slice());
        let row: Vec<String> = read.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
        let told = ["'=Kasper, \"K\"", "16", "Lyngmo fengsel", "For få forrige måned", "1", "1", "0"];
        assert_eq!(row[..7], told);
        assert_eq!(row[7..], ["2026-08-29", ""]);
    }
}
