use domain::{
    access::{Level, Role},
    kernel::{CivilDate, Public},
};

use super::{held, looks};
use crate::{
    appeals::tests::stage::Stage,
    args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Section, Thing, Topic, Value, file},
    looks::{About, Why},
    rules::Rules,
    testing::{number_of, on_both_engines},
    visits::clearance::{self, Application},
};

/// The whole file, as she takes it along.
async fn taken(ctx: &Ctx, who: &Citizen) -> serde_json::Value {
    let rules = Rules::on(&ctx.db, ctx.now().date()).await.unwrap();
    let (sections, looks) = (held(ctx, who).await.unwrap(), looks(ctx, who).await.unwrap());
    file(ctx.now(), &rules, &sections, &looks).unwrap()
}

async fn section(ctx: &Ctx, who: &Citizen, topic: Topic) -> Section {
    let all = held(ctx, who).await.unwrap();
    assert_eq!(all.iter().map(|section| section.topic).collect::<Vec<_>>(), Topic::ALL);
    all.into_iter().find(|section| section.topic == topic).unwrap()
}

fn of_kind(section: &Section, kind: Kind) -> Vec<&Thing> {
    section.things.iter().filter(|thing| thing.kind == kind).collect()
}

fn fact(thing: &Thing, name: Name) -> Option<&Value> {
    thing.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value)
}

fn said(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

/// Anything that a read could have changed.
const LEFT_BEHIND: &str = "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM audit) + (SELECT CAST(COUNT(*) AS BIGINT) FROM outbox) \
    + (SELECT CAST(COUNT(*) AS BIGINT) FROM message WHERE read_at IS NOT NULL) \
    + (SELECT CAST(COUNT(*) AS BIGINT) FROM letter WHERE read_at IS NOT NULL OR sender_read_at IS NOT NULL) \
    + (SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE opened_at IS NOT NULL)";

#[tokio::test]
async fn she_has_all_of_hers_and_nothing_of_anybody_elses() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja, ingrid) = (&stage.ctx, &stage.maja, &stage.ingrid);
        let (_, decision) = stage.refused(maja).await;
        stage.sent(&decision).await;
        let before = stage.count(LEFT_BEHIND).await;

        let person = section(ctx, maja, Topic::Person).await;
        assert_eq!(fact(&person.things[0], Name::Name).cloned(), said("maja Fjellvik"));
        let number = Value::Secret(number_of("maja").expose().to_owned());
        assert_eq!(fact(&person.things[0], Name::NationalId), Some(&number));
        let visits = section(ctx, maja, Topic::Visits).await;
        let [application] = of_kind(&visits, Kind::Application)[..] else { panic!("{visits:?}") };
        assert_eq!(fact(application, Name::Whom).cloned(), said("Even Fjellvik"));
        assert_eq!(fact(application, Name::Unit).cloned(), said("lyngmo fengsel"));
        assert_eq!(of_kind(&visits, Kind::Clearance).len(), 1);
        let decisions = section(ctx, maja, Topic::Decisions).await;
        assert_eq!(fact(&decisions.things[0], Name::Reason).cloned(), said("Misbruk."));
        let appeals = section(ctx, maja, Topic::Appeals).await;
        assert_eq!(fact(&appeals.things[0], Name::Words).cloned(), said("Det er feil."));
        assert_eq!(section(ctx, maja, Topic::SignIns).await.things.len(), 1);
        assert!(section(ctx, maja, Topic::Trail).await.things.len() > 1);

        let (hers, anothers) = (taken(ctx, maja).await.to_string(), taken(ctx, ingrid).await.to_string());
        for there in ["Misbruk.", "Det er feil.", "Even Fjellvik", number_of("maja").expose()] {
            assert!(hers.contains(there), "{there}");
            assert!(!anothers.contains(there), "{there} is Maja's alone");
        }
        assert!(!hers.contains("ingrid") && !anothers.contains("maja"));
        for staff in ["officer Fjellvik", "colleague Fjellvik", stage.officer.staff.as_str()] {
            assert!(!hers.contains(staff), "{staff}");
        }
        assert_eq!(stage.count(LEFT_BEHIND).await, before, "reading leaves nothing behind");
    })
    .await;
}

