//! What everything that runs begins with: the database, the vault, and the way to the providers.

use std::{
    error::Error,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use backend::{
    blobs::Store,
    config::{ConfigError, Settings},
    ctx::{Chance, Clock, Ctx},
    db::{Db, doubts},
    identity::lawyers::Register,
    vault::Vault,
};

use crate::master_key;

/// Opens the database, which brings the schema up to date, and the vault.
pub async fn open(settings: Settings) -> Result<Ctx, Box<dyn Error + Send + Sync>> {
    let (chance, vault) = keys(&settings)?;
    let file = settings.database.url.strip_prefix("sqlite:").map(PathBuf::from);
    if let Some(folder) = file.as_deref().and_then(Path::parent) {
        std::fs::create_dir_all(folder)?;
    }
    if !settings.is_demo() {
        let refusals = doubts(&settings.database.url).await;
        if !refusals.is_empty() {
            return Err(ConfigError::Refused(refusals).into());
        }
    }
    let db = Db::open(&settings.database.url).await?;
    let (files, lawyers) = (Store::open(&settings.blobs)?, Register::open(&settings)?);
    Ok(Ctx { db, clock: Clock::system(), chance, vault, files, lawyers, settings: Arc::new(settings) })
}

/// The database as it is, for whoever watches: nothing is made and nothing brought up to date.
pub async fn attach(settings: Settings) -> Result<Ctx, Box<dyn Error + Send + Sync>> {
    let (chance, vault) = keys(&settings)?;
    let db = Db::attach(&settings.database.url).await?;
    let (files, lawyers) = (Store::nowhere(), Register::nobody());
    Ok(Ctx { db, clock: Clock::system(), chance, vault, files, lawyers, settings: Arc::new(settings) })
}

fn keys(settings: &Settings) -> Result<(Chance, Vault), Box<dyn Error + Send + Sync>> {
    let chance = Chance::system();
    let vault = Vault::new(master_key::load(settings, &chance)?)?;
    Ok((chance, vault))
}

/// The client that asks the providers; it follows nothing by itself. It keeps no line open: a provider may close an idle
/// one just as we speak, and what spends a code or pushes a request is not said twice.
pub fn http() -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.pool_max_idle_per_host(0).timeout(Duration::from_secs(10)).build()
}
