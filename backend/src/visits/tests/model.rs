//! What clearance and booking promise, as a small program without a database: three people, two inmates, one unit.
//! Its rules are written anew here on purpose; it shares dates and instants with the real ones, and nothing else.
//!
//! Here: leaves, times, holds and visits. Who waits, who comes along and what is asked for stand beside it.

mod joining;
mod request;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{CivilDate, Clock, Instant};

use crate::testing::NOON;
use joining::Invitation;
use request::Request;
use waiting::{Offer, Wait};

pub const PEOPLE: usize = 3;
/// Whom each visits: the first two the same one.
pub const INMATE_OF: [usize; PEOPLE] = [0, 0, 1];
/// Saturdays, from the first that can be booked to one that lies beyond the window.
const WEEKS: i64 = 6;
/// Start and places of the two times of a Saturday.
const TIMES: [(u16, usize); 2] = [(660, 1), (780, 2)];
const CLOSE_DAYS: i64 = 42;
const MOST_APPLICATIONS: usize = 9;

/// One thing that somebody does. Numbers are places in the model's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Submit(usize),
    /// From application to a clearance until this day, by all the steps.
    Clear(usize, CivilDate),
    /// From application to a no, by all the steps.
    TurnDown(usize),
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
    /// Puts herself on the list, with the company she has chosen.
    Wait {
        person: usize,
        span: usize,
    },
    /// Waits no longer.
    Unwait {
        person: usize,
        wait: usize,
    },
    Accept {
        person: usize,
        offer: usize,
    },
    Decline {
        person: usize,
        offer: usize,
        stays: bool,
    },
    TendLine,
    /// Asks for another adult. Again: the same form once more.
    Invite {
        person: usize,
        booking: usize,
        again: bool,
    },
    /// Whoever booked takes it back.
    Uninvite {
        person: usize,
        invitation: usize,
    },
    /// Types the code.
    Type {
        person: usize,
        invitation: usize,
    },
    Answer {
        person: usize,
        invitation: usize,
        yes: bool,
    },
    /// Said yes, and cannot come after all.
    Leave {
        person: usize,
        invitation: usize,
    },
    /// Which visits the unit looks at from now on.
    Look(Looks),
    Ask(usize),
    /// From a window that shows the hold before the last.
    AskOlder(usize),
    Approve(usize),
    Reject(usize),
    TakeBack {
        person: usize,
        request: usize,
    },
    TendRequests,
}

/// Which visits a unit looks at before they are booked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looks {
    #[default]
    Never,
    First,
    Always,
}

/// What came of it, as the one who did it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    #[default]
    Done,
    /// The visit that there is now.
    Booking(usize),
    /// The unit has to answer this one.
    Request(usize),
    Waiting {
        wait: usize,
        replaced: bool,
    },
    /// How much of each kind the worker found to do.
    Round(Vec<usize>),
    Refused(Vec<&'static str>),
    /// It was answered before, or is too late.
    Over,
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
    /// Person, session, whether it stands, and who comes along.
    pub bookings: Vec<(usize, usize, bool, Vec<usize>)>,
    /// Person, and how it ended.
    pub waits: Vec<(usize, String)>,
    /// Of this wait and this session: until when, and what came of it.
    pub offers: BTreeMap<(usize, usize), (i64, String)>,
    /// Visit, guest, until when, and what came of it.
    pub invitations: Vec<(usize, Option<usize>, i64, String)>,
    /// Person, session, until when, and what came of it.
    pub requests: Vec<(usize, usize, i64, String)>,
    pub letters: Letters,
}

/// What they are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    pub clearance: usize,
    pub booking: usize,
    pub waiting: usize,
    pub joining: usize,
    pub request: usize,
}

#[derive(Clone, Debug)]
pub struct Session {
    pub date: CivilDate,
    pub start: u16,
    monday: CivilDate,
    places: usize,
    starts_at: Instant,
}

