//! What a change of a unit's plan touches of what is booked, before it is saved and after: the same comparison tells who
//! plans what she is about to do, and puts what no longer fits among the doubts about a visit. Nothing here cancels anything.

use super::{
    Blocked, Booking, SessionKind, Several, Template, UnitRules, in_force,
    text::UnitText,
    wings::{TimeWings, Wing},
};
use crate::kernel::{CivilDate, Clock, Id, Public, Reference};

/// A change that may touch what is booked, and how such changes are watched. A new time and an opened day touch nothing and are not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanChange {
    /// A version of the rules; `seen` stamps those that the page showed.
    Rules { seen: String, rules: UnitRules },
    /// The last day of a time of the week; `seen` is the one that the page showed.
    End { time: Public<Template>, seen: Option<CivilDate>, last: CivilDate },
    /// A day without visits.
    Close(Blocked),
    /// Several times of the week in one go; `seen` stamps all that the page showed.
    Several { seen: String, times: Vec<Public<Template>>, what: Several },
    /// From how many touched visits on somebody else has to approve; `seen` is the number that the page showed.
    Watch { seen: i64, at_least: i64, source: String },
    /// A version of what visitors read; `seen` stamps those of its topic that the page showed.
    Text { seen: String, text: Box<UnitText> },
    /// For which wings a time of the week is; `seen` stamps those that the page showed.
    Wings { seen: String, new: TimeWings },
}

/// A booked visit as the plan holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub booking: Id<Booking>,
    pub reference: Reference,
    pub time: Public<Template>,
    pub kind: SessionKind,
    pub date: CivilDate,
    pub start: Clock,
    pub people: i64,
    /// Its turn among the visits of this inmate and week that count, the first is 1; 0 for one that does not count.
    pub in_week: i64,
    /// The same of its calendar month.
    pub in_month: i64,
    /// Its turn among the visits of its session, by when they were booked; the first is 1.
    pub in_session: i64,
    /// The places that its session has by the plan.
    pub places: i64,
    /// The last day of its time.
    pub until: Option<CivilDate>,
    /// Its time is not held for a while.
    pub paused: bool,
    pub closed: bool,
    /// Where the inmate lives now; none: in no wing.
    pub wing: Option<Public<Wing>>,
    /// Its time is not for the wing where the inmate is now.
    pub wrong_wing: bool,
}

/// How a visit no longer agrees with the plan; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// There are no visits that day.
    Closed,
    /// Its time of the week has ended before it.
    Ended,
    /// Its time of the week is not for the inmate's wing.
    Wing,
    /// Its time of the week is not held that day.
    Paused,
    /// Those who booked before it have all the places there are now.
    Full,
    /// More people than the rules of its day let in.
    People,
    /// More visits in the week than the rules of its day give.
    Week,
    /// More visits in the month than they give.
    Month,
    /// They have to be there earlier or later than they were told.
    Arrival,
}

impl Touch {
    pub fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Ended => "time_ended",
            Self::Wing => "time_wing",
            Self::Paused => "time_paused",
            Self::Full => "time_full",
            Self::People => "rule_people",
            Self::Week => "rule_week",
            Self::Month => "rule_month",
            Self::Arrival => "rule_arrival",
        }
    }

    /// Whether the visit cannot take place as planned, whatever anybody thinks of it.
    pub fn is_impossible(self) -> bool {
        matches!(self, Self::Closed | Self::Ended | Self::Paused | Self::Full)
    }
}

impl PlanChange {
    /// The rules as they are after it.
    fn rules(&self, before: &[UnitRules]) -> Vec<UnitRules> {
        let Self::Rules { rules, .. } = self else { return before.to_vec() };
        let kept = before.iter().filter(|r| r.valid_from != rules.valid_from);
        kept.chain([rules]).cloned().collect()
    }

    /// The visit as the plan holds it after it.
    fn on(&self, visit: &Planned) -> Planned {
        match self {
            Self::End { time, last, .. } if *time == visit.time => {
                Planned { until: Some(*last), ..visit.clone() }
            }
            Self::Close(day) if day.date == visit.date => Planned { closed: true, ..visit.clone() },
            Self::Several { times, what, .. } if times.contains(&visit.time) => of_several(*what, visit),
            Self::Wings { new, .. } if new.time == visit.time => {
                Planned { wrong_wing: !new.choice.is_for(visit.wing.as_ref()), ..visit.clone() }
            }
            _ => visit.clone(),
        }
    }
}

fn of_several(what: Several, visit: &Planned) -> Planned {
    let there = visit.clone();
    match what {
        Several::Places(places) => Planned { places, ..there },
        Several::Last(last) => Planned { until: Some(last), ..there },
        Several::Pause { first, last } => {
            Planned { paused: visit.paused || (first <= visit.date && visit.date <= last), ..there }
        }
    }
}

