//! The test kit of booking: a unit with rules and times, an inmate, and relatives with leave to visit him.

#![expect(clippy::expect_used, reason = "a test kit that cannot set up must stop the test")]

mod crowd;

use domain::{
    access::{Level, Person, Role, StaffMember, Unit},
    kernel::{CivilDate, Clock, Id, Public},
    visits::{
        booking::{Approval, HeldFor, SessionKind, Template, UnitRules, Way},
        clearance::Needs,
    },
};

pub use crowd::{Member, Whom};

use super::Inmate;
use crate::{
    Result, args,
    ctx::{Actor, Citizen, Ctx, Staff},
    custody::inmates::{NewInmate, place},
    db::{Command, Tx, Value},
    identity::{arrival::INSERT_PERSON, names::sort_key},
    vault::INSERT_SUBJECT_KEY,
    visits::{
        clearance::{Application, seal_needs},
        sessions::{NewTemplate, put_rules, put_template, tend},
    },
};

/// Where the tests of booking play.
pub struct Stage {
    pub ctx: Ctx,
    pub unit: Id<Unit>,
    pub inmate: Id<Inmate>,
    pub inmate_public: Public<Inmate>,
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).expect("a date")
}

/// One visit a week, three people, 2 to 28 days ahead.
pub fn rules() -> UnitRules {
    UnitRules {
        valid_from: day("2020-01-01"),
        valid_to: None,
        first_day: 2,
        last_day: 28,
        per_week: 1,
        per_month: 0,
        people: 3,
        arrive_before: 15,
        latest_arrival: 30,
        join_hours: 48,
        approval: Approval::Never,
        source: "test".into(),
    }
}

/// An hour every week.
pub fn template(weekday: u8, start: u16, capacity: i64) -> Template {
    Template {
        kind: SessionKind::Open,
        weekday,
        start: Clock(start),
        minutes: 60,
        room: "Besøksrom".into(),
        capacity,
        every_weeks: 1,
        on_holidays: false,
        way: Way::Room,
        held_for: HeldFor::Counsel,
        valid_from: day("2024-01-01"),
        valid_to: None,
    }
}

impl Stage {
    /// An inmate in this unit; Saturdays at 11 with one place and at 13 with two.
    pub async fn new(ctx: &Ctx, unit: Id<Unit>) -> Self {
        put_rules(ctx, &Actor::System, &unit, rules()).await.expect("rules");
        for template in [template(6, 660, 1), template(6, 780, 2)] {
            put_template(ctx, &Actor::System, NewTemplate { unit: unit.clone(), template })
                .await
                .expect("a template");
        }
        tend(ctx).await.expect("sessions");
        let birth_date = day("1990-02-03");
        let inmate = NewInmate { name: "Even Fjellvik".into(), birth_date, number: None, unit: unit.clone() };
        let inmate: Id<Inmate> = Id::new(place(ctx, inmate).await.expect("an inmate").as_str());
        let (public,): (String,) = ctx.db.one(INMATE_PUBLIC, args![&inmate]).await.expect("his public id");
        let inmate_public = Public::parse(&public).expect("a public id");
        Self { ctx: ctx.clone(), unit, inmate, inmate_public }
    }

    /// Another inmate of the unit, and somebody with leave to visit him.
    pub async fn beside(&self, name: &str) -> (Self, Citizen) {
        let (birth_date, unit) = (day("1990-02-03"), self.unit.clone());
        let inmate =
            NewInmate { name: format!("Inmate of {name}"), birth_date, number: None, unit: unit.clone() };
        let inmate: Id<Inmate> = Id::new(place(&self.ctx, inmate).await.expect("an inmate").as_str());
        let (public,): (String,) =
            self.ctx.db.one(INMATE_PUBLIC, args![&inmate]).await.expect("his public id");
        let inmate_public = Public::parse(&public).expect("a public id");
        let his = Self { ctx: self.ctx.clone(), unit, inmate, inmate_public };
        let who = his.relative(name).await;
        (his, who)
    }

    /// Somebody with leave to visit for four months.
    pub async fn relative(&self, name: &str) -> Citizen {
        let person = self.person(name, None).await;
        self.grant(&person, &person, "").await;
        let session = self.ctx.chance.id(self.ctx.now());
        Citizen { session, person, name: name.into(), level: Level::Substantial, fresh_until: None, by: None }
    }

