//! F1 and F3 for bookings: the process is killed while many book. What was answered is there afterwards, and no place
//! was given twice.

use std::collections::BTreeMap;

use backend::{
    ctx::{Actor, Ctx},
    visits::{
        booking::testing::{Member, Stage, Whom, rules, template},
        sessions::{NewTemplate, put_rules, put_template, tend},
    },
};
use domain::visits::booking::UnitRules;
use reqwest::Client;
use tokio::sync::mpsc;

use crate::{
    process::{Server, Site, alone, client},
    visitor::{Answer, get, post, stage, without_demo},
};

const VISITORS: usize = 16;
/// After so many answers of yes the process is killed; so many times.
const ANSWERS: usize = 25;
const KILLS: usize = 3;

/// What a visitor knows when the line goes dead.
#[derive(Clone, Debug)]
pub enum Told {
    /// Her visit is booked: its page.
    Booked(String),
    /// It is cancelled.
    Cancelled(String),
    /// She asked for one of these and heard nothing.
    Unsure { hold: String },
}

/// Every day at three times, three tables each: more wishes than places never meet, and many meet at one.
pub async fn busy_unit(ctx: &Ctx) -> Stage {
    let stage = stage(ctx).await;
    let valid_from = ctx.now().date().plus_days(-1);
    let rules = UnitRules { per_week: 7, valid_from, ..rules() };
    put_rules(ctx, &Actor::System, &stage.unit, rules).await.expect("rules");
    for (weekday, start) in (1..=7).flat_map(|day| [540, 720, 900].map(|start| (day, start))) {
        let unit = stage.unit.clone();
        let new = NewTemplate { unit, template: template(weekday, start, 3) };
        put_template(ctx, &Actor::System, new).await.expect("a time");
    }
    tend(ctx).await.expect("sessions");
    stage
}

/// One visitor: she books, and now and then cancels, until nobody answers.
struct Visitor {
    who: Member,
    base: String,
    http: Client,
    tell: mpsc::UnboundedSender<(Member, Told)>,
    /// The server stays and its database goes: what broke counts as no answer.
    may_break: bool,
}

impl Visitor {
    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Option<Answer> {
        let answer = post(&self.http, &self.base, &self.who, path, form).await.ok()?;
        if self.may_break && answer.status >= 500 {
            return None;
        }
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        Some(answer)
    }

    async fn go_on(self, first: usize) {
        let mut at = first;
        while self.one_visit(at).await.is_some() {
            at += 7;
        }
    }

    async fn one_visit(&self, at: usize) -> Option<()> {
        let (inmate, own) = (self.who.inmate.as_str(), self.who.public.as_str());
        self.post("/api/visits/book/who", &[("inmate", inmate), ("people[]", own)]).await?;
        let when = get(&self.http, &self.base, &self.who, "/visits/book/when").await.ok()?;
        let free = when.all_hidden("session");
        let session = free.get(at % free.len().max(1))?;
        let held = self.post("/api/visits/book/when", &[("session", session), ("from", "")]).await?;
        if held.location != "/visits/book/check" {
            return Some(());
        }
        let check = get(&self.http, &self.base, &self.who, "/visits/book/check").await.ok()?;
        if self.may_break && check.status >= 500 {
            return None;
        }
        let hold = check.hidden("hold").expect("a hold");
        let Some(answer) = self.post("/api/visits/book/confirm", &[("hold", &hold)]).await else {
            self.say(Told::Unsure { hold });
            return None;
        };
        let visit = answer.location.strip_suffix("?done=booked")?.to_owned();
        self.say(Told::Booked(visit.clone()));
        if at.is_multiple_of(3) { self.cancel(visit).await } else { Some(()) }
    }

    async fn cancel(&self, visit: String) -> Option<()> {
        let public = visit.rsplit('/').next().expect("an id");
        let form = [("public", public), ("version", "1")];
        self.post("/api/visits/bookings/cancel", &form).await?;
        self.say(Told::Cancelled(visit));
        Some(())
    }

    fn say(&self, told: Told) {
        let _ = self.tell.send((self.who.clone(), told));
    }
}

/// What the visitors hear, as they hear it, and when each of them has ended.
pub type Heard = mpsc::UnboundedReceiver<(Member, Told)>;
pub type Visitors = Vec<tokio::task::JoinHandle<()>>;

/// All begin to book at this server, and go on until it answers no more.
pub fn set_off(server: &Server, people: &[Member], first: usize) -> (Heard, Visitors) {
    set_off_as(&server.base, people, first, false)
}

/// The same, until it answers that something broke.
pub fn set_off_until_it_breaks(base: &str, people: &[Member], first: usize) -> (Heard, Visitors) {
    set_off_as(base, people, first, true)
}

fn set_off_as(base: &str, people: &[Member], first: usize, may_break: bool) -> (Heard, Visitors) {
    let (tell, told) = mpsc::unbounded_channel();
    let all = people.iter().enumerate().map(|(n, who)| {
        let (who, base, http) = (who.clone(), base.to_owned(), client());
        let visitor = Visitor { who, base, http, tell: tell.clone(), may_break };
        tokio::spawn(visitor.go_on(n * 5 + first))
    });
    let all = all.collect();
    (told, all)
}

