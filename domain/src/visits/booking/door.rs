//! What has changed since a visit was booked, for whoever opens the door: it is settled before anybody is let in.

use super::{Facts, HeldFor, SessionKind, touched::Touch};
use crate::{
    access::Person,
    kernel::{CivilDate, Id},
};

/// One thing to settle. Staff alone read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// This guest has no clearance that holds on the day; a lawyer no mandate.
    NotCleared(Id<Person>),
    /// The inmate is not in the unit now.
    NotHere,
    /// A court's ban, or isolation, holds on the day.
    Banned,
    /// The measures that hold now call for another kind of visit.
    WrongKind,
    /// A child is left without an adult who may come.
    NoAdult,
    /// The unit has closed the day since.
    Closed,
    /// Somebody from whom the inmate is kept apart has a visit at the time.
    Apart,
    /// Somebody whom one of the guests must not meet has a visit at the time, or comes along.
    VisitorsApart,
    /// The inmate is elsewhere at the time.
    Engaged,
    /// The unit has changed its plan since.
    Plan(Touch),
}

impl Doubt {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotCleared(_) => "not_cleared",
            Self::NotHere => "not_here",
            Self::Banned => "banned",
            Self::WrongKind => "wrong_kind",
            Self::NoAdult => "no_adult",
            Self::Closed => "closed",
            Self::Apart => "apart",
            Self::VisitorsApart => "visitors_apart",
            Self::Engaged => "engaged",
            Self::Plan(touch) => touch.code(),
        }
    }
}

/// Why somebody lets a booked visit stand although something was found. A closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// With whoever comes.
    Agreed,
    /// Whoever leads the unit has allowed it.
    Allowed,
    /// What was found is wrong.
    Mistaken,
}

impl Settled {
    pub const ALL: [Self; 3] = [Self::Agreed, Self::Allowed, Self::Mistaken];

    pub fn code(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Allowed => "allowed",
            Self::Mistaken => "mistaken",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// What is still to be settled of what was found, and what of it stays let stand: each once, in order. What is found no more is
/// settled no more either, so that it is told when it comes back.
pub fn unsettled<'a>(found: &[&'a str], settled: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let mut all = found.to_vec();
    all.sort_unstable();
    all.dedup();
    all.into_iter().partition(|code| !settled.contains(code))
}

