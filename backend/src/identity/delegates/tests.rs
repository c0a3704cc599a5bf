use domain::{
    access::{Area, Level, Role},
    identity::{DelegateRefusal, Delegated, EndedBy, MandateKind, NewMandate},
    kernel::{CivilDate, Public},
    messages::NewDelegate,
};

use super::*;
use crate::{
    args,
    ctx::{Actor, Staff},
    custody::inmates::Inmate,
    db::{Command, Value},
    held::Kind,
    identity::{
        arrival::{Arrival, welcome},
        mandates, sessions,
    },
    keeping,
    testing::{Portal, number_of, on_both_engines},
};

struct Scene {
    ctx: Ctx,
    ada: Citizen,
    siv: Citizen,
    unni: Staff,
    even: Public<Inmate>,
    ola: Public<Inmate>,
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
const STRUCK: &str = "UPDATE lawyer SET holds_to = NULL WHERE person_id = $1";
const LISTED_AGAIN: &str = "UPDATE lawyer SET holds_to = '2099-12-31' WHERE person_id = $1";
const INMATE: &str = "SELECT public_id FROM inmate WHERE name = $1";
const HASHES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM delegation WHERE code_hash IS NOT NULL";
const NEWS_SENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'counsel.delegate'";
const TRACED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE subject_kind = 'delegation'";
const ROWS: &str = "SELECT CAST((SELECT COUNT(*) FROM delegation) + (SELECT COUNT(*) FROM delegation_client) + \
    (SELECT COUNT(*) FROM delegation_act) AS BIGINT)";

async fn signed_in(ctx: &Ctx, area: Area, subject: &str) -> Actor {
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
        roles: if area == Area::Staff { vec![Role::CaseOfficer] } else { vec![] },
        units: if area == Area::Staff { vec!["lyngmo".into()] } else { vec![] },
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, area, &token).await.unwrap().unwrap().actor
}

