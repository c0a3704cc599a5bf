//! The case of somebody else's: it opens with a reason in words alone, and everybody concerned is told. Nothing is read for this
//! page, so it says nothing of whose case it is.

use backend::notices::Party;
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{fields::Fields, forms, parts::action};
use crate::{
    i18n::{common, notices_desk as t},
    routes,
    ui::{
        Actions, Button, ErrorSummary, Form, HiddenInput, Link, Notice, NoticeKind, PageGrid, PageHead,
        TextArea,
    },
};

#[component]
pub(super) fn Emergency(l: Locale, public: Public<Party>, fields: Fields) -> impl IntoView {
    let tab = fields.tab(l, t::emergency_title(l));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageGrid>
            <PageHead title=t::emergency_title(l) tab=tab lead=t::emergency_lead(l)
                back=Link::new(routes::STAFF_NOTICES, t::list_title(l))/>
            <Notice kind=NoticeKind::Warn title=t::emergency_told(l)><p>{t::emergency_seen(l)}</p></Notice>
            <Form action=action(forms::OPEN)>
                <HiddenInput name="id" value=public.to_string()/>
                <TextArea name="reason" label=t::emergency_reason(l) hint=t::emergency_reason_hint(l) rows=3
                    value=fields.value("reason") error=fields.error(l, "reason")/>
                <Actions><Button text=t::emergency_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
}
