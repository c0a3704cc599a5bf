//! The feed and the workers: what the use cases do, each step one transaction.

use domain::{
    kernel::Instant,
    notices::{Action, Facts, Matter, Outcome, Task, Why},
};

use crate::world::{Event, MINUTE, Row, Told, WORKERS, Worker, World};

/// The longest that a worker looks away.
const IDLE: i64 = 10 * MINUTE;

impl World {
    fn facts(&self, recipient: usize) -> Facts {
        Facts {
            now: self.now(),
            numbers: self.numbers,
            channels: self.recipients[recipient].channels,
            held: self.held,
        }
    }

    /// A version comes. Only one that is higher than all before changes anything.
    pub fn arrives(&mut self, decision: usize, version: usize) {
        let came = self.decisions[decision].versions[version];
        self.tell(|| format!("decision {decision} v{} comes: {:?}", came.number, came.kind));
        match self.decisions[decision].stands {
            None => {
                self.decisions[decision].stands = Some(came.number);
                for recipient in 0..self.recipients.len() {
                    let matter = Matter::open(came, None, &self.facts(recipient));
                    let row = Row { decision, recipient, matter, task: None, intents: vec![], pages: 0 };
                    self.rows.push(row);
                    self.ask(self.rows.len() - 1);
                }
            }
            Some(stands) if stands < came.number => {
                self.decisions[decision].stands = Some(came.number);
                for row in 0..self.rows.len() {
                    if self.rows[row].decision == decision {
                        self.supersede(row, came);
                    }
                }
            }
            Some(stands) if stands == came.number => self.seen.duplicates += 1,
            Some(_) => self.seen.late += 1,
        }
        self.wake();
    }

    fn supersede(&mut self, row: usize, came: domain::notices::Version) {
        let facts = self.facts(self.rows[row].recipient);
        let found = &mut self.rows[row];
        found.matter.supersede(came, &facts);
        self.seen.superseded += 1;
        self.seen.corrections += u64::from(came.cancelled && found.matter.current().is_some());
        found.task = None;
        self.open_task(row);
        self.ask(row);
    }

    /// The question is on somebody's list; whether she answers is another matter.
    fn ask(&mut self, row: usize) {
        self.watch();
        if self.rows[row].matter.assessment.significant().is_some()
            || self.chance.percent(self.options.silent_officers)
        {
            return;
        }
        let minutes = self.chance.between(1, 2 * 24 * 60);
        self.plan(minutes * MINUTE, Event::Assess { row });
    }

    /// One turn of a worker: what is due anywhere, in no order that anybody may rely on.
    pub fn poll(&mut self, worker: usize, alarm: u64) -> Result<(), String> {
        if !matches!(self.workers[worker], Worker::Dead) && self.workers[worker] != (Worker::Idle { alarm }) {
            return Ok(());
        }
        if self.is_killed(worker, "before the claim") {
            return Ok(());
        }
        self.workers[worker] = Worker::Busy;
        self.climb();
        let now = self.now();
        let mut due: Vec<(usize, Action)> = Vec::new();
        let mut next: Option<Instant> = None;
        for (n, row) in self.rows.iter_mut().enumerate() {
            let safe = &self.recipients[row.recipient].safe;
            let climbs = row.matter.assessment.climbs_at();
            if let Some(duty) = row.matter.current() {
                due.extend(duty.due(now, safe).into_iter().map(|action| (n, action)));
                next = next.into_iter().chain(duty.next(safe)).min();
            }
            next = next.into_iter().chain(climbs).min();
        }
        if due.is_empty() {
            // It looks again now and then, for a clock may have been put right.
            let wait = next.map_or(IDLE, |next| (next.micros() - now.micros()).clamp(1_000_000, IDLE));
            let wait = wait + self.chance.between(0, 30) * 1_000_000;
            self.rests(worker, wait);
            return Ok(());
        }
        let (row, action) = self.chance.one_of(&due);
        match action {
            Action::OpenCall => {
                if let Some(duty) = self.rows[row].matter.current() {
                    duty.open_call(now);
                }
                self.open_task(row);
                self.rests(worker, 1_000_000);
            }
            Action::Send { channel } => self.intend(worker, row, channel)?,
        }
        Ok(())
    }

