//! A copy of a SQLite database while it is at work, and a copy put in its place. A copy is whole or it is not there:
//! it is written beside, checked, brought to the disk, and only then given its name. PostgreSQL has its own tools.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error(
        "PostgreSQL has its own tools: pg_dump --format=custom, and pg_restore into an empty database; see OPERATIONS"
    )]
    Postgres,
    #[error("{0} is there already")]
    Exists(PathBuf),
    #[error("{0} is not there")]
    Missing(PathBuf),
    #[error("{0} holds a database: say --overwrite to put the copy in its place")]
    NotEmpty(PathBuf),
    #[error("{0} is in use: stop every server and worker first")]
    InUse(PathBuf),
    #[error("{0} is there, and another backup is at work in that folder: wait for its end")]
    AtWork(PathBuf),
    #[error("the copy is not whole: {0}")]
    NotWhole(String),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("{0}")]
    File(#[from] io::Error),
}

type Result<T> = std::result::Result<T, Trouble>;

/// Copies the database at `url` to a new file. Readers and writers go on meanwhile; the copy is of one moment.
pub async fn backup(url: &str, to: &Path) -> Result<()> {
    let from = file(url)?;
    if !from.exists() {
        return Err(Trouble::Missing(from));
    }
    if to.exists() {
        return Err(Trouble::Exists(to.to_owned()));
    }
    let part = Part::new(to)?;
    copy(&from, &part.file).await?;
    to_disk(&part.file)?;
    fs::rename(&part.file, to)?;
    to_disk(to)
}

/// A copy on its way. Whatever ends it, nothing of it stays under this name.
struct Part {
    file: PathBuf,
    /// Locked as long as anybody makes a copy there: so it is known whether one that lies there is still being made.
    _folder: File,
}

impl Part {
    fn new(to: &Path) -> Result<Self> {
        let (file, folder) = (beside(to, "part"), File::open(folder(to))?);
        if file.exists() {
            // Whoever made it is gone if nobody is at work.
            folder.try_lock().map_err(|_| Trouble::AtWork(file.clone()))?;
            fs::remove_file(&file)?;
        }
        // Where a folder cannot be locked an old one has to be removed by hand.
        let _ = folder.try_lock_shared();
        private(&file)?;
        Ok(Self { file, _folder: folder })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

async fn copy(from: &Path, part: &Path) -> Result<()> {
    let mut connection = open(from).await?;
    // It copies inside one read transaction, and leaves out what was deleted.
    sqlx::query("VACUUM INTO $1").bind(part.to_string_lossy().into_owned()).execute(&mut connection).await?;
    connection.close().await?;
    check(part).await
}

/// A copy beside the database whose place it is to take, checked page by page.
pub struct Staged {
    target: PathBuf,
    file: PathBuf,
}

impl Staged {
    /// Refuses at once what `put` would refuse in the end.
    pub async fn new(url: &str, from: &Path, overwrite: bool) -> Result<Self> {
        let target = file(url)?;
        if !from.exists() {
            return Err(Trouble::Missing(from.to_owned()));
        }
        free(&target, overwrite).await?;
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let staged = Self { file: beside(&target, "restoring"), target };
        staged.drop_file();
        match staged.fill(from).await {
            Ok(()) => Ok(staged),
            Err(trouble) => {
                staged.drop_file();
                Err(trouble)
            }
        }
    }

    async fn fill(&self, from: &Path) -> Result<()> {
        private(&self.file)?;
        // Not `fs::copy`, which would give it the copy's own permissions.
        io::copy(&mut File::open(from)?, &mut OpenOptions::new().write(true).open(&self.file)?)?;
        check(&self.file).await
    }

    pub fn url(&self) -> String {
        format!("sqlite:{}", self.file.display())
    }

    /// Gives the copy its place. What was there is kept beside it, and where is told.
    pub async fn put(self, overwrite: bool) -> Result<Option<PathBuf>> {
        rest(&self.file).await?;
        free(&self.target, overwrite).await?;
        let kept = self.target.exists().then(|| unused(&self.target));
        if let Some(kept) = &kept {
            fs::rename(&self.target, kept)?;
            // What could not be folded into a damaged file goes with it: it may hold the newest of all.
            for end in LOGS.into_iter().filter(|end| logs(&self.target, end).exists()) {
                fs::rename(logs(&self.target, end), logs(kept, end))?;
            }
        }
        fs::rename(&self.file, &self.target)?;
        to_disk(&self.target)?;
        Ok(kept)
    }

    /// Takes the copy away again: it was not what it should be.
    pub fn drop_file(&self) {
        let _ = fs::remove_file(&self.file);
        for end in LOGS {
            let _ = fs::remove_file(logs(&self.file, end));
        }
    }
}

/// What SQLite keeps beside a database in use.
const LOGS: [&str; 3] = ["wal", "shm", "journal"];

fn logs(file: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}-{end}", file.display()))
}

/// The file behind the address of a database.
fn file(url: &str) -> Result<PathBuf> {
    if !url.starts_with("sqlite:") {
        return Err(Trouble::Postgres);
    }
    Ok(SqliteConnectOptions::from_str(url)?.get_filename().to_owned())
}

fn beside(file: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}.{end}", file.display()))
}

