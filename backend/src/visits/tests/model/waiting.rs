//! The line of those who wait for a time: whoever has waited longest is offered what is free, for a day, and nobody else has it
//! meanwhile.

use domain::kernel::{CivilDate, Instant};

use super::{Act, Asker, By, Model, Origin, Outcome, PEOPLE, Span, orders, stranger_to};

/// Hours that an offer stands, that it ends before the visit, and less than which none is made.
const HOURS: i64 = 24;
const BEFORE: i64 = 12;
const LEAST: i64 = 2;
/// So many without an answer end the wait.
const UNANSWERED: usize = 3;

#[derive(Clone, Debug)]
pub(super) struct Wait {
    pub person: usize,
    span: usize,
    since: Instant,
    /// Why; nothing while it is open.
    pub end: &'static str,
}

#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub wait: usize,
    pub session: usize,
    made_at: Instant,
    pub until: Instant,
    pub state: &'static str,
    became: Option<usize>,
}

impl Offer {
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
}

impl Span {
    fn includes(&self, date: CivilDate) -> bool {
        let suits = match self.suits {
            "weekdays" => date.weekday() < 6,
            "weekends" => date.weekday() >= 6,
            _ => true,
        };
        self.first <= date && date <= self.last && suits
    }
}

impl Model {
    pub(super) fn acts_in_line(&self, acts: &mut Vec<Act>) {
        for person in 0..PEOPLE {
            let p = &self.people[person];
            let likely = p.draft.is_some() && p.changes.is_none() && self.open_wait(person).is_none();
            // Of two who come in one moment chance decides who is first: that is not tried.
            let beside = |w: &Wait| w.end.is_empty() && w.person != person && w.since == self.now;
            let wanted = (0..self.spans.len()).filter(|n| self.spans[*n].last >= self.now.date());
            for span in wanted.filter(|_| !self.waits.iter().any(beside)) {
                let times = if likely { [6, 2, 1][span] } else { 1 };
                acts.extend(std::iter::repeat_n(Act::Wait { person, span }, times));
            }
        }
        for (wait, w) in self.waits.iter().enumerate() {
            let last = wait + 1 == self.waits.len();
            acts.extend((last || w.end.is_empty()).then_some(Act::Unwait { person: w.person, wait }));
            acts.extend(last.then_some(Act::Unwait { person: stranger_to(w.person), wait }));
            // What is soon over.
            let soon = w.end.is_empty() && w.span == 1;
            acts.extend(std::iter::repeat_n(Act::Pass { minutes: 10_080 }, if soon { 2 } else { 0 }));
        }
        for (offer, o) in self.offers.iter().enumerate() {
            self.acts_of_offer(offer, o, acts);
        }
        if self.line_is_decided() {
            let offered = self.offers.iter().any(Offer::is_open);
            acts.extend(std::iter::repeat_n(Act::TendLine, if offered { 6 } else { 3 }));
        }
    }

    fn acts_of_offer(&self, offer: usize, o: &Offer, acts: &mut Vec<Act>) {
        let person = self.waits[o.wait].person;
        if o.is_open() {
            acts.extend(std::iter::repeat_n(Act::Accept { person, offer }, 5));
            acts.extend([true, true, false].map(|stays| Act::Decline { person, offer, stays }));
            acts.extend([1_440; 3].map(|minutes| Act::Pass { minutes }));
        } else if offer + 3 >= self.offers.len() || o.became.is_some() {
            acts.push(Act::Accept { person, offer });
            acts.extend([true, false].map(|stays| Act::Decline { person, offer, stays }));
        }
        if offer + 1 == self.offers.len() {
            let person = stranger_to(person);
            acts.extend([Act::Accept { person, offer }, Act::Decline { person, offer, stays: false }]);
        }
    }

    /// The worker's round comes to the same in every order in which it can be.
    fn line_is_decided(&self) -> bool {
        let all = orders(&self.offers_due());
        let came = |order: &[usize]| {
            self.after(|model| {
                model.tend_line_in(order);
            })
        };
        all.len() < 2 || all[1..].iter().all(|order| came(order) == came(&all[0]))
    }

    pub(super) fn open_wait(&self, person: usize) -> Option<usize> {
        self.waits.iter().position(|w| w.person == person && w.end.is_empty())
    }

