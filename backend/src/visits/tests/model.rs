//! What clearance and booking promise, as a small program without a database: three people, two inmates, one unit.
//! Its rules are written anew here on purpose; it shares dates and instants with the real ones, and nothing else.

use std::collections::BTreeSet;

use domain::kernel::{CivilDate, Clock, Instant};

use crate::testing::NOON;

pub const PEOPLE: usize = 3;
/// Whom each visits: the first two the same one.
pub const INMATE_OF: [usize; PEOPLE] = [0, 0, 1];
/// Saturdays, from the first that can be booked to one that lies beyond the window.
const WEEKS: i64 = 6;
/// Start and places of the two times of a Saturday.
const TIMES: [(u16, usize); 2] = [(660, 1), (780, 2)];
const CLOSE_DAYS: i64 = 42;
const MOST_APPLICATIONS: usize = 6;

/// One thing that somebody does. Numbers are places in the model's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Submit(usize),
    /// From application to a clearance until this day, by all the steps.
    Clear(usize, CivilDate),
    InmateSays {
        application: usize,
        yes: bool,
        stale: bool,
    },
    PoliceSay {
        application: usize,
        remark: bool,
    },
    Decide {
        application: usize,
        until: Option<CivilDate>,
    },
    Withdraw(usize),
    /// The unit takes the clearances of a person away.
    TakeAway(usize),
    Choose(usize),
    Hold {
        person: usize,
        session: usize,
    },
    Extend(usize),
    Confirm(usize),
    /// From a window that shows the hold before the last.
    ConfirmOlder(usize),
    Discard(usize),
    Cancel {
        person: usize,
        booking: usize,
    },
    CancelByUnit(usize),
    /// Begins to change it.
    Change {
        person: usize,
        booking: usize,
    },
    Block(usize),
    Pass {
        minutes: i64,
    },
    Tend,
    CloseDue,
}

/// What came of it, as the one who did it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    #[default]
    Done,
    /// The booking that this hold became.
    Booking(usize),
    Refused(Vec<&'static str>),
    NotThere,
}

/// All that is stored, in the same words for the model and each engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// State and version of each application, and what its one clearance came to.
    pub applications: Vec<(String, i64, String)>,
    pub drafts: Vec<bool>,
    /// Session, end and whether it is extended.
    pub holds: Vec<Option<(usize, i64, bool)>>,
    pub taken: Vec<usize>,
    /// Person, session, and whether it stands.
    pub bookings: Vec<(usize, usize, bool)>,
    /// Letters about applications and about bookings.
    pub letters: (usize, usize),
}

#[derive(Clone, Debug)]
pub struct Session {
    pub date: CivilDate,
    pub start: u16,
    places: usize,
    starts_at: Instant,
}

#[derive(Clone, Debug)]
struct Application {
    person: usize,
    state: &'static str,
    version: i64,
    close_on: CivilDate,
    outcome: &'static str,
    /// First and last day of what was granted.
    granted: Option<(CivilDate, CivilDate)>,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    number: usize,
    session: usize,
    made_at: Instant,
    ends_at: Instant,
    extended: bool,
    /// It is the time of the visit she changes: no other place is taken.
    own: bool,
}

