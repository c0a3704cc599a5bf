//! What the compartment puts on the one list of staff: to whom, by its clock, and naming nobody.

use domain::{
    access::Role,
    work::{Choice, Cursor, Group, Holder, Kind, Whose},
};

use super::{
    super::{
        assigning::{self, To},
        breaking_in, desk, duty,
        testing::staff,
    },
    stage::{HOUR, Stage},
};
use crate::{
    ctx::Staff,
    notices::{Party, ladder::ChannelKind::Sms},
    testing::on_both_engines,
    work::{self, Item},
};

async fn seen(s: &Stage, staff: &Staff, whose: Whose) -> Vec<Item> {
    let waits = work::waiting(&s.ctx, staff).await.unwrap();
    let choice = Choice { whose, ..Choice::default() };
    work::list(&s.ctx, staff, &waits, &choice, Cursor::start()).await.unwrap().items
}

fn kinds(items: &[Item]) -> Vec<(Kind, Holder)> {
    items.iter().map(|item| (item.kind, item.holder)).collect()
}

#[tokio::test]
async fn a_question_is_its_officers_and_of_the_unit_while_nobody_has_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let colleague = staff(&s.ctx, Role::VictimOfficer, &portal.unit("lyngmo").await);
        let far = staff(&s.ctx, Role::VictimOfficer, &portal.unit("havn").await);
        let officer = staff(&s.ctx, Role::CaseOfficer, &portal.unit("lyngmo").await);
        s.asks("solveig").await;
        assert_eq!(
            kinds(&seen(&s, &s.officer, Whose::default()).await),
            [(Kind::NoticeRequest, Holder::Nobody)]
        );
        s.verifies().await;
        let her = s.visitor("solveig").await;
        s.channel(&her, Sms, "90000005").await;
        s.event(&s.leave(1, 300)).await;
        let mine = seen(&s, &s.officer, Whose::default()).await;
        assert_eq!(kinds(&mine), [(Kind::NoticeQuestion, Holder::Me)]);
        assert!(
            mine.iter().all(|item| item.whom.is_none() && item.about.is_none() && item.reference.is_none())
        );
        for other in [&colleague, &far, &officer, &s.duty] {
            assert_eq!(seen(&s, other, Whose::Everybodys).await, [], "{:?}", other.roles);
            assert_eq!(work::waiting(&s.ctx, other).await.unwrap().count, 0);
        }
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        let party = domain::kernel::Public::<Party>::parse(&list.parties[0].public_id).unwrap();
        assigning::assign(&s.ctx, &s.officer, &party, Some(To::Nobody), "Bytter enhet")
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        assert_eq!(
            kinds(&seen(&s, &colleague, Whose::default()).await),
            [(Kind::NoticeQuestion, Holder::Nobody)]
        );
        assert_eq!(seen(&s, &far, Whose::Everybodys).await, []);
        // Who is away keeps her cases of victims: they change hands on their own page alone.
        let again = Some(To::Me);
        assigning::assign(&s.ctx, &s.officer, &party, again, "Tilbake").await.unwrap().unwrap().unwrap();
        assert_eq!(seen(&s, &colleague, Whose::Everybodys).await, []);
    })
    .await;
}

/// What was opened in haste waits for the auditor of its unit until one has seen it, and for nobody who opened it herself.
#[tokio::test]
async fn a_case_that_was_opened_in_haste_is_work_for_an_auditor() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let lyngmo = portal.unit("lyngmo").await;
        let mut colleague = staff(&s.ctx, Role::VictimOfficer, &lyngmo);
        let auditor = staff(&s.ctx, Role::Auditor, &lyngmo);
        let far = staff(&s.ctx, Role::Auditor, &portal.unit("havn").await);
        let leader = staff(&s.ctx, Role::UnitAdmin, &lyngmo);
        s.victim("solveig", &[]).await;
        let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
        let party = domain::kernel::Public::<Party>::parse(&list.parties[0].public_id).unwrap();
        assert_eq!(work::waiting(&s.ctx, &auditor).await.unwrap().count, 0);
        breaking_in::break_in(&s.ctx, &colleague, &party, "Det haster.").await.unwrap().unwrap().unwrap();
        let items = seen(&s, &auditor, Whose::default()).await;
        assert_eq!(kinds(&items), [(Kind::NoticeBreakIn, Holder::Nobody)]);
        assert_eq!(items[0].since, s.ctx.now());
        assert_eq!(items[0].due, s.ctx.now().plus_days(7), "by the rule for what is out of the ordinary");
        assert!(items[0].whom.is_none() && items[0].about.is_none() && items[0].holder_name.is_none());
        colleague.roles.push(Role::Auditor);
        for other in [&colleague, &far, &leader, &s.duty] {
            let kinds = kinds(&seen(&s, other, Whose::Everybodys).await);
            assert!(!kinds.iter().any(|(kind, _)| *kind == Kind::NoticeBreakIn), "{:?}", other.roles);
        }
        let alert = breaking_in::alerts(&s.ctx, &auditor).await.unwrap().unwrap().remove(0);
        breaking_in::seen(&s.ctx, &auditor, &alert.public).await.unwrap().unwrap();
        assert_eq!(seen(&s, &auditor, Whose::Everybodys).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_call_is_the_duty_desks_and_names_nobody() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[]).await;
        s.event(&s.leave(1, 20)).await;
        s.says_yes().await;
        s.works().await;
        let [task] = s.duty_tasks().await.try_into().expect("one task");
        let on_list = seen(&s, &s.duty, Whose::default()).await;
        assert_eq!(kinds(&on_list), [(Kind::NoticeDuty, Holder::Nobody)]);
        assert_eq!(on_list[0].due, task.deadline);
        assert!(on_list[0].whom.is_none() && on_list[0].unit_name.is_none());
        duty::take(&s.ctx, &s.duty, &task.public).await.unwrap();
        let notices = Choice { group: Some(Group::Notices), whose: Whose::Mine, ..Choice::default() };
        let waits = work::waiting(&s.ctx, &s.duty).await.unwrap();
        let mine = work::list(&s.ctx, &s.duty, &waits, &notices, Cursor::start()).await.unwrap().items;
        assert_eq!(kinds(&mine), [(Kind::NoticeDuty, Holder::Me)]);
        assert_eq!(seen(&s, &s.officer, Whose::Everybodys).await, [], "nothing is hers to do");
        s.wait(HOUR);
    })
    .await;
}
