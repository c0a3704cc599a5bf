use std::{fs, path::Path};

use domain::{
    access::{Area, Level, Role},
    identity::Standing,
    messages::Refusal,
};

use super::stage::{Stage, written};
use crate::{
    ctx::Citizen,
    identity::{
        lawyers::{
            self,
            testing::{Says, Stub},
        },
        mandates,
    },
    messages::{
        Sent, Unsent,
        counsel::{self, acknowledge, clients, counsel, feed, keep_draft, reply, write},
        drafts::Fields,
        news,
        search::search,
    },
    testing::on_both_engines,
};

async fn sent(stage: &Stage, who: &Citizen, words: &str) -> Sent<()> {
    write(&stage.ctx, who, &stage.inmate_public, &written(&stage.key(), words)).await.unwrap()
}

#[tokio::test]
async fn a_lawyer_and_her_client_write_and_the_log_says_all_that_touched_it() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let (ada, mandate) = stage.lawyer("ada", &unni).await;
        let inside = stage.inside().await;
        assert_eq!(clients(&stage.ctx, &ada).await.unwrap()[0].name, "Even Fjellvik");
        let empty = counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().unwrap();
        assert!(
            empty.messages.is_empty() && empty.log.len() == 1,
            "how it came about is told from the start"
        );
        let key = stage.key();
        for _ in 0..2 {
            let form = written(&key, "Vi møtes i retten");
            write(&stage.ctx, &ada, &stage.inmate_public, &form).await.unwrap().unwrap();
        }
        stage.restrict("letter_ban").await;
        sent(&stage, &ada, "Ingen kontroll stanser dette").await.unwrap();
        let there = feed(&stage.ctx, &inside).await.unwrap();
        assert_eq!(
            (there.len(), there[0].messages.len()),
            (1, 2),
            "twice is once, and no court's ban is in the way"
        );
        let (thread, first) = (&there[0].public, &there[0].messages[0].public);
        for opened in [false, true, true] {
            acknowledge(&stage.ctx, &inside, thread, first, opened).await.unwrap().unwrap();
        }
        reply(&stage.ctx, &inside, thread, &written(&stage.key(), "Takk")).await.unwrap().unwrap();
        let told = news::unread(&stage.ctx, &ada).await.unwrap();
        assert_eq!((told.client, told.lawyer), (1, 1));
        let beside = news::unread_beside(&stage.ctx, &ada, stage.inmate_public.as_str(), "").await.unwrap();
        assert_eq!((beside.client, beside.lawyer), (0, 1), "she is just opening it");
        let page = counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().unwrap();
        let words: Vec<&str> = page.messages.iter().map(|m| m.words.as_str()).collect();
        assert_eq!(words, ["Vi møtes i retten", "Ingen kontroll stanser dette", "Takk"]);
        assert!(page.messages[0].read_at.is_some() && page.messages[1].read_at.is_none());
        assert_eq!(news::unread(&stage.ctx, &ada).await.unwrap().all(), 0);
        assert!(counsel::export_marked(&stage.ctx, &ada, &stage.inmate_public).await.unwrap());
        let page = counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().unwrap();
        let mut log: Vec<&str> = page.log.iter().map(|t| t.action.as_str()).collect();
        log.sort_unstable();
        let expected = [
            "counsel_answered",
            "counsel_delivered",
            "counsel_exported",
            "counsel_opened",
            "counsel_read",
            "counsel_read",
            "counsel_written",
            "counsel_written",
            "mandate_registered",
        ];
        assert_eq!(log, expected);
        let registered = page.log.iter().find(|t| t.action == "mandate_registered").unwrap();
        assert_eq!(
            (registered.role.as_deref(), registered.unit_name.as_deref()),
            (Some("case_officer"), Some("lyngmo fengsel"))
        );
        mandates::end(&stage.ctx, &unni, &mandate).await.unwrap().unwrap();
        // At one moment of the clock they have no order.
        let mut trail = stage.trail("mandate").await;
        trail.sort();
        assert_eq!(trail, ["mandate_ended", "mandate_registered"]);
    })
    .await;
}

