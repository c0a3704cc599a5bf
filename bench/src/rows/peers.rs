//! P3 and P4: a table of a thousand rows beside SvelteKit's and Node's, and how long the slowest wait when it is
//! busy.

use std::path::Path;

use crate::{
    Failure, host,
    load::{Ask, tail, wrk},
    process::{Measured, Portal, free_port, pinned},
    report::{Row, Target},
    rows::pages::{body, compare},
    stats::{median, ratio},
};

/// Rows of the table.
pub const ROWS: usize = 1_000;

pub async fn rows(portal: &Portal, peers: &Path, folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let ours = Ask::new(format!("{}/bench/table", portal.process.base));
    let node = peer(peers, "node.mjs", folder, table).await?;
    let svelte = peer(peers, "sveltekit/build", folder, table).await?;
    let theirs = Ask::new(format!("{}/static", svelte.base));
    let twice = Ask::new(format!("{}/table", svelte.base));
    let plain = Ask::new(format!("{}/table", node.base));
    for ask in [&ours, &theirs, &twice, &plain] {
        whole(&body(ask).await?)?;
    }
    let mut rows = Vec::new();
    let what = "a table of 1,000 rows ÷ SvelteKit's, neither sends its data twice";
    rows.push(compare("P3.sveltekit", what, &ours, &theirs, Target::AtLeast(6.0)).await?);
    let what = "the table ÷ SvelteKit's as it comes, with its data for the browser";
    rows.push(compare("P3.hydrated", what, &ours, &twice, Target::None).await?);
    let what = "the table ÷ template strings in node:http";
    rows.push(compare("P3.node", what, &ours, &plain, Target::AtLeast(2.0)).await?);
    let page = Ask::new(format!("{}/units/{}", portal.process.base, host::SLUG));
    rows.push(four("P4", "a prison's page", &page, Target::AtMost(5.0)).await?);
    rows.push(four("P4.sveltekit", "SvelteKit's table", &theirs, Target::None).await?);
    Ok(rows)
}

async fn four(id: &str, of: &str, ask: &Ask, target: Target) -> Result<Row, Failure> {
    let peak = wrk(ask, 3).await?;
    let (busy, idle) = tail(ask, peak).await?;
    let beside = format!("{:.2} ms, {:.2} ms, peak {peak:.0}/s", median(&busy), median(&idle));
    let what = format!("{of}: p99 at 70 % of its peak ÷ p50 when idle");
    Ok(Row::new(id, &what, ratio(&busy, &idle), target, beside))
}

/// One of the peers, run by the Node that bench/peers brings.
pub async fn peer(peers: &Path, script: &str, folder: &Path, table: &Path) -> Result<Measured, Failure> {
    let port = free_port()?;
    let mut command = pinned(peers.join("node_modules/.bin/node"));
    command.arg(peers.join(script)).env("NODE_ENV", "production").env("ROWS", table);
    command.env("PORT", port.to_string()).env("HOST", "127.0.0.1");
    let log = folder.join(format!("{}.log", script.replace('/', "-")));
    Measured::start(script, &mut command, port, &log).await
}

fn whole(page: &str) -> Result<(), Failure> {
    match page.matches("<td").count() {
        cells if cells == 2 * ROWS => Ok(()),
        cells => Err(format!("a table has {cells} cells").into()),
    }
}
