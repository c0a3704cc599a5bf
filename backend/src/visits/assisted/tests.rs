use domain::{
    access::{Channel, Role, StaffMember, Unit},
    kernel::{CivilDate, Id, Locale, Public},
    visits::{
        assisted::{ApplyForm, AskedForm, RegisterForm},
        booking::{Offer, Refusal},
        clearance::{
            Decided, PoliceOutcome, Refusal as NotDecided,
            forms::{ChildForm, RelationForm, WhomForm},
        },
    },
};

use super::*;
use crate::{
    identity::{
        arrival::{INSERT_STAFF, welcome},
        sessions,
    },
    testing::{Portal, number_of, on_both_engines},
    visits::{
        booking::{self, Target, testing::Stage},
        clearance::{self, LookReason},
    },
};

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).unwrap()
}

/// An officer of this unit, with a row of her own.
async fn officer(s: &Stage, name: &str, unit: &Id<Unit>, role: Role) -> Staff {
    let staff: Id<StaffMember> = s.ctx.chance.id(s.ctx.now());
    let public: Public<StaffMember> = s.ctx.chance.public();
    s.run(INSERT_STAFF, args![&staff, &public, name, s.ctx.now()]).await;
    let (session, name) = (s.ctx.chance.id(s.ctx.now()), name.to_owned());
    Staff { session, staff, name, roles: vec![role], units: vec![unit.clone()], unit_name: "Lyngmo".into() }
}

struct Scene {
    s: Stage,
    /// Of the unit, and of another.
    siri: Staff,
    far: Staff,
}

async fn scene(portal: &Portal) -> Scene {
    let (unit, other) = (portal.unit("lyngmo").await, portal.unit("fjellvik").await);
    portal.intake().await;
    let s = Stage::new(&portal.ctx, unit.clone()).await;
    let siri = officer(&s, "Siri", &unit, Role::CaseOfficer).await;
    let far = officer(&s, "Fredrik", &other, Role::CaseOfficer).await;
    Scene { s, siri, far }
}

fn asked(ctx: &Ctx, channel: Channel) -> AskedForm {
    let key: Public<()> = ctx.chance.public();
    AskedForm { key: key.to_string(), channel: channel.code().into(), impartial: "yes".into() }
}

async fn opened(ctx: &Ctx, staff: &Staff, person: &Public<Person>) -> Contact {
    let id = open(ctx, staff, person, &asked(ctx, Channel::Phone)).await.unwrap().unwrap();
    contact(ctx, staff, &id).await.unwrap().unwrap()
}

fn newcomer(ctx: &Ctx, name: &str, number: &str) -> RegisterForm {
    let who = WhomForm { name: name.into(), number: number.into(), ..WhomForm::default() };
    RegisterForm { who, phone: "41234567".into(), asked: asked(ctx, Channel::Paper) }
}

fn application(ctx: &Ctx) -> ApplyForm {
    let key: Public<()> = ctx.chance.public();
    let whom = WhomForm {
        name: "Even Fjellvik".into(),
        birth_day: "3".into(),
        birth_month: "2".into(),
        birth_year: "1990".into(),
        number: String::new(),
    };
    let mut form = ApplyForm {
        key: key.to_string(),
        whom,
        relation: RelationForm { relation: "parent".into() },
        told: "yes".into(),
        locale: "nn".into(),
        ..ApplyForm::default()
    };
    form.children[2] = ChildForm {
        name: "Ask Tveit".into(),
        birth_day: "11".into(),
        birth_month: "5".into(),
        birth_year: "2020".into(),
    };
    form
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    let (n,): (i64,) = ctx.db.one(sql, args![]).await.unwrap();
    n
}

const ACTS_BY_STAFF: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM assist_act x JOIN audit a ON a.id = x.id \
    WHERE a.actor_kind = 'staff' AND a.reason = 'on_behalf' AND a.detail = 'phone' AND a.role = 'case_officer'";
const OF_NOTICES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE stream = 'notices'";
const RECIPIENTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_recipient";