/// The first name beside the database under which nothing is kept yet: a second restore must not take the place of
/// what the first one put aside.
fn unused(target: &Path) -> PathBuf {
    let mut kept = beside(target, "replaced");
    let mut n = 1;
    while kept.exists() {
        n += 1;
        kept = beside(target, &format!("replaced-{n}"));
    }
    kept
}

/// A new empty file that nobody else may read.
fn private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(|_| ())
}

/// Content and name are on the disk.
fn to_disk(path: &Path) -> Result<()> {
    File::open(path)?.sync_all()?;
    Ok(File::open(folder(path))?.sync_all()?)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

async fn open(path: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(5));
    Ok(options.connect().await?)
}

/// Every page, every index and every reference.
async fn check(path: &Path) -> Result<()> {
    let mut connection = open(path).await?;
    let pages: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check").fetch_all(&mut connection).await?;
    let lost = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await?.len();
    connection.close().await?;
    match pages.as_slice() {
        [(ok,)] if ok == "ok" && lost == 0 => Ok(()),
        [(ok,)] if ok == "ok" => Err(Trouble::NotWhole(format!("{lost} rows point at nothing"))),
        other => Err(Trouble::NotWhole(other.first().map(|(told,)| told.clone()).unwrap_or_default())),
    }
}

/// Whether a copy may take this place: nobody works there, and nothing is there, or it may go.
async fn free(target: &Path, overwrite: bool) -> Result<()> {
    if !target.exists() {
        return Ok(());
    }
    match rest(target).await {
        Err(Trouble::InUse(file)) => return Err(Trouble::InUse(file)),
        // What cannot be read is what a copy is for; it still goes only when told.
        Err(_) if overwrite => return Ok(()),
        Err(_) => return Err(Trouble::NotEmpty(target.to_owned())),
        Ok(()) => {}
    }
    let mut connection = open(target).await?;
    let (tables,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    if tables > 0 && !overwrite { Err(Trouble::NotEmpty(target.to_owned())) } else { Ok(()) }
}

/// Folds the log into the file and leaves WAL, which SQLite does only for the last one that has it open.
async fn rest(path: &Path) -> Result<()> {
    let mut connection = open(path).await?;
    let mode =
        sqlx::query_as::<_, (String,)>("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await;
    let closed = connection.close().await;
    match mode {
        Ok((mode,)) if mode == "delete" => Ok(closed?),
        Ok(_) => Err(Trouble::InUse(path.to_owned())),
        Err(sqlx::Error::Database(e)) if e.message().contains("locked") => {
            Err(Trouble::InUse(path.to_owned()))
        }
        Err(other) => Err(other.into()),
    }
}