/// All there is to settle about a visit of this kind on this day; the facts hold its own guests alone.
pub fn doubts(facts: &Facts, (kind, held_for): (SessionKind, HeldFor), date: CivilDate) -> Vec<Doubt> {
    let mut found: Vec<Doubt> = Vec::new();
    let uncleared = facts.guests.iter().filter(|g| g.standing_on(date).is_none());
    found.extend(uncleared.map(|g| Doubt::NotCleared(g.person.clone())));
    found.extend((!facts.present).then_some(Doubt::NotHere));
    found.extend(facts.blocked.iter().any(|b| b.date == date).then_some(Doubt::Closed));
    // What is known here is what touches this very visit.
    found.extend(facts.apart.iter().any(|visit| !visit.visitors).then_some(Doubt::Apart));
    found.extend(facts.apart.iter().any(|visit| visit.visitors).then_some(Doubt::VisitorsApart));
    found.extend((!facts.engaged.is_empty()).then_some(Doubt::Engaged));
    // Neither a ban nor a measure is about a lawyer: of her only her mandate is asked.
    if kind == SessionKind::Lawyer && held_for == HeldFor::Counsel {
        return found;
    }
    found.extend(facts.is_banned_on(date).then_some(Doubt::Banned));
    // An organisation has rooms of its own, whatever the measures, and brings no child.
    if kind == SessionKind::Lawyer {
        return found;
    }
    // Whoever is not cleared has no measures either: what they would call for is not known.
    let cleared = found.iter().all(|doubt| !matches!(doubt, Doubt::NotCleared(_)));
    let with_child = facts.guests.iter().any(|g| !g.is_adult_on(date));
    if cleared && !kind.carries(&facts.measures_on(date), with_child) {
        found.push(Doubt::WrongKind);
    }
    let coming = || facts.guests.iter().filter(|g| g.standing_on(date).is_some());
    if coming().any(|g| g.needs_adult_on(date)) && !coming().any(|g| g.is_adult_on(date)) {
        found.push(Doubt::NoAdult);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kernel::Instant,
        visits::{
            booking::{Blocked, Guest, Restriction, Review, Standing, apart::ApartVisit, engaged::Engaged},
            clearance::Measure,
        },
    };

    fn day(n: i64) -> CivilDate {
        CivilDate::parse_iso("2026-09-01").expect("a date").plus_days(n)
    }

    fn facts(measures: Vec<Measure>, to: i64) -> Facts {
        let guest = Guest {
            person: Id::new("p"),
            born: None,
            child: false,
            standing: vec![Standing { measures, from: day(-9), to: day(to) }],
        };
        let (guests, present) = (vec![guest], true);
        Facts {
            rules: vec![],
            blocked: vec![],
            guests,
            visits: vec![],
            apart: vec![],
            not_his: vec![],
            engaged: vec![],
            restrictions: vec![],
            present,
            leaves_at: None,
            keeps: None,
            ahead_days: 0,
            invited: 0,
            review: Review::default(),
        }
    }

    #[test]
    fn what_changed_since_it_was_booked_is_named() {
        let sound = facts(vec![], 9);
        let gone = facts(vec![], -1);
        let moved = Facts { present: false, ..sound.clone() };
        let (from, to) = (day(0), day(3));
        let banned = Facts { restrictions: vec![Restriction::Ban { from, to }], ..sound.clone() };
        let closed = Facts { blocked: vec![Blocked { date: day(1), reason: "x".into() }], ..sound.clone() };
        let heard = Facts { restrictions: vec![Restriction::Control { from, to }], ..sound.clone() };
        let engaged = vec![Engaged { from: Instant(0), until: None, minutes: 0 }];
        let court = Facts { engaged, ..sound.clone() };
        let met = |visitors| {
            let visit = ApartVisit { starts_at: Instant(0), ends_at: Instant(1), minutes: 0, visitors };
            Facts { apart: vec![visit], ..sound.clone() }
        };
        let (inmates, visitors) = (met(false), met(true));
        let table = [
            (&inmates, SessionKind::Open, vec![Doubt::Apart]),
            (&visitors, SessionKind::Open, vec![Doubt::VisitorsApart]),
            (&visitors, SessionKind::Lawyer, vec![Doubt::VisitorsApart]),
            (&court, SessionKind::Open, vec![Doubt::Engaged]),
            (&court, SessionKind::Lawyer, vec![Doubt::Engaged]),
            (&sound, SessionKind::Open, vec![]),
            (&gone, SessionKind::Open, vec![Doubt::NotCleared(Id::new("p"))]),
            (&gone, SessionKind::Observed, vec![Doubt::NotCleared(Id::new("p"))]),
            (&gone, SessionKind::Glass, vec![Doubt::NotCleared(Id::new("p"))]),
            (&moved, SessionKind::Open, vec![Doubt::NotHere]),
            (&banned, SessionKind::Open, vec![Doubt::Banned]),
            (&heard, SessionKind::Open, vec![Doubt::WrongKind]),
            (&heard, SessionKind::Observed, vec![]),
            (&closed, SessionKind::Open, vec![Doubt::Closed]),
            (&closed, SessionKind::Lawyer, vec![Doubt::Closed]),
            (&sound, SessionKind::Lawyer, vec![]),
            (&gone, SessionKind::Lawyer, vec![Doubt::NotCleared(Id::new("p"))]),
            (&moved, SessionKind::Lawyer, vec![Doubt::NotHere]),
            (&banned, SessionKind::Lawyer, vec![]),
            (&heard, SessionKind::Lawyer, vec![]),
        ];
        for (facts, kind, expected) in table {
            assert_eq!(doubts(facts, (kind, HeldFor::Counsel), day(1)), expected, "{kind:?}");
        }
        assert_eq!(
            doubts(&banned, (SessionKind::Open, HeldFor::Counsel), day(4)),
            vec![],
            "after its last day"
        );
        let organisation = (SessionKind::Lawyer, HeldFor::Organisation);
        assert_eq!(doubts(&banned, organisation, day(1)), [Doubt::Banned]);
        assert_eq!(doubts(&heard, organisation, day(1)), []);
    }

    #[test]
    fn a_child_whose_adult_may_not_come_is_alone() {
        let adult = facts(vec![], -1).guests.remove(0);
        let child = Guest { person: Id::new("c"), child: true, ..facts(vec![], 9).guests.remove(0) };
        let both = Facts { guests: vec![adult, child.clone()], ..facts(vec![], 9) };
        assert_eq!(
            doubts(&both, (SessionKind::Open, HeldFor::Counsel), day(1)),
            [Doubt::NotCleared(Id::new("p")), Doubt::NoAdult]
        );
        let other = facts(vec![], 9).guests.remove(0);
        let accompanied = Facts { guests: vec![other, child], ..both };
        assert_eq!(doubts(&accompanied, (SessionKind::Open, HeldFor::Counsel), day(1)), []);
    }

    #[test]
    fn what_was_let_stand_is_told_again_when_it_comes_back() {
        type Codes = &'static [&'static str];
        let table: [(Codes, Codes, Codes, Codes); 5] = [
            (&[], &["banned"], &[], &[]),
            (&["not_here"], &[], &["not_here"], &[]),
            (&["not_here"], &["not_here"], &[], &["not_here"]),
            (&["not_here", "banned", "banned"], &["not_here"], &["banned"], &["not_here"]),
            (&["banned"], &["not_here"], &["banned"], &[]),
        ];
        for (found, settled, open, stands) in table {
            assert_eq!(unsettled(found, settled), (open.to_vec(), stands.to_vec()), "{found:?} {settled:?}");
        }
        for settled in Settled::ALL {
            assert_eq!(Settled::parse(settled.code()), Some(settled));
        }
    }
}
