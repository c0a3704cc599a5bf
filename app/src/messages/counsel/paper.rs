//! All that she and one client have written, with the log, on one page to print or to keep as a file. It is there once the log says
//! that a copy was made; an address alone makes none.

use backend::{
    Result,
    messages::counsel::{Counsel, Message},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::COPY,
    log::log,
    parts::{own, tried},
    words::{self, long},
};
use crate::{
    i18n::{dates, messages_counsel as t},
    identity::here::{Here, page},
    public::NotFound,
    request, routes,
    ui::{Actions, Link, PageGrid, PageHead, PrintButton},
};

#[component]
pub fn PaperPage() -> impl IntoView {
    page("messages_counsel", paper)
}

async fn paper(here: Here) -> Result<AnyView> {
    let Some((inmate, counsel)) = own(&here).await? else { return Ok(view! { <NotFound/> }.into_any()) };
    let back = routes::my_client(&inmate);
    if tried(&here, COPY, &inmate).await?.is_none() {
        request::redirect(&back);
        return Ok(().into_any());
    }
    Ok(whole(&here, &counsel, back))
}

fn whole(here: &Here, counsel: &Counsel, back: String) -> AnyView {
    let l = here.locale();
    let you = here.page.name().unwrap_or_default().to_owned();
    let note = t::paper_note(l, you, dates::date_time_with_year(l, here.page.now));
    let title = t::paper_title(l, &counsel.name);
    let back = Link::new(back, counsel.name.as_str());
    let messages = counsel.messages.iter().map(|message| one(l, &counsel.name, message)).collect_view();
    let touched = log(l, &counsel.log, long);
    view! {
        <PageGrid>
            <PageHead title=title tab=t::paper_tab(l) note=note back=back/>
            <p class="no-print">{t::paper_how(l)}</p>
            <div class="no-print"><Actions><PrintButton text=t::paper_print(l)/></Actions></div>
            {messages}
            <section class="section-rule stack">
                <h2>{t::log_title(l)}</h2>
                {touched}
                <p>{t::safe_not_yet(l)}</p>
            </section>
        </PageGrid>
    }
    .into_any()
}

fn one(l: Locale, name: &str, message: &Message) -> AnyView {
    let who = if message.from_lawyer { t::you(l) } else { name.to_owned() };
    let (head, text) = (words::head(l, name, message, long), message.words.clone());
    view! {
        <section class="section-rule stack">
            <h2>{who}</h2>
            <p class="small">{head}</p>
            <p class="letter-words" dir="auto">{text}</p>
        </section>
    }
    .into_any()
}
