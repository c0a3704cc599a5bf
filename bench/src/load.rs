//! Who asks: wrk as fast as answers come, or we at a fixed rate, whatever comes back.

use std::{
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use tokio::process::Command;

use crate::{Failure, stats::percentile};

/// The core of whoever asks.
pub const ASKING: &str = "1";
const ROUNDS: usize = 7;
const SECONDS: u32 = 2;
const CONNECTIONS: u32 = 16;

/// An address with the headers to ask with.
#[derive(Clone, Debug)]
pub struct Ask {
    pub url: String,
    pub headers: Vec<String>,
}

impl Ask {
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), headers: vec!["Accept-Language: nb".into(), "Accept: text/html".into()] }
    }
}

/// Answers a second, one figure a round and side; the sides take turns.
pub async fn turns(a: &Ask, b: &Ask) -> Result<(Vec<f64>, Vec<f64>), Failure> {
    for side in [a, b] {
        wrk(side, 1).await?;
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(wrk(a, SECONDS).await?);
        theirs.push(wrk(b, SECONDS).await?);
    }
    Ok((ours, theirs))
}

/// Answers a second. An answer that is none of success or a broken connection fails the bench.
pub async fn wrk(ask: &Ask, seconds: u32) -> Result<f64, Failure> {
    let mut command = Command::new("taskset");
    command.args(["-c", ASKING, "wrk", "-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s")]);
    for header in &ask.headers {
        command.args(["-H", header]);
    }
    let output = command.arg(&ask.url).stdin(Stdio::null()).output().await?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() || said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("wrk {}: {said}{}", ask.url, String::from_utf8_lossy(&output.stderr)).into());
    }
    per_second(&said).ok_or_else(|| format!("wrk said no rate: {said}").into())
}

fn per_second(said: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix("Requests/sec:"))?.trim().parse().ok()
}

/// Milliseconds of each answer, counted from when its question was due: a server that stalls makes all wait that
/// were due meanwhile.
pub async fn at_rate(ask: &Ask, rate: f64, lasting: Duration) -> Result<Vec<f64>, Failure> {
    let client = reqwest::Client::builder().pool_max_idle_per_host(512).build()?;
    let (due, mut asked) = tokio::sync::mpsc::unbounded_channel();
    // A thread of its own keeps the time: the runtime's timer knows milliseconds only.
    let pace = thread::spawn(move || {
        let (start, count) = (Instant::now(), (rate * lasting.as_secs_f64()) as u32);
        for at in 0..count {
            let due_at = start + Duration::from_secs_f64(f64::from(at) / rate);
            thread::sleep(due_at.saturating_duration_since(Instant::now()));
            if due.send(due_at).is_err() {
                break;
            }
        }
    });
    let mut running = Vec::new();
    while let Some(due_at) = asked.recv().await {
        running.push(tokio::spawn(one(client.clone(), ask.clone(), due_at)));
    }
    let mut all = Vec::with_capacity(running.len());
    for answer in running {
        all.push(answer.await??);
    }
    pace.join().map_err(|_| "the pace was lost")?;
    Ok(all)
}

async fn one(client: reqwest::Client, ask: Ask, due: Instant) -> Result<f64, reqwest::Error> {
    let mut request = client.get(&ask.url);
    for (name, value) in ask.headers.iter().filter_map(|header| header.split_once(": ")) {
        request = request.header(name, value);
    }
    request.send().await?.error_for_status()?.bytes().await?;
    Ok(due.elapsed().as_secs_f64() * 1000.0)
}

/// The 99th percentile at 70 % of `peak`, and the median when nearly nothing is asked; one pair a round.
pub async fn tail(ask: &Ask, peak: f64) -> Result<(Vec<f64>, Vec<f64>), Failure> {
    let (mut busy, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let lasting = Duration::from_secs(3);
        busy.push(percentile(&at_rate(ask, peak * 0.7, lasting).await?, 0.99));
        idle.push(percentile(&at_rate(ask, 100.0, lasting).await?, 0.5));
    }
    Ok((busy, idle))
}

#[cfg(test)]
mod tests {
    use super::per_second;

    #[test]
    fn the_rate_is_read_from_what_wrk_says() {
        assert_eq!(per_second("  2 requests\nRequests/sec:   5123.40\nTransfer/sec: 1MB\n"), Some(5123.4));
        assert_eq!(per_second("unable to connect"), None);
    }
}
