//! What a relative's letter costs beside its bare rows, and what the control desk costs when ten thousand wait.

use std::{path::Path, time::Instant};

use backend::{
    args,
    ctx::{Actor, Ctx},
    custody::put_unit,
    identity::arrival::{Arrival, welcome},
    messages::{
        FormKey,
        exchange::{self, UnitRules, put_rules},
    },
    testing::{
        Raw,
        recorded::{self, Said},
    },
    visits::booking::testing::{Member, Stage, Whom},
};
use domain::{
    access::{Area, Level, Role},
    kernel::{CivilDate, Public},
    messages::{LetterForm, Means},
};

use super::{
    booking::{alone, say, transaction},
    notices::sqlite,
    timing::{Look, look},
};
use crate::{
    Failure, booking,
    process::Portal,
    report::{Row, Target},
    stats::{median, ratio},
};

const ROUNDS: usize = 7;
/// Letters of one round.
const LETTERS: usize = 40;
/// Looks at the desk of one round.
const LOOKS: usize = 60;
const WORDS: &str = "Hei Even. Jeg kommer på søndag og tar med bildene fra hytta. Hilsen meg.";

/// All that wait but the first, after it in the queue; the ids are of the shape of an id.
const MANY: &str = "INSERT INTO letter (id, public_id, sheet, exchange_id, unit_id, from_relative, author, form_key, \
    digest, body, state, state_at, due_at, means, written_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL \
    SELECT i + 1 FROM n WHERE i < 9999) SELECT 'x' || n.i, SUBSTR('00000000000000000000000000' || n.i, -26), \
    'x' || n.i, l.exchange_id, l.unit_id, 1, l.author, 'x' || n.i, l.digest, l.body, 'in_control', l.state_at + n.i, \
    l.due_at + n.i, 'screen', l.written_at + n.i FROM letter l CROSS JOIN n";
const NONE: &str = "UPDATE letter SET state = 'delivered', due_at = NULL";
const WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM letter WHERE state = 'in_control'";

pub async fn rows(folder: &Path, table: &Path) -> Result<Vec<Row>, Failure> {
    let file = folder.join("letters.db");
    let ctx = booking::ctx(&sqlite(folder, "letters.db")).await?;
    let who = prepare(&ctx).await?;
    let officer = format!("varde_staff={}", welcome(&ctx, controller(&ctx)).await?);
    ctx.db.close().await;
    let sent = send(folder, &file, &who).await?;
    Ok(vec![sent, desk(folder, table, &file, &who, &officer).await?])
}

/// A unit that controls each letter, and somebody who may write to an inmate there as often as she likes.
async fn prepare(ctx: &Ctx) -> Result<Member, Failure> {
    backend::demo::seed(ctx).await?;
    let stage = Stage::new(ctx, put_unit(ctx, booking::unit()).await?).await;
    put_rules(ctx, &Actor::System, &stage.unit, rules()?).await?;
    stage.crowd(1, Whom::OneEach).await.pop().ok_or_else(|| "nobody to write".into())
}

fn rules() -> Result<UnitRules, Failure> {
    Ok(UnitRules {
        valid_from: CivilDate::parse_iso("2020-01-01").ok_or("a day")?,
        exchange_on: true,
        longest: 2_000,
        per_week: 1_000_000,
        control_hours: 24,
        release_hours: None,
        means: Means::Screen,
        reads_days: "weekdays".into(),
        reads_from: 480,
        reads_to: 900,
        duty_phone: "+47 00 00 00 00".into(),
        sami: false,
        source: "bench".into(),
    })
}

fn controller(ctx: &Ctx) -> Arrival {
    Arrival {
        area: Area::Staff,
        issuer: "bench".into(),
        subject: "controller".into(),
        sid: None,
        number: None,
        name: "Kari Kvitveis".into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(ctx.now()),
        roles: vec![Role::MessageController],
        units: vec!["benken".into()],
        id_token: String::new(),
        previous: None,
    }
}

