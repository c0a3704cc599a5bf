//! Another adult who comes along: asked by a code that the one who booked passes on, signed in with an eID of their own. Whoever
//! booked learns `can come` or `cannot`, and never why: a no, no clearance, another visit and no answer look alike.

use super::{
    Approval,
    facts::{Facts, Session},
    hindrance::{Refusal, overlap_with},
    needs_approval,
    rules::{UnitRules, in_force},
};
use crate::{
    access::Person,
    kernel::{Id, Instant},
};

/// One who was asked, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// The seat is kept until then.
    Asked {
        until: Instant,
    },
    Coming,
    Declined,
    Ended(JoinEnd),
}

/// Why it came to nothing after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinEnd {
    /// Taken back by whoever booked.
    Booker,
    /// The guest cannot come after all.
    Guest,
    /// The guest's clearance has ended.
    Leave,
    /// The visit was moved: the yes was to another time.
    Moved,
}

impl JoinEnd {
    pub const ALL: [Self; 4] = [Self::Booker, Self::Guest, Self::Leave, Self::Moved];

    pub fn code(self) -> &'static str {
        match self {
            Self::Booker => "booker",
            Self::Guest => "guest",
            Self::Leave => "leave",
            Self::Moved => "moved",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.code() == code)
    }
}

/// What whoever booked is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    NotAnswered { until: Instant },
    CanCome,
    CannotCome,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinRefusal {
    /// No such thing for whoever asks.
    Hidden,
    /// Nothing waits for this code: wrong, used, too old, one's own, or no clearance for this visit.
    Code,
    /// It has begun, is cancelled, or somebody is at the gate already.
    Closed,
    /// The unit lets nobody be asked.
    NotHere,
    /// Nobody more fits.
    Full { most: i64 },
    /// It was answered or ended meanwhile.
    MovedOn,
}

impl JoinRefusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "join_hidden",
            Self::Code => "join_code",
            Self::Closed => "join_closed",
            Self::NotHere => "join_not_here",
            Self::Full { .. } => "join_full",
            Self::MovedOn => "join_moved_on",
        }
    }
}

impl Joining {
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::Coming => "coming",
            Self::Declined => "declined",
            Self::Ended(_) => "ended",
        }
    }

    /// An answer that did not come in time is a no.
    pub fn told(self, now: Instant) -> Told {
        match self {
            Self::Asked { until } if now < until => Told::NotAnswered { until },
            Self::Coming => Told::CanCome,
            Self::Asked { .. } | Self::Declined | Self::Ended(_) => Told::CannotCome,
        }
    }

    /// Whether a seat is kept.
    pub fn has_seat(self, now: Instant) -> bool {
        self.told(now) != Told::CannotCome
    }

    pub fn answered(self, yes: bool, now: Instant) -> Result<Self, JoinRefusal> {
        match self {
            Self::Asked { until } if now < until => Ok(if yes { Self::Coming } else { Self::Declined }),
            _ => Err(JoinRefusal::MovedOn),
        }
    }

    /// The guest can end it once the yes was said; the others at any time.
    pub fn ended(self, by: JoinEnd) -> Result<Self, JoinRefusal> {
        match (self, by) {
            (Self::Coming, _) | (Self::Asked { .. }, JoinEnd::Booker | JoinEnd::Moved) => Ok(Self::Ended(by)),
            _ => Err(JoinRefusal::MovedOn),
        }
    }
}

/// A visit to which somebody wants to ask another adult.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    pub is_booked: bool,
    pub has_come: bool,
    pub starts_at: Instant,
    /// Those who come, and those for whom a seat is kept.
    pub seats: i64,
}

/// Until when the seat is kept: the hours of the unit, and never longer than until the visit begins.
pub fn may_ask(asking: &Asking, rules: &[UnitRules], now: Instant) -> Result<Instant, JoinRefusal> {
    if !asking.is_booked || asking.has_come || asking.starts_at <= now {
        return Err(JoinRefusal::Closed);
    }
    // Where the unit has looked at who comes, nobody comes besides.
    let may = |rules: &&UnitRules| rules.join_hours > 0 && rules.approval != Approval::Always;
    let rules = in_force(rules, asking.starts_at.date()).filter(may);
    let rules = rules.ok_or(JoinRefusal::NotHere)?;
    if asking.seats >= rules.people {
        return Err(JoinRefusal::Full { most: rules.people });
    }
    Ok(now.plus_minutes(60 * rules.join_hours).min(asking.starts_at))
}