/// Where a visit does not agree with the plan.
pub fn unfit(visit: &Planned, rules: &[UnitRules]) -> Vec<Touch> {
    let private = in_force(rules, visit.date).filter(|_| visit.kind != SessionKind::Lawyer);
    let all = [
        (Touch::Closed, visit.closed),
        (Touch::Ended, visit.until.is_some_and(|until| until < visit.date)),
        (Touch::Wing, visit.wrong_wing),
        (Touch::Paused, visit.paused),
        (Touch::Full, !visit.paused && visit.in_session > visit.places),
        (Touch::People, private.is_some_and(|r| visit.people > r.people)),
        (Touch::Week, private.is_some_and(|r| visit.in_week > r.per_week)),
        (Touch::Month, private.is_some_and(|r| r.per_month > 0 && visit.in_month > r.per_month)),
    ];
    all.into_iter().filter_map(|(touch, is)| is.then_some(touch)).collect()
}

/// Which of these visits the change touches, each with the gravest of what it does to it.
pub fn touched(change: &PlanChange, rules: &[UnitRules], visits: &[Planned]) -> Vec<(Planned, Touch)> {
    let after = change.rules(rules);
    let touch = |visit: &Planned| {
        let before = unfit(visit, rules);
        let fresh = unfit(&change.on(visit), &after).into_iter().filter(|touch| !before.contains(touch));
        let moved = moves_arrival(visit, rules, &after).then_some(Touch::Arrival);
        fresh.chain(moved).min().map(|touch| (visit.clone(), touch))
    };
    visits.iter().filter_map(touch).collect()
}

