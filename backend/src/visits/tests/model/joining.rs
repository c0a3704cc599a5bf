//! Another adult who comes along: a seat is kept while it can be answered, a yes is to one time, and a guest is judged alone.

use std::iter::repeat_n;

use domain::kernel::Instant;

use super::{Act, INMATE_OF, Looks, Model, Outcome, stranger_to};

/// Hours in which a guest can answer, and people on one visit.
const HOURS: i64 = 48;
const MOST: usize = 3;

#[derive(Clone, Debug)]
pub(super) struct Invitation {
    pub booking: usize,
    /// Whoever has typed the code.
    pub guest: Option<usize>,
    pub until: Instant,
    pub state: &'static str,
}

impl Model {
    pub(super) fn acts_of_guests(&self, acts: &mut Vec<Act>) {
        for (booking, b) in self.bookings.iter().enumerate() {
            let (person, last) = (b.person, booking + 1 == self.bookings.len());
            if b.stands || last {
                acts.extend([Act::Invite { person, booking, again: false }; 4]);
                let before = self.invitations.iter().any(|i| i.booking == booking);
                acts.extend(before.then_some(Act::Invite { person, booking, again: true }));
            }
            let other = Act::Invite { person: stranger_to(person), booking, again: false };
            acts.extend(last.then_some(other));
        }
        let old = self.invitations.len().saturating_sub(4);
        for (invitation, i) in self.invitations.iter().enumerate().skip(old) {
            let booker = self.bookings[i.booking].person;
            let (free, kept) = (i.guest.is_none(), self.is_kept(i));
            for (person, inmate) in INMATE_OF.into_iter().enumerate() {
                let likely = kept && free && person != booker && inmate == INMATE_OF[booker];
                acts.extend(repeat_n(Act::Type { person, invitation }, if likely { 8 } else { 1 }));
            }
            if let Some(person) = i.guest {
                let (yes, no) = if kept { (8, 4) } else { (1, 1) };
                acts.extend(repeat_n(Act::Answer { person, invitation, yes: true }, yes));
                acts.extend(repeat_n(Act::Answer { person, invitation, yes: false }, no));
                let leaves = if i.state == "coming" { 3 } else { 1 };
                acts.extend(repeat_n(Act::Leave { person, invitation }, leaves));
                let taken = match i.state {
                    "coming" => 8,
                    "asked" => 4,
                    _ => 0,
                };
                acts.extend(repeat_n(Act::TakeAway(person), taken));
            }
            acts.push(Act::Uninvite { person: booker, invitation });
            if invitation + 1 == self.invitations.len() {
                acts.push(Act::Answer { person: booker, invitation, yes: true });
                acts.push(Act::Leave { person: booker, invitation });
                acts.push(Act::Uninvite { person: stranger_to(booker), invitation });
            }
        }
    }

    fn is_kept(&self, i: &Invitation) -> bool {
        i.state == "asked" && self.now < i.until
    }

    pub(super) fn invite(&mut self, person: usize, booking: usize, again: bool) -> Outcome {
        let b = &self.bookings[booking];
        if b.person != person {
            return Outcome::Refused(vec!["join_hidden"]);
        }
        if again {
            return Outcome::Done;
        }
        let of_it = self.invitations.iter().filter(|i| i.booking == booking);
        let seats = 1 + of_it.filter(|i| i.state == "coming" || self.is_kept(i)).count();
        let refusal = match () {
            () if self.is_over(booking) => "join_closed",
            () if self.looks == Looks::Always => "join_not_here",
            () if seats >= MOST => "join_full",
            () => {
                let until = self.now.plus_minutes(60 * HOURS).min(self.sessions[b.session].starts_at);
                self.invitations.push(Invitation { booking, guest: None, until, state: "asked" });
                return Outcome::Done;
            }
        };
        Outcome::Refused(vec![refusal])
    }

