//! What stands in deploy, tried without a cluster and without a machine of its own: the manifests against the published
//! schemas, the proxy's file by the proxy, the units by systemd's own judge where there is one.

use std::path::{Path, PathBuf};

use crate::api::{bin, environment};
use crate::tool::{at, program, root, run_quietly, target};

/// The worst that systemd may say of a unit, of 100: 20 is where it stops saying "OK".
const EXPOSURE: &str = "20";

pub const JUDGE: &str = "/usr/bin/systemd-analyze";

pub fn check() -> Result<(), String> {
    environment()?;
    let files = named(&root().join("deploy/kubernetes"), "yaml")?;
    for file in files.iter().filter(|file| !file.ends_with("kustomization.yaml")) {
        let mut validate = program(bin("kubernetes-validate"), &["--strict", "--quiet"]);
        validate.arg(file);
        run_quietly(validate)?;
    }
    proxy()?;
    for unit in named(&root().join("deploy/systemd"), "service")? {
        let mut security =
            program(JUDGE, &["security", "--offline=true", "--no-pager", "--threshold", EXPOSURE]);
        security.arg(unit);
        run_quietly(security)?;
    }
    Ok(())
}

/// All files of a kind in a folder; none at all is a mistake.
fn named(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = at(folder, std::fs::read_dir(folder))?;
    let files = entries.flatten().map(|entry| entry.path());
    let files: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|end| end == ending)).collect();
    if files.is_empty() { Err(format!("nothing in {}", folder.display())) } else { Ok(files) }
}

/// The proxy wants a certificate to read and machines with names that it finds: here it gets its own.
fn proxy() -> Result<(), String> {
    let from = root().join("deploy/haproxy.cfg");
    let text = at(&from, std::fs::read_to_string(&from))?;
    let text = text.replace(":443 ssl crt /etc/haproxy/varde.pem alpn h2,http/1.1", "127.0.0.1:8443");
    let text = text.replace("varde-1.internal", "127.0.0.1").replace("varde-2.internal", "127.0.0.1");
    let file = target().join("haproxy.cfg");
    at(&file, std::fs::write(&file, text))?;
    let haproxy = if Path::new("/usr/sbin/haproxy").exists() { "/usr/sbin/haproxy" } else { "haproxy" };
    let mut command = program(haproxy, &["-c", "-q", "-f"]);
    command.arg(file);
    run_quietly(command).map(|_| ())
}