#[tokio::test]
async fn t01_without_a_standing_mandate_there_is_nothing() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let (ada, mandate) = stage.lawyer("ada", &unni).await;
        let inside = stage.inside().await;
        sent(&stage, &ada, "Hemmelig").await.unwrap();
        let thread = feed(&stage.ctx, &inside).await.unwrap()[0].public.clone();
        // Below the high level she is nobody; a relative of his is nobody; another lawyer is nobody.
        let low = Citizen { level: Level::Substantial, ..ada.clone() };
        let (relative, other) = (stage.relative("maja", "2026-12-31").await, stage.citizen("bo").await);
        let other = Citizen { level: Level::High, ..other };
        let relative = Citizen { level: Level::High, ..relative };
        let nothing = async |who: &Citizen| {
            assert!(counsel(&stage.ctx, who, &stage.inmate_public).await.unwrap().is_none());
            assert!(clients(&stage.ctx, who).await.unwrap().is_empty());
            assert_eq!(sent(&stage, who, "Hei").await, Err(Unsent::Refused(Refusal::Hidden)));
            let kept = keep_draft(&stage.ctx, who, &stage.inmate_public, &Fields::new(), 0).await.unwrap();
            assert!(kept.is_none());
            assert!(!counsel::export_marked(&stage.ctx, who, &stage.inmate_public).await.unwrap());
            assert!(!counsel::discard_draft(&stage.ctx, who, &stage.inmate_public).await.unwrap());
        };
        for who in [&low, &relative, &other] {
            nothing(who).await;
        }
        assert!(search(&stage.ctx, &ada, "Hemmelig").await.unwrap().is_empty(), "no search reaches it");
        // Her mandate runs out, or is ended: she is a stranger at once, and so is he to her.
        stage.ctx.clock.set(stage.ctx.now().plus_days(200));
        nothing(&ada).await;
        stage.ctx.clock.set(stage.ctx.now().plus_days(-200));
        assert!(counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().is_some());
        mandates::end(&stage.ctx, &unni, &mandate).await.unwrap().unwrap();
        nothing(&ada).await;
        assert_eq!(news::unread(&stage.ctx, &ada).await.unwrap().lawyer, 0);
        assert!(feed(&stage.ctx, &inside).await.unwrap().is_empty());
        let late = reply(&stage.ctx, &inside, &thread, &written(&stage.key(), "Hei")).await.unwrap();
        assert_eq!(late, Err(Unsent::Refused(Refusal::Hidden)));
        assert_eq!(stage.count("SELECT COUNT(*) FROM counsel_message").await, 1);
    })
    .await;
}

#[tokio::test]
async fn t01_only_officers_where_he_is_register_a_mandate() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let (_, mandate) = stage.lawyer("ada", &unni).await;
        let mut strangers = vec![stage.staff("far", Role::CaseOfficer, "havn").await];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::CaseOfficer) {
            strangers.push(stage.staff(role.code(), role, "lyngmo").await);
        }
        for staff in strangers {
            assert_eq!(mandates::end(&stage.ctx, &staff, &mandate).await.unwrap(), Err(mandates::Hidden));
            let (ctx, inmate) = (&stage.ctx, &stage.inmate_public);
            assert!(mandates::of_inmate(ctx, &staff, inmate).await.unwrap().is_none());
            assert!(mandates::one(ctx, &staff, &mandate).await.unwrap().is_none());
            assert!(mandates::find(ctx, &staff, "Even").await.unwrap().is_empty());
        }
        assert!(!stage.trail("inmate").await.contains(&"mandate_list".to_owned()), "nobody has looked");
        let (ctx, inmate) = (&stage.ctx, &stage.inmate_public);
        let all = mandates::of_inmate(ctx, &unni, inmate).await.unwrap().unwrap();
        let list = &all.mandates;
        assert_eq!((list.len(), list[0].name.as_str(), list[0].mandate.ended), (1, "Ada Advokat", false));
        assert!(stage.trail("inmate").await.contains(&"mandate_list".to_owned()));
        assert_eq!(mandates::find(ctx, &unni, "fjell").await.unwrap(), [all.inmate]);
        for nobody in ["", "  ", "%", "Ola"] {
            assert!(mandates::find(ctx, &unni, nobody).await.unwrap().is_empty(), "{nobody:?}");
        }
        // The same form twice is one mandate, and ending one twice is one end.
        assert_eq!(stage.mandate("ada", &unni).await, mandate);
        assert_eq!(mandates::one(ctx, &unni, &mandate).await.unwrap().unwrap().mandate, list[0]);
        for _ in 0..2 {
            assert_eq!(mandates::end(ctx, &unni, &mandate).await.unwrap().as_ref(), Ok(inmate));
        }
        assert_eq!(stage.trail("mandate").await, ["mandate_registered", "mandate_ended"]);
        assert_ne!(stage.mandate("ada", &unni).await, mandate, "what has ended does not stand in the way");
    })
    .await;
}