/// Days that somebody can wait for, both ends included; none of them lies behind the times that the model knows.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub first: CivilDate,
    pub last: CivilDate,
    pub suits: &'static str,
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

/// What a visit, or what is asked for, was made from last: a form of it that is sent again finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Hold(usize),
    Offer(usize),
}

#[derive(Clone, Debug)]
struct Booking {
    from: Origin,
    person: usize,
    session: usize,
    stands: bool,
    booked_at: Instant,
    /// When the unit called it off.
    called_off: Option<Instant>,
}

/// For whom a time is judged.
#[derive(Clone, Copy, Debug)]
struct Asker {
    person: usize,
    by: By,
    /// The day on which she chose it, and how many days she is ahead of others. None: that was judged before.
    chosen: Option<(CivilDate, i64)>,
}

/// What she has in hand. It does not stand in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Draft,
    Line,
    Offer(usize),
    Request(usize),
}

#[derive(Clone, Debug)]
pub struct Model {
    pub now: Instant,
    pub sessions: Vec<Session>,
    pub spans: [Span; 3],
    /// What was done before the first act.
    pub begun: Vec<Act>,
    applications: Vec<Application>,
    people: Vec<Person>,
    bookings: Vec<Booking>,
    waits: Vec<Wait>,
    offers: Vec<Offer>,
    invitations: Vec<Invitation>,
    requests: Vec<Request>,
    closed: BTreeSet<CivilDate>,
    looks: Looks,
    holds: usize,
    letters: Letters,
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

/// Somebody to whom it is nothing.
fn stranger_to(person: usize) -> usize {
    (person + 1) % PEOPLE
}

impl Model {
    pub fn new() -> Self {
        let first = day("2026-09-05");
        let days = (0..WEEKS).map(|week| first.plus_days(week * 7));
        let sessions = days.flat_map(|date| {
            TIMES.map(|(start, places)| {
                let starts_at = Instant::of_wall(date, Clock(start));
                Session { date, start, monday: date.monday(), places, starts_at }
            })
        });
        let (today, last) = (day("2026-09-01"), first.plus_days((WEEKS - 1) * 7));
        let span = |last, suits| Span { first: today, last, suits };
        Self {
            now: NOON,
            sessions: sessions.collect(),
            spans: [span(last, "weekends"), span(day("2026-09-13"), "any"), span(last, "weekdays")],
            begun: vec![],
            applications: vec![],
            people: vec![Person::default(); PEOPLE],
            bookings: vec![],
            waits: vec![],
            offers: vec![],
            invitations: vec![],
            requests: vec![],
            closed: BTreeSet::new(),
            looks: Looks::Never,
            holds: 0,
            letters: Letters::default(),
            told: Outcome::Done,
        }
    }

    /// As it can begin: with nothing; with everybody's leave; where the unit looks at whoever comes for the first time; and with a visit
    /// to which another adult is asked.
    pub fn starts() -> [Self; 4] {
        let leaves = (0..PEOPLE).map(|person| Act::Clear(person, ends()[0]));
        let cleared: Vec<Act> = leaves.chain((0..PEOPLE).map(Act::Choose)).collect();
        let mut looked_at = cleared.clone();
        looked_at.push(Act::Look(Looks::First));
        let mut asked = cleared.clone();
        asked.extend([Act::Hold { person: 0, session: 4 }, Act::Confirm(0)]);
        asked.push(Act::Invite { person: 0, booking: 0, again: false });
        asked.push(Act::Type { person: 1, invitation: 0 });
        [vec![], cleared, looked_at, asked].map(|begun| {
            let mut model = Self::new();
            begun.iter().for_each(|act| model.apply(act));
            Self { begun, ..model }
        })
    }

