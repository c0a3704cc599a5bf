//! Where the tests of appeals play: Lyngmo with Even in it, who is refused a visitor or has a letter stopped; officers there, at
//! another unit, and above both.

use domain::{
    access::{Area, Level, Role},
    appeals::AppealForm,
    kernel::{CivilDate, EmailAddress, Locale, Phone, Public},
    messages::{ControlForm, LetterForm, Means},
    visits::clearance::{Answer, Contact, Decided, Needs, PoliceOutcome, Relation, Whom, draft::KnownBy},
};

use super::super::{AppealMark, Ruling, send};
use crate::{
    args,
    ctx::{Actor, Citizen, Ctx, Staff},
    decision::NewDecision,
    delivery::Mailer,
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    messages::{
        LetterRow,
        exchange::{self, Exchange, UnitRules, put_rules},
    },
    testing::{Portal, number_of},
    visits::clearance::{self, Application, LookReason},
    wiring,
};

pub struct Stage {
    pub ctx: Ctx,
    pub maja: Citizen,
    pub ingrid: Citizen,
    /// Makes the decisions.
    pub officer: Staff,
    pub colleague: Staff,
    pub controller: Staff,
    /// Of another unit.
    pub far: Staff,
    pub region: Staff,
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

async fn signed_in(ctx: &Ctx, area: Area, subject: &str, role: Option<Role>, units: &[&str]) -> Actor {
    let arrival = Arrival {
        area,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: (area == Area::Citizen).then(|| number_of(subject)),
        name: format!("{subject} Fjellvik"),
        birth_date: None,
        level: Level::High,
        fresh_at: None,
        roles: role.into_iter().collect(),
        units: units.iter().map(|u| (*u).to_owned()).collect(),
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, area, &token).await.unwrap().unwrap().actor
}

fn rules() -> UnitRules {
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

impl Stage {
    pub async fn new(portal: &Portal) -> Self {
        let (unit, ctx) = (portal.unit("lyngmo").await, portal.ctx.clone());
        portal.unit("havn").await;
        portal.intake().await;
        portal.inmate("Even Fjellvik", "1990-02-03", &unit).await;
        put_rules(&ctx, &Actor::System, &unit, rules()).await.unwrap();
        let citizen = async |subject| {
            signed_in(&ctx, Area::Citizen, subject, None, &[]).await.citizen().unwrap().clone()
        };
        let staff = async |subject, role, unit| {
            signed_in(&ctx, Area::Staff, subject, Some(role), &[unit]).await.staff().unwrap().clone()
        };
        Self {
            maja: citizen("maja").await,
            ingrid: citizen("ingrid").await,
            officer: staff("officer", Role::CaseOfficer, "lyngmo").await,
            colleague: staff("colleague", Role::CaseOfficer, "lyngmo").await,
            controller: staff("controller", Role::MessageController, "lyngmo").await,
            far: staff("far", Role::CaseOfficer, "havn").await,
            region: staff("region", Role::AppealOfficer, "lyngmo").await,
            ctx: ctx.clone(),
        }
    }

    /// No two things happen at the same moment.
    fn tick(&self) {
        self.ctx.clock.set(domain::kernel::Instant(self.ctx.now().micros() + 1));
    }

    pub async fn applied(&self, who: &Citizen) -> Public<Application> {
        let contact = Contact {
            email: EmailAddress::parse("maja@eksempel.no").unwrap(),
            phone: Phone::parse("41234567").unwrap(),
        };
        let whom = Whom { name: "Even Fjellvik".into(), known_by: KnownBy::BirthDate(day("1990-02-03")) };
        for answer in [
            Answer::Whom(whom),
            Answer::Relation(Relation::Sibling),
            Answer::Contact(contact),
            Answer::Children(vec![]),
            Answer::Needs(Needs::default()),
            Answer::Police,
        ] {
            clearance::answer(&self.ctx, who, answer).await.unwrap();
        }
        clearance::submit(&self.ctx, who, Locale::Nb).await.unwrap().unwrap()
    }

    pub async fn version(&self, case: &Public<Application>) -> i64 {
        clearance::case(&self.ctx, &self.officer, case, LookReason::HandleCase)
            .await
            .unwrap()
            .unwrap()
            .version
    }

    async fn decided(&self, case: &Public<Application>, decided: &Decided) {
        self.tick();
        let seen =
            clearance::case(&self.ctx, &self.officer, case, LookReason::HandleCase).await.unwrap().unwrap();
        let people: Vec<_> = seen.people.iter().map(|p| p.clearance.clone()).collect();
        let (ctx, v) = (&self.ctx, seen.version);
        clearance::decide(ctx, &self.officer, case, v, &people, decided, Locale::Nb).await.unwrap().unwrap();
    }

    async fn asked(&self, who: &Citizen) -> Public<Application> {
        let (ctx, case) = (&self.ctx, self.applied(who).await);
        let (v, on) = (self.version(&case).await, day("2026-09-01"));
        clearance::inmate_answer(ctx, &self.officer, &case, v, true, on).await.unwrap().unwrap();
        let v = self.version(&case).await;
        let police = PoliceOutcome::NoRemark;
        clearance::police_answer(ctx, &self.officer, &case, v, police, on).await.unwrap().unwrap();
        case
    }

    fn refusal() -> Decided {
        Decided::Refused { milder_considered: "Påsyn er ikke nok.".into(), reason: "Misbruk.".into() }
    }

    /// Her application is refused: it and the decision.
    pub async fn refused(&self, who: &Citizen) -> (Public<Application>, Public<NewDecision>) {
        let case = self.asked(who).await;
        (case.clone(), self.refuse_again(&case).await)
    }

    pub async fn refuse_again(&self, case: &Public<Application>) -> Public<NewDecision> {
        self.decided(case, &Self::refusal()).await;
        let tracked = clearance::tracked(&self.ctx, &self.maja, case).await.unwrap().unwrap();
        tracked.people[0].decision.as_ref().unwrap().public.clone()
    }

    /// She opens it: it has reached her.
    pub async fn open(&self, case: &Public<Application>) {
        clearance::open(&self.ctx, &self.maja, case).await.unwrap().unwrap();
    }

    pub async fn stage(&self, case: &Public<Application>) -> &'static str {
        clearance::tracked(&self.ctx, &self.maja, case).await.unwrap().unwrap().stage.code()
    }

    pub async fn ruling(&self, case: &Public<Application>) -> Option<Ruling> {
        clearance::case(&self.ctx, &self.officer, case, LookReason::HandleCase).await.unwrap().unwrap().ruling
    }

    pub fn form(&self, words: &str) -> AppealForm {
        self.tick();
        let key: super::super::FormKey = self.ctx.chance.public();
        AppealForm { key: key.to_string(), disagree: words.into(), ..AppealForm::default() }
    }

    pub async fn sent(&self, decision: &Public<NewDecision>) -> Public<AppealMark> {
        send(&self.ctx, &self.maja, decision, &self.form("Det er feil.")).await.unwrap().unwrap()
    }

    /// The worker takes all that is due.
    pub async fn work(&self) {
        let mailer = Mailer::new(&self.ctx.settings).unwrap();
        let words = crate::identity::contacts::tests::Bare;
        while wiring::work_once(&self.ctx, &mailer, &words).await.unwrap() > 0 {}
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, args![]).await.unwrap().0
    }

