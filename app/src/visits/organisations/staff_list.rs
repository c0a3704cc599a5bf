//! The organisations that the officer's units have cleared.

use backend::visits::organisations::{self, Listed};
use domain::kernel::{CivilDate, Locale};
use leptos::prelude::*;

use super::{parts, words};
use crate::{
    i18n::{dates, visits_organisations as t},
    routes,
    ui::{Actions, EmptyState, LinkButton, LinkRow, LinkRows, PageGrid, PageHead},
};

#[component]
pub fn StaffListPage() -> impl IntoView {
    parts::page(|desk| async move {
        let Some(all) = organisations::list(&desk.ctx, &desk.who).await? else { return Ok(None) };
        let (l, today) = (desk.l, desk.page.now.date());
        let listed = match all.is_empty() {
            true => view! { <EmptyState title=t::staff_none(l) text=t::staff_none_text(l)/> }.into_any(),
            false => {
                let rows = all.iter().map(|one| row(l, one, today)).collect();
                view! { <LinkRows rows=rows/> }.into_any()
            }
        };
        let new = routes::STAFF_ORGANISATIONS_NEW;
        Ok(Some(
            view! {
                <PageGrid>
                    <PageHead title=t::staff_title(l) lead=t::staff_lead(l)/>
                    <Actions><LinkButton href=new text=t::staff_new(l)/></Actions>
                    {listed}
                </PageGrid>
            }
            .into_any(),
        ))
    })
}

fn row(l: Locale, one: &Listed, today: CivilDate) -> LinkRow {
    let until = dates::with_year(l, one.valid_to);
    let until = if one.valid_to < today { t::staff_over(l, until) } else { t::staff_until(l, until) };
    let text = format!("{} · {} · {until}", words::kind(l, one.kind), one.unit_name);
    LinkRow::new(routes::staff_organisation(&one.public), one.name.clone()).text(text)
}
