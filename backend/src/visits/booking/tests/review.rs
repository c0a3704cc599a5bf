//! What a review found, each with the proof that it stays mended.

use domain::visits::booking::SessionKind;

use super::*;
use crate::{
    ctx::Actor,
    custody::inmates::{NewInmate, place},
    db::{Command, Tx},
    visits::{
        booking::{
            facts::KNOWN,
            testing::{INMATE_PUBLIC, template},
        },
        sessions::{NewTemplate, put_template},
    },
};

pub const AT_UNIT: &str = "SELECT action, unit_id FROM audit WHERE actor_kind = 'staff' ORDER BY at, id";

/// Another inmate of the same unit.
async fn with_inmate(s: &Stage, name: &str) -> Stage {
    let birth_date = day_of("1990-02-03");
    let inmate = NewInmate { name: name.into(), birth_date, number: None, unit: s.unit.clone() };
    let inmate: Id<Inmate> = Id::new(place(&s.ctx, inmate).await.unwrap().as_str());
    let (public,): (String,) = s.ctx.db.one(INMATE_PUBLIC, args![&inmate]).await.unwrap();
    let inmate_public = Public::parse(&public).unwrap();
    Stage { ctx: s.ctx.clone(), unit: s.unit.clone(), inmate, inmate_public }
}

#[tokio::test]
async fn f10_sixteen_who_have_nothing_to_do_with_each_other_confirm_at_once() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let times = NewTemplate { unit: s.unit.clone(), template: template(6, 900, 16) };
        put_template(&s.ctx, &Actor::System, times).await.unwrap();
        tend(&s.ctx).await.unwrap();
        let mut all = Vec::new();
        for n in 0..16 {
            let his = with_inmate(&s, &format!("Inmate {n}")).await;
            let who = his.relative(&format!("Relative {n}")).await;
            alone(&his, &who).await;
            let at = free(&s.ctx, &who, SATURDAY).await.iter().position(|s| s.start.0 == 900).unwrap();
            let asked = held(&s.ctx, &who, SATURDAY, at).await;
            all.push((who, asked));
        }
        let mut running = tokio::task::JoinSet::new();
        for (who, asked) in all {
            let ctx = s.ctx.clone();
            running.spawn(async move { confirm(&ctx, &who, asked).await });
        }
        for one in running.join_all().await {
            one.expect("nobody is thrown back").expect("nothing stands in the way");
        }
        assert_eq!(count(&s.ctx, BOOKINGS).await, 16);
    })
    .await;
}

const FILLED: [&str; 5] = [
    "SET LOCAL session_replication_role = replica",
    "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, session_id, \
     kind, date, starts_at, ends_at, booked_at) SELECT 'b' || n, 'p' || n, 'r' || n, 'd' || n, 'h' || n, \
     'p' || n % 900, 'i' || n % 300, 'u', 's', 'open', CAST(DATE '2026-01-01' + n % 300 AS TEXT), n, n + 1, n \
     FROM GENERATE_SERIES(1, 6000) n",
    "INSERT INTO booking_party (booking_id, person_id, role) SELECT 'b' || n, 'p' || n % 900, 'adult' \
     FROM GENERATE_SERIES(1, 6000) n",
    "INSERT INTO booking_draft_party (draft_id, person_id, child) SELECT 'd' || n, 'p' || n, 0 \
     FROM GENERATE_SERIES(1, 100) n",
    "ANALYZE booking, booking_party, booking_draft_party",
];

struct Plan;

impl Command for Plan {
    type Out = String;

    async fn run(&self, tx: &mut Tx) -> crate::Result<String> {
        let days = [day_of(SATURDAY); 4];
        let values = args!["inmate", "unit", "draft", days[0], days[1], days[2], days[3], "", self::NOON];
        let leaked =
            |before: &str| -> &'static str { Box::leak(format!("{before} {KNOWN}").into_boxed_str()) };
        let steps: Vec<String> = if let Tx::Postgres(_) = tx {
            // As in a service that has run for some time; an empty table would be read whole whatever the indexes.
            for sql in FILLED {
                tx.later(sql, vec![]).await?;
            }
            let lines: Vec<(String,)> = tx.all(leaked("EXPLAIN"), values).await?;
            lines.into_iter().map(|(line,)| line).collect()
        } else {
            let lines: Vec<(i64, i64, i64, String)> = tx.all(leaked("EXPLAIN QUERY PLAN"), values).await?;
            lines.into_iter().map(|(.., line)| line).collect()
        };
        Ok(steps.join("\n"))
    }
}

