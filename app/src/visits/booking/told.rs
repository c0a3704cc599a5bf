//! Refusals on their way to the page that tells them: each a code with at most one detail, sealed with the try,
//! read back into the rule's own refusal, so that the words are matched exhaustively.

use backend::{
    Result,
    form_try::{self, FieldError, FormTry},
};
use domain::{
    kernel::{CivilDate, Id, Instant},
    visits::booking::{Closed, Refusal},
};

use super::words;
use crate::visits::Here;

/// Why a page is shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Refused(Refusal),
    /// No time was chosen.
    ChooseTime,
    /// Too many write at once.
    Busy,
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn parts(told: &Told) -> (&'static str, String) {
    let refusal = match told {
        Told::Refused(refusal) => refusal,
        Told::ChooseTime => return ("choose_time", String::new()),
        Told::Busy => return ("busy", String::new()),
    };
    let detail = match refusal {
        Refusal::Closed(Closed::Blocked(reason)) => format!("={reason}"),
        Refusal::Closed(Closed::Holiday(holiday)) => words::holiday_code(*holiday).to_owned(),
        Refusal::NotCleared(person) | Refusal::Colleague(person) => person.as_str().to_owned(),
        Refusal::WeekUsed { on } | Refusal::MonthUsed { on } => on.iso(),
        Refusal::Overlap { at } => at.micros().to_string(),
        Refusal::TooMany { most } => most.to_string(),
        _ => String::new(),
    };
    (refusal.code(), detail)
}

fn read(code: &str, detail: &str) -> Option<Told> {
    let plain = [
        Refusal::HoldExpired,
        Refusal::OtherHold,
        Refusal::ExtendedBefore,
        Refusal::ChangeGone,
        Refusal::SessionGone,
        Refusal::Started,
        Refusal::Window,
        Refusal::Restricted,
        Refusal::WrongKind,
        Refusal::NoAdult,
        Refusal::Nobody,
        Refusal::RequestOpen,
        Refusal::RequestLate,
        Refusal::NeedsApproval,
    ];
    Some(Told::Refused(match code {
        "choose_time" => return Some(Told::ChooseTime),
        "busy" => return Some(Told::Busy),
        "closed" => Refusal::Closed(match detail.strip_prefix('=') {
            Some(reason) => Closed::Blocked(reason.to_owned()),
            None => Closed::Holiday(words::holiday_of(detail)?),
        }),
        "not_cleared" => Refusal::NotCleared(Id::new(detail)),
        "colleague" => Refusal::Colleague(Id::new(detail)),
        "month_used" => Refusal::MonthUsed { on: CivilDate::parse_iso(detail)? },
        "week_used" => Refusal::WeekUsed { on: CivilDate::parse_iso(detail)? },
        "overlap" => Refusal::Overlap { at: Instant(detail.parse().ok()?) },
        "too_many" => Refusal::TooMany { most: detail.parse().ok()? },
        code => plain.into_iter().find(|r| r.code() == code)?,
    }))
}

/// What is to be told, with what was chosen.
pub(super) fn kept_as<'a>(told: Vec<Told>, chosen: impl IntoIterator<Item = (&'a str, String)>) -> FormTry {
    let error = |one: &Told| {
        let (code, detail) = parts(one);
        FieldError { field: detail, code: code.to_owned() }
    };
    let values = chosen.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    FormTry { values, errors: told.iter().map(error).collect() }
}

pub(super) fn read_back(kept: &FormTry) -> Vec<Told> {
    kept.errors.iter().filter_map(|e| read(&e.code, &e.field)).collect()
}

/// Keeps what is to be told, with what was chosen, and gives the key for the redirect.
pub(super) async fn keep(
    here: &Here,
    form: &'static str,
    told: Vec<Told>,
    chosen: &[(&str, String)],
) -> Result<String> {
    let kept = kept_as(told, chosen.iter().cloned());
    form_try::keep(&here.ctx, &here.actor(), form, &kept).await
}

/// What this page has to tell, and what was chosen then.
pub(super) struct Again {
    pub told: Vec<Told>,
    values: std::collections::BTreeMap<String, String>,
}

impl Again {
    pub async fn of(here: &Here, form: &'static str) -> Result<Self> {
        let found = match here.page.query("try") {
            Some(key) => form_try::find(&here.ctx, &here.actor(), form, &key).await?,
            None => None,
        };
        let found = found.unwrap_or_default();
        Ok(Self { told: read_back(&found), values: found.values })
    }

    pub fn chosen(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use domain::kernel::Holiday;

    use super::*;

    #[test]
    fn every_refusal_comes_back_as_it_was() {
        let all = [
            Refusal::HoldExpired,
            Refusal::OtherHold,
            Refusal::ExtendedBefore,
            Refusal::ChangeGone,
            Refusal::SessionGone,
            Refusal::Closed(Closed::Blocked("christmas".into())),
            Refusal::Closed(Closed::Holiday(Holiday::Christmas)),
            Refusal::Started,
            Refusal::Window,
            Refusal::NotCleared(Id::new("p")),
            Refusal::Colleague(Id::new("p")),
            Refusal::Restricted,
            Refusal::WrongKind,
            Refusal::MonthUsed { on: CivilDate::parse_iso("2026-09-25").expect("a date") },
            Refusal::WeekUsed { on: CivilDate::parse_iso("2026-09-25").expect("a date") },
            Refusal::Overlap { at: Instant(5) },
            Refusal::TooMany { most: 3 },
            Refusal::NoAdult,
            Refusal::Nobody,
            Refusal::RequestOpen,
            Refusal::RequestLate,
            Refusal::NeedsApproval,
        ];
        let all = all.into_iter().map(Told::Refused).chain([Told::ChooseTime, Told::Busy]);
        for told in all {
            let (code, detail) = parts(&told);
            assert_eq!(read(code, &detail), Some(told));
        }
        assert_eq!(read("anything", ""), None);
    }
}
