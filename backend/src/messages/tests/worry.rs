use domain::{
    access::Role,
    messages::{Refusal, WorryForm},
};

use super::stage::Stage;
use crate::{
    ctx::Actor,
    messages::{
        FormKey, Unsent, counsel, exchange,
        worry::{self, Step, act, tell},
    },
    testing::on_both_engines,
};

fn form(key: &FormKey, unit: &str, name: &str) -> WorryForm {
    WorryForm {
        key: key.as_str().into(),
        unit: unit.into(),
        name: name.into(),
        words: "Han har sluttet å spise.".into(),
        contact: "41234567".into(),
        ..WorryForm::default()
    }
}

#[tokio::test]
async fn a_worry_is_at_the_duty_desk_at_once_and_the_answer_is_the_same_whoever_it_is_about() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let duty = stage.staff("duty", Role::DutyOfficer, "lyngmo").await;
        let far = stage.staff("far", Role::DutyOfficer, "havn").await;
        let maja = stage.relative("maja", "2026-12-31").await;
        let (there, key) = (stage.inside().await, stage.key());
        let mut answers = vec![];
        for (unit, name) in [
            ("lyngmo", "Even Fjellvik"),
            ("lyngmo", "Ola Ingenting"),
            ("", "Even Fjellvik"),
            ("nowhere", "X"),
        ] {
            answers.push(tell(&stage.ctx, &Actor::Anonymous, &form(&stage.key(), unit, name)).await.unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == Ok(())), "{answers:?}");
        for _ in 0..2 {
            let own = form(&key, "lyngmo", "Even Fjellvik");
            tell(&stage.ctx, &Actor::Citizen(maja.clone()), &own).await.unwrap().unwrap();
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM worry").await, 5, "twice is once");
        let names = async |staff| -> Vec<String> {
            worry::open(&stage.ctx, staff).await.unwrap().into_iter().map(|w| w.name).collect()
        };
        assert_eq!(names(&duty).await.len(), 5);
        assert_eq!(names(&far).await, ["Even Fjellvik", "X"], "what names no unit is everybody's on duty");
        assert_eq!(stage.count("SELECT COUNT(*) FROM outbox WHERE kind = 'messages.waiting'").await, 5);
        let told = worry::open(&stage.ctx, &duty).await.unwrap();
        assert_eq!(
            (told[0].contact.as_deref(), told[0].words.as_str()),
            (Some("41234567"), "Han har sluttet å spise.")
        );
        assert_eq!(told[0].due_at, told[0].made_at.plus_minutes(30));
        // Nothing of it is at his end.
        let his = format!("{:?}", exchange::feed(&stage.ctx, &there).await.unwrap());
        let from = format!("{:?}", counsel::feed(&stage.ctx, &there).await.unwrap().len());
        assert!(!his.contains("spise") && from == "0");
        let maybe = worry::maybe(&stage.ctx, &duty, "even  FJELLVIK").await.unwrap();
        assert_eq!(
            (maybe.len(), worry::maybe(&stage.ctx, &far, "Even Fjellvik").await.unwrap().len()),
            (1, 0)
        );
    })
    .await;
}

#[tokio::test]
async fn it_is_taken_seen_to_and_told_again_until_somebody_has_it() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let duty = stage.staff("duty", Role::DutyOfficer, "lyngmo").await;
        let ola = stage.staff("ola", Role::DutyOfficer, "lyngmo").await;
        let told = form(&stage.key(), "lyngmo", "Even");
        tell(&stage.ctx, &Actor::Anonymous, &told).await.unwrap().unwrap();
        let public = worry::open(&stage.ctx, &duty).await.unwrap()[0].public.clone();
        let mut strangers = vec![stage.staff("far", Role::DutyOfficer, "havn").await];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::DutyOfficer) {
            strangers.push(stage.staff(role.code(), role, "lyngmo").await);
        }
        for staff in &strangers {
            assert!(worry::open(&stage.ctx, staff).await.unwrap().is_empty(), "{:?}", staff.roles);
            assert!(act(&stage.ctx, staff, &public, Step::Take).await.unwrap().is_err());
        }
        let start = stage.ctx.now();
        for (minutes, told) in [(30, 0), (31, 1), (45, 0), (62, 1)] {
            stage.ctx.clock.set(start.plus_minutes(minutes));
            assert_eq!(worry::remind_due(&stage.ctx).await.unwrap(), told, "{minutes}");
        }
        assert_eq!(
            act(&stage.ctx, &duty, &public, Step::Done).await.unwrap(),
            Err(Refusal::MovedOn),
            "take it first"
        );
        act(&stage.ctx, &duty, &public, Step::Take).await.unwrap().unwrap();
        assert_eq!(act(&stage.ctx, &ola, &public, Step::Take).await.unwrap(), Err(Refusal::MovedOn));
        assert_eq!(act(&stage.ctx, &ola, &public, Step::Done).await.unwrap(), Err(Refusal::MovedOn));
        let seen = worry::open(&stage.ctx, &ola).await.unwrap();
        assert_eq!((seen[0].taken_by.as_deref(), seen[0].yours), (Some("duty Fjellvik"), false));
        stage.ctx.clock.set(start.plus_minutes(600));
        assert_eq!(worry::remind_due(&stage.ctx).await.unwrap(), 0);
        act(&stage.ctx, &duty, &public, Step::Done).await.unwrap().unwrap();
        assert!(worry::open(&stage.ctx, &duty).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn t23_what_is_wrong_is_told_at_its_field_and_no_header_passes() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let bad = WorryForm {
            name: "a\r\nBcc: x@y.no".into(),
            words: " ".into(),
            ..form(&stage.key(), "lyngmo", "")
        };
        let Err(Unsent::Fields(errors)) = tell(&stage.ctx, &Actor::Anonymous, &bad).await.unwrap() else {
            panic!()
        };
        let found: Vec<(&str, &str)> = errors.iter().map(|e| (e.field, e.code)).collect();
        assert_eq!(found, [("name", "character"), ("words", "empty")]);
        assert_eq!(stage.count("SELECT COUNT(*) FROM worry").await, 0);
        let rows = stage.count("SELECT COUNT(*) FROM outbox").await;
        assert_eq!(rows, 0);
    })
    .await;
}

#[tokio::test]
async fn whom_to_ring_is_the_duty_where_a_unit_has_one_and_its_usual_number_where_not() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        stage.say("UPDATE unit SET phone = '+47 00 00 00 01'", vec![]).await;
        let told = async || {
            let desks = worry::desks(&stage.ctx).await.unwrap();
            let told = |desk: worry::Desk| (desk.slug, desk.phone, desk.day_and_night);
            desks.into_iter().map(told).collect::<Vec<_>>()
        };
        let usual = |slug: &str| (slug.to_owned(), "+47 00 00 00 01".to_owned(), false);
        let duty = ("lyngmo".to_owned(), "+47 00 00 00 99".to_owned(), true);
        assert_eq!(told().await, [usual("havn"), duty.clone()], "the intake is no place to ring");
        stage.say("UPDATE unit SET open = 0 WHERE slug = 'havn'", vec![]).await;
        assert_eq!(told().await, [duty]);
        stage.say("UPDATE message_rule SET valid_from = '2099-01-01'", vec![]).await;
        assert_eq!(told().await, [usual("lyngmo")], "not before its day");
        assert_eq!(worry::minutes(&stage.ctx).await.unwrap(), 30);
    })
    .await;
}