    pub async fn one(&self, sql: &'static str) -> (String, i64) {
        self.ctx.db.one(sql, args![]).await.unwrap()
    }

    pub async fn granted(&self) -> i64 {
        self.count("SELECT CAST(COUNT(*) AS BIGINT) FROM clearance WHERE outcome = 'granted'").await
    }

    async fn even(&self) -> Public<crate::custody::inmates::Inmate> {
        let (public,): (String,) = self.ctx.db.one("SELECT public_id FROM inmate", args![]).await.unwrap();
        Public::parse(&public).unwrap()
    }

    /// Maja may visit, writes, and all of her letter is held back: it and the decision.
    pub async fn stopped(&self) -> (Public<LetterRow>, Public<NewDecision>) {
        let case = self.asked(&self.maja).await;
        let granted = Decided::Granted { measures: vec![], reason: None, valid_to: day("2027-08-01") };
        self.decided(&case, &granted).await;
        self.tick();
        let key: crate::messages::FormKey = self.ctx.chance.public();
        let form =
            LetterForm { key: key.to_string(), words: "Møt meg ved porten".into(), draft: String::new() };
        let letter =
            exchange::write(&self.ctx, &self.maja, &self.even().await, &form).await.unwrap().unwrap();
        self.stop(&letter).await;
        let held = self.exchange().await.letters[0].held_back.clone().unwrap();
        (letter, held.decision)
    }

    pub async fn stop(&self, letter: &Public<LetterRow>) {
        self.tick();
        let seen = exchange::desk_letter(&self.ctx, &self.controller, letter).await.unwrap().unwrap();
        let form = ControlForm {
            version: seen.version.to_string(),
            outcome: "stop".into(),
            category: "escape".into(),
            reason: "Plan".into(),
            milder: "En del er ikke nok".into(),
            passages: String::new(),
        };
        exchange::rule(&self.ctx, &self.controller, letter, &form, Locale::Nb).await.unwrap().unwrap();
    }

    pub async fn exchange(&self) -> Exchange {
        exchange::exchange(&self.ctx, &self.maja, &self.even().await).await.unwrap().unwrap()
    }
}
