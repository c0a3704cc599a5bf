//! Where the tests of messages play: units, an inmate, relatives who are cleared for him, officers, a lawyer.

use domain::{
    access::{Area, Level, Role, Unit},
    identity::{MandateKind, NewMandate},
    kernel::{CivilDate, Id, Instant, Public},
    messages::{Means, WrittenForm},
};

use crate::{
    Result, args,
    ctx::{Actor, Citizen, Ctx, Staff},
    custody::{
        feed::register::{InmateWire, put_inmate},
        inmates::Inmate,
    },
    db::{Command, Tx, Value},
    identity::{
        arrival::{Arrival, welcome},
        mandates, sessions,
    },
    messages::{
        FormKey,
        exchange::{UnitRules, put_rules},
        inside::{self, Inside},
    },
    testing::{Portal, number_of},
};

pub struct Stage {
    pub ctx: Ctx,
    pub unit: Id<Unit>,
    pub inmate: Id<Inmate>,
    pub inmate_public: Public<Inmate>,
}

/// A statement with what is bound to it: to prepare a state that no command of the slice makes.
struct Say(&'static str, Vec<Value>);

impl Command for Say {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(self.0, self.1.clone()).await
    }
}

pub fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

/// On, 200 characters, three letters a week, a day to control, nothing by itself.
pub fn unit_rules() -> UnitRules {
    UnitRules {
        valid_from: day("2020-01-01"),
        exchange_on: true,
        longest: 200,
        per_week: 3,
        control_hours: 24,
        release_hours: None,
        means: Means::Screen,
        reads_days: "weekdays".into(),
        reads_from: 480,
        reads_to: 900,
        duty_phone: "+47 00 00 00 99".into(),
        sami: false,
        source: "test".into(),
    }
}

pub fn written(key: &FormKey, words: &str) -> WrittenForm {
    WrittenForm { key: key.as_str().into(), words: words.into(), draft: String::new() }
}

impl Stage {
    /// Lyngmo (high) with Even in it, Havn (high) with nobody, and the intake.
    pub async fn new(portal: &Portal) -> Self {
        let unit = portal.unit("lyngmo").await;
        portal.unit("havn").await;
        portal.intake().await;
        let ctx = portal.ctx.clone();
        let wire = InmateWire {
            name: "Even Fjellvik".into(),
            birth_date: "1990-02-03".into(),
            national_id: None,
            unit: "lyngmo".into(),
            since: "2026-08-01T10:00:00+02:00".into(),
        };
        put_inmate(&ctx, "koda", "K-1", &wire).await.unwrap();
        let (id, public): (String, String) =
            ctx.db.one("SELECT id, public_id FROM inmate", vec![]).await.unwrap();
        put_rules(&ctx, &Actor::System, &unit, unit_rules()).await.unwrap();
        Self { ctx, unit, inmate: Id::new(id), inmate_public: Public::parse(&public).unwrap() }
    }

    /// A form's key. No two forms are shown at the same moment.
    pub fn key(&self) -> FormKey {
        self.tick();
        self.ctx.chance.public()
    }

    /// A moment passes: what happens next stands after what has happened.
    pub fn tick(&self) {
        self.ctx.clock.set(Instant(self.ctx.now().micros() + 1));
    }

    pub async fn say(&self, sql: &'static str, args: Vec<Value>) -> u64 {
        self.ctx.db.write(Say(sql, args)).await.unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }

    pub async fn signed_in(
        &self,
        area: Area,
        subject: &str,
        level: Level,
        roles: &[Role],
        units: &[&str],
    ) -> Actor {
        let arrival = Arrival {
            area,
            issuer: "https://id.example".into(),
            subject: subject.into(),
            sid: None,
            number: (area == Area::Citizen).then(|| number_of(subject)),
            name: format!("{subject} Fjellvik"),
            birth_date: None,
            level,
            fresh_at: None,
            roles: roles.to_vec(),
            units: units.iter().map(|u| (*u).to_owned()).collect(),
            id_token: "hint".into(),
            previous: None,
        };
        let token = welcome(&self.ctx, arrival).await.unwrap();
        sessions::find(&self.ctx, area, &token).await.unwrap().unwrap().actor
    }

    pub async fn citizen(&self, subject: &str) -> Citizen {
        self.signed_in(Area::Citizen, subject, Level::Substantial, &[], &[]).await.citizen().unwrap().clone()
    }

