//! Quarantine: only what a scanner has called clean is read. The scanner is a real clamd with a small database of its own.

use domain::blobs::State;

use super::{
    super::testing::{Clamd, OWN_SIGN, eicar, pdf, pdf_with},
    stage::Stage,
    *,
};
use crate::testing::{Portal, on_both_engines};

#[tokio::test]
async fn t19_while_the_scanner_is_away_nobody_reads_and_it_recovers() {
    let mut clamd = Clamd::away();
    let scanner = Scanner::Clamd(clamd.address());
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    let good = stage.whole("a.pdf", &pdf(300_000)).await;
    let bad = stage.whole("b.pdf", &pdf_with(eicar().as_bytes())).await;
    let own = stage.whole("c.pdf", &pdf_with(OWN_SIGN.as_bytes())).await;
    let publics: Vec<_> = [&good, &bad, &own].iter().map(|upload| upload.public().unwrap()).collect();
    stage.hand_in(&publics.iter().collect::<Vec<_>>(), "x").await.unwrap();
    for _ in 0..20 {
        assert_eq!(check_due(&stage.ctx, &scanner).await.unwrap(), 0);
        assert_eq!(stage.again(&good).await.state().unwrap(), State::Checking, "received, being checked");
        assert!(open_own(&stage.ctx, &stage.actor, &publics[0]).await.unwrap().is_none());
        stage.wait_minutes(2);
    }
    let (waiting, oldest, unanswered) = backlog(&stage.ctx).await.unwrap();
    assert!((waiting, unanswered) == (3, 3) && oldest >= 20 * 120, "an alarm can tell: {oldest}");
    clamd.start().await;
    assert_eq!(check_due(&stage.ctx, &scanner).await.unwrap(), 3);
    let states = [&good, &bad, &own].map(async |upload: &Upload| stage.again(upload).await.state().unwrap());
    let [good_state, bad_state, own_state] = states;
    assert_eq!(
        (good_state.await, bad_state.await, own_state.await),
        (State::Clean, State::Infected, State::Infected)
    );
    for (public, read) in publics.iter().zip([true, false, false]) {
        assert_eq!(open_own(&stage.ctx, &stage.actor, public).await.unwrap().is_some(), read);
        let reader = open_for_reader(&stage.ctx, &Actor::System, "letter", "x", public).await.unwrap();
        assert_eq!(reader.is_some(), read);
    }
    assert_eq!(backlog(&stage.ctx).await.unwrap().0, 0);
    clamd.stop();
}

#[tokio::test]
async fn t18_infected_bytes_are_kept_for_the_days_of_the_rule() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let bad = stage.whole("b.pdf", &pdf_with(eicar().as_bytes())).await;
        assert_eq!(check_due(&stage.ctx, &Scanner::Demo).await.unwrap(), 1);
        let not = stage.hand_in(&[&bad.public().unwrap()], "x").await.unwrap_err();
        assert_eq!(not.code(), "bad");
        stage.wait_minutes(14 * 24 * 60 - 1);
        assert_eq!((expire(&stage.ctx).await.unwrap(), drop_due(&stage.ctx).await.unwrap()), (0, 0));
        stage.wait_minutes(1);
        assert_eq!((drop_due(&stage.ctx).await.unwrap(), stage.objects().await), (1, 0));
        let again = stage.again(&bad).await;
        assert_eq!(again.state().unwrap(), State::Infected, "what was found stays known");
        assert!(again.sealed_key.is_none() && again.name.is_none());
    })
    .await;
}

/// The demo's scanner sees the sign also where it lies across two pieces.
#[tokio::test]
async fn a_sign_across_two_chunks_is_found() {
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    let mut file = pdf(2 * CHUNK + 500);
    file[CHUNK - 30..CHUNK - 30 + eicar().len()].copy_from_slice(eicar().as_bytes());
    let upload = stage.whole("a.pdf", &file).await;
    check_due(&stage.ctx, &Scanner::Demo).await.unwrap();
    assert_eq!(stage.again(&upload).await.state().unwrap(), State::Infected);
}

#[tokio::test]
async fn two_workers_ask_about_a_file_once() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        stage.whole("a.pdf", &pdf(900)).await;
        let (one, two) =
            tokio::join!(check_due(&stage.ctx, &Scanner::Demo), check_due(&stage.ctx, &Scanner::Demo));
        assert_eq!(one.unwrap() + two.unwrap(), 1);
    })
    .await;
}
