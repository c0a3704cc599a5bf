//! The ladder of notices under a deterministic simulator: a feed that repeats, reorders and moves; providers that fail,
//! hang and lie; workers that are killed at every step; clocks that jump; people who do not answer. Each seed is a world of
//! its own, and the same seed is the same world.
//!
//! `cargo xtask seeds 100000` tries that many; `VARDE_SEED=17 cargo test -p domain --test ladder` tells one in detail.

mod chance;
mod checks;
mod people;
mod provider;
mod work;
mod world;

use chance::Chance;
use world::{Options, World};

/// Of every run of the suite.
const SEEDS: u64 = 2_000;

#[expect(clippy::disallowed_methods, reason = "which worlds to try comes from the command line")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A world to its end. What went wrong is told with its whole story.
fn run(seed: u64, told: bool) -> Result<World, String> {
    let mut chance = Chance::new(seed);
    let options = Options::of(&mut chance);
    let text = format!("seed {seed}, {options:?}");
    let mut world = World::new(chance, options);
    world.story = told.then_some(text);
    match world.run() {
        Ok(()) => Ok(world),
        Err(_) if !told => run(seed, true),
        Err(fault) => Err(format!("{}\n{fault}", world.story.unwrap_or_default())),
    }
}

/// How many worlds are played at once: each is alone with itself.
fn cores() -> u64 {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64)
}

/// Every so-manieth world.
fn share(first: u64, step: u64, seeds: u64) -> world::Seen {
    let mut seen = world::Seen::default();
    for seed in (first..seeds).step_by(usize::try_from(step).unwrap_or(1)) {
        let world = run(seed, false).unwrap_or_else(|fault| panic!("{fault}"));
        seen.add(&world.seen);
    }
    seen
}

#[test]
fn f01_f04_f05_f06_f08_whatever_fails_she_has_confirmed_or_a_person_has_it() {
    if let Some(seed) = number("VARDE_SEED") {
        let world = run(seed, true).unwrap_or_else(|fault| panic!("{fault}"));
        println!("{}", world.story.unwrap_or_default());
        return;
    }
    let (seeds, cores) = (number("VARDE_SEEDS").unwrap_or(SEEDS), cores());
    let mut seen = world::Seen::default();
    std::thread::scope(|scope| {
        let shares: Vec<_> = (0..cores).map(|n| scope.spawn(move || share(n, cores, seeds))).collect();
        for share in shares {
            seen.add(&share.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        }
    });
    println!("{seen:?}");
    // A simulator in which nothing happens proves nothing.
    seen.is_rich().unwrap_or_else(|missing| panic!("no world had {missing}: {seen:?}"));
}

#[test]
fn the_same_seed_is_the_same_world() {
    for seed in [3, 1_000_003] {
        let (one, two) = (run(seed, true).unwrap(), run(seed, true).unwrap());
        assert_eq!(one.story, two.story);
    }
}