#[tokio::test]
async fn an_inmates_no_looks_like_no_answer_and_who_looked_is_told_from_his_yes_on() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        let case = stage.applied(maja).await;
        stage.version(&case).await;
        let (waits, none) = (section(ctx, maja, Topic::Visits).await, looks(ctx, maja).await.unwrap());
        let [application] = of_kind(&waits, Kind::Application)[..] else { panic!("{waits:?}") };
        assert_eq!(fact(application, Name::Unit), None, "it would say where he is");
        assert!(none.is_empty(), "an officer has looked, and it is not told yet: {none:?}");
        answer(&stage, &case, false).await;
        assert_eq!(section(ctx, maja, Topic::Visits).await, waits, "his no");
        assert!(looks(ctx, maja).await.unwrap().is_empty());
        let (ingrid, hers) = (&stage.ingrid, stage.applied(&stage.ingrid).await);
        answer(&stage, &hers, true).await;
        let visits = section(ctx, ingrid, Topic::Visits).await;
        let [application] = of_kind(&visits, Kind::Application)[..] else { panic!("{visits:?}") };
        assert_eq!(fact(application, Name::Unit).cloned(), said("lyngmo fengsel"), "his yes");
        let seen = looks(ctx, ingrid).await.unwrap();
        assert!(!seen.is_empty());
        for look in &seen {
            assert_eq!(
                (look.about, look.why, look.role),
                (About::Application, Why::HandleCase, Role::CaseOfficer)
            );
            assert_eq!(look.unit_name.as_deref(), Some("lyngmo fengsel"));
        }
        assert!(seen.is_sorted_by(|a, b| a.at >= b.at));
        assert!(looks(ctx, maja).await.unwrap().is_empty(), "what was looked at of Ingrid's is Ingrid's");
    })
    .await;
}

async fn answer(stage: &Stage, case: &Public<Application>, yes: bool) {
    let (version, on) = (stage.version(case).await, CivilDate::parse_iso("2026-09-01").unwrap());
    clearance::inmate_answer(&stage.ctx, &stage.officer, case, version, yes, on).await.unwrap().unwrap();
}

#[tokio::test]
async fn of_letters_she_has_her_own_words_and_only_a_number_of_his() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        stage.stopped().await;
        let letters = section(ctx, maja, Topic::Letters).await;
        let [letter] = of_kind(&letters, Kind::Letter)[..] else { panic!("{letters:?}") };
        assert_eq!(fact(letter, Name::Words).cloned(), said("Møt meg ved porten"));
        assert!(of_kind(&letters, Kind::Came).is_empty(), "nothing of his has come");
        // One of his that waits in control is not there, one that has been let through is a number.
        ctx.db.write(crate::testing::Raw(HIS)).await.unwrap();
        assert_eq!(section(ctx, maja, Topic::Letters).await, letters, "his letter waits in control");
        ctx.db.write(crate::testing::Raw(LET_THROUGH)).await.unwrap();
        let letters = section(ctx, maja, Topic::Letters).await;
        let [came] = of_kind(&letters, Kind::Came)[..] else { panic!("{letters:?}") };
        assert_eq!(fact(came, Name::Count), Some(&Value::Number(1)));
        assert_eq!(of_kind(&letters, Kind::Letter).len(), 1, "his words are not hers");
        let seen = looks(ctx, maja).await.unwrap();
        let control = seen.iter().find(|look| look.about == About::Letters).unwrap();
        assert_eq!((control.why, control.unit_name.as_ref()), (Why::LetterControl, None));
    })
    .await;
}

const HIS: &str = "INSERT INTO letter (id, public_id, sheet, exchange_id, unit_id, from_relative, author, form_key, digest, body, \
    state, state_at, due_at, means, written_at) SELECT 'his', 'his', 'his', exchange_id, unit_id, 0, 'his', 'his', digest, body, \
    'in_control', state_at, state_at, means, written_at FROM letter WHERE from_relative = 1";
