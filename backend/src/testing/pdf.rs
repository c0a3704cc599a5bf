//! PDFs in the eyes of programs that share nothing with ours: qpdf, and poppler's pdfinfo and pdftotext. A missing one makes
//! the test fail: `cargo xtask test` installs them.

use std::{path::PathBuf, process::Command};

/// On a disk, as long as it is looked at.
pub struct File(PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

pub fn file(bytes: &[u8]) -> File {
    let path = std::env::temp_dir().join(format!("varde-{}-{}.pdf", std::process::id(), super::next()));
    std::fs::write(&path, bytes).expect("written");
    File(path)
}

fn said(program: &str, before: &[&str], file: &File, after: &[&str]) -> (bool, String) {
    let mut command = Command::new(program);
    let output = command.args(before).arg(&file.0).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is installed: {error}"));
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// Whole and sound, without a warning.
pub fn checked(file: &File) {
    let (sound, text) = said("qpdf", &["--check"], file, &[]);
    assert!(sound, "{text}");
}

/// Without the spaces that make columns of it.
pub fn info(file: &File) -> String {
    let text = said("pdfinfo", &[], file, &[]).1;
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

/// The tree that a screen reader walks.
pub fn structure(file: &File) -> String {
    said("pdfinfo", &["-struct"], file, &[]).1
}

pub fn text(file: &File) -> String {
    said("pdftotext", &["-layout"], file, &["-"]).1
}

/// The same document with its objects packed into streams, as newer programs write it.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let (from, to) = (file(bytes), file(b""));
    let target = to.0.display().to_string();
    let (done, text) =
        said("qpdf", &["--object-streams=generate", "--compress-streams=y"], &from, &[&target]);
    assert!(done, "{text}");
    std::fs::read(&to.0).expect("written")
}
