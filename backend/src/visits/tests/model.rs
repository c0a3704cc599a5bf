//! What clearance and booking promise, as a small program without a database: three people, two inmates, one unit.
//! Its rules are written anew here on purpose; it shares dates and instants with the real ones, and nothing else.
//!
//! Here: who there is, what can be tried and what is stored. What each act comes to stands beside it.

mod booking;
mod clearance;
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

    fn cleared(&self, person: usize, on: CivilDate) -> bool {
        let granted = |a: &&Application| a.person == person && a.outcome == "granted";
        let holds = |(from, until): (CivilDate, CivilDate)| from <= on && on <= until;
        self.applications.iter().filter(granted).any(|a| a.granted.is_some_and(holds))
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
