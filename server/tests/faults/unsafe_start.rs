//! What production does not start on, as the binary says it: also what only the database or the key itself can tell.

use std::process::Command;

use backend::testing::SAFE_PRODUCTION;

use crate::process::{Site, ended};

/// A production whose settings are all safe.
fn production(site: &Site, words: &[&str]) -> Command {
    let mut command = site.varde(words);
    // The key is the site's own.
    let settings = SAFE_PRODUCTION.into_iter().filter(|(key, _)| !key.starts_with("VARDE_VAULT"));
    command.envs(settings);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn production_on_a_safe_sqlite_has_nothing_to_name() {
    let site = Site::sqlite();
    let (done, said) = ended(production(&site, &["check-config"])).await;
    assert!(done && said.contains("nothing unsafe"), "{said}");
    let mut bad = production(&site, &["check-config"]);
    bad.env("VARDE_VAULT__MASTER_KEY", "short");
    let (done, said) = ended(bad).await;
    assert!(!done && said.contains("vault.master_key: is not 32 bytes in base64"), "{said}");
    for words in [["serve"].as_slice(), &["work"], &["migrate"], &["restore", "/nowhere"]] {
        let mut testid = production(&site, words);
        testid.env("VARDE_OIDC__CITIZEN__ISSUER", "https://varde.no/testid/citizen");
        let (done, said) = ended(testid).await;
        assert!(!done && said.contains("oidc.citizen.issuer: is a test provider"), "{words:?}: {said}");
    }
    assert!(!site.folder.path().join("varde.db").exists(), "nothing was opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn f03_production_refuses_a_postgres_that_answers_before_the_disk_has_it() {
    let Some(mut site) = Site::postgres().await else { return };
    site.url += "&options=-c%20synchronous_commit%3Doff";
    for words in [["check-config"], ["serve"], ["work"]] {
        let (done, said) = ended(production(&site, &words)).await;
        assert!(!done && said.contains("database.url: synchronous_commit is not on"), "{words:?}: {said}");
    }
    site.url = "postgres://nobody@127.0.0.1:1/nothing".into();
    let (done, said) = ended(production(&site, &["check-config"])).await;
    assert!(!done && said.contains("database.url: does not answer"), "{said}");
}
