//! The way of a letter, in both directions, and what closes it.

use domain::{
    access::Role,
    messages::{Means, NoteForm, Refusal, Wish},
};

use super::{hers, last, refused, ruled, sent};
use crate::{
    ctx::Actor,
    messages::{
        Unsent,
        exchange::{self, End, UnitRules, feed, mine, put_rules, reply},
        news,
        search::search,
        tests::stage::{Stage, unit_rules, written},
    },
    testing::on_both_engines,
};

#[tokio::test]
async fn a_letter_is_controlled_delivered_read_and_answered() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let inside = stage.inside().await;
        let page = hers(&stage, &who).await;
        let open = page.open.expect("open");
        assert_eq!((open.left_this_week, open.controlled, open.bounds.longest), (3, true, 200));
        let letter = sent(&stage, &who, "Kjære Even").await.unwrap();
        assert_eq!(last(&stage, &who).await.state, "in_control");
        let there = feed(&stage.ctx, &inside).await.unwrap();
        assert!(there[0].letters.is_empty(), "nothing before control");
        let early = exchange::acknowledge(&stage.ctx, &inside, &letter, true).await.unwrap();
        assert_eq!(early, Err(Refusal::Hidden));
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let there = feed(&stage.ctx, &inside).await.unwrap();
        assert_eq!(
            (there[0].relative.as_str(), there[0].letters[0].words.as_str()),
            ("maja Fjellvik", "Kjære Even")
        );
        for (opened, state) in [(false, "delivered"), (true, "read"), (true, "read"), (false, "read")] {
            exchange::acknowledge(&stage.ctx, &inside, &letter, opened).await.unwrap().unwrap();
            assert_eq!(last(&stage, &who).await.state, state);
        }
        let key = stage.key();
        let mut answers = vec![];
        for _ in 0..2 {
            let form = written(&key, "Kjære Maja");
            answers.push(reply(&stage.ctx, &inside, &there[0].public, &form).await.unwrap().unwrap());
        }
        assert_eq!(answers[0], answers[1], "twice is once");
        assert_eq!(hers(&stage, &who).await.letters.len(), 1, "his is controlled too");
        assert!(search(&stage.ctx, &who, "Kjære Maja").await.unwrap().is_empty());
        ruled(&stage, &kari, &answers[0], "release", "").await.unwrap();
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().inmate, 1);
        let got = last(&stage, &who).await;
        assert_eq!((got.from_you, got.words.as_str(), got.state.as_str()), (false, "Kjære Maja", "read"));
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().all(), 0);
        assert_eq!(search(&stage.ctx, &who, "kjære").await.unwrap().len(), 2);
        let his = feed(&stage.ctx, &inside).await.unwrap();
        assert_eq!(
            his[0].letters.last().map(|l| l.state.as_str()),
            Some("read"),
            "he sees that she has read it"
        );
    })
    .await;
}

#[tokio::test]
async fn t21_nobody_is_asked_whom_it_goes_to_and_what_ended_before_sending_stops_it() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, stranger) = (stage.relative("maja", "2026-12-31").await, stage.citizen("nora").await);
        assert_eq!(refused(sent(&stage, &stranger, "Hei").await), "message_hidden", "no relation, no inmate");
        assert!(exchange::exchange(&stage.ctx, &stranger, &stage.inmate_public).await.unwrap().is_none());
        assert!(mine(&stage.ctx, &stranger).await.unwrap().is_empty());
        // The page was open and the draft written; then her clearance went.
        assert!(hers(&stage, &who).await.open.is_some());
        stage.revoke(&who).await;
        assert_eq!(refused(sent(&stage, &who, "Hei").await), "message_hidden");
        assert_eq!(stage.count("SELECT COUNT(*) FROM letter").await, 0);
        assert_eq!(stage.count("SELECT COUNT(*) FROM exchange").await, 0, "no trace of the try");
        // With an exchange behind her she sees her letters, and that it is closed.
        stage.clear(&who, "2026-12-31").await;
        sent(&stage, &who, "Hei").await.unwrap();
        stage.revoke(&who).await;
        assert_eq!(refused(sent(&stage, &who, "Hei igjen").await), "message_closed");
        assert_eq!(hers(&stage, &who).await.letters.len(), 1);
    })
    .await;
}

/// What she is shown and told when it is closed, whatever the cause.
async fn closed(stage: &Stage, who: &crate::ctx::Citizen) -> (String, &'static str) {
    let mut page = hers(stage, who).await;
    page.letters.clear();
    (format!("{page:?}"), refused(sent(stage, who, "Hei").await))
}

