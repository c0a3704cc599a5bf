//! Those at home answer, alone and again; what is kept of it; and who learns of it.

mod child;

use domain::{
    access::{Area, Level, Role},
    consents::{AnswerForm, Dwelling, HomeForm, Kind, PersonForm, Told, WithdrawForm},
    kernel::{Instant, Locale},
};

use super::*;
use crate::{
    args,
    ctx::{Actor, Citizen},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::{Portal, Raw, number_of, on_both_engines},
    wiring::TheHouse,
};

struct Stage {
    ctx: Ctx,
    henrik: Staff,
    far: Staff,
    maja: Citizen,
}

async fn signed_in(
    ctx: &Ctx,
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
        fresh_at: Some(ctx.now()),
        roles: roles.to_vec(),
        units: units.iter().map(|u| (*u).to_owned()).collect(),
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, area, &token).await.unwrap().unwrap().actor
}

fn answered(ctx: &Ctx, code: &str, text: &Text) -> AnswerForm {
    let key: FormKey = ctx.chance.public();
    AnswerForm { key: key.to_string(), answer: code.into(), text: text.sha256.clone(), read: "yes".into() }
}

fn withdrawn(ctx: &Ctx, danger: &str) -> WithdrawForm {
    let key: FormKey = ctx.chance.public();
    WithdrawForm { key: key.to_string(), unsafe_home: danger.into(), contact: "Ring jobben".into() }
}

