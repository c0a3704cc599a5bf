//! What is held of her here, why, by which law and for how long; and as a file. For whoever is signed in here, and for nobody
//! elsewhere: no page and no file of another area tells that there is such a page.

use backend::{
    Result,
    ctx::{Ctx, Visitor},
    held::{NOTICES, notices_file},
    notices::mine::held::{held, looks_held},
    rules::Rules,
};
use leptos::prelude::*;

use super::{
    here::{Here, page},
    parts::whole,
};
use crate::{
    i18n::held as t,
    mine::data::{groups, kept_here, lawful},
    routes,
    ui::{LinkRow, LinkRows, SummaryList, SummaryRow},
};

#[component]
pub fn DataPage() -> impl IntoView {
    page(data)
}

async fn data(here: Here) -> Result<AnyView> {
    let l = here.l;
    let rules = Rules::on(&here.ctx.db, here.page.now.date()).await?;
    let things = held(&here.ctx, &here.who).await?;
    let about = vec![
        SummaryRow::new(t::purpose(l), t::message_purpose(l)),
        SummaryRow::new(t::basis(l), lawful(l, NOTICES)),
        SummaryRow::new(t::kept(l), kept_here(l, &rules)?),
    ];
    let file = LinkRow::new(routes::MESSAGE_DATA_FILE, t::message_download(l));
    let ways = vec![file.text(t::message_download_text(l))];
    let body = view! {
        <div class="stack">
            <LinkRows rows=ways/>
            <SummaryList rows=about/>
            {groups(l, &things)}
        </div>
    };
    Ok(whole(l, t::message_title(l), Some(t::message_lead(l)), vec![], body.into_any()))
}

/// JSON, all of it.
pub async fn file(ctx: &Ctx, who: &Visitor) -> Result<String> {
    let now = ctx.now();
    let rules = Rules::on(&ctx.db, now.date()).await?;
    let (things, looks) = (held(ctx, who).await?, looks_held(ctx, who).await?);
    Ok(format!("{:#}\n", notices_file(now, &rules, &things, looks)?))
}
