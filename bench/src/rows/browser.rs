//! P10 and P11: what a browser fetches at a first visit, and when a form can be used on a slow phone; measured in
//! a real browser by bench/peers/browser.mjs.

use std::path::Path;

use serde::Deserialize;
use tokio::process::Command;

use crate::{
    Failure,
    process::Portal,
    report::{Row, Target},
    rows::peers::peer,
    stats::{median, ratio},
};

#[derive(Deserialize)]
struct Measured {
    /// "P10.public", "P10.islands", "P11", "P11.unstyled".
    id: String,
    what: String,
    a: Vec<f64>,
    b: Vec<f64>,
    unit: String,
    note: String,
    /// Of the Wasm that ours fetched.
    #[serde(default)]
    wasm: u64,
}

fn target(id: &str) -> Target {
    match id {
        "P10.public" => Target::AtMost(0.5),
        "P10.islands" => Target::AtMost(1.3),
        "P11" => Target::AtMost(1.1),
        _ => Target::None,
    }
}

pub async fn rows(portal: &Portal, peers: &Path, folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let govuk = peer(peers, "govuk.mjs", folder, table).await?;
    let mut command = Command::new(peers.join("node_modules/.bin/node"));
    command.arg(peers.join("browser.mjs")).args(["--varde", &portal.process.base, "--govuk", &govuk.base]);
    let output = command.output().await?;
    if !output.status.success() {
        return Err(format!("browser.mjs: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let all: Vec<Measured> = serde_json::from_slice(&output.stdout)?;
    if let Some(public) = all.iter().find(|of| of.id == "P10.public" && of.wasm > 0) {
        return Err(format!("a page without islands fetched {} bytes of Wasm", public.wasm).into());
    }
    let most = all.iter().find(|of| of.id == "P10.islands").map(|of| of.a.clone()).unwrap_or_default();
    let cap = Row::new(
        "P10.cap",
        "first visit to a page with islands ÷ 120 kB",
        ratio(&most, &vec![CAP; most.len()]),
        Target::AtMost(1.0),
        String::new(),
    );
    Ok(all.into_iter().map(row).chain([cap]).collect())
}

/// Bytes that no first visit may pass.
const CAP: f64 = 120_000.0;

fn row(of: Measured) -> Row {
    let beside = format!("{:.0} {}, {:.0} {}. {}", median(&of.a), of.unit, median(&of.b), of.unit, of.note);
    Row::new(&of.id, &of.what, ratio(&of.a, &of.b), target(&of.id), beside)
}
