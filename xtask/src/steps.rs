//! Steps: a name before, the time after. Never swallows a failure.

use std::time::Instant;

/// Runs one step, prints its name before it and its verdict and time after it.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    println!("── {name}");
    let started = Instant::now();
    let outcome = work();
    let seconds = started.elapsed().as_secs_f32();
    match &outcome {
        Ok(_) => println!("── {name}: ok, {seconds:.1} s"),
        Err(why) => println!("── {name}: RED, {seconds:.1} s: {why}"),
    }
    outcome.map_err(|why| format!("{name}: {why}"))
}
