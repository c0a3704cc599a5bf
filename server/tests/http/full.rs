//! F2 without a disk of its own: SQLite is told that its file may grow no further, which fails with a full disk's code.

use reqwest::StatusCode;

use crate::harness::Portal;

const FULL_TOUCH: &str = "CREATE TRIGGER full_touch AFTER UPDATE ON session BEGIN INSERT INTO heavy VALUES (ZEROBLOB(200000)); END";
const NEEDS: &str = "/api/visits/apply/needs";

#[tokio::test(flavor = "multi_thread")]
async fn f02_no_room_is_503_with_what_was_typed_and_passes() {
    let portal = Portal::start_standing().await;
    let browser = portal.browser();
    browser.sign_in("citizen", "maja", "/my").await;
    let note = "Rampe ved inngangen. ".repeat(20);
    let form = [("needs[]", "wheelchair"), ("language", ""), ("note", note.as_str())];
    portal.run("CREATE TABLE heavy (what BLOB)").await;
    portal.run(FULL_TOUCH).await;
    portal
        .run(
            "CREATE TRIGGER heavy AFTER INSERT ON application_draft BEGIN \
        INSERT INTO heavy VALUES (ZEROBLOB(200000)); END",
        )
        .await;
    // Less than the file has: it stays as large as it is.
    portal.run("PRAGMA max_page_count = 1").await;
    let page = browser.post(NEEDS, &form).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.header("retry-after"), "1");
    assert!(page.text.contains("name=\"needs[]\" value=\"wheelchair\"") && page.text.contains(&note));
    // Long enough for the session to be touched, which cannot be written either.
    portal.wait_minutes(2);
    assert_eq!(browser.get("/visits/apply/needs").await.status, StatusCode::OK, "what can be read is read");
    portal.run("PRAGMA max_page_count = 1000000").await;
    assert_eq!(browser.post(NEEDS, &form).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/visits/apply/needs").await.text.contains("Rampe ved inngangen."));
}
