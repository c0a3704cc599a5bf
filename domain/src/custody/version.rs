//! Which version of a decision stands. The highest one that has come, whatever the order they came in: so a message
//! sent twice, late or first changes nothing that it should not.

use super::Event;

/// What is held of one decision when a version of it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The highest version so far.
    pub highest: Option<u32>,
    /// What this very version said, if it has come before.
    pub same: Option<Event>,
}

/// What an arriving version does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The first of its decision.
    First,
    /// It stands in place of this one.
    Supersedes(u32),
    /// A higher one stands already: it is kept and changes nothing.
    Late,
    /// It has come before: the same answer, and nothing changes.
    Duplicate,
    /// This version has come before and said something else: refused, for the source has broken its word.
    Clash,
}

impl Taken {
    /// From now on this version stands.
    pub fn stands(self) -> bool {
        matches!(self, Self::First | Self::Supersedes(_))
    }
}

pub fn take(held: &Held, event: &Event) -> Taken {
    match (&held.same, held.highest) {
        (Some(same), _) if same == event => Taken::Duplicate,
        (Some(_), _) => Taken::Clash,
        (None, None) => Taken::First,
        (None, Some(highest)) if highest > event.version => Taken::Late,
        (None, Some(highest)) => Taken::Supersedes(highest),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        custody::{Change, Kind},
        kernel::Instant,
    };

    fn version(version: u32, kind: Kind, change: Change, at: i64) -> Event {
        Event {
            decision: "D".into(),
            version,
            inmate: "K".into(),
            kind,
            change,
            at: Instant(at),
            until: None,
            unit: None,
            conditions: vec![],
        }
    }

    /// What the feed keeps: every version, and which one stands.
    #[derive(Default, Debug, PartialEq)]
    struct Ledger {
        versions: BTreeMap<u32, Event>,
        stands: Option<u32>,
    }

    impl Ledger {
        fn comes(&mut self, event: &Event) -> Taken {
            let held = Held { highest: self.stands, same: self.versions.get(&event.version).cloned() };
            let taken = take(&held, event);
            if !matches!(taken, Taken::Duplicate | Taken::Clash) {
                self.versions.insert(event.version, event.clone());
            }
            if taken.stands() {
                self.stands = Some(event.version);
            }
            taken
        }
    }

    fn orders(n: usize) -> Vec<Vec<usize>> {
        if n == 0 {
            return vec![vec![]];
        }
        let shorter = orders(n - 1);
        shorter
            .iter()
            .flat_map(|order| {
                (0..n).map(|at| {
                    let mut order = order.clone();
                    order.insert(at, n - 1);
                    order
                })
            })
            .collect()
    }

    #[test]
    fn f07_six_messages_in_all_720_orders_end_in_the_same_state() {
        let events = [
            version(1, Kind::Leave, Change::Decided, 10),
            version(2, Kind::Leave, Change::Moved, 5),
            version(2, Kind::Leave, Change::Moved, 5),
            version(3, Kind::Leave, Change::Cancelled, 5),
            version(4, Kind::Leave, Change::Decided, 7),
            version(1, Kind::Leave, Change::Decided, 10),
        ];
        let mut ends: Vec<Ledger> = Vec::new();
        for order in orders(events.len()) {
            let mut ledger = Ledger::default();
            for at in order {
                assert_ne!(ledger.comes(&events[at]), Taken::Clash);
            }
            ends.push(ledger);
        }
        assert_eq!(ends.len(), 720);
        assert!(ends.iter().all(|end| *end == ends[0] && end.stands == Some(4)));
    }

    #[test]
    fn each_arrival_says_what_it_did() {
        let mut ledger = Ledger::default();
        let table = [
            (version(2, Kind::Leave, Change::Moved, 5), Taken::First),
            (version(1, Kind::Leave, Change::Decided, 9), Taken::Late),
            (version(2, Kind::Leave, Change::Moved, 5), Taken::Duplicate),
            (version(2, Kind::Leave, Change::Moved, 6), Taken::Clash),
            (version(3, Kind::Release, Change::Decided, 6), Taken::Supersedes(2)),
        ];
        for (event, expected) in table {
            assert_eq!(ledger.comes(&event), expected, "{event:?}");
        }
    }
}