    /// Everything that can be tried now; what is likelier stands there more than once.
    pub fn acts(&self) -> Vec<Act> {
        let mut acts = vec![Act::Tend, Act::CloseDue];
        acts.extend([1, 5, 9, 11, 1_440, 1_440, 4_320, 10_080].map(|minutes| Act::Pass { minutes }));
        for person in 0..PEOPLE {
            self.acts_of(person, &mut acts);
        }
        for (application, a) in self.applications.iter().enumerate() {
            if a.is_open() || application + 2 >= self.applications.len() {
                for (yes, stale) in [(true, false), (true, true), (false, false)] {
                    acts.push(Act::InmateSays { application, yes, stale });
                }
                acts.extend([true, false].map(|remark| Act::PoliceSay { application, remark }));
                acts.extend([Some(ends()[0]), None].map(|until| Act::Decide { application, until }));
                acts.push(Act::Withdraw(application));
            }
        }
        for (booking, b) in self.bookings.iter().enumerate() {
            if b.stands || booking + 2 >= self.bookings.len() {
                let (person, other) = (b.person, stranger_to(b.person));
                acts.push(Act::CancelByUnit(booking));
                acts.extend([person, person, other].map(|person| Act::Cancel { person, booking }));
                let times = if b.stands && matches!(b.from, Origin::Offer(_)) { 8 } else { 3 };
                acts.extend(std::iter::repeat_n(Act::Change { person, booking }, times));
                acts.push(Act::Change { person: other, booking });
            }
        }
        acts.extend((2..self.sessions.len()).step_by(5).map(Act::Block));
        self.acts_in_line(&mut acts);
        self.acts_of_guests(&mut acts);
        self.acts_of_requests(&mut acts);
        acts
    }

    fn acts_of(&self, person: usize, acts: &mut Vec<Act>) {
        let p = &self.people[person];
        if self.applications.len() < MOST_APPLICATIONS {
            acts.push(Act::Submit(person));
            acts.extend(ends().map(|until| Act::Clear(person, until)));
            let none_left = !self.has_leave_left(person);
            acts.extend(std::iter::repeat_n(Act::TurnDown(person), if none_left { 6 } else { 1 }));
        }
        acts.extend([Act::TakeAway(person), Act::Choose(person), Act::Choose(person), Act::Choose(person)]);
        let times = if p.changes.is_some() { 3 } else { 1 };
        for _ in 0..times {
            acts.extend((0..self.sessions.len()).map(|session| Act::Hold { person, session }));
        }
        if !p.shown.is_empty() {
            acts.extend([Act::Extend(person), Act::Discard(person)]);
            let nearly = p.changes.is_some() && p.hold.is_some();
            acts.extend(std::iter::repeat_n(Act::Confirm(person), if nearly { 12 } else { 6 }));
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
            Act::Clear(person, until) => self.clear(person, Some(until)),
            Act::TurnDown(person) => self.clear(person, None),
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
            _ => self.done_besides(act),
        };
    }

    /// What somebody does who waits, comes along, or asks first.
    fn done_besides(&mut self, act: &Act) -> Outcome {
        match *act {
            Act::Wait { person, span } => self.wait(person, span),
            Act::Unwait { person, wait } => self.unwait(person, wait),
            Act::Accept { person, offer } => self.accept(person, offer),
            Act::Decline { person, offer, stays } => self.decline(person, offer, stays),
            Act::TendLine => self.tend_line(),
            Act::Invite { person, booking, again } => self.invite(person, booking, again),
            Act::Uninvite { person, invitation } => self.uninvite(person, invitation),
            Act::Type { person, invitation } => self.type_code(person, invitation),
            Act::Answer { person, invitation, yes } => self.answer(person, invitation, yes),
            Act::Leave { person, invitation } => self.leave(person, invitation),
            Act::Look(looks) => {
                self.looks = looks;
                Outcome::Done
            }
            Act::Ask(person) => self.ask(person, self.shown(person, 1)),
            Act::AskOlder(person) => self.ask(person, self.shown(person, 2)),
            Act::Approve(request) => self.approve(request),
            Act::Reject(request) => self.reject(request),
            Act::TakeBack { person, request } => self.take_back(person, request),
            Act::TendRequests => self.tend_requests(),
            _ => unreachable!("it is done before: {act:?}"),
        }
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
        self.letters.clearance += 1;
        Outcome::Done
    }