#[tokio::test]
async fn her_draft_is_sealed_in_the_room() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let (ada, _) = stage.lawyer("ada", &unni).await;
        let fields = |words: &str| Fields::from([("words".to_owned(), words.to_owned())]);
        let keep = async |words: &str, seen| {
            keep_draft(&stage.ctx, &ada, &stage.inmate_public, &fields(words), seen).await.unwrap().unwrap()
        };
        let first = keep("Kjære", 0).await;
        assert!(keep("Noe annet", 0).await.replaced && !first.replaced);
        let page = counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().unwrap();
        let draft = page.draft.unwrap();
        assert_eq!((draft.fields, draft.earlier), (fields("Noe annet"), Some(fields("Kjære"))));
        assert!(counsel::discard_draft(&stage.ctx, &ada, &stage.inmate_public).await.unwrap());
        assert!(counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().unwrap().draft.is_none());
        keep("Noe annet", 0).await;
        let mut form = written(&stage.key(), "Noe annet");
        form.draft = draft.version.to_string();
        write(&stage.ctx, &ada, &stage.inmate_public, &form).await.unwrap().unwrap();
        assert!(counsel(&stage.ctx, &ada, &stage.inmate_public).await.unwrap().unwrap().draft.is_none());
    })
    .await;
}

/// Every source file of the workspace's crates that ship.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.to_string_lossy().into_owned();
            if !name.contains("/tests/") && !name.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((
                    name,
                    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned(),
                ));
            }
        }
    }
}

/// The statements of a file: from `const … = ` to the semicolon.
fn statements(text: &str) -> Vec<&str> {
    text.split("const ").skip(1).filter_map(|rest| rest.split(";\n").next()).collect()
}

#[test]
fn no_statement_outside_the_two_ends_gives_back_a_body_and_no_member_of_staff_is_in_the_module() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut all = vec![];
    for name in ["domain", "backend", "app", "server", "xtask", "testid", "bench"] {
        sources(&root.join(name).join("src"), &mut all);
    }
    assert!(all.len() > 200, "the sources were found: {}", all.len());
    let (mut ends, mut readers, mut keys) = (0, 0, vec![]);
    for (name, text) in &all {
        let inside = name.contains("backend/src/messages/counsel/");
        for statement in statements(text).into_iter().filter(|s| s.contains("counsel_message")) {
            let gives = statement.contains("SELECT")
                && (statement.contains("body") || statement.contains('*') && !statement.contains("COUNT(*)"));
            let end = name.ends_with("/counsel/lawyer.rs") || name.ends_with("/counsel/inside.rs");
            assert!(!gives || end, "{name}: {statement}");
            readers += usize::from(gives);
        }
        if text.contains("PrivilegedKey")
            || text.contains(".privileged(")
            || text.contains(".new_privileged(")
        {
            keys.push(name.rsplit("/src/").next().unwrap_or_default().to_owned());
        }
        if inside {
            ends += 1;
            for staff in ["Staff", "ctx.vault.subject", "units("] {
                assert!(!text.contains(staff), "{name} knows {staff}");
            }
            assert_eq!(text.contains("Room {"), name.ends_with("/ends.rs"), "{name} makes a room");
        }
    }
    // Who says their names at all: the ends, the counts of what is unread and of what is held, and the worker that ends what is past its day.
    let names = ["counsel_message", "counsel_thread", "counsel_draft"];
    let mut says: Vec<&str> = all
        .iter()
        .filter(|(_, text)| names.iter().any(|name| text.contains(&format!(" {name} "))))
        .map(|(name, _)| name.rsplit("/src/").next().unwrap_or_default())
        .collect();
    says.sort_unstable();
    let counsel = ["draft", "ends", "held", "inside", "lawyer", "mod"]
        .map(|file| format!("messages/counsel/{file}.rs"));
    let beside = ["messages/ending.rs", "messages/news.rs"].map(str::to_owned);
    assert_eq!(says, [&counsel[..], &beside].concat());
    keys.sort_unstable();
    assert_eq!(keys, ["messages/counsel/ends.rs", "vault.rs"], "who can open what is privileged");
    assert_eq!((ends, readers), (6, 2), "the files and the two statements were found");
}

