//! Pages for whoever tries the demo. Outside the demo they are not there.

use backend::{Result, ctx::Ctx};
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    public::{NotFound, broken},
    request,
};

/// A page of the demo, read in one piece. `lang` is the slice's: in which of its languages the reader is answered.
pub(crate) fn page<F, R>(lang: fn(Locale) -> Locale, make: F) -> AnyView
where
    F: FnOnce(Ctx, Locale) -> R,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    let page = request::page();
    let (true, Some(ctx)) = (page.demo, use_context::<Ctx>()) else {
        return view! { <NotFound/> }.into_any();
    };
    let l = lang(page.locale);
    let made = make(ctx, l);
    let made = Suspend::new(async move {
        match made.await {
            Ok(Some(view)) => view! { <div lang=l.code()>{view}</div> }.into_any(),
            Ok(None) => view! { <NotFound/> }.into_any(),
            Err(error) => broken(&error),
        }
    });
    view! { <Suspense>{made}</Suspense> }.into_any()
}
