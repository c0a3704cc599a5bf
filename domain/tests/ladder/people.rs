//! People: officers who judge or do not, duty officers who take a call or let it page, and she who reads or does not.

use domain::notices::{Answer, Assessment, Duty};

use crate::world::{Event, MINUTE, Row, World};

impl World {
    pub fn assess(&mut self, row: usize) {
        let (now, numbers) = (self.now(), self.numbers);
        let answer = if self.chance.percent(80) {
            Answer::Significant { direct: false }
        } else {
            Answer::NotSignificant
        };
        let channels = self.recipients[self.rows[row].recipient].channels;
        let facts = domain::notices::Facts { now, numbers, channels, held: self.held };
        if self.rows[row].matter.answer(answer, &facts) {
            self.tell(|| format!("row {row}: {answer:?}"));
            self.open_task(row);
            self.wake();
        }
    }

    /// She signs in and confirms what stands, which may be newer than what made her look.
    pub fn reads(&mut self, row: usize, version: u32) {
        let now = self.now();
        let stands = self.rows[row].matter.stands.number;
        if self.rows[row].matter.current().is_some_and(|duty| duty.acknowledge(false, now)) {
            self.seen.acknowledged += 1;
            self.rows[row].task = None;
            self.tell(|| format!("row {row}: told of v{version} she confirms v{stands}"));
        }
    }

    /// There is something on the duty desk.
    pub fn watch(&mut self) {
        if !self.watched {
            self.watched = true;
            self.plan(10 * MINUTE, Event::Duty);
        }
    }

    /// Every ten minutes somebody may look at the duty desk; what nobody takes pages.
    pub fn duty(&mut self) {
        self.watched = false;
        let (now, every) = (self.now(), self.numbers.page);
        for row in 0..self.rows.len() {
            let takes = !self.chance.percent(self.options.silent_officers);
            let reached = self.chance.percent(30);
            let Some((version, task)) = &mut self.rows[row].task else { continue };
            let version = *version;
            if task.page(now, every).is_some() {
                task.paged();
                self.rows[row].pages += 1;
                self.seen.pages += 1;
            } else if matches!(task.duty, Duty::Nobodys { .. }) && takes {
                task.take("somebody", now);
            } else if matches!(task.duty, Duty::Taken { .. }) && reached {
                self.rows[row].task = None;
                let gives_up = self.chance.percent(20);
                if gives_up {
                    self.closed(row);
                } else if self.rows[row].matter.current().is_some_and(|duty| duty.acknowledge(true, now)) {
                    self.seen.by_voice += 1;
                }
                self.tell(|| format!("row {row} v{version}: the call ends, given up: {gives_up}"));
            }
        }
        // The desk of those who never climbed is looked at as well, by officers who do their work.
        for row in 0..self.rows.len() {
            let climbed = matches!(self.rows[row].matter.assessment, Assessment::Open { climbed: true, .. });
            if climbed && !self.chance.percent(self.options.silent_officers.max(90)) {
                self.plan(MINUTE, Event::Assess { row });
            }
        }
        let asked = |row: &Row| {
            row.task.is_some() || matches!(row.matter.assessment, Assessment::Open { climbed: true, .. })
        };
        if self.rows.iter().any(asked) {
            self.watch();
        }
    }
}
