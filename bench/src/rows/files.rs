//! P15: what a file costs beside its bare bytes on the disk, in time and in memory; fifty at once; and its way out.

use std::{path::Path, time::Instant};

use backend::{
    blobs::{self, Appender, New, Scanner, Uploader, testing::pdf},
    ctx::{Actor, Ctx},
    custody::put_unit,
    visits::booking::testing::{Member, Stage, Whom},
};
use domain::blobs::FileName;
use reqwest::{Client, Method, RequestBuilder, Response};
use tokio::task::JoinSet;

use crate::{
    Failure, booking,
    process::Portal,
    report::{Row, Target},
    stats::{median, ratio},
};

const ROUNDS: usize = 7;
const LARGE: usize = 20_000_000;
const SMALL: usize = 2_000_000;
const AT_ONCE: usize = 50;
const MIB: f64 = 1024.0;
/// `kind letter` and a name, as tus writes them.
const LETTER: &str = "filename YS5wZGY=,kind bGV0dGVy";

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let (database, store) = (format!("sqlite:{}", folder.join("files.db").display()), folder.join("files"));
    let store = store.display().to_string();
    let settings = [("VARDE_BLOBS__STORE", store.as_str())];
    let ctx = booking::ctx_with(&database, &settings).await?;
    backend::demo::seed(&ctx).await?;
    let stage = Stage::new(&ctx, put_unit(&ctx, booking::unit()).await?).await;
    let people = stage.crowd(AT_ONCE, Whom::OneEach).await;
    let own = clean(&ctx, &people[0], &pdf(LARGE)).await?;
    ctx.db.close().await;
    let portal = Portal::start_with(folder, &database, table, &settings).await?;
    let client = Client::new();
    let side = Side { portal: &portal, client: &client };
    // What a first upload makes ready once and for all is no upload's.
    side.upload(&people[0], &pdf(LARGE)).await?;
    let mut rows = vec![side.beside_raw(&people[0]).await?];
    rows.extend(side.memory(&people[0]).await?);
    rows.extend(side.many(&people).await?);
    rows.push(side.download(&people[0], &own).await?);
    Ok(rows)
}

/// A file that may be read, made without a server.
async fn clean(ctx: &Ctx, who: &Member, bytes: &[u8]) -> Result<String, Failure> {
    let sender = Uploader::of(&Actor::Citizen(who.citizen.clone())).ok_or("nobody who sends")?;
    let new = New {
        kind: "letter".into(),
        draft: None,
        name: FileName::clean("a.pdf"),
        declared: "application/pdf".into(),
        length: Some(bytes.len() as u64),
    };
    let upload = blobs::begin(ctx, &sender, new).await?.map_err(|why| format!("not begun: {why:?}"))?;
    let broken = |why| format!("not sent: {why:?}");
    let mut appender = Appender::at(ctx, upload, 0, None).await.map_err(broken)?;
    appender.push(bytes).await.map_err(broken)?;
    let upload = blobs::finish(ctx, appender.end().await.map_err(broken)?).await?;
    while blobs::check_due(ctx, &Scanner::Demo).await? > 0 {}
    Ok(format!("/files/{}", upload.public()?))
}

/// The portal, and who asks it.
#[derive(Clone, Copy)]
struct Side<'a> {
    portal: &'a Portal,
    client: &'a Client,
}

fn tus(client: &Client, who: &Member, method: Method, url: String) -> RequestBuilder {
    client
        .request(method, url)
        .header("tus-resumable", "1.0.0")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("varde_citizen={}", who.cookie))
}

/// One file from its first request to its last answer; where it is.
async fn sent(client: &Client, base: &str, who: &Member, bytes: Vec<u8>) -> Result<String, Failure> {
    let create = tus(client, who, Method::POST, format!("{base}/files")).header("upload-length", bytes.len());
    let made = create.header("upload-metadata", LETTER).send().await?.error_for_status()?;
    let path = made.headers().get("location").ok_or("no place")?.to_str()?.to_owned();
    let patch = tus(client, who, Method::PATCH, format!("{base}{path}")).header("upload-offset", "0");
    let patch = patch.header("content-type", "application/offset+octet-stream").body(bytes);
    patch.send().await?.error_for_status()?;
    Ok(path)
}

async fn whole(mut answer: Response) -> Result<usize, Failure> {
    let mut all = 0;
    while let Some(piece) = answer.chunk().await? {
        all += piece.len();
    }
    Ok(all)
}