#[tokio::test]
async fn every_cause_of_closing_is_one_and_the_same_to_the_other() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let inside = stage.inside().await;
        sent(&stage, &who, "Hei").await.unwrap();
        let exchange = feed(&stage.ctx, &inside).await.unwrap()[0].public.clone();
        let set = async |wish| {
            exchange::set(&stage.ctx, End::Inmate(&inside, &exchange), wish).await.unwrap().unwrap()
        };
        let off = UnitRules { exchange_on: false, ..unit_rules() };
        let mut seen = vec![];
        set(Wish::Pause).await;
        seen.push(closed(&stage, &who).await);
        set(Wish::Block).await;
        seen.push(closed(&stage, &who).await);
        set(Wish::Open).await;
        assert!(hers(&stage, &who).await.open.is_some(), "he took it up again");
        put_rules(&stage.ctx, &Actor::System, &stage.unit, off).await.unwrap();
        seen.push(closed(&stage, &who).await);
        put_rules(&stage.ctx, &Actor::System, &stage.unit, unit_rules()).await.unwrap();
        stage.revoke(&who).await;
        seen.push(closed(&stage, &who).await);
        stage.clear(&who, "2026-12-31").await;
        stage.restrict("letter_ban").await;
        seen.push(closed(&stage, &who).await);
        for other in &seen[1..] {
            assert_eq!(other, &seen[0]);
        }
        assert!(!seen[0].0.contains("lyngmo"), "nor where he is");
        assert_eq!(stage.count("SELECT COUNT(*) FROM letter").await, 1);
        let form = written(&stage.key(), "Hei");
        let his = reply(&stage.ctx, &inside, &exchange, &form).await.unwrap();
        assert_eq!(refused(his), "message_closed", "a ban holds both ways");
    })
    .await;
}

#[tokio::test]
async fn what_was_on_its_way_waits_for_a_pause_and_lapses_after_the_same_days() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        stage.set_level("lower").await;
        let who = stage.relative("maja", "2026-12-31").await;
        let inside = stage.inside().await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let start = stage.ctx.now();
        assert_eq!(last(&stage, &who).await.state, "released", "lower security: nobody reads it");
        let exchange = feed(&stage.ctx, &inside).await.unwrap()[0].public.clone();
        let hers_end = End::Relative(&who, &stage.inmate_public);
        exchange::set(&stage.ctx, hers_end, Wish::Pause).await.unwrap().unwrap();
        assert!(feed(&stage.ctx, &inside).await.unwrap()[0].letters.is_empty(), "not while it is closed");
        let got = exchange::acknowledge(&stage.ctx, &inside, &letter, false).await.unwrap();
        assert_eq!(got, Err(Refusal::Hidden));
        let form = written(&stage.key(), "Hei");
        assert_eq!(refused(reply(&stage.ctx, &inside, &exchange, &form).await.unwrap()), "message_closed");
        exchange::set(&stage.ctx, End::Relative(&who, &stage.inmate_public), Wish::Open)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(feed(&stage.ctx, &inside).await.unwrap()[0].letters.len(), 1);
        exchange::set(&stage.ctx, End::Inmate(&inside, &exchange), Wish::Block).await.unwrap().unwrap();
        stage.ctx.clock.set(start.plus_days(14));
        assert_eq!(exchange::move_on(&stage.ctx).await.unwrap(), 0, "fourteen days");
        stage.ctx.clock.set(stage.ctx.now().plus_seconds(1));
        assert_eq!(exchange::move_on(&stage.ctx).await.unwrap(), 1);
        assert_eq!(last(&stage, &who).await.state, "lapsed");
    })
    .await;
}

#[tokio::test]
async fn his_letter_that_was_let_through_in_a_pause_comes_when_it_is_over() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let inside = stage.inside().await;
        sent(&stage, &who, "Hei").await.unwrap();
        let exchange = feed(&stage.ctx, &inside).await.unwrap()[0].public.clone();
        let his =
            reply(&stage.ctx, &inside, &exchange, &written(&stage.key(), "Hei!")).await.unwrap().unwrap();
        stage.say("UPDATE message_rule SET exchange_on = 0", vec![]).await;
        ruled(&stage, &kari, &his, "release", "").await.unwrap();
        assert_eq!(hers(&stage, &who).await.letters.len(), 1, "it is not handed over");
        assert_eq!(exchange::move_on(&stage.ctx).await.unwrap(), 0);
        stage.say("UPDATE message_rule SET exchange_on = 1", vec![]).await;
        exchange::move_on(&stage.ctx).await.unwrap();
        assert_eq!(last(&stage, &who).await.words, "Hei!");
    })
    .await;
}

