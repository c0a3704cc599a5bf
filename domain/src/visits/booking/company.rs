//! Several people of one organisation on one visit. Whoever books names the others, and each is judged by what judges her too. Why one of
//! them cannot come along is told to nobody: it may be a visit of her own, or somebody whom she must not meet.

use super::{
    apart::ApartVisit,
    facts::{Session, Visit},
    hindrance::{Refusal, overlap_with},
};
use crate::{
    access::Person,
    kernel::{CivilDate, Id},
};

/// Somebody who is to come along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub person: Id<Person>,
    /// The last day for which the organisation has named her; none: it does not name her any more.
    pub named_to: Option<CivilDate>,
    /// Her own visits of the day.
    pub visits: Vec<Visit>,
    /// Visits of the day of those whom she must not meet, as far as that is in the way of whoever comes for it.
    pub apart: Vec<ApartVisit>,
    /// Whom she must not meet is one of the company.
    pub parted: bool,
}

impl Colleague {
    fn can_come(&self, session: &Session) -> bool {
        let is_named = self.named_to.is_some_and(|last| session.date <= last);
        let meets = self.parted || self.apart.iter().any(|visit| visit.touches(session));
        is_named && !meets && overlap_with(session, &self.visits).is_none()
    }
}

/// Whether they are more than may come together, whoever books among them.
pub fn too_many(others: usize, most: i64) -> bool {
    others as i64 + 1 > most
}

/// All that is wrong with the others.
pub fn company_refusals(session: &Session, others: &[Colleague], most: i64) -> Vec<Refusal> {
    let too_many = too_many(others.len(), most).then_some(Refusal::TooMany { most });
    let cannot = others.iter().filter(|one| !one.can_come(session));
    too_many.into_iter().chain(cannot.map(|one| Refusal::Colleague(one.person.clone()))).collect()
}

/// Who is new and who comes no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    pub added: Vec<T>,
    pub off: Vec<T>,
}

/// What whoever booked wants, who saw `shown` to come. Somebody who has stepped down meanwhile is not brought back by a box that was ticked
/// before, nor is anybody taken off whom she has not seen there.
pub fn changed<T: Clone + PartialEq>(coming: &[T], shown: &[T], wanted: &[T]) -> Changed<T> {
    let among = |all: &[T], rest: &dyn Fn(&T) -> bool| {
        let mut found: Vec<T> = vec![];
        for one in all.iter().filter(|one| rest(one)) {
            if !found.contains(one) {
                found.push(one.clone());
            }
        }
        found
    };
    Changed {
        added: among(wanted, &|one| !shown.contains(one) && !coming.contains(one)),
        off: among(shown, &|one| !wanted.contains(one) && coming.contains(one)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kernel::{Clock, Instant, Public},
        visits::booking::{HeldFor, SessionKind, Way},
    };

    fn day() -> CivilDate {
        CivilDate::parse_iso("2026-09-02").expect("a date")
    }

    fn at(minute: u16) -> Instant {
        Instant::of_wall(day(), Clock(minute))
    }

    fn room() -> Session {
        Session {
            time: Id::new("time"),
            id: Id::new("session"),
            public: Public::from_bits(1),
            kind: SessionKind::Lawyer,
            way: Way::Room,
            held_for: HeldFor::Organisation,
            date: day(),
            start: Clock(840),
            end: Clock(900),
            starts_at: at(840),
            ends_at: at(900),
            room: "Møterom".into(),
            capacity: 1,
            taken: 0,
            on_holidays: false,
        }
    }

    fn ola() -> Colleague {
        Colleague {
            person: Id::new("ola"),
            named_to: Some(day()),
            visits: vec![],
            apart: vec![],
            parted: false,
        }
    }

    fn visit(from: u16, to: u16) -> Visit {
        Visit {
            id: Id::new("v"),
            ours: true,
            same_inmate: false,
            kind: SessionKind::Open,
            date: day(),
            starts_at: at(from),
            ends_at: at(to),
        }
    }

    #[test]
    fn whoever_comes_along_is_judged_as_whoever_books() {
        let met = |from, to| ApartVisit { starts_at: at(from), ends_at: at(to), minutes: 15, visitors: true };
        let table = [
            ("named until the day", ola(), true),
            ("named until the day before", Colleague { named_to: Some(day().plus_days(-1)), ..ola() }, false),
            ("named no more", Colleague { named_to: None, ..ola() }, false),
            ("on a visit of her own", Colleague { visits: vec![visit(870, 930)], ..ola() }, false),
            ("on one that ends as it begins", Colleague { visits: vec![visit(780, 840)], ..ola() }, true),
            ("whom she must not meet is there", Colleague { apart: vec![met(910, 970)], ..ola() }, false),
            ("whom she must not meet is gone", Colleague { apart: vec![met(700, 760)], ..ola() }, true),
            ("whom she must not meet comes too", Colleague { parted: true, ..ola() }, false),
        ];
        for (what, one, can) in table {
            let expected = if can { vec![] } else { vec![Refusal::Colleague(Id::new("ola"))] };
            assert_eq!(company_refusals(&room(), &[one], 4), expected, "{what}");
        }
    }

    #[test]
    fn what_is_wanted_is_read_against_what_was_shown() {
        let table = [
            // Coming, shown, wanted; added, taken off.
            ("ab", "ab", "ab", "", ""),
            ("ab", "ab", "a", "", "b"),
            ("ab", "ab", "", "", "ab"),
            ("a", "a", "abb", "b", ""),
            ("a", "a", "b", "b", "a"),
            // She stepped down while the page was open, and her box was ticked.
            ("a", "ab", "ab", "", ""),
            ("a", "ab", "abc", "c", ""),
            // Sent twice.
            ("abc", "ab", "abc", "", ""),
            ("a", "ab", "a", "", ""),
            // Added from another page meanwhile.
            ("abc", "ab", "a", "", "b"),
        ];
        for (coming, shown, wanted, added, off) in table {
            let [coming, shown, wanted, added, off] =
                [coming, shown, wanted, added, off].map(|all| all.chars().collect::<Vec<_>>());
            let expected = Changed { added, off };
            assert_eq!(changed(&coming, &shown, &wanted), expected, "{coming:?} {shown:?} {wanted:?}");
        }
    }

    #[test]
    fn no_more_come_than_the_rule_says_whoever_books_among_them() {
        let gone = Colleague { person: Id::new("eva"), named_to: None, ..ola() };
        assert_eq!(company_refusals(&room(), &[ola()], 2), []);
        assert_eq!(company_refusals(&room(), &[ola()], 1), [Refusal::TooMany { most: 1 }]);
        assert_eq!(
            company_refusals(&room(), &[ola(), gone], 2),
            [Refusal::TooMany { most: 2 }, Refusal::Colleague(Id::new("eva"))]
        );
        assert_eq!(company_refusals(&room(), &[], 1), []);
    }
}
