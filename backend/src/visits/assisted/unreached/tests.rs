use domain::access::Role;

use super::*;
use crate::{
    testing::{NOON, Portal, on_both_engines},
    visits::booking::testing::Stage,
};

/// As a letter that had nowhere to go is noted, and a person who confirms her address.
enum Say {
    Note(Id<Person>, &'static str),
    Confirm(Id<Person>),
}

struct Said(Ctx, Say);

impl Command for Said {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        match &self.1 {
            Say::Note(person, kind) => note(tx, &New::drawn(&self.0), person, kind).await,
            Say::Confirm(person) => by_mail(tx, person, self.0.now()).await,
        }
    }
}

const DECIDED: &str = "INSERT INTO decision (id, public_id, subject_kind, subject_id, unit_id, level, outcome, legal_basis, rule_version, \
    text_locale, made_at, made_by, available_at, appeal_days) SELECT 'd', 'd', 'clearance', c.id, c.unit_id, 'local', 'refused', '31', '1', 'nb', 0, $2, 0, 21 \
    FROM clearance c WHERE c.person_id = $1";
const SESSION: &str = "INSERT INTO session (id, token_hash, area, person_id, issuer, subject, level, sealed_token, opened_at, seen_at) \
    VALUES ($1, $4, 'citizen', $2, 'x', 'x', 'high', $4, $3, $3)";
const NOTICED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE notice_sent_at IS NOT NULL";
const TRACES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action LIKE 'unreached_%'";

async fn scene(portal: &Portal) -> (Stage, Staff) {
    let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
    (s, henrik)
}

async fn say(s: &Stage, say: Say) {
    s.ctx.db.write(Said(s.ctx.clone(), say)).await.unwrap();
}

async fn all(s: &Stage, staff: &Staff) -> Vec<Listed> {
    listed(&s.ctx, staff).await.unwrap().unwrap()
}

async fn count(s: &Stage, sql: &'static str) -> i64 {
    s.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

#[tokio::test]
async fn whom_no_letter_reaches_is_rung_again_and_told_once() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let maja = s.relative("Maja Fjellvik").await.person;
        s.run(DECIDED, args![&maja, &henrik.staff]).await;
        for kind in ["visits.clearance", "messages.news", "visits.clearance"] {
            say(&s, Say::Note(maja.clone(), kind)).await;
        }
        let found = all(&s, &henrik).await;
        assert_eq!(found.len(), 1, "one of her");
        assert_eq!(found[0].kinds, ["visits.clearance", "messages.news"]);
        let public = &found[0].public;

        assert_eq!(tell(&s.ctx, &henrik, public, Tried::Not).await.unwrap(), Some(true));
        let seen = one(&s.ctx, &henrik, public).await.unwrap().unwrap();
        assert_eq!((seen.listed.tries, seen.listed.tried_at, seen.done), (1, Some(NOON), None));
        let letter = Tried::Told(Reached::Letter);
        assert_eq!(tell(&s.ctx, &henrik, public, letter).await.unwrap(), Some(true));
        for again in [letter, Tried::Not] {
            assert_eq!(tell(&s.ctx, &henrik, public, again).await.unwrap(), Some(false));
        }
        assert_eq!(
            (count(&s, NOTICED).await, count(&s, TRACES).await),
            (1, 2),
            "what runs from a notice runs"
        );
        assert!(all(&s, &henrik).await.is_empty());
        let seen = one(&s.ctx, &henrik, public).await.unwrap().unwrap();
        assert_eq!(seen.done, Some((Done::Told(Reached::Letter), NOON)));

        // What comes later is told anew, and by mail once she has an address.
        say(&s, Say::Note(maja.clone(), "messages.news")).await;
        let later = all(&s, &henrik).await.remove(0).public;
        assert_ne!(&later, public);
        say(&s, Say::Confirm(maja.clone())).await;
        assert!(all(&s, &henrik).await.is_empty());
        assert_eq!(tell(&s.ctx, &henrik, &later, letter).await.unwrap(), Some(false));
        let seen = one(&s.ctx, &henrik, &later).await.unwrap().unwrap();
        assert_eq!(seen.done, Some((Done::ByMail, NOON)));

        // Whoever has signed in since has seen it, and whoever was there before has not.
        s.run(SESSION, args!["before", &maja, NOON, vec![1u8]]).await;
        say(&s, Say::Note(maja.clone(), "messages.news")).await;
        assert_eq!(tend(&s.ctx).await.unwrap(), 0);
        let last = all(&s, &henrik).await.remove(0).public;
        s.run(SESSION, args!["after", &maja, NOON.plus_minutes(1), vec![2u8]]).await;
        assert_eq!((tend(&s.ctx).await.unwrap(), tend(&s.ctx).await.unwrap()), (1, 0));
        let seen = one(&s.ctx, &henrik, &last).await.unwrap().unwrap();
        assert_eq!(seen.done, Some((Done::Seen, NOON)));
    })
    .await;
}

#[tokio::test]
async fn a_call_is_no_notice_and_whom_no_unit_knows_is_nobodys() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let maja = s.relative("Maja Fjellvik").await.person;
        s.run(DECIDED, args![&maja, &henrik.staff]).await;
        say(&s, Say::Note(maja, "visits.clearance")).await;
        let public = all(&s, &henrik).await.remove(0).public;
        let rung = Tried::Told(Reached::Rung);
        assert_eq!(tell(&s.ctx, &henrik, &public, rung).await.unwrap(), Some(true));
        assert_eq!(count(&s, NOTICED).await, 0);
        let stranger = s.ctx.chance.id(s.ctx.now());
        say(&s, Say::Note(stranger, "visits.clearance")).await;
        assert!(all(&s, &henrik).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn t02_another_unit_and_another_duty_find_nobody() {
    on_both_engines(async |portal| {
        let (s, henrik) = scene(&portal).await;
        let maja = s.relative("Maja Fjellvik").await.person;
        say(&s, Say::Note(maja, "visits.clearance")).await;
        let public = all(&s, &henrik).await.remove(0).public;
        let foreign = s.staff(Role::CaseOfficer, portal.unit("storaasen").await).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        assert!(all(&s, &foreign).await.is_empty());
        assert_eq!(listed(&s.ctx, &gate).await.unwrap(), None);
        for staff in [&foreign, &gate] {
            assert_eq!(one(&s.ctx, staff, &public).await.unwrap(), None);
            let told = Tried::Told(Reached::Met);
            assert_eq!(tell(&s.ctx, staff, &public, told).await.unwrap(), None);
        }
    })
    .await;
}
