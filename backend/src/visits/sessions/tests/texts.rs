use domain::visits::booking::text::{Topic, UnitText};

use super::*;
use crate::visits::booking::{my_visits, visit_of};

fn text(topic: Topic, from: &str, nb: &str) -> UnitText {
    UnitText { topic, valid_from: day(from), valid_to: None, nb: nb.into(), nn: None, en: None, se: None }
}

#[tokio::test]
async fn a_visit_tells_what_holds_on_its_day_and_the_public_page_what_holds_today() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let maja = stage.relative("Maja Fjellvik").await;
        let asked = held(&stage, &maja, "2026-09-12").await;
        confirm(ctx, &maja, asked).await.unwrap().unwrap();
        put_text(ctx, &Actor::System, &stage.unit, text(Topic::Bring, "2026-09-01", "Ingenting"))
            .await
            .unwrap();
        let versions = plan(ctx, &astrid, None).await.unwrap().unwrap().texts;
        let new = text(Topic::Bring, "2026-09-10", "En bok\nEn tegning");
        let write = |seen: String, text: UnitText| PlanChange::Text { seen, text: Box::new(text) };
        let writing = write(stamp(&versions), new.clone());
        for _ in 0..2 {
            assert_eq!(carry(ctx, &astrid, writing.clone()).await, Some(Ok(0)), "a double click too");
        }
        let late = write(stamp(&versions), text(Topic::Bring, "2026-09-11", "To bøker"));
        assert_eq!(carry(ctx, &astrid, late).await, Some(Err(PlanRefusal::Stale)));
        let other = write(stamp::<UnitText>(&[]), text(Topic::Hours, "2026-09-20", "Lørdag"));
        assert_eq!(carry(ctx, &astrid, other).await, Some(Ok(0)), "another topic has versions of its own");
        let reader = officer(&portal, Role::CaseOfficer, &stage.unit);
        assert_eq!(carry(ctx, &reader, writing).await, None);
        let hers = my_visits(ctx, &maja).await.unwrap();
        let visit = visit_of(ctx, &maja.person, &hers[0].public).await.unwrap().unwrap();
        assert_eq!(visit.texts, [new], "opening hours begin after it");
        let today: Vec<String> = told(ctx).await.texts.into_iter().map(|text| text.nb).collect();
        assert_eq!((today, count(ctx, TRACES).await), (vec!["Ingenting".to_owned()], 2));
    })
    .await;
}
