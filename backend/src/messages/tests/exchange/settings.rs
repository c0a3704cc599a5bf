//! What is set for letters: orders about two who write, a unit's bounds.

use domain::{
    access::Role,
    kernel::Public,
    messages::{UnitRulesForm, unit_rules::stamp},
};

use super::{hers, last, refused, sent};
use crate::{
    ctx::{Actor, Staff},
    messages::{
        ExchangeRow, Sent, Unsent,
        exchange::{self, OrderForm, UnitRules, desk_letter, order, ordered, put_rules, undo},
        tests::stage::{Stage, day, unit_rules},
    },
    testing::{NOON, on_both_engines},
};

fn orders(control: &str, norwegian: &str, read: &str, reason: &str) -> OrderForm {
    OrderForm {
        control: control.into(),
        norwegian_only: norwegian.into(),
        sami_read: read.into(),
        reason: reason.into(),
        version: String::new(),
    }
}

/// As of what she sees now.
async fn give(stage: &Stage, staff: &Staff, of: &Public<ExchangeRow>, form: OrderForm) -> Sent<()> {
    stage.tick();
    let seen = ordered(&stage.ctx, staff, of).await.unwrap().map(|o| o.version.to_string());
    order(&stage.ctx, staff, of, &OrderForm { version: seen.unwrap_or_default(), ..form }).await.unwrap()
}

#[tokio::test]
async fn an_order_needs_a_reason_and_stays_within_the_law_of_the_level() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let admin = stage.staff("admin", Role::UnitAdmin, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        let officer = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        stage.set_level("special_high").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let of = desk_letter(&stage.ctx, &kari, &letter).await.unwrap().unwrap().exchange;
        let Err(Unsent::Fields(errors)) = give(&stage, &kari, &of, orders("x", "", "", " ")).await else {
            panic!()
        };
        assert_eq!(errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["control", "reason"]);
        for other in [&far, &officer] {
            assert_eq!(
                refused(give(&stage, other, &of, orders("control", "", "", "Grunn")).await),
                "message_hidden"
            );
            assert!(ordered(&stage.ctx, other, &of).await.unwrap().is_none());
        }
        let waive = || orders("waive", "", "", "Ingen grunn til kontroll");
        assert_eq!(refused(give(&stage, &kari, &of, waive()).await), "message_not_by_level");
        stage.set_level("high").await;
        give(&stage, &admin, &of, waive()).await.unwrap();
        sent(&stage, &who, "Ulest").await.unwrap();
        assert_eq!(last(&stage, &who).await.state, "released");
        stage.set_level("special_high").await;
        sent(&stage, &who, "Lest").await.unwrap();
        assert_eq!(last(&stage, &who).await.state, "in_control", "an old waiver does not follow him there");
        // Sámi area: the warning is read first.
        let sami = UnitRules { sami: true, ..unit_rules() };
        put_rules(&stage.ctx, &Actor::System, &stage.unit, sami).await.unwrap();
        let norwegian = |read: &str| orders("level", "1", read, "Grunn");
        assert_eq!(refused(give(&stage, &kari, &of, norwegian("")).await), "message_sami_unread");
        give(&stage, &kari, &of, norwegian("1")).await.unwrap();
        assert!(hers(&stage, &who).await.open.unwrap().norwegian_only);
        let seen = ordered(&stage.ctx, &kari, &of).await.unwrap().unwrap();
        let told: Vec<_> = seen.orders.iter().map(|o| (o.control.as_str(), o.reason.as_str())).collect();
        assert_eq!(told, [("level", "Grunn"), ("waive", "Ingen grunn til kontroll")]);
        assert!(seen.orders.iter().all(|o| o.legal_basis.contains("§ 30") && o.undone.is_none()));
        assert!(seen.sami && seen.is_controlled && !seen.court);
        let listed = exchange::standing(&stage.ctx, &kari).await.unwrap();
        assert_eq!((listed.len(), listed[0].exchange == of), (1, true));
        assert!(exchange::standing(&stage.ctx, &far).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_order_on_what_has_changed_does_nothing_and_the_last_can_be_taken_back() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let of = desk_letter(&stage.ctx, &kari, &letter).await.unwrap().unwrap().exchange;
        let seen = async || ordered(&stage.ctx, &kari, &of).await.unwrap().unwrap();
        let at = seen().await.version;
        for version in [String::new(), "x".into(), (at - 1).to_string(), (at + 1).to_string()] {
            let form = OrderForm { version, ..orders("waive", "", "", "Grunn") };
            assert_eq!(refused(order(&stage.ctx, &kari, &of, &form).await.unwrap()), "message_stale");
        }
        assert_eq!(seen().await.control, "level");
        give(&stage, &kari, &of, orders("waive", "1", "", "Først")).await.unwrap();
        give(&stage, &kari, &of, orders("control", "", "", "Så")).await.unwrap();
        assert!(undo(&stage.ctx, &kari, &of, at).await.unwrap().is_err(), "as of an old page");
        assert!(undo(&stage.ctx, &far, &of, seen().await.version).await.unwrap().is_err());
        stage.tick();
        undo(&stage.ctx, &kari, &of, seen().await.version).await.unwrap().unwrap();
        let back = seen().await;
        assert_eq!((back.control.as_str(), back.norwegian_only, back.is_controlled), ("waive", true, false));
        assert_eq!(back.orders[0].undone.as_ref().map(|(by, _)| by.as_str()), Some("kari Fjellvik"));
        // A waiver that the level has no room for now does not come back.
        give(&stage, &kari, &of, orders("control", "", "", "Igjen")).await.unwrap();
        stage.set_level("special_high").await;
        let version = seen().await.version;
        let refused = undo(&stage.ctx, &kari, &of, version).await.unwrap();
        assert_eq!(refused, Err(domain::messages::Refusal::NotByLevel));
        stage.set_level("high").await;
        for control in ["waive", "level"] {
            stage.tick();
            undo(&stage.ctx, &kari, &of, seen().await.version).await.unwrap().unwrap();
            assert_eq!(seen().await.control, control);
        }
        assert!(
            undo(&stage.ctx, &kari, &of, seen().await.version).await.unwrap().is_err(),
            "nothing is left"
        );
        assert_eq!(stage.count("SELECT COUNT(*) FROM audit WHERE action = 'exchange_order_undone'").await, 3);
    })
    .await;
}

