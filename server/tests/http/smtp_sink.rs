//! A mail server of a few lines on a port of its own: it takes what it is given and remembers it, or misbehaves
//! as it is told.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
};

/// How it answers a letter.
#[allow(dead_code, reason = "each binary of tests has the manners that it needs")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Accept,
    /// Takes the letter and hangs up before it says so.
    DropAfterData,
    /// Knows no such address.
    Refuse,
    /// Asks to come again.
    Later,
    /// Takes the letter and never says so.
    TakeAndWait,
    /// Picks up and says nothing at all.
    Silent,
}

/// One letter as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

impl Letter {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The text; quoted-printable words of ours stay as they are but for soft breaks.
    pub fn text(&self) -> String {
        self.data.split_once("\r\n\r\n").map(|(_, text)| text.replace("=\r\n", "")).unwrap_or_default()
    }
}

pub struct Sink {
    pub port: u16,
    manner: Arc<Mutex<Manner>>,
    letters: Arc<Mutex<Vec<Letter>>>,
    commands: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let sink = Self {
            port,
            manner: Arc::new(Mutex::new(Manner::Accept)),
            letters: Arc::default(),
            commands: Arc::default(),
        };
        let (manner, letters, commands) = (sink.manner.clone(), sink.letters.clone(), sink.commands.clone());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let manner = *manner.lock().expect("a manner");
                tokio::spawn(talk(socket, manner, letters.clone(), commands.clone()));
            }
        });
        sink
    }

    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("a manner") = manner;
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().expect("letters").clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.commands.lock().expect("commands").clone()
    }
}

async fn talk(
    socket: TcpStream,
    manner: Manner,
    letters: Arc<Mutex<Vec<Letter>>>,
    commands: Arc<Mutex<Vec<String>>>,
) -> Option<()> {
    let mut stream = BufStream::new(socket);
    if manner == Manner::Silent {
        return std::future::pending().await;
    }
    say(&mut stream, "220 sink").await?;
    let mut letter = Letter::default();
    loop {
        let line = hear(&mut stream).await?;
        commands.lock().expect("commands").push(line.clone());
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" | "HELO" => "250-sink\r\n250 8BITMIME",
            "MAIL" => {
                letter = Letter { from: line, ..Letter::default() };
                "250 ok"
            }
            "RCPT" if manner == Manner::Refuse => "550 no such person",
            "RCPT" if manner == Manner::Later => "451 come again",
            "RCPT" => {
                letter.to.push(line);
                "250 ok"
            }
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                letter.data = data(&mut stream).await?;
                letters.lock().expect("letters").push(letter.clone());
                match manner {
                    Manner::DropAfterData => return None,
                    Manner::TakeAndWait => return std::future::pending().await,
                    _ => {}
                }
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        say(&mut stream, answer).await?;
    }
}

async fn say(stream: &mut BufStream<TcpStream>, line: &str) -> Option<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

async fn hear(stream: &mut BufStream<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn data(stream: &mut BufStream<TcpStream>) -> Option<String> {
    let mut whole = String::new();
    while !whole.ends_with("\r\n.\r\n") {
        let read = stream.read_line(&mut whole).await.ok()?;
        (read > 0).then_some(())?;
    }
    Some(whole)
}
