//! Whom a lawyer lets book rooms for her: her list of them, the form that names one, where each stands with what was done in her name;
//! and his side: the code, what he is asked, yes or no. What he acts for stands in `mine::lawyers`. Nothing here opens a letter.

mod api;
mod asked;
mod choose;
mod list;
mod log;
mod new;
mod show;
mod words;

pub use api::FORMS;
pub(crate) use asked::{ask, end_form, typed};
pub use choose::ChoosePage;
pub use list::ListPage;
pub(crate) use list::section;
pub(crate) use log::log;
pub use new::NewPage;
pub use show::ShowPage;

use domain::{
    access::{Area, Level},
    kernel::Locale,
};
use leptos::prelude::*;

use crate::{
    i18n::messages_counsel,
    routes,
    ui::{Actions, Button, Form, HiddenInput, Notice},
};

/// To nobody below the high level is anything told.
pub(crate) fn higher(l: Locale, path: &str, text: String) -> AnyView {
    let path = path.to_owned();
    view! {
        <Notice title=messages_counsel::level_title(l)><p>{text}</p></Notice>
        <Form action=routes::auth_start(Area::Citizen.code())>
            <HiddenInput name="return_to" value=path/>
            <HiddenInput name="level" value=Level::High.code()/>
            <Actions><Button text=messages_counsel::level_button(l)/></Actions>
        </Form>
    }
    .into_any()
}