    /// To everybody to whom the visit is nothing, and to whoever comes or can still answer another one, it is a wrong code. What was
    /// let pass unanswered is a no from then on.
    pub(super) fn type_code(&mut self, person: usize, invitation: usize) -> Outcome {
        let i = &self.invitations[invitation];
        if i.guest == Some(person) {
            return Outcome::Done;
        }
        let b = &self.bookings[i.booking];
        let other = |x: &Invitation| {
            let open = x.state == "coming" || self.is_kept(x);
            x.booking == i.booking && x.guest == Some(person) && open
        };
        let is_for_her = self.is_kept(i)
            && i.guest.is_none()
            && b.stands
            && !self.takes_part(i.booking, person)
            && !self.invitations.iter().any(other)
            && INMATE_OF[b.person] == INMATE_OF[person]
            && self.cleared(person, self.sessions[b.session].date);
        if !is_for_her {
            return Outcome::Refused(vec!["join_code"]);
        }
        let booking = i.booking;
        for x in &mut self.invitations {
            if x.booking == booking && x.guest == Some(person) && x.state == "asked" {
                x.state = "declined";
            }
        }
        self.invitations[invitation].guest = Some(person);
        Outcome::Done
    }

    pub(super) fn answer(&mut self, person: usize, invitation: usize, yes: bool) -> Outcome {
        let i = self.invitations[invitation].clone();
        if i.guest != Some(person) {
            return Outcome::NotThere;
        }
        if !self.is_kept(&i) || self.is_over(i.booking) {
            let same = (yes && i.state == "coming") || (!yes && i.state == "declined");
            return if same { Outcome::Done } else { Outcome::Over };
        }
        let found = if yes { self.against_guest(person, i.booking) } else { vec![] };
        if !found.is_empty() {
            return Outcome::Refused(found);
        }
        self.invitations[invitation].state = if yes { "coming" } else { "declined" };
        // Whoever booked is told that there is something new.
        self.letters.joining += 1;
        Outcome::Done
    }

    fn against_guest(&self, guest: usize, booking: usize) -> Vec<&'static str> {
        let session = self.bookings[booking].session;
        let elsewhere = |(n, b): (usize, &super::Booking)| {
            n != booking && b.stands && b.session == session && self.takes_part(n, guest)
        };
        let mut found = vec![];
        if !self.cleared(guest, self.sessions[session].date) {
            found.push("not_cleared");
        }
        if self.bookings.iter().enumerate().any(elsewhere) {
            found.push("overlap");
        }
        if self.is_looked_at(guest, None) {
            found.push("needs_approval");
        }
        found
    }

    pub(super) fn leave(&mut self, person: usize, invitation: usize) -> Outcome {
        let i = self.invitations[invitation].clone();
        if i.guest != Some(person) {
            return Outcome::NotThere;
        }
        match i.state {
            _ if self.is_over(i.booking) => Outcome::Over,
            "coming" => {
                self.invitations[invitation].state = "ended guest";
                self.letters.joining += 1;
                Outcome::Done
            }
            "ended guest" => Outcome::Done,
            _ => Outcome::Over,
        }
    }

    /// A guest who was to come is told.
    pub(super) fn uninvite(&mut self, person: usize, invitation: usize) -> Outcome {
        let i = self.invitations[invitation].clone();
        let refusal = match i.state {
            _ if self.bookings[i.booking].person != person => "join_hidden",
            _ if self.is_over(i.booking) => "join_closed",
            "asked" | "coming" => {
                self.end_invitation(invitation, "ended booker");
                return Outcome::Done;
            }
            _ => "join_moved_on",
        };
        Outcome::Refused(vec![refusal])
    }

    /// One letter: to the guest who was to come.
    fn end_invitation(&mut self, invitation: usize, state: &'static str) {
        let i = &mut self.invitations[invitation];
        self.letters.joining += usize::from(i.state == "coming");
        i.state = state;
    }

    /// The visit is at another time now.
    pub(super) fn guests_ask_anew(&mut self, booking: usize) {
        for invitation in 0..self.invitations.len() {
            let i = &self.invitations[invitation];
            if i.booking == booking && matches!(i.state, "asked" | "coming") {
                self.end_invitation(invitation, "ended moved");
            }
        }
    }

    /// What they said stays as it is.
    pub(super) fn guests_are_told_it_is_off(&mut self, booking: usize) {
        let come = |i: &&Invitation| i.booking == booking && i.state == "coming";
        self.letters.joining += self.invitations.iter().filter(come).count();
    }

    /// Whoever booked is told. What is not answered lapses by itself: to end it now would tell.
    pub(super) fn leave_of_guest_ends(&mut self, guest: usize) {
        for invitation in 0..self.invitations.len() {
            let i = &self.invitations[invitation];
            if i.guest == Some(guest) && i.state == "coming" && !self.is_over(i.booking) {
                self.end_invitation(invitation, "ended leave");
            }
        }
    }
}
