//! What is known when a time is judged. Loaded by the backend, judged here; nothing in it is optional for a caller.

use super::{
    Booking, HeldFor, Need, Review, SessionKind, Template, UnitRules, VisitSession, Way, apart::ApartVisit,
    engaged::Engaged, in_force, needs_approval,
};
use crate::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::clearance::Measure,
};

/// The youngest who may come without an adult. Source: unit pages of kriminalomsorgen.no.
pub const ALONE_FROM: i16 = 15;
/// Of age (vergemålsloven § 8).
pub const ADULT_FROM: i16 = 18;

/// Somebody who wants to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub person: Id<Person>,
    /// As somebody gave it; never read out of a number.
    pub born: Option<CivilDate>,
    /// Was on the application as a child.
    pub child: bool,
    /// Granted clearances for this inmate in this unit; none, one, or more that follow each other.
    pub standing: Vec<Standing>,
}

/// A granted clearance: its days, the last one included, and its measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub measures: Vec<Measure>,
    pub from: CivilDate,
    pub to: CivilDate,
}

impl Guest {
    /// The clearance that holds on a day; of several the newest.
    pub fn standing_on(&self, date: CivilDate) -> Option<&Standing> {
        self.standing.iter().filter(|s| s.from <= date && date <= s.to).max_by_key(|s| s.from)
    }

    pub fn is_adult_on(&self, date: CivilDate) -> bool {
        self.born.map_or(!self.child, |born| born.age_on(date) >= ADULT_FROM)
    }

    /// Whether an adult has to come along.
    pub fn needs_adult_on(&self, date: CivilDate) -> bool {
        self.born.map_or(self.child, |born| born.age_on(date) < ALONE_FROM)
    }
}

/// A bookable time in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Id<VisitSession>,
    /// The time of the week that it comes of.
    pub time: Id<Template>,
    pub public: Public<VisitSession>,
    pub kind: SessionKind,
    pub way: Way,
    pub held_for: HeldFor,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub room: String,
    /// Places in all. A place is one table or room; how many people fit at it is a rule.
    pub capacity: i64,
    /// Places gone, without dead holds and without the asker's own.
    pub taken: i64,
    /// Kept on public holidays.
    pub on_holidays: bool,
}

impl Session {
    pub fn free(&self) -> i64 {
        (self.capacity - self.taken).max(0)
    }
}

/// A visit that is already booked, by the asker or by somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub id: Id<Booking>,
    /// One of the guests takes part.
    pub ours: bool,
    /// It is to the same inmate.
    pub same_inmate: bool,
    pub kind: SessionKind,
    pub date: CivilDate,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// A day without visits, and why: the reason is public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    pub date: CivilDate,
    pub reason: String,
}

/// What a court has ordered about the inmate's visits. [SP] §§ 186, 186 a. Visitors are never told that it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restriction {
    /// No visits: a ban, or complete isolation.
    Ban { from: CivilDate, to: CivilDate },
    /// Visits under control: as if every clearance had listening.
    Control { from: CivilDate, to: CivilDate },
}

impl Restriction {
    fn holds_on(self, date: CivilDate) -> bool {
        let (Self::Ban { from, to } | Self::Control { from, to }) = self;
        from <= date && date <= to
    }

    pub(super) fn controls_on(self, date: CivilDate) -> bool {
        matches!(self, Self::Control { .. }) && self.holds_on(date)
    }

    pub(super) fn bans_on(self, date: CivilDate) -> bool {
        matches!(self, Self::Ban { .. }) && self.holds_on(date)
    }
}

/// Everything that decides about a time for these people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub rules: Vec<UnitRules>,
    pub blocked: Vec<Blocked>,
    pub guests: Vec<Guest>,
    pub visits: Vec<Visit>,
    /// Visits of those from whom the inmate is kept apart, and of those whom one of the guests must not meet.
    pub apart: Vec<ApartVisit>,
    /// Times of the week that are not for the inmate's wing.
    pub not_his: Vec<Id<Template>>,
    /// When the inmate is elsewhere.
    pub engaged: Vec<Engaged>,
    pub restrictions: Vec<Restriction>,
    /// The inmate is in this unit today.
    pub present: bool,
    /// From when he will not be, by what has been decided.
    pub leaves_at: Option<Instant>,
    /// The time of the visit that is being changed. It is theirs, and may be kept with other people.
    pub keeps: Option<Id<VisitSession>>,
    /// Seats at that time for adults whom they have asked besides.
    pub invited: i64,
    /// Days beyond the window that are hers to choose, because the unit cancelled.
    pub ahead_days: i64,
    /// What decides whether the unit looks at it first.
    pub review: Review,
}

impl Facts {
    /// Whether a visit is impossible on a day for a reason that the visitor is not told.
    pub fn is_hindered_on(&self, date: CivilDate) -> bool {
        !self.present || self.is_banned_on(date)
    }

    /// By then he is free, elsewhere or dead; which of them is not said.
    pub fn has_left_by(&self, at: Instant) -> bool {
        self.leaves_at.is_some_and(|leaves| leaves <= at)
    }

    /// One of the adults has no visit with him that took place or stands.
    pub fn is_first_time(&self, date: CivilDate) -> bool {
        self.guests.iter().any(|g| g.is_adult_on(date) && !self.review.met.contains(&g.person))
    }

    /// Why the unit has to say yes to a visit of this day first.
    pub fn needs_approval(&self, date: CivilDate) -> Option<Need> {
        let rules = in_force(&self.rules, date);
        needs_approval(rules, self.is_first_time(date), self.review.feed_silent)
    }

    pub fn is_banned_on(&self, date: CivilDate) -> bool {
        self.restrictions.iter().any(|r| r.bans_on(date))
    }

    /// The measures of all of them together on a day.
    pub fn measures_on(&self, date: CivilDate) -> Vec<Measure> {
        let of_guests =
            self.guests.iter().filter_map(|g| g.standing_on(date)).flat_map(|s| s.measures.iter().copied());
        let ordered = self.restrictions.iter().filter(|r| r.controls_on(date));
        let mut all: Vec<Measure> = of_guests.chain(ordered.map(|_| Measure::Listening)).collect();
        all.sort();
        all.dedup();
        all
    }
}