fn refused<T: std::fmt::Debug>(done: Done<T>) -> &'static str {
    match done {
        Err(Undone::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

impl Stage {
    async fn new(portal: &Portal) -> Self {
        portal.unit("lyngmo").await;
        portal.unit("havn").await;
        portal.intake().await;
        let ctx = portal.ctx.clone();
        let officer = [Role::CaseOfficer];
        let henrik = signed_in(&ctx, Area::Staff, "henrik", Level::High, &officer, &["lyngmo"]).await;
        let far = signed_in(&ctx, Area::Staff, "frode", Level::High, &officer, &["havn"]).await;
        let maja = signed_in(&ctx, Area::Citizen, "maja", Level::High, &[], &[]).await;
        Self {
            henrik: henrik.staff().unwrap().clone(),
            far: far.staff().unwrap().clone(),
            maja: maja.citizen().unwrap().clone(),
            ctx,
        }
    }

    async fn citizen(&self, subject: &str, level: Level) -> Citizen {
        signed_in(&self.ctx, Area::Citizen, subject, level, &[], &[]).await.citizen().unwrap().clone()
    }

    /// Signs in anew: the half hour of a proof is short.
    async fn maja(&self) -> Citizen {
        self.citizen("maja", Level::High).await
    }

    async fn opened(&self) -> Public<CaseMark> {
        let key: FormKey = self.ctx.chance.public();
        let form = HomeForm {
            name: "Ola Fjellvik".into(),
            address: "Kvistveien 2".into(),
            answer_by: ["22", "9", "2026"].map(str::to_owned),
        };
        let first = open(&self.ctx, &self.henrik, key.as_str(), &form).await.unwrap().unwrap();
        let again = open(&self.ctx, &self.henrik, key.as_str(), &form).await.unwrap().unwrap();
        assert_eq!(first, again, "the same form is one case");
        first
    }

    async fn asked(&self, case: &Public<CaseMark>, subject: &str, email: &str) -> Done {
        // Those asked first stand first.
        self.ctx.clock.set(self.ctx.now().plus_seconds(1));
        let form = PersonForm {
            number: number_of(subject).expose().to_owned(),
            name: format!("{subject} Fjellvik"),
            email: email.into(),
        };
        add(&self.ctx, &self.henrik, case, &form, TheHouse).await.unwrap()
    }

    async fn desk(&self, case: &Public<CaseMark>) -> DeskCase {
        opened(&self.ctx, &self.henrik, case).await.unwrap().unwrap()
    }

    async fn change(&self, case: &Public<CaseMark>, step: Change) -> Done {
        let version = self.desk(case).await.version;
        change(&self.ctx, &self.henrik, case, version, step, TheHouse).await.unwrap()
    }

    async fn text(&self) -> Text {
        Text::on(&self.ctx, Kind::Home, Locale::Nb, self.ctx.now().date()).await.unwrap()
    }

    async fn says(&self, who: &Citizen, code: &str) -> Done {
        let asked = mine(&self.ctx, who).await.unwrap().remove(0).public;
        self.ctx.clock.set(self.ctx.now().plus_seconds(1));
        let form = answered(&self.ctx, code, &self.text().await);
        answer(&self.ctx, who, &asked, &form, Locale::Nb, TheHouse).await.unwrap()
    }

    async fn takes_back(&self, who: &Citizen, danger: &str) -> Done {
        let asked = mine(&self.ctx, who).await.unwrap().remove(0).public;
        self.ctx.clock.set(self.ctx.now().plus_seconds(1));
        withdraw(&self.ctx, who, &asked, &withdrawn(&self.ctx, danger), "Ikke trygg.", TheHouse)
            .await
            .unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }
}

const WORDS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM consent_word";
const WORRIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM worry";
const INVITED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'consents.invite'";

#[tokio::test]
async fn each_answers_alone_and_the_unit_alone_sees_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        assert_eq!(s.asked(&case, "maja", "maja@eksempel.no").await, Ok(()));
        assert_eq!(s.asked(&case, "ingrid", "").await, Ok(()));
        assert!(matches!(s.asked(&case, "maja", "").await, Err(Undone::Fields(_))), "nobody is asked twice");
        assert_eq!(s.count(INVITED).await, 1, "whoever has no address is invited on paper");

        let home = mine(&s.ctx, &s.maja).await.unwrap().remove(0);
        assert_eq!((home.applicant.as_str(), home.about.as_str()), ("Ola Fjellvik", "Kvistveien 2"));
        assert_eq!((home.standing.code(), home.answer_by.iso()), ("unanswered", "2026-09-22".to_owned()));
        let low = s.citizen("maja", Level::Substantial).await;
        assert!(mine(&s.ctx, &low).await.unwrap().is_empty(), "below the high level nobody is told");
        assert!(one(&s.ctx, &low, &home.public).await.unwrap().is_none());
        let eirik = s.citizen("eirik", Level::High).await;
        assert!(mine(&s.ctx, &eirik).await.unwrap().is_empty());
        assert!(one(&s.ctx, &eirik, &home.public).await.unwrap().is_none());
        let form = answered(&s.ctx, "yes", &s.text().await);
        assert_eq!(
            refused(answer(&s.ctx, &eirik, &home.public, &form, Locale::Nb, TheHouse).await.unwrap()),
            "hidden"
        );

        assert_eq!(s.says(&s.maja().await, "yes").await, Ok(()));
        assert_eq!(
            refused(s.says(&s.maja().await, "no").await),
            "said_already",
            "a yes is taken back, not changed"
        );
        let ingrid = s.citizen("ingrid", Level::High).await;
        assert_eq!(s.says(&ingrid, "talk").await, Ok(()));
        let desk = s.desk(&case).await;
        let stands: Vec<_> = desk.people.iter().map(|p| p.standing.code()).collect();
        assert_eq!(stands, ["yes", "talk"]);
        let row = list(&s.ctx, &s.henrik).await.unwrap().remove(0);
        assert_eq!((row.asked, row.yes, row.talk, row.no), (2, 1, 1, 0));
        assert!(list(&s.ctx, &s.far).await.unwrap().is_empty());
        assert!(opened(&s.ctx, &s.far, &case).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_same_form_is_one_word_and_another_text_is_none() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        s.asked(&case, "maja", "").await.unwrap();
        let asked = mine(&s.ctx, &s.maja).await.unwrap().remove(0).public;
        let mut form = answered(&s.ctx, "yes", &s.text().await);
        form.text = "0".repeat(64);
        assert_eq!(
            refused(answer(&s.ctx, &s.maja, &asked, &form, Locale::Nb, TheHouse).await.unwrap()),
            "text_changed"
        );
        let form = answered(&s.ctx, "yes", &s.text().await);
        for _ in 0..2 {
            assert_eq!(answer(&s.ctx, &s.maja, &asked, &form, Locale::Nb, TheHouse).await.unwrap(), Ok(()));
        }
        assert_eq!(s.count(WORDS).await, 1);
        // Long after she signed in.
        s.ctx.clock.set(s.ctx.now().plus_minutes(120));
        let old = &s.maja;
        let back = withdraw(&s.ctx, old, &asked, &withdrawn(&s.ctx, ""), "", TheHouse).await.unwrap();
        assert_eq!(refused(back), "prove");
        let back =
            withdraw(&s.ctx, old, &asked, &withdrawn(&s.ctx, "yes"), "Ikke trygg.", TheHouse).await.unwrap();
        assert_eq!(back, Ok(()), "whoever is in danger is asked for nothing more");
    })
    .await;
}

