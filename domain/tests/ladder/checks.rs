//! What must hold, whatever happens. S1 is asked where an intent is written (work.rs).

use domain::{
    kernel::Instant,
    notices::{Assessment, Call, Duty},
};

use crate::world::{FAULTS, MINUTE, World};

/// A worker looks away for ten minutes at most; one that was killed is back after ten, and may be killed again.
const SLACK: i64 = 15;
/// A clock may be an hour off, and back, while the faults last.
const CLOCK: i64 = 60;

impl World {
    /// At every moment.
    pub fn check(&self) -> Result<(), String> {
        for (n, row) in self.rows.iter().enumerate() {
            // S2: never an older version after a newer one.
            if row.intents.windows(2).any(|pair| pair[0] > pair[1]) {
                return Err(format!("S2, row {n}: intents {:?}", row.intents));
            }
            // S3: whoever is not obliged gets nothing.
            if row.matter.obligations.is_empty() && !row.intents.is_empty() {
                return Err(format!("S3, row {n}: sent without an obligation"));
            }
            let open = row.matter.obligations.iter().filter(|(_, duty)| duty.is_open()).count();
            let last = row
                .matter
                .obligations
                .last()
                .is_none_or(|(number, duty)| !duty.is_open() || *number == row.matter.stands.number);
            if open > 1 || !last {
                return Err(format!("row {n}: {open} obligations are open, or one of an old version"));
            }
        }
        self.check_deadlines()
    }

    /// L1: confirmed, closed by somebody, or a person has it, before the deadline.
    fn check_deadlines(&self) -> Result<(), String> {
        let killed = if self.options.killed > 0 && self.faults_were_recent() { 60 } else { 0 };
        let slack = (SLACK + killed) * MINUTE + if self.options.clock_jumps { CLOCK * MINUTE * 2 } else { 0 };
        let late = |deadline: Instant| self.truly().micros() > deadline.micros() + slack;
        for (n, row) in self.rows.iter().enumerate() {
            if let Some((number, duty)) = row.matter.obligations.last()
                && duty.is_open()
                && late(duty.deadline)
                && (matches!(duty.call, Call::Planned { .. }) || row.task.is_none())
            {
                return Err(format!(
                    "L1, row {n} v{number}: the deadline has passed and nobody has it: {duty:?}"
                ));
            }
            if let Assessment::Open { climbs_at, climbed: false } = row.matter.assessment
                && late(climbs_at)
            {
                return Err(format!("L1, row {n}: a question that nobody answers is not on the duty desk"));
            }
        }
        Ok(())
    }

    fn faults_were_recent(&self) -> bool {
        self.at < FAULTS * MINUTE + 60 * MINUTE
    }

    /// When everything has had its time: nothing is left that no person knows of.
    pub fn check_end(&self) -> Result<(), String> {
        for (n, row) in self.rows.iter().enumerate() {
            let Some((number, duty)) = row.matter.obligations.last() else { continue };
            if !duty.is_open() {
                continue;
            }
            match &row.task {
                Some((version, task)) if version == number => {
                    let long = self.truly().micros() - task.since.micros() > 60 * MINUTE;
                    if matches!(task.duty, Duty::Nobodys { .. }) && long && row.pages < 3 {
                        return Err(format!("row {n}: nobody has taken the call, and nobody was paged"));
                    }
                }
                _ if duty.deadline > self.truly() => {}
                other => return Err(format!("row {n}: open at the end with {:?}", other.is_some())),
            }
        }
        Ok(())
    }
}