async fn citizen(ctx: &Ctx, subject: &str) -> Citizen {
    signed_in(ctx, Area::Citizen, subject).await.citizen().unwrap().clone()
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

impl Scene {
    /// Ada, a lawyer of Even and Ola at Lyngmo; Siv, of her firm; Unni, who registers.
    async fn new(portal: &Portal) -> Self {
        let ctx = portal.ctx.clone();
        let lyngmo = portal.unit("lyngmo").await;
        let mut inmates = vec![];
        for name in ["Even Fjellvik", "Ola Lyngdal"] {
            portal.inmate(name, "1990-02-03", &lyngmo).await;
            let (public,): (String,) = ctx.db.one(INMATE, args![name]).await.unwrap();
            inmates.push(Public::parse(&public).unwrap());
        }
        let (ada, siv) = (citizen(&ctx, "ada").await, citizen(&ctx, "cy").await);
        ctx.db.write(Say(LISTED, args![&ada.person, ctx.now()])).await.unwrap();
        let unni = signed_in(&ctx, Area::Staff, "unni").await.staff().unwrap().clone();
        let (ola, even) = (inmates.pop().unwrap(), inmates.pop().unwrap());
        let scene = Self { ctx, ada, siv, unni, even, ola };
        scene.mandate("ada", &scene.even).await;
        scene.mandate("ada", &scene.ola).await;
        scene
    }

    async fn mandate(&self, subject: &str, of: &Public<Inmate>) -> Public<mandates::MandateRow> {
        let new = NewMandate {
            number: number_of(subject),
            name: subject.into(),
            kind: MandateKind::Appointment,
            valid_from: day("2026-09-01"),
            valid_to: day("2026-12-31"),
        };
        mandates::register(&self.ctx, &self.unni, of, new).await.unwrap().unwrap()
    }

    fn for_even(&self) -> NewDelegate {
        NewDelegate {
            name: "Siv i firmaet".into(),
            label: "fullmektig".into(),
            firm: "Ada & co".into(),
            clients: vec![self.even.to_string()],
            valid_to: day("2026-09-30"),
        }
    }

    async fn named(&self) -> name::Invited {
        let key: FormKey = self.ctx.chance.public();
        name(&self.ctx, &self.ada, &key, &self.for_even()).await.unwrap().unwrap()
    }

    /// Named, opened, answered with yes.
    async fn stands(&self) -> Public<DelegationMark> {
        let (id, code) = self.named().await;
        assert_eq!(open(&self.ctx, &self.siv, &code.shown()).await.unwrap(), Ok(id.clone()));
        answer(&self.ctx, &self.siv, &id, true).await.unwrap().unwrap();
        id
    }

    async fn at(&self, id: &Public<DelegationMark>) -> Delegated {
        one(&self.ctx, &self.ada, id).await.unwrap().unwrap().0.stands
    }

    async fn his_clients(&self, id: &Public<DelegationMark>) -> Vec<String> {
        let found = for_clients(&self.ctx, &self.siv, id).await.unwrap();
        found.into_iter().map(|client| client.name).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }

    async fn say(&self, sql: &'static str, values: Vec<Value>) {
        self.ctx.db.write(Say(sql, values)).await.unwrap();
    }
}

#[tokio::test]
async fn t01_a_code_opens_once_for_one_account_and_the_clients_are_told_after_the_yes() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let (ctx, ada, siv) = (&scene.ctx, &scene.ada, &scene.siv);
        let key: FormKey = ctx.chance.public();
        let (id, code) = name(ctx, ada, &key, &scene.for_even()).await.unwrap().unwrap();
        assert_eq!(name(ctx, ada, &key, &scene.for_even()).await.unwrap(), Ok((id.clone(), code.clone())));
        assert_eq!(mine(ctx, ada).await.unwrap().len(), 1, "twice is once");
        // Who has no such client names nobody for him.
        let bo = citizen(ctx, "bo").await;
        let other: FormKey = ctx.chance.public();
        assert_eq!(name(ctx, &bo, &other, &scene.for_even()).await.unwrap(), Err(DelegateRefusal::Hidden));

        let low = Citizen { level: Level::Substantial, ..siv.clone() };
        for (who, typed) in [(ada, code.shown()), (&low, code.shown()), (siv, "0000-0000-0000-0000".into())] {
            assert_eq!(open(ctx, who, &typed).await.unwrap(), Err(DelegateRefusal::Code));
        }
        assert_eq!(open(ctx, siv, &code.shown().to_lowercase()).await.unwrap(), Ok(id.clone()));
        for who in [siv, &bo] {
            assert_eq!(open(ctx, who, &code.shown()).await.unwrap(), Err(DelegateRefusal::Code), "once");
        }
        assert_eq!(scene.count(HASHES).await, 0);
        let asked = his_one(ctx, siv, &id).await.unwrap().unwrap();
        assert_eq!((asked.step, asked.lawyer.as_str(), asked.clients), (Step::ToAnswer, "ada", 1));
        assert!(scene.his_clients(&id).await.is_empty(), "before the yes nobody is named");
        assert_eq!(one(ctx, ada, &id).await.unwrap().unwrap().0.signed, None);
        assert_eq!(answer(ctx, &bo, &id, true).await.unwrap(), Err(DelegateRefusal::Hidden));
        answer(ctx, siv, &id, true).await.unwrap().unwrap();
        assert_eq!(answer(ctx, siv, &id, false).await.unwrap(), Err(DelegateRefusal::MovedOn));
        assert_eq!(scene.his_clients(&id).await, ["Even Fjellvik"], "and no client who was not chosen");
        let (shown, clients, _) = one(ctx, ada, &id).await.unwrap().unwrap();
        assert_eq!((shown.signed.as_deref(), clients), (Some("cy"), vec!["Even Fjellvik".to_owned()]));
        assert!(
            one(ctx, siv, &id).await.unwrap().is_none() && his_one(ctx, ada, &id).await.unwrap().is_none()
        );
        assert!(his_one(ctx, &low, &id).await.unwrap().is_none(), "below the high level nothing is told");
        assert_eq!((scene.count(NEWS_SENT).await, scene.count(TRACED).await), (1, 3));
    })
    .await;
}

