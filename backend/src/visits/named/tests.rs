use domain::access::Role;

use super::*;
use crate::{
    testing::{NOON, Portal, on_both_engines},
    visits::booking::testing::Stage,
};

const CASE: &str = "SELECT public_id FROM application WHERE person_id = $1";
const SORT: &str = "UPDATE person SET sort_name = $2 WHERE id = $1";
const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('visitor_named', 'visitor_unnamed')";

async fn scene(portal: &Portal) -> (Stage, Staff, Public<Inmate>) {
    let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
    let inside = Public::parse(s.inmate_public.as_str()).unwrap();
    (s, henrik, inside)
}

async fn names(s: &Stage, staff: &Staff, inside: &Public<Inmate>) -> Vec<String> {
    let opened = open(&s.ctx, staff, inside, LookReason::HandleCase).await.unwrap().unwrap();
    opened.named.into_iter().map(|one| one.name).collect()
}

#[tokio::test]
async fn he_names_four_exchanges_one_and_whoever_applies_is_known_by_it() {
    on_both_engines(async |portal| {
        let (s, henrik, inside) = scene(&portal).await;
        let maja = s.relative("Maja Fjellvik").await.person;
        s.run(SORT, args![&maja, sort_key("Maja Fjellvik")]).await;
        let (case,): (String,) = s.ctx.db.one(CASE, args![&maja]).await.unwrap();
        let case = Public::parse(&case).unwrap();
        assert_eq!(of_case(&s.ctx, &case).await.unwrap(), None);
        for typed in ["Odd Fjellvik", "Siv Utvik", " maja  FJELLVIK ", "Maja Fjellvik", "Tor Utvik"] {
            assert_eq!(name(&s.ctx, &henrik, &inside, typed).await.unwrap(), Ok(()), "{typed}");
        }
        assert_eq!(of_case(&s.ctx, &case).await.unwrap(), Some(NOON));
        let full = name(&s.ctx, &henrik, &inside, "Nils Utvik").await.unwrap();
        assert_eq!(full, Err(NamedRefusal::Full { most: 4 }));
        let empty = name(&s.ctx, &henrik, &inside, "  ").await.unwrap();
        assert_eq!(empty, Err(NamedRefusal::Name(TextError::Empty)));

        let opened = open(&s.ctx, &henrik, &inside, LookReason::HandleCase).await.unwrap().unwrap();
        let hers = opened.named.iter().find(|one| one.name.to_lowercase().contains("maja")).unwrap();
        assert_eq!(end(&s.ctx, &henrik, &inside, &hers.public).await.unwrap(), Some(true));
        assert_eq!(end(&s.ctx, &henrik, &inside, &hers.public).await.unwrap(), Some(false));
        assert_eq!(of_case(&s.ctx, &case).await.unwrap(), None);
        assert_eq!(name(&s.ctx, &henrik, &inside, "Nils Utvik").await.unwrap(), Ok(()));
        assert_eq!(names(&s, &henrik, &inside).await.len(), 4);
        assert_eq!(s.ctx.db.one::<(i64,)>(TRACES, vec![]).await.unwrap().0, 6);
    })
    .await;
}

#[tokio::test]
async fn t02_only_those_whose_work_it_is_and_in_their_units() {
    on_both_engines(async |portal| {
        let (s, henrik, inside) = scene(&portal).await;
        assert_eq!(name(&s.ctx, &henrik, &inside, "Siv Utvik").await.unwrap(), Ok(()));
        let opened = open(&s.ctx, &henrik, &inside, LookReason::HandleCase).await.unwrap().unwrap();
        let foreign = s.staff(Role::CaseOfficer, portal.unit("storaasen").await).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        for staff in [&foreign, &gate] {
            assert_eq!(open(&s.ctx, staff, &inside, LookReason::HandleCase).await.unwrap(), None);
            let named = name(&s.ctx, staff, &inside, "Tor Utvik").await.unwrap();
            assert_eq!(named, Err(NamedRefusal::Hidden));
            assert_eq!(end(&s.ctx, staff, &inside, &opened.named[0].public).await.unwrap(), None);
        }
    })
    .await;
}