/// Nobody arrives for a visit on a screen.
fn moves_arrival(visit: &Planned, before: &[UnitRules], after: &[UnitRules]) -> bool {
    let told = |rules: &[UnitRules]| in_force(rules, visit.date).map(|r| (r.arrive_before, r.latest_arrival));
    visit.kind != SessionKind::Video && told(before) != told(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::booking::{
        tests::{day, rules},
        wings::{ForWings, WingsChoice},
    };

    fn time(n: u8) -> Public<Template> {
        Public::parse(&format!("{n:026}")).expect("an id")
    }

    fn visit(n: u8, date: &str) -> Planned {
        Planned {
            booking: Id::new(n.to_string()),
            reference: Reference::from_bits(u64::from(n)),
            time: time(1),
            kind: SessionKind::Open,
            date: day(date),
            start: Clock(660),
            people: 2,
            in_week: 1,
            in_month: 2,
            in_session: 1,
            places: 2,
            until: None,
            paused: false,
            closed: false,
            wing: None,
            wrong_wing: false,
        }
    }

    #[test]
    fn a_visit_in_a_time_of_other_wings_agrees_no_more_with_the_plan() {
        let moved = Planned { wrong_wing: true, ..visit(1, "2026-09-12") };
        assert_eq!(unfit(&moved, &[rules()]), [Touch::Wing]);
        assert_eq!(unfit(&Planned { kind: SessionKind::Lawyer, ..moved }, &[rules()]), [Touch::Wing]);
        assert!(!Touch::Wing.is_impossible());
    }

    fn found(change: &PlanChange, visits: &[Planned]) -> Vec<(String, Touch)> {
        touched(change, &[rules()], visits).into_iter().map(|(v, t)| (v.booking.as_str().into(), t)).collect()
    }

    #[test]
    fn an_end_touches_what_is_booked_after_it_at_that_time() {
        let end = |last: &str| PlanChange::End { time: time(1), seen: None, last: day(last) };
        let other = Planned { time: time(2), ..visit(3, "2026-09-19") };
        let all = [visit(1, "2026-09-12"), visit(2, "2026-09-19"), other];
        let ended = |n: &str| (n.to_owned(), Touch::Ended);
        assert_eq!(found(&end("2026-09-11"), &all), [ended("1"), ended("2")]);
        assert_eq!(found(&end("2026-09-12"), &all), [ended("2")]);
        assert_eq!(found(&end("2026-09-19"), &all), []);
        // What has ended before is not ended anew, and an end that is moved on touches nothing.
        let before = all.map(|v| Planned { until: Some(day("2026-09-13")), ..v });
        assert_eq!(found(&end("2026-09-11"), &before), [ended("1")]);
        assert_eq!(found(&end("2026-10-01"), &before), []);
    }

    #[test]
    fn a_closed_day_touches_that_day_once() {
        let close = PlanChange::Close(Blocked { date: day("2026-09-12"), reason: "kurs".into() });
        let lawyer = Planned { kind: SessionKind::Lawyer, ..visit(3, "2026-09-12") };
        let closed = Planned { closed: true, ..visit(4, "2026-09-12") };
        let all = [visit(1, "2026-09-12"), visit(2, "2026-09-13"), lawyer, closed];
        assert_eq!(found(&close, &all), [("1".to_owned(), Touch::Closed), ("3".to_owned(), Touch::Closed)]);
        assert!(Touch::Closed.is_impossible() && !Touch::Arrival.is_impossible());
    }

    #[test]
    fn rules_touch_what_they_let_in_no_more_from_their_day_on() {
        type Change = fn(&mut UnitRules);
        type Of = fn(&mut Planned);
        let table: [(&str, Change, Of, Option<Touch>); 13] = [
            ("nothing is changed", |_| {}, |_| {}, None),
            ("fewer people", |r| r.people = 1, |_| {}, Some(Touch::People)),
            ("as many as come", |r| r.people = 2, |_| {}, None),
            ("fewer visits", |r| r.per_week = 0, |_| {}, Some(Touch::Week)),
            ("the first of the week stays", |r| r.per_week = 1, |_| {}, None),
            ("fewer in the month", |r| r.per_month = 1, |_| {}, Some(Touch::Month)),
            ("the second of the month stays", |r| r.per_month = 2, |_| {}, None),
            ("a lawyer is not counted", |r| r.people = 1, |v| v.kind = SessionKind::Lawyer, None),
            ("both: the gravest", |r| (r.people, r.per_week) = (1, 0), |_| {}, Some(Touch::People)),
            ("sooner at the gate", |r| r.arrive_before = 30, |_| {}, Some(Touch::Arrival)),
            ("nobody comes to a screen", |r| r.arrive_before = 30, |v| v.kind = SessionKind::Video, None),
            ("before their day", |r| r.people = 1, |v| v.date = day("2026-09-11"), None),
            ("too many before, too many after", |r| r.people = 1, |v| v.people = rules().people + 1, None),
        ];
        for (what, change, of, expected) in table {
            let mut new = UnitRules { valid_from: day("2026-09-12"), ..rules() };
            let mut visit = visit(1, "2026-09-12");
            change(&mut new);
            of(&mut visit);
            let change = PlanChange::Rules { seen: String::new(), rules: new };
            let found: Vec<_> = found(&change, &[visit]).into_iter().map(|(_, touch)| touch).collect();
            assert_eq!(found.first().copied(), expected, "{what}");
        }
    }

    #[test]
    fn of_several_times_each_visit_is_touched_by_what_its_own_becomes() {
        let all = |what| PlanChange::Several { seen: String::new(), times: vec![time(1), time(2)], what };
        let pause = |first: &str, last: &str| Several::Pause { first: day(first), last: day(last) };
        let second = Planned { in_session: 2, ..visit(2, "2026-09-12") };
        let other = Planned { time: time(2), in_session: 2, ..visit(3, "2026-09-19") };
        let third = Planned { time: time(3), in_session: 2, ..visit(4, "2026-09-12") };
        let visits = [visit(1, "2026-09-12"), second, other, third];
        type Expected<'a> = &'a [(&'a str, Touch)];
        let table: [(Several, Expected); 7] = [
            (Several::Places(2), &[]),
            // Who booked first keeps the place.
            (Several::Places(1), &[("2", Touch::Full), ("3", Touch::Full)]),
            (Several::Last(day("2026-09-12")), &[("3", Touch::Ended)]),
            (pause("2026-09-12", "2026-09-12"), &[("1", Touch::Paused), ("2", Touch::Paused)]),
            (pause("2026-09-13", "2026-09-19"), &[("3", Touch::Paused)]),
            (pause("2026-09-13", "2026-09-18"), &[]),
            (pause("2026-09-20", "2026-10-19"), &[]),
        ];
        for (what, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(n, touch)| ((*n).to_owned(), *touch)).collect();
            assert_eq!(found(&all(what), &visits), expected, "{what:?}");
        }
        let paused = visits.map(|visit| Planned { paused: true, ..visit });
        assert_eq!(found(&all(Several::Places(1)), &paused), [], "what is not held is not full");
    }

    #[test]
    fn a_time_for_other_wings_touches_those_who_live_elsewhere_and_are_not_told_of_already() {
        let [a, b]: [Public<Wing>; 2] = [1, 2].map(|n| Public::parse(&format!("{n:026}")).expect("an id"));
        let lives = |n, wing: &Public<Wing>| Planned { wing: Some(wing.clone()), ..visit(n, "2026-09-12") };
        let other = Planned { time: time(2), ..visit(4, "2026-09-12") };
        let before = Planned { wrong_wing: true, ..lives(5, &b) };
        let all = [lives(1, &a), lives(2, &b), visit(3, "2026-09-12"), other, before];
        let to = |which, wings| PlanChange::Wings {
            seen: String::new(),
            new: TimeWings { time: time(1), choice: WingsChoice { which, wings } },
        };
        let touched = |ns: &[&str]| ns.iter().map(|n| ((*n).to_owned(), Touch::Wing)).collect::<Vec<_>>();
        assert_eq!(found(&to(ForWings::Only, vec![a.clone()]), &all), touched(&["2", "3"]));
        assert_eq!(found(&to(ForWings::Not, vec![a]), &all), touched(&["1"]));
        assert_eq!(found(&to(ForWings::All, vec![]), &all), []);
    }

    #[test]
    fn a_version_takes_the_place_of_the_one_of_its_day() {
        let stricter = UnitRules { valid_from: day("2026-09-12"), people: 1, ..rules() };
        let milder = UnitRules { people: 2, ..stricter.clone() };
        let change = PlanChange::Rules { seen: String::new(), rules: milder };
        let visits = [visit(1, "2026-09-12")];
        assert_eq!(unfit(&visits[0], &[rules(), stricter.clone()]), [Touch::People]);
        assert_eq!(touched(&change, &[rules(), stricter], &visits), []);
    }
}