#[tokio::test]
async fn whatever_ends_closes_at_once() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let (ctx, ada, siv) = (&scene.ctx, &scene.ada, &scene.siv);
        let id = scene.stands().await;
        let open_to_him = async || scene.his_clients(&id).await.len();
        assert_eq!(open_to_him().await, 1);
        // She is struck off; and is listed again.
        let (_, waiting) = scene.named().await;
        scene.say(STRUCK, args![&ada.person]).await;
        assert_eq!(open_to_him().await, 0);
        assert!(his_one(ctx, siv, &id).await.unwrap().is_none() && his(ctx, siv).await.unwrap().is_empty());
        assert_eq!(end(ctx, siv, &id, EndedBy::Delegate).await.unwrap(), Err(DelegateRefusal::Hidden));
        assert_eq!(open(ctx, siv, &waiting.shown()).await.unwrap(), Err(DelegateRefusal::Code));
        scene.say(LISTED_AGAIN, args![&ada.person]).await;
        assert_eq!(open_to_him().await, 1);
        // She chooses another client, and then him again; nobody else can, nor for whom is no client of hers.
        let (even, ola) = (std::slice::from_ref(&scene.even), std::slice::from_ref(&scene.ola));
        assert_eq!(choose(ctx, ada, &id, ola).await.unwrap(), Ok(()));
        assert_eq!(scene.his_clients(&id).await, ["Ola Lyngdal"]);
        for (who, clients) in [(siv, even), (ada, &[][..]), (ada, &[ctx.chance.public()][..])] {
            assert_eq!(choose(ctx, who, &id, clients).await.unwrap(), Err(DelegateRefusal::Hidden));
        }
        assert_eq!(choose(ctx, ada, &id, even).await.unwrap(), Ok(()));
        assert_eq!(scene.his_clients(&id).await, ["Even Fjellvik"]);
        // The mandate ends, and another one begins.
        let sql = "SELECT public_id FROM mandate WHERE inmate_id = (SELECT id FROM inmate WHERE name = 'Even Fjellvik')";
        let (mandate,): (String,) = ctx.db.one(sql, vec![]).await.unwrap();
        mandates::end(ctx, &scene.unni, &Public::parse(&mandate).unwrap()).await.unwrap().unwrap();
        assert!(open_to_him().await == 0 && his_one(ctx, siv, &id).await.unwrap().is_none());
        scene.mandate("ada", &scene.even).await;
        assert_eq!(open_to_him().await, 1);
        // The last day is over.
        let start = ctx.now();
        ctx.clock.set(start.plus_days(30));
        assert_eq!((open_to_him().await, scene.at(&id).await), (0, Delegated::RunOut));
        assert!(his(ctx, siv).await.unwrap().is_empty());
        assert_eq!(end(ctx, ada, &id, EndedBy::Lawyer).await.unwrap(), Err(DelegateRefusal::MovedOn));
        ctx.clock.set(start);
        // Either of them ends it.
        let other = scene.stands().await;
        for (who, of, by) in [(ada, &id, EndedBy::Lawyer), (siv, &other, EndedBy::Delegate)] {
            assert_eq!(end(ctx, who, of, by).await.unwrap(), Ok(()));
            assert_eq!(scene.at(of).await, Delegated::Ended(by));
            assert!(scene.his_clients(of).await.is_empty() && his_one(ctx, siv, of).await.unwrap().is_none());
            assert!(end(ctx, who, of, by).await.unwrap().is_err(), "twice changes nothing");
            assert_eq!(choose(ctx, ada, of, even).await.unwrap(), Err(DelegateRefusal::MovedOn));
        }
        // Nobody answers: a new code, which is another one, and then she takes it back.
        let (waits, old) = scene.named().await;
        ctx.clock.set(start.plus_days(8));
        assert_eq!(scene.at(&waits).await, Delegated::Lapsed);
        assert_eq!(open(ctx, siv, &old.shown()).await.unwrap(), Err(DelegateRefusal::Code));
        let key: FormKey = ctx.chance.public();
        let new = invite_again(ctx, ada, &waits, &key).await.unwrap().unwrap();
        assert_ne!(new, old);
        assert_eq!(invite_again(ctx, siv, &waits, &key).await.unwrap(), Err(DelegateRefusal::Hidden));
        assert_eq!(open(ctx, siv, &new.shown()).await.unwrap(), Ok(waits.clone()));
        end(ctx, ada, &waits, EndedBy::Lawyer).await.unwrap().unwrap();
        assert_eq!(answer(ctx, siv, &waits, true).await.unwrap(), Err(DelegateRefusal::Hidden));
        assert_eq!(invite_again(ctx, ada, &waits, &key).await.unwrap(), Err(DelegateRefusal::MovedOn));
    })
    .await;
}

#[tokio::test]
async fn both_are_told_what_is_held_and_it_goes_when_its_time_is_over() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let (ctx, ada, siv) = (&scene.ctx, &scene.ada, &scene.siv);
        let id = scene.stands().await;
        for who in [ada, siv] {
            let things = held::held(ctx, who).await.unwrap();
            assert_eq!(things.iter().map(|thing| thing.kind).collect::<Vec<_>>(), [Kind::Delegation]);
        }
        let text = |who| async move { format!("{:?}", held::held(ctx, who).await.unwrap()) };
        let (hers, his) = (text(ada).await, text(siv).await);
        assert!(hers.contains("Even Fjellvik") && hers.contains("Siv i firmaet"), "{hers}");
        assert!(!his.contains("Even") && his.contains("ada") && his.contains("fullmektig"), "{his}");
        assert!(held::held(ctx, &citizen(ctx, "bo").await).await.unwrap().is_empty());
        let kind = crate::identity::keeping::KINDS.iter().find(|kind| kind.table == "delegation").unwrap();
        ctx.clock.set(ctx.now().plus_days(30 + 364));
        assert_eq!(keeping::erase(ctx, kind).await.unwrap(), 0, "not before its time");
        ctx.clock.set(ctx.now().plus_days(3));
        assert_eq!(keeping::erase(ctx, kind).await.unwrap(), 1);
        assert_eq!((scene.count(ROWS).await, one(ctx, ada, &id).await.unwrap().is_none()), (0, true));
    })
    .await;
}
