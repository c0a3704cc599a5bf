//! F10: a thousand people want one place in the same moment.

use std::{collections::BTreeMap, sync::Arc};

use backend::{
    ctx::{Actor, Ctx},
    form_try,
    visits::{
        booking::testing::{Member, Whom, template},
        sessions::{NewTemplate, put_template, tend},
    },
};
use tokio::sync::Barrier;

use crate::{
    process::{Server, Site, alone, client},
    visitor::{Answer, post, stage, without_demo},
};

const PEOPLE: usize = 1_000;
/// A session that one visit fills, the next that can be booked.
const ONE_PLACE: &str = "SELECT public_id FROM visit_session WHERE unit_id = $1 AND capacity = 1 AND date >= $2 \
    ORDER BY date LIMIT 1";
const COUNTED: &str = "SELECT CAST((SELECT COUNT(*) FROM visit_hold) AS BIGINT), \
    CAST((SELECT taken FROM visit_session WHERE public_id = $1) AS BIGINT)";

/// What became of all of them: `held`, a refusal's code, or a status that no form of ours answers.
async fn outcomes(ctx: &Ctx, answers: Vec<(Member, Answer)>) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (who, answer) in answers {
        let told = match answer.location.split_once("/visits/book/when?try=") {
            _ if answer.status != 303 => format!("status {}", answer.status),
            None if answer.location == "/visits/book/check" => "held".to_owned(),
            None => format!("to {}", answer.location),
            Some((_, key)) => refusal(ctx, &who, key).await,
        };
        *all.entry(told).or_default() += 1;
    }
    all
}

/// What the page would tell her.
async fn refusal(ctx: &Ctx, who: &Member, key: &str) -> String {
    let actor = Actor::Citizen(who.citizen.clone());
    let kept = form_try::find(ctx, &actor, "visits/book/when", key).await.expect("a read").expect("a try");
    kept.errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>().join("+")
}

/// All ask at once, in turn of one server and the next.
async fn all_at_once(servers: &[Server], people: Vec<Member>, session: &str) -> Vec<(Member, Answer)> {
    let (start, http) = (Arc::new(Barrier::new(people.len())), client());
    let mut asked = Vec::with_capacity(people.len());
    for (at, who) in people.into_iter().enumerate() {
        let base = servers[at % servers.len()].base.clone();
        let (start, http, session) = (start.clone(), http.clone(), session.to_owned());
        asked.push(tokio::spawn(async move {
            start.wait().await;
            let form = [("session", session.as_str()), ("from", "")];
            let answer = post(&http, &base, &who, "/api/visits/book/when", &form).await;
            let answer = answer.unwrap_or_else(|e| Answer {
                status: 0,
                location: String::new(),
                text: format!("{e:?}"),
            });
            (who, answer)
        }));
    }
    let mut answers = Vec::with_capacity(asked.len());
    for one in asked {
        answers.push(one.await.expect("she was answered"));
    }
    answers
}

async fn one_wins(site: &Site, servers: usize) {
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let stage = stage(&ctx).await;
    let people = stage.crowd(PEOPLE, Whom::TheSame).await;
    let from = ctx.now().date().plus_days(3);
    let (session,): (String,) =
        ctx.db.one(ONE_PLACE, backend::args![&stage.unit, from]).await.expect("a session");
    let mut running = Vec::new();
    for _ in 0..servers {
        running.push(site.serve(&[]).await);
    }
    let began = ctx.now();
    let answers = all_at_once(&running, people, &session).await;
    let told = outcomes(&ctx, answers).await;
    println!("{told:?} in {} ms", (ctx.now().micros() - began.micros()) / 1_000);
    let busy = told.get("busy").copied().unwrap_or_default();
    let gone = told.get("session_gone").copied().unwrap_or_default();
    assert_eq!((told.get("held"), gone + busy), (Some(&1), PEOPLE - 1), "{told:?}");
    assert!(busy <= PEOPLE / 100, "almost nobody is told to try again: {told:?}");
    let counted: (i64, i64) = ctx.db.one(COUNTED, backend::args![&session]).await.expect("a count");
    assert_eq!(counted, (1, 1), "one hold, one place taken");
}

