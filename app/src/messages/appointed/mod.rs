//! A lawyer says herself that she is appointed: one form, where it stands, and rows for her list of clients. What she is told is
//! the same whether or not anybody of that name is inside, and no page here names a unit.

mod api;
mod show;
pub(super) mod words;
mod write;

pub use api::FORMS;
pub(super) use api::faulty;
pub use show::ShowPage;
pub(super) use show::declared;
pub use write::WritePage;

use backend::{Result, identity::appointed};
use domain::access::Level;
use leptos::prelude::*;

use crate::{
    i18n::messages_appointed as t,
    identity::here::Here,
    routes,
    ui::{Actions, ButtonKind, LinkButton, LinkRow, LinkRows},
};

/// What stands under her clients: those she has declared, and the way to declare one.
pub(crate) async fn section(here: &Here) -> Result<Option<AnyView>> {
    if here.who.level < Level::High {
        return Ok(None);
    }
    let l = here.locale();
    let mine = appointed::mine(&here.ctx, &here.who).await?;
    let row = |one: appointed::Mine| {
        let text = words::stands(l, &one.state, one.due_at, here.page.now);
        LinkRow::new(routes::my_appointed(&one.public), one.declared.name).text(text)
    };
    let rows: Vec<LinkRow> = mine.into_iter().map(row).collect();
    let rows = (!rows.is_empty()).then(|| view! { <LinkRows rows=rows/> });
    let section = view! {
        <section class="section-rule stack">
            <h2>{t::missing_title(l)}</h2>
            <p>{t::missing_text(l)}</p>
            {rows}
            <Actions>
                <LinkButton href=routes::MY_APPOINTED text=t::missing_link(l) kind=ButtonKind::Secondary/>
            </Actions>
        </section>
    };
    Ok(Some(section.into_any()))
}