#[tokio::test]
async fn no_column_of_any_table_holds_the_words_and_no_other_key_opens_them() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let (ada, _) = stage.lawyer("ada", &unni).await;
        sent(&stage, &ada, "kanarifugl").await.unwrap();
        let rows: Vec<(String, Vec<u8>, Vec<u8>)> = stage
            .ctx
            .db
            .all("SELECT c.id, c.body, r.room FROM counsel_message c JOIN counsel_thread r ON r.id = c.thread_id", vec![])
            .await
            .unwrap();
        let (id, body, room) = &rows[0];
        assert!(!body.windows(6).any(|w| w == b"kanari"));
        let place = format!("counsel_message/body/{id}");
        assert!(stage.ctx.vault.open(&place, body).is_err(), "not the master key");
        assert!(stage.ctx.vault.open("privileged/x", room).is_err());
        let (key,): (Vec<u8>,) =
            stage.ctx.db.one(crate::vault::SUBJECT_KEY, crate::args![&ada.person]).await.unwrap();
        let own = stage.ctx.vault.subject_from(ada.person.as_str(), &key).unwrap();
        assert!(own.open(&place, body).is_err(), "not the key of her other things");
        let told: Vec<(String,)> = stage.ctx.db.all("SELECT payload FROM outbox", vec![]).await.unwrap();
        assert!(told.iter().all(|(payload,)| !payload.contains("kanarifugl")));
        let told: Vec<(Option<String>,)> = stage.ctx.db.all("SELECT detail FROM audit", vec![]).await.unwrap();
        assert!(told.iter().flat_map(|(detail,)| detail).all(|detail| !detail.contains("kanarifugl")));
    })
    .await;
}

