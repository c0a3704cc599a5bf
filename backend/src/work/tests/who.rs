//! Who has it: taken, handed over, put back, undone, by whom, and while somebody is away.

use domain::{
    access::Role,
    kernel::Public,
    work::{Choice, Holder, Kind, Refusal, Whose},
};

use super::stage::{ALL, DAY, HOUR, Stage, seed};
use crate::{
    args,
    ctx::Staff,
    testing::on_both_engines,
    work::{Assign, WorkMark, assign, assignable, away, back, take, undo},
};

async fn holder(s: &Stage, staff: &Staff, public: &Public<WorkMark>) -> Holder {
    let all = Choice { whose: Whose::Everybodys, ..Choice::default() };
    let items = s.list(staff, &all).await;
    items.iter().find(|item| item.public == *public).expect("on the list").holder
}

/// Each slice keeps it where the thing is: every source is taken, put back and had again.
#[tokio::test]
async fn every_source_is_taken_put_back_and_undone() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for (name, role) in ALL.map(|name| (name, role_of(name))) {
            let (source, due) = (seed(name).0, if name == "request" { -3 * DAY } else { HOUR });
            let public = s.add(name, "lyngmo", &format!("R-{name}"), due, &[]).await;
            let me = s.staff(&format!("me-{name}"), role, &["lyngmo"]).await;
            let taken = take(&s.ctx, &me, source, &public).await.unwrap().unwrap();
            assert!(taken.is_hers(&me.staff) && taken.from.is_none(), "{name}");
            assert_eq!(holder(&s, &me, &public).await, Holder::Me, "{name}");
            assign(&s.ctx, &me, source, &public, Assign::Nobody).await.unwrap().unwrap();
            assert_eq!(holder(&s, &me, &public).await, Holder::Nobody, "{name}");
            let again = take(&s.ctx, &me, source, &public).await.unwrap().unwrap();
            undo(&s.ctx, &me, &again).await.unwrap().unwrap();
            assert_eq!(holder(&s, &me, &public).await, Holder::Nobody, "{name}");
        }
        for (action, times) in [("work_taken", 46), ("work_put_back", 23), ("work_undone", 23)] {
            assert_eq!(s.traces(action).await, times, "{action}");
        }
    })
    .await;
}

fn role_of(name: &str) -> Role {
    match name {
        "letter" | "report" => Role::MessageController,
        "worry" => Role::DutyOfficer,
        "alert" => Role::Auditor,
        "proposal" => Role::UnitAdmin,
        _ => Role::CaseOfficer,
    }
}

/// An appeal that is taken is being prepared; put back it is as it was sent. Above, the two do not mix.
#[tokio::test]
async fn an_appeal_keeps_its_steps() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let below = s.add("appeal", "lyngmo", "R1", HOUR, &["asked"]).await;
        let above = s.add("appeal_above", "lyngmo", "R2", HOUR, &[]).await;
        let officer = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        let region = s.staff("ragnhild", Role::AppealOfficer, &["lyngmo"]).await;
        let state = async |public: &Public<WorkMark>| -> (String, Option<String>, Option<String>) {
            let sql = "SELECT state, prepared_by, officer_id FROM appeal WHERE public_id = $1";
            s.ctx.db.one(sql, args![public]).await.unwrap()
        };
        take(&s.ctx, &officer, "appeal", &below).await.unwrap().unwrap();
        assert_eq!(state(&below).await, ("preparing".into(), Some(officer.staff.as_str().into()), None));
        assign(&s.ctx, &officer, "appeal", &below, Assign::Nobody).await.unwrap().unwrap();
        assert_eq!(state(&below).await, ("sent".into(), None, None));
        assert_eq!(take(&s.ctx, &region, "appeal", &below).await.unwrap(), Err(Refusal::Hidden));
        assert_eq!(take(&s.ctx, &officer, "appeal", &above).await.unwrap(), Err(Refusal::Hidden));
        take(&s.ctx, &region, "appeal", &above).await.unwrap().unwrap();
        let had = Some(region.staff.as_str().to_owned());
        assert_eq!(state(&above).await, ("forwarded".into(), Some("asker".into()), had));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_take_at_once_one_is_told_of_the_other() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let public = s.add("thread", "lyngmo", "R1", HOUR, &[]).await;
        let one = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        let two = s.staff("hanne", Role::CaseOfficer, &["lyngmo"]).await;
        let (a, b) =
            tokio::join!(take(&s.ctx, &one, "thread", &public), take(&s.ctx, &two, "thread", &public));
        let done = [a.unwrap(), b.unwrap()];
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        assert!(done.contains(&Err(Refusal::Taken)));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_hers_is_not_there() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let public = s.add("thread", "lyngmo", "R1", HOUR, &[]).await;
        let far = s.staff("nadia", Role::CaseOfficer, &["havn"]).await;
        let gate = s.staff("geir", Role::GateOfficer, &["lyngmo"]).await;
        for staff in [&far, &gate] {
            assert_eq!(take(&s.ctx, staff, "thread", &public).await.unwrap(), Err(Refusal::Hidden));
            let to = assign(&s.ctx, staff, "thread", &public, Assign::Me).await.unwrap();
            assert_eq!(to, Err(Refusal::Hidden));
            assert_eq!(assignable(&s.ctx, staff, "thread", &public).await.unwrap(), None);
        }
        let me = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        assert_eq!(take(&s.ctx, &me, "letter", &public).await.unwrap(), Err(Refusal::Hidden), "no letter");
        assert_eq!(take(&s.ctx, &me, "notice", &public).await.unwrap(), Err(Refusal::Hidden), "no source");
        // What is done is on no list, and nobody's to take.
        s.say(DONE, args![&public]).await;
        assert_eq!(take(&s.ctx, &me, "thread", &public).await.unwrap(), Err(Refusal::Hidden));
        assert_eq!(s.traces("work_taken").await, 0);
    })
    .await;
}