    /// For the company of her draft. The same days again are the same wait; others take its place, at the end of the line.
    pub(super) fn wait(&mut self, person: usize, span: usize) -> Outcome {
        let p = &self.people[person];
        if p.draft.is_none() || p.changes.is_some() {
            return Outcome::NotThere;
        }
        let open = self.open_wait(person);
        if let Some(wait) = open.filter(|old| self.waits[*old].span == span) {
            return Outcome::Waiting { wait, replaced: false };
        }
        if let Some(old) = open {
            self.end_wait(old, "replaced");
        }
        self.waits.push(Wait { person, span, since: self.now, end: "" });
        Outcome::Waiting { wait: self.waits.len() - 1, replaced: open.is_some() }
    }

    pub(super) fn unwait(&mut self, person: usize, wait: usize) -> Outcome {
        if self.waits[wait].person != person {
            return Outcome::NotThere;
        }
        self.end_wait(wait, "taken_back");
        Outcome::Done
    }

    /// What was offered to it goes to the next.
    pub(super) fn end_wait(&mut self, wait: usize, why: &'static str) {
        if self.waits[wait].end.is_empty() {
            self.waits[wait].end = why;
            if let Some(offer) = self.offers.iter().position(|o| o.wait == wait && o.is_open()) {
                self.give_back(offer, "withdrawn");
            }
        }
    }

    fn give_back(&mut self, offer: usize, state: &'static str) {
        self.offers[offer].state = state;
        let (wait, session) = (self.offers[offer].wait, self.offers[offer].session);
        if state == "lapsed" {
            let lapsed = self.offers.iter().filter(|o| o.wait == wait && o.state == "lapsed").count();
            if lapsed >= UNANSWERED {
                self.end_wait(wait, "unanswered");
                self.letters.waiting += 1;
            }
        }
        self.offer_next(session);
    }

    /// Until when an offer of this time could be answered.
    fn stands_until(&self, session: usize) -> Option<Instant> {
        let latest = self.sessions[session].starts_at.plus_minutes(-60 * BEFORE);
        let until = self.now.plus_minutes(60 * HOURS).min(latest);
        (until >= self.now.plus_minutes(60 * LEAST)).then_some(until)
    }

    fn in_line(&self, wait: usize) -> Asker {
        let person = self.waits[wait].person;
        Asker { person, by: By::Line, chosen: Some((self.now.date(), 0)) }
    }

    /// It has no offer to answer.
    fn is_looking(&self, wait: usize) -> bool {
        self.waits[wait].end.is_empty() && !self.offers.iter().any(|o| o.wait == wait && o.is_open())
    }

