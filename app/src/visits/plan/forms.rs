//! Where the plan's forms are sent, the names they have, and how a form looks when it opens or comes back.

use domain::{
    kernel::CivilDate,
    visits::booking::{
        OFFERED, Template, UnitRules,
        plan_forms::{BlockForm, EndForm, RulesForm, TimeForm},
        plan_several::SeveralForm,
        proposal::{VerdictForm, WatchForm},
        text::{TextForm, UnitText},
        wings::ForWings,
    },
};
use serde::{Deserialize, Serialize};

use super::fields::{Fields, parts};
/// Where each form is sent, which is also the name it is kept under when it is refused.
pub(super) const RULES: &str = "staff/visiting/rules";
pub(super) const ADD: &str = "staff/visiting/times/add";
pub(super) const END: &str = "staff/visiting/times/end";
pub(super) const CLOSE: &str = "staff/visiting/days/close";
pub(super) const OPEN: &str = "staff/visiting/days/open";
pub(super) const SEVERAL: &str = "staff/visiting/times/several";
pub(super) const RESUME: &str = "staff/visiting/times/resume";
pub(super) const WATCH: &str = "staff/visiting/watch";
pub(super) const VERDICT: &str = "staff/visiting/proposals/answer";
pub(super) const WITHDRAW: &str = "staff/visiting/proposals/withdraw";
pub(super) const TEXT: &str = "staff/visiting/texts";
pub(super) const CHANGE: &str = "staff/visiting/change";

/// The address of a form.
pub(super) fn action(form: &str) -> String {
    format!("/api/{form}")
}

/// A closed day to be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    pub unit: String,
    pub date: String,
}

/// Times that are to be held again on these days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResumeForm {
    pub unit: String,
    pub first: String,
    pub last: String,
}

/// A proposal of her own to be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    pub proposal: String,
}

/// Her yes: which form, and the key that what she typed is kept under.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct YesForm {
    pub form: String,
    pub kept: String,
}

const FROM: [&str; 3] = ["from_day", "from_month", "from_year"];
const LAST: [&str; 3] = ["last_day", "last_month", "last_year"];

/// The service's own, where a unit has none yet.
fn first_rules() -> Vec<(&'static str, String)> {
    [("first_day", "2"), ("last_day", "28"), ("per_month", "0"), ("join_hours", "48"), ("approval", "never")]
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
}

/// The form of rules as it opens: what is in force, from tomorrow.
pub(super) fn rules_opened(now: Option<&UnitRules>, today: CivilDate) -> Fields {
    let number = |name, value: i64| (name, value.to_string());
    let of = |r: &UnitRules| {
        vec![
            number("first_day", r.first_day),
            number("last_day", r.last_day),
            number("per_week", r.per_week),
            number("per_month", r.per_month),
            number("people", r.people),
            number("arrive_before", r.arrive_before),
            number("latest_arrival", r.latest_arrival),
            number("join_hours", r.join_hours),
            ("approval", r.approval.code().to_owned()),
            ("source", r.source.clone()),
        ]
    };
    let values = now.map_or_else(first_rules, of);
    Fields::new(values.into_iter().chain(parts(FROM, today.plus_days(1))))
}

pub(super) fn rules_fields(form: &RulesForm) -> Fields {
    let f = form.clone();
    Fields::new([
        ("first_day", f.first_day),
        ("last_day", f.last_day),
        ("per_week", f.per_week),
        ("per_month", f.per_month),
        ("people", f.people),
        ("arrive_before", f.arrive_before),
        ("latest_arrival", f.latest_arrival),
        ("join_hours", f.join_hours),
        ("approval", f.approval),
        ("from_day", f.from_day),
        ("from_month", f.from_month),
        ("from_year", f.from_year),
        ("to_day", f.to_day),
        ("to_month", f.to_month),
        ("to_year", f.to_year),
        ("source", f.source),
        ("seen", f.seen),
        ("unit", f.unit),
    ])
}

/// The mark of what was seen when the form was opened: it stays through refusals, so that what another has saved
/// meanwhile is told; once it is told, the mark is the new one.
pub(super) fn still_seen(fields: &Fields, now: String) -> String {
    let kept = fields.value("seen");
    if kept.is_empty() || fields.is_stale() { now } else { kept }
}

/// The form of a new time as it opens: a copy of another one with its wings, or an hour every week from today for all.
pub(super) fn time_opened(copied: Option<(&Template, (ForWings, String))>, today: CivilDate) -> Fields {
    let Some((t, (which, wings))) = copied else {
        let usual = [("minutes", "60"), ("every", "1"), ("which", ForWings::All.code())];
        let usual = usual.map(|(name, value)| (name, value.to_owned()));
        return Fields::new(usual.into_iter().chain(parts(FROM, today)));
    };
    // Where the old one has an end, the new one follows it.
    let from = t.valid_to.map_or(today, |to| to.plus_days(1)).max(today);
    let values = [
        ("kind", offered(t).to_owned()),
        ("weekday", t.weekday.to_string()),
        ("start", format!("{:02}.{:02}", t.start.hour(), t.start.minute())),
        ("minutes", t.minutes.to_string()),
        ("room", t.room.clone()),
        ("capacity", t.capacity.to_string()),
        ("every", t.every_weeks.to_string()),
        ("on_holidays", if t.on_holidays { "yes".to_owned() } else { String::new() }),
        ("which", which.code().to_owned()),
        ("wings", wings),
    ];
    Fields::new(values.into_iter().chain(parts(FROM, from)))
}

