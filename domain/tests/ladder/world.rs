//! The world: what is true in the database, what time it is, and what happens next.

use std::{cmp::Reverse, collections::BinaryHeap, fmt::Write as _};

use domain::{
    custody::Kind,
    kernel::Instant,
    notices::{Matter, Numbers, Outcome, SafeTimes, Task, Timing, Version, Window},
};

use crate::{chance::Chance, provider::Provider};

pub const MINUTE: i64 = 60_000_000;
/// The faults end after so many minutes.
pub const FAULTS: i64 = 4 * 24 * 60;
/// Everything else ends after so many.
pub const END: i64 = 18 * 24 * 60;
pub const WORKERS: usize = 2;

/// What a worker is at. Only an idle one can be woken, and then its older alarm rings for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worker {
    Idle { alarm: u64 },
    Busy,
    Dead,
}

/// How hard this world is.
#[derive(Clone, Debug)]
pub struct Options {
    pub decisions: usize,
    pub recipients: usize,
    /// Percent.
    pub killed: i64,
    pub twice: i64,
    pub silent_people: i64,
    pub silent_officers: i64,
    pub clock_jumps: bool,
    pub held: bool,
    pub provider_faults: bool,
    /// When it begins: ordinary days, or the days round a change of the clock.
    pub start: Instant,
}

impl Options {
    pub fn of(chance: &mut Chance) -> Self {
        // 1 September, and the Fridays before both nights of 2026 in which the clock is changed.
        let start = chance.one_of(&[1_788_256_800_000_000, 1_774_600_000_000_000, 1_792_750_000_000_000]);
        Self {
            decisions: chance.between(1, 4) as usize,
            recipients: chance.between(1, 3) as usize,
            killed: chance.one_of(&[0, 5, 30]),
            twice: chance.one_of(&[0, 30, 80]),
            silent_people: chance.one_of(&[0, 30, 100]),
            silent_officers: chance.one_of(&[0, 30, 100]),
            clock_jumps: chance.percent(30),
            held: chance.percent(20),
            provider_faults: chance.percent(70),
            start: Instant(start),
        }
    }
}

/// Who is to be told.
#[derive(Clone)]
pub struct Recipient {
    pub safe: SafeTimes,
    pub channels: u8,
    /// She opens what she is told of, and confirms.
    pub answers: bool,
}

pub struct Decision {
    /// Every version there will be; they are sent in any order, some twice.
    pub versions: Vec<Version>,
    /// The highest that has come.
    pub stands: Option<u32>,
}

/// One matter with what hangs on it.
pub struct Row {
    pub decision: usize,
    pub recipient: usize,
    pub matter: Matter,
    /// The task of the open call, with the version that it is about.
    pub task: Option<(u32, Task)>,
    /// Versions of which an intent was written, in that order.
    pub intents: Vec<u32>,
    /// The last send of all, to whom nothing of an older version may come after.
    pub pages: u32,
}

/// What happens at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    Arrives {
        decision: usize,
        version: usize,
    },
    Assess {
        row: usize,
    },
    Poll {
        worker: usize,
        alarm: u64,
    },
    Provider {
        worker: usize,
        row: usize,
        version: u32,
        channel: u8,
        n: u16,
    },
    Outcome {
        row: usize,
        version: u32,
        channel: u8,
        n: u16,
        outcome: Told,
    },
    Reads {
        row: usize,
        version: u32,
    },
    Duty,
    /// It is so many minutes off from now on.
    Clock {
        minutes: i64,
    },
    Release,
    FaultsEnd,
}

/// An outcome that can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    Accepted,
    Failed,
    Refused,
}

impl From<Told> for Outcome {
    fn from(told: Told) -> Self {
        match told {
            Told::Accepted => Self::Accepted,
            Told::Failed => Self::Failed,
            Told::Refused => Self::Refused,
        }
    }
}

/// How often what was meant to happen has happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub sends: u64,
    pub repeated_keys: u64,
    pub kills: u64,
    pub superseded: u64,
    pub late: u64,
    pub duplicates: u64,
    pub acknowledged: u64,
    pub by_voice: u64,
    pub calls: u64,
    pub pages: u64,
    pub lost: u64,
    pub failed: u64,
    pub climbed: u64,
    pub corrections: u64,
}

impl Seen {
    fn all(&self) -> [(&'static str, u64); 14] {
        [
            ("a send", self.sends),
            ("a repeated key", self.repeated_keys),
            ("a kill", self.kills),
            ("a superseding version", self.superseded),
            ("a late version", self.late),
            ("a duplicate", self.duplicates),
            ("a confirmation", self.acknowledged),
            ("a confirmation by voice", self.by_voice),
            ("a call", self.calls),
            ("a page", self.pages),
            ("a lost text", self.lost),
            ("a failed text", self.failed),
            ("a question that climbed", self.climbed),
            ("a correction", self.corrections),
        ]
    }

    pub fn is_rich(&self) -> Result<(), &'static str> {
        self.all().into_iter().find(|(_, n)| *n == 0).map_or(Ok(()), |(what, _)| Err(what))
    }

    pub fn add(&mut self, other: &Self) {
        self.sends += other.sends;
        self.repeated_keys += other.repeated_keys;
        self.kills += other.kills;
        self.superseded += other.superseded;
        self.late += other.late;
        self.duplicates += other.duplicates;
        self.acknowledged += other.acknowledged;
        self.by_voice += other.by_voice;
        self.calls += other.calls;
        self.pages += other.pages;
        self.lost += other.lost;
        self.failed += other.failed;
        self.climbed += other.climbed;
        self.corrections += other.corrections;
    }
}

