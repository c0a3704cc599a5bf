//! P1, P2, P5, P14: what a page of ours costs beside the same by hand, the least there can be, the same without its
//! reads, and the same without what guards it.

use crate::{
    Failure, host,
    load::{Ask, turns},
    process::Portal,
    report::{Row, Target},
    stats::{median, ratio},
    twin,
};

pub async fn rows(portal: &Portal) -> Result<Vec<Row>, Failure> {
    let base = &portal.process.base;
    let front = Ask::new(format!("{base}/"));
    let hand = Ask::new(format!("{base}/bench/twin"));
    twin::same(&body(&front).await?, &body(&hand).await?)?;
    let reads = Ask::new(format!("{base}/bench/reads"));
    let memory = Ask::new(format!("{base}/bench/memory"));
    same_words(&[
        body(&Ask::new(format!("{base}/units/{}", host::SLUG))).await?,
        body(&reads).await?,
        body(&memory).await?,
    ])?;
    let hello = Ask::new(format!("{}/", portal.hello));
    let bytes = Ask::new(format!("{}/front", portal.hello));
    let bare = Ask::new(format!("{}/", portal.bare));
    let by_hand = "the front page ÷ the same page written by hand with maud, same process and layers";
    let mut rows = vec![compare("P1", by_hand, &front, &hand, Target::AtLeast(0.5)).await?];
    let least = "the front page ÷ a hello world of axum";
    rows.push(compare("P2.hello", least, &front, &hello, Target::AtLeast(0.1)).await?);
    let static_ = "the front page ÷ its own bytes from a handler that only sends them";
    rows.push(compare("P2.static", static_, &front, &bytes, Target::AtLeast(0.3)).await?);
    rows.push(beside_memory(&reads, &memory).await?);
    let guarded = "the front page with every layer that guards it ÷ without them";
    rows.push(compare("P14", guarded, &front, &bare, Target::AtLeast(0.7)).await?);
    Ok(rows)
}

/// Reads of a prison's page.
const READS: f64 = 4.0;

async fn beside_memory(reads: &Ask, memory: &Ask) -> Result<Row, Failure> {
    let (ours, theirs) = turns(reads, memory).await?;
    let micros = (1.0 / median(&ours) - 1.0 / median(&theirs)) * 1e6 / READS;
    let beside = format!("{:.0}/s, {:.0}/s: {micros:.0} µs a read", median(&ours), median(&theirs));
    let what = "a prison's page with its 4 indexed reads ÷ the same from memory";
    Ok(Row::new("P5", what, ratio(&ours, &theirs), Target::AtLeast(0.6), beside))
}

pub async fn compare(id: &str, what: &str, a: &Ask, b: &Ask, target: Target) -> Result<Row, Failure> {
    let (ours, theirs) = turns(a, b).await?;
    let beside = format!("{:.0}/s, {:.0}/s", median(&ours), median(&theirs));
    Ok(Row::new(id, what, ratio(&ours, &theirs), target, beside))
}

pub async fn body(ask: &Ask) -> Result<String, Failure> {
    let mut request = reqwest::Client::new().get(&ask.url);
    for (name, value) in ask.headers.iter().filter_map(|header| header.split_once(": ")) {
        request = request.header(name, value);
    }
    Ok(request.send().await?.error_for_status()?.text().await?)
}

/// The main part of all is the same.
fn same_words(pages: &[String]) -> Result<(), Failure> {
    let main = |page: &String| {
        let main =
            page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).map(str::to_owned);
        main.map(|main| {
            main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect::<String>()
        })
    };
    let all: Vec<Option<String>> = pages.iter().map(main).collect();
    if all.iter().all(|one| one.is_some() && *one == all[0]) {
        Ok(())
    } else {
        Err("the prison's pages differ".into())
    }
}
