use domain::{
    access::Role,
    custody::Wire,
    kernel::{Id, Public},
};

use super::{register::*, *};
use crate::{
    args,
    ctx::{Ctx, Staff},
    custody::inmates::Inmate,
    testing::{Portal, on_both_engines},
};

const KEY: &str = "K-1";

fn even(unit: &str) -> InmateWire {
    InmateWire {
        name: "Even Fjellvik".into(),
        birth_date: "1990-02-03".into(),
        national_id: None,
        unit: unit.into(),
        since: "2026-08-01T10:00:00+02:00".into(),
    }
}

/// Two units, and an inmate in the first of them.
async fn stage(portal: &Portal) -> Ctx {
    portal.unit("lyngmo").await;
    portal.unit("havn").await;
    let ctx = portal.ctx.clone();
    assert_eq!(put_inmate(&ctx, "koda", KEY, &even("lyngmo")).await.unwrap(), Put::Created);
    ctx
}

fn staff(role: Role) -> Staff {
    Staff {
        session: Id::new("session"),
        staff: Id::new("staff"),
        name: "Unni Tjernglans".into(),
        roles: vec![role],
        units: vec![],
        unit_name: "Lyngmo".into(),
    }
}

fn wire(kind: &str, version: u32, at: &str) -> Wire {
    Wire {
        decision: format!("{kind}-1"),
        version,
        inmate: KEY.into(),
        kind: kind.into(),
        change: "decided".into(),
        at: at.into(),
        ..Wire::default()
    }
}

async fn send(ctx: &Ctx, wires: &[Wire]) -> Vec<Taken> {
    let items = wires.iter().map(|wire| Ok(Event::parse(wire, ctx.now()).expect("an event"))).collect();
    take(ctx, "koda", items, crate::wiring::Followers).await.unwrap()
}

async fn receipt(ctx: &Ctx, wire: &Wire) -> Public<CustodyEvent> {
    match send(ctx, std::slice::from_ref(wire)).await.remove(0) {
        Taken::Accepted(receipt) => receipt,
        refused => panic!("{refused:?}"),
    }
}

/// The unit where he is, and when he leaves it, in hours from now.
async fn place(ctx: &Ctx) -> Option<(String, Option<i64>)> {
    let found: Option<(String, Option<i64>)> = ctx.db.optional(PLACE_NOW, args!["koda", KEY]).await.unwrap();
    let hours = |at: i64| (at - ctx.now().micros()) / 3_600_000_000;
    found.map(|(slug, leaves)| (slug, leaves.map(hours)))
}

async fn standing(ctx: &Ctx) -> Vec<(String, i64, String, i64)> {
    ctx.db.all(DECISIONS, vec![]).await.unwrap()
}

pub const PLACE_NOW: &str = "SELECT u.slug, p.leaves_at FROM inmate_key k JOIN placement p ON p.inmate_id = k.inmate_id \
    JOIN unit u ON u.id = p.unit_id WHERE k.source = $1 AND k.key = $2 AND p.ended_at IS NULL";
pub const DECISIONS: &str = "SELECT key, version, change, at FROM custody_decision ORDER BY key";
pub const EVENTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM custody_event";
pub const INMATE: &str = "SELECT inmate_id FROM inmate_key WHERE key = $1";

async fn count(ctx: &Ctx) -> i64 {
    ctx.db.one::<(i64,)>(EVENTS, vec![]).await.unwrap().0
}

