//! Starts the portal on a port of its own, and a browser that keeps cookies and follows nothing by itself.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use backend::{
    blobs::Store,
    config::Settings,
    ctx::{Chance, Clock, Ctx},
    db::{Command, Db, Tx},
    demo,
    identity::lawyers::Register,
    testing,
    vault::Vault,
};
use reqwest::{Method, RequestBuilder, StatusCode, header};
use server::{listener, router};
use tokio::{
    net::TcpListener,
    sync::{OnceCell, oneshot},
};

pub struct Portal {
    pub base: String,
    pub ctx: Ctx,
    folder: tempfile::TempDir,
    _database: Option<testing::Database>,
    _stop: oneshot::Sender<()>,
}

/// Where a portal keeps what it knows.
struct Place {
    folder: tempfile::TempDir,
    url: String,
    /// Kept as long as the portal.
    database: Option<testing::Database>,
    /// The demo's units are there already.
    is_seeded: bool,
}

/// The units of the demo take longer than most tests: they are put there once, and copied.
static FILE: OnceCell<PathBuf> = OnceCell::const_new();
static DATABASE: OnceCell<testing::Database> = OnceCell::const_new();

/// Seeds it and lets go of it.
async fn seed(url: &str) {
    let settings = Settings::from_text(include_str!("../../../Leptos.toml"), &[]).expect("settings");
    let ctx = Ctx {
        db: Db::open(url).await.expect("a database"),
        clock: Clock::system(),
        chance: Chance::system(),
        vault: Vault::new([7; 32]).expect("a vault"),
        files: Store::nowhere(),
        lawyers: Register::open(&settings).expect("a lawyers' register"),
        settings: Arc::new(settings),
    };
    demo::seed(&ctx).await.expect("the demo's units");
    ctx.db.close().await;
}

