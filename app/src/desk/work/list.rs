//! The list itself.

use backend::work::{self, Listed};
use domain::{
    kernel::{Instant, Locale},
    work::{Choice, Cursor, Kind},
};
use leptos::prelude::*;

use super::{
    chosen, forms,
    parts::{self, Desk, action},
    rows, told,
};
use crate::{
    desk::menu,
    i18n::{dates, desk_work as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, DataTable, Details, EmptyState, Form, HiddenInput, Link, LinkRow,
        LinkRows, Notice, NoticeKind, PageHead, Pager,
    },
};

#[component]
pub fn ListPage() -> impl IntoView {
    parts::page(|desk| async move {
        if Kind::of(&desk.who.roles).next().is_none() {
            return Ok(Some(no_work(&desk)));
        }
        let choice = chosen::read(&desk.page);
        let after = desk.page.query("after").map_or_else(Cursor::start, |text| Cursor::parse(&text));
        let further = after != Cursor::start();
        let listed = work::list(&desk.ctx, &desk.who, &desk.page.work, &choice, after).await?;
        let kept = desk.kept(told::KEPT, told::NAME).await?;
        let key = desk.page.query(told::NAME).unwrap_or_default();
        let back = chosen::address(&choice, None);
        let told = kept.and_then(|kept| told::shown(desk.l, &kept, key, back));
        Ok(Some(shown(&desk, &choice, listed, (told, further))))
    })
}

/// For those of the staff whose work stands on no list: the way to what is theirs.
fn no_work(desk: &Desk) -> AnyView {
    let l = desk.l;
    let desks = menu::desks(&desk.page).into_iter().map(|desk| LinkRow::new(desk.href, desk.text)).collect();
    view! {
        <div class="stack">
            <PageHead title=t::title(l) lead=t::no_work(l)/>
            <LinkRows rows=desks/>
        </div>
    }
    .into_any()
}

fn shown(desk: &Desk, choice: &Choice, listed: Listed, (told, further): (Option<AnyView>, bool)) -> AnyView {
    let (l, waiting) = (desk.l, &desk.page.work);
    let back = chosen::address(choice, None);
    let next = listed.next.as_ref().map(|next| Link::new(chosen::address(choice, Some(next)), t::next(l)));
    let first = further.then(|| Link::new(back.clone(), t::first(l)));
    let table = table(desk, choice, listed, &back);
    view! {
        <div class="stack">
            {told}
            {waiting.away.map(|since| is_away(l, since, &back))}
            <PageHead title=t::title(l) note=note(l, waiting.count, waiting.late)/>
            {chosen::form(desk, choice, &waiting.units)}
            {table}
            <Pager label=t::pages(l) previous=first next=next/>
            {waiting.away.is_none().then(|| go_away(l, &back))}
        </div>
    }
    .into_any()
}

/// How much waits for the reader or for nobody, whatever is chosen.
fn note(l: Locale, count: i64, late: i64) -> String {
    let count = match count {
        0 => return t::count_none(l),
        100.. => t::count_many(l),
        n => t::count(l, n),
    };
    let late = match late {
        0 => t::late_none(l),
        100.. => t::late_many(l),
        n => t::late(l, n),
    };
    format!("{count} {late}")
}

fn table(desk: &Desk, choice: &Choice, listed: Listed, back: &str) -> AnyView {
    let l = desk.l;
    if listed.items.is_empty() {
        let all = (*choice != Choice::default()).then(|| Link::new(routes::STAFF_WORK, t::empty_all(l)));
        return view! { <EmptyState title=t::empty_title(l) text=t::empty_text(l) link=all/> }.into_any();
    }
    let groups = rows::groups(desk, listed.items, back);
    view! { <DataTable caption=t::caption(l) head=rows::head(l) groups=groups/> }.into_any()
}

fn is_away(l: Locale, since: Instant, back: &str) -> AnyView {
    let (title, form) = (t::away_since(l, dates::date_time(l, since)), away_form(l, "no", back));
    view! {
        <Notice kind=NoticeKind::Now title=title>
            <p>{t::away_means(l)}</p>
            {form}
        </Notice>
    }
    .into_any()
}

fn go_away(l: Locale, back: &str) -> AnyView {
    let form = away_form(l, "yes", back);
    view! {
        <Details summary=t::away_title(l)>
            <p>{t::away_text(l)}</p>
            {form}
        </Details>
    }
    .into_any()
}

fn away_form(l: Locale, away: &'static str, back: &str) -> AnyView {
    let words = if away == "yes" { t::away_button(l) } else { t::back_button(l) };
    let back = back.to_owned();
    view! {
        <Form action=action(forms::AWAY)>
            <HiddenInput name="away" value=away/>
            <HiddenInput name="back" value=back/>
            <Actions><Button text=words kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
