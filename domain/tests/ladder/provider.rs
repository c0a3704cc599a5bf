//! A provider of texts: up, down, slow beyond the worker's patience, or taking what it never delivers.

use crate::{
    chance::Chance,
    world::{Event, MINUTE, Told, World},
};

pub struct Provider {
    /// From minute to minute, by channel: what it does then.
    spells: Vec<(u8, i64, i64, Mood)>,
    /// Channels whose address will never do.
    dead: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Up,
    Down,
    /// Takes it and answers only after the worker's lease.
    Hangs,
    /// Says that it has taken it.
    Drops,
}

impl Provider {
    pub fn new(chance: &mut Chance, faults: bool) -> Self {
        let (mut spells, mut dead) = (Vec::new(), Vec::new());
        for channel in 0..3 {
            if !faults {
                continue;
            }
            for _ in 0..chance.between(0, 4) {
                let from = chance.between(0, 4 * 24 * 60 - 1);
                let mood = chance.one_of(&[Mood::Down, Mood::Hangs, Mood::Drops]);
                spells.push((channel, from, from + chance.between(5, 6 * 60), mood));
            }
            if chance.percent(15) {
                dead.push(channel);
            }
        }
        Self { spells, dead }
    }

    fn mood(&self, channel: u8, minute: i64, faults: bool) -> Mood {
        let spell =
            self.spells.iter().find(|(c, from, to, _)| *c == channel && (*from..*to).contains(&minute));
        spell.filter(|_| faults).map_or(Mood::Up, |(.., mood)| *mood)
    }
}

impl World {
    /// The worker calls the provider, if nobody has killed it before.
    pub fn provider(&mut self, worker: usize, row: usize, version: u32, channel: u8, n: u16) {
        if self.is_killed(worker, "before the call") {
            return;
        }
        let mood = self.provider.mood(channel, self.at / MINUTE, self.faults);
        self.seen.sends += 1;
        self.tell(|| format!("row {row} v{version}: text {n} by {channel} is sent, provider {mood:?}"));
        let (outcome, after, arrives) = match mood {
            _ if self.provider.dead.contains(&channel) => (Told::Refused, 1, false),
            Mood::Up => (Told::Accepted, 1, true),
            Mood::Down => (Told::Failed, 1, false),
            Mood::Hangs => (Told::Failed, 90, true),
            Mood::Drops => (Told::Accepted, 1, false),
        };
        self.seen.lost += u64::from(mood == Mood::Drops);
        self.seen.failed += u64::from(outcome == Told::Failed);
        if arrives && self.recipients[self.rows[row].recipient].answers {
            let minutes = self.chance.between(1, 3 * 24 * 60);
            self.plan(minutes * MINUTE, Event::Reads { row, version });
        }
        if self.is_killed(worker, "before the outcome") {
            return;
        }
        self.plan(after * 1_000_000, Event::Outcome { row, version, channel, n, outcome });
        let wait = self.chance.between(after, after + 30);
        self.rests(worker, wait * 1_000_000);
    }
}
