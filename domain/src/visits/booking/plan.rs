//! What staff change in a unit's plan: which rules stand now and later, whether two times of the week are one place
//! offered twice, and why a change is not written.

use super::{Template, UnitRules, in_force};
use crate::kernel::CivilDate;

/// Why a change of the plan was not written. Pages turn each into words, exhaustively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanRefusal {
    /// Somebody else has changed it since the page was read.
    Stale,
    /// The same kind of time is in the same room at the same hour already.
    Clash,
    /// A wing that it is for is none of the unit, or no longer.
    WingGone,
    /// The day is closed already, for another reason.
    ClosedBefore,
    /// It touches more visits than were shown.
    More,
    /// One of the times is not held for a part of these days already.
    PausedBefore,
    /// What has begun is not taken back.
    Begun,
    /// Nobody approves what she has proposed herself.
    Own,
    /// The proposal is answered, taken back, or over.
    Answered,
}

impl PlanRefusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Stale => "plan_stale",
            Self::Clash => "time_clash",
            Self::WingGone => "wing_gone",
            Self::ClosedBefore => "closed_before",
            Self::More => "touches_more",
            Self::PausedBefore => "paused_before",
            Self::Begun => "begun",
            Self::Own => "own_proposal",
            Self::Answered => "answered",
        }
    }
}

/// The version in force today, and those that begin later, the nearest first.
pub fn versions(rules: &[UnitRules], today: CivilDate) -> (Option<&UnitRules>, Vec<&UnitRules>) {
    let mut coming: Vec<&UnitRules> = rules.iter().filter(|r| r.valid_from > today).collect();
    coming.sort_by_key(|r| r.valid_from);
    (in_force(rules, today), coming)
}

/// Stands for the rows that somebody looked at: another stamp means that another has written since. Not a
/// secret and no proof; who may write is asked apart from it.
pub fn stamp<T: std::fmt::Debug>(rows: &[T]) -> String {
    let bytes = rows.iter().flat_map(|r| format!("{r:?}\n").into_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Whether two times of one unit would offer the same places twice on some day. Other kinds may share a room and an
/// hour: a large room has tables for each.
pub fn clash(a: &Template, b: &Template) -> bool {
    let same = a.kind == b.kind && a.weekday == b.weekday && room(a) == room(b);
    same && meet_on_the_clock(a, b) && meet_in_time(a, b) && share_a_week(a, b)
}

fn room(template: &Template) -> String {
    template.room.trim().to_lowercase()
}

fn meet_on_the_clock(a: &Template, b: &Template) -> bool {
    let span = |t: &Template| (i64::from(t.start.0), i64::from(t.start.0) + t.minutes);
    let ((a_start, a_end), (b_start, b_end)) = (span(a), span(b));
    a_start < b_end && b_start < a_end
}

/// A time whose last day lies before its first holds never, and meets none.
fn meet_in_time(a: &Template, b: &Template) -> bool {
    let from = a.valid_from.max(b.valid_from);
    [a.valid_to, b.valid_to].into_iter().flatten().all(|to| from <= to)
}

/// Every other week and every other week meet in all of them or in none.
fn share_a_week(a: &Template, b: &Template) -> bool {
    let weeks = b.valid_from.monday().days_since(a.valid_from.monday()) / 7;
    weeks % common_divisor(a.every_weeks.max(1), b.every_weeks.max(1)) == 0
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kernel::Clock,
        visits::booking::{Approval, HeldFor, SessionKind, Way},
    };

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn time() -> Template {
        Template {
            kind: SessionKind::Open,
            weekday: 6,
            start: Clock(660),
            minutes: 60,
            room: "Besøksrom".into(),
            capacity: 3,
            every_weeks: 1,
            on_holidays: false,
            way: Way::Room,
            held_for: HeldFor::Counsel,
            valid_from: day("2026-09-01"),
            valid_to: None,
        }
    }

    fn rules(from: &str) -> UnitRules {
        UnitRules {
            valid_from: day(from),
            valid_to: None,
            first_day: 2,
            last_day: 28,
            per_week: 1,
            per_month: 0,
            people: 3,
            arrive_before: 15,
            latest_arrival: 30,
            join_hours: 48,
            approval: Approval::Never,
            source: "test".into(),
        }
    }

    #[test]
    fn the_same_places_are_offered_once() {
        type Change = fn(&mut Template);
        let other = |change: Change| {
            let mut changed = time();
            change(&mut changed);
            changed
        };
        let table: [(&str, Change, bool); 11] = [
            ("the same", |_| {}, true),
            ("another writing of the room", |t| t.room = " besøksrom".into(), true),
            ("half an hour later", |t| t.start = Clock(690), true),
            ("right after", |t| t.start = Clock(720), false),
            ("right before", |t| t.start = Clock(600), false),
            ("another day", |t| t.weekday = 7, false),
            ("another kind", |t| t.kind = SessionKind::ChildFriendly, false),
            ("another room", |t| t.room = "Rom 2".into(), false),
            ("every other week", |t| t.every_weeks = 2, true),
            ("later", |t| t.valid_from = CivilDate::parse_iso("2027-01-01").unwrap(), true),
            ("over before it began", |t| t.valid_to = CivilDate::parse_iso("2026-08-31"), false),
        ];
        for (what, change, expected) in table {
            assert_eq!(clash(&time(), &other(change)), expected, "{what}");
            assert_eq!(clash(&other(change), &time()), expected, "{what}, the other way");
        }
    }

    #[test]
    fn times_that_follow_or_take_turns_do_not_clash() {
        let old = Template { valid_to: Some(day("2026-12-31")), ..time() };
        let new = Template { valid_from: day("2027-01-01"), ..time() };
        assert!(!clash(&old, &new));
        let even = Template { every_weeks: 2, ..time() };
        let odd = Template { valid_from: day("2026-09-08"), ..even.clone() };
        let third = Template { every_weeks: 3, ..odd.clone() };
        assert!(!clash(&even, &odd));
        assert!(clash(&even, &third), "two and three meet every sixth week");
    }

    #[test]
    fn what_holds_now_stands_apart_from_what_comes() {
        let all = [rules("2027-02-01"), rules("2020-01-01"), rules("2027-01-01")];
        let (now, coming) = versions(&all, day("2026-09-01"));
        assert_eq!(now.map(|r| r.valid_from), Some(day("2020-01-01")));
        let coming: Vec<_> = coming.iter().map(|r| r.valid_from.iso()).collect();
        assert_eq!(coming, ["2027-01-01", "2027-02-01"]);
    }

    #[test]
    fn any_change_gives_another_stamp() {
        let seen = stamp(&[rules("2020-01-01")]);
        assert_eq!(seen, stamp(&[rules("2020-01-01")]));
        let changed = UnitRules { source: "another".into(), ..rules("2020-01-01") };
        for other in [vec![], vec![changed], vec![rules("2020-01-01"), rules("2027-01-01")]] {
            assert_ne!(seen, stamp(&other));
        }
    }
}
