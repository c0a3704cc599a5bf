//! What goes out on paper: the invitation to one at home, and what whoever applied may be told today.

use backend::consents::{self, AskedPerson, DeskCase, PersonMark};
use domain::kernel::Public;
use leptos::prelude::*;

use super::parts::{self, Desk};
use crate::{
    i18n::{consents_desk as t, dates},
    request, routes,
    ui::{Link, PageGrid, PageHead, PrintButton},
};

#[component]
pub fn InvitationPage() -> impl IntoView {
    let (case, person) = (parts::named(), request::param("person").and_then(|id| Public::parse(&id)));
    parts::page(|desk| async move {
        let (Some(case), Some(person)) = (case, person) else { return Ok(None) };
        let Some(home) = consents::opened(&desk.ctx, &desk.who, &case).await? else { return Ok(None) };
        Ok(of(&home, &person).map(|person| invitation(&desk, &home, person)))
    })
}

fn of<'a>(home: &'a DeskCase, person: &Public<PersonMark>) -> Option<&'a AskedPerson> {
    home.people.iter().find(|known| known.public == *person)
}

fn invitation(desk: &Desk, home: &DeskCase, person: &AskedPerson) -> AnyView {
    let l = desk.l;
    let address = format!("{}{}", desk.ctx.settings.server.base_url, routes::MY_HOMES);
    let until = dates::long_date(l, home.answer_by);
    let paragraphs = [
        t::letter_asked(l),
        t::letter_sign_in(l, &address),
        t::letter_by(l, until),
        t::letter_ring(l, &home.unit_phone),
    ];
    sheet(desk, home, t::letter_title(l, &person.name), t::letter_tab(l), paragraphs.into())
}

#[component]
pub fn ToldPage() -> impl IntoView {
    let case = parts::named();
    parts::page(|desk| async move {
        let Some(case) = case else { return Ok(None) };
        let Some(home) = consents::opened(&desk.ctx, &desk.who, &case).await? else { return Ok(None) };
        let l = desk.l;
        let paragraphs = vec![parts::told(l, home.told), t::told_ask(l, &home.unit_name, &home.unit_phone)];
        Ok(Some(sheet(&desk, &home, t::told_letter(l, &home.applicant), t::told_tab(l), paragraphs)))
    })
}

fn sheet(desk: &Desk, home: &DeskCase, title: String, tab: String, paragraphs: Vec<String>) -> AnyView {
    let l = desk.l;
    let note = format!("{}, {}", home.unit_name, dates::plain(l, desk.page.now.date()));
    let back = Link::new(routes::staff_home(&home.public), t::one_back(l));
    let paragraphs = paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    view! {
        <PageGrid>
            <PageHead title=title tab=tab note=note back=back/>
            <p class="no-print"><PrintButton text=t::print(l)/></p>
            {paragraphs}
        </PageGrid>
    }
    .into_any()
}