const DONE: &str = "UPDATE message_thread SET state = 'closed', due_at = NULL WHERE public_id = $1";

#[tokio::test]
async fn it_goes_to_a_colleague_of_the_unit_whose_duty_it_is_and_to_nobody_else() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let public = s.add("thread", "lyngmo", "R1", HOUR, &[]).await;
        let me = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        let hanne = s.staff("hanne", Role::CaseOfficer, &["lyngmo", "havn"]).await;
        s.staff("nadia", Role::CaseOfficer, &["havn"]).await;
        s.staff("geir", Role::GateOfficer, &["lyngmo"]).await;
        let one = assignable(&s.ctx, &me, "thread", &public).await.unwrap().unwrap();
        assert_eq!(
            (one.kind, one.reference.as_str(), one.holder),
            (Kind::MessageAnswer, "R1", Holder::Nobody)
        );
        let names: Vec<_> = one.colleagues.iter().map(|other| other.name.as_str()).collect();
        assert_eq!(names, ["hanne Fjellvik"]);
        let to = Assign::Colleague(one.colleagues[0].public.clone());
        let moved = assign(&s.ctx, &me, "thread", &public, to.clone()).await.unwrap().unwrap();
        assert_eq!(moved.to.as_deref(), Some(hanne.staff.as_str()));
        assert_eq!(holder(&s, &me, &public).await, Holder::Other);
        assert_eq!(holder(&s, &hanne, &public).await, Holder::Me);
        let seen = assignable(&s.ctx, &me, "thread", &public).await.unwrap().unwrap();
        assert_eq!((seen.holder_name.as_deref(), seen.colleagues.len()), (Some("hanne Fjellvik"), 0));
        assert_eq!(take(&s.ctx, &me, "thread", &public).await.unwrap(), Err(Refusal::Taken));
        for who in ["nadia", "geir"] {
            let sql = "SELECT public_id FROM staff_member WHERE name = $1";
            let (id,): (String,) = s.ctx.db.one(sql, args![format!("{who} Fjellvik")]).await.unwrap();
            let to = Assign::Colleague(Public::parse(&id).unwrap());
            assert_eq!(
                assign(&s.ctx, &me, "thread", &public, to).await.unwrap(),
                Err(Refusal::Whom),
                "{who}"
            );
        }
        // Whoever gave it takes it back, until somebody has done something with it.
        undo(&s.ctx, &me, &moved).await.unwrap().unwrap();
        assert_eq!(holder(&s, &me, &public).await, Holder::Nobody);
        assert_eq!(undo(&s.ctx, &me, &moved).await.unwrap(), Err(Refusal::MovedOn));
        away(&s.ctx, &hanne).await.unwrap();
        assert_eq!(
            assign(&s.ctx, &me, "thread", &public, to).await.unwrap(),
            Err(Refusal::Whom),
            "she is away"
        );
    })
    .await;
}

#[tokio::test]
async fn what_somebody_has_who_is_away_is_nobodys_until_she_is_back() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (kept, lost) = (
            s.add("thread", "lyngmo", "R1", HOUR, &[]).await,
            s.add("document", "lyngmo", "R2", 2 * HOUR, &[]).await,
        );
        let hanne = s.staff("hanne", Role::CaseOfficer, &["lyngmo"]).await;
        let me = s.staff("henrik", Role::CaseOfficer, &["lyngmo"]).await;
        take(&s.ctx, &hanne, "thread", &kept).await.unwrap().unwrap();
        take(&s.ctx, &hanne, "document", &lost).await.unwrap().unwrap();
        assert_eq!(s.list(&me, &Choice::default()).await, []);
        for _ in 0..2 {
            away(&s.ctx, &hanne).await.unwrap();
        }
        assert_eq!(s.traces("work_away").await, 1, "twice is once");
        assert_eq!(s.list(&me, &Choice::default()).await.len(), 2);
        let waits = super::waiting(&s.ctx, &hanne).await.unwrap();
        assert_eq!(waits.away, Some(s.ctx.now()));
        assert_eq!(holder(&s, &hanne, &kept).await, Holder::Nobody);
        take(&s.ctx, &me, "document", &lost).await.unwrap().unwrap();
        back(&s.ctx, &hanne).await.unwrap();
        assert_eq!(holder(&s, &hanne, &kept).await, Holder::Me, "hers again");
        assert_eq!(holder(&s, &hanne, &lost).await, Holder::Other, "taken meanwhile");
        away(&s.ctx, &hanne).await.unwrap();
        take(&s.ctx, &hanne, "thread", &kept).await.unwrap().unwrap();
        assert_eq!(
            super::waiting(&s.ctx, &hanne).await.unwrap().away,
            None,
            "whoever takes something is back"
        );
        assert_eq!(s.traces("work_back").await, 2);
    })
    .await;
}
