//! A unit with an inmate, an officer for victims, two on duty, and providers that do as they are told.

use std::sync::{Arc, Mutex};

use domain::{
    access::{Area, Level, Role},
    custody::{Event, Wire},
    kernel::{Instant, Public},
    notices::{Answer, Outcome},
};

use super::super::{
    MatterRow,
    answering::{self, Said as Answered},
    channels, desk, duty,
    ladder::{self, ChannelKind, Out, Said, ToSend},
    mine,
    registering::{self, CaseForm},
    sessions,
    testing::{self, staff},
    wish::{self, AskForm},
};
use crate::{
    args,
    ctx::{Actor, Ctx, Staff, Visitor},
    custody::feed::register::{InmateWire, put_inmate},
    identity::arrival::Arrival,
    testing::{Portal, number_of},
};

/// A provider that keeps what it was given and answers as it is told.
#[derive(Default)]
pub struct Sink {
    pub said: Mutex<Vec<ToSend>>,
    pub does: Mutex<Does>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Does {
    #[default]
    Accepts,
    Fails,
    Refuses,
    /// It sends, and then says that it failed.
    SendsAndStalls,
}

impl Out for Sink {
    async fn send(&self, _: &Ctx, letter: &ToSend) -> Outcome {
        let does = *self.does.lock().unwrap();
        let keeps = matches!(does, Does::Accepts | Does::SendsAndStalls);
        if keeps || !matches!(letter.said, Said::Neutral { .. }) {
            self.said.lock().unwrap().push(letter.clone());
        }
        match (does, &letter.said) {
            (Does::Accepts, _) | (_, Said::Code { .. } | Said::Farewell { .. } | Said::Page) => {
                Outcome::Accepted
            }
            (Does::Refuses, _) => Outcome::Refused,
            (Does::Fails | Does::SendsAndStalls, _) => Outcome::Failed,
        }
    }
}

impl Sink {
    pub fn neutral(&self) -> Vec<ToSend> {
        let said = self.said.lock().unwrap();
        said.iter().filter(|letter| matches!(letter.said, Said::Neutral { .. })).cloned().collect()
    }

    pub fn pages(&self) -> Vec<String> {
        let said = self.said.lock().unwrap();
        said.iter().filter(|letter| letter.said == Said::Page).map(|letter| letter.to.clone()).collect()
    }

    pub fn does(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }

    pub fn last_code(&self) -> String {
        let said = self.said.lock().unwrap();
        let code = said.iter().rev().find_map(|letter| match &letter.said {
            Said::Code { code, .. } => Some(code.clone()),
            _ => None,
        });
        code.expect("a code")
    }
}

pub struct Stage {
    pub ctx: Ctx,
    pub sink: Arc<Sink>,
    pub officer: Staff,
    pub duty: Staff,
    pub second: Staff,
}

pub const KEY: &str = "K-1";
pub const HOUR: i64 = 60;

impl Stage {
    pub async fn new(portal: &Portal) -> Self {
        let unit = portal.unit("lyngmo").await;
        let ctx = portal.ctx.clone();
        let stage = Self {
            officer: staff(&ctx, Role::VictimOfficer, &unit),
            duty: staff(&ctx, Role::DutyOfficer, &unit),
            second: staff(&ctx, Role::DutyOfficer, &unit),
            sink: Arc::new(Sink::default()),
            ctx,
        };
        stage.inmate(KEY, "Even Fjellvik").await;
        stage
    }

    pub async fn inmate(&self, key: &str, name: &str) {
        let wire = InmateWire {
            name: name.into(),
            birth_date: "1990-02-03".into(),
            national_id: None,
            unit: "lyngmo".into(),
            since: "2026-08-01T10:00:00+02:00".into(),
        };
        put_inmate(&self.ctx, "koda", key, &wire).await.unwrap();
    }

    /// The kit for many, at the same place.
    pub fn kit(&self) -> testing::Stage {
        let duty = [self.duty.clone(), self.second.clone()];
        testing::Stage { ctx: self.ctx.clone(), unit: "lyngmo", officer: self.officer.clone(), duty }
    }

    pub fn now(&self) -> Instant {
        self.ctx.now()
    }

    pub fn wait(&self, minutes: i64) {
        self.ctx.clock.set(self.now().plus_minutes(minutes));
    }

    /// Signs in at the victims' entrance, freshly and at the high level.
    pub async fn visitor(&self, name: &str) -> Visitor {
        self.visitor_at(name, Level::High, true).await
    }

    pub async fn visitor_at(&self, name: &str, level: Level, fresh: bool) -> Visitor {
        let arrival = Arrival {
            area: Area::Victim,
            issuer: "https://id.example".into(),
            subject: name.into(),
            sid: None,
            number: Some(number_of(name)),
            name: name.into(),
            birth_date: None,
            level,
            fresh_at: fresh.then(|| self.now()),
            roles: vec![],
            units: vec![],
            id_token: "token".into(),
            previous: None,
        };
        let token = sessions::welcome(&self.ctx, &arrival).await.unwrap().expect("a number");
        let live = sessions::find(&self.ctx, &token).await.unwrap().expect("a session");
        match live.actor {
            Actor::Visitor(visitor) => visitor,
            other => panic!("{other:?}"),
        }
    }

