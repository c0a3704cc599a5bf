//! What was just done with a piece of work, as the list tells it once: who has it now, and the way back; or why nothing was done.

use backend::{form_try::FormTry, work::Moved};
use domain::{kernel::Locale, work::Refusal};
use leptos::prelude::*;

use super::{forms, parts::action, words};
use crate::{
    i18n::desk_work as t,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Notice, NoticeKind},
};

/// The name it is kept under.
pub(super) const KEPT: &str = "staff/work/told";

/// Where its key stands in the address.
pub(super) const NAME: &str = "told";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Taken,
    Given,
    PutBack,
    Undone,
}

impl How {
    const EVERY: [Self; 4] = [Self::Taken, Self::Given, Self::PutBack, Self::Undone];

    pub fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Given => "given",
            Self::PutBack => "put_back",
            Self::Undone => "undone",
        }
    }

    fn words(self, l: Locale, what: String) -> String {
        match self {
            Self::Taken => t::told_taken(l, what),
            Self::Given => t::told_given(l, what),
            Self::PutBack => t::told_put_back(l, what),
            Self::Undone => t::told_undone(l, what),
        }
    }
}

/// The list's address with this told.
pub(super) fn with_told(path: &str, key: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("told="));
    let mut query: Vec<&str> = others.collect();
    let told = format!("{NAME}={key}");
    query.push(told.as_str());
    format!("{path}?{}", query.join("&"))
}

pub(super) fn shown(l: Locale, kept: &FormTry, key: String, back: String) -> Option<AnyView> {
    if let Some(code) = kept.code("form") {
        let title = match Refusal::ALL.into_iter().find(|refusal| refusal.code() == code)? {
            Refusal::Taken => t::told_other(l),
            Refusal::Hidden | Refusal::MovedOn | Refusal::Whom => t::told_moved_on(l),
        };
        return Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any());
    }
    let moved = Moved::read(|name| kept.value(name))?;
    let how = kept.value("how");
    let how = How::EVERY.into_iter().find(|one| one.code() == how)?;
    let title = how.words(l, words::named(l, moved.kind, &moved.reference));
    let undo = (how != How::Undone && moved.from != moved.to).then(|| {
        view! {
            <Form action=action(forms::UNDO)>
                <HiddenInput name="key" value=key/>
                <HiddenInput name="back" value=back/>
                <Actions><Button text=t::undo(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        }
    });
    Some(view! { <Notice kind=NoticeKind::Done title=title>{undo}</Notice> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_told_at_a_time() {
        assert_eq!(with_told("/staff/work", "b"), "/staff/work?told=b");
        assert_eq!(with_told("/staff/work?told=a&what=letters", "b"), "/staff/work?what=letters&told=b");
    }
}
