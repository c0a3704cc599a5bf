//! From an application to a leave, and how a leave ends.

use super::*;

impl Model {
    pub(super) fn submit(&mut self, person: usize) -> Outcome {
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

    pub(super) fn clear(&mut self, person: usize, until: Option<CivilDate>) -> Outcome {
        self.submit(person);
        let new = self.applications.len() - 1;
        self.inmate_says(new, true, false);
        self.step(new, &["awaiting_police"], "awaiting_decision");
        self.decide(new, until)
    }

    pub(super) fn step(&mut self, application: usize, from: &[&str], to: &'static str) -> Outcome {
        let a = &mut self.applications[application];
        if !from.contains(&a.state) {
            return Outcome::Refused(vec!["clearance_moved_on"]);
        }
        (a.state, a.version) = (to, a.version + 1);
        Outcome::Done
    }

    pub(super) fn inmate_says(&mut self, application: usize, yes: bool, stale: bool) -> Outcome {
        match (stale, yes) {
            (true, _) => Outcome::Refused(vec!["clearance_stale"]),
            (false, true) => self.step(application, &["received", "declined"], "awaiting_police"),
            (false, false) => self.step(application, &["received"], "declined"),
        }
    }

    pub(super) fn decide(&mut self, application: usize, until: Option<CivilDate>) -> Outcome {
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
    pub(super) fn has_leave_left(&self, person: usize) -> bool {
        let (today, of_hers) = (self.now.date(), |a: &&Application| a.person == person);
        let granted = self.applications.iter().filter(of_hers).filter(|a| a.outcome == "granted");
        granted.filter_map(|a| a.granted).any(|(_, until)| until >= today)
    }

    /// Whoever has no leave left waits no longer, comes along with nobody, and has nothing asked for and nothing booked.
    pub(super) fn end_without_leave(&mut self, person: usize) {
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

    pub(super) fn withdraw(&mut self, application: usize) -> Outcome {
        let open = ["received", "declined", "awaiting_police", "awaiting_decision"];
        let told = self.step(application, &open, "withdrawn");
        if told == Outcome::Done {
            self.applications[application].outcome = "withdrawn";
            self.letters.clearance += 1;
        }
        told
    }

    pub(super) fn take_away(&mut self, person: usize) -> Outcome {
        let granted = |a: &&mut Application| a.person == person && a.outcome == "granted";
        self.applications.iter_mut().filter(granted).for_each(|a| a.outcome = "withdrawn");
        Outcome::Done
    }

    /// What is neither answered nor yes by the fixed day.
    pub(super) fn close_due(&mut self) -> Outcome {
        let today = self.now.date();
        for a in &mut self.applications {
            if matches!(a.state, "received" | "declined") && a.close_on <= today {
                (a.state, a.version) = ("not_processed", a.version + 1);
                self.letters.clearance += 1;
            }
        }
        Outcome::Done
    }
}
