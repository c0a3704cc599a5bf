//! The case of somebody else's: it opens in an emergency alone, and everybody concerned is told. Nothing is read for this
//! page, so it says nothing of whose case it is.

use backend::notices::Party;
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{forms, parts::action};
use crate::{
    i18n::notices_desk as t,
    routes,
    ui::{Actions, Button, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid, PageHead},
};

/// Under this name is kept that the reason was given; no form of a page has such a field.
pub(super) const OPENED: &str = "because";

#[component]
pub(super) fn Emergency(l: Locale, public: Public<Party>) -> impl IntoView {
    view! {
        <PageGrid>
            <PageHead title=t::emergency_title(l) lead=t::emergency_lead(l)
                back=Link::new(routes::STAFF_NOTICES, t::list_title(l))/>
            <Notice kind=NoticeKind::Warn title=t::emergency_told(l)><p>{t::emergency_seen(l)}</p></Notice>
            <Form action=action(forms::OPEN)>
                <HiddenInput name="id" value=public.to_string()/>
                <Actions><Button text=t::emergency_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
}