#[tokio::test]
async fn not_safe_is_at_the_duty_desk_at_once() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        s.asked(&case, "maja", "").await.unwrap();
        assert_eq!(refused(s.takes_back(&s.maja, "yes").await), "said_already", "there is no yes");
        assert_eq!(s.count(WORRIES).await, 0);
        s.says(&s.maja().await, "yes").await.unwrap();
        s.takes_back(&s.maja().await, "").await.unwrap();
        assert_eq!(s.count(WORRIES).await, 0, "nobody is rung who has not asked for it");
        s.says(&s.maja().await, "yes").await.unwrap();
        s.takes_back(&s.maja().await, "yes").await.unwrap();
        let duty =
            signed_in(&s.ctx, Area::Staff, "dag", Level::High, &[Role::DutyOfficer], &["lyngmo"]).await;
        let open = crate::messages::worry::open(&s.ctx, duty.staff().unwrap()).await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(
            (open[0].name.as_str(), open[0].contact.as_deref()),
            ("maja Fjellvik", Some("Ring jobben"))
        );
        let desk = s.desk(&case).await;
        assert!(desk.people[0].unsafe_home && desk.people[0].standing.code() == "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn what_may_be_told_changes_on_fixed_days_alone() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        s.asked(&case, "maja", "").await.unwrap();
        s.change(&case, Change::Facts { dwelling: Dwelling::Suitable, children: "to_hear" }).await.unwrap();
        s.says(&s.maja().await, "yes").await.unwrap();
        let first = s.desk(&case).await;
        assert_eq!(first.told, Told::Wait { on: first.next });
        let day = |text: &str| domain::kernel::CivilDate::parse_iso(text).unwrap();
        let at = |text: &str| Instant::of_wall(day(text), domain::kernel::Clock(600));
        s.ctx.clock.set(at("2026-09-23"));
        assert_eq!(s.desk(&case).await.told, Told::Met { on: day("2026-09-23") });
        s.takes_back(&s.maja().await, "").await.unwrap();
        assert_eq!(
            s.desk(&case).await.told,
            Told::Met { on: day("2026-09-23") },
            "not on the day she says it"
        );
        s.ctx.clock.set(at("2026-10-07"));
        assert_eq!(s.desk(&case).await.told, Told::NotMet { on: day("2026-10-07") });
    })
    .await;
}

#[tokio::test]
async fn a_case_that_is_over_takes_nothing_more_and_is_erased() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        s.asked(&case, "maja", "").await.unwrap();
        s.says(&s.maja().await, "yes").await.unwrap();
        let seen = s.desk(&case).await.version;
        s.change(&case, Change::Talked(s.desk(&case).await.people[0].public.clone())).await.unwrap();
        let stale = change(&s.ctx, &s.henrik, &case, seen, Change::Over, TheHouse).await.unwrap();
        assert_eq!(refused(stale), "stale");
        let hidden = change(&s.ctx, &s.far, &case, seen + 1, Change::Over, TheHouse).await.unwrap();
        assert_eq!(refused(hidden), "hidden");
        s.change(&case, Change::Over).await.unwrap();
        assert_eq!(refused(s.takes_back(&s.maja().await, "").await), "closed");
        assert_eq!(refused(s.asked(&case, "ingrid", "").await), "closed");
        assert_eq!(sweep(&s.ctx).await.unwrap(), 0);
        s.ctx.clock.set(s.ctx.now().plus_days(366));
        assert_eq!(sweep(&s.ctx).await.unwrap(), 1);
        assert_eq!(s.count(WORDS).await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_not_answered_is_reminded_once() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        s.asked(&case, "maja", "maja@eksempel.no").await.unwrap();
        s.asked(&case, "ingrid", "ingrid@eksempel.no").await.unwrap();
        s.says(&s.maja().await, "no").await.unwrap();
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0, "it is too early");
        let day = domain::kernel::CivilDate::parse_iso("2026-09-16").unwrap();
        s.ctx.clock.set(Instant::of_wall(day, domain::kernel::Clock(600)));
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 1);
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0);
        assert_eq!(s.count(INVITED).await, 3);
    })
    .await;
}

#[tokio::test]
async fn evidence_that_was_touched_is_found() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let case = s.opened().await;
        s.asked(&case, "maja", "").await.unwrap();
        s.says(&s.maja().await, "talk").await.unwrap();
        s.says(&s.maja().await, "yes").await.unwrap();
        assert_eq!(verify(&s.ctx).await.unwrap(), EvidenceVerdict::Whole { words: 2 });
        let kept = export(&s.ctx, &s.desk(&case).await.reference).await.unwrap();
        assert_eq!(kept.len(), 2, "found by the reference");
        assert_eq!(kept[1].traced_at.len(), 1);
        for sql in [
            "UPDATE consent_word SET said = 'no' WHERE said = 'yes'",
            "UPDATE consent_word SET said = 'yes', evidence_hash = 'x' WHERE said = 'no'",
        ] {
            s.ctx.db.write(Raw(sql)).await.unwrap();
            assert!(matches!(verify(&s.ctx).await.unwrap(), EvidenceVerdict::Broken { .. }), "{sql}");
        }
        let (known,): (i64,) = s.ctx.db.one(WORDS, args![]).await.unwrap();
        assert_eq!(known, 2);
    })
    .await;
}
