//! He is moved while letters are on their way; and what she reads by passing by, by searching, and by who has looked.

use domain::{
    access::Role,
    kernel::Id,
    messages::{Means, Wish},
};

use super::{hers, last, refused, ruled, sent};
use crate::{
    args,
    ctx::{Actor, Staff},
    messages::{
        exchange::{self, End, UnitRules, desk_letter, feed, put_rules, reply},
        live,
        looks::{self, LookReason},
        news,
        search::search,
        tests::stage::{Stage, unit_rules, written},
    },
    testing::on_both_engines,
};

impl Stage {
    /// Even is at Havn now, where these bounds hold.
    async fn moved(&self, rules: UnitRules) {
        let (havn,): (String,) =
            self.ctx.db.one("SELECT id FROM unit WHERE slug = 'havn'", vec![]).await.unwrap();
        put_rules(&self.ctx, &Actor::System, &Id::new(havn.as_str()), rules).await.unwrap();
        self.say("UPDATE placement SET unit_id = $1", args![&havn]).await;
    }
}

#[tokio::test]
async fn what_went_on_unread_is_read_where_letters_are_read() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        stage.set_level("lower").await;
        let unread = sent(&stage, &who, "Ulest").await.unwrap();
        assert_eq!(last(&stage, &who).await.state, "released");
        stage.moved(unit_rules()).await;
        assert_eq!(exchange::follow(&stage.ctx).await.unwrap(), 1);
        let letter = last(&stage, &who).await;
        assert_eq!(letter.state, "in_control");
        assert_eq!(letter.due_at, Some(stage.ctx.now().plus_minutes(24 * 60)));
        let inside = stage.inside().await;
        assert!(feed(&stage.ctx, &inside).await.unwrap()[0].letters.is_empty(), "he does not have it");
        ruled(&stage, &far, &unread, "release", "").await.unwrap();
        assert_eq!(feed(&stage.ctx, &inside).await.unwrap()[0].letters.len(), 1);
        // Read once is read: moving back and forth asks nobody again.
        let unit = stage.unit.clone();
        stage.say("UPDATE placement SET unit_id = $1", args![&unit]).await;
        stage.set_level("high").await;
        assert_eq!(exchange::follow(&stage.ctx).await.unwrap(), 1);
        assert_eq!(last(&stage, &who).await.state, "released");
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_on_by_itself_by_a_rule_of_where_he_was() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let by_itself = UnitRules { release_hours: Some(2), ..unit_rules() };
        put_rules(&stage.ctx, &Actor::System, &stage.unit, by_itself).await.unwrap();
        sent(&stage, &who, "Hei").await.unwrap();
        stage.moved(unit_rules()).await;
        assert_eq!(exchange::follow(&stage.ctx).await.unwrap(), 1);
        stage.ctx.clock.set(stage.ctx.now().plus_days(2));
        assert_eq!(exchange::release_due(&stage.ctx).await.unwrap(), 0);
        assert_eq!(last(&stage, &who).await.state, "in_control");
    })
    .await;
}

#[tokio::test]
async fn passing_by_reads_nothing_and_what_is_new_moves_the_mark() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let other = stage.citizen("nora").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let mark = async || live::letters(&stage.ctx, &who, &stage.inmate_public).await.unwrap().unwrap();
        let nothing = mark().await;
        assert_eq!(live::letters(&stage.ctx, &other, &stage.inmate_public).await.unwrap(), None);
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let written_one = mark().await;
        assert_ne!(nothing, written_one);
        exchange::ask_second(&stage.ctx, &kari, &letter, 1).await.unwrap().unwrap();
        assert_eq!(mark().await, written_one, "what she cannot see is no news");
        let ola = stage.staff("ola", Role::MessageController, "lyngmo").await;
        let view = domain::messages::NoteForm { key: stage.key().as_str().into(), words: "Greit".into() };
        exchange::give_second(&stage.ctx, &ola, &letter, &view).await.unwrap().unwrap();
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let through = mark().await;
        assert_ne!(through, written_one);
        let his = feed(&stage.ctx, &stage.inside().await).await.unwrap();
        let answer = written(&stage.key(), "Takk");
        let answer =
            reply(&stage.ctx, &stage.inside().await, &his[0].public, &answer).await.unwrap().unwrap();
        assert_eq!(mark().await, through, "his is on its way, and nothing tells of it");
        ruled(&stage, &kari, &answer, "release", "").await.unwrap();
        let there = mark().await;
        assert_ne!(there, through);
        exchange::peek(&stage.ctx, &who, &stage.inmate_public).await.unwrap().unwrap();
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().inmate, 1, "nothing was shown");
        let inmate = stage.inmate_public.as_str();
        assert_eq!(news::unread_beside(&stage.ctx, &who, "", inmate).await.unwrap().all(), 0);
        hers(&stage, &who).await;
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().all(), 0);
        assert_eq!(mark().await, there, "reading it is no news");
    })
    .await;
}