    /// Somebody of the staff with one duty in one unit.
    pub async fn staff(&self, role: Role, unit: Id<Unit>) -> Staff {
        let id: Id<StaffMember> = self.ctx.chance.id(self.ctx.now());
        self.run(INSERT_STAFF, args![&id]).await;
        Staff {
            session: Id::new("session"),
            staff: id,
            name: "Henrik".into(),
            roles: vec![role],
            units: vec![unit],
            unit_name: "Lyngmo".into(),
        }
    }

    /// A child of hers, with leave too.
    pub async fn child(&self, of: &Citizen, name: &str, born: &str) -> Id<Person> {
        let person = self.person(name, Some(born)).await;
        self.run(crate::identity::children::INSERT_CHILD, args![&of.person, &person]).await;
        self.grant(&of.person, &person, "").await;
        person
    }

    /// A granted clearance with these measures.
    pub async fn grant(&self, applicant: &Id<Person>, person: &Id<Person>, measures: &str) {
        self.grant_with(applicant, person, measures, Needs::default()).await;
    }

    /// The same, asked for with these needs.
    pub async fn grant_with(
        &self,
        applicant: &Id<Person>,
        person: &Id<Person>,
        measures: &str,
        needs: Needs,
    ) {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let (application, draft): (Id<Application>, Id<()>) = (ctx.chance.id(now), ctx.chance.id(now));
        let seal =
            Seal { ctx: ctx.clone(), person: applicant.clone(), application: application.clone(), needs };
        let needs = ctx.db.write(seal).await.expect("sealed needs");
        let values = args![
            &application,
            &ctx.chance.public::<()>(),
            &draft,
            &ctx.chance.reference(),
            applicant,
            &self.inmate,
            &self.unit,
            needs,
            now
        ];
        self.run(INSERT_APPLICATION, values).await;
        let child = i64::from(applicant != person);
        let (id, public): (Id<()>, Public<()>) = (ctx.chance.id(now), ctx.chance.public());
        let (from, to) = (now.date().plus_days(-30), now.date().plus_days(120));
        let values =
            args![&id, &public, &application, person, child, &self.inmate, &self.unit, measures, from, to];
        self.run(INSERT_GRANTED, values).await;
    }

    pub async fn public_of(&self, person: &Id<Person>) -> Public<Person> {
        let (public,): (String,) = self.ctx.db.one(PERSON_PUBLIC, args![person]).await.expect("a person");
        Public::parse(&public).expect("a public id")
    }

    async fn person(&self, name: &str, born: Option<&str>) -> Id<Person> {
        let now = self.ctx.now();
        let (id, public): (Id<Person>, Public<Person>) = (self.ctx.chance.id(now), self.ctx.chance.public());
        self.run(INSERT_PERSON, args![&id, &public, name, sort_key(name), born, now]).await;
        let (_, key) = self.ctx.vault.new_subject(&self.ctx.chance, id.as_str()).expect("a key");
        self.run(INSERT_SUBJECT_KEY, args![&id, key, now]).await;
        id
    }

    /// A statement, to prepare a state that no command makes.
    pub async fn run(&self, sql: &'static str, values: Vec<Value>) -> u64 {
        self.ctx.db.write(Run(sql, values)).await.expect("a prepared state")
    }
}

struct Seal {
    ctx: Ctx,
    person: Id<Person>,
    application: Id<Application>,
    needs: Needs,
}

impl Command for Seal {
    type Out = Vec<u8>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<u8>> {
        let key = self.ctx.vault.subject(tx, self.person.as_str()).await?;
        seal_needs(&self.ctx, &key, &self.application, &self.needs)
    }
}

struct Run(&'static str, Vec<Value>);

impl Command for Run {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(self.0, self.1.clone()).await
    }
}

pub const INSERT_STAFF: &str =
    "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ($1, $1, 'Henrik', 0)";
pub const INMATE_PUBLIC: &str = "SELECT public_id FROM inmate WHERE id = $1";
pub const PERSON_PUBLIC: &str = "SELECT public_id FROM person WHERE id = $1";
pub const INSERT_APPLICATION: &str = "INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, \
    unit_id, typed_name, typed_sort, relation, needs, locale, state, state_at, close_on, submitted_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'Even Fjellvik', 'even fjellvik', 'sibling', $8, 'nb', 'decided', $9, \
    '2026-12-31', $9)";
pub const INSERT_GRANTED: &str = "INSERT INTO clearance (id, public_id, application_id, person_id, child, inmate_id, \
    unit_id, outcome, measures, valid_from, valid_to) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'granted', $8, $9, $10)";