async fn seeded_file() -> PathBuf {
    let file = std::env::temp_dir().join(format!("varde-seeded-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    testing::put_file(&file).await;
    seed(&format!("sqlite:{}", file.display())).await;
    file
}

impl Place {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("varde.db");
        testing::put_file(&file).await;
        let url = format!("sqlite:{}", file.display());
        Self { folder, url, database: None, is_seeded: false }
    }

    /// With the demo's units as they are now.
    async fn seeded_sqlite() -> Self {
        let place = Self::sqlite().await;
        let model = FILE.get_or_init(seeded_file).await;
        std::fs::copy(model, place.folder.path().join("varde.db")).expect("a file is copied");
        Self { is_seeded: true, ..place }
    }

    async fn seeded_postgres() -> Option<Self> {
        let model = DATABASE.get_or_try_init(|| async {
            let model = testing::Database::new().await.ok_or(())?;
            seed(&model).await;
            Ok::<_, ()>(model)
        });
        let database = model.await.ok()?.copy().await;
        let folder = tempfile::tempdir().expect("a folder");
        Some(Self { folder, url: database.to_string(), database: Some(database), is_seeded: true })
    }

    async fn postgres() -> Option<Self> {
        let database = testing::Database::new().await?;
        let folder = tempfile::tempdir().expect("a folder");
        Some(Self { folder, url: database.to_string(), database: Some(database), is_seeded: false })
    }
}

/// The demo's sender has one key in all of them: to make it takes longer than many a test.
static SENDER: std::sync::LazyLock<String> =
    std::sync::LazyLock::new(|| testid::Key::generate_pem().expect("a key"));

impl Portal {
    /// On SQLite, in a folder of its own.
    pub async fn start() -> Self {
        Self::start_by(Clock::system(), &[]).await
    }

    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        Self::start_by(Clock::system(), settings).await
    }

    /// With a clock that stands still until the test sets it.
    pub async fn start_standing() -> Self {
        Self::start_standing_with(&[]).await
    }

    pub async fn start_standing_with(settings: &[(&str, &str)]) -> Self {
        Self::start_by(Clock::fake(Clock::system().now()), settings).await
    }

    async fn start_by(clock: Clock, settings: &[(&str, &str)]) -> Self {
        Self::on(Place::seeded_sqlite().await, (clock, Chance::system()), settings).await
    }

    /// The same on PostgreSQL; `None` if the part was left out on purpose.
    pub async fn start_standing_on_postgres() -> Option<Self> {
        let origin = (Clock::fake(Clock::system().now()), Chance::system());
        Some(Self::on(Place::seeded_postgres().await?, origin, &[]).await)
    }

    pub fn wait_minutes(&self, minutes: i64) {
        self.ctx.clock.set(self.ctx.now().plus_minutes(minutes));
    }

    /// On PostgreSQL; `None` if the part was left out on purpose.
    pub async fn start_on_postgres() -> Option<Self> {
        let origin = (Clock::system(), Chance::system());
        Some(Self::on(Place::seeded_postgres().await?, origin, &[]).await)
    }

    /// At this database, such as one behind a line that breaks.
    pub async fn start_at(url: String) -> Self {
        let place =
            Place { folder: tempfile::tempdir().expect("a folder"), url, database: None, is_seeded: false };
        Self::on(place, (Clock::system(), Chance::system()), &[]).await
    }

    /// One of several that differ in one thing alone: the same day, the same chance. None if PostgreSQL was left out
    /// on purpose.
    pub async fn start_in_world(chance: Chance, postgres: bool) -> Option<Self> {
        let place = if postgres { Place::postgres().await? } else { Place::sqlite().await };
        Some(Self::on(place, (Clock::fake(testing::NOON), chance), &[]).await)
    }

    async fn on(place: Place, (clock, chance): (Clock, Chance), more: &[(&str, &str)]) -> Self {
        let Place { folder, url, database, is_seeded } = place;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        let root = folder.path().display().to_string();
        let files = folder.path().join("files").display().to_string();
        let sender = folder.path().join("sender.pem").display().to_string();
        std::fs::write(&sender, SENDER.as_str()).expect("a key");
        let mut settings: Vec<(&str, &str)> = vec![
            ("VARDE_SERVER__BASE_URL", &base),
            ("VARDE_DATABASE__URL", &url),
            ("VARDE_SITE__ROOT", &root),
            ("VARDE_BLOBS__STORE", &files),
            ("VARDE_MASKINPORTEN__DEMO_KEY_FILE", &sender),
            ("VARDE_LIMITS__REQUESTS_PER_MINUTE", "100000"),
            ("VARDE_LIMITS__WRITES_PER_MINUTE", "100000"),
        ];
        settings.extend_from_slice(more);
        let settings =
            Settings::from_text(include_str!("../../../Leptos.toml"), &settings).expect("settings");
        let ctx = Ctx {
            db: Db::open(&url).await.expect("a database"),
            clock,
            chance,
            vault: Vault::new([7; 32]).expect("a vault"),
            files: Store::open(&settings.blobs).expect("a store of files"),
            lawyers: Register::open(&settings).expect("a lawyers' register"),
            settings: Arc::new(settings),
        };
        if !is_seeded {
            demo::seed(&ctx).await.expect("the demo's units");
        }
        let public = router::public(&ctx, &client()).expect("a router");
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async move {
            let _ = stopped.await;
        };
        let patience = Duration::from_secs(ctx.settings.limits.header_seconds);
        tokio::spawn(listener::serve(listener, public, patience, stopped));
        Self { base, ctx, folder, _database: database, _stop: stop }
    }

    /// The folder of the site's files.
    pub fn site(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn browser(&self) -> Browser {
        Browser { base: self.base.clone(), client: client(), cookies: Arc::default() }
    }

    /// A statement: a state that no command makes, or a fault.
    pub async fn run(&self, sql: &'static str) {
        self.ctx.db.write(Sql(sql)).await.expect("it runs");
    }

    /// How many rows an audit action with this detail has left.
    pub async fn audited(&self, action: &'static str, detail: &str) -> i64 {
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = $1 AND detail = $2";
        let (count,): (i64,) = self.ctx.db.one(sql, backend::args![action, detail]).await.expect("a count");
        count
    }
}

struct Sql(&'static str);

impl Command for Sql {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> backend::Result<()> {
        tx.execute(self.0, vec![]).await.map(|_| ())
    }
}

/// Keeps no line open, as the portal's own: the other end may close an idle one just as we speak.
pub fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.pool_max_idle_per_host(0).build().expect("a client")
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub text: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of a field in a page that is not ours.
    pub fn hidden_loose(&self, name: &str) -> String {
        let at = self.text.find(&format!("name=\"{name}\"")).expect("the field");
        let rest = &self.text[at..];
        let start = rest.find("value=\"").expect("a value") + "value=\"".len();
        rest[start..].split('"').next().expect("a value").to_owned()
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let at = self.text.find(&start).expect("the field") + start.len();
        self.text[at..].split('"').next().expect("a value").to_owned()
    }
}

/// A browser without script.
#[derive(Clone)]
pub struct Browser {
    base: String,
    client: reqwest::Client,
    pub cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let cookies = self.cookies.lock().expect("cookies");
        let line: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, url).header(header::ACCEPT, "text/html");
        if line.is_empty() { request } else { request.header(header::COOKIE, line.join("; ")) }
    }

    pub async fn send(&self, request: RequestBuilder) -> Page {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        self.keep(&headers);
        Page { status, headers, text: answer.text().await.expect("text") }
    }

    /// Cookies as a browser keeps them: an empty one is gone.
    fn keep(&self, headers: &http::HeaderMap) {
        let mut cookies = self.cookies.lock().expect("cookies");
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// A form of our own page, as a browser posts it.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let request = self.request(Method::POST, path).header("sec-fetch-site", "same-origin");
        self.send(request.form(form)).await
    }

    /// Off to the provider: the address it is sent to.
    pub async fn start_sign_in(&self, area: &str, return_to: &str) -> String {
        self.start_with(area, &[("return_to", return_to)]).await
    }

    /// The same with the fields of a form of ours.
    pub async fn start_with(&self, area: &str, form: &[(&str, &str)]) -> String {
        let page = self.post(&format!("/auth/{area}/start"), form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        page.location().to_owned()
    }

    /// Chooses a persona there: the address of the callback.
    pub async fn choose(&self, area: &str, authorize: &str, persona: &str, level: &str) -> String {
        self.choose_forged(area, authorize, (persona, level), "").await
    }

    /// The same, with something wrong in the token that comes of it.
    pub async fn choose_forged(
        &self,
        area: &str,
        authorize: &str,
        (persona, level): (&str, &str),
        forgery: &str,
    ) -> String {
        let key = self.get(authorize).await.hidden("request");
        let form = [("request", key.as_str()), ("persona", persona), ("level", level), ("forge", forgery)];
        let chosen = self.post(&format!("/testid/{area}/authorize"), &form).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
        chosen.location().to_owned()
    }

    pub async fn sign_in(&self, area: &str, persona: &str, return_to: &str) -> Page {
        let authorize = self.start_sign_in(area, return_to).await;
        let callback = self.choose(area, &authorize, persona, "high").await;
        self.get(&callback).await
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("cookies").get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().expect("cookies").insert(name.to_owned(), value.to_owned());
    }
}
