use domain::kernel::Public;

use super::stage::{HOUR, Stage};
use crate::{
    notices::{
        LookReason, TaskRow, closing, desk,
        duty::{self, RingIn, RingInForm},
        mine,
        reading::Looker,
        registering::{self, PersonForm},
        wish,
    },
    testing::{number_of, on_both_engines},
};

fn by_number(name: &str, word: &str) -> RingInForm {
    RingInForm { number: number_of(name).expose().to_owned(), word: word.into(), ..RingInForm::default() }
}

async fn rings(s: &Stage, form: &RingInForm) -> Result<Public<RingIn>, Vec<(&'static str, &'static str)>> {
    let done = duty::ring_in(&s.ctx, &s.duty, form).await.unwrap().expect("her duty");
    done.map_err(|faults| faults.iter().map(|fault| (fault.field, fault.code)).collect())
}

/// She is registered, has this word, and a leave lies ahead.
async fn told_of_leave(s: &Stage, name: &str, word: &str) -> crate::ctx::Visitor {
    let her = s.victim(name, &[]).await;
    let form = wish::WishForm {
        locale: "nb".into(),
        telephone: "40000000".into(),
        safe_word: word.into(),
        ..wish::WishForm::default()
    };
    wish::set(&s.ctx, &her, &form).await.unwrap().unwrap().unwrap();
    her
}

#[tokio::test]
async fn whoever_rings_with_her_word_is_read_to_and_confirms() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = told_of_leave(&s, "solveig", "Blåklokke").await;
        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;
        assert_eq!(s.duty_tasks().await.len(), 1, "she has no channel: to be rung");
        assert!(
            duty::ring_in(&s.ctx, &s.officer, &by_number("solveig", "blåklokke")).await.unwrap().is_none()
        );
        let open = rings(&s, &by_number("solveig", " blåklokke ")).await.unwrap();
        assert!(duty::rung_in(&s.ctx, &s.second, &open).await.unwrap().is_none(), "this officer's alone");
        let rung = duty::rung_in(&s.ctx, &s.duty, &open).await.unwrap().unwrap();
        let [notice] = rung.notices.as_slice() else { panic!("one: {rung:?}") };
        assert_eq!(rung.name, "solveig");
        let heard = duty::heard(&s.ctx, &s.duty, &open, &notice.public).await.unwrap();
        assert_eq!(heard, Some(true));
        assert_eq!(duty::heard(&s.ctx, &s.duty, &open, &notice.public).await.unwrap(), Some(false), "once");
        assert!(s.duty_tasks().await.is_empty(), "nobody rings her any more");
        assert!(s.notices(&her).await[0].confirmed_at.is_some());
        let looks = mine::looks(&s.ctx, &her).await.unwrap();
        assert!(looks.iter().any(|look| matches!(look.who, Looker::Staff(_, LookReason::RangIn))));
        s.wait(30);
        assert!(duty::rung_in(&s.ctx, &s.duty, &open).await.unwrap().is_none(), "its minutes are over");
        assert!(duty::heard(&s.ctx, &s.duty, &open, &notice.public).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn whatever_does_not_fit_gets_one_answer_and_a_wrong_word_counts() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        told_of_leave(&s, "solveig", "blåklokke").await;
        let no = Err(vec![("word", "no_match")]);
        assert_eq!(rings(&s, &by_number("runa", "blåklokke")).await, no, "nobody is here");
        for form in [
            RingInForm::default(),
            RingInForm { reference: "26-1234".into(), ..by_number("solveig", "blåklokke") },
        ] {
            assert_eq!(rings(&s, &form).await.unwrap_err()[0].0, "number", "one of them: {form:?}");
        }
        let bad = RingInForm { number: "1".into(), word: " ".into(), ..RingInForm::default() };
        assert_eq!(rings(&s, &bad).await, Err(vec![("number", "form"), ("word", "empty")]));
        for _ in 0..2 {
            assert_eq!(rings(&s, &by_number("solveig", "tyttebær")).await, no);
        }
        rings(&s, &by_number("solveig", "blåklokke")).await.unwrap();
        for n in 0..3 {
            let tasks = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks;
            assert!(tasks.is_empty(), "the right word began anew: {n}");
            assert_eq!(rings(&s, &by_number("solveig", "tyttebær")).await, no);
        }
        assert_eq!(rings(&s, &by_number("solveig", "blåklokke")).await, no, "no word is taken now");
        let tasks = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap().tasks;
        let [task] = tasks.as_slice() else { panic!("one: {tasks:?}") };
        assert_eq!(task.kind, "wrong_word");
        let task: Public<TaskRow> = Public::parse(&task.public_id).unwrap();
        closing::close(&s.ctx, &s.officer, &task, "rang", "").await.unwrap().unwrap().unwrap();
        rings(&s, &by_number("solveig", "blåklokke")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_number_of_the_case_will_do_when_one_of_it_has_that_word() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        told_of_leave(&s, "solveig", "blåklokke").await;
        let person = PersonForm {
            name: "Tora Li".into(),
            telephone: "40000009".into(),
            safe_word: "tyttebær".into(),
            wish: "wants".into(),
            ..PersonForm::default()
        };
        registering::register(&s.ctx, &s.officer, &person, &s.case()).await.unwrap().unwrap().unwrap();
        let by_case = |word: &str| RingInForm {
            reference: "26-1234".into(),
            word: word.into(),
            ..RingInForm::default()
        };
        let open = rings(&s, &by_case("tyttebær")).await.unwrap();
        assert_eq!(duty::rung_in(&s.ctx, &s.duty, &open).await.unwrap().unwrap().name, "Tora Li");
        assert!(rings(&s, &by_case("ukjent")).await.is_err());
        let same = PersonForm { name: "Una Li".into(), ..person };
        registering::register(&s.ctx, &s.officer, &same, &s.case()).await.unwrap().unwrap().unwrap();
        s.wait(HOUR);
        assert!(rings(&s, &by_case("tyttebær")).await.is_err(), "two have it: neither is opened");
    })
    .await;
}
