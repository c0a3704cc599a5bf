//! The demo's letter box: what would have been sent, for whoever tries the demo. Outside the demo there is no
//! such page.

use backend::delivery::{Attached, DemoMail, MailHead, demo_mail, demo_mails};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use crate::{
    demo,
    i18n::{self, dates, delivery as t},
    request, routes,
    ui::{
        Cell, Column, DataTable, Details, EmptyState, Link, PageGrid, PageHead, Row, SummaryList, SummaryRow,
    },
};

#[component]
pub fn DemoMailsPage() -> impl IntoView {
    demo::page(t::lang, |ctx, l| async move { Ok(Some(list(l, demo_mails(&ctx).await?))) })
}

#[component]
pub fn DemoMailPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    demo::page(t::lang, move |ctx, l| {
        let public = Public::parse(&public);
        async move {
            let Some(public) = public else { return Ok(None) };
            let mail = demo_mail(&ctx, &public).await?;
            Ok(mail.map(|mail| one(l, &ctx.settings.server.base_url, mail)))
        }
    })
}

fn list(l: Locale, mails: Vec<MailHead>) -> AnyView {
    if mails.is_empty() {
        return view! {
            <PageGrid>
                <PageHead title=t::demo_title(l) lead=t::demo_lead(l)/>
                <EmptyState title=t::demo_empty_title(l) text=t::demo_empty_text(l)
                    link=Some(Link::new(routes::MY_CONTACT, t::demo_contact(l)))/>
            </PageGrid>
        }
        .into_any();
    }
    let head =
        vec![Column::new(t::demo_subject(l)), Column::new(t::demo_to(l)), Column::new(t::demo_sent(l))];
    let row = |mail: MailHead| {
        let link = Cell::link(routes::demo_mail(&mail.public), mail.subject);
        Row::new(vec![link, Cell::text(mail.to), Cell::text(dates::date_time(l, mail.sent_at))])
    };
    let rows = mails.into_iter().map(row).collect();
    view! {
        <PageGrid>
            <PageHead title=t::demo_title(l) lead=t::demo_lead(l)/>
            <DataTable caption=t::demo_table(l) head=head rows=rows labels=true/>
        </PageGrid>
    }
    .into_any()
}

fn one(l: Locale, base: &str, mail: DemoMail) -> AnyView {
    let facts = vec![
        SummaryRow::new(t::demo_from(l), &mail.sender),
        SummaryRow::new(t::demo_to(l), &mail.head.to),
        SummaryRow::new(t::demo_sent(l), dates::date_time(l, mail.head.sent_at)),
    ];
    // The letter has its reader's language, which need not be this page's.
    let lang = i18n::lang_of("delivery", mail.head.locale).code();
    let paragraphs: Vec<_> = mail.text.split("\n\n").map(|text| paragraph(base, text)).collect();
    let files = mail.attachments.into_iter().map(file).collect_view();
    let files = (!files.is_empty()).then(|| view! { <h2>{t::demo_files(l)}</h2>{files} });
    view! {
        <PageGrid>
            <PageHead title=mail.head.subject back=Link::new(routes::DEMO_MAIL, t::demo_back(l))/>
            <SummaryList rows=facts/>
            <div class="prose" lang=lang>{paragraphs}</div>
            {files}
        </PageGrid>
    }
    .into_any()
}

/// Each line on its own; one that leads to a page of ours is a link.
fn paragraph(base: &str, text: &str) -> AnyView {
    let lines = text.lines().map(|line| {
        let inner = match line.strip_prefix(base).filter(|path| path.starts_with('/')) {
            Some(path) => view! { <a href=routes::local(path)>{line.to_owned()}</a> }.into_any(),
            None => line.to_owned().into_any(),
        };
        view! { <span class="summary-line">{inner}</span> }
    });
    view! { <p>{lines.collect_view()}</p> }.into_any()
}

fn file(file: Attached) -> AnyView {
    let text = file.text.map(|text| view! { <pre>{text}</pre> });
    view! { <Details summary=format!("{} ({})", file.name, file.media_type)>{text}</Details> }.into_any()
}
