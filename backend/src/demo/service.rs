//! A small synthetic prison service that goes its way: inmates get leave, are moved, released, flee and are caught, and now
//! and then a decision is moved or withdrawn. From a seed: the same seed is the same service.

use std::collections::BTreeMap;

use domain::{
    custody::{Change, Kind, Wire},
    kernel::Instant,
};

use crate::{ctx::Chance, custody::feed::register::InmateWire};

const GIVEN: [&str; 8] = ["Tarjei", "Sondre", "Gaute", "Kjetil", "Brage", "Sivert", "Håvard", "Runar"];
const FAMILY: [&str; 5] = ["Skogvoll", "Bergset", "Nesheim", "Tveitane", "Rødven"];

/// One decision, as it stands at its source.
#[derive(Clone, Debug)]
struct Decision {
    wire: Wire,
    at: Instant,
}

pub struct Service {
    chance: Chance,
    seed: u64,
    /// Keys of those who are inside, and the unit where each is.
    inside: BTreeMap<String, String>,
    units: Vec<String>,
    /// What lies ahead, by its key.
    ahead: BTreeMap<String, Decision>,
    count: u32,
}

impl Service {
    /// So many inmates in these units (by slug): the same for every seed, so that each run goes on with them.
    pub fn new(seed: u64, inmates: u32, units: Vec<String>) -> Self {
        let keys = (0..inmates).map(|n| (format!("SIM-{n}"), units[n as usize % units.len()].clone()));
        let inside = keys.collect();
        Self { chance: Chance::seeded(seed), seed, inside, units, ahead: BTreeMap::new(), count: 0 }
    }

    /// How many of the things that could happen do, from 0 to `n` - 1.
    fn draw(&self, n: usize) -> usize {
        usize::try_from(u64::from_le_bytes(self.chance.bytes()) % n.max(1) as u64).unwrap_or(0)
    }

    /// Everybody as the register has him.
    pub fn register(&self, now: Instant) -> Vec<(String, InmateWire)> {
        let since = now.plus_days(-90).rfc3339();
        let one = |(n, (key, unit)): (usize, (&String, &String))| {
            let wire = InmateWire {
                name: format!("{} {}", GIVEN[n % GIVEN.len()], FAMILY[n / GIVEN.len() % FAMILY.len()]),
                birth_date: format!("{}-{:02}-{:02}", 1965 + n * 7 % 35, 1 + n * 5 % 12, 1 + n * 11 % 28),
                national_id: None,
                unit: unit.clone(),
                since: since.clone(),
            };
            (key.clone(), wire)
        };
        self.inside.iter().enumerate().map(one).collect()
    }

    /// What happens in one hour.
    pub fn hour(&mut self, now: Instant) -> Vec<Wire> {
        self.ahead.retain(|_, decision| decision.at > now);
        match self.draw(10) {
            0..=3 => self.leave(now),
            4 => self.release(now),
            5 => self.transfer(now),
            6 => self.escape(now),
            7 => self.changed(Change::Moved),
            8 => self.changed(Change::Cancelled),
            _ => Vec::new(),
        }
    }

    fn leave(&mut self, now: Instant) -> Vec<Wire> {
        let at = now.plus_days(3 + self.draw(12) as i64);
        let until = at.plus_days(2);
        self.decided(Kind::Leave, at, |wire| wire.until = Some(until.rfc3339()))
    }

    fn release(&mut self, now: Instant) -> Vec<Wire> {
        let at = now.plus_days(5 + self.draw(20) as i64);
        self.decided(Kind::Release, at, |_| {})
    }

    fn transfer(&mut self, now: Instant) -> Vec<Wire> {
        let (at, unit) =
            (now.plus_days(1 + self.draw(7) as i64), self.units[self.draw(self.units.len())].clone());
        self.decided(Kind::Transfer, at, |wire| wire.unit = Some(unit))
    }

    /// He is caught the same hour, for a service that runs for days must not be empty at the end.
    fn escape(&mut self, now: Instant) -> Vec<Wire> {
        let Some(inmate) = self.somebody() else { return Vec::new() };
        let fled = self.fresh(Kind::Escape, &inmate, now.plus_minutes(-30));
        let caught = self.fresh(Kind::Recapture, &inmate, now);
        vec![fled, caught]
    }

