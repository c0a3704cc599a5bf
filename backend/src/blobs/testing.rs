//! For tests: files of any length, and a real clamd with a small database of its own.

#![expect(clippy::expect_used, reason = "a test kit that cannot set up must stop the test")]

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::config::ScannerAddress;

const PDF_HEAD: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n";
const PDF_TAIL: &[u8] = b"\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A PDF of exactly this length, each byte telling where it stands.
pub fn pdf(length: usize) -> Vec<u8> {
    let filler = length.checked_sub(PDF_HEAD.len() + PDF_TAIL.len()).expect("long enough");
    let filler: Vec<u8> =
        (0..filler).map(|n| if n % 64 == 0 { b'\n' } else { b'a' + (n * 7 % 25) as u8 }).collect();
    [PDF_HEAD, &filler, PDF_TAIL].concat()
}

/// A PDF with these bytes in it.
pub fn pdf_with(words: &[u8]) -> Vec<u8> {
    [PDF_HEAD, words, PDF_TAIL].concat()
}

/// The test file that every scanner knows (EICAR), in two halves, so that none finds it in this program.
pub fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// What the own signature of [`Clamd`] finds.
pub const OWN_SIGN: &str = "varde-own-signature-of-the-tests";

/// A scanner of one test.
pub struct Clamd {
    folder: PathBuf,
    child: Option<Child>,
}

impl Clamd {
    /// A place for one; it is not running yet.
    pub fn away() -> Self {
        // Short, for the path of a socket may have 107 bytes.
        let folder = std::env::temp_dir().join(format!(
            "varde-clam-{}-{}",
            std::process::id(),
            crate::testing::next()
        ));
        std::fs::create_dir_all(folder.join("db")).expect("a folder");
        let hex = |text: &str| text.bytes().map(|b| format!("{b:02x}")).collect::<String>();
        let signs = format!("Varde.Eicar:0:*:{}\nVarde.Own:0:*:{}\n", hex(&eicar()), hex(OWN_SIGN));
        std::fs::write(folder.join("db/varde.ndb"), signs).expect("signatures");
        let (db, socket) = (folder.join("db"), folder.join("s"));
        let settings = format!(
            "DatabaseDirectory {}\nLocalSocket {}\nForeground yes\nFixStaleSocket yes\nExitOnOOM yes\nMaxThreads 2\n\
             StreamMaxLength 64M\nMaxScanSize 64M\nMaxFileSize 64M\nAlertExceedsMax yes\n",
            db.display(),
            socket.display()
        );
        std::fs::write(folder.join("clamd.conf"), settings).expect("settings");
        Self { folder, child: None }
    }

    pub fn address(&self) -> ScannerAddress {
        ScannerAddress::Unix(self.folder.join("s").display().to_string())
    }

    /// As a setting names it.
    pub fn setting(&self) -> String {
        format!("unix:{}", self.folder.join("s").display())
    }

    /// Missing, it makes the test fail: `cargo xtask test` installs it (clamav-daemon).
    pub async fn start(&mut self) {
        let mut command = Command::new(if std::path::Path::new("/usr/sbin/clamd").exists() {
            "/usr/sbin/clamd"
        } else {
            "clamd"
        });
        command.arg("--config-file").arg(self.folder.join("clamd.conf"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.child = Some(command.spawn().expect("clamd is installed"));
        for _ in 0..600 {
            if tokio::net::UnixStream::connect(self.folder.join("s")).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("clamd does not answer within 30 s");
    }

    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
