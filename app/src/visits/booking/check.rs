//! Is this right: everything on one page, the time still held, each answer with its way back.

use backend::{
    Result,
    identity::contacts,
    visits::booking::{self, DraftView, HoldView},
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    api::{CONFIRM, DISCARD, EXTEND, action},
    asking::Last,
    changing, countdown,
    told::Again,
    words,
};
use crate::{
    i18n::{dates, visits_booking as t},
    request, routes,
    shell::WithIslands,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, ErrorSummary, FieldError, Form, HiddenInput, Link,
        LinkButton, PageGrid, PageHead, Steps, SummaryList, SummaryRow,
    },
    visits::{Here, page},
};

#[component]
pub fn CheckPage() -> impl IntoView {
    page("visits_booking", check)
}

async fn check(here: Here) -> Result<AnyView> {
    let Some(draft) = booking::draft(&here.ctx, &here.who).await? else {
        request::redirect(routes::BOOK);
        return Ok(().into_any());
    };
    let mut told = Again::of(&here, CONFIRM).await?.told;
    told.extend(Again::of(&here, EXTEND).await?.told);
    let errors: Vec<FieldError> = told
        .iter()
        .map(|one| FieldError::new("answers", words::told(here.locale(), one, &draft.people)))
        .collect();
    match draft.hold.as_ref().filter(|h| h.hold.is_live(here.page.now)) {
        Some(held) => {
            let last = Last::of(&here, &draft, held).await?;
            let rows = answers(&here, &draft, held, receipt_to(&here).await?);
            Ok(whole(&here, (&draft, held), (last, rows), errors))
        }
        None => Ok(gone(here.locale(), &draft, errors)),
    }
}

/// Where the receipt goes: a confirmed address, masked.
async fn receipt_to(here: &Here) -> Result<Option<String>> {
    let contacts = contacts::load(&here.ctx, &here.who.person).await?;
    Ok(contacts.email.filter(|e| e.confirmed).map(|e| e.address.masked()))
}

fn refused(l: Locale, draft: &DraftView) -> String {
    if draft.changes.is_some() { t::refused_change(l) } else { t::refused_book(l) }
}

/// The time ran out. Who comes is kept, and that is said.
fn gone(l: Locale, draft: &DraftView, errors: Vec<FieldError>) -> AnyView {
    let tab = words::tab(l, &errors, &t::gone_title(l));
    let (refused, changing) = (refused(l, draft), changing::banner(l, draft.changes.as_ref()));
    view! {
        <PageGrid>
            <ErrorSummary title=refused errors=errors/>
            <PageHead title=t::gone_title(l) tab=tab lead=t::gone_text(l) back=Link::new(routes::book("when"), t::back_when(l))>
                <Steps current=3 total=3 text=t::steps_check(l)/>
            </PageHead>
            {changing}
            <div id="answers"><Actions><LinkButton href=routes::book("when") text=t::gone_link(l)/></Actions></div>
        </PageGrid>
    }
    .into_any()
}

fn whole(
    here: &Here,
    (draft, held): (&DraftView, &HoldView),
    (last, rows): (Last, Vec<SummaryRow>),
    errors: Vec<FieldError>,
) -> AnyView {
    let (l, hold) = (here.locale(), held.hold.public.to_string());
    let Last { title, does, button, to, stop, notice, refused } = last;
    let aside = view! { <AsideBlock title=t::check_next_title(l)><p>{does}</p></AsideBlock> };
    let changing = changing::banner(l, draft.changes.as_ref());
    let book = button.map(|text| view! { <Button text=text/> });
    let extend = extend(l, held);
    let banner = countdown::banner(l, held, here.page.now, countdown::Where::Check);
    let tab = words::tab(l, &errors, &title);
    view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=refused errors=errors/>
            <PageHead title=title tab=tab back=Link::new(routes::book("when"), t::back_when(l))>
                <Steps current=3 total=3 text=t::steps_check(l)/>
            </PageHead>
            {changing}
            {notice}
            {banner}
            {extend}
            <div id="answers" tabindex="-1"><SummaryList rows=rows/></div>
            {remember(l)}
            <Form action=to>
                <HiddenInput name="hold" value=hold/>
                <Actions>
                    {book}
                    <Button text=stop kind=ButtonKind::Quiet formaction=DISCARD/>
                </Actions>
            </Form>
        </PageGrid>
        <WithIslands/>
    }
    .into_any()
}

/// Ten minutes more, offered once.
fn extend(l: Locale, held: &HoldView) -> Option<AnyView> {
    let hold = held.hold.public.to_string();
    (!held.hold.extended).then(|| {
        view! {
            <Form action=action(EXTEND)>
                <HiddenInput name="hold" value=hold/>
                <Button text=t::hold_extend(l) kind=ButtonKind::Quiet/>
            </Form>
        }
        .into_any()
    })
}

fn answers(here: &Here, draft: &DraftView, held: &HoldView, receipt: Option<String>) -> Vec<SummaryRow> {
    let (l, session) = (here.locale(), &held.session);
    let date = dates::capital(&dates::with_year(l, session.date));
    let time = words::from_to(l, session.start, session.end);
    let who = format!("{}?inmate={}", routes::BOOK, draft.inmate);
    let change = |row: SummaryRow, href: String, about: String| row.change(href, t::change(l), about);
    let before = draft.changes.as_ref().filter(|old| old.open).map(|old| changing::before(l, old));
    let rows = vec![
        SummaryRow::new(t::fact_whom(l), &draft.inmate_name),
        SummaryRow::new(t::fact_where(l), format!("{}\n{}", draft.unit_name, session.room)).lang("nb"),
        change(
            SummaryRow::new(t::fact_when(l), format!("{date}\n{time}")),
            routes::book("when"),
            t::fact_when(l),
        ),
        change(SummaryRow::new(t::fact_who(l), words::party(l, draft, session.date)), who, t::fact_who(l)),
        SummaryRow::new(t::fact_receipt(l), receipt.unwrap_or_else(|| t::fact_no_email(l))),
    ];
    before.into_iter().chain(rows).collect()
}

fn remember(l: Locale) -> AnyView {
    view! {
        <h2>{t::remember_title(l)}</h2>
        <ul>
            <li>{t::remember_id(l)}</li>
            <li>{t::remember_cancel(l)}</li>
        </ul>
    }
    .into_any()
}
