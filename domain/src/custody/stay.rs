//! How long an inmate is where he is: which standing decisions end his stay at a unit, and when. Visits ask this; a
//! visit that begins later cannot be booked.

use super::{Change, Event, Kind};
use crate::kernel::Instant;

/// Why a stay ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// He is free, on probation, or serves outside a prison.
    Free,
    /// He goes to another unit.
    Moves,
    Dies,
}

/// When the stay at the present unit ends by these decisions: the earliest that stands. A decision that was cancelled
/// ends nothing, nor does one from before he came here; but for a death, of which one may hear late.
pub fn ends<'a>(standing: impl IntoIterator<Item = &'a Event>, since: Instant) -> Option<(Instant, Ends)> {
    let ending = standing.into_iter().filter(|event| event.change != Change::Cancelled);
    let ending = ending.filter(|event| event.at >= since || event.kind == Kind::Death);
    let ending = ending.filter_map(|event| end_of(event.kind).map(|why| (event.at.max(since), why)));
    ending.min_by_key(|(at, _)| *at)
}

fn end_of(kind: Kind) -> Option<Ends> {
    match kind {
        Kind::Release
        | Kind::ConditionalRelease
        | Kind::PreventiveConditionalRelease
        | Kind::AlternativeSentence
        | Kind::ElectronicControl => Some(Ends::Free),
        Kind::Transfer | Kind::LowerSecurity => Some(Ends::Moves),
        Kind::Death => Some(Ends::Dies),
        Kind::WorkRelease
        | Kind::Leave
        | Kind::Interruption
        | Kind::Escape
        | Kind::Evasion
        | Kind::NotReturned
        | Kind::ResidenceChange
        | Kind::Recapture
        | Kind::EscortedLeave
        | Kind::Remand
        | Kind::RestorativeOffer => None,
    }
}

/// How long a decision of the case system takes him away from where he is; none: it does not, or he leaves for good, which ends his
/// stay. A leave whose end is not told is over with its day.
pub fn away(kind: Kind, at: Instant, until: Option<Instant>) -> Option<(Instant, Option<Instant>)> {
    match kind {
        Kind::Leave | Kind::EscortedLeave => {
            Some((at, until.or_else(|| Some(Instant::last_minute(at.date())))))
        }
        Kind::Interruption => Some((at, until)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: Kind, change: Change, at: i64) -> Event {
        Event {
            decision: String::new(),
            version: 1,
            inmate: String::new(),
            kind,
            change,
            at: Instant(at),
            until: None,
            unit: None,
            conditions: vec![],
        }
    }

    #[test]
    fn a_leave_without_an_end_is_over_with_its_day_and_what_ends_a_stay_is_no_leave() {
        let (noon, later) = (Instant(1_788_256_800_000_000), Instant(1_788_256_800_000_001));
        let midnight = Instant::last_minute(noon.date());
        let table = [
            (Kind::Leave, Some(later), Some((noon, Some(later)))),
            (Kind::Leave, None, Some((noon, Some(midnight)))),
            (Kind::EscortedLeave, None, Some((noon, Some(midnight)))),
            (Kind::Interruption, None, Some((noon, None))),
            (Kind::Interruption, Some(later), Some((noon, Some(later)))),
        ];
        for (kind, until, expected) in table {
            assert_eq!(away(kind, noon, until), expected, "{kind:?}");
        }
        let others = Kind::ALL.into_iter().filter(|kind| table.iter().all(|(one, ..)| one != kind));
        assert!(others.map(|kind| away(kind, noon, None)).all(|found| found.is_none()));
    }

    #[test]
    fn the_earliest_standing_decision_ends_a_stay() {
        use {Change::*, Kind::*};
        type Case = (&'static [(Kind, Change, i64)], Option<(i64, Ends)>);
        let table: [Case; 8] = [
            (&[(Death, Decided, 1), (Release, Decided, 9)], Some((3, Ends::Dies))),
            (&[], None),
            (&[(Leave, Decided, 5), (Escape, Decided, 6)], None),
            (&[(Release, Decided, 9)], Some((9, Ends::Free))),
            (&[(Release, Moved, 9), (Transfer, Decided, 7)], Some((7, Ends::Moves))),
            (&[(Release, Cancelled, 9), (Death, Decided, 8)], Some((8, Ends::Dies))),
            (&[(Transfer, Decided, 2)], None),
            (&[(LowerSecurity, Decided, 3)], Some((3, Ends::Moves))),
        ];
        for (given, expected) in table {
            let events: Vec<Event> = given.iter().map(|(k, c, at)| event(*k, *c, *at)).collect();
            let found = ends(&events, Instant(3)).map(|(at, why)| (at.micros(), why));
            assert_eq!(found, expected, "{given:?}");
        }
    }
}