    /// In the order of the line.
    fn looking(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.waits.len()).filter(|wait| self.is_looking(*wait)).collect();
        all.sort_by_key(|wait| self.waits[*wait].since);
        all
    }

    /// A time of its days that it was never offered, and nothing stands in the way of.
    fn fits(&self, wait: usize, session: usize) -> bool {
        let date = self.sessions[session].date;
        self.spans[self.waits[wait].span].includes(date)
            && !self.offers.iter().any(|o| o.wait == wait && o.session == session)
            && self.hindrances(self.in_line(wait), session).is_empty()
    }

    /// A place of this time goes to the first whom it is for. Tells whether somebody was.
    pub(super) fn offer_next(&mut self, session: usize) -> bool {
        let Some(until) = self.stands_until(session) else { return false };
        let next = self.looking().into_iter().find(|wait| self.fits(*wait, session));
        let Some(wait) = next else { return false };
        self.drop_dead(session);
        let made_at = self.now;
        self.offers.push(Offer { wait, session, made_at, until, state: "open", became: None });
        self.letters.waiting += 1;
        true
    }

    fn offers_due(&self) -> Vec<(Instant, usize)> {
        let due = |(_, o): &(usize, &Offer)| o.is_open() && o.until <= self.now;
        self.offers.iter().enumerate().filter(due).map(|(n, o)| (o.until, n)).collect()
    }

    pub(super) fn tend_line(&mut self) -> Outcome {
        let due = orders(&self.offers_due()).remove(0);
        self.tend_line_in(&due)
    }

    /// What was not answered in time goes to the next, in this order; then everybody who looks is looked at.
    fn tend_line_in(&mut self, due: &[usize]) -> Outcome {
        for offer in due {
            self.give_back(*offer, "lapsed");
        }
        let (mut over, mut offered) = (0, 0);
        for wait in self.looking() {
            if self.spans[self.waits[wait].span].last < self.now.date() {
                self.end_wait(wait, "over");
                over += 1;
                continue;
            }
            let free = |session: &usize| self.stands_until(*session).is_some() && self.fits(wait, *session);
            if let Some(session) = (0..self.sessions.len()).find(free) {
                offered += usize::from(self.offer_next(session));
            }
        }
        Outcome::Round(vec![due.len(), over, offered])
    }

    /// A yes is judged as any booking is. Said twice it is the same visit, whatever she made of it since.
    pub(super) fn accept(&mut self, person: usize, offer: usize) -> Outcome {
        let o = self.offers[offer].clone();
        if self.waits[o.wait].person != person {
            return Outcome::NotThere;
        }
        if !o.is_open() {
            let asked = self.requests.iter().position(|r| r.from == Origin::Offer(offer));
            return match (o.became, asked) {
                (Some(booking), _) => Outcome::Booking(booking),
                (None, Some(request)) => Outcome::Request(request),
                (None, None) => Outcome::Over,
            };
        }
        if o.until <= self.now {
            self.give_back(offer, "lapsed");
            return Outcome::Over;
        }
        let asker = Asker { person, by: By::Offer(offer), chosen: Some((o.made_at.date(), 0)) };
        let found = self.hindrances(asker, o.session);
        if !found.is_empty() {
            self.give_back(offer, "refused");
            return Outcome::Refused(found);
        }
        if self.is_looked_at(person, None) {
            return self.ask_for_offer(person, offer);
        }
        self.offers[offer].state = "booked";
        self.end_wait(o.wait, "booked");
        let booking = self.book(person, o.session, Origin::Offer(offer));
        self.offers[offer].became = Some(booking);
        Outcome::Booking(booking)
    }

    /// The unit looks at it first: what she asks for has the place, and she goes on waiting.
    fn ask_for_offer(&mut self, person: usize, offer: usize) -> Outcome {
        let session = self.offers[offer].session;
        let Some(until) = self.answered_until(session) else {
            self.give_back(offer, "refused");
            return Outcome::Refused(vec!["request_late"]);
        };
        self.offers[offer].state = "withdrawn";
        Outcome::Request(self.request(person, session, Origin::Offer(offer), until))
    }

    /// No to this one; if she does not stay, to all.
    pub(super) fn decline(&mut self, person: usize, offer: usize, stays: bool) -> Outcome {
        let o = self.offers[offer].clone();
        if self.waits[o.wait].person != person {
            return Outcome::NotThere;
        }
        if o.is_open() && o.until <= self.now {
            self.give_back(offer, "lapsed");
            return Outcome::Over;
        }
        if o.is_open() {
            self.give_back(offer, "declined");
        } else if o.state != "declined" {
            return Outcome::Over;
        }
        if !stays {
            self.end_wait(o.wait, "left");
        }
        Outcome::Done
    }

    /// What came of the line by the way, since before this act.
    pub fn on_the_way(&self, before: &Self, act: &Act) -> Vec<(&'static str, &'static str)> {
        let new = &self.offers[before.offers.len()..];
        let mut all = vec![];
        all.extend((!new.is_empty() && *act != Act::TendLine).then_some(("offer", "passed on")));
        all.extend(new.iter().any(|o| self.is_before(o)).then_some(("offer", "passed over")));
        if let (Act::Hold { session, .. }, Outcome::Refused(codes)) = (act, &self.told) {
            let offered = before.offers.iter().any(|o| o.is_open() && o.session == *session);
            let taken = offered && codes.contains(&"session_gone");
            all.extend(taken.then_some(("hold", "taken by an offer")));
        }
        if let (Act::Accept { offer, .. }, Outcome::Booking(booking)) = (act, &self.told) {
            let moved = self.bookings[*booking].from != Origin::Offer(*offer);
            all.extend(moved.then_some(("accept", "booked and changed")));
        }
        all
    }

    /// Somebody who has waited longer for that day was hindered.
    fn is_before(&self, offer: &Offer) -> bool {
        let (since, date) = (self.waits[offer.wait].since, self.sessions[offer.session].date);
        let had_it = |wait: usize| self.offers.iter().any(|o| o.wait == wait && o.session == offer.session);
        self.looking().into_iter().any(|wait| {
            let w = &self.waits[wait];
            w.since < since && self.spans[w.span].includes(date) && !had_it(wait)
        })
    }

    /// Of this wait, at this session.
    pub fn offer(&self, offer: usize) -> (usize, usize) {
        (self.offers[offer].wait, self.offers[offer].session)
    }
}