/// What stands in the way of a guest's yes. `facts.guests` are all who come and the guest; `facts.visits` are the guest's alone.
/// `others` have a seat besides.
pub fn join_hindrances(
    session: &Session,
    facts: &Facts,
    guest: &Id<Person>,
    others: i64,
    now: Instant,
) -> Vec<Refusal> {
    let date = session.date;
    let mut found = Vec::new();
    if session.starts_at <= now {
        found.push(Refusal::Started);
    }
    let cleared = |g: &&super::Guest| g.person == *guest && g.standing_on(date).is_some();
    if !facts.guests.iter().any(|g| cleared(&g)) {
        found.push(Refusal::NotCleared(guest.clone()));
    }
    if let Some(rules) = in_force(&facts.rules, date).filter(|rules| others + 1 > rules.people) {
        found.push(Refusal::TooMany { most: rules.people });
    }
    if facts.is_hindered_on(date) || facts.has_left_by(session.starts_at) {
        found.push(Refusal::Restricted);
    }
    let with_child = facts.guests.iter().any(|g| !g.is_adult_on(date));
    if !session.kind.carries(&facts.measures_on(date), with_child) {
        found.push(Refusal::WrongKind);
    }
    // The inmate's own visit is booked; whom the guest must not meet is looked at now.
    let meets = facts.apart.iter().any(|visit| visit.visitors && visit.touches(session));
    found.extend(meets.then_some(Refusal::SessionGone));
    found.extend(overlap_with(session, &facts.visits));
    let first = !facts.review.met.contains(guest);
    let need = needs_approval(in_force(&facts.rules, date), first, facts.review.feed_silent);
    found.extend(need.map(|_| Refusal::NeedsApproval));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::{
        booking::{Restriction, Visit, tests as stage},
        clearance::Measure,
    };

    const NOW: Instant = Instant(10);
    const LATER: Instant = Instant(11);

    #[test]
    fn each_state_and_each_event() {
        let asked = Joining::Asked { until: LATER };
        let late = Joining::Asked { until: NOW };
        let ended = Joining::Ended(JoinEnd::Moved);
        // State; what whoever booked is told; yes, no, ended by the booker, the guest, the leave, the move.
        let table = [
            (asked, Told::NotAnswered { until: LATER }, [true, true, true, false, false, true]),
            (late, Told::CannotCome, [false, false, true, false, false, true]),
            (Joining::Coming, Told::CanCome, [false, false, true, true, true, true]),
            (Joining::Declined, Told::CannotCome, [false; 6]),
            (ended, Told::CannotCome, [false; 6]),
        ];
        for (state, told, allowed) in table {
            assert_eq!(state.told(NOW), told, "{state:?}");
            assert_eq!(state.has_seat(NOW), told != Told::CannotCome, "{state:?}");
            let [yes, no] = [true, false].map(|yes| state.answered(yes, NOW).is_ok());
            let [booker, guest, leave, moved] = JoinEnd::ALL.map(|by| state.ended(by).is_ok());
            assert_eq!([yes, no, booker, guest, leave, moved], allowed, "{state:?}");
        }
        for end in JoinEnd::ALL {
            assert_eq!(JoinEnd::parse(end.code()), Some(end));
        }
    }

    #[test]
    fn a_seat_is_kept_for_the_hours_of_the_unit_and_not_past_the_start() {
        let facts = stage::facts();
        let start = stage::session().starts_at;
        let asking = Asking { is_booked: true, has_come: false, starts_at: start, seats: 2 };
        let days = |n: i64| start.plus_days(-n);
        let with = |join_hours, people| {
            let mut facts = facts.clone();
            facts.rules[0].join_hours = join_hours;
            facts.rules[0].people = people;
            facts
        };
        let mut looked_at = facts.clone();
        looked_at.rules[0].approval = Approval::Always;
        let table = [
            (asking, with(48, 3), days(5), Ok(days(3))),
            (asking, with(48, 3), days(1), Ok(start)),
            (asking, with(48, 2), days(5), Err(JoinRefusal::Full { most: 2 })),
            (asking, with(0, 3), days(5), Err(JoinRefusal::NotHere)),
            (asking, looked_at, days(5), Err(JoinRefusal::NotHere)),
            (asking, with(48, 3), start, Err(JoinRefusal::Closed)),
            (Asking { is_booked: false, ..asking }, with(48, 3), days(5), Err(JoinRefusal::Closed)),
            (Asking { has_come: true, ..asking }, with(48, 3), days(5), Err(JoinRefusal::Closed)),
        ];
        for (asking, facts, now, expected) in table {
            assert_eq!(may_ask(&asking, &facts.rules, now), expected, "{asking:?} {now:?}");
        }
    }

    #[test]
    fn a_guest_is_judged_for_the_guest_alone() {
        type Change = fn(&mut Facts);
        let session = stage::session();
        let guest: Id<Person> = Id::new("ask");
        let meets = || Visit {
            id: Id::new("other"),
            ours: true,
            same_inmate: false,
            kind: crate::visits::booking::SessionKind::Open,
            date: stage::session().date,
            starts_at: stage::session().starts_at,
            ends_at: stage::session().ends_at,
        };
        let table: [(Change, &[&str]); 6] = [
            (|_| (), &[]),
            (|f| f.guests.iter_mut().for_each(|g| g.standing.clear()), &["not_cleared"]),
            // Somebody else's clearance is not told of here.
            (|f| f.guests[0].standing.clear(), &[]),
            (|f| f.guests[1].standing[0].measures.push(Measure::GlassWall), &["wrong_kind"]),
            (|f| f.rules[0].people = 2, &["too_many"]),
            (|f| f.present = false, &["restricted"]),
        ];
        for (n, (change, expected)) in table.into_iter().enumerate() {
            let mut facts = stage::facts();
            change(&mut facts);
            let found = join_hindrances(&session, &facts, &guest, 2, session.starts_at.plus_days(-3));
            assert_eq!(found.iter().map(Refusal::code).collect::<Vec<_>>(), expected, "{n}");
        }
        let mut facts = stage::facts();
        facts.visits.push(meets());
        facts.restrictions.push(Restriction::Ban { from: session.date, to: session.date });
        let found = join_hindrances(&session, &facts, &guest, 2, session.starts_at);
        let codes: Vec<&str> = found.iter().map(Refusal::code).collect();
        assert_eq!(codes, ["started", "restricted", "overlap"]);
    }
}
