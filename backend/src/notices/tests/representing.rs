use domain::{
    access::Role,
    kernel::{CivilDate, Id, Public},
};

use super::{
    super::testing::staff,
    stage::{HOUR, Stage},
};
use crate::{
    Result, args,
    ctx::{Ctx, Visitor},
    db::{Command, Tx},
    notices::{
        Party, desk,
        mine::{self, Opened},
        reading::Looker,
        representing::{self, Asked, Circle, RepresentativeForm},
        wish::Fault,
    },
    testing::{number_of, on_both_engines},
};

/// Whose numbers stand on his side.
#[derive(Clone)]
struct Side(Vec<String>);

impl Circle for Side {
    async fn is_of(&self, _: &mut Tx, _: &Ctx, asked: Asked<'_>) -> Result<bool> {
        Ok(self.0.iter().any(|one| one == asked.number))
    }
}

fn number(name: &str) -> String {
    number_of(name).expose().to_owned()
}

fn nobody() -> Side {
    Side(vec![number("hans besøkende")])
}

fn parts(day: CivilDate) -> [String; 3] {
    let iso = day.iso();
    let mut parts = iso.split('-').rev().map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap())
}

/// From today, for so many days more.
fn counsel(s: &Stage, name: &str, days: i64) -> RepresentativeForm {
    let today = s.now().date();
    RepresentativeForm {
        name: name.into(),
        number: number(name),
        kind: "counsel".into(),
        from: parts(today),
        until: parts(today.plus_days(days)),
        basis: "Oppnevnt av retten, sett i dag.".into(),
    }
}

async fn party(s: &Stage) -> Public<Party> {
    let list = desk::list(&s.ctx, &s.officer).await.unwrap().unwrap();
    Public::parse(&list.parties[0].public_id).unwrap()
}

async fn verify(s: &Stage, form: &RepresentativeForm) -> std::result::Result<(), Vec<Fault>> {
    let party = party(s).await;
    representing::verify(&s.ctx, &s.officer, &nobody(), &party, form).await.unwrap().expect("her case")
}

/// How many notices she sees as somebody's representative, and for whom.
async fn reads(s: &Stage, visitor: &Visitor) -> Vec<(String, usize)> {
    let home = mine::home(&s.ctx, visitor).await.unwrap();
    home.represented.into_iter().map(|one| (one.name, one.notices.len())).collect()
}

#[tokio::test]
async fn counsel_sees_the_notices_of_one_victim_within_her_days_and_confirms_for_her() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[]).await;
        verify(&s, &counsel(&s, "ingrid", 10)).await.unwrap();
        s.victim("runa", &[]).await;
        s.event(&s.leave(1, 300)).await;
        s.says_yes().await;

        let ingrid = s.visitor("ingrid").await;
        assert_eq!(reads(&s, &ingrid).await, [("solveig".to_owned(), 1)], "hers alone, not Runa's");
        assert!(mine::home(&s.ctx, &ingrid).await.unwrap().notices.is_empty());
        assert!(mine::home(&s.ctx, &her).await.unwrap().represented.is_empty());
        let line = mine::home(&s.ctx, &ingrid).await.unwrap().represented[0].notices[0].clone();
        let stale = s.visitor_at("ingrid", domain::access::Level::High, false).await;
        assert_eq!(mine::notice(&s.ctx, &stale, &line.public).await.unwrap(), Some(Opened::Prove));
        assert!(s.reads(&ingrid, &line).await.for_another);
        let stranger = s.visitor("tarjei").await;
        assert!(
            mine::notice(&s.ctx, &stranger, &line.public).await.unwrap().is_none(),
            "a colleague is nobody"
        );
        assert!(mine::confirm(&s.ctx, &stranger, &line.public).await.unwrap().is_none());
        // What is hers alone stays hers.
        assert!(mine::wishes(&s.ctx, &ingrid).await.unwrap().is_none());
        assert!(mine::thread(&s.ctx, &ingrid).await.unwrap().is_empty());
        assert!(mine::looks(&s.ctx, &ingrid).await.unwrap().is_empty());

        mine::confirm(&s.ctx, &ingrid, &line.public).await.unwrap().unwrap().unwrap();
        let told = s.reads(&her, &line).await;
        assert!(told.by_representative && told.confirmed_at.is_some(), "it counts, and says so");
        let looks = mine::looks(&s.ctx, &her).await.unwrap();
        assert!(looks.iter().any(|look| look.who == Looker::Representative), "she sees that it was read");
        assert!(s.duty_tasks().await.len() == 1, "Runa is still to be rung");
        let view = desk::party(&s.ctx, &s.officer, &party(&s).await).await.unwrap();
        let Some(desk::PartyOpened::View(view)) = view else { panic!("hers") };
        assert_eq!(view.notices[0].state, "represented");

        s.wait(11 * 24 * HOUR);
        let ingrid = s.visitor("ingrid").await;
        assert!(reads(&s, &ingrid).await.is_empty(), "her days are over");
        assert!(mine::notice(&s.ctx, &ingrid, &line.public).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn nobody_of_his_represents_her_and_the_answer_does_not_say_why() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.victim("solveig", &[]).await;
        let sql = "UPDATE inmate SET number_hash = $1";
        s.ctx.db.write(Set(sql, s.ctx.vault.fingerprint("national_id", &number("even")))).await.unwrap();
        let refused = |form: RepresentativeForm| {
            let s = &s;
            async move {
                let faults = verify(s, &form).await.unwrap_err();
                faults.iter().map(|fault| (fault.field, fault.code)).collect::<Vec<_>>()
            }
        };
        for name in ["even", "hans besøkende"] {
            assert_eq!(refused(counsel(&s, name, 10)).await, [("number", "not_possible")], "{name}");
        }
        assert_eq!(refused(counsel(&s, "solveig", 10)).await, [("number", "herself")]);
        let parent = RepresentativeForm { kind: "parent".into(), ..counsel(&s, "ingrid", 10) };
        assert_eq!(refused(parent).await, [("kind", "choose")], "a parent is not enough");
        verify(&s, &counsel(&s, "ingrid", 10)).await.unwrap();
        assert_eq!(refused(counsel(&s, "ingrid", 20)).await, [("number", "known")]);

        let far = staff(&s.ctx, Role::VictimOfficer, &portal.unit("havn").await);
        let (case, form) = (party(&s).await, counsel(&s, "tarjei", 1));
        for who in [&far, &s.duty] {
            let done = representing::verify(&s.ctx, who, &nobody(), &case, &form).await.unwrap();
            assert_eq!(done, None, "not her case");
            assert!(representing::list(&s.ctx, who, &case).await.unwrap().is_none());
        }
    })
    .await;
}

