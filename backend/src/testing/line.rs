//! A line to PostgreSQL that breaks where a test says: between a commit and its answer, or just before the commit.
//! It understands just enough of the protocol (messages of the client: a letter, a length, a body) to know a COMMIT.

use std::{
    path::PathBuf,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use sqlx::postgres::PgConnectOptions;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixListener, UnixStream},
};

/// Where the line breaks, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// The server has committed; its answer gets lost.
    AfterCommit,
    /// The server never hears of it.
    BeforeCommit,
}

pub struct Line {
    folder: PathBuf,
    url: String,
    armed: Arc<AtomicU8>,
}

impl Line {
    /// To the database behind this address.
    pub async fn to(url: &str) -> Self {
        let options = PgConnectOptions::from_str(url).expect("a database URL");
        let folder =
            std::env::temp_dir().join(format!("varde-line-{}-{}", std::process::id(), super::next()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let listener = UnixListener::bind(socket(&folder, options.get_port())).expect("a socket");
        let armed = Arc::<AtomicU8>::default();
        tokio::spawn(accept(listener, options, armed.clone()));
        let (start, query) = url.split_once('?').unwrap_or((url, ""));
        let rest: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !p.starts_with("host=")).collect();
        let url = format!("{start}?host={}&{}", folder.display(), rest.join("&"));
        Self { url: url.trim_end_matches('&').to_owned(), folder, armed }
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// At the next commit.
    pub fn breaks(&self, at: Break) {
        self.armed.store(at as u8 + 1, Ordering::SeqCst);
    }

    pub fn is_whole(&self) -> bool {
        self.armed.load(Ordering::SeqCst) == 0
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn socket(folder: &std::path::Path, port: u16) -> PathBuf {
    folder.join(format!(".s.PGSQL.{port}"))
}

async fn accept(listener: UnixListener, to: PgConnectOptions, armed: Arc<AtomicU8>) {
    let folder =
        to.get_socket().cloned().or_else(|| to.get_host().starts_with('/').then(|| to.get_host().into()));
    while let Ok((client, _)) = listener.accept().await {
        let armed = armed.clone();
        if let Some(folder) = &folder {
            let server = UnixStream::connect(socket(folder, to.get_port())).await.expect("the server");
            tokio::spawn(carry(client, server, armed));
        } else {
            let server = TcpStream::connect((to.get_host(), to.get_port())).await.expect("the server");
            tokio::spawn(carry(client, server, armed));
        }
    }
}

/// Until one of them hangs up, or the line breaks; then both find it dead.
async fn carry<S>(mut client: UnixStream, mut server: S, armed: Arc<AtomicU8>) -> Option<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let (mut heard, mut from_client, mut from_server) = (Heard::default(), [0; 8_192], [0; 8_192]);
    loop {
        tokio::select! {
            read = client.read(&mut from_client) => {
                let bytes = &from_client[..read.ok().filter(|n| *n > 0)?];
                let at = if heard.commit_in(bytes) { armed.swap(0, Ordering::SeqCst) } else { 0 };
                if at == Break::BeforeCommit as u8 + 1 {
                    return None;
                }
                server.write_all(bytes).await.ok()?;
                if at == Break::AfterCommit as u8 + 1 {
                    let answered = server.read(&mut from_server).await.ok()?;
                    assert!(from_server[..answered].windows(6).any(|w| w == b"COMMIT"), "it was committed");
                    return None;
                }
            }
            read = server.read(&mut from_server) => {
                client.write_all(&from_server[..read.ok().filter(|n| *n > 0)?]).await.ok()?;
            }
        }
    }
}

/// What the client has said so far that is no whole message yet.
#[derive(Default)]
struct Heard {
    open: Vec<u8>,
    /// The first message has no letter.
    begun: bool,
}

impl Heard {
    fn commit_in(&mut self, bytes: &[u8]) -> bool {
        self.open.extend(bytes);
        let mut found = false;
        while let Some((letter, body)) = self.next() {
            found |= letter == b'Q' && body.starts_with(b"COMMIT");
        }
        found
    }

    fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        let head = usize::from(self.begun);
        let length = self.open.get(head..head + 4)?.iter().fold(0_usize, |n, b| (n << 8) | usize::from(*b));
        let whole = head + length;
        if self.open.len() < whole {
            return None;
        }
        let message: Vec<u8> = self.open.drain(..whole).collect();
        // It may ask for TLS first, which is no beginning.
        self.begun = self.begun || length != 8;
        Some((if head == 1 { message[0] } else { 0 }, message[head + 4..].to_vec()))
    }
}
