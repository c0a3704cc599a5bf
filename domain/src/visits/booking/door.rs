//! What has changed since a visit was booked, for whoever opens the door: it is settled before anybody is let in.

use super::{Facts, SessionKind};
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
}

/// All there is to settle about a visit of this kind on this day; the facts hold its own guests alone.
pub fn doubts(facts: &Facts, kind: SessionKind, date: CivilDate) -> Vec<Doubt> {
    let mut found: Vec<Doubt> = Vec::new();
    let uncleared = facts.guests.iter().filter(|g| g.standing_on(date).is_none());
    found.extend(uncleared.map(|g| Doubt::NotCleared(g.person.clone())));
    found.extend((!facts.present).then_some(Doubt::NotHere));
    // Neither a ban nor a measure is about a lawyer: of her only her mandate is asked.
    if kind == SessionKind::Lawyer {
        return found;
    }
    found.extend(facts.is_banned_on(date).then_some(Doubt::Banned));
    // Whoever is not cleared has no measures either: what they would call for is not known.
    let cleared = found.iter().all(|doubt| !matches!(doubt, Doubt::NotCleared(_)));
    let with_child = facts.guests.iter().any(|g| !g.is_adult_on(date));
    if cleared && !kind.carries(&facts.measures_on(date), with_child) {
        found.push(Doubt::WrongKind);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::{
        booking::{Guest, Restriction, Standing},
        clearance::Measure,
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
            restrictions: vec![],
            present,
            leaves_at: None,
            keeps: None,
            ahead_days: 0,
        }
    }

    #[test]
    fn what_changed_since_it_was_booked_is_named() {
        let sound = facts(vec![], 9);
        let gone = facts(vec![], -1);
        let moved = Facts { present: false, ..sound.clone() };
        let (from, to) = (day(0), day(3));
        let banned = Facts { restrictions: vec![Restriction::Ban { from, to }], ..sound.clone() };
        let heard = Facts { restrictions: vec![Restriction::Control { from, to }], ..sound.clone() };
        let table = [
            (&sound, SessionKind::Open, vec![]),
            (&gone, SessionKind::Open, vec![Doubt::NotCleared(Id::new("p"))]),
            (&gone, SessionKind::Observed, vec![Doubt::NotCleared(Id::new("p"))]),
            (&gone, SessionKind::Glass, vec![Doubt::NotCleared(Id::new("p"))]),
            (&moved, SessionKind::Open, vec![Doubt::NotHere]),
            (&banned, SessionKind::Open, vec![Doubt::Banned]),
            (&heard, SessionKind::Open, vec![Doubt::WrongKind]),
            (&heard, SessionKind::Observed, vec![]),
            (&sound, SessionKind::Lawyer, vec![]),
            (&gone, SessionKind::Lawyer, vec![Doubt::NotCleared(Id::new("p"))]),
            (&moved, SessionKind::Lawyer, vec![Doubt::NotHere]),
            (&banned, SessionKind::Lawyer, vec![]),
            (&heard, SessionKind::Lawyer, vec![]),
        ];
        for (facts, kind, expected) in table {
            assert_eq!(doubts(facts, kind, day(1)), expected, "{kind:?}");
        }
        assert_eq!(doubts(&banned, SessionKind::Open, day(4)), vec![], "after its last day");
    }
}
