use domain::{
    access::{Area, Level, Role},
    kernel::NationalId,
};

use super::{
    arrival::{Arrival, welcome},
    login, sessions,
};
use crate::{
    ctx::{Actor, Ctx},
    oidc::Ended,
    testing::on_both_engines,
};

fn citizen(subject: &str) -> Arrival {
    Arrival {
        area: Area::Citizen,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: Some(format!("sid-{subject}")),
        number: None,
        name: "Maja Fjellvik".into(),
        birth_date: None,
        level: Level::Substantial,
        fresh_at: None,
        roles: vec![],
        units: vec![],
        id_token: "hint".into(),
        previous: None,
    }
}

async fn live(ctx: &Ctx, area: Area, token: &str) -> Option<Actor> {
    sessions::find(ctx, area, token).await.unwrap().map(|l| l.actor)
}

#[tokio::test]
async fn one_person_stays_one_whatever_provider_vouches() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let number = NationalId::parse(&crate::testing::synthetic_number(1)).ok();
        let mut people = Vec::new();
        for (issuer, subject) in
            [("https://a.example", "1"), ("https://b.example", "2"), ("https://a.example", "1")]
        {
            let arrival = Arrival { issuer: issuer.into(), number: number.clone(), ..citizen(subject) };
            let token = welcome(ctx, arrival).await.unwrap();
            let Some(Actor::Citizen(c)) = live(ctx, Area::Citizen, &token).await else { panic!("signed in") };
            people.push(c.person);
        }
        assert!(people.iter().all(|p| *p == people[0]));
        let other = welcome(ctx, citizen("3")).await.unwrap();
        let Some(Actor::Citizen(c)) = live(ctx, Area::Citizen, &other).await else { panic!("signed in") };
        assert_ne!(c.person, people[0], "without a number she is somebody of her own");
    })
    .await;
}

#[tokio::test]
async fn t04_a_session_ends_idle_or_old_or_closed_and_the_one_before_dies() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let first = welcome(ctx, citizen("1")).await.unwrap();
        let second = welcome(ctx, Arrival { previous: Some(first.clone()), ..citizen("1") }).await.unwrap();
        assert!(live(ctx, Area::Citizen, &first).await.is_none(), "rotated");
        assert!(live(ctx, Area::Staff, &second).await.is_none(), "no other area");
        for _ in 0..5 {
            ctx.clock.set(ctx.now().plus_minutes(20));
            assert!(live(ctx, Area::Citizen, &second).await.is_some(), "activity keeps it");
        }
        ctx.clock.set(ctx.now().plus_minutes(20));
        assert!(live(ctx, Area::Citizen, &second).await.is_none(), "120 minutes are the end");
        let third = welcome(ctx, citizen("1")).await.unwrap();
        ctx.clock.set(ctx.now().plus_minutes(30));
        assert!(live(ctx, Area::Citizen, &third).await.is_none(), "30 minutes idle");
        let fourth = welcome(ctx, citizen("1")).await.unwrap();
        assert_eq!(sessions::close(ctx, Area::Citizen, &fourth).await.unwrap().as_deref(), Some("hint"));
        assert!(live(ctx, Area::Citizen, &fourth).await.is_none());
        assert_eq!(sessions::close(ctx, Area::Citizen, &fourth).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn t07_the_providers_session_takes_ours_along() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let token = welcome(ctx, citizen("1")).await.unwrap();
        let sid = Ended::Session("sid-1".into());
        assert_eq!(sessions::close_from_provider(ctx, "https://other.example", &sid).await.unwrap(), 0);
        assert_eq!(sessions::close_from_provider(ctx, "https://id.example", &sid).await.unwrap(), 1);
        assert_eq!(sessions::close_from_provider(ctx, "https://id.example", &sid).await.unwrap(), 0);
        assert!(live(ctx, Area::Citizen, &token).await.is_none());
        let (one, two) =
            (welcome(ctx, citizen("1")).await.unwrap(), welcome(ctx, citizen("1")).await.unwrap());
        let other = welcome(ctx, citizen("2")).await.unwrap();
        let person = Ended::Person { subject: "1".into(), at: ctx.now() };
        assert_eq!(sessions::close_from_provider(ctx, "https://id.example", &person).await.unwrap(), 2);
        for token in [one, two] {
            assert!(live(ctx, Area::Citizen, &token).await.is_none(), "every session of hers");
        }
        assert!(live(ctx, Area::Citizen, &other).await.is_some());
    })
    .await;
}

/// The word of a sign-out comes late, or from a clock that is not ours.
#[tokio::test]
async fn t07_a_late_word_ends_no_session_that_was_opened_since() {
    on_both_engines(async |portal| {
        let (ctx, out) = (&portal.ctx, portal.ctx.now());
        let mut tokens = Vec::new();
        for seconds in [-3_600, 0, 60, 61, 200] {
            ctx.clock.set(out.plus_seconds(seconds));
            tokens.push((seconds, welcome(ctx, citizen("1")).await.unwrap()));
        }
        ctx.clock.set(out.plus_seconds(250));
        let person = Ended::Person { subject: "1".into(), at: out };
        assert_eq!(sessions::close_from_provider(ctx, "https://id.example", &person).await.unwrap(), 3);
        for (seconds, token) in tokens.into_iter().skip(1) {
            let lives = live(ctx, Area::Citizen, &token).await.is_some();
            assert_eq!(lives, seconds > 60, "opened {seconds} s after the sign-out");
        }
        assert_eq!(sessions::close_from_provider(ctx, "https://id.example", &person).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn staff_bring_roles_and_the_units_that_exist() {
    on_both_engines(async |portal| {
        let unit = portal.unit("lyngmo").await;
        let arrival = Arrival {
            area: Area::Staff,
            roles: vec![Role::CaseOfficer],
            units: vec!["lyngmo".into(), "nowhere".into()],
            ..citizen("staff-1")
        };
        let token = welcome(&portal.ctx, arrival).await.unwrap();
        let Some(Actor::Staff(staff)) = live(&portal.ctx, Area::Staff, &token).await else {
            panic!("signed in")
        };
        assert_eq!((staff.roles, staff.units), (vec![Role::CaseOfficer], vec![unit]));
    })
    .await;
}

#[tokio::test]
async fn t06_an_attempt_is_taken_once_by_its_own_browser_and_state() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let attempt = login::Attempt {
            fresh_since: None,
            state: "state".into(),
            nonce: "nonce".into(),
            pkce_verifier: "verifier".into(),
            return_to: "/my".into(),
            level: "substantial".into(),
        };
        let key = login::save(ctx, Area::Citizen, &attempt).await.unwrap();
        for (area, key, state) in
            [(Area::Citizen, "x", "state"), (Area::Citizen, &*key, "other"), (Area::Staff, &*key, "state")]
        {
            assert_eq!(login::take(ctx, area, key, state).await.unwrap(), None);
        }
        assert_eq!(login::take(ctx, Area::Citizen, &key, "state").await.unwrap(), Some(attempt.clone()));
        assert_eq!(login::take(ctx, Area::Citizen, &key, "state").await.unwrap(), None);
        let late = login::save(ctx, Area::Citizen, &attempt).await.unwrap();
        ctx.clock.set(ctx.now().plus_minutes(11));
        assert_eq!(login::take(ctx, Area::Citizen, &late, "state").await.unwrap(), None);
    })
    .await;
}
