//! The test kit: a fresh database on each engine, a clock that stands still, chance from a seed.
//!
//! PostgreSQL is taken from `VARDE_TEST_PG_URL`, which `cargo xtask test` sets. Without it a test fails rather
//! than skip, unless `VARDE_TEST_WITHOUT=postgres` says that the part was left out on purpose.

#![expect(clippy::expect_used, reason = "a test kit that cannot set up must stop the test")]

mod database;
mod line;
pub mod pdf;
pub mod recorded;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant},
};

pub use database::{Database, put_file};
pub use line::{Break, Line};

use crate::{
    Result,
    blobs::Store,
    config::Settings,
    ctx::{Chance, Clock, Ctx},
    custody::{
        PublicUnit,
        inmates::{Inmate, NewInmate, place},
        put_unit,
    },
    db::{Command, Db, Tx},
    identity::lawyers::Register,
    vault::Vault,
};

/// 1 September 2026, 12.00 in Oslo: a Tuesday.
pub const NOON: Instant = Instant(1_788_256_800_000_000);

/// Settings over the demo's with which a production may start.
pub const SAFE_PRODUCTION: [(&str, &str); 16] = [
    ("VARDE_BLOBS__SCANNER", "unix:/run/clamav/clamd.ctl"),
    ("VARDE_ENVIRONMENT", "production"),
    ("VARDE_SERVER__BASE_URL", "https://varde.no"),
    ("VARDE_VAULT__MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ("VARDE_IDENTITY__SYNTHETIC_NUMBERS", "false"),
    ("VARDE_OIDC__CITIZEN__ISSUER", "https://idporten.no"),
    ("VARDE_OIDC__STAFF__ISSUER", "https://ansattporten.no"),
    ("VARDE_OIDC__CITIZEN__CLIENT_SECRET", "a-long-and-real-secret"),
    ("VARDE_OIDC__STAFF__CLIENT_SECRET", "another-long-real-secret"),
    ("VARDE_OIDC__VICTIM__ISSUER", "https://idporten.no"),
    ("VARDE_OIDC__VICTIM__CLIENT_SECRET", "one-more-long-real-secret"),
    ("VARDE_NOTICES__MAIL_FROM", "melding@posten-til-deg.no"),
    ("VARDE_NOTICES__DUTY_PHONES", "+4722000001 +4722000002 +4722000003"),
    ("VARDE_NOTICES__SMS_URL", "https://sms.leverandor.no/send"),
    ("VARDE_SMTP__HOST", "smtp.varde.no"),
    ("VARDE_SMTP__FROM", "ikke-svar@varde.no"),
];

/// A portal for one test.
pub struct Portal {
    pub ctx: Ctx,
    pub postgres: bool,
    file: Option<PathBuf>,
    _database: Option<Database>,
}

impl Portal {
    /// On SQLite, in a file of its own.
    pub async fn sqlite() -> Self {
        let file = std::env::temp_dir().join(format!("varde-test-{}-{}.db", std::process::id(), next()));
        put_file(&file).await;
        let db = Db::open(&format!("sqlite:{}", file.display())).await.expect("sqlite opens");
        Self { ctx: context(db), postgres: false, file: Some(file), _database: None }
    }

    /// On PostgreSQL, in a database of its own; none if the part was left out on purpose.
    pub async fn postgres() -> Option<Self> {
        let database = Database::new().await?;
        let db = Db::open(&database).await.expect("postgres opens");
        Some(Self { ctx: context(db), postgres: true, file: None, _database: Some(database) })
    }

    /// The unit that takes what matches no inmate.
    pub async fn intake(&self) -> Id<Unit> {
        self.unit_of("intake", "intake").await
    }

    /// An inmate of that unit, born on that day.
    pub async fn inmate(&self, name: &str, born: &str, unit: &Id<Unit>) -> Id<Inmate> {
        let birth_date = CivilDate::parse_iso(born).expect("a date");
        let new = NewInmate { name: name.into(), birth_date, number: None, unit: unit.clone() };
        place(&self.ctx, new).await.expect("inmate")
    }

    /// A unit of high security with this slug.
    pub async fn unit(&self, slug: &str) -> Id<Unit> {
        self.unit_of(slug, "high").await
    }

    async fn unit_of(&self, slug: &str, level: &str) -> Id<Unit> {
        let unit = PublicUnit {
            slug: slug.into(),
            name: format!("{slug} fengsel"),
            level: level.into(),
            region: "Øst".into(),
            place: slug.into(),
            address: "Gata 1".into(),
            phone: "+47 00 00 00 00".into(),
            email: format!("{slug}@varde.example"),
            travel: String::new(),
        };
        put_unit(&self.ctx, unit).await.expect("unit")
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            if let Some(file) = &self.file {
                let _ = std::fs::remove_file(format!("{}{end}", file.display()));
            }
        }
    }
}

/// Runs the test on SQLite and on PostgreSQL.
pub async fn on_both_engines(test: impl AsyncFn(Portal)) {
    test(Portal::sqlite().await).await;
    if let Some(portal) = Portal::postgres().await {
        test(portal).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "the test kit is told by the runner where PostgreSQL is")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether everything is wanted that multiplies without finding much more: `cargo xtask test --full` says so.
pub fn full() -> bool {
    setting("VARDE_FULL").is_some()
}

pub(crate) fn next() -> u32 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

fn context(db: Db) -> Ctx {
    let vault = Vault::new([42; 32]).expect("a vault");
    let settings = Settings::from_text(include_str!("../../Leptos.toml"), &[]).expect("the demo's settings");
    let (clock, chance, files) = (Clock::fake(NOON), Chance::seeded(7), Store::nowhere());
    let lawyers = Register::open(&settings).expect("the demo's register");
    Ctx { db, clock, chance, vault, files, lawyers, settings: Arc::new(settings) }
}

/// A valid synthetic number (Tenor series, month + 80), another for each `n`.
pub fn synthetic_number(n: u32) -> String {
    let mut found = (0..1_000u32).filter_map(|serial| {
        let (day, year) = (1 + serial / 100, 50 + serial % 50);
        (0..100u32)
            .map(|tail| format!("{day:02}81{year:02}{serial:03}{tail:02}"))
            .find(|text| domain::kernel::NationalId::parse(text).is_ok())
    });
    found.nth(n as usize).expect("there are enough")
}

/// The number of whoever signs in with this subject: always the same, and another for another.
pub fn number_of(subject: &str) -> domain::kernel::NationalId {
    let n = subject.bytes().fold(7u32, |n, b| n.wrapping_mul(31).wrapping_add(u32::from(b))) % 997;
    domain::kernel::NationalId::parse(&synthetic_number(n)).expect("a number")
}

/// Statements run as they are: to prepare a state that no command makes.
pub struct Raw(pub &'static str);

impl Command for Raw {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(self.0, vec![]).await
    }
}