pub(super) fn time_fields(form: &TimeForm) -> Fields {
    let f = form.clone();
    Fields::new([
        ("kind", f.kind),
        ("weekday", f.weekday),
        ("start", f.start),
        ("minutes", f.minutes),
        ("room", f.room),
        ("capacity", f.capacity),
        ("every", f.every),
        ("on_holidays", f.on_holidays),
        ("which", f.which),
        ("wings", f.wings.join(" ")),
        ("from_day", f.from_day),
        ("from_month", f.from_month),
        ("from_year", f.from_year),
        ("to_day", f.to_day),
        ("to_month", f.to_month),
        ("to_year", f.to_year),
    ])
}

/// The form of a last day as it opens: the one it has.
pub(super) fn end_opened(time: &Template) -> Fields {
    time.valid_to.map_or_else(Fields::default, |to| Fields::new(parts(LAST, to)))
}

pub(super) fn end_fields(form: &EndForm) -> Fields {
    let f = form.clone();
    Fields::new([
        ("last_day", f.last_day),
        ("last_month", f.last_month),
        ("last_year", f.last_year),
        ("seen", f.seen),
        ("time", f.time),
    ])
}

pub(super) fn several_fields(form: &SeveralForm) -> Fields {
    let f = form.clone();
    Fields::new([
        ("unit", f.unit),
        ("seen", f.seen),
        ("times", f.times.join(" ")),
        ("what", f.what),
        ("capacity", f.capacity),
        ("last_day", f.last_day),
        ("last_month", f.last_month),
        ("last_year", f.last_year),
        ("from_day", f.from_day),
        ("from_month", f.from_month),
        ("from_year", f.from_year),
        ("to_day", f.to_day),
        ("to_month", f.to_month),
        ("to_year", f.to_year),
    ])
}

pub(super) fn watch_fields(form: &WatchForm) -> Fields {
    let f = form.clone();
    Fields::new([("unit", f.unit), ("seen", f.seen), ("at_least", f.at_least), ("source", f.source)])
}

pub(super) fn verdict_fields(form: &VerdictForm) -> Fields {
    let f = form.clone();
    Fields::new([("answer", f.answer), ("word", f.word)])
}

pub(super) fn text_fields(form: &TextForm) -> Fields {
    let f = form.clone();
    Fields::new([
        ("unit", f.unit),
        ("seen", f.seen),
        ("topic", f.topic),
        ("nb", f.nb),
        ("nn", f.nn),
        ("en", f.en),
        ("se", f.se),
        ("from_day", f.from_day),
        ("from_month", f.from_month),
        ("from_year", f.from_year),
        ("to_day", f.to_day),
        ("to_month", f.to_month),
        ("to_year", f.to_year),
    ])
}

/// The form of a text as it opens: what holds today, from today.
pub(super) fn text_opened(now: Option<&UnitText>, today: CivilDate) -> Fields {
    let of = |t: &UnitText| {
        let other = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![("nb", t.nb.clone()), ("nn", other(&t.nn)), ("en", other(&t.en)), ("se", other(&t.se))]
    };
    Fields::new(now.map(of).unwrap_or_default().into_iter().chain(parts(FROM, today)))
}

pub(super) fn close_fields(form: &BlockForm) -> Fields {
    let f = form.clone();
    Fields::new([
        ("on_day", f.on_day),
        ("on_month", f.on_month),
        ("on_year", f.on_year),
        ("reason", f.reason),
        ("unit", f.unit),
    ])
}

/// A last day as the form carries it; none is nothing.
pub(super) fn seen(last: Option<CivilDate>) -> String {
    last.map(CivilDate::iso).unwrap_or_default()
}

/// What the one list of choices calls this time.
fn offered(time: &Template) -> &'static str {
    let same = OFFERED
        .iter()
        .find(|(_, kind, way, held_for)| (*kind, *way, *held_for) == (time.kind, time.way, time.held_for));
    same.map_or(time.kind.code(), |(code, ..)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_follows_the_time_it_is_copied_from() {
        let day = |text| CivilDate::parse_iso(text).expect("a date");
        let time = Template {
            kind: domain::visits::booking::SessionKind::Glass,
            way: domain::visits::booking::Way::Room,
            held_for: domain::visits::booking::HeldFor::Counsel,
            weekday: 3,
            start: domain::kernel::Clock(9 * 60 + 5),
            minutes: 45,
            room: "Glassrom".into(),
            capacity: 1,
            every_weeks: 2,
            on_holidays: true,
            valid_from: day("2024-01-01"),
            valid_to: Some(day("2026-12-31")),
        };
        let names = ["kind", "start", "on_holidays", "which", "wings", "from_day", "from_month", "from_year"];
        let wings = (ForWings::Not, "A B".to_owned());
        let opened = time_opened(Some((&time, wings)), day("2026-09-01"));
        let form: Vec<String> = names.map(|name| opened.value(name)).into();
        assert_eq!(form, ["glass", "09.05", "yes", "not", "A B", "1", "1", "2027"]);
    }
}
