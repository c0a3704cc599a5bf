//! Each who is under eighteen, with the visits of two months; those who have had too few first.

use domain::{access::Role, visits::booking::Offer};

use super::*;
use crate::{
    ctx::Citizen,
    testing::{NOON, on_both_engines},
    visits::booking::{self, testing::Stage},
};

const BORN: &str = "UPDATE inmate SET birth_date = $2 WHERE id = $1";
const LONG_AGO: &str = "UPDATE placement SET started_at = 0 WHERE inmate_id = $1";
const NO_SHOW: &str = "INSERT INTO visit_mark (id, booking_id, kind, at, written_at, staff_id, form_key) \
    SELECT 'm', b.id, 'no_show', b.starts_at, b.starts_at, $1, 'k' FROM booking b";
const LOOKS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'look' AND subject_kind = 'unit'";
const EXPORTS: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'children_exported' AND subject_kind = 'unit'";

async fn all(s: &Stage, staff: &Staff) -> Vec<Child> {
    listed(&s.ctx, staff).await.unwrap().unwrap()
}

/// On Saturday 19 September at eleven.
async fn book(s: &Stage, who: &Citizen) {
    let own = s.public_of(&who.person).await;
    booking::choose_party(&s.ctx, who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
    let days = booking::available(&s.ctx, who).await.unwrap().unwrap().days;
    let day = days.into_iter().find(|d| d.date.iso() == "2026-09-19").unwrap();
    let Offer::Free(times) = day.offer else { panic!("a free time") };
    booking::hold(&s.ctx, who, times[0].public.clone()).await.unwrap().unwrap();
    let hold = booking::draft(&s.ctx, who).await.unwrap().unwrap().hold.unwrap().hold.public;
    booking::confirm(&s.ctx, who, hold).await.unwrap().unwrap();
}

#[tokio::test]
async fn what_each_has_had_is_counted_and_who_lacks_one_stands_first() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
        let (maja, (his, _)) = (s.relative("Maja Fjellvik").await, s.beside("Siv Utvik").await);
        assert_eq!(all(&s, &henrik).await, []);
        // Of age today, and not for two years.
        s.run(BORN, args![&s.inmate, "2008-09-01"]).await;
        s.run(BORN, args![&his.inmate, "2009-09-02"]).await;
        assert_eq!(all(&s, &henrik).await.len(), 1);
        s.run(BORN, args![&s.inmate, "2008-09-02"]).await;
        s.run(LONG_AGO, args![&his.inmate]).await;
        book(&s, &maja).await;
        let found = all(&s, &henrik).await;
        let told: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.standing)).collect();
        assert_eq!(told, [("Inmate of Siv Utvik", Standing::Short), ("Even Fjellvik", Standing::Ahead)]);
        assert_eq!(found[1].next.map(CivilDate::iso).as_deref(), Some("2026-09-19"));
        assert_eq!((found[1].last, found[1].visits.booked, found[1].least), (None, 1, 1));

        // He is of age in the meantime; made younger again, he has had it.
        s.ctx.clock.set(NOON.plus_days(20));
        assert_eq!(all(&s, &henrik).await.len(), 1);
        s.run(BORN, args![&s.inmate, "2010-01-01"]).await;
        let had = all(&s, &henrik).await.remove(1);
        assert_eq!((had.standing, had.visits.this_month, had.next), (Standing::Met, 1, None));
        assert_eq!(had.last.map(CivilDate::iso).as_deref(), Some("2026-09-19"));
        s.ctx.clock.set(NOON.plus_days(32));
        let later = all(&s, &henrik).await.remove(1);
        assert_eq!((later.standing, later.visits.last_month), (Standing::Missing, 1));
        // Nobody came.
        s.run(NO_SHOW, args![&henrik.staff]).await;
        let nobody = all(&s, &henrik).await.remove(0);
        assert_eq!((nobody.visits.last_month, nobody.last), (0, None));
        assert_eq!(s.ctx.db.one::<(i64,)>(LOOKS, vec![]).await.unwrap().0, 7, "each look is written");
        let file = exported(&s.ctx, &henrik).await.unwrap();
        assert_eq!(file, Some(all(&s, &henrik).await), "the file holds what the page shows");
        assert_eq!(s.ctx.db.one::<(i64,)>(EXPORTS, vec![]).await.unwrap().0, 1);
        s.ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn t02_only_those_whose_work_it_is_and_in_their_units() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        s.run(BORN, args![&s.inmate, "2010-01-01"]).await;
        let foreign = s.staff(Role::CaseOfficer, portal.unit("storaasen").await).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        assert_eq!(listed(&s.ctx, &foreign).await.unwrap(), Some(vec![]));
        assert_eq!(listed(&s.ctx, &gate).await.unwrap(), None);
        assert_eq!(exported(&s.ctx, &gate).await.unwrap(), None);
        assert_eq!(exported(&s.ctx, &foreign).await.unwrap(), Some(vec![]));
        let astrid = s.staff(Role::UnitAdmin, s.unit.clone()).await;
        assert_eq!(all(&s, &astrid).await.len(), 1);
    })
    .await;
}