const NEIGHBOURS: usize = 200;
const ROOMY: &str = "SELECT public_id FROM visit_session WHERE unit_id = $1 AND capacity = 500 AND date >= $2 \
    ORDER BY date LIMIT 1";
const SHOWN: &str = "SELECT h.public_id FROM visit_hold h JOIN booking_draft d ON d.id = h.draft_id \
    WHERE d.person_id = $1";

/// Each has a place of one large session, for an inmate of her own; all that is left is to say yes.
async fn all_holding(ctx: &Ctx, servers: &[Server]) -> Vec<(Member, String)> {
    let stage = stage(ctx).await;
    let new = NewTemplate { unit: stage.unit.clone(), template: template(3, 600, 500) };
    put_template(ctx, &Actor::System, new).await.expect("a time");
    tend(ctx).await.expect("sessions");
    let from = ctx.now().date().plus_days(3);
    let (session,): (String,) =
        ctx.db.one(ROOMY, backend::args![&stage.unit, from]).await.expect("a session");
    let mut holding = Vec::new();
    for some in stage.crowd(NEIGHBOURS, Whom::OneEach).await.chunks(16) {
        let tasks = some.iter().enumerate().map(|(at, who)| {
            let (ctx, who, session) = (ctx.clone(), who.clone(), session.clone());
            tokio::spawn(takes_hold(ctx, servers[at % servers.len()].base.clone(), who, session))
        });
        for one in tasks.collect::<Vec<_>>() {
            holding.push(one.await.expect("a hold"));
        }
    }
    holding
}

async fn takes_hold(ctx: Ctx, base: String, who: Member, session: String) -> (Member, String) {
    let http = client();
    let form = [("inmate", who.inmate.as_str()), ("people[]", who.public.as_str())];
    post(&http, &base, &who, "/api/visits/book/who", &form).await.expect("an answer");
    let form = [("session", session.as_str()), ("from", "")];
    post(&http, &base, &who, "/api/visits/book/when", &form).await.expect("an answer");
    let (hold,): (String,) = ctx.db.one(SHOWN, backend::args![&who.citizen.person]).await.expect("a hold");
    (who, hold)
}

/// Who have nothing to do with each other are not thrown back for ever: all are booked.
#[tokio::test(flavor = "multi_thread")]
async fn f10_neighbours_who_confirm_at_once_are_all_booked_on_postgres_with_two_servers() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let servers = [site.serve(&[]).await, site.serve(&[]).await];
    let holding = all_holding(&ctx, &servers).await;
    let (start, http, began) = (Arc::new(Barrier::new(holding.len())), client(), ctx.now());
    let mut asked = Vec::new();
    for (at, (who, hold)) in holding.into_iter().enumerate() {
        let (start, http, base) = (start.clone(), http.clone(), servers[at % 2].base.clone());
        asked.push(tokio::spawn(async move {
            start.wait().await;
            let form = [("hold", hold.as_str())];
            post(&http, &base, &who, "/api/visits/book/confirm", &form).await.expect("an answer")
        }));
    }
    let mut told = BTreeMap::<String, usize>::new();
    for one in asked {
        let answer = one.await.expect("she was answered");
        let booked = answer.location.ends_with("?done=booked");
        let what =
            if booked { "booked".to_owned() } else { format!("{} {}", answer.status, answer.location) };
        let kind = what.split("try=").next().unwrap_or_default().to_owned();
        *told.entry(kind).or_default() += 1;
    }
    println!("{told:?} in {} ms", (ctx.now().micros() - began.micros()) / 1_000);
    assert_eq!(told.get("booked"), Some(&NEIGHBOURS), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_thousand_holds_one_wins_on_sqlite() {
    let _alone = alone().await;
    one_wins(&Site::sqlite(), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_thousand_holds_one_wins_on_postgres_with_two_servers() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    one_wins(&site, 2).await;
}