    /// The worker has nothing to do for so long, unless it is woken.
    pub fn rests(&mut self, worker: usize, wait: i64) {
        let alarm = self.alarm();
        self.workers[worker] = Worker::Idle { alarm };
        self.plan(wait, Event::Poll { worker, alarm });
    }

    /// Something has changed: whoever is idle looks soon.
    pub fn wake(&mut self) {
        for worker in 0..WORKERS {
            if matches!(self.workers[worker], Worker::Idle { .. }) {
                let wait = self.chance.between(1, 30);
                self.rests(worker, wait * 1_000_000);
            }
        }
    }

    /// What nobody has answered comes to the duty desk.
    fn climb(&mut self) {
        let now = self.now();
        for n in 0..self.rows.len() {
            if self.rows[n].matter.assessment.climbs(now) {
                self.rows[n].matter.assessment.climbed();
                self.seen.climbed += 1;
                self.watch();
                self.tell(|| format!("row {n}: the question is on the duty desk"));
            }
        }
    }

    fn intend(&mut self, worker: usize, row: usize, channel: u8) -> Result<(), String> {
        let (now, stands) = (self.now(), self.decisions[self.rows[row].decision].stands);
        let found = &mut self.rows[row];
        let version = found.matter.stands.number;
        // S1: no send without a committed version that stands.
        if stands != Some(version) {
            return Err(format!("row {row}: v{version} is to be sent and {stands:?} stands"));
        }
        let safe = &self.recipients[found.recipient].safe;
        let before = found
            .matter
            .current()
            .and_then(|duty| duty.texts.iter().find(|t| t.channel == channel).map(|t| t.tries));
        let Some(n) = found.matter.current().and_then(|duty| duty.intend(channel, now, safe)) else {
            return Err(format!("row {row}: what was due cannot be taken"));
        };
        found.intents.push(version);
        self.seen.repeated_keys += u64::from(before == Some(n));
        self.plan(1_000, Event::Provider { worker, row, version, channel, n });
        Ok(())
    }

    pub fn outcome(&mut self, row: usize, version: u32, channel: u8, n: u16, told: Told) {
        let (now, numbers) = (self.now(), self.numbers);
        let duties = &mut self.rows[row].matter.obligations;
        if let Some((_, duty)) = duties.iter_mut().find(|(number, _)| *number == version) {
            duty.outcome(channel, n, Outcome::from(told), now, &numbers);
        }
        self.tell(|| format!("row {row} v{version}: text {n} by {channel}: {told:?}"));
        self.wake();
    }

    /// The task of an open call.
    pub fn open_task(&mut self, row: usize) {
        let now = self.now();
        let found = &mut self.rows[row];
        let version = found.matter.stands.number;
        let called = found
            .matter
            .current()
            .is_some_and(|duty| matches!(duty.call, domain::notices::Call::Open { .. }));
        if called && found.task.is_none() {
            found.task = Some((version, Task::open(now)));
            self.seen.calls += 1;
            self.watch();
            self.tell(|| format!("row {row} v{version}: a call is on the duty desk"));
        }
    }

    pub fn release(&mut self) {
        self.held = false;
        self.rows
            .iter_mut()
            .filter_map(|row| row.matter.current())
            .for_each(domain::notices::Obligation::release);
        self.tell(|| "two people have released what was held".to_owned());
        self.wake();
    }

    /// A worker dies here, and another is in its place after a while.
    pub fn is_killed(&mut self, worker: usize, when: &str) -> bool {
        if !self.faults || !self.chance.percent(self.options.killed) {
            return false;
        }
        self.seen.kills += 1;
        self.workers[worker] = Worker::Dead;
        let alarm = self.alarm();
        self.tell(|| format!("worker {worker} is killed {when}"));
        let wait = self.chance.between(1, 10 * 60);
        self.plan(wait * 1_000_000, Event::Poll { worker, alarm });
        true
    }

    /// An officer has tried everything.
    pub fn closed(&mut self, row: usize) {
        let now = self.now();
        if let Some(duty) = self.rows[row].matter.current() {
            duty.close(Why::ClosedByOfficer, now);
        }
    }
}
