//! F16: two servers work on one outbox. Each letter goes out once.

use std::{collections::BTreeSet, time::Duration};

use backend::{
    ctx::Ctx,
    visits::booking::testing::{Member, Whom},
};

use crate::{
    process::{Server, Site, alone, client},
    smtp_sink::{Letter, Sink},
    visitor::{post, stage, without_demo},
};

/// Servers that send their letters there.
pub async fn serve(site: &Site, sink: &Sink) -> Server {
    let port = sink.port.to_string();
    let way = [("VARDE_SMTP__HOST", "127.0.0.1"), ("VARDE_SMTP__PORT", &port), ("VARDE_SMTP__TLS", "none")];
    site.serve(&way).await
}

/// She gives an address: a letter with a code goes there.
pub async fn gives_address(server: &Server, who: &Member) {
    let address = format!("{}@eksempel.no", who.public);
    let form = [("email", address.as_str()), ("phone", "412 34 567"), ("letters_in", "nb")];
    let answer = post(&client(), &server.base, who, "/api/my/contact", &form).await.expect("an answer");
    assert_eq!((answer.status, answer.location.as_str()), (303, "/my/contact/code"));
}

const DONE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NOT NULL";

/// Until so many jobs are done. Only how long it waits at most depends on a clock.
pub async fn until_done(ctx: &Ctx, jobs: i64) {
    for _ in 0..1_200 {
        if ctx.db.one::<(i64,)>(DONE, vec![]).await.expect("a count").0 >= jobs {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the jobs were not done within a minute");
}

/// Under which ids letters went out.
pub fn ids(letters: &[Letter]) -> BTreeSet<String> {
    letters.iter().map(|letter| letter.header("Message-ID").expect("an id").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn f16_two_servers_send_each_letter_once() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    let (ctx, sink) = (site.ctx().await, Sink::start().await);
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(40, Whom::OneEach).await;
    let servers = [serve(&site, &sink).await, serve(&site, &sink).await];
    let asked = people.iter().enumerate().map(|(n, who)| gives_address(&servers[n % 2], who));
    for one in asked {
        one.await;
    }
    until_done(&ctx, 40).await;
    let letters = sink.letters();
    assert_eq!((letters.len(), ids(&letters).len()), (40, 40));
    let twice = "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery WHERE tries > 1 OR outcome IS NULL";
    assert_eq!(ctx.db.one::<(i64,)>(twice, vec![]).await.expect("a count").0, 0);
}
