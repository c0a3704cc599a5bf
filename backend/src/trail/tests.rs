//! The trail is searched by auditors alone, its chain is checked, and what is out of the ordinary is found once.

use domain::{
    access::{Area, Level, Role},
    kernel::{CivilDate, Id},
    trail::{AlertKind, Outcome, Reason, Search, SettleForm},
};

use super::*;
use crate::{
    audit,
    ctx::{Actor, Ctx},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::{Portal, Raw, on_both_engines},
    visits::{
        booking::testing::Stage as Visits,
        clearance::{self, LookReason},
    },
    wiring,
};

struct Stage {
    ctx: Ctx,
    visits: Visits,
    /// Of the unit; her family name is that of those who visit.
    henrik: Staff,
    unni: Staff,
    far: Staff,
}

async fn signed_in(ctx: &Ctx, subject: &str, name: &str, role: Role, unit: &str) -> Staff {
    let arrival = Arrival {
        area: Area::Staff,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: None,
        name: name.into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(ctx.now()),
        roles: vec![role],
        units: vec![unit.into()],
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    let found = sessions::find(ctx, Area::Staff, &token).await.unwrap().unwrap();
    found.actor.staff().unwrap().clone()
}

impl Stage {
    async fn new(portal: &Portal) -> Self {
        let unit = portal.unit("lyngmo").await;
        portal.unit("havn").await;
        portal.intake().await;
        let ctx = portal.ctx.clone();
        Self {
            visits: Visits::new(&ctx, unit).await,
            henrik: signed_in(&ctx, "henrik", "Henrik Fjellvik", Role::CaseOfficer, "lyngmo").await,
            unni: signed_in(&ctx, "unni", "Unni Tjernglans", Role::Auditor, "lyngmo").await,
            far: signed_in(&ctx, "frode", "Frode Havn", Role::Auditor, "havn").await,
            ctx,
        }
    }

    fn search(&self, looks: bool) -> Search {
        let day = self.ctx.now().date();
        Search { from: day, to: day, who: None, reference: None, looks, reason: Reason::Sample }
    }

    async fn found(&self, staff: &Staff, search: &Search) -> Vec<Row> {
        super::search(&self.ctx, staff, search, None, None).await.unwrap().unwrap().rows
    }

    /// Opens each case there is, as an officer does.
    async fn opens_all(&self) -> usize {
        let all: Vec<(String,)> =
            self.ctx.db.all("SELECT public_id FROM application ORDER BY id", vec![]).await.unwrap();
        for (application,) in &all {
            let application = Public::parse(application).unwrap();
            clearance::case(&self.ctx, &self.henrik, &application, LookReason::HandleCase)
                .await
                .unwrap()
                .unwrap();
            self.ctx.clock.set(self.ctx.now().plus_seconds(1));
        }
        all.len()
    }
}

#[tokio::test]
async fn the_trail_is_searched_by_auditors_of_the_unit_and_each_search_stands_in_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.visits.relative("Kari Ukjent").await;
        s.opens_all().await;
        assert!(super::search(&s.ctx, &s.henrik, &s.search(true), None, None).await.unwrap().is_none());
        assert!(rows(&s.ctx, &s.henrik, &s.search(true), None).await.unwrap().is_none());

        let looks = s.found(&s.unni, &s.search(true)).await;
        assert_eq!(looks.len(), 1);
        assert_eq!(
            (looks[0].who.as_deref(), looks[0].action.as_str(), looks[0].reason.as_deref()),
            (Some("Henrik Fjellvik"), "look", Some("handle_case"))
        );
        assert!(s.found(&s.far, &s.search(true)).await.is_empty(), "of another unit nothing is there");
        let by = |who: &str| Search { who: Some(who.into()), ..s.search(true) };
        assert_eq!(s.found(&s.unni, &by("henrik")).await.len(), 1);
        assert_eq!(s.found(&s.unni, &by("Henrik")).await.len(), 1);
        assert!(s.found(&s.unni, &by("Frode")).await.is_empty());
        assert!(s.found(&s.unni, &by("%")).await.len() == 1, "no wildcard of hers");

        let own = Search { who: Some("Unni".into()), ..s.search(false) };
        let own = s.found(&s.unni, &own).await;
        let searches = own.iter().filter(|row| row.action == "trail_searched").count();
        assert!(searches >= 4, "each search is written before it is made");
        assert!(own.iter().all(|row| row.reason.is_none() || row.reason.as_deref() == Some("sample")));
        assert_eq!(rows(&s.ctx, &s.unni, &s.search(true), None).await.unwrap().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn pages_hang_together_and_no_row_of_the_notices_is_among_them() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for n in 0..120 {
            let entry = audit::Entry::new(&s.ctx, &Actor::Staff(s.henrik.clone()), "look");
            let entry = if n % 10 == 9 { entry.in_stream(audit::NOTICES) } else { entry };
            audit::record(&s.ctx, entry.about("application", &Id::<()>::new(format!("{n}")))).await.unwrap();
        }
        let (mut seen, mut after) = (std::collections::BTreeSet::new(), None);
        for expected in [50, 50, 8] {
            let page =
                super::search(&s.ctx, &s.unni, &s.search(true), None, after.as_ref()).await.unwrap().unwrap();
            assert_eq!(page.rows.len(), expected);
            seen.extend(page.rows.into_iter().map(|row| row.id));
            after = page.next;
        }
        assert_eq!((seen.len(), after), (108, None));
        let one = super::search(&s.ctx, &s.unni, &s.search(true), Some("17"), None).await.unwrap().unwrap();
        assert_eq!(one.rows.len(), 1);
        let nobody = Search { reference: Some(s.ctx.chance.reference()), ..s.search(true) };
        assert!(s.found(&s.unni, &nobody).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_chain_is_checked_by_the_worker_and_a_changed_row_is_found() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        assert_eq!(checked(&s.ctx, &s.henrik).await.unwrap(), None);
        assert_eq!(ask_check(&s.ctx, &s.henrik).await.unwrap(), None);
        assert_eq!(checked(&s.ctx, &s.unni).await.unwrap(), Some(Checked::Never));
        for _ in 0..2 {
            ask_check(&s.ctx, &s.unni).await.unwrap().unwrap();
        }
        let (id,): (String,) = s.ctx.db.one("SELECT id FROM trail_check", vec![]).await.unwrap();
        assert!(matches!(checked(&s.ctx, &s.unni).await.unwrap(), Some(Checked::UnderWay { .. })));
        s.ctx.clock.set(s.ctx.now().plus_seconds(5));
        audit::seal(&s.ctx).await.unwrap();
        carry_out(&s.ctx, &Check { id }).await.unwrap();
        let Some(Checked::Whole { rows, .. }) = checked(&s.ctx, &s.unni).await.unwrap() else {
            panic!("the chain is whole")
        };
        assert!(rows > 3);

        // The calendar asks for the next when a day has gone, and not before.
        for (hours, asked) in [(23, 1), (2, 2), (1, 2)] {
            s.ctx.clock.set(s.ctx.now().plus_minutes(hours * 60));
            tend(&s.ctx).await.unwrap();
            let (n,): (i64,) =
                s.ctx.db.one("SELECT CAST(COUNT(*) AS BIGINT) FROM trail_check", vec![]).await.unwrap();
            assert_eq!(n, asked, "{hours}");
        }
        let seal = "UPDATE audit_seal SET hash = audit_id WHERE seq = 2 AND stream = 'general'";
        let loose: &[&'static str] = match s.ctx.db {
            crate::db::Db::Sqlite { .. } => &["DROP TRIGGER audit_seal_no_update"],
            crate::db::Db::Postgres { .. } => &["ALTER TABLE audit_seal DISABLE TRIGGER ALL"],
        };
        for sql in loose {
            s.ctx.db.write(Raw(sql)).await.unwrap();
        }
        let seal = match s.ctx.db {
            crate::db::Db::Sqlite { .. } => seal,
            crate::db::Db::Postgres { .. } => {
                "UPDATE audit_seal SET hash = CAST(audit_id AS BYTEA) WHERE seq = 2 AND stream = 'general'"
            }
        };
        s.ctx.db.write(Raw(seal)).await.unwrap();
        let open = "SELECT id FROM trail_check WHERE done_at IS NULL";
        let (id,): (String,) = s.ctx.db.one(open, vec![]).await.unwrap();
        carry_out(&s.ctx, &Check { id }).await.unwrap();
        assert!(matches!(checked(&s.ctx, &s.unni).await.unwrap(), Some(Checked::Broken { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_day_out_of_the_ordinary_is_found_once_and_settled_by_somebody_else() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        for n in 0..42 {
            s.visits.relative(&format!("Gjest{n} Utenby")).await;
        }
        s.visits.relative("Maja Fjellvik").await;
        let small = "UPDATE rule SET value = '5' WHERE key = 'trail.volume_least'";
        s.ctx.db.write(Raw(small)).await.unwrap();
        // Some days of her usual work: two cases each.
        let all: Vec<(String,)> =
            s.ctx.db.all("SELECT public_id FROM application ORDER BY id LIMIT 2", vec![]).await.unwrap();
        for _ in 0..3 {
            for (application,) in &all {
                let application = Public::parse(application).unwrap();
                clearance::case(&s.ctx, &s.henrik, &application, LookReason::HandleCase).await.unwrap();
            }
            s.ctx.clock.set(s.ctx.now().plus_days(1));
        }
        let cases = s.opens_all().await;
        let day: CivilDate = s.ctx.now().date();
        // The inmate has her family name, so each case has it.
        assert_eq!(wiring::watch_looks(&s.ctx).await.unwrap(), 2, "yesterday was an ordinary day in number");
        s.ctx.clock.set(s.ctx.now().plus_days(1));
        // One a case, and one for the number of them.
        assert_eq!(wiring::watch_looks(&s.ctx).await.unwrap(), cases + 1);
        assert_eq!(wiring::watch_looks(&s.ctx).await.unwrap(), 0, "a day is watched once");

        assert!(alerts(&s.ctx, &s.henrik).await.unwrap().is_none());
        assert!(alerts(&s.ctx, &s.far).await.unwrap().unwrap().is_empty());
        let found = alerts(&s.ctx, &s.unni).await.unwrap().unwrap();
        let volume = found.iter().find(|alert| alert.kind == AlertKind::Volume).unwrap();
        assert_eq!((volume.cases, volume.usual, volume.day), (cases as i64, 2, day));
        assert_eq!((volume.who.as_str(), volume.own), ("Henrik Fjellvik", false));

        let form = SettleForm { outcome: "explained".into(), note: "Vikar for tre".into() };
        let far = settle(&s.ctx, &s.far, &volume.public, &form).await.unwrap();
        assert_eq!(far, Err(Undone::Refused(Refusal::Hidden)));
        let mut himself = s.henrik.clone();
        himself.roles = vec![Role::Auditor];
        let own = settle(&s.ctx, &himself, &volume.public, &form).await.unwrap();
        assert_eq!(own, Err(Undone::Refused(Refusal::Own)));
        assert_eq!(settle(&s.ctx, &s.unni, &volume.public, &form).await.unwrap(), Ok(()));
        let again = settle(&s.ctx, &s.unni, &volume.public, &form).await.unwrap();
        assert_eq!(again, Err(Undone::Refused(Refusal::Settled)));
        let settled = one(&s.ctx, &s.unni, &volume.public).await.unwrap().unwrap().settled.unwrap();
        assert_eq!((settled.outcome, settled.note.as_str()), (Outcome::Explained, "Vikar for tre"));

        let found = alerts(&s.ctx, &s.unni).await.unwrap().unwrap();
        for (days, left) in [(729, found.len()), (2, found.len() - 1)] {
            s.ctx.clock.set(s.ctx.now().plus_days(days));
            sweep(&s.ctx).await.unwrap();
            assert_eq!(alerts(&s.ctx, &s.unni).await.unwrap().unwrap().len(), left, "{days}");
        }
    })
    .await;
}