async fn letter(ctx: &Ctx, who: &Member) -> Result<(), Failure> {
    let key: FormKey = ctx.chance.public();
    let inmate = Public::parse(who.inmate.as_str()).ok_or("an id")?;
    let form = LetterForm { key: key.as_str().into(), words: WORDS.into(), draft: String::new() };
    match exchange::write(ctx, &who.citizen, &inmate, &form).await? {
        Ok(_) => Ok(()),
        Err(why) => Err(format!("a letter was not sent: {why:?}").into()),
    }
}

/// What writes of each letter's transaction, as it is said to a copy of the database.
async fn written(database: &str, who: &Member, n: usize) -> Result<Vec<Vec<Said>>, Failure> {
    let ctx = booking::ctx(database).await?;
    recorded::listen();
    let mut all = Vec::with_capacity(n);
    for _ in 0..n {
        recorded::take();
        letter(&ctx, who).await?;
        let said = transaction(recorded::take())?;
        all.push(said.into_iter().filter(|said| !said.sql.starts_with("SELECT")).collect());
    }
    ctx.db.close().await;
    Ok(all)
}

async fn send(folder: &Path, file: &Path, who: &Member) -> Result<Row, Failure> {
    let said =
        written(&booking::copy(file, &folder.join("letters-recorded.db"))?, who, ROUNDS * LETTERS).await?;
    let ctx = booking::ctx(&booking::copy(file, &folder.join("letters-sent.db"))?).await?;
    booking::copy(file, &folder.join("letters-bare.db"))?;
    let mut bare = alone(&folder.join("letters-bare.db")).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for said in said.chunks(LETTERS) {
        let start = Instant::now();
        for _ in said {
            letter(&ctx, who).await?;
            recorded::take();
        }
        ours.push(LETTERS as f64 / start.elapsed().as_secs_f64());
        let start = Instant::now();
        for said in said {
            say(&mut bare, said).await?;
        }
        theirs.push(LETTERS as f64 / start.elapsed().as_secs_f64());
    }
    ctx.db.close().await;
    let statements = said.first().map_or(0, Vec::len);
    let beside = format!(
        "{:.0} letters/s, {:.0} of bare rows, {statements} statements a letter",
        median(&ours),
        median(&theirs)
    );
    let what = "sending a letter ÷ writing the same rows bare (one writer, FULL)";
    Ok(Row::new("send", what, ratio(&ours, &theirs), Target::AtLeast(0.7), beside))
}

/// A copy on which one letter waits, and is copied until `more` has been said of it; how many wait then.
async fn waiting(database: &str, who: &Member, more: &'static str) -> Result<i64, Failure> {
    let ctx = booking::ctx(database).await?;
    letter(&ctx, who).await?;
    ctx.db.write(Raw(more)).await?;
    let (waiting,): (i64,) = ctx.db.one(WAITING, args![]).await?;
    ctx.db.close().await;
    Ok(waiting)
}

async fn desk(folder: &Path, table: &Path, file: &Path, who: &Member, officer: &str) -> Result<Row, Failure> {
    let [full, empty] = ["full", "empty"].map(|name| folder.join(format!("letters-{name}.db")));
    let (full, empty) = (booking::copy(file, &full)?, booking::copy(file, &empty)?);
    let counted = (waiting(&full, who, MANY).await?, waiting(&empty, who, NONE).await?);
    if counted != (10_000, 0) {
        return Err(format!("ten thousand wait, and none: {counted:?}").into());
    }
    let full = Portal::start(folder, &full, table).await?;
    let empty = Portal::start(folder, &empty, table).await?;
    let page = Look { cookie: officer.to_owned(), path: "/staff/letters".to_owned() };
    let client = reqwest::Client::new();
    let (mut of_many, mut of_none) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (mut many, mut none) = (Vec::with_capacity(LOOKS), Vec::with_capacity(LOOKS));
        for _ in 0..LOOKS {
            many.push(look(&client, &full.process.base, &page).await?);
            none.push(look(&client, &empty.process.base, &page).await?);
        }
        of_many.push(median(&many));
        of_none.push(median(&none));
    }
    let beside =
        format!("{:.0} µs with 25 of them shown, {:.0} µs with none", median(&of_many), median(&of_none));
    let what = "the control desk while 10,000 letters wait ÷ while none does, over HTTP";
    Ok(Row::new("desk", what, ratio(&of_many, &of_none), Target::AtMost(2.0), beside))
}
