use domain::{
    access::{Area, Level, Role},
    identity::{Declared, DeclaredRefusal, DeclaredState, MandateKind, NotConfirmed},
    kernel::{CivilDate, Instant, Public},
};

use super::*;
use crate::{
    args,
    ctx::{Actor, Citizen},
    db::Command,
    identity::{
        arrival::{Arrival, welcome},
        mandates, sessions,
    },
    testing::{Portal, number_of, on_both_engines},
    wiring,
};

struct Scene {
    ctx: Ctx,
    ada: Citizen,
    unni: Staff,
    petra: Staff,
    even: Public<Inmate>,
}

struct Say(&'static str, Vec<Value>);

impl Command for Say {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(self.0, self.1.clone()).await
    }
}

const LISTED: &str = "INSERT INTO lawyer (person_id, asked_at, verified_at, holds_to, source) \
    VALUES ($1, $2, $2, '2099-12-31', 'test')";
const EVEN: &str = "SELECT public_id FROM inmate WHERE name = $1";

impl Scene {
    /// Even at Lyngmo, two of one name and day at Havn; Unni at Lyngmo, Petra at the intake and Havn.
    async fn new(portal: &Portal) -> Self {
        let ctx = portal.ctx.clone();
        let (lyngmo, havn) = (portal.unit("lyngmo").await, portal.unit("havn").await);
        portal.intake().await;
        portal.inmate("Even Fjellvik", "1990-02-03", &lyngmo).await;
        portal.inmate("Ola Tvilling", "1980-01-01", &havn).await;
        portal.inmate("Ola Tvilling", "1980-01-01", &lyngmo).await;
        let (even,): (String,) = ctx.db.one(EVEN, args!["Even Fjellvik"]).await.unwrap();
        let ada = citizen(&ctx, "ada").await;
        ctx.db.write(Say(LISTED, args![&ada.person, ctx.now()])).await.unwrap();
        let unni = staff(&ctx, "unni", Role::CaseOfficer, &["lyngmo"]).await;
        let petra = staff(&ctx, "petra", Role::CaseOfficer, &["havn", "intake"]).await;
        Self { ada, unni, petra, even: Public::parse(&even).unwrap(), ctx }
    }

    async fn declares(&self, who: &Citizen, what: &Declared) -> Done<Public<AppointedMark>> {
        let key: FormKey = self.ctx.chance.public();
        send(&self.ctx, who, &key, what).await.unwrap()
    }

    async fn sent(&self, name: &str) -> Public<AppointedMark> {
        self.declares(&self.ada, &for_client(name)).await.unwrap()
    }

    async fn mine(&self, id: &Public<AppointedMark>) -> Mine {
        one(&self.ctx, &self.ada, id).await.unwrap().unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }

    async fn confirms(&self, staff: &Staff, id: &Public<AppointedMark>) -> Done {
        let until = (MandateKind::Appointment, day("2026-12-31"));
        confirm(&self.ctx, staff, id, &self.even, until).await.unwrap()
    }
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

fn for_client(name: &str) -> Declared {
    Declared {
        name: name.into(),
        born: day(if name.starts_with("Ola") { "1980-01-01" } else { "1990-02-03" }),
        court: "Oslo tingrett".into(),
        case_number: "26-123456MED".into(),
        earliest: Some(day("2026-09-03")),
    }
}

async fn signed_in(ctx: &Ctx, area: Area, subject: &str, role: Option<Role>, units: &[&str]) -> Actor {
    let arrival = Arrival {
        area,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: (area == Area::Citizen).then(|| number_of(subject)),
        name: subject.into(),
        birth_date: None,
        level: Level::High,
        fresh_at: None,
        roles: role.into_iter().collect(),
        units: units.iter().map(|unit| (*unit).into()).collect(),
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, area, &token).await.unwrap().unwrap().actor
}

async fn citizen(ctx: &Ctx, subject: &str) -> Citizen {
    signed_in(ctx, Area::Citizen, subject, None, &[]).await.citizen().unwrap().clone()
}

async fn staff(ctx: &Ctx, subject: &str, role: Role, units: &[&str]) -> Staff {
    signed_in(ctx, Area::Staff, subject, Some(role), units).await.staff().unwrap().clone()
}

const JOBS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind LIKE 'counsel.%'";
const ROWS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM appointed";
const MANDATES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM mandate";
const TRACED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('appointed_declared', 'look', \
    'appointed_confirmed', 'mandate_registered')";

#[tokio::test]
async fn from_what_she_declares_to_a_client_of_hers() {
    on_both_engines(async |portal| {
        let s = Scene::new(&portal).await;
        let id = s.sent("even  FJELLVIK").await;
        assert_eq!(s.sent("even  FJELLVIK").await, id, "while it waits the same words are the same");
        let mine = s.mine(&id).await;
        assert_eq!((mine.state.code(), mine.client), ("to_check", None));
        assert_eq!(mine.due_at, Some(s.ctx.now().plus_minutes(24 * 60)), "the rule of the clock");
        assert_eq!((s.count(ROWS).await, s.count(JOBS).await), (1, 1), "a word to the unit");
        let open = opened(&s.ctx, &s.unni, &id).await.unwrap().unwrap();
        assert_eq!(open.inmate.as_ref().map(|(inmate, _)| inmate), Some(&s.even));
        assert_eq!((open.lawyer.as_str(), open.declared), ("ada", for_client("even  FJELLVIK")));
        assert_eq!(open.meant.first().map(|one| &one.public), Some(&s.even));
        s.confirms(&s.unni, &id).await.unwrap();
        let mine = s.mine(&id).await;
        assert_eq!((mine.state.code(), mine.client.as_ref()), ("confirmed", Some(&s.even)));
        assert_eq!((s.count(MANDATES).await, s.count(JOBS).await), (1, 2), "she is told that there is news");
        assert_eq!(s.count(TRACED).await, 4);
        let asked = mandates::asked(&s.ctx, &s.ada, &s.even, s.ctx.now()).unwrap();
        let client: Option<mandates::Client> = s.ctx.db.optional(mandates::CLIENT, asked).await.unwrap();
        assert_eq!(client.unwrap().valid_to, "2026-12-31", "the mandate is as every other");
    })
    .await;
}

/// What she sees is the same for somebody at Lyngmo, for nobody, and for two of one name; where it is checked is not.
#[tokio::test]
async fn who_is_inside_is_told_by_nothing_that_she_sees() {
    on_both_engines(async |portal| {
        let s = Scene::new(&portal).await;
        let table = [
            ("Even Fjellvik", &s.unni, &s.petra),
            ("Per Ingen", &s.petra, &s.unni),
            ("Ola Tvilling", &s.petra, &s.unni),
        ];
        for (name, checks, stranger) in table {
            let id = s.sent(name).await;
            let mine = s.mine(&id).await;
            let told = (mine.state, mine.due_at, mine.client, mine.declared == for_client(name));
            let now = s.ctx.now();
            let same = (DeclaredState::ToCheck { at: now }, Some(now.plus_minutes(24 * 60)), None, true);
            assert_eq!(told, same, "{name}");
            assert!(opened(&s.ctx, checks, &id).await.unwrap().is_some(), "{name}");
            assert!(opened(&s.ctx, stranger, &id).await.unwrap().is_none(), "{name}");
            assert_eq!(
                refuse(&s.ctx, stranger, &id, NotConfirmed::Over).await.unwrap(),
                Err(DeclaredRefusal::Hidden)
            );
            assert_eq!(s.confirms(stranger, &id).await, Err(DeclaredRefusal::Hidden), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_whom_the_register_lists_today_at_the_high_level() {
    on_both_engines(async |portal| {
        let s = Scene::new(&portal).await;
        let what = for_client("Even Fjellvik");
        let stranger = citizen(&s.ctx, "berit").await;
        assert_eq!(s.declares(&stranger, &what).await, Err(DeclaredRefusal::NotListed));
        let low = Citizen { level: Level::Substantial, ..s.ada.clone() };
        assert_eq!(s.declares(&low, &what).await, Err(DeclaredRefusal::Hidden));
        assert_eq!(s.count(ROWS).await, 0);
        let id = s.declares(&s.ada, &what).await.unwrap();
        assert!(one(&s.ctx, &low, &id).await.unwrap().is_none());
        assert!(mine(&s.ctx, &low).await.unwrap().is_empty());
        assert!(one(&s.ctx, &stranger, &id).await.unwrap().is_none());
        assert_eq!(withdraw(&s.ctx, &stranger, &id).await.unwrap(), Err(DeclaredRefusal::Hidden));
    })
    .await;
}

/// Every state on rows, and what each event makes of it.
#[tokio::test]
async fn what_is_over_stays_as_it_is() {
    on_both_engines(async |portal| {
        let s = Scene::new(&portal).await;
        for end in ["confirmed", "refused", "withdrawn"] {
            let id = s.sent("Even Fjellvik").await;
            match end {
                "confirmed" => s.confirms(&s.unni, &id).await.unwrap(),
                "refused" => refuse(&s.ctx, &s.unni, &id, NotConfirmed::Differs).await.unwrap().unwrap(),
                _ => withdraw(&s.ctx, &s.ada, &id).await.unwrap().unwrap(),
            }
            let gone = if end == "withdrawn" { DeclaredRefusal::Hidden } else { DeclaredRefusal::MovedOn };
            assert_eq!(s.confirms(&s.unni, &id).await, Err(gone), "{end}");
            assert_eq!(refuse(&s.ctx, &s.unni, &id, NotConfirmed::Over).await.unwrap(), Err(gone), "{end}");
            assert_eq!(pass(&s.ctx, &s.unni, &id, "havn").await.unwrap(), Err(gone), "{end}");
            assert_eq!(withdraw(&s.ctx, &s.ada, &id).await.unwrap(), Err(DeclaredRefusal::MovedOn), "{end}");
            assert_eq!(s.mine(&id).await.state.code(), end);
            assert_eq!(s.count(MANDATES).await, 1, "{end}");
            s.ctx.clock.set(Instant(s.ctx.now().micros() + 1));
        }
        let held = wiring::held::held(&s.ctx, &s.ada).await.unwrap();
        let clients = held.into_iter().find(|section| section.topic == crate::held::Topic::Clients).unwrap();
        let declared = clients.things.iter().filter(|thing| thing.kind == crate::held::Kind::Appointed);
        assert_eq!(declared.count(), 3, "all that she declared is shown to her, taken back or not");
    })
    .await;
}

#[tokio::test]
async fn nobodys_is_passed_on_to_the_unit_that_can_tell() {
    on_both_engines(async |portal| {
        let s = Scene::new(&portal).await;
        let id = s.sent("Ewen Fjellvik").await;
        let until = (MandateKind::PowerOfAttorney, day("2026-12-31"));
        let elsewhere = confirm(&s.ctx, &s.petra, &id, &s.even, until).await.unwrap();
        assert_eq!(elsewhere, Err(DeclaredRefusal::NotHere), "he is in none of her units");
        assert_eq!(pass(&s.ctx, &s.petra, &id, "nowhere").await.unwrap(), Err(DeclaredRefusal::NotHere));
        let due = s.mine(&id).await.due_at;
        pass(&s.ctx, &s.petra, &id, "lyngmo").await.unwrap().unwrap();
        assert_eq!(s.mine(&id).await.due_at, due, "its clock goes on");
        let open = opened(&s.ctx, &s.unni, &id).await.unwrap().unwrap();
        assert_eq!((open.inmate, open.meant.len()), (None, 1), "whoever was born that day");
        confirm(&s.ctx, &s.unni, &id, &s.even, until).await.unwrap().unwrap();
        assert_eq!(s.mine(&id).await.client, Some(s.even.clone()));
    })
    .await;
}