pub struct World {
    pub chance: Chance,
    pub options: Options,
    pub numbers: Numbers,
    /// Minutes and their parts since the start, as they truly pass.
    pub at: i64,
    /// How far the machine's clock is off.
    pub skew: i64,
    pub faults: bool,
    pub held: bool,
    pub decisions: Vec<Decision>,
    pub recipients: Vec<Recipient>,
    pub rows: Vec<Row>,
    pub provider: Provider,
    pub workers: [Worker; WORKERS],
    pub seen: Seen,
    /// Somebody will look at the duty desk.
    pub watched: bool,
    queue: BinaryHeap<Reverse<(i64, u64, Event)>>,
    count: u64,
    /// Written only when somebody will read it.
    pub story: Option<String>,
}

impl World {
    pub fn new(mut chance: Chance, options: Options) -> Self {
        let recipients = (0..options.recipients).map(|_| recipient(&mut chance, &options)).collect();
        let decisions = (0..options.decisions).map(|_| decision(&mut chance, options.start)).collect();
        let mut world = Self {
            provider: Provider::new(&mut chance, options.provider_faults),
            chance,
            numbers: Numbers::FIRST,
            at: 0,
            skew: 0,
            faults: true,
            held: options.held,
            decisions,
            recipients,
            rows: Vec::new(),
            workers: [Worker::Dead; WORKERS],
            seen: Seen::default(),
            watched: false,
            queue: BinaryHeap::new(),
            count: 0,
            story: None,
            options,
        };
        world.begin();
        world
    }

    fn begin(&mut self) {
        for decision in 0..self.decisions.len() {
            for version in 0..self.decisions[decision].versions.len() {
                let times = 1 + i64::from(self.chance.percent(self.options.twice));
                for _ in 0..times {
                    let at = self.chance.between(0, FAULTS);
                    self.plan(at * MINUTE, Event::Arrives { decision, version });
                }
            }
        }
        (0..WORKERS).for_each(|worker| self.rests(worker, 0));
        self.plan(FAULTS * MINUTE, Event::FaultsEnd);
        if self.options.held {
            let at = self.chance.between(1, FAULTS);
            self.plan(at * MINUTE, Event::Release);
        }
        if self.options.clock_jumps {
            for _ in 0..3 {
                let (at, minutes) = (self.chance.between(1, FAULTS - 1), self.chance.one_of(&[-60, 0, 60]));
                self.plan(at * MINUTE, Event::Clock { minutes });
            }
        }
    }

    pub fn run(&mut self) -> Result<(), String> {
        while let Some(Reverse((at, _, event))) = self.queue.pop() {
            if at > END * MINUTE {
                break;
            }
            self.at = at;
            self.happens(event)?;
            self.check()?;
        }
        self.check_end()
    }

    fn happens(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Arrives { decision, version } => self.arrives(decision, version),
            Event::Assess { row } => self.assess(row),
            Event::Poll { worker, alarm } => self.poll(worker, alarm)?,
            Event::Provider { worker, row, version, channel, n } => {
                self.provider(worker, row, version, channel, n)
            }
            Event::Outcome { row, version, channel, n, outcome } => {
                self.outcome(row, version, channel, n, outcome)
            }
            Event::Reads { row, version } => self.reads(row, version),
            Event::Duty => self.duty(),
            Event::Clock { minutes } => {
                self.skew = minutes * MINUTE;
                self.tell(|| format!("the clock is {minutes} min off"));
            }
            Event::Release => self.release(),
            Event::FaultsEnd => {
                self.faults = false;
                self.skew = 0;
                self.tell(|| "the faults end".to_owned());
            }
        }
        Ok(())
    }

    /// After so many microseconds from now.
    pub fn plan(&mut self, after: i64, event: Event) {
        self.count += 1;
        self.queue.push(Reverse((self.at + after, self.count, event)));
    }

    /// The number of an alarm.
    pub fn alarm(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// What the machine takes for now.
    pub fn now(&self) -> Instant {
        Instant(self.options.start.micros() + self.at + self.skew)
    }

    /// What is truly now.
    pub fn truly(&self) -> Instant {
        Instant(self.options.start.micros() + self.at)
    }

    pub fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            let _ = writeln!(story, "{:>9.2} {}", self.at as f64 / MINUTE as f64, what());
        }
    }
}

fn recipient(chance: &mut Chance, options: &Options) -> Recipient {
    let windows = if chance.percent(60) {
        vec![]
    } else {
        let from = chance.between(0, 22) as u16 * 60;
        (1..=7)
            .filter(|_| chance.percent(70))
            .map(|weekday| Window { weekday, from, to: from + 60 })
            .collect()
    };
    Recipient {
        safe: SafeTimes { windows, escape_breaks: chance.percent(50) },
        channels: chance.between(0, 3) as u8,
        answers: !chance.percent(options.silent_people),
    }
}

fn decision(chance: &mut Chance, start: Instant) -> Decision {
    let mut kind = chance.one_of(&[Kind::Leave, Kind::Release, Kind::Escape]);
    let versions = (1..=chance.between(1, 4)).map(|number| {
        if chance.percent(10) {
            kind = Kind::ConditionalRelease;
        }
        let at_once = kind == Kind::Escape;
        let hours = if at_once { 0 } else { chance.between(-24, 20 * 24) };
        Version {
            number: number as u32,
            kind,
            timing: if at_once { Timing::AtOnce } else { Timing::Advance },
            at: start.plus_minutes(hours * 60),
            cancelled: number > 1 && chance.percent(25),
        }
    });
    Decision { versions: versions.collect(), stands: None }
}
