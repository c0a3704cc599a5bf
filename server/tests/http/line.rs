//! F13: the line to the database breaks at the commit, and nobody can know whether it was carried out. The page does
//! not say; it offers the same form again, and the second time gives the one booking.

use backend::testing::{Break, Database, Line};
use reqwest::StatusCode;

use crate::{
    booking::{bookings, confirm, held, relative, stage},
    harness::Portal,
};

const LETTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.booking'";

#[tokio::test(flavor = "multi_thread")]
async fn f13_an_answer_lost_at_the_commit_gives_one_booking() {
    let Some(url) = Database::new().await else { return };
    let line = Line::to(&url).await;
    let portal = Portal::start_at(line.url()).await;
    let stage = stage(&portal).await;
    let (maja, _) = relative(&portal, &stage, "maja").await;
    for (at, broken, kept) in [(1, Break::AfterCommit, 1), (2, Break::BeforeCommit, 1)] {
        let hold = held(&maja).await.hidden("hold");
        line.breaks(broken);
        let told = confirm(&maja, &hold).await;
        assert!(line.is_whole(), "it broke once");
        assert_eq!(told.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(told.text.contains("Det du sendte, er her fortsatt"), "{}", told.text);
        assert!(!told.text.contains("bestilt"), "it claims nothing: {}", told.text);
        assert_eq!(told.hidden("hold"), hold);
        assert_eq!(bookings(&portal).await, kept, "{broken:?}");
        let again = confirm(&maja, &hold).await;
        assert!(again.location().ends_with("?done=booked"), "{}", again.location());
        let letters: (i64,) = portal.ctx.db.one(LETTERS, vec![]).await.expect("a count");
        assert_eq!((bookings(&portal).await, letters.0), (at, at), "one booking, one letter");
    }
}
