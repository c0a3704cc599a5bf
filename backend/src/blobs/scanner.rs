//! The virus scanner: clamd, spoken to by `INSTREAM`. It gets the plain bytes over this machine's own socket and keeps
//! none. Whatever is no clear answer is none at all.

use std::{io, time::Duration};

use bytes::Bytes;
use clamav_client::tokio::{Socket, Tcp, scan_stream};
use futures_util::{Stream, StreamExt};

use crate::config::{BlobSettings, ScannerAddress};

const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Clone, Debug)]
pub enum Scanner {
    Clamd(ScannerAddress),
    /// The demo's own: it knows the EICAR test file, wherever it stands in a file. Production refuses to start on it.
    Demo,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    Infected,
}

/// There was no verdict: the scanner is away or did not say clearly, or the file could not be read to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    Scanner,
    /// It answered that it will not: a limit of its own, for one.
    Refuses,
    File,
}

impl Away {
    pub fn code(self) -> &'static str {
        match self {
            Self::Scanner => "away",
            Self::Refuses => "refuses",
            Self::File => "file",
        }
    }
}

impl Scanner {
    pub fn new(settings: &BlobSettings) -> Self {
        settings.scanner().map_or(Self::Demo, Self::Clamd)
    }

    /// An error of kind `InvalidData` in the stream is the file's, any other the scanner's.
    pub async fn scan(&self, bytes: impl Stream<Item = io::Result<Bytes>>) -> Result<Verdict, Away> {
        let asked = async {
            match self {
                Self::Clamd(ScannerAddress::Unix(path)) => {
                    scan_stream(bytes, Socket { socket_path: path }, None).await
                }
                Self::Clamd(ScannerAddress::Tcp(host)) => {
                    scan_stream(bytes, Tcp { host_address: host.as_str() }, None).await
                }
                Self::Demo => demo(bytes).await,
            }
        };
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => read(&answer),
            Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => Err(Away::File),
            Ok(Err(_)) | Err(_) => Err(Away::Scanner),
        }
    }
}

/// `stream: OK`, `stream: <name> FOUND`, or an error in words.
fn read(answer: &[u8]) -> Result<Verdict, Away> {
    let answer = String::from_utf8_lossy(answer);
    let answer = answer.trim_matches(['\0', '\n', ' ']);
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(Verdict::Clean),
        Some(found) if found.ends_with(" FOUND") => Ok(Verdict::Infected),
        _ if answer.is_empty() => Err(Away::Scanner),
        _ => Err(Away::Refuses),
    }
}

/// In two halves, so that no scanner finds it in this program.
const EICAR: [&[u8]; 2] = [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

async fn demo(bytes: impl Stream<Item = io::Result<Bytes>>) -> io::Result<Vec<u8>> {
    let (mut bytes, mut seen, sign) = (std::pin::pin!(bytes), Vec::new(), EICAR.concat());
    let mut found = false;
    while let Some(piece) = bytes.next().await {
        seen.extend_from_slice(&piece?);
        found |= seen.windows(sign.len()).any(|part| part == sign);
        seen.drain(..seen.len().saturating_sub(sign.len()));
    }
    Ok(if found { b"stream: Eicar-Test FOUND".to_vec() } else { b"stream: OK".to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t19_only_a_clear_answer_is_a_verdict() {
        let table: [(&[u8], Result<Verdict, Away>); 7] = [
            (b"stream: OK\0", Ok(Verdict::Clean)),
            (b"stream: Eicar-Test-Signature FOUND\0", Ok(Verdict::Infected)),
            (b"INSTREAM size limit exceeded. ERROR\0", Err(Away::Refuses)),
            (b"stream: OK but not really", Err(Away::Refuses)),
            (b"OK", Err(Away::Refuses)),
            (b"", Err(Away::Scanner)),
            (b"\0", Err(Away::Scanner)),
        ];
        for (answer, expected) in table {
            assert_eq!(read(answer), expected, "{}", String::from_utf8_lossy(answer));
        }
    }
}