struct Set(&'static str, Vec<u8>);

impl Command for Set {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(self.0, args![self.1.clone()]).await
    }
}

#[tokio::test]
async fn she_or_her_officer_ends_it_at_once() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let her = s.victim("solveig", &[]).await;
        let ingrid = s.visitor("ingrid").await;
        for by_her in [true, false] {
            verify(&s, &counsel(&s, "ingrid", 10)).await.unwrap();
            assert_eq!(reads(&s, &ingrid).await.len(), 1);
            let all = representing::own(&s.ctx, &her).await.unwrap();
            let current = all.iter().find(|one| one.ended_at.is_none()).expect("one that stands");
            assert_eq!((current.name.as_str(), current.basis.is_empty()), ("ingrid", false));
            assert!(representing::end_own(&s.ctx, &ingrid, &current.public).await.unwrap().is_none());
            if by_her {
                let stale = s.visitor_at("solveig", domain::access::Level::High, false).await;
                let refused = representing::end_own(&s.ctx, &stale, &current.public).await.unwrap();
                assert_eq!(refused, Some(Err(mine::Refusal::Prove)));
                let ended = representing::end_own(&s.ctx, &her, &current.public).await.unwrap();
                assert_eq!(ended, Some(Ok(())));
            } else {
                assert!(representing::end(&s.ctx, &s.duty, &current.public).await.unwrap().is_none());
                assert!(representing::end(&s.ctx, &s.officer, &current.public).await.unwrap().is_some());
            }
            assert!(reads(&s, &ingrid).await.is_empty(), "at once");
        }
    })
    .await;
}

#[tokio::test]
async fn a_visitor_or_applicant_of_his_is_known_by_her_number_alone() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let visits = crate::wiring::HisCircle;
        let ask = |inmate: &str, number: String| {
            let (ctx, inmate) = (s.ctx.clone(), inmate.to_owned());
            async move { ctx.db.write(Ask { ctx: ctx.clone(), visits, inmate, number }).await.unwrap() }
        };
        assert!(!ask("nobody", number("eirik")).await);
        let person = crate::identity::contacts::tests::somebody(&s.ctx, "eirik").await;
        let (inmate,): (String,) = s.ctx.db.one("SELECT id FROM inmate", args![]).await.unwrap();
        s.ctx
            .db
            .write(Applies { ctx: s.ctx.clone(), person: person.person.as_str().to_owned() })
            .await
            .unwrap();
        assert!(ask(&inmate, number("eirik")).await);
        assert!(!ask(&inmate, number("ingrid")).await);
        assert!(!ask("another", number("eirik")).await);
    })
    .await;
}

struct Ask {
    ctx: Ctx,
    visits: crate::wiring::HisCircle,
    inmate: String,
    number: String,
}

impl Command for Ask {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let asked = Asked { inmate: &self.inmate, number: &self.number };
        self.visits.is_of(tx, &self.ctx, asked).await
    }
}

/// Somebody has asked to visit him, and was turned away.
struct Applies {
    ctx: Ctx,
    person: String,
}

impl Command for Applies {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let id: Id<()> = self.ctx.chance.id(self.ctx.now());
        tx.later(APPLIES, args![&id, &self.person, vec![0_u8]]).await
    }
}

pub const APPLIES: &str = "INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, unit_id, typed_name, \
    typed_sort, relation, needs, locale, state, state_at, close_on, submitted_at) SELECT $1, $1, $1, $1, $2, i.id, p.unit_id, \
    '', '', 'friend', $3, 'nb', 'not_processed', 0, '2027-01-01', 0 FROM inmate i \
    JOIN placement p ON p.inmate_id = i.id";
