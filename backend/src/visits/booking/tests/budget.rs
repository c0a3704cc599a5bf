//! What the page of free times may cost.

use domain::visits::booking::UnitRules;

use super::*;
use crate::{
    ctx::Actor,
    db::reads,
    visits::{
        booking::testing::{rules, template},
        sessions::{NewTemplate, put_rules, put_template},
    },
};

const TIMES_A_DAY: u16 = 12;
pub const BOOKED: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) SELECT 'b' || s.id, 'p' || s.id, 'r' || s.id, 'd' || s.id, 'h' || s.id, \
    $1, $2, s.unit_id, s.id, s.kind, s.date, s.starts_at, s.ends_at, 1 FROM visit_session s \
    WHERE s.date BETWEEN '2026-09-03' AND '2026-09-29' ORDER BY s.id LIMIT 200";
pub const COMES: &str = "INSERT INTO booking_party (booking_id, person_id, role) SELECT id, person_id, 'adult' FROM booking \
    WHERE booked_at = 1";

#[tokio::test]
async fn free_times_of_a_month_cost_three_reads_however_many_they_are() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let rules = UnitRules { valid_from: day_of("2021-01-01"), per_week: 14, per_month: 60, ..rules() };
        put_rules(&s.ctx, &Actor::System, &s.unit, rules).await.unwrap();
        for (weekday, n) in (1..=7).flat_map(|weekday| (0..TIMES_A_DAY).map(move |n| (weekday, n))) {
            let new = NewTemplate { unit: s.unit.clone(), template: template(weekday, 480 + n * 30, 4) };
            put_template(&s.ctx, &Actor::System, new).await.unwrap();
        }
        tend(&s.ctx).await.unwrap();
        // Of another inmate, by somebody else: full, but nobody's of hers.
        let (other, somebody) = s.beside("Siv Utvik").await;
        assert_eq!(s.run(BOOKED, args![&somebody.person, &other.inmate]).await, 200);
        s.run(COMES, vec![]).await;

        let maja = s.relative("Maja Fjellvik").await;
        s.child(&maja, "Ask Fjellvik", "2020-03-01").await;
        alone(&s, &maja).await;
        let cost = async || {
            let (found, reads) = reads(available(&s.ctx, &maja)).await;
            (found.unwrap().expect("a draft"), reads)
        };
        let (found, reads) = cost().await;
        let times = found.days.iter().map(|day| if let Offer::Free(t) = &day.offer { t.len() } else { 0 });
        assert!(times.sum::<usize>() >= 27 * usize::from(TIMES_A_DAY) - 30, "a month of times");
        assert_eq!(reads, 3);
        // With a time that is held, and while a visit is changed.
        let hold = held(&s.ctx, &maja, SATURDAY, 0).await;
        let (found, reads) = cost().await;
        assert_eq!((found.draft.hold.map(|held| held.hold.public), reads), (Some(hold.clone()), 3));
        let booking = confirm(&s.ctx, &maja, hold).await.unwrap().unwrap();
        let target = Target { public: booking, version: 1 };
        begin_change(&s.ctx, &maja, target).await.unwrap().unwrap().unwrap();
        let (found, reads) = cost().await;
        assert!(found.draft.changes.is_some_and(|old| old.open));
        assert_eq!(reads, 3);
    })
    .await;
}