#[tokio::test]
async fn the_units_bounds_hold_and_what_is_wrong_stands_at_its_field() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        for (words, code) in [("", "empty"), (&*"å".repeat(201), "too_long")] {
            let Err(Unsent::Fields(errors)) = sent(&stage, &who, words).await else { panic!("{code}") };
            assert_eq!((errors[0].field, errors[0].code), ("words", code));
        }
        for n in 0..3 {
            sent(&stage, &who, &format!("{n}{}", "å".repeat(199))).await.unwrap();
        }
        assert_eq!(hers(&stage, &who).await.open.unwrap().left_this_week, 0);
        assert_eq!(refused(sent(&stage, &who, "Hei").await), "message_too_many");
        // 1 September 2026 is a Tuesday; the week begins anew on the Monday.
        stage.ctx.clock.set(stage.ctx.now().plus_days(6));
        sent(&stage, &who, "Hei").await.unwrap();
        stage.say("DELETE FROM message_rule", vec![]).await;
        assert_eq!(refused(sent(&stage, &who, "Hei").await), "message_closed", "off where nothing is said");
    })
    .await;
}

#[tokio::test]
async fn on_paper_it_is_printed_handed_over_and_answered_by_its_sheet() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let paper = UnitRules { means: Means::Print, ..unit_rules() };
        put_rules(&stage.ctx, &Actor::System, &stage.unit, paper).await.unwrap();
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        let officer = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let letter = sent(&stage, &who, "Hei. Møt meg ved porten.").await.unwrap();
        assert!(exchange::print(&stage.ctx, &kari, &letter).await.unwrap().is_none(), "not before control");
        ruled(&stage, &kari, &letter, "part", "Møt meg ved porten.").await.unwrap();
        let list = exchange::to_print(&stage.ctx, &kari).await.unwrap();
        assert_eq!((list.len(), list[0].inmate.as_str()), (1, "Even Fjellvik"));
        for other in [&far, &officer] {
            assert!(exchange::to_print(&stage.ctx, other).await.unwrap().is_empty());
            assert!(exchange::print(&stage.ctx, other, &letter).await.unwrap().is_none());
        }
        let paper = exchange::print(&stage.ctx, &kari, &letter).await.unwrap().unwrap();
        assert_eq!(paper.words, "Hei. […]", "what was held back is not on the paper");
        let form = written(&stage.key(), "Takk for brevet");
        let early = exchange::sheet_reply(&stage.ctx, &kari, &letter, &form).await.unwrap();
        assert_eq!(refused(early), "message_hidden", "not handed over yet");
        exchange::handed_over(&stage.ctx, &kari, &letter, paper.version).await.unwrap().unwrap();
        let again = exchange::handed_over(&stage.ctx, &kari, &letter, paper.version).await.unwrap();
        assert_eq!(again, Err(Refusal::MovedOn));
        assert_eq!(last(&stage, &who).await.state, "delivered");
        let wrong = exchange::sheet_reply(&stage.ctx, &far, &letter, &form).await.unwrap();
        assert_eq!(refused(wrong), "message_hidden");
        let reply = exchange::sheet_reply(&stage.ctx, &kari, &letter, &form).await.unwrap().unwrap();
        ruled(&stage, &kari, &reply, "release", "").await.unwrap();
        assert_eq!(last(&stage, &who).await.words, "Takk for brevet");
    })
    .await;
}

#[tokio::test]
async fn either_of_the_two_can_report_and_the_other_sees_nothing_of_it() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        let inside = stage.inside().await;
        sent(&stage, &who, "Hei").await.unwrap();
        let exchange = feed(&stage.ctx, &inside).await.unwrap()[0].public.clone();
        let before = format!("{:?}", hers(&stage, &who).await);
        let told = NoteForm { key: stage.key().as_str().into(), words: "Hun truer meg".into() };
        for _ in 0..2 {
            exchange::report(&stage.ctx, End::Inmate(&inside, &exchange), &told).await.unwrap().unwrap();
        }
        assert_eq!(format!("{:?}", hers(&stage, &who).await), before);
        let told = NoteForm { key: stage.key().as_str().into(), words: "Han truer meg".into() };
        exchange::report(&stage.ctx, End::Relative(&who, &stage.inmate_public), &told)
            .await
            .unwrap()
            .unwrap();
        let list = exchange::reports(&stage.ctx, &kari).await.unwrap();
        let words: Vec<(&str, bool)> = list.iter().map(|r| (r.words.as_str(), r.from_relative)).collect();
        assert_eq!(words, [("Hun truer meg", false), ("Han truer meg", true)]);
        assert!(exchange::reports(&stage.ctx, &far).await.unwrap().is_empty());
        assert_eq!(exchange::settle(&stage.ctx, &far, &list[0].public).await.unwrap(), Err(Refusal::MovedOn));
        exchange::settle(&stage.ctx, &kari, &list[0].public).await.unwrap().unwrap();
        assert_eq!(exchange::reports(&stage.ctx, &kari).await.unwrap().len(), 1);
    })
    .await;
}