    /// Somebody who has leave to visit Even until a day.
    pub async fn relative(&self, subject: &str, valid_to: &str) -> Citizen {
        let who = self.citizen(subject).await;
        self.clear(&who, valid_to).await;
        who
    }

    pub async fn clear(&self, who: &Citizen, valid_to: &str) {
        let application = self.application(who).await;
        let id: Id<Stage> = self.ctx.chance.id(self.ctx.now());
        let public: Public<Stage> = self.ctx.chance.public();
        let values = args![&id, &public, &application, &who.person, &self.inmate, &self.unit, valid_to];
        self.say(
            "INSERT INTO clearance (id, public_id, application_id, person_id, child, inmate_id, unit_id, outcome, \
            valid_from, valid_to) VALUES ($1, $2, $3, $4, 0, $5, $6, 'granted', '2026-01-01', $7)",
            values,
        )
        .await;
    }

    /// An application of hers; its id.
    pub async fn application(&self, who: &Citizen) -> String {
        let ctx = &self.ctx;
        let (id, public): (Id<Stage>, Public<Stage>) = (ctx.chance.id(ctx.now()), ctx.chance.public());
        let reference = ctx.chance.reference();
        let needs = b"x".to_vec();
        let values = args![&id, &public, &reference, &who.person, &self.inmate, &self.unit, needs, ctx.now()];
        self.say(
            "INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, unit_id, typed_name, \
            typed_sort, relation, needs, locale, state, state_at, close_on, submitted_at) \
            VALUES ($1, $2, $1, $3, $4, $5, $6, 'Even', 'even', 'sibling', $7, 'nb', 'decided', $8, '2026-12-31', $8)",
            values,
        )
        .await;
        id.as_str().to_owned()
    }

    pub async fn revoke(&self, who: &Citizen) {
        self.say("UPDATE clearance SET outcome = 'withdrawn' WHERE person_id = $1", args![&who.person]).await;
    }

    pub async fn staff(&self, subject: &str, role: Role, unit: &str) -> Staff {
        let actor = self.signed_in(Area::Staff, subject, Level::High, &[role], &[unit]).await;
        actor.staff().unwrap().clone()
    }

    pub async fn inside(&self) -> Inside {
        inside::enter(&self.ctx, "koda", "K-1").await.unwrap().unwrap()
    }

    /// A lawyer at the high level, listed in the register, with a mandate for Even through 2026.
    pub async fn lawyer(&self, subject: &str, officer: &Staff) -> (Citizen, Public<mandates::MandateRow>) {
        let actor = self.signed_in(Area::Citizen, subject, Level::High, &[], &[]).await;
        let (mandate, who) = (self.mandate(subject, officer).await, actor.citizen().unwrap().clone());
        let listed = "INSERT INTO lawyer (person_id, asked_at, verified_at, holds_to, source) \
            VALUES ($1, $2, $2, '2099-12-31', 'test') ON CONFLICT (person_id) DO NOTHING";
        self.say(listed, args![&who.person, self.ctx.now()]).await;
        (who, mandate)
    }

    pub async fn mandate(&self, subject: &str, officer: &Staff) -> Public<mandates::MandateRow> {
        let new = NewMandate {
            number: number_of(subject),
            name: "Ada Advokat".into(),
            kind: MandateKind::Appointment,
            valid_from: day("2026-09-01"),
            valid_to: day("2026-12-31"),
        };
        mandates::register(&self.ctx, officer, &self.inmate_public, new).await.unwrap().unwrap()
    }

    pub async fn set_level(&self, level: &'static str) {
        self.say("UPDATE unit SET level = $1 WHERE slug = 'lyngmo'", args![level]).await;
    }

    pub async fn restrict(&self, kind: &'static str) {
        let id: Id<Stage> = self.ctx.chance.id(self.ctx.now());
        self.say(
            "INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to) \
            VALUES ($1, $2, '26-1', $3, '2026-08-01', '2026-12-01')",
            args![&id, &self.inmate, kind],
        )
        .await;
    }

    /// Codes of the trail about a subject, oldest first.
    pub async fn trail(&self, kind: &'static str) -> Vec<String> {
        let sql = "SELECT action FROM audit WHERE subject_kind = $1 ORDER BY at, id";
        let rows: Vec<(String,)> = self.ctx.db.all(sql, args![kind]).await.unwrap();
        rows.into_iter().map(|(action,)| action).collect()
    }
}
