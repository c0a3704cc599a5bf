//! Visits that the unit looks at before they are booked: asked for with the place that was held, answered in time or not.

use domain::kernel::Instant;

use super::{Act, Asker, By, INMATE_OF, Looks, Model, Origin, Outcome, PEOPLE, orders, stranger_to};

/// Hours that the unit has, and that it has answered before the visit.
const HOURS: i64 = 48;
const BEFORE: i64 = 24;

#[derive(Clone, Debug)]
pub(super) struct Request {
    pub person: usize,
    pub session: usize,
    pub from: Origin,
    pub until: Instant,
    pub state: &'static str,
}

impl Request {
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
}

impl Model {
    pub(super) fn acts_of_requests(&self, acts: &mut Vec<Act>) {
        acts.extend([Looks::Never, Looks::Never, Looks::First, Looks::Always].map(Act::Look));
        for person in 0..PEOPLE {
            let shown = self.people[person].shown.len();
            let times = if self.looks == Looks::Never { 1 } else { 5 };
            acts.extend(std::iter::repeat_n(Act::Ask(person), if shown > 0 { times } else { 0 }));
            acts.extend((shown > 1).then_some(Act::AskOlder(person)));
        }
        for (request, r) in self.requests.iter().enumerate() {
            let (person, last) = (r.person, request + 1 == self.requests.len());
            if last || r.is_open() {
                acts.extend([Act::Approve(request), Act::Reject(request), Act::TakeBack { person, request }]);
            }
            if r.is_open() {
                acts.extend([Act::Approve(request), Act::Approve(request), Act::Block(r.session)]);
                acts.extend([1_440, 1_440].map(|minutes| Act::Pass { minutes }));
            }
            acts.extend(last.then_some(Act::TakeBack { person: stranger_to(person), request }));
        }
        if self.requests_are_decided() {
            acts.extend([Act::TendRequests; 2]);
        }
    }

    /// The worker's round comes to the same in every order in which it can be.
    fn requests_are_decided(&self) -> bool {
        let [due, gone] = self.requests_due();
        let (all_due, all_gone) = (orders(&due), orders(&gone));
        let came = |due: &[usize], gone: &[usize]| {
            self.after(|model| {
                model.end_requests(due, "lapsed");
                model.end_requests(gone, "lapsed time_gone");
            })
        };
        let same = |due: &[usize], gone: &[usize]| came(due, gone) == came(&all_due[0], &all_gone[0]);
        (all_due.len() < 2 && all_gone.len() < 2)
            || all_due.iter().all(|due| all_gone.iter().all(|gone| same(due, gone)))
    }

    pub(super) fn open_request(&self, person: usize) -> Option<usize> {
        self.requests.iter().position(|r| r.person == person && r.is_open())
    }

    /// Whether the unit has to say yes first; for the first time comes who has no visit that stands or took place, but the one that is
    /// being changed.
    pub(super) fn is_looked_at(&self, person: usize, changes: Option<usize>) -> bool {
        let met = |(n, b): (usize, &super::Booking)| {
            let same = INMATE_OF[b.person] == INMATE_OF[person];
            b.stands && same && changes != Some(n) && self.takes_part(n, person)
        };
        match self.looks {
            Looks::Never => false,
            Looks::First => !self.bookings.iter().enumerate().any(met),
            Looks::Always => true,
        }
    }

    /// Until when one that is asked for now is answered.
    pub(super) fn answered_until(&self, session: usize) -> Option<Instant> {
        let latest = self.sessions[session].starts_at.plus_minutes(-60 * BEFORE);
        let until = self.now.plus_minutes(60 * HOURS).min(latest);
        (until > self.now).then_some(until)
    }

    pub(super) fn request(&mut self, person: usize, session: usize, from: Origin, until: Instant) -> usize {
        self.requests.push(Request { person, session, from, until, state: "open" });
        self.requests.len() - 1
    }

