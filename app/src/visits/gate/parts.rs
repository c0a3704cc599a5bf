//! What the gate's pages begin with.

use std::{future::Future, sync::Arc};

use backend::{
    Result,
    ctx::{Actor, Ctx, Staff},
    form_try,
};
use domain::{
    kernel::{Locale, Public},
    visits::gate::may_mark,
};
use leptos::prelude::*;

use crate::{
    i18n::visits_gate as t,
    request::{self, Page},
    visits::parts::{staff, staff_page},
};

#[derive(Clone)]
pub(super) struct Desk {
    pub ctx: Ctx,
    pub who: Staff,
    pub page: Arc<Page>,
    pub l: Locale,
}

impl Desk {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.clone())
    }

    /// What was typed and refused, if it is this person's.
    pub async fn tried(&self, form: &'static str) -> Result<Option<form_try::FormTry>> {
        let Some(key) = self.page.query("try") else { return Ok(None) };
        form_try::find(&self.ctx, &self.actor(), form, &key).await
    }
}

/// Those whose duty it is; to others of the staff there is no gate.
pub(super) fn desk() -> Option<Desk> {
    let (ctx, who, page) = staff()?;
    Some(Desk { ctx, who, l: t::lang(page.locale), page })
}

pub(super) fn page<F, R>(make: F) -> impl IntoView
where
    F: FnOnce(Desk) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    desk().map(|desk| {
        let (l, may) = (desk.l, may_mark(&desk.who.roles));
        let made = make(desk);
        staff_page(l, async move { if may { made.await } else { Ok(None) } })
    })
}

pub(super) fn named<T>() -> Option<Public<T>> {
    Public::parse(&request::param("public")?)
}