    fn decided(&mut self, kind: Kind, at: Instant, fill: impl FnOnce(&mut Wire)) -> Vec<Wire> {
        let Some(inmate) = self.somebody() else { return Vec::new() };
        let mut wire = self.fresh(kind, &inmate, at);
        fill(&mut wire);
        self.ahead.insert(wire.decision.clone(), Decision { wire: wire.clone(), at });
        vec![wire]
    }

    /// A later version of something that lies ahead.
    fn changed(&mut self, change: Change) -> Vec<Wire> {
        let at = self.draw(self.ahead.len());
        let Some(decision) = self.ahead.values_mut().nth(at) else { return Vec::new() };
        decision.wire.version += 1;
        decision.wire.change = change.code().to_owned();
        if change == Change::Moved {
            decision.at = decision.at.plus_days(1);
            decision.wire.at = decision.at.rfc3339();
            decision.wire.until = decision.wire.until.as_ref().map(|_| decision.at.plus_days(2).rfc3339());
        }
        let wire = decision.wire.clone();
        if change == Change::Cancelled {
            self.ahead.remove(&wire.decision);
        }
        vec![wire]
    }

    fn somebody(&self) -> Option<String> {
        self.inside.keys().nth(self.draw(self.inside.len())).cloned()
    }

    fn fresh(&mut self, kind: Kind, inmate: &str, at: Instant) -> Wire {
        self.count += 1;
        Wire {
            decision: format!("{inmate}/{}-{}", self.seed, self.count),
            version: 1,
            inmate: inmate.to_owned(),
            kind: kind.code().to_owned(),
            change: Change::Decided.code().to_owned(),
            at: at.rfc3339(),
            ..Wire::default()
        }
    }
}

/// A line that repeats, delays and bursts: what comes out is everything that went in, in another order.
pub struct Line {
    chance: Chance,
    /// Percent of the items that come twice, or wait.
    faults: u64,
    waiting: Vec<Wire>,
}

impl Line {
    pub fn new(seed: u64, faults: u64) -> Self {
        Self { chance: Chance::seeded(seed ^ 0x5EED), faults, waiting: Vec::new() }
    }

    fn happens(&self) -> bool {
        u64::from_le_bytes(self.chance.bytes()) % 100 < self.faults
    }

    /// What of these is sent now.
    pub fn sends(&mut self, wires: Vec<Wire>) -> Vec<Wire> {
        let mut sent = Vec::new();
        for wire in wires {
            if self.happens() {
                self.waiting.push(wire.clone());
            }
            if !self.happens() {
                sent.push(wire);
            } else {
                self.waiting.push(wire);
            }
        }
        // A silence ends in a burst, newest first.
        if !self.happens() {
            sent.extend(self.waiting.drain(..).rev());
        }
        sent
    }

    /// The rest, when the service stops.
    pub fn rest(&mut self) -> Vec<Wire> {
        self.waiting.drain(..).rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::custody::Event;

    use super::*;
    use crate::testing::NOON;

    fn year(seed: u64, faults: u64) -> (Vec<Wire>, Vec<Wire>) {
        let mut service = Service::new(seed, 20, vec!["a".into(), "b".into()]);
        let mut line = Line::new(seed, faults);
        let (mut went_in, mut came_out) = (Vec::new(), Vec::new());
        for hour in 0..2_000 {
            let now = NOON.plus_minutes(hour * 60);
            let wires = service.hour(now);
            for wire in &wires {
                Event::parse(wire, now).expect("an event that the feed takes");
            }
            went_in.extend(wires.clone());
            came_out.extend(line.sends(wires));
        }
        came_out.extend(line.rest());
        (went_in, came_out)
    }

    #[test]
    fn the_same_seed_is_the_same_service_and_nothing_it_says_is_lost() {
        assert_eq!(year(7, 30), year(7, 30));
        assert_ne!(year(7, 30).0, year(8, 30).0);
        let (went_in, came_out) = year(7, 30);
        assert!(went_in.iter().all(|wire| came_out.contains(wire)));
        assert!(came_out.len() > went_in.len() + went_in.len() / 5, "some come twice");
        assert_ne!(came_out[..went_in.len()], went_in[..], "in another order");
        let (quiet_in, quiet_out) = year(7, 0);
        assert_eq!(quiet_in, quiet_out);
        let kinds =
            |code: &str| went_in.iter().filter(|wire| wire.kind == code || wire.change == code).count();
        for word in ["leave", "release", "transfer", "escape", "recapture", "moved", "cancelled"] {
            assert!(kinds(word) > 10, "{word}");
        }
    }
}