#[tokio::test]
async fn search_finds_letters_of_hers_and_says_where() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) =
            (stage.relative("maja", "2026-12-31").await, stage.relative("nora", "2026-12-31").await);
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let letter = sent(&stage, &who, "Jeg har plukket TYTTEBÆR i dag").await.unwrap();
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let his = feed(&stage.ctx, &stage.inside().await).await.unwrap();
        let of_hers = his.iter().find(|e| e.relative.starts_with("maja")).unwrap();
        let answer = written(&stage.key(), "Tyttebær! Møt meg ved porten.");
        let answer =
            reply(&stage.ctx, &stage.inside().await, &of_hers.public, &answer).await.unwrap().unwrap();
        let hits = search(&stage.ctx, &who, "tyttebær").await.unwrap();
        assert_eq!(hits.len(), 1, "his is not hers to find before it is let through");
        ruled(&stage, &kari, &answer, "part", "Møt meg ved porten.").await.unwrap();
        let hits = search(&stage.ctx, &who, "tyttebær").await.unwrap();
        let found: Vec<_> =
            hits.iter().map(|h| (h.kind.as_str(), h.whereabouts.as_str(), h.from_you)).collect();
        assert_eq!(found, [("letter", "Even Fjellvik", false), ("letter", "Even Fjellvik", true)]);
        assert!(hits.iter().all(|h| h.public == stage.inmate_public.as_str()));
        assert!(
            search(&stage.ctx, &who, "porten").await.unwrap().is_empty(),
            "what was held back is not found"
        );
        assert!(search(&stage.ctx, &other, "tyttebær").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn she_sees_who_has_looked_at_her_letters_and_nothing_of_his_that_wait() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let other = stage.relative("nora", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let seen = async || looks::of_exchange(&stage.ctx, &who, &stage.inmate_public).await.unwrap();
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        assert!(seen().await.is_empty());
        let of = desk_letter(&stage.ctx, &kari, &letter).await.unwrap().unwrap().exchange;
        let first = seen().await;
        assert_eq!(
            (first.len(), first[0].role, first[0].reason),
            (1, Role::MessageController, LookReason::Control)
        );
        assert_eq!(first[0].unit_name, "lyngmo fengsel");
        stage.tick();
        exchange::ordered(&stage.ctx, &kari, &of).await.unwrap().unwrap();
        assert_eq!(seen().await[0].reason, LookReason::Order);
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let his = feed(&stage.ctx, &stage.inside().await).await.unwrap();
        let answer = written(&stage.key(), "Svar");
        let answer =
            reply(&stage.ctx, &stage.inside().await, &his[0].public, &answer).await.unwrap().unwrap();
        let before = seen().await.len();
        desk_letter(&stage.ctx, &kari, &answer).await.unwrap().unwrap();
        assert_eq!(seen().await.len(), before, "a look at his letter would tell that he has written");
        ruled(&stage, &kari, &answer, "release", "").await.unwrap();
        assert_eq!(seen().await.len(), before + 2);
        assert!(looks::of_exchange(&stage.ctx, &other, &stage.inmate_public).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_sheet_is_found_by_its_number_where_it_was_handed_over() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let paper = UnitRules { means: Means::Print, ..unit_rules() };
        put_rules(&stage.ctx, &Actor::System, &stage.unit, paper).await.unwrap();
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        let officer = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let paper = exchange::print(&stage.ctx, &kari, &letter).await.unwrap().unwrap();
        let number = paper.sheet.to_string();
        let found =
            async |staff: &Staff, number: &str| exchange::of_sheet(&stage.ctx, staff, number).await.unwrap();
        assert_eq!(found(&kari, &number).await, None, "not handed over yet");
        let form = written(&stage.key(), "Takk");
        let early = exchange::sheet_reply(&stage.ctx, &kari, &letter, &form).await.unwrap();
        assert_eq!(refused(early), "message_hidden");
        exchange::handed_over(&stage.ctx, &kari, &letter, paper.version).await.unwrap().unwrap();
        // As a scanner sends it, and as somebody types it.
        for typed in [paper.sheet.stored(), &number, &format!(" {} ", number.to_lowercase())] {
            assert_eq!(found(&kari, typed).await, Some(letter.clone()), "{typed}");
        }
        for typed in ["", "x", "00000000", "S4T8-20QK"] {
            assert_eq!(found(&kari, typed).await, None, "{typed}");
        }
        for staff in [&far, &officer] {
            assert_eq!(found(staff, &number).await, None);
            assert_eq!(exchange::sheet_of(&stage.ctx, staff, &letter).await.unwrap(), None);
            let reply = exchange::sheet_reply(&stage.ctx, staff, &letter, &form).await.unwrap();
            assert_eq!(refused(reply), "message_hidden");
        }
        let sheet = exchange::sheet_of(&stage.ctx, &kari, &letter).await.unwrap().unwrap();
        assert_eq!((sheet.inmate.as_str(), sheet.number), ("Even Fjellvik", paper.sheet));
        let end = End::Relative(&who, &stage.inmate_public);
        exchange::set(&stage.ctx, end, Wish::Pause).await.unwrap().unwrap();
        let closed = exchange::sheet_reply(&stage.ctx, &kari, &letter, &form).await.unwrap();
        assert_eq!(refused(closed), "message_closed");
    })
    .await;
}