    fn clear(&mut self, person: usize, until: Option<CivilDate>) -> Outcome {
        self.submit(person);
        let new = self.applications.len() - 1;
        self.inmate_says(new, true, false);
        self.step(new, &["awaiting_police"], "awaiting_decision");
        self.decide(new, until)
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
            self.letters.clearance += 1;
            let person = self.person_of(application);
            if !self.has_leave_left(person) {
                self.end_without_leave(person);
            }
        }
        told
    }

    /// One that holds today, or will.
    fn has_leave_left(&self, person: usize) -> bool {
        let (today, of_hers) = (self.now.date(), |a: &&Application| a.person == person);
        let granted = self.applications.iter().filter(of_hers).filter(|a| a.outcome == "granted");
        granted.filter_map(|a| a.granted).any(|(_, until)| until >= today)
    }

    /// Whoever has no leave left waits no longer, comes along with nobody, and has nothing asked for and nothing booked.
    fn end_without_leave(&mut self, person: usize) {
        if let Some(wait) = self.open_wait(person) {
            self.end_wait(wait, "no_leave");
        }
        self.leave_of_guest_ends(person);
        if let Some(request) = self.open_request(person) {
            self.end_request(request, "rejected clearance");
        }
        let ahead = |n: &usize| self.bookings[*n].person == person && !self.is_over(*n);
        let mut rest: Vec<usize> = (0..self.bookings.len()).filter(ahead).collect();
        rest.sort_by_key(|n| self.sessions[self.bookings[*n].session].starts_at);
        for booking in rest {
            self.call_off(booking, None);
        }
    }