#[tokio::test]
async fn t01_whom_the_register_does_not_list_is_a_stranger_and_who_was_listed_works_on_for_its_days() {
    on_both_engines(async |portal| {
        let mut stage = Stage::new(&portal).await;
        let stub = Stub::start().await;
        stage.ctx.lawyers = stub.register.clone();
        let ctx = stage.ctx.clone();
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let ada =
            stage.signed_in(Area::Citizen, "ada", Level::High, &[], &[]).await.citizen().unwrap().clone();
        assert_eq!(
            lawyers::freshen(&ctx, &ada).await.unwrap(),
            None,
            "without a mandate nobody is asked about"
        );
        assert_eq!(stub.asked().register.len(), 0);
        stage.mandate("ada", &unni).await;
        assert!(clients(&ctx, &ada).await.unwrap().is_empty(), "nothing before the register has answered");

        stub.says(Says::Status(503));
        assert_eq!(lawyers::freshen(&ctx, &ada).await.unwrap(), Some(Standing::Unanswered));
        assert_eq!(nothing(&stage, &ada).await, 0, "a failing register verifies nobody");
        assert_eq!(stub.asked().register.len(), 1, "and is not asked again at once");
        stub.says(Says::NotListed);
        later(&stage, 0, 11);
        assert_eq!(lawyers::freshen(&ctx, &ada).await.unwrap(), Some(Standing::NotListed));
        assert_eq!(nothing(&stage, &ada).await, 0);
        stub.says(Says::Listed);
        later(&stage, 0, 11);
        assert_eq!(lawyers::freshen(&ctx, &ada).await.unwrap(), Some(Standing::Verified));
        let then = ctx.now();
        assert_eq!(clients(&ctx, &ada).await.unwrap().len(), 1);
        sent(&stage, &ada, "Hei").await.unwrap();
        let inside = stage.inside().await;
        assert_eq!(feed(&ctx, &inside).await.unwrap().len(), 1);

        // An answer of yesterday: the page does not wait, the outbox asks.
        stub.says(Says::Nothing);
        later(&stage, 1, 0);
        let asked = stub.asked().register.len();
        for _ in 0..2 {
            assert_eq!(lawyers::freshen(&ctx, &ada).await.unwrap(), Some(Standing::Verified));
        }
        assert_eq!(stub.asked().register.len(), asked, "no page waited");
        assert_eq!(asks(&stage).await, 1, "one question for both");
        lawyers::ask_again(&ctx, &lawyers::Ask { person: ada.person.as_str().to_owned() }).await.unwrap();
        let doubt = lawyers::freshen(&ctx, &ada).await.unwrap().unwrap();
        let Standing::Doubtful { verified_at, holds_to } = doubt else { panic!("{doubt:?}") };
        assert_eq!((verified_at, holds_to), (then, then.date().plus_days(14)));
        assert_eq!(clients(&ctx, &ada).await.unwrap().len(), 1, "she works on");
        later(&stage, 14, 0);
        assert_eq!(nothing(&stage, &ada).await, 0, "and no longer than that");
        assert_eq!(feed(&ctx, &inside).await.unwrap().len(), 0, "nor is she his lawyer at his end");

        stub.says(Says::Listed);
        later(&stage, 0, 11);
        assert_eq!(lawyers::freshen(&ctx, &ada).await.unwrap(), Some(Standing::Verified));
        assert_eq!(clients(&ctx, &ada).await.unwrap().len(), 1);
        stub.says(Says::NotListed);
        later(&stage, 0, 1);
        lawyers::ask_again(&ctx, &lawyers::Ask { person: ada.person.as_str().to_owned() }).await.unwrap();
        assert_eq!(nothing(&stage, &ada).await, 0, "closed at once");
        assert_eq!(feed(&ctx, &inside).await.unwrap().len(), 0);
        assert_eq!(news::unread(&ctx, &ada).await.unwrap().client, 0);
        let trail = stage.trail("person").await;
        let trail: Vec<_> = trail.iter().filter(|action| action.starts_with("lawyer_")).collect();
        assert_eq!(trail, ["lawyer_verified", "lawyer_verified", "lawyer_closed"]);
        assert_eq!(kept_number(&stage).await, 0, "her number is in no job and no trace");
    })
    .await;
}

/// What she gets of all that is hers: the same as a stranger.
async fn nothing(stage: &Stage, who: &Citizen) -> usize {
    let (ctx, inmate) = (&stage.ctx, &stage.inmate_public);
    assert!(counsel(ctx, who, inmate).await.unwrap().is_none());
    let refused = sent(stage, who, "Hei").await;
    assert_eq!(refused, Err(Unsent::Refused(Refusal::Hidden)));
    assert!(keep_draft(ctx, who, inmate, &Fields::new(), 0).await.unwrap().is_none());
    clients(ctx, who).await.unwrap().len()
}

fn later(stage: &Stage, days: i64, minutes: i64) {
    stage.ctx.clock.set(stage.ctx.now().plus_days(days).plus_minutes(minutes));
}

async fn asks(stage: &Stage) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'identity.lawyer'";
    stage.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

async fn kept_number(stage: &Stage) -> i64 {
    let number = format!("%{}%", crate::testing::number_of("ada").expose());
    let sql = "SELECT CAST((SELECT COUNT(*) FROM outbox WHERE payload LIKE $1) + (SELECT COUNT(*) FROM audit \
        WHERE detail LIKE $1 OR subject_id LIKE $1) AS BIGINT)";
    stage.ctx.db.one::<(i64,)>(sql, crate::args![number]).await.unwrap().0
}