#[tokio::test]
async fn f07_a_duplicate_gets_the_first_answer_and_any_order_ends_alike() {
    on_both_engines(async |portal: Portal| {
        let ctx = stage(&portal).await;
        let one = wire("leave", 1, "2026-09-10T08:00:00Z");
        let two = Wire { change: "moved".into(), ..wire("leave", 2, "2026-09-09T08:00:00Z") };
        let three = Wire { change: "cancelled".into(), ..wire("leave", 3, "2026-09-09T08:00:00Z") };
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        for (n, order) in orders.into_iter().enumerate() {
            let decision = format!("D-{n}");
            let all = [&one, &two, &three].map(|wire| Wire { decision: decision.clone(), ..wire.clone() });
            let mut first = Vec::new();
            for at in order {
                first.push((at, receipt(&ctx, &all[at]).await));
            }
            for (at, before) in first {
                assert_eq!(receipt(&ctx, &all[at]).await, before, "the same answer");
            }
        }
        let ends = standing(&ctx).await;
        assert_eq!((ends.len(), count(&ctx).await), (6, 18));
        assert!(ends.iter().all(|(_, version, change, _)| (*version, change.as_str()) == (3, "cancelled")));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_for_its_item_alone() {
    on_both_engines(async |portal: Portal| {
        let ctx = stage(&portal).await;
        assert_eq!(put_inmate(&ctx, "koda", "K-2", &even("havn")).await.unwrap(), Put::Created);
        let good = wire("leave", 1, "2026-09-10T08:00:00Z");
        let transfer = wire("transfer", 1, "2026-09-10T08:00:00Z");
        let sent = [
            good.clone(),
            Wire { at: "2026-09-11T08:00:00Z".into(), ..good.clone() },
            Wire { version: 2, inmate: "K-2".into(), ..good.clone() },
            Wire { inmate: "K-9".into(), ..good.clone() },
            Wire { unit: Some("nowhere".into()), ..transfer },
            good,
        ];
        let answers = send(&ctx, &sent).await;
        assert_eq!(answers[0], answers[5], "the same item twice in one batch");
        let codes: Vec<&str> = answers
            .iter()
            .filter_map(|taken| match taken {
                Taken::Refused(refusal) => Some(refusal.code()),
                Taken::Accepted(_) => None,
            })
            .collect();
        assert_eq!(codes, ["version_clash", "decision_of_other_inmate", "inmate_unknown", "unit_unknown"]);
        assert_eq!((count(&ctx).await, standing(&ctx).await.len()), (1, 1));
        let auditor = staff(Role::Auditor);
        let health = health(&ctx, &auditor).await.unwrap().unwrap();
        assert_eq!((health.sources[0].taken, health.sources[0].refused, health.refused.len()), (2, 4, 4));
        assert!(!health.sources[0].silent && health.last.len() == 1);
        ctx.clock.set(ctx.now().plus_minutes(61));
        assert!(
            super::health(&ctx, &auditor).await.unwrap().unwrap().sources[0].silent,
            "its silence is seen"
        );
        assert_eq!(super::health(&ctx, &staff(Role::GateOfficer)).await.unwrap(), None, "not her duty");
    })
    .await;
}

#[tokio::test]
async fn a_stay_ends_when_its_time_has_come_and_not_before() {
    on_both_engines(async |portal: Portal| {
        let ctx = stage(&portal).await;
        let effect = Effect { inmate: inmate(&ctx).await.as_str().to_owned() };
        assert_eq!(place(&ctx).await, Some(("lyngmo".into(), None)));
        let to = |slug: &str| Some(slug.to_owned());
        send(&ctx, &[wire("release", 1, "2026-09-21T10:00:00Z")]).await;
        assert_eq!(place(&ctx).await, Some(("lyngmo".into(), Some(480))));
        send(&ctx, &[Wire { unit: to("havn"), ..wire("transfer", 1, "2026-09-11T10:00:00Z") }]).await;
        assert_eq!(place(&ctx).await, Some(("lyngmo".into(), Some(240))));
        take_effect(&ctx, &effect).await.unwrap();
        assert_eq!(place(&ctx).await, Some(("lyngmo".into(), Some(240))), "too early");
        let before = moves(&ctx).await;
        ctx.clock.set(ctx.now().plus_minutes(240 * 60));
        for _ in 0..2 {
            take_effect(&ctx, &effect).await.unwrap();
            assert_eq!(place(&ctx).await, Some(("havn".into(), Some(240))));
        }
        assert_eq!(moves(&ctx).await, before + 1, "once");
        let moved = Wire { change: "moved".into(), ..wire("release", 2, "2026-09-12T10:00:00Z") };
        send(&ctx, &[moved]).await;
        assert_eq!(place(&ctx).await, Some(("havn".into(), Some(24))), "moved earlier counts at once");
        let gone = Wire { change: "cancelled".into(), ..wire("release", 3, "2026-09-12T10:00:00Z") };
        send(&ctx, &[gone]).await;
        assert_eq!(place(&ctx).await, Some(("havn".into(), None)));
        send(&ctx, &[wire("death", 1, "2026-09-11T09:00:00Z"), wire("death", 2, "2026-09-11T10:00:30Z")])
            .await;
        assert_eq!(place(&ctx).await, None, "it has happened");
    })
    .await;
}

/// How often whoever follows where he is was told to look.
async fn moves(ctx: &Ctx) -> usize {
    ctx.db.all::<(String,)>("SELECT id FROM outbox WHERE kind = $1", args![MOVED]).await.unwrap().len()
}

async fn inmate(ctx: &Ctx) -> Id<Inmate> {
    let (id,): (String,) = ctx.db.one(INMATE, args![KEY]).await.unwrap();
    Id::new(id)
}

#[tokio::test]
async fn the_register_says_how_it_is_and_not_what_has_changed() {
    on_both_engines(async |portal: Portal| {
        let ctx = stage(&portal).await;
        let number = crate::testing::synthetic_number(1);
        let with = |name: &str, unit: &str| InmateWire {
            name: name.into(),
            national_id: Some(number.clone()),
            ..even(unit)
        };
        assert_eq!(put_inmate(&ctx, "koda", "K-2", &with("Odd", "havn")).await.unwrap(), Put::Created);
        assert_eq!(put_inmate(&ctx, "koda", "K-2", &with("Odd Berg", "lyngmo")).await.unwrap(), Put::Updated);
        assert_eq!(put_inmate(&ctx, "koda", "K-3", &with("Per", "havn")).await.unwrap(), Put::NumberTaken);
        assert_eq!(put_inmate(&ctx, "koda", "K-4", &even("nowhere")).await.unwrap(), Put::UnknownUnit);
        assert_eq!(put_orders(&ctx, "koda", "K-9", &[]).await.unwrap(), Put::UnknownInmate);
        let bad = InmateWire {
            name: " ".into(),
            birth_date: "2030-01-01".into(),
            national_id: Some("1".into()),
            since: "today".into(),
            ..even("havn")
        };
        let Put::Unreadable(faults) = put_inmate(&ctx, "koda", "K-5", &bad).await.unwrap() else {
            panic!("refused")
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["name", "birth_date", "since", "national_id"]);
        let order = |kind: &str, to: &str| OrderWire {
            court_order: "26-1".into(),
            kind: kind.into(),
            from: "2026-09-01".into(),
            to: to.into(),
            authorities: false,
        };
        for _ in 0..2 {
            let orders = [order("visit_ban", "2026-09-15"), order("letter_control", "2026-09-15")];
            assert_eq!(put_orders(&ctx, "koda", "K-2", &orders).await.unwrap(), Put::Updated);
        }
        let (n,): (i64,) = ctx.db.one(ORDERS, vec![]).await.unwrap();
        assert_eq!(n, 2);
        let Put::Unreadable(faults) =
            put_orders(&ctx, "koda", "K-2", &[order("ban", "2026-08-31")]).await.unwrap()
        else {
            panic!("refused")
        };
        assert_eq!(faults.len(), 2, "{faults:?}");
    })
    .await;
}

pub const ORDERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM restriction";

#[test]
fn a_version_is_a_whole_number_however_it_is_written() {
    let whole = [("3", Some(3)), ("3.0", Some(3)), ("4294967295.0", Some(u32::MAX))];
    let others = ["3.5", "-1", "4294967296", "\"3\"", "null"].map(|text| (text, None));
    let sent = serde_json::to_string(&wire("leave", 1, "2026-09-10T08:00:00Z")).unwrap();
    for (text, expected) in whole.into_iter().chain(others) {
        let sent = sent.replace("\"version\":1", &format!("\"version\":{text}"));
        assert_eq!(serde_json::from_str::<Wire>(&sent).ok().map(|wire| wire.version), expected, "{text}");
    }
}
