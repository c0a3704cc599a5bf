//! Drafts, holds and visits.

use super::*;

impl Model {
    /// Nobody asks for a second visit while the unit has not answered about the first. One that she has is changed all the same.
    pub(super) fn choose(&mut self, person: usize) -> Outcome {
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
    pub(super) fn ahead(&self, person: usize) -> i64 {
        let own = || self.bookings.iter().filter(|b| b.person == person);
        let booked_since = |at: Instant| own().any(|b| b.stands && b.booked_at >= at);
        let off = own().filter_map(|b| b.called_off).filter(|at| !booked_since(*at)).max();
        if off.is_some_and(|at| self.now.date() <= at.date().plus_days(14)) { 14 } else { 0 }
    }

    /// She with her draft, who chose the time on this day.
    pub(super) fn drafting(&self, person: usize, on: CivilDate) -> Asker {
        Asker { person, by: By::Draft, chosen: Some((on, self.ahead(person))) }
    }

    /// The visit that she changes.
    pub(super) fn changes(&self, asker: Asker) -> Option<usize> {
        self.people[asker.person].changes.filter(|_| asker.by == By::Draft)
    }

    /// The time of the visit she changes, as long as it stands.
    pub(super) fn keeps(&self, asker: Asker) -> Option<usize> {
        let old = &self.bookings[self.changes(asker)?];
        old.stands.then_some(old.session)
    }

    /// Places that are taken from her view: dead holds do not count, nor does what she has in hand.
    pub(super) fn taken_for(&self, asker: Asker, session: usize) -> usize {
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

    pub(super) fn open_requests_but(&self, asker: Asker) -> impl Iterator<Item = &Request> {
        let requests = self.requests.iter().enumerate();
        requests.filter(move |(n, r)| r.is_open() && asker.by != By::Request(*n)).map(|(_, r)| r)
    }

    /// Whoever booked it, or comes along.
    pub(super) fn takes_part(&self, booking: usize, person: usize) -> bool {
        let comes = |i: &Invitation| i.booking == booking && i.guest == Some(person) && i.state == "coming";
        self.bookings[booking].person == person || self.invitations.iter().any(comes)
    }

    /// The inmate's visits, asked for or booked, but the one that she has in hand; each with whether she takes part. For those in the
    /// line what is offered to others counts too.
    pub(super) fn counted(&self, asker: Asker) -> Vec<(usize, bool)> {
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

    pub(super) fn hindrances(&self, asker: Asker, session: usize) -> Vec<&'static str> {
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

    pub(super) fn hold(&mut self, person: usize, session: usize) -> Outcome {
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
    pub(super) fn drop_dead(&mut self, session: usize) {
        let now = self.now;
        for p in &mut self.people {
            p.hold = p.hold.filter(|h| h.session != session || now < h.ends_at);
        }
    }

    pub(super) fn extend(&mut self, person: usize) -> Outcome {
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
    pub(super) fn is_over(&self, booking: usize) -> bool {
        let b = &self.bookings[booking];
        !b.stands || self.sessions[b.session].starts_at <= self.now
    }

    /// What stands in the way of what she holds.
    pub(super) fn against(&self, person: usize, asked: usize) -> Vec<&'static str> {
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

    pub(super) fn confirm(&mut self, person: usize, asked: usize) -> Outcome {
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
    pub(super) fn booked_before(&self, person: usize, asked: usize) -> Option<usize> {
        self.bookings.iter().position(|b| b.from == Origin::Hold(asked) && b.person == person)
    }

    /// A visit that was not there before.
    pub(super) fn book(&mut self, person: usize, session: usize, from: Origin) -> usize {
        let booked_at = self.now;
        self.bookings.push(Booking { from, person, session, stands: true, booked_at, called_off: None });
        self.letters.booking += 1;
        self.bookings.len() - 1
    }

    pub(super) fn discard(&mut self, person: usize) -> Outcome {
        let p = &mut self.people[person];
        (p.hold, p.draft, p.changes) = (None, None, None);
        Outcome::Done
    }

    pub(super) fn change(&mut self, person: usize, booking: usize) -> Outcome {
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
    pub(super) fn cancel(&mut self, booking: usize, by_unit: bool) -> Outcome {
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
    pub(super) fn call_off(&mut self, booking: usize, called_off: Option<Instant>) {
        let b = &mut self.bookings[booking];
        (b.stands, b.called_off) = (false, called_off);
        let session = b.session;
        self.letters.booking += 1;
        self.guests_are_told_it_is_off(booking);
        self.offer_next(session);
    }

    pub(super) fn tend(&mut self) -> Outcome {
        let (now, old) = (self.now, self.now.plus_days(-1));
        for p in &mut self.people {
            p.hold = p.hold.filter(|h| now < h.ends_at);
            p.draft = p.draft.filter(|at| *at > old || p.hold.is_some());
            p.changes = p.changes.filter(|_| p.draft.is_some());
        }
        Outcome::Done
    }
}