    /// What she holds becomes what she asks for. Refused without a word: it can be booked.
    pub(super) fn ask(&mut self, person: usize, asked: usize) -> Outcome {
        let (mut found, changes) = (self.against(person, asked), self.people[person].changes);
        let hold = self.people[person].hold.filter(|_| found.is_empty());
        if hold.is_some() && changes.is_some() {
            found.push("needs_approval");
        }
        let wanted = hold.filter(|_| changes.is_none() && self.is_looked_at(person, None));
        let Some(h) = wanted else {
            let from = Origin::Hold(asked);
            let before = self.requests.iter().position(|r| r.from == from && r.person == person);
            return before.map_or(Outcome::Refused(found), Outcome::Request);
        };
        let Some(until) = self.answered_until(h.session) else {
            return Outcome::Refused(vec!["request_late"]);
        };
        self.discard(person);
        Outcome::Request(self.request(person, h.session, Origin::Hold(asked), until))
    }

    /// Each end but a yes gives the place to the next.
    pub(super) fn end_request(&mut self, request: usize, state: &'static str) {
        self.requests[request].state = state;
        self.letters.request += 1;
        self.offer_next(self.requests[request].session);
    }

    /// A yes is judged as any booking is; how early and how late it could be chosen was judged when it was.
    pub(super) fn approve(&mut self, request: usize) -> Outcome {
        let r = self.requests[request].clone();
        if !r.is_open() {
            return Outcome::Over;
        }
        if r.until <= self.now {
            self.end_request(request, "lapsed");
            return Outcome::Over;
        }
        let asker = Asker { person: r.person, by: By::Request(request), chosen: None };
        let found = self.hindrances(asker, r.session);
        if !found.is_empty() {
            return Outcome::Refused(found);
        }
        self.requests[request].state = "approved";
        let booking = self.book(r.person, r.session, r.from);
        // Whoever was ever offered this time has what she waited for.
        let offered = |wait: usize| self.offers.iter().any(|o| o.wait == wait && o.session == r.session);
        if let Some(wait) = self.open_wait(r.person).filter(|wait| offered(*wait)) {
            self.end_wait(wait, "booked");
        }
        Outcome::Booking(booking)
    }

    pub(super) fn reject(&mut self, request: usize) -> Outcome {
        if !self.requests[request].is_open() {
            return Outcome::Over;
        }
        self.end_request(request, "rejected staffing");
        Outcome::Done
    }

    pub(super) fn take_back(&mut self, person: usize, request: usize) -> Outcome {
        match &self.requests[request] {
            r if r.person != person => Outcome::NotThere,
            r if !r.is_open() => Outcome::Over,
            _ => {
                self.end_request(request, "withdrawn");
                Outcome::Done
            }
        }
    }

    /// What nobody answered in time, and what the unit does not hold any more.
    fn requests_due(&self) -> [Vec<(Instant, usize)>; 2] {
        let open = self.requests.iter().enumerate().filter(|(_, r)| r.is_open());
        let (late, early): (Vec<_>, Vec<_>) = open.partition(|(_, r)| r.until <= self.now);
        let closed = |(_, r): &(usize, &Request)| self.closed.contains(&self.sessions[r.session].date);
        let at = |(n, r): (usize, &Request)| (r.until, n);
        [late.into_iter().map(at).collect(), early.into_iter().filter(closed).map(at).collect()]
    }

    fn end_requests(&mut self, order: &[usize], how: &'static str) -> usize {
        order.iter().for_each(|request| self.end_request(*request, how));
        order.len()
    }

    pub(super) fn tend_requests(&mut self) -> Outcome {
        let [due, gone] = self.requests_due();
        let lapsed = self.end_requests(&orders(&due)[0], "lapsed");
        Outcome::Round(vec![lapsed, self.end_requests(&orders(&gone)[0], "lapsed time_gone")])
    }
}
