//! Two servers of one database behind a real haproxy, as `deploy` has them: one is killed while many book through it, and
//! everybody else goes on at the other. What was answered is there.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use backend::visits::booking::testing::Whom;

use crate::{
    killed::{asked_again_at, busy_unit, judge, set_off_until_it_breaks, until_booked},
    process::{Process, Server, Site, alone, client, free_port},
    visitor::without_demo,
};

const ANSWERS: usize = 25;

/// Asks each server whether it is ready, and sends nobody to one that is not. A request that was begun is not sent again:
/// it may have been carried out.
struct Proxy {
    base: String,
    _process: Process,
    _folder: tempfile::TempDir,
}

impl Proxy {
    async fn before(port: u16, servers: &[&Server]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("haproxy.cfg");
        let of = |url: &str| url.rsplit(':').next().expect("a port").to_owned();
        let lines = servers.iter().enumerate().map(|(n, server)| {
            let (people, ops) = (of(&server.base), of(&server.ops));
            format!(" server s{n} 127.0.0.1:{people} check port {ops} inter 200ms fall 1 rise 1\n")
        });
        let config = format!(
            "defaults\n mode http\n retries 0\n timeout connect 2s\n timeout client 20s\n timeout server 20s\n\
             frontend people\n bind 127.0.0.1:{port}\n default_backend portal\n\
             backend portal\n balance roundrobin\n option httpchk GET /health/ready\n{}",
            lines.collect::<String>()
        );
        std::fs::write(&file, config).expect("written");
        let mut haproxy = Command::new("haproxy");
        haproxy
            .env("PATH", "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
            .args(["-db", "-f"])
            .arg(&file);
        let child = haproxy.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("haproxy runs");
        let base = format!("http://127.0.0.1:{port}");
        let proxy = Self { base, _process: Process(child), _folder: folder };
        for _ in 0..200 {
            let answer = client().get(&proxy.base).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return proxy;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("haproxy leads nowhere")
    }
}

/// How many requests a server has answered.
async fn answered(server: &Server) -> f64 {
    let metrics = server.metrics().await;
    let lines = metrics.lines().filter(|line| line.starts_with("varde_requests{"));
    lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}

/// Until the proxy sends nobody to the one that is gone. Only how long it waits at most depends on a clock.
async fn until_noticed(base: &str) {
    let (http, mut in_a_row) = (client(), 0);
    for _ in 0..600 {
        let answer = http.get(format!("{base}/help")).send().await;
        in_a_row = if answer.is_ok_and(|answer| answer.status() == 200) { in_a_row + 1 } else { 0 };
        if in_a_row == 20 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the proxy still sends to a server that is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn f03_of_two_behind_a_proxy_one_is_killed_and_nothing_answered_is_lost() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let people = busy_unit(&ctx).await.crowd(32, Whom::OneEach).await;
    let (first, second) = people.split_at(16);
    let port = free_port();
    let base = format!("http://127.0.0.1:{port}");
    let more = [("VARDE_SERVER__BASE_URL", base.as_str()), ("VARDE_SERVER__TRUSTED_PROXIES", "127.0.0.1")];
    let (one, two) = (site.serve(&more).await, site.serve(&more).await);
    let proxy = Proxy::before(port, &[&one, &two]).await;

    let (mut told, visitors) = set_off_until_it_breaks(&proxy.base, first, 0);
    let mut heard = until_booked(&mut told, ANSWERS).await;
    assert!(answered(&one).await > 0.0 && answered(&two).await > 0.0, "both are at work");
    one.kill();
    // Whoever was not answered has stopped, and that may be all of them. Others come to the one that is left.
    until_noticed(&proxy.base).await;
    let (mut others, more_visitors) = set_off_until_it_breaks(&proxy.base, second, 0);
    heard.extend(until_booked(&mut others, ANSWERS).await);
    let unsure = asked_again_at(&proxy.base, &heard).await;
    two.kill();
    for visitor in visitors.into_iter().chain(more_visitors) {
        visitor.await.expect("a visitor");
    }
    let mut last = Vec::new();
    for heard in [&mut told, &mut others] {
        while let Some(one) = heard.recv().await {
            last.push(one);
        }
    }
    let third = site.serve(&more).await;
    let unsure = unsure + asked_again_at(&third.base, &last).await;
    heard.extend(last);
    println!("{} answers, {unsure} confirmations without one", heard.len());
    judge(&ctx, heard).await;
    ctx.db.close().await;
}
