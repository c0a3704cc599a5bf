//! A shared cache between people and the portal: a real haproxy, told to keep whatever it may. In 2012 one such gave
//! many people the pages of one.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use reqwest::StatusCode;

use crate::harness::Portal;

struct Proxy {
    child: Child,
    base: String,
    _folder: tempfile::TempDir,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Proxy {
    async fn before(portal: &Portal) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let behind = portal.base.rsplit(':').next().expect("a port");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("haproxy.cfg");
        let config = format!(
            "defaults\n mode http\n timeout connect 5s\n timeout client 20s\n timeout server 20s\n\
             cache pages\n process-vary on\n total-max-size 16\n max-object-size 500000\n max-age 600\n\
             frontend people\n bind 127.0.0.1:{port}\n http-request cache-use pages\n \
             http-response cache-store pages\n default_backend portal\n\
             backend portal\n server one 127.0.0.1:{behind}\n"
        );
        std::fs::write(&file, config).expect("written");
        let child = Command::new(if std::path::Path::new("/usr/sbin/haproxy").exists() {
            "/usr/sbin/haproxy"
        } else {
            "haproxy"
        })
        .args(["-db", "-f"])
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("haproxy runs");
        let proxy = Self { child, base: format!("http://localhost:{port}"), _folder: folder };
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return proxy;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("haproxy does not listen")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_a_shared_cache_gives_nobody_the_page_of_another() {
    let portal = Portal::start().await;
    let folder = portal.site().join("pkg");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("a.css"), "/* kept */").expect("a file");
    let proxy = Proxy::before(&portal).await;
    let (maja, eirik, nobody) = (portal.browser(), portal.browser(), portal.browser());
    maja.sign_in("citizen", "maja", "/my").await;
    eirik.sign_in("citizen", "eirik", "/my").await;

    // It does cache: what it has seen is there although the file has gone.
    let asset = format!("{}/pkg/a.css", proxy.base);
    assert_eq!(nobody.get(&asset).await.text, "/* kept */");
    std::fs::remove_file(folder.join("a.css")).expect("gone");
    assert_eq!(nobody.get(&asset).await.text, "/* kept */", "the cache is a cache");

    for path in ["/my", "/visits", "/my/contact", "/visits/book", "/", "/units", "/sign-in"] {
        let url = format!("{}{path}", proxy.base);
        let hers = maja.get(&url).await;
        assert_eq!(hers.status, StatusCode::OK, "{path}");
        assert!(hers.text.contains("Maja Fjellvik"), "{path} names her");
        for other in [&eirik, &nobody] {
            let theirs = other.get(&url).await;
            assert!(!theirs.text.contains("Maja Fjellvik"), "{path} is hers alone");
        }
    }
}