fn bounds(seen: &[UnitRules]) -> UnitRulesForm {
    let text = |text: &str| text.to_owned();
    let tomorrow = NOON.date().plus_days(1).0;
    UnitRulesForm {
        unit: text("lyngmo"),
        seen: stamp(seen),
        exchange: text("yes"),
        longest: text("500"),
        per_week: text("9"),
        control_hours: text("12"),
        means: text("screen"),
        reads_days: text("daily"),
        reads_from: text("8"),
        reads_to: text("16"),
        duty_phone: text("+47 00 00 00 98"),
        from_day: tomorrow.day().to_string(),
        from_month: tomorrow.month().to_string(),
        from_year: tomorrow.year().to_string(),
        source: text("Besluttet av leder"),
        ..UnitRulesForm::default()
    }
}

#[tokio::test]
async fn a_units_bounds_have_versions_that_begin_and_none_that_is_changed_afterwards() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let admin = stage.staff("admin", Role::UnitAdmin, "lyngmo").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::UnitAdmin, "havn").await;
        let seen = async || exchange::unit_rules(&stage.ctx, &admin, Some("lyngmo")).await.unwrap().unwrap();
        let set = async |staff: &Staff, form: UnitRulesForm| {
            exchange::set_rules(&stage.ctx, staff, &form).await.unwrap()
        };
        let now = seen().await.rules;
        for staff in [&kari, &far] {
            assert_eq!(refused(set(staff, bounds(&now)).await), "message_hidden");
        }
        assert!(exchange::unit_rules(&stage.ctx, &kari, None).await.unwrap().is_some(), "she reads them");
        assert!(exchange::unit_rules(&stage.ctx, &far, Some("lyngmo")).await.unwrap().is_none());
        let today = UnitRulesForm { from_day: NOON.date().0.day().to_string(), ..bounds(&now) };
        let Err(Unsent::Fields(errors)) = set(&admin, today).await else { panic!() };
        assert_eq!((errors[0].field, errors[0].code), ("from", "date_tomorrow"));
        for _ in 0..2 {
            set(&admin, bounds(&now)).await.unwrap();
        }
        assert_eq!(seen().await.rules.len(), 2, "twice is once");
        let other = UnitRulesForm { longest: "600".into(), ..bounds(&now) };
        assert_eq!(refused(set(&admin, other.clone()).await), "message_stale");
        set(&admin, UnitRulesForm { seen: stamp(&seen().await.rules), ..other }).await.unwrap();
        assert_eq!(seen().await.rules[1].longest, 600, "what is to come may be corrected");
        assert_eq!(hers(&stage, &who).await.open.unwrap().bounds.longest, 200, "today is as it was");
        stage.ctx.clock.set(stage.ctx.now().plus_days(1));
        assert_eq!(hers(&stage, &who).await.open.unwrap().bounds.longest, 600);
        stage.set_level("special_high").await;
        let by_itself = UnitRulesForm {
            release_hours: "48".into(),
            from_day: "20".into(),
            ..bounds(&seen().await.rules)
        };
        let Err(Unsent::Fields(errors)) = set(&admin, by_itself).await else { panic!() };
        assert_eq!((errors.len(), errors[0].field, errors[0].code), (1, "release_hours", "not_by_level"));
        assert_eq!(seen().await.rules[0].valid_from, day("2020-01-01"));
    })
    .await;
}