/// Listens until so many visits are booked.
pub async fn until_booked(told: &mut Heard, visits: usize) -> Vec<(Member, Told)> {
    let mut heard = Vec::new();
    while heard.iter().filter(|(_, t)| matches!(t, Told::Booked(_))).count() < visits {
        heard.push(told.recv().await.expect("somebody books"));
    }
    heard
}

/// All book until enough have heard yes; then the process is killed. Gives everything that anybody was told.
async fn until_killed(site: &Site, people: &[Member], round: usize) -> Vec<(Member, Told)> {
    let server = site.serve(&[]).await;
    let (mut told, all) = set_off(&server, people, round);
    let mut heard = until_booked(&mut told, ANSWERS).await;
    server.kill();
    for visitor in all {
        visitor.await.expect("a visitor");
    }
    while let Some(one) = told.recv().await {
        heard.push(one);
    }
    heard
}

/// Whoever heard nothing sends the same once more and gets a true answer.
pub async fn asked_again(site: &Site, told: &[(Member, Told)]) -> usize {
    let server = site.serve(&[]).await;
    let unsure = asked_again_at(&server.base, told).await;
    server.kill();
    unsure
}

/// The same, of whoever answers there.
pub async fn asked_again_at(base: &str, told: &[(Member, Told)]) -> usize {
    let (http, mut unsure) = (client(), 0);
    for (who, told) in told {
        let Told::Unsure { hold } = told else { continue };
        let form = [("hold", hold.as_str())];
        let answer = post(&http, base, who, "/api/visits/book/confirm", &form).await.expect("an answer");
        assert!(answer.location.ends_with("?done=booked"), "the held time is still hers: {answer:?}");
        unsure += 1;
    }
    unsure
}

const STATE: &str = "SELECT state FROM booking WHERE public_id = $1 AND person_id = $2";
/// Sessions whose count of places taken is not that of their bookings and holds.
const MISCOUNTED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_session s WHERE s.taken <> \
    (SELECT COUNT(*) FROM booking b WHERE b.session_id = s.id AND b.state = 'booked') \
    + (SELECT COUNT(*) FROM visit_hold h WHERE h.session_id = s.id) OR s.taken > s.capacity";
/// Bookings without exactly one letter and one trace for each thing that happened to them.
const UNTOLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking b WHERE \
    (SELECT COUNT(*) FROM outbox o WHERE o.kind = 'visits.booking' AND o.payload LIKE '%' || b.id || '%') <> \
    CASE b.state WHEN 'booked' THEN 1 ELSE 2 END OR \
    (SELECT COUNT(*) FROM audit a WHERE a.subject_kind = 'booking' AND a.subject_id = b.id AND a.action <> 'look') <> \
    CASE b.state WHEN 'booked' THEN 1 ELSE 2 END";

/// What was answered is there, and the books balance.
pub async fn judge(ctx: &Ctx, heard: Vec<(Member, Told)>) {
    let mut last: BTreeMap<String, (Member, &'static str)> = BTreeMap::new();
    for (who, told) in heard {
        match told {
            Told::Booked(visit) => last.insert(visit, (who, "booked")),
            Told::Cancelled(visit) => last.insert(visit, (who, "cancelled")),
            Told::Unsure { .. } => None,
        };
    }
    for (visit, (who, told)) in last {
        let public = visit.rsplit('/').next().expect("an id");
        let found: Option<(String,)> =
            ctx.db.optional(STATE, backend::args![public, &who.citizen.person]).await.expect("a read");
        let state = found.unwrap_or_else(|| panic!("{visit} was answered and is lost")).0;
        // A cancellation may have been carried out and its answer lost.
        assert!(
            state == told || (told, state.as_str()) == ("booked", "cancelled"),
            "{visit}: {told}, {state}"
        );
    }
    for (what, sql) in [("miscounted sessions", MISCOUNTED), ("bookings without their letters", UNTOLD)] {
        let (wrong,): (i64,) = ctx.db.one(sql, vec![]).await.expect("a count");
        assert_eq!(wrong, 0, "{what}");
    }
}

async fn killed_in_the_middle(site: &Site) {
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let stage = busy_unit(&ctx).await;
    let people = stage.crowd(VISITORS, Whom::OneEach).await;
    let (mut heard, mut unsure) = (Vec::new(), 0);
    for round in 0..KILLS {
        let told = until_killed(site, &people, round).await;
        unsure += asked_again(site, &told).await;
        heard.extend(told);
    }
    assert!(heard.len() >= ANSWERS * KILLS);
    println!("{} answers, {unsure} confirmations without one", heard.len());
    judge(&ctx, heard).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f03_killed_while_many_book_nothing_answered_is_lost_on_sqlite() {
    let _alone = alone().await;
    let site = Site::sqlite();
    killed_in_the_middle(&site).await;
    let ctx = site.ctx().await;
    let (whole,): (String,) = ctx.db.one("PRAGMA integrity_check", vec![]).await.expect("a check");
    assert_eq!(whole, "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn f03_killed_while_many_book_nothing_answered_is_lost_on_postgres() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    killed_in_the_middle(&site).await;
}