impl Side<'_> {
    fn base(&self) -> &str {
        &self.portal.process.base
    }

    /// Sends a file and takes it away again, which is not counted. Seconds.
    async fn upload(&self, who: &Member, bytes: &[u8]) -> Result<f64, Failure> {
        let (start, base) = (Instant::now(), self.base());
        let path = sent(self.client, base, who, bytes.to_vec()).await?;
        let took = start.elapsed().as_secs_f64();
        tus(self.client, who, Method::DELETE, format!("{base}{path}")).send().await?.error_for_status()?;
        Ok(took)
    }

    async fn raw(&self, bytes: &[u8]) -> Result<f64, Failure> {
        let start = Instant::now();
        let request = self.client.post(format!("{}/raw", self.portal.hello)).body(bytes.to_vec());
        request.send().await?.error_for_status()?;
        Ok(start.elapsed().as_secs_f64())
    }

    async fn beside_raw(&self, who: &Member) -> Result<Row, Failure> {
        let (file, mut ours, mut theirs) = (pdf(LARGE), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(LARGE as f64 / 1e6 / self.upload(who, &file).await?);
            theirs.push(LARGE as f64 / 1e6 / self.raw(&file).await?);
        }
        let beside = format!("{:.0} MB/s, {:.0} MB/s", median(&ours), median(&theirs));
        let what = "20 MB by tus, sealed, read back, hashed and judged ÷ its bare bytes to the disk";
        Ok(Row::new("P15.time", what, ratio(&ours, &theirs), Target::AtLeast(0.6), beside))
    }

    /// How much more is resident at most while something is done, in MiB.
    async fn peak<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<f64, Failure> {
        let process = &self.portal.process;
        process.forget_peak()?;
        let before = process.resident()?;
        work.await?;
        Ok((process.peak()? - before).max(0.0) / MIB)
    }

    async fn memory(&self, who: &Member) -> Result<[Row; 2], Failure> {
        let (large, small) = (pdf(LARGE), pdf(SMALL));
        let (mut of_large, mut of_small) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            of_large.push(self.peak(self.upload(who, &large)).await?);
            of_small.push(self.peak(self.upload(who, &small)).await?);
        }
        let beside = format!("{:.2} MiB of 20 MB, {:.2} MiB of 2 MB", median(&of_large), median(&of_small));
        let one = [1.0; ROUNDS];
        let what = "peak memory of one upload of 20 MB, in MiB";
        let memory =
            Row::new("P15.memory", what, ratio(&of_large, &one), Target::AtMost(2.0), beside.clone());
        // What neither needs is nobody's; a twentieth of a MiB is the kernel's own rounding.
        let floor = |all: &[f64]| all.iter().map(|mib| mib.max(0.05)).collect::<Vec<_>>();
        let what = "peak memory of 20 MB ÷ of 2 MB";
        let flat = ratio(&floor(&of_large), &floor(&of_small));
        Ok([memory, Row::new("P15.flat", what, flat, Target::None, beside)])
    }

    /// The same files from as many people, all at once and one after the other.
    async fn many(&self, people: &[Member]) -> Result<[Row; 2], Failure> {
        let (file, mut at_once, mut in_turn, mut peaks) = (pdf(SMALL), Vec::new(), Vec::new(), Vec::new());
        let all = (people.len() * SMALL) as f64 / 1e6;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            peaks.push(self.peak(self.together(people, &file)).await? / people.len() as f64);
            at_once.push(all / start.elapsed().as_secs_f64());
            let mut seconds = 0.0;
            for who in people {
                seconds += self.upload(who, &file).await?;
            }
            in_turn.push(all / seconds);
        }
        let beside = format!("{:.0} MB/s, {:.0} MB/s", median(&at_once), median(&in_turn));
        let what = "50 uploads at once ÷ the same 50 one after the other";
        let speed = Row::new("P15.many", what, ratio(&at_once, &in_turn), Target::AtLeast(0.8), beside);
        let what = "peak memory of each of 50 uploads at once, in MiB";
        let beside = format!("{:.2} MiB each", median(&peaks));
        let memory = Row::new("P15.each", what, ratio(&peaks, &[1.0; ROUNDS]), Target::AtMost(2.0), beside);
        Ok([speed, memory])
    }

    async fn together(&self, people: &[Member], file: &[u8]) -> Result<(), Failure> {
        let mut running = JoinSet::new();
        for who in people {
            let (client, base, who, bytes) =
                (self.client.clone(), self.base().to_owned(), who.clone(), file.to_vec());
            running.spawn(async move {
                let path = sent(&client, &base, &who, bytes).await?;
                let end = tus(&client, &who, Method::DELETE, format!("{base}{path}"));
                end.send().await?.error_for_status()?;
                Ok::<_, Failure>(())
            });
        }
        while let Some(done) = running.join_next().await {
            done??;
        }
        Ok(())
    }

    async fn download(&self, who: &Member, own: &str) -> Result<Row, Failure> {
        self.raw(&pdf(LARGE)).await?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let cookie = format!("varde_citizen={}", who.cookie);
            let ask = self.client.get(format!("{}{own}", self.base())).header("cookie", cookie);
            ours.push(speed(ask).await?);
            theirs.push(speed(self.client.get(format!("{}/raw", self.portal.hello))).await?);
        }
        let beside = format!("{:.0} MB/s, {:.0} MB/s", median(&ours), median(&theirs));
        let what = "a download of 20 MB, opened and logged ÷ the bare file";
        Ok(Row::new("download", what, ratio(&ours, &theirs), Target::AtLeast(0.5), beside))
    }
}

/// MB a second, of a whole file.
async fn speed(ask: RequestBuilder) -> Result<f64, Failure> {
    let start = Instant::now();
    let bytes = whole(ask.send().await?.error_for_status()?).await?;
    if bytes != LARGE {
        return Err(format!("{bytes} bytes came of {LARGE}").into());
    }
    Ok(LARGE as f64 / 1e6 / start.elapsed().as_secs_f64())
}
