//! What she wrote, in the forms of helping her. Which hand-in it is stands in the address and in the form, and from then on with the contact.

use backend::{
    Result,
    visits::assisted::{
        Contact, ContactMark,
        handin::{self, Brought},
    },
};
use domain::{
    kernel::{Locale, Public},
    visits::handin::{HandIn, HandInForm},
};
use leptos::prelude::*;

use super::super::{
    fields::Fields,
    parts::{Answer, Desk},
};
use crate::{
    i18n::visits_handin as t,
    routes,
    ui::{AsideBlock, HiddenInput},
    visits::failed,
};

/// What is shown beside a form that it has filled.
pub(in crate::visits::assist) struct Beside {
    pub public: Public<HandIn>,
    reference: String,
    note: String,
}

impl Beside {
    /// The hidden field of the form.
    pub fn input(&self) -> AnyView {
        let value = self.public.to_string();
        view! { <HiddenInput name="hand_in" value=value/> }.into_any()
    }

    pub fn aside(&self, l: Locale) -> AnyView {
        let l = t::lang(l);
        let (href, text) = (routes::staff_hand_in(&self.public), t::beside_link(l, &self.reference));
        let note = (!self.note.is_empty()).then(|| view! { <p dir="auto">{self.note.clone()}</p> });
        view! {
            <AsideBlock title=t::beside_title(l)>
                <p>{t::beside_text(l)}</p>
                {note}
                <p><a href=href>{text}</a></p>
            </AsideBlock>
        }
        .into_any()
    }
}

/// Of the form that was refused, or of the address.
pub(in crate::visits::assist) async fn hand_in(
    desk: &Desk,
    fields: &Fields,
) -> Result<Option<(Beside, HandInForm)>> {
    let typed = Some(fields.value("hand_in")).filter(|id| !id.is_empty());
    let id = typed.or_else(|| desk.page.query("hand_in")).and_then(|id| Public::<HandIn>::parse(&id));
    let Some(id) = id else { return Ok(None) };
    let found = handin::one(&desk.ctx, &desk.who, &id).await?.filter(|one| one.state.is_open());
    Ok(found.map(|one| (beside(one.public, one.reference.to_string(), &one.form), one.form)))
}

fn beside(public: Public<HandIn>, reference: String, form: &HandInForm) -> Beside {
    Beside { public, reference, note: form.note.clone() }
}

/// The form of somebody new, as it opens.
pub(in crate::visits::assist) fn newcomer(form: &HandInForm) -> Fields {
    Fields::new([
        ("name", form.name.clone()),
        ("birth_day", form.birth_day.clone()),
        ("birth_month", form.birth_month.clone()),
        ("birth_year", form.birth_year.clone()),
        ("phone", form.phone.clone()),
        ("channel", "paper".to_owned()),
    ])
}

/// A contact was opened: if for a hand-in, it is being registered from now on.
pub(in crate::visits::assist) async fn begun(
    desk: &Desk,
    hand_in: &str,
    contact: &Public<ContactMark>,
) -> Answer {
    let Some(id) = Public::<HandIn>::parse(hand_in) else { return Ok(()) };
    handin::begin(&desk.ctx, &desk.who, &id, contact).await.map_err(failed)
}

/// What this contact was opened for.
pub(in crate::visits::assist) async fn brought(
    desk: &Desk,
    contact: &Contact,
) -> Result<Option<(Beside, HandInForm, Locale)>> {
    let found = handin::brought(&desk.ctx, contact).await?;
    Ok(found.map(|Brought { public, reference, form, locale }| {
        (beside(public, reference.to_string(), &form), form, locale)
    }))
}

/// The form of her application, as it opens. That she knows of the police she has said herself.
pub(in crate::visits::assist) fn applied(form: &HandInForm, l: Locale) -> Fields {
    Fields::new([
        ("name", form.whom.clone()),
        ("birth_day", form.whom_birth_day.clone()),
        ("birth_month", form.whom_birth_month.clone()),
        ("birth_year", form.whom_birth_year.clone()),
        ("relation", form.relation.clone()),
        ("told", form.read.clone()),
        ("locale", l.code().to_owned()),
    ])
}