const LET_THROUGH: &str = "UPDATE letter SET state = 'delivered', due_at = NULL WHERE id = 'his'";

#[tokio::test]
async fn what_is_typed_and_not_sent_is_hers_too() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        let (_, decision) = stage.refused(maja).await;
        let typed = [("disagree".to_owned(), "Utkast til klage".to_owned())].into();
        crate::appeals::keep_draft(ctx, maja, &decision, &typed, "0").await.unwrap().unwrap();
        let drafts = section(ctx, maja, Topic::Messages).await;
        let [draft] = of_kind(&drafts, Kind::Draft)[..] else { panic!("{drafts:?}") };
        assert_eq!(fact(draft, Name::Words).cloned(), said("Utkast til klage"));
        // A new application that is begun.
        let relation = domain::visits::clearance::Relation::Friend;
        let answer = domain::visits::clearance::Answer::Relation(relation);
        clearance::answer(ctx, &stage.ingrid, answer).await.unwrap();
        let visits = section(ctx, &stage.ingrid, Topic::Visits).await;
        assert_eq!(of_kind(&visits, Kind::ApplicationDraft).len(), 1, "{visits:?}");
    })
    .await;
}

#[tokio::test]
async fn below_the_high_level_nothing_of_clients_and_homes_shows() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let low = Citizen { level: Level::Substantial, ..stage.maja.clone() };
        for section in held(&stage.ctx, &low).await.unwrap() {
            let locked = matches!(section.topic, Topic::Clients | Topic::Homes);
            assert_eq!(section.locked, locked, "{:?}", section.topic);
            assert!(!locked || section.things.is_empty());
        }
        let high = held(&stage.ctx, &stage.maja).await.unwrap();
        assert!(high.iter().all(|section| !section.locked));
    })
    .await;
}

#[tokio::test]
async fn a_look_at_a_day_is_one_look_however_many_visits_she_has() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        let values = args![&maja.person, ctx.now().plus_days(-1), ctx.now()];
        ctx.db.write(Visits(values)).await.unwrap();
        let seen = looks(ctx, maja).await.unwrap();
        assert_eq!(seen.iter().filter(|look| look.about == About::Visit).count(), 1, "{seen:?}");
        assert!(looks(ctx, &stage.ingrid).await.unwrap().is_empty());
    })
    .await;
}

struct Visits(Vec<crate::db::Value>);

impl crate::db::Command for Visits {
    type Out = ();

    async fn run(&self, tx: &mut crate::db::Tx) -> crate::Result<()> {
        for sql in [TEMPLATE, SESSION] {
            tx.later(sql, vec![]).await?;
        }
        let [person, booked, at] = [&self.0[0], &self.0[1], &self.0[2]].map(Clone::clone);
        for id in ["one", "two"] {
            let values = vec![id.into(), person.clone(), booked.clone()];
            tx.later(BOOKED, values).await?;
        }
        tx.later(LOOKED, vec![at]).await
    }
}

const TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    valid_from) SELECT 't', 't', id, 'open', 2, 600, 60, 'A', 5, '2020-01-01' FROM unit WHERE slug = 'lyngmo'";
const SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, start_minute, end_minute, \
    starts_at, ends_at, room, on_holidays, capacity) SELECT 's', 's', 't', id, 'open', 'Europe/Oslo', '2026-09-01', 600, 660, 1, 2, \
    'A', 0, 5 FROM unit WHERE slug = 'lyngmo'";
const BOOKED: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) SELECT $1, $1, $1, $1, $1, $2, i.id, u.id, 's', 'open', '2026-09-01', 1, \
    2, $3 FROM unit u, inmate i WHERE u.slug = 'lyngmo'";
const LOOKED: &str = "INSERT INTO audit (id, stream, at, actor_kind, actor_id, role, unit_id, action, subject_kind, subject_id, \
    reason, detail) SELECT 'look', 'general', $1, 'staff', 'x', 'gate_officer', id, 'look', 'unit', id, 'handle_case', '2026-09-01' \
    FROM unit WHERE slug = 'lyngmo'";
