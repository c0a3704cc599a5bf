//! `dist`: what is put on a server. target/dist holds the binary, hash.txt beside it (leptos looks
//! there), the site and the settings file.

use crate::site::{self, Profile, without_dev_flags};
use crate::steps::step;
use crate::tool::{at, cargo, program, root, run, target};
use crate::{Options, setup};

pub fn dist(options: &Options) -> Result<(), String> {
    step("set-up", setup::base)?;
    step("site", || site::build(Profile::Release))?;
    step("size budget", || site::budget(options.record_size))?;
    step("server", || {
        let mut build = cargo(&["build", "--package", "server", "--release"]);
        without_dev_flags(&mut build);
        run(build)
    })?;
    step("target/dist", collect)?;
    println!("start it with: cd target/dist && VARDE_SITE__ROOT=site ./varde serve");
    Ok(())
}

fn collect() -> Result<(), String> {
    let dist = target().join("dist");
    if dist.exists() {
        at(&dist, std::fs::remove_dir_all(&dist))?;
    }
    at(&dist, std::fs::create_dir_all(&dist))?;
    let release = target().join("release");
    for from in [release.join("varde"), release.join("hash.txt"), root().join("Leptos.toml")] {
        at(&from, std::fs::copy(&from, dist.join(from.file_name().unwrap_or_default())))?;
    }
    let (site, to) = (target().join("site").display().to_string(), dist.display().to_string());
    run(program("cp", &["-r", &site, &to]))
}