#[derive(Clone, Debug, Default)]
struct Person {
    /// When she last went on with it.
    draft: Option<Instant>,
    /// The booking that the draft is to take the place of.
    changes: Option<usize>,
    hold: Option<Held>,
    /// The numbers of all the holds she has been shown, newest last.
    shown: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Booking {
    hold: usize,
    person: usize,
    session: usize,
    stands: bool,
    booked_at: Instant,
    /// When the unit called it off.
    called_off: Option<Instant>,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub now: Instant,
    pub sessions: Vec<Session>,
    applications: Vec<Application>,
    people: Vec<Person>,
    bookings: Vec<Booking>,
    closed: BTreeSet<CivilDate>,
    holds: usize,
    letters: (usize, usize),
    /// What the last act came to.
    pub told: Outcome,
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

/// A year ahead, or in the middle of the window.
pub fn ends() -> [CivilDate; 2] {
    [day("2027-06-01"), day("2026-09-20")]
}

impl Model {
    pub fn new() -> Self {
        let first = day("2026-09-05");
        let days = (0..WEEKS).map(|week| first.plus_days(week * 7));
        let sessions = days.flat_map(|date| {
            TIMES.map(|(start, places)| {
                let starts_at = Instant::of_wall(date, Clock(start));
                Session { date, start, places, starts_at }
            })
        });
        Self {
            now: NOON,
            sessions: sessions.collect(),
            applications: vec![],
            people: vec![Person::default(); PEOPLE],
            bookings: vec![],
            closed: BTreeSet::new(),
            holds: 0,
            letters: (0, 0),
            told: Outcome::Done,
        }
    }

    /// Everything that can be tried now; what is likelier stands there more than once.
    pub fn acts(&self) -> Vec<Act> {
        let mut acts = vec![Act::Tend, Act::CloseDue];
        acts.extend([1, 5, 9, 11, 1_440, 4_320, 10_080].map(|minutes| Act::Pass { minutes }));
        for person in 0..PEOPLE {
            self.acts_of(person, &mut acts);
        }
        for application in 0..self.applications.len() {
            for (yes, stale) in [(true, false), (true, true), (false, false)] {
                acts.push(Act::InmateSays { application, yes, stale });
            }
            acts.extend([true, false].map(|remark| Act::PoliceSay { application, remark }));
            acts.extend([Some(ends()[0]), None].map(|until| Act::Decide { application, until }));
            acts.push(Act::Withdraw(application));
        }
        for booking in 0..self.bookings.len() {
            acts.push(Act::CancelByUnit(booking));
            acts.extend((0..PEOPLE).map(|person| Act::Cancel { person, booking }));
            acts.extend((0..PEOPLE).map(|person| Act::Change { person, booking }));
            let person = self.bookings[booking].person;
            acts.extend(std::iter::repeat_n(Act::Change { person, booking }, 3));
        }
        acts.extend((2..self.sessions.len()).step_by(5).map(Act::Block));
        acts
    }

    fn acts_of(&self, person: usize, acts: &mut Vec<Act>) {
        let p = &self.people[person];
        if self.applications.len() < MOST_APPLICATIONS {
            acts.push(Act::Submit(person));
            acts.extend(ends().map(|until| Act::Clear(person, until)));
        }
        acts.extend([Act::TakeAway(person), Act::Choose(person), Act::Choose(person), Act::Choose(person)]);
        acts.extend((0..self.sessions.len()).map(|session| Act::Hold { person, session }));
        if !p.shown.is_empty() {
            acts.extend([Act::Extend(person), Act::Discard(person)]);
            acts.extend(std::iter::repeat_n(Act::Confirm(person), 6));
        }
        if p.shown.len() > 1 {
            acts.push(Act::ConfirmOlder(person));
        }
    }

    /// Whether the act names what is there; shrinking leaves acts out.
    pub fn admits(&self, act: &Act) -> bool {
        self.acts().contains(act)
    }

    pub fn apply(&mut self, act: &Act) {
        self.told = match *act {
            Act::Submit(person) => self.submit(person),
            Act::Clear(person, until) => self.clear(person, until),
            Act::InmateSays { application, yes, stale } => self.inmate_says(application, yes, stale),
            Act::PoliceSay { application, .. } => {
                self.step(application, &["awaiting_police", "awaiting_decision"], "awaiting_decision")
            }
            Act::Decide { application, until } => self.decide(application, until),
            Act::Withdraw(application) => self.withdraw(application),
            Act::TakeAway(person) => self.take_away(person),
            Act::Choose(person) => self.choose(person),
            Act::Hold { person, session } => self.hold(person, session),
            Act::Extend(person) => self.extend(person),
            Act::Confirm(person) => self.confirm(person, self.shown(person, 1)),
            Act::ConfirmOlder(person) => self.confirm(person, self.shown(person, 2)),
            Act::Discard(person) => self.discard(person),
            Act::Cancel { person, booking } if self.bookings[booking].person != person => Outcome::NotThere,
            Act::Cancel { booking, .. } => self.cancel(booking, false),
            Act::CancelByUnit(booking) => self.cancel(booking, true),
            Act::Change { person, booking } if self.bookings[booking].person != person => Outcome::NotThere,
            Act::Change { person, booking } => self.change(person, booking),
            Act::Block(session) => {
                self.closed.insert(self.sessions[session].date);
                Outcome::Done
            }
            Act::Pass { minutes } => {
                self.now = self.now.plus_minutes(minutes);
                Outcome::Done
            }
            Act::Tend => self.tend(),
            Act::CloseDue => self.close_due(),
        };
    }

    /// The number of the newest hold she was shown, or of the one before.
    pub fn shown(&self, person: usize, from_end: usize) -> usize {
        let shown = &self.people[person].shown;
        shown[shown.len() - from_end]
    }

    fn submit(&mut self, person: usize) -> Outcome {
        self.applications.push(Application {
            person,
            state: "received",
            version: 1,
            close_on: self.now.date().plus_days(CLOSE_DAYS),
            outcome: "pending",
            granted: None,
        });
        self.letters.0 += 1;
        Outcome::Done
    }

    fn clear(&mut self, person: usize, until: CivilDate) -> Outcome {
        self.submit(person);
        let new = self.applications.len() - 1;
        self.inmate_says(new, true, false);
        self.step(new, &["awaiting_police"], "awaiting_decision");
        self.decide(new, Some(until))
    }

    fn step(&mut self, application: usize, from: &[&str], to: &'static str) -> Outcome {
        let a = &mut self.applications[application];
        if !from.contains(&a.state) {
            return Outcome::Refused(vec!["clearance_moved_on"]);
        }
        (a.state, a.version) = (to, a.version + 1);
        Outcome::Done
    }

    fn inmate_says(&mut self, application: usize, yes: bool, stale: bool) -> Outcome {
        match (stale, yes) {
            (true, _) => Outcome::Refused(vec!["clearance_stale"]),
            (false, true) => self.step(application, &["received", "declined"], "awaiting_police"),
            (false, false) => self.step(application, &["received"], "declined"),
        }
    }

    fn decide(&mut self, application: usize, until: Option<CivilDate>) -> Outcome {
        let told = self.step(application, &["awaiting_decision"], "decided");
        if told == Outcome::Done {
            let (a, today) = (&mut self.applications[application], self.now.date());
            a.outcome = if until.is_some() { "granted" } else { "refused" };
            a.granted = until.map(|until| (today, until));
            self.letters.0 += 1;
        }
        told
    }

    fn withdraw(&mut self, application: usize) -> Outcome {
        let open = ["received", "declined", "awaiting_police", "awaiting_decision"];
        let told = self.step(application, &open, "withdrawn");
        if told == Outcome::Done {
            self.applications[application].outcome = "withdrawn";
            self.letters.0 += 1;
        }
        told
    }

    fn take_away(&mut self, person: usize) -> Outcome {
        let granted = |a: &&mut Application| a.person == person && a.outcome == "granted";
        self.applications.iter_mut().filter(granted).for_each(|a| a.outcome = "withdrawn");
        Outcome::Done
    }

    /// What is neither answered nor yes by the fixed day.
    fn close_due(&mut self) -> Outcome {
        let today = self.now.date();
        for a in &mut self.applications {
            if matches!(a.state, "received" | "declined") && a.close_on <= today {
                (a.state, a.version) = ("not_processed", a.version + 1);
                self.letters.0 += 1;
            }
        }
        Outcome::Done
    }

    fn cleared(&self, person: usize, on: CivilDate) -> bool {
        let granted = |a: &&Application| a.person == person && a.outcome == "granted";
        let holds = |(from, until): (CivilDate, CivilDate)| from <= on && on <= until;
        self.applications.iter().filter(granted).any(|a| a.granted.is_some_and(holds))
    }

    fn choose(&mut self, person: usize) -> Outcome {
        if !self.cleared(person, self.now.date()) {
            return Outcome::Refused(vec!["restricted"]);
        }
        self.people[person].draft = Some(self.now);
        Outcome::Done
    }

    /// Whose visit the unit called off is fourteen days ahead of others for fourteen days, until she has booked.
    fn ahead(&self, person: usize) -> i64 {
        let own = || self.bookings.iter().filter(|b| b.person == person);
        let booked_since = |at: Instant| own().any(|b| b.stands && b.booked_at >= at);
        let off = own().filter_map(|b| b.called_off).filter(|at| !booked_since(*at)).max();
        if off.is_some_and(|at| self.now.date() <= at.date().plus_days(14)) { 14 } else { 0 }
    }

    /// Places that are taken from this person's view: others' dead holds do not count, nor does her own.
    fn taken_for(&self, person: usize, session: usize) -> usize {
        let live = |(n, p): &(usize, &Person)| {
            *n != person && p.hold.is_some_and(|h| h.session == session && !h.own && self.now < h.ends_at)
        };
        let held = self.people.iter().enumerate().filter(live).count();
        held + self.standing(person).filter(|b| b.session == session).count()
    }

    /// All visits but the one that this person changes.
    fn standing(&self, person: usize) -> impl Iterator<Item = &Booking> {
        let changes = self.people[person].changes;
        self.bookings.iter().enumerate().filter(move |(n, b)| b.stands && changes != Some(*n)).map(|(_, b)| b)
    }

    /// The time of the visit she changes, as long as it stands.
    fn keeps(&self, person: usize) -> Option<usize> {
        let old = &self.bookings[self.people[person].changes?];
        old.stands.then_some(old.session)
    }

    fn hindrances(&self, person: usize, session: usize, asked_on: CivilDate) -> Vec<&'static str> {
        let s = &self.sessions[session];
        let mut found = Vec::new();
        if s.starts_at <= self.now {
            found.push("started");
        } else if self.keeps(person) != Some(session)
            && (s.date < asked_on.plus_days(2) || s.date > asked_on.plus_days(28 + self.ahead(person)))
        {
            found.push("window");
        }
        if self.taken_for(person, session) >= s.places {
            found.push("session_gone");
        }
        if self.closed.contains(&s.date) {
            found.push("closed");
        }
        if !self.cleared(person, s.date) {
            found.push("not_cleared");
        }
        let same_inmate = |b: &&Booking| INMATE_OF[b.person] == INMATE_OF[person];
        let visits: Vec<&Booking> = self.standing(person).filter(same_inmate).collect();
        let in_week = |b: &&&Booking| self.sessions[b.session].date.monday() == s.date.monday();
        let at_once = |b: &&&Booking| b.session == session;
        let own = |b: &&Booking| b.person == person;
        if visits.iter().any(|b| in_week(&b)) {
            found.push(if visits.iter().filter(in_week).any(&own) { "week_used" } else { "session_gone" });
        }
        if visits.iter().any(|b| at_once(&b)) {
            found.push(if visits.iter().filter(at_once).any(own) { "overlap" } else { "session_gone" });
        }
        let mut seen = BTreeSet::new();
        found.retain(|code| seen.insert(*code));
        found
    }

    fn hold(&mut self, person: usize, session: usize) -> Outcome {
        if self.people[person].draft.is_none() {
            return Outcome::Refused(vec!["nobody"]);
        }
        let found = self.hindrances(person, session, self.now.date());
        if !found.is_empty() {
            return Outcome::Refused(found);
        }
        let now = self.now;
        if self.people[person].hold.is_some_and(|h| h.session == session && now < h.ends_at) {
            return Outcome::Done;
        }
        for p in &mut self.people {
            p.hold = p.hold.filter(|h| h.session != session || now < h.ends_at);
        }
        let number = self.holds;
        self.holds += 1;
        let (ends_at, own) = (now.plus_minutes(10), self.keeps(person) == Some(session));
        self.people[person].hold =
            Some(Held { number, session, made_at: now, ends_at, extended: false, own });
        self.people[person].shown.push(number);
        Outcome::Done
    }

    fn extend(&mut self, person: usize) -> Outcome {
        let (asked, now) = (self.shown(person, 1), self.now);
        let p = &mut self.people[person];
        let Some(hold) = p.hold.as_mut().filter(|_| p.draft.is_some()) else {
            return Outcome::Refused(vec!["hold_expired"]);
        };
        let refusal = match &*hold {
            h if h.number != asked => Some("other_hold"),
            h if h.ends_at <= now => Some("hold_expired"),
            h if h.extended => Some("extended_before"),
            _ => None,
        };
        match refusal {
            Some(code) => Outcome::Refused(vec![code]),
            None => {
                (hold.ends_at, hold.extended) = (hold.ends_at.plus_minutes(10), true);
                Outcome::Done
            }
        }
    }

    fn confirm(&mut self, person: usize, asked: usize) -> Outcome {
        let hold = self.people[person].hold.filter(|_| self.people[person].draft.is_some());
        let found = match hold {
            Some(h) if h.number == asked => {
                let dead = (h.ends_at <= self.now).then_some("hold_expired");
                let over = |b: &Booking| !b.stands || self.sessions[b.session].starts_at <= self.now;
                let gone = self.people[person].changes.filter(|old| over(&self.bookings[*old]));
                let gone = gone.map(|_| "change_gone");
                let found = self.hindrances(person, h.session, h.made_at.date());
                dead.into_iter().chain(gone).chain(found).collect()
            }
            Some(h) if self.now < h.ends_at => vec!["other_hold"],
            _ => vec!["hold_expired"],
        };
        if !found.is_empty() {
            let before = self.bookings.iter().any(|b| b.hold == asked && b.person == person);
            return if before { Outcome::Booking(asked) } else { Outcome::Refused(found) };
        }
        let Some(h) = hold else { return Outcome::NotThere };
        let said = match self.people[person].changes {
            Some(old) => {
                let b = &mut self.bookings[old];
                let moved = b.session != h.session;
                (b.hold, b.session) = (asked, h.session);
                moved
            }
            None => {
                let (session, booked_at) = (h.session, self.now);
                let new = Booking { hold: asked, person, session, stands: true, booked_at, called_off: None };
                self.bookings.push(new);
                true
            }
        };
        self.discard(person);
        self.letters.1 += usize::from(said);
        Outcome::Booking(asked)
    }

    fn discard(&mut self, person: usize) -> Outcome {
        let p = &mut self.people[person];
        (p.hold, p.draft, p.changes) = (None, None, None);
        Outcome::Done
    }

    fn change(&mut self, person: usize, booking: usize) -> Outcome {
        let b = &self.bookings[booking];
        if !b.stands {
            return Outcome::Refused(vec!["already_cancelled"]);
        }
        if self.now >= self.sessions[b.session].starts_at {
            return Outcome::Refused(vec!["too_late"]);
        }
        let p = &mut self.people[person];
        if p.changes != Some(booking) {
            (p.hold, p.draft, p.changes) = (None, Some(self.now), Some(booking));
        }
        Outcome::Done
    }

    /// The unit also weeks afterwards.
    fn cancel(&mut self, booking: usize, by_unit: bool) -> Outcome {
        let days_after = if by_unit { 28 } else { 0 };
        let b = &mut self.bookings[booking];
        if !b.stands {
            return Outcome::Refused(vec!["already_cancelled"]);
        }
        if self.now >= self.sessions[b.session].starts_at.plus_days(days_after) {
            return Outcome::Refused(vec!["too_late"]);
        }
        b.stands = false;
        b.called_off = by_unit.then_some(self.now);
        self.letters.1 += 1;
        Outcome::Done
    }

    fn tend(&mut self) -> Outcome {
        let (now, old) = (self.now, self.now.plus_days(-1));
        for p in &mut self.people {
            p.hold = p.hold.filter(|h| now < h.ends_at);
            p.draft = p.draft.filter(|at| *at > old || p.hold.is_some());
            p.changes = p.changes.filter(|_| p.draft.is_some());
        }
        Outcome::Done
    }

    pub fn seen(&self) -> Seen {
        let taken = |session| {
            let holds = |p: &&Person| p.hold.is_some_and(|h| h.session == session && !h.own);
            let held = self.people.iter().filter(holds).count();
            held + self.bookings.iter().filter(|b| b.stands && b.session == session).count()
        };
        let applications = self.applications.iter();
        Seen {
            applications: applications.map(|a| (a.state.into(), a.version, a.outcome.into())).collect(),
            drafts: self.people.iter().map(|p| p.draft.is_some()).collect(),
            holds: self
                .people
                .iter()
                .map(|p| p.hold.map(|h| (h.session, h.ends_at.micros(), h.extended)))
                .collect(),
            taken: (0..self.sessions.len()).map(taken).collect(),
            bookings: self.bookings.iter().map(|b| (b.person, b.session, b.stands)).collect(),
            letters: self.letters,
        }
    }

    pub fn person_of(&self, application: usize) -> usize {
        self.applications[application].person
    }
}