    pub async fn asks(&self, name: &str) -> Visitor {
        let visitor = self.visitor(name).await;
        let form = AskForm {
            whom: "Even Fjellvik".into(),
            role: "victim".into(),
            telephone: "40000000".into(),
            ..AskForm::default()
        };
        wish::ask(&self.ctx, &visitor, &form).await.unwrap().unwrap();
        self.visitor(name).await
    }

    pub fn case(&self) -> CaseForm {
        CaseForm {
            reference: "26-1234".into(),
            inmate: "Even Fjellvik".into(),
            born: "1990-02-03".into(),
            role: "victim".into(),
        }
    }

    /// All requests that wait are found to be so.
    pub async fn verifies(&self) {
        let list = desk::list(&self.ctx, &self.officer).await.unwrap().unwrap();
        for request in list.requests {
            let public = Public::parse(&request.public_id).unwrap();
            registering::verify(&self.ctx, &self.officer, &public, &self.case())
                .await
                .unwrap()
                .unwrap()
                .unwrap();
        }
    }

    /// Adds a channel and types its code.
    pub async fn channel(&self, visitor: &Visitor, kind: ChannelKind, address: &str) {
        let public = channels::add(&self.ctx, visitor, kind, address).await.unwrap().unwrap().unwrap();
        channels::send_waiting(&self.ctx, &self.sink).await.unwrap();
        let code = self.sink.last_code();
        channels::confirm(&self.ctx, visitor, &public, &code).await.unwrap().unwrap().unwrap();
    }

    /// A victim who is registered in the case and has these channels.
    pub async fn victim(&self, name: &str, addresses: &[(ChannelKind, &str)]) -> Visitor {
        let visitor = self.asks(name).await;
        self.verifies().await;
        for (kind, address) in addresses {
            self.channel(&visitor, *kind, address).await;
        }
        visitor
    }

    pub async fn event(&self, wire: &Wire) {
        self.events(std::slice::from_ref(wire)).await;
    }

    pub async fn events(&self, wires: &[Wire]) {
        let now = self.now();
        let items = wires.iter().map(|wire| Ok(Event::parse(wire, now).expect("an event"))).collect();
        for taken in crate::wiring::take_events(&self.ctx, "koda", items).await.unwrap() {
            assert!(matches!(taken, crate::custody::feed::Taken::Accepted(_)), "{taken:?}");
        }
    }

    /// So many hours from now.
    pub fn at(&self, hours: i64) -> String {
        self.now().plus_minutes(hours * HOUR).rfc3339()
    }

    pub fn leave(&self, version: u32, hours: i64) -> Wire {
        Wire {
            decision: "leave-1".into(),
            version,
            inmate: KEY.into(),
            kind: "leave".into(),
            change: if version == 1 { "decided" } else { "moved" }.into(),
            at: self.at(hours),
            ..Wire::default()
        }
    }

    pub fn cancelled(&self, version: u32, hours: i64) -> Wire {
        Wire { change: "cancelled".into(), ..self.leave(version, hours) }
    }

    pub fn escape(&self) -> Wire {
        Wire { decision: "escape-1".into(), kind: "escape".into(), ..self.leave(1, 0) }
    }

    /// Every open question is answered with a yes.
    pub async fn says_yes(&self) {
        for question in self.questions().await {
            self.answers(&question, Answer::Significant { direct: false }).await;
        }
    }

    pub async fn answers(&self, question: &Public<MatterRow>, answer: Answer) {
        let said = Answered { answer, reason: "Hun bor like ved.".into(), standing: false };
        answering::answer(&self.ctx, &self.officer, question, said).await.unwrap().unwrap().unwrap();
    }

    pub async fn questions(&self) -> Vec<Public<MatterRow>> {
        let list = desk::list(&self.ctx, &self.officer).await.unwrap().unwrap();
        list.questions.iter().map(|question| Public::parse(&question.public_id).unwrap()).collect()
    }

    /// The worker goes on until nothing is due.
    pub async fn works(&self) {
        for _ in 0..200 {
            if ladder::work_once(&self.ctx, &self.sink).await.unwrap() == 0 {
                return;
            }
        }
        panic!("the worker never ends");
    }

    /// What she has in her list, oldest first: whether confirmed, whether replaced.
    pub async fn notices(&self, visitor: &Visitor) -> Vec<mine::Line> {
        let mut lines = mine::home(&self.ctx, visitor).await.unwrap().notices;
        lines.reverse();
        lines
    }

    pub async fn reads(&self, visitor: &Visitor, line: &mine::Line) -> mine::Notice {
        match mine::notice(&self.ctx, visitor, &line.public).await.unwrap().expect("hers") {
            mine::Opened::Notice(notice) => *notice,
            mine::Opened::Prove => panic!("she is fresh"),
        }
    }

    /// Kinds of the tasks on the duty desk, most urgent first.
    pub async fn duty_tasks(&self) -> Vec<duty::Line> {
        duty::desk(&self.ctx, &self.duty).await.unwrap().unwrap().tasks
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let (n,): (i64,) = self.ctx.db.one(sql, args![]).await.unwrap();
        n
    }
}