#[tokio::test]
async fn a_visit_is_booked_moved_and_cancelled_by_her_word_and_she_reads_who_did_it() {
    on_both_engines(async |portal| {
        let Scene { s, siri, .. } = scene(&portal).await;
        let (ctx, gudny) = (&s.ctx, s.relative("Gudny Tveit").await);
        let found = find(ctx, &siri, "tveit").await.unwrap().unwrap();
        assert_eq!(found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["Gudny Tveit"]);
        let c = opened(ctx, &siri, &found[0].public).await;

        let own = s.public_of(&gudny.person).await;
        choose_party(ctx, &c, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap().unwrap();
        let times = free(ctx, &c).await;
        let taken = take(ctx, &c, times[0].clone()).await.unwrap().unwrap().unwrap();
        let Taken::Booked(visit) = taken else { panic!("{taken:?}") };
        ctx.clock.set(ctx.now().plus_minutes(1));
        let again = take(ctx, &c, times[0].clone()).await.unwrap().unwrap();
        assert_eq!(
            again,
            Err(vec![Refusal::Nobody]),
            "the draft is used up: no second visit by a second click"
        );

        let version = super::visit(ctx, &c, &visit).await.unwrap().unwrap().version;
        let target = Target { public: visit.clone(), version };
        begin_change(ctx, &c, target).await.unwrap().unwrap().unwrap();
        let other = free(ctx, &c).await.into_iter().find(|t| *t != times[0]).unwrap();
        assert_eq!(
            take(ctx, &c, other).await.unwrap().unwrap(),
            Ok(Taken::Booked(visit.clone())),
            "the same visit moves"
        );

        ctx.clock.set(ctx.now().plus_minutes(1));
        let version = super::visit(ctx, &c, &visit).await.unwrap().unwrap().version;
        cancel(ctx, &c, Target { public: visit.clone(), version }).await.unwrap().unwrap().unwrap();
        let mine = booking::visit(ctx, &gudny, &visit).await.unwrap().unwrap();
        let off = mine.visit.cancelled.expect("it is cancelled");
        assert_eq!(off.by_unit, None, "by her word, not the unit's");

        let told = of_visit(ctx, &gudny, &visit).await.unwrap();
        let acts: Vec<ActOf> = told.iter().map(|t| t.act).collect();
        assert_eq!(acts, [ActOf::Booked, ActOf::Changed, ActOf::Cancelled]);
        assert!(told.iter().all(|t| t.channel == Channel::Phone));
        assert_eq!(count(ctx, ACTS_BY_STAFF).await, 3, "in the trail it is staff who did it, and why");
        let read = read(ctx, &c).await.unwrap();
        assert_eq!(read.acts.len(), 3);
        let looks = booking::looks(ctx, &gudny, &visit).await.unwrap();
        assert_eq!(looks.iter().map(|l| l.reason).collect::<Vec<_>>(), [LookReason::OnBehalf]);
        super::read(ctx, &c).await.unwrap();
        assert_eq!(booking::looks(ctx, &gudny, &visit).await.unwrap().len(), 1, "one look a contact");
        assert_eq!(super::held::held(ctx, &gudny).await.unwrap().len(), 4, "she takes it along");
    })
    .await;
}

/// The free times of her draft.
async fn free(ctx: &Ctx, c: &Contact) -> Vec<Public<domain::visits::booking::VisitSession>> {
    let days = available(ctx, c).await.unwrap().expect("a draft").days;
    let of_day = |day: domain::visits::booking::Day| match day.offer {
        Offer::Free(sessions) => sessions,
        Offer::None(_) => vec![],
    };
    days.into_iter().flat_map(of_day).map(|session| session.public).collect()
}

#[tokio::test]
async fn somebody_new_applies_on_paper_once_and_whoever_registered_it_does_not_decide() {
    on_both_engines(async |portal| {
        let Scene { s, siri, .. } = scene(&portal).await;
        let ctx = &s.ctx;
        let form = newcomer(ctx, "Gudny Tveit", number_of("gudny").expose());
        let id = register(ctx, &siri, &form).await.unwrap().unwrap();
        assert_eq!(register(ctx, &siri, &form).await.unwrap().unwrap(), id, "a double click");
        let c = contact(ctx, &siri, &id).await.unwrap().unwrap();
        assert!(c.registered);
        let typed = application(ctx);
        let public = file(ctx, &c, &typed).await.unwrap().unwrap();
        assert_eq!(file(ctx, &c, &typed).await.unwrap().unwrap(), public, "the same form is one application");

        // Her own sign-in finds her, and what was done for her.
        let arrival = crate::identity::arrival::Arrival {
            area: domain::access::Area::Citizen,
            issuer: "https://id.example".into(),
            subject: "gudny".into(),
            sid: None,
            number: Some(number_of("gudny")),
            name: "Gudny Tveit".into(),
            birth_date: None,
            level: Level::Substantial,
            fresh_at: None,
            roles: vec![],
            units: vec![],
            id_token: "hint".into(),
            previous: None,
        };
        let before = clearance::case(ctx, &siri, &public, LookReason::HandleCase).await.unwrap().unwrap();
        assert_eq!(before.identity, clearance::Identity::Unchecked, "a typed number proves nothing");
        let token = welcome(ctx, arrival).await.unwrap();
        let live = sessions::find(ctx, domain::access::Area::Citizen, &token).await.unwrap().unwrap();
        let gudny = live.actor.citizen().unwrap().clone();
        let told = of_application(ctx, &gudny, &public).await.unwrap();
        assert_eq!(
            told.iter().map(|t| (t.act, t.channel)).collect::<Vec<_>>(),
            [(ActOf::Applied, Channel::Paper)]
        );
        let case = clearance::case(ctx, &siri, &public, LookReason::HandleCase).await.unwrap().unwrap();
        assert_eq!(case.identity, clearance::Identity::Number, "signing in with it does");
        assert_eq!(case.people.len(), 2, "she and the child");

        // Answers are a routine; the decision is another officer's.
        clearance::inmate_answer(ctx, &siri, &public, case.version, true, day("2026-09-03"))
            .await
            .unwrap()
            .unwrap();
        let version = |case: clearance::Case| case.version;
        let v = version(clearance::case(ctx, &siri, &public, LookReason::HandleCase).await.unwrap().unwrap());
        clearance::police_answer(ctx, &siri, &public, v, PoliceOutcome::NoRemark, day("2026-09-08"))
            .await
            .unwrap()
            .unwrap();
        let open = clearance::case(ctx, &siri, &public, LookReason::HandleCase).await.unwrap().unwrap();
        let who = [open.people[0].clearance.clone()];
        let no = Decided::Refused { milder_considered: "Vurdert.".into(), reason: "Grunn.".into() };
        let own = clearance::decide(ctx, &siri, &public, open.version, &who, &no, Locale::Nb).await.unwrap();
        assert_eq!(own, Err(NotDecided::Registered));
        let henrik = officer(&s, "Henrik", &s.unit, Role::CaseOfficer).await;
        clearance::decide(ctx, &henrik, &public, open.version, &who, &no, Locale::Nb).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn t01_a_contact_is_its_openers_alone_ends_and_reaches_no_other_unit() {
    on_both_engines(async |portal| {
        let Scene { s, siri, far } = scene(&portal).await;
        let (ctx, gudny) = (&s.ctx, s.relative("Gudny Tveit").await);
        let public = s.public_of(&gudny.person).await;
        // Another unit does not know her: not found, and not opened.
        assert_eq!(find(ctx, &far, "tveit").await.unwrap(), Some(vec![]));
        let refused = open(ctx, &far, &public, &asked(ctx, Channel::Phone)).await.unwrap();
        assert_eq!(refused, Err(Undone::Hidden));
        // Nor does whoever has another duty.
        for role in Role::ALL.into_iter().filter(|r| !matches!(r, Role::CaseOfficer | Role::UnitAdmin)) {
            let other = Staff { roles: vec![role], ..siri.clone() };
            assert_eq!(find(ctx, &other, "tveit").await.unwrap(), None, "{role:?}");
            let refused = open(ctx, &other, &public, &asked(ctx, Channel::Phone)).await.unwrap();
            assert_eq!(refused, Err(Undone::Hidden), "{role:?}");
        }
        let c = opened(ctx, &siri, &public).await;
        let colleague = officer(&s, "Henrik", &s.unit, Role::CaseOfficer).await;
        assert!(contact(ctx, &colleague, &c.public).await.unwrap().is_none(), "a colleague has her own");
        assert!(contact(ctx, &far, &c.public).await.unwrap().is_none());

        // With her number another unit may help her; what is here is not there for it.
        s.run(
            NUMBERED,
            args![&gudny.person, ctx.vault.fingerprint("national_id", number_of("gudny").expose())],
        )
        .await;
        let form = newcomer(ctx, "Gudny Tveit", number_of("gudny").expose());
        let id = register(ctx, &far, &form).await.unwrap().unwrap();
        let theirs = contact(ctx, &far, &id).await.unwrap().unwrap();
        assert!(!theirs.registered, "she was known by it");
        assert!(bookable(ctx, &theirs).await.unwrap().is_empty());
        let chosen = choose_party(ctx, &theirs, s.inmate_public.clone(), vec![public.clone()]).await.unwrap();
        assert!(chosen.is_none());
        choose_party(ctx, &c, s.inmate_public.clone(), vec![public.clone()]).await.unwrap().unwrap().unwrap();
        assert!(available(ctx, &theirs).await.unwrap().is_none(), "nor her draft for a visit here");
        let session = free(ctx, &c).await[0].clone();
        assert!(take(ctx, &theirs, session.clone()).await.unwrap().is_none());
        let taken = take(ctx, &c, session).await.unwrap().unwrap().unwrap();
        let Taken::Booked(visit) = taken else { panic!("{taken:?}") };
        assert!(super::visit(ctx, &theirs, &visit).await.unwrap().is_none());
        let target = Target { public: visit.clone(), version: 1 };
        assert!(cancel(ctx, &theirs, target.clone()).await.unwrap().is_none());
        assert!(begin_change(ctx, &theirs, target).await.unwrap().is_none());
        let seen = read(ctx, &theirs).await.unwrap();
        assert!(seen.visits.is_empty() && seen.applications.is_empty());

        // After its time nothing can be done under it.
        ctx.clock.set(c.ends_at);
        assert!(contact(ctx, &siri, &c.public).await.unwrap().is_none());
        assert_eq!(
            (count(ctx, OF_NOTICES).await, count(ctx, RECIPIENTS).await),
            (0, 0),
            "the notices know nothing"
        );
    })
    .await;
}

const NUMBERED: &str = "INSERT INTO person_number (person_id, hash, sealed) VALUES ($1, $2, $2)";