    fn withdraw(&mut self, application: usize) -> Outcome {
        let open = ["received", "declined", "awaiting_police", "awaiting_decision"];
        let told = self.step(application, &open, "withdrawn");
        if told == Outcome::Done {
            self.applications[application].outcome = "withdrawn";
            self.letters.clearance += 1;
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
                self.letters.clearance += 1;
            }
        }
        Outcome::Done
    }

    fn cleared(&self, person: usize, on: CivilDate) -> bool {
        let granted = |a: &&Application| a.person == person && a.outcome == "granted";
        let holds = |(from, until): (CivilDate, CivilDate)| from <= on && on <= until;
        self.applications.iter().filter(granted).any(|a| a.granted.is_some_and(holds))
    }

    /// Nobody asks for a second visit while the unit has not answered about the first. One that she has is changed all the same.
    fn choose(&mut self, person: usize) -> Outcome {
        if !self.cleared(person, self.now.date()) {
            return Outcome::Refused(vec!["restricted"]);
        }
        if self.people[person].changes.is_none() && self.open_request(person).is_some() {
            return Outcome::Refused(vec!["request_open"]);
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

    /// She with her draft, who chose the time on this day.
    fn drafting(&self, person: usize, on: CivilDate) -> Asker {
        Asker { person, by: By::Draft, chosen: Some((on, self.ahead(person))) }
    }

    /// The visit that she changes.
    fn changes(&self, asker: Asker) -> Option<usize> {
        self.people[asker.person].changes.filter(|_| asker.by == By::Draft)
    }

    /// The time of the visit she changes, as long as it stands.
    fn keeps(&self, asker: Asker) -> Option<usize> {
        let old = &self.bookings[self.changes(asker)?];
        old.stands.then_some(old.session)
    }

    /// Places that are taken from her view: dead holds do not count, nor does what she has in hand.
    fn taken_for(&self, asker: Asker, session: usize) -> usize {
        let held = self.people.iter().enumerate().filter(|(n, p)| {
            let hers = asker.by == By::Draft && *n == asker.person;
            !hers && p.hold.is_some_and(|h| h.session == session && !h.own && self.now < h.ends_at)
        });
        let changes = self.changes(asker);
        let booked = self.bookings.iter().enumerate();
        let booked = booked.filter(|(n, b)| b.stands && b.session == session && changes != Some(*n));
        let offered = self.offers.iter().enumerate();
        let offered =
            offered.filter(|(n, o)| o.is_open() && o.session == session && asker.by != By::Offer(*n));
        let asked = self.open_requests_but(asker).filter(|r| r.session == session);
        held.count() + booked.count() + offered.count() + asked.count()
    }

    fn open_requests_but(&self, asker: Asker) -> impl Iterator<Item = &Request> {
        let requests = self.requests.iter().enumerate();
        requests.filter(move |(n, r)| r.is_open() && asker.by != By::Request(*n)).map(|(_, r)| r)
    }

    /// Whoever booked it, or comes along.
    fn takes_part(&self, booking: usize, person: usize) -> bool {
        let comes = |i: &Invitation| i.booking == booking && i.guest == Some(person) && i.state == "coming";
        self.bookings[booking].person == person || self.invitations.iter().any(comes)
    }

    /// The inmate's visits, asked for or booked, but the one that she has in hand; each with whether she takes part. For those in the
    /// line what is offered to others counts too.
    fn counted(&self, asker: Asker) -> Vec<(usize, bool)> {
        let (same, changes) =
            (|person: usize| INMATE_OF[person] == INMATE_OF[asker.person], self.changes(asker));
        let booked = self.bookings.iter().enumerate();
        let booked = booked.filter(|(n, b)| b.stands && same(b.person) && changes != Some(*n));
        let mut all: Vec<_> = booked.map(|(n, b)| (b.session, self.takes_part(n, asker.person))).collect();
        let asked = self.open_requests_but(asker).filter(|r| same(r.person));
        all.extend(asked.map(|r| (r.session, r.person == asker.person)));
        if asker.by == By::Line {
            let offered = self.offers.iter().filter(|o| o.is_open() && same(self.waits[o.wait].person));
            all.extend(offered.map(|o| (o.session, false)));
        }
        all
    }

    fn hindrances(&self, asker: Asker, session: usize) -> Vec<&'static str> {
        let (s, keeps) = (&self.sessions[session], self.keeps(asker));
        let in_window =
            |(on, ahead): (CivilDate, i64)| s.date >= on.plus_days(2) && s.date <= on.plus_days(28 + ahead);
        let mut found = Vec::new();
        if s.starts_at <= self.now {
            found.push("started");
        } else if keeps != Some(session) && !asker.chosen.is_none_or(in_window) {
            found.push("window");
        }
        if self.taken_for(asker, session) >= s.places {
            found.push("session_gone");
        }
        if self.closed.contains(&s.date) {
            found.push("closed");
        }
        if !self.cleared(asker.person, s.date) {
            found.push("not_cleared");
        }
        let visits = self.counted(asker);
        found.extend(used(&visits, |at| self.sessions[at].monday == s.monday, "week_used"));
        found.extend(used(&visits, |at| at == session, "overlap"));
        if keeps.is_none() && self.open_requests_but(asker).any(|r| r.person == asker.person) {
            found.push("request_open");
        }
        let mut seen = BTreeSet::new();
        found.retain(|code| seen.insert(*code));
        found
    }

    fn hold(&mut self, person: usize, session: usize) -> Outcome {
        if self.people[person].draft.is_none() {
            return Outcome::Refused(vec!["nobody"]);
        }
        let asker = self.drafting(person, self.now.date());
        let found = self.hindrances(asker, session);
        if !found.is_empty() {
            return Outcome::Refused(found);
        }
        let now = self.now;
        if self.people[person].hold.is_some_and(|h| h.session == session && now < h.ends_at) {
            return Outcome::Done;
        }
        self.drop_dead(session);
        let number = self.holds;
        self.holds += 1;
        let (ends_at, own) = (now.plus_minutes(10), self.keeps(asker) == Some(session));
        self.people[person].hold =
            Some(Held { number, session, made_at: now, ends_at, extended: false, own });
        self.people[person].shown.push(number);
        Outcome::Done
    }

    /// The dead holds of a session go when somebody takes a place of it.
    fn drop_dead(&mut self, session: usize) {
        let now = self.now;
        for p in &mut self.people {
            p.hold = p.hold.filter(|h| h.session != session || now < h.ends_at);
        }
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

    /// It is called off, or has begun.
    fn is_over(&self, booking: usize) -> bool {
        let b = &self.bookings[booking];
        !b.stands || self.sessions[b.session].starts_at <= self.now
    }

    /// What stands in the way of what she holds.
    fn against(&self, person: usize, asked: usize) -> Vec<&'static str> {
        let p = &self.people[person];
        match p.hold.filter(|_| p.draft.is_some()) {
            Some(h) if h.number == asked => {
                let dead = (h.ends_at <= self.now).then_some("hold_expired");
                let gone = p.changes.filter(|old| self.is_over(*old)).map(|_| "change_gone");
                let found = self.hindrances(self.drafting(person, h.made_at.date()), h.session);
                dead.into_iter().chain(gone).chain(found).collect()
            }
            Some(h) if self.now < h.ends_at => vec!["other_hold"],
            _ => vec!["hold_expired"],
        }
    }

    fn confirm(&mut self, person: usize, asked: usize) -> Outcome {
        let (mut found, changes) = (self.against(person, asked), self.people[person].changes);
        let Some(h) = self.people[person].hold.filter(|_| found.is_empty()) else {
            return self.booked_before(person, asked).map_or(Outcome::Refused(found), Outcome::Booking);
        };
        let moves = changes.is_none_or(|old| self.bookings[old].session != h.session);
        if moves && self.is_looked_at(person, changes) {
            found.push("needs_approval");
            return self.booked_before(person, asked).map_or(Outcome::Refused(found), Outcome::Booking);
        }
        self.discard(person);
        let Some(old) = changes else {
            return Outcome::Booking(self.book(person, h.session, Origin::Hold(asked)));
        };
        let b = &mut self.bookings[old];
        let left = std::mem::replace(&mut b.session, h.session);
        b.from = Origin::Hold(asked);
        if moves {
            self.letters.booking += 1;
            self.guests_ask_anew(old);
            self.offer_next(left);
        }
        Outcome::Booking(old)
    }

    /// What the first of two clicks has made.
    fn booked_before(&self, person: usize, asked: usize) -> Option<usize> {
        self.bookings.iter().position(|b| b.from == Origin::Hold(asked) && b.person == person)
    }

    /// A visit that was not there before.
    fn book(&mut self, person: usize, session: usize, from: Origin) -> usize {
        let booked_at = self.now;
        self.bookings.push(Booking { from, person, session, stands: true, booked_at, called_off: None });
        self.letters.booking += 1;
        self.bookings.len() - 1
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
        let b = &self.bookings[booking];
        if !b.stands {
            return Outcome::Refused(vec!["already_cancelled"]);
        }
        if self.now >= self.sessions[b.session].starts_at.plus_days(days_after) {
            return Outcome::Refused(vec!["too_late"]);
        }
        self.call_off(booking, by_unit.then_some(self.now));
        Outcome::Done
    }

    /// Its place goes to the next in the line before anybody else can take it.
    fn call_off(&mut self, booking: usize, called_off: Option<Instant>) {
        let b = &mut self.bookings[booking];
        (b.stands, b.called_off) = (false, called_off);
        let session = b.session;
        self.letters.booking += 1;
        self.guests_are_told_it_is_off(booking);
        self.offer_next(session);
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
            let booked = self.bookings.iter().filter(|b| b.stands && b.session == session).count();
            let offered = self.offers.iter().filter(|o| o.is_open() && o.session == session).count();
            let asked = self.requests.iter().filter(|r| r.is_open() && r.session == session).count();
            held + booked + offered + asked
        };
        let guests = |n: usize, b: &Booking| -> Vec<usize> {
            (0..PEOPLE).filter(|person| *person != b.person && self.takes_part(n, *person)).collect()
        };
        let (applications, bookings) = (self.applications.iter(), self.bookings.iter().enumerate());
        let until = |o: &Offer| (o.until.micros(), o.state.to_owned());
        Seen {
            applications: applications.map(|a| (a.state.into(), a.version, a.outcome.into())).collect(),
            drafts: self.people.iter().map(|p| p.draft.is_some()).collect(),
            holds: self
                .people
                .iter()
                .map(|p| p.hold.map(|h| (h.session, h.ends_at.micros(), h.extended)))
                .collect(),
            taken: (0..self.sessions.len()).map(taken).collect(),
            bookings: bookings.map(|(n, b)| (b.person, b.session, b.stands, guests(n, b))).collect(),
            waits: self.waits.iter().map(|w| (w.person, w.end.to_owned())).collect(),
            offers: self.offers.iter().map(|o| ((o.wait, o.session), until(o))).collect(),
            invitations: self
                .invitations
                .iter()
                .map(|i| (i.booking, i.guest, i.until.micros(), i.state.to_owned()))
                .collect(),
            requests: self
                .requests
                .iter()
                .map(|r| (r.person, r.session, r.until.micros(), r.state.to_owned()))
                .collect(),
            letters: self.letters,
        }
    }

    /// What there is once this is done; nothing comes of it here.
    fn after(&self, done: impl FnOnce(&mut Self)) -> Seen {
        let mut model = self.clone();
        done(&mut model);
        model.seen()
    }

    /// What has become of all that waits, is offered, comes along or is asked for.
    pub fn states(&self) -> Vec<(&'static str, &'static str)> {
        let ended = self.waits.iter().filter(|w| !w.end.is_empty());
        let mut all: Vec<_> = ended.map(|w| ("ended wait", w.end)).collect();
        all.extend(self.offers.iter().map(|o| ("offer", o.state)));
        all.extend(self.invitations.iter().map(|i| ("invitation", i.state)));
        all.extend(self.requests.iter().map(|r| ("request", r.state)));
        all
    }

    pub fn has_booking(&self, booking: usize) -> bool {
        booking < self.bookings.len()
    }

    pub fn has_wait(&self, wait: usize) -> bool {
        wait < self.waits.len()
    }

    pub fn has_request(&self, request: usize) -> bool {
        request < self.requests.len()
    }

    pub fn person_of(&self, application: usize) -> usize {
        self.applications[application].person
    }
}

impl Application {
    fn is_open(&self) -> bool {
        !matches!(self.state, "decided" | "withdrawn" | "not_processed")
    }
}

/// That one of these visits is in the way: her own, or somebody else's, which looks like a full time.
fn used(visits: &[(usize, bool)], is: impl Fn(usize) -> bool, own: &'static str) -> Option<&'static str> {
    let mut those = visits.iter().filter(|(at, _)| is(*at)).peekable();
    those.peek()?;
    Some(if those.any(|(_, ours)| *ours) { own } else { "session_gone" })
}

/// All orders in which what is due can come: of two that are due at one moment chance decides.
fn orders(due: &[(Instant, usize)]) -> Vec<Vec<usize>> {
    let Some(first) = due.iter().map(|(at, _)| *at).min() else { return vec![vec![]] };
    let mut all = vec![];
    for (n, (_, one)) in due.iter().enumerate().filter(|(_, (at, _))| *at == first) {
        let mut rest = due.to_vec();
        rest.remove(n);
        all.extend(orders(&rest).into_iter().map(|order| [vec![*one], order].concat()));
    }
    all
}