/// What is read is what others' writes are measured against: the inmate's bookings of the week and those of the guests.
#[tokio::test]
async fn the_visits_that_count_are_found_by_index_alone() {
    on_both_engines(async |portal| {
        let plan = portal.ctx.db.write(Plan).await.unwrap();
        let by_inmate =
            if portal.postgres { "Index Cond: ((inmate_id = " } else { "booking_inmate (inmate_id=?" };
        assert!(plan.contains(by_inmate), "{plan}");
        assert!(plan.contains("booking_party_person"), "{plan}");
        assert!(!plan.contains("SCAN b") && !plan.contains("Seq Scan on booking "), "{plan}");
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_is_both_hers_and_his_counts_once() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let other = with_inmate(&s, "Sander Lyngdal").await;
        other.grant(&maja.person, &maja.person, "").await;
        booked(&s, &maja, SATURDAY, 0).await;
        // Hers and his: the week is used.
        alone(&s, &maja).await;
        assert_eq!(why(&s.ctx, &maja, SATURDAY).await.map(|w| w.code()), Some("week_used"));
        // Hers alone: the same hour is not hers a second time, the next one is.
        alone(&other, &maja).await;
        let starts: Vec<_> = free(&s.ctx, &maja, SATURDAY).await.iter().map(|s| s.start.0).collect();
        assert_eq!(starts, [780]);
        // His alone.
        let ruth = s.relative("Ruth Tangvald").await;
        alone(&s, &ruth).await;
        assert_eq!(why(&s.ctx, &ruth, SATURDAY).await, Some(Why::Full));
    })
    .await;
}

#[tokio::test]
async fn the_day_shows_the_measures_that_hold_and_the_look_stands_at_its_unit() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        // Written later, but for an older clearance that also covers the day.
        s.ctx.clock.set(NOON.plus_days(-20));
        s.grant(&maja.person, &maja.person, "glass_wall").await;
        s.ctx.clock.set(NOON);
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let mut own = officer(&s, Role::CaseOfficer, true);
        own.units.insert(0, Id::new("elsewhere"));
        let (ctx, on) = (&s.ctx, day_of(SATURDAY));
        let seen = day(ctx, &own, Some("lyngmo"), on).await.unwrap().unwrap();
        let row = &seen.slots[0].rows[0];
        assert_eq!((row.guests.len(), row.kind, row.measures.len()), (1, SessionKind::Open, 0));
        assert_eq!(staff_visit(ctx, &own, &public).await.unwrap().unwrap().row.measures, []);
        let target = Target { public, version: 1 };
        cancel_by_unit(ctx, &own, target, StaffReason::Staffing).await.unwrap().unwrap().unwrap();
        let traces: Vec<(String, Option<String>)> = ctx.db.all(AT_UNIT, vec![]).await.unwrap();
        let at = Some(s.unit.as_str().to_owned());
        assert_eq!(traces.iter().filter(|(_, unit)| *unit == at).count(), 3, "{traces:?}");
    })
    .await;
}

/// Nothing can be opened that another key sealed: whoever reads it is told so.
pub const UNREADABLE: &str = "UPDATE application SET needs = $1 WHERE id IN \
    (SELECT application_id FROM clearance WHERE measures = $2)";
pub const AT_ANOTHER_UNIT: &str = "UPDATE clearance SET unit_id = $1 WHERE measures = $2";

#[tokio::test]
async fn the_door_opens_no_needs_of_another_unit_or_another_time() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (ctx, on) = (&s.ctx, day_of(SATURDAY));
        let maja = s.relative("Maja Fjellvik").await;
        booked(&s, &maja, SATURDAY, 0).await;
        let elsewhere = portal.unit("storaasen").await;
        s.grant(&maja.person, &maja.person, "glass_wall").await;
        s.run(AT_ANOTHER_UNIT, args![&elsewhere, "glass_wall"]).await;
        // It ran out before the visit.
        ctx.clock.set(NOON.plus_days(-200));
        s.grant(&maja.person, &maja.person, "listening").await;
        ctx.clock.set(NOON);
        for measures in ["glass_wall", "listening"] {
            assert_eq!(s.run(UNREADABLE, args![b"sealed by nobody".as_slice(), measures]).await, 1);
        }
        let seen = day(ctx, &officer(&s, Role::GateOfficer, true), None, on).await.unwrap().unwrap();
        assert_eq!(seen.slots[0].rows[0].guests.len(), 1);
        // What holds on the day is read, and told when it cannot be.
        s.run(UNREADABLE, args![b"sealed by nobody".as_slice(), ""]).await;
        assert!(day(ctx, &officer(&s, Role::GateOfficer, true), None, on).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_child_who_has_come_of_age_is_seen_by_nobody_else() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        s.child(&maja, "Ask Fjellvik", "2008-09-02").await;
        let other = with_inmate(&s, "Sander Lyngdal").await;
        other.child(&maja, "Liv Fjellvik", "2008-09-02").await;
        let people = async || -> Vec<usize> {
            bookable(&s.ctx, &maja).await.unwrap().iter().map(|b| b.people.len()).collect()
        };
        assert_eq!(people().await, [2, 1], "the day before");
        s.ctx.clock.set(NOON.plus_days(1));
        assert_eq!(people().await, [1], "the birthday");
    })
    .await;
}
