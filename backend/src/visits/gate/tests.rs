use domain::{
    access::Role,
    kernel::{CivilDate, Id, Instant, Public},
    visits::{
        booking::{Booking, Offer, StaffReason},
        gate::{Arrival, AtGate, Denied, Mark, MarkRefusal},
    },
};

use super::{Found, MarkRow, Marking, Undoing, day, find, mark, mine, pass, tell_delay, undo, visit};
use crate::{
    args,
    ctx::{Citizen, Staff},
    testing::{Portal, on_both_engines},
    visits::booking::{self, Target, testing::Stage},
};

const SATURDAY: &str = "2026-09-19";

/// A visit to a unit, and whoever stands at its gate on the day, as it begins.
struct Gate {
    s: Stage,
    who: Citizen,
    visit: Public<Booking>,
    start: Instant,
    officer: Staff,
}

impl Gate {
    async fn new(portal: &Portal) -> Self {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        let who = s.relative("Maja Fjellvik").await;
        let own = s.public_of(&who.person).await;
        booking::choose_party(&s.ctx, &who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
        let days = booking::available(&s.ctx, &who).await.unwrap().expect("a draft").days;
        let on = CivilDate::parse_iso(SATURDAY).unwrap();
        let Offer::Free(free) = days.into_iter().find(|d| d.date == on).unwrap().offer else { panic!() };
        booking::hold(&s.ctx, &who, free[0].public.clone()).await.unwrap().unwrap();
        let hold = booking::draft(&s.ctx, &who).await.unwrap().unwrap().hold.unwrap().hold.public;
        let visit = booking::confirm(&s.ctx, &who, hold).await.unwrap().unwrap();
        let start = free[0].starts_at;
        s.ctx.clock.set(start);
        let officer = staff(&s, Role::GateOfficer).await;
        Self { s, who, visit, start, officer }
    }

    fn at(&self, minutes: i64) {
        self.s.ctx.clock.set(self.start.plus_minutes(minutes));
    }

    async fn mark(&self, what: Mark, seen: usize) -> Result<(), MarkRefusal> {
        mark(&self.s.ctx, &self.officer, self.marking(what, seen)).await.unwrap().expect("hers")
    }

    fn marking(&self, what: Mark, seen: usize) -> Marking {
        let key: Public<MarkRow> = self.s.ctx.chance.public();
        Marking { visit: self.visit.clone(), mark: what, at: None, seen, key }
    }

    async fn undo(&self, seen: usize) -> Result<(), MarkRefusal> {
        let undoing = Undoing { visit: self.visit.clone(), seen };
        undo(&self.s.ctx, &self.officer, undoing).await.unwrap().expect("hers")
    }

    async fn state(&self) -> AtGate {
        mine(&self.s.ctx, &self.who, &self.visit).await.unwrap().expect("hers").line.state
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.s.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }
}

pub const STAFF: &str =
    "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ($1, $2, 'Geir Skarvetind', 0)";

async fn staff(s: &Stage, role: Role) -> Staff {
    let id = s.ctx.chance.id(s.ctx.now());
    s.run(STAFF, args![&id, &s.ctx.chance.public::<()>()]).await;
    Staff {
        session: Id::new("session"),
        staff: id,
        name: "Geir".into(),
        roles: vec![role],
        units: vec![s.unit.clone()],
        unit_name: "Lyngmo".into(),
    }
}

const LETTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.booking' AND payload LIKE '%not_let_in%'";
const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('visit_marked', 'visit_unmarked')";

#[tokio::test]
async fn she_comes_she_is_let_in_and_it_ends() {
    on_both_engines(async |portal| {
        let g = Gate::new(&portal).await;
        assert_eq!(g.state().await, AtGate::Expected);
        g.at(-10);
        let pressed = g.marking(Mark::Arrived, 0);
        for _ in 0..2 {
            let answer = mark(&g.s.ctx, &g.officer, pressed.clone()).await.unwrap();
            assert_eq!(answer, Some(Ok(())), "the same press is one mark");
        }
        assert_eq!(g.state().await, AtGate::Inside { since: g.start.plus_minutes(-10) });
        assert_eq!(g.mark(Mark::Arrived, 0).await, Err(MarkRefusal::Order), "the page was old");
        g.at(60);
        assert_eq!(g.mark(Mark::Normal, 1).await, Ok(()));
        let over = AtGate::Over { how: Mark::Normal, at: g.start.plus_minutes(60) };
        assert_eq!(g.state().await, over);
        let today = day(&g.s.ctx, &g.officer, None).await.unwrap().unwrap();
        assert_eq!(today.line(&g.visit).state, over, "the day says the same");
        assert_eq!(g.undo(1).await, Err(MarkRefusal::Order), "somebody has marked it meanwhile");
        assert_eq!(g.undo(2).await, Ok(()));
        assert!(matches!(g.state().await, AtGate::Inside { .. }));
        let seen = visit(&g.s.ctx, &g.officer, &g.visit).await.unwrap().unwrap();
        assert_eq!((seen.marks.len(), seen.expected.latest_arrival), (1, 30));
        assert_eq!((g.count(LETTERS).await, g.count(TRACES).await), (0, 3));
    })
    .await;
}

#[tokio::test]
async fn whoever_came_in_vain_is_told_and_nobody_else() {
    on_both_engines(async |portal| {
        let g = Gate::new(&portal).await;
        assert_eq!(g.mark(Mark::NoShow, 0).await, Err(MarkRefusal::TooEarly));
        g.at(40);
        let denied = Mark::Denied(Denied::TooLate);
        assert_eq!(g.mark(denied, 0).await, Ok(()));
        assert_eq!(g.state().await, AtGate::Over { how: denied, at: g.start.plus_minutes(40) });
        assert_eq!(g.count(LETTERS).await, 1);
        g.at(24 * 60);
        assert_eq!(g.undo(1).await, Err(MarkRefusal::OtherDay));
    })
    .await;
}

#[tokio::test]
async fn marks_kept_without_a_line_are_written_later_with_their_own_time() {
    on_both_engines(async |portal| {
        let g = Gate::new(&portal).await;
        g.at(45);
        let seen_at = g.start.plus_minutes(5);
        let late = Marking { at: Some(seen_at), ..g.marking(Mark::Arrived, 0) };
        assert_eq!(mark(&g.s.ctx, &g.officer, late).await.unwrap(), Some(Ok(())));
        assert_eq!(g.state().await, AtGate::Inside { since: seen_at });
        let ahead = Marking { at: Some(g.start.plus_minutes(46)), ..g.marking(Mark::Normal, 1) };
        assert_eq!(mark(&g.s.ctx, &g.officer, ahead).await.unwrap(), Some(Err(MarkRefusal::Time)));
    })
    .await;
}

#[tokio::test]
async fn a_delay_is_answered_by_the_units_rule() {
    on_both_engines(async |portal| {
        let g = Gate::new(&portal).await;
        let tell = async |minutes| tell_delay(&g.s.ctx, &g.who, &g.visit, minutes).await.unwrap();
        assert_eq!(tell(30).await, Some(Some(Arrival::Late { minutes: 30 })));
        assert_eq!(tell(45).await, Some(Some(Arrival::TooLate { minutes: 45 })));
        assert_eq!(tell(7).await, None, "no page of ours says so");
        let today = day(&g.s.ctx, &g.officer, None).await.unwrap().unwrap();
        assert_eq!(today.line(&g.visit).delay.unwrap().minutes, 45, "the last word");
        g.mark(Mark::Arrived, 0).await.unwrap();
        assert_eq!(tell(10).await, Some(None), "she is here");
        let other = g.s.relative("Ruth Tangvald").await;
        assert_eq!(tell_delay(&g.s.ctx, &other, &g.visit, 10).await.unwrap(), None);
        assert_eq!(mine(&g.s.ctx, &other, &g.visit).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_pass_finds_its_visit_on_its_day_and_a_made_up_one_none() {
    on_both_engines(async |portal| {
        let g = Gate::new(&portal).await;
        let own = booking::visit(&g.s.ctx, &g.who, &g.visit).await.unwrap().unwrap();
        let text = pass(&g.s.ctx, &own);
        assert!(!text.contains(g.visit.as_str()) && text.len() == 36, "{text}");
        assert!(text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'));
        let find = async |text: &str| find(&g.s.ctx, &g.officer, text).await.unwrap();
        let hers = Some(Found::Visit(g.visit.clone()));
        let reference = own.reference.to_string();
        for good in [text.clone(), format!(" {text}\n"), reference.clone(), reference.to_lowercase()] {
            assert_eq!(find(&good).await, hers, "{good}");
        }
        let wrong = format!("{}{}", &text[..35], if text.ends_with('0') { "1" } else { "0" });
        assert_eq!(find(&wrong).await, Some(Found::NotOurs));
        for unread in ["", "Maja", "VARDE1-", "VARDE1-AAAA", "VARDE2-S4T820QK-00"] {
            assert_eq!(find(unread).await, Some(Found::Unreadable), "{unread}");
        }
        let elsewhere = portal.unit("storaasen").await;
        let far = Staff { units: vec![elsewhere], ..g.officer.clone() };
        assert_eq!(super::find(&g.s.ctx, &far, &text).await.unwrap(), Some(Found::Unknown));
        g.at(-24 * 60);
        assert!(matches!(find(&text).await, Some(Found::OtherDay(_))));
    })
    .await;
}

#[tokio::test]
async fn who_may_not_mark_sees_no_gate_and_a_cancelled_visit_takes_no_mark() {
    on_both_engines(async |portal| {
        let g = Gate::new(&portal).await;
        let ctx = &g.s.ctx;
        let elsewhere = Staff { units: vec![portal.unit("storaasen").await], ..g.officer.clone() };
        let auditor = staff(&g.s, Role::Auditor).await;
        for who in [&elsewhere, &auditor] {
            assert_eq!(mark(ctx, who, g.marking(Mark::Arrived, 0)).await.unwrap(), None);
            assert_eq!(undo(ctx, who, Undoing { visit: g.visit.clone(), seen: 0 }).await.unwrap(), None);
            assert!(visit(ctx, who, &g.visit).await.unwrap().is_none());
        }
        assert!(day(ctx, &auditor, None).await.unwrap().is_none());
        assert_eq!(find(ctx, &auditor, "S4T8-20QK").await.unwrap(), None);
        let duty = staff(&g.s, Role::DutyOfficer).await;
        let target = Target { public: g.visit.clone(), version: 1 };
        booking::cancel_by_unit(ctx, &duty, target, StaffReason::Incident).await.unwrap().unwrap().unwrap();
        assert_eq!(g.mark(Mark::Arrived, 0).await, Err(MarkRefusal::Cancelled));
    })
    .await;
}
