//! He is moved, and what was decided about her goes with him; and a unit decides anew what stands.

use domain::{
    access::{Person, Unit},
    kernel::Id,
    visits::{booking::StaffReason, clearance::Ground},
};

use super::{ending::granted, *};

async fn say(ctx: &Ctx, sql: &'static str, values: Vec<crate::db::Value>) {
    ctx.db.write(Say(sql, values)).await.unwrap();
}

struct Say(&'static str, Vec<crate::db::Value>);

impl crate::db::Command for Say {
    type Out = ();

    async fn run(&self, tx: &mut crate::db::Tx) -> crate::Result<()> {
        tx.later(self.0, self.1.clone()).await
    }
}

async fn inmate(ctx: &Ctx) -> String {
    let (id,): (String,) = ctx.db.one("SELECT id FROM inmate", vec![]).await.unwrap();
    id
}

/// To a unit of this level, as the feed does it.
async fn moves(portal: &Portal, slug: &str, level: &str) -> Id<Unit> {
    let ctx = &portal.ctx;
    let known: Option<(String,)> =
        ctx.db.optional("SELECT id FROM unit WHERE slug = $1", args![slug]).await.unwrap();
    let unit = match known {
        Some((id,)) => Id::new(id),
        None => portal.unit(slug).await,
    };
    say(ctx, "UPDATE unit SET level = $1 WHERE slug = $2", args![level, slug]).await;
    let him = inmate(ctx).await;
    say(ctx, "UPDATE placement SET ended_at = $1 WHERE ended_at IS NULL", args![ctx.now()]).await;
    let id: Id<Unit> = ctx.chance.id(ctx.now());
    say(ctx, crate::custody::inmates::PLACE, args![&id, &him, &unit, ctx.now()]).await;
    carry(ctx, &him).await.unwrap();
    // A job may run twice.
    carry(ctx, &him).await.unwrap();
    unit
}

/// Of the two, who may come where he is now.
async fn may_come(ctx: &Ctx, unit: &Id<Unit>) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM clearance WHERE outcome = 'granted' AND unit_id = $1 AND valid_to >= $2";
    ctx.db.one::<(i64,)>(sql, args![unit, ctx.now().date()]).await.unwrap().0
}

async fn letters(ctx: &Ctx, event: &str) -> usize {
    let sql = "SELECT payload FROM outbox WHERE kind = $1 AND payload LIKE '%\"' || $2 || '\"%'";
    ctx.db.all::<(String,)>(sql, args![LETTER, event]).await.unwrap().len()
}

async fn people(case: &Case) -> Vec<Public<ClearanceRow>> {
    case.people.iter().map(|person| person.clearance.clone()).collect()
}

#[tokio::test]
async fn where_control_is_no_stricter_a_leave_holds_at_once() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let (ctx, old) = (&portal.ctx, officer(&portal.ctx, "lyngmo").await);
        let havn = moves(&portal, "havn", "lower").await;
        assert_eq!((may_come(ctx, &havn).await, letters(ctx, "carried").await), (2, 1));
        let told = tracked(ctx, &who, &public).await.unwrap().unwrap().carried.unwrap();
        assert_eq!((told.unit_name.as_str(), told.waits_until), ("havn fengsel", None));
        assert!(
            case(ctx, &old, &public, LookReason::HandleCase).await.unwrap().is_none(),
            "it is theirs now"
        );
        let new = officer(ctx, "havn").await;
        let seen_there = seen(ctx, &new, &public).await;
        let carried = seen_there.carried.clone().unwrap();
        assert_eq!((carried.from.as_str(), carried.waits), ("lyngmo fengsel", false));
        confirm_carried(ctx, &new, &public, seen_there.version).await.unwrap().unwrap();
        assert_eq!(letters(ctx, "carried").await, 1, "nothing has changed for her");
        let twice = seen(ctx, &new, &public).await;
        assert_eq!(twice.carried, None);
        assert_eq!(confirm_carried(ctx, &new, &public, twice.version).await.unwrap(), Err(Refusal::MovedOn));
    })
    .await;
}

#[tokio::test]
async fn where_it_is_stricter_a_leave_waits_until_somebody_has_looked_at_it() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let ctx = &portal.ctx;
        say(ctx, "UPDATE unit SET level = 'lower'", vec![]).await;
        let havn = moves(&portal, "havn", "high").await;
        assert_eq!((may_come(ctx, &havn).await, letters(ctx, "carried").await), (0, 1));
        let told = tracked(ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!(told.carried.unwrap().waits_until, Some(ctx.now().date().plus_days(14)));
        assert!(told.holds && told.stage == Stage::Decided, "it is not lost");
        let (new, other) = (officer(ctx, "havn").await, officer(ctx, "lyngmo").await);
        let v = seen(ctx, &new, &public).await.version;
        assert_eq!(confirm_carried(ctx, &new, &public, v + 1).await.unwrap(), Err(Refusal::Stale));
        assert_eq!(confirm_carried(ctx, &other, &public, v).await.unwrap(), Err(Refusal::Hidden));
        confirm_carried(ctx, &new, &public, v).await.unwrap().unwrap();
        assert_eq!((may_come(ctx, &havn).await, letters(ctx, "carried").await), (2, 2), "and she is told");
    })
    .await;
}

/// Back where it was decided there is nothing to look at; and what waits there is taken up from where it was decided.
#[tokio::test]
async fn a_leave_that_waits_is_not_lost_by_another_move() {
    on_both_engines(async |portal| {
        let (_, public) = granted(&portal).await;
        let ctx = &portal.ctx;
        say(ctx, "UPDATE unit SET level = 'lower'", vec![]).await;
        let havn = moves(&portal, "havn", "high").await;
        assert_eq!(may_come(ctx, &havn).await, 0);
        let fjord = moves(&portal, "fjord", "lower").await;
        assert_eq!(may_come(ctx, &fjord).await, 2, "no stricter than where it was given");
        let lyngmo = moves(&portal, "lyngmo", "lower").await;
        assert_eq!(may_come(ctx, &lyngmo).await, 2);
        moves(&portal, "havn", "high").await;
        let back = moves(&portal, "lyngmo", "lower").await;
        assert_eq!((may_come(ctx, &back).await, lyngmo), (2, back.clone()));
        assert_eq!(seen(ctx, &officer(ctx, "lyngmo").await, &public).await.carried, None);
    })
    .await;
}

/// Before the inmate's consent nothing tells that anything happened; the new unit has the case.
#[tokio::test]
async fn what_is_open_goes_with_him_and_is_told_to_nobody() {
    on_both_engines(async |portal| {
        let (who, staff) = ready(&portal).await;
        let ctx = &portal.ctx;
        let public = submitted(ctx, &who).await;
        let before = tracked(ctx, &who, &public).await.unwrap().unwrap();
        moves(&portal, "havn", "special_high").await;
        let after = tracked(ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!((before.since, before.stage, before.carried), (after.since, after.stage, after.carried));
        assert_eq!(letters(ctx, "carried").await, 0);
        assert!(case(ctx, &staff, &public, LookReason::HandleCase).await.unwrap().is_none());
        let new = officer(ctx, "havn").await;
        let v = seen(ctx, &new, &public).await.version;
        inmate_answer(ctx, &new, &public, v, true, day("2026-09-01")).await.unwrap().unwrap();
        // A leave that has run out stays where it was.
        let (other, old) = granted_there(&portal).await;
        say(ctx, "UPDATE clearance SET valid_to = '2026-01-01' WHERE outcome = 'granted'", vec![]).await;
        moves(&portal, "lyngmo", "lower").await;
        assert_eq!(tracked(ctx, &other, &old).await.unwrap().unwrap().carried, None);
    })
    .await;
}

/// Somebody else's leave for the same inmate, where he is.
async fn granted_there(portal: &Portal) -> (Citizen, Public<Application>) {
    let (ctx, who) = (&portal.ctx, citizen(&portal.ctx, "sivert").await);
    for given in answers() {
        answer(ctx, &who, given).await.unwrap();
    }
    let (public, staff) = (submitted(ctx, &who).await, officer(ctx, "havn").await);
    let v = seen(ctx, &staff, &public).await.version;
    inmate_answer(ctx, &staff, &public, v, true, day("2026-09-01")).await.unwrap().unwrap();
    police_answer(ctx, &staff, &public, v + 1, PoliceOutcome::NoRemark, day("2026-09-01"))
        .await
        .unwrap()
        .unwrap();
    let open = seen(ctx, &staff, &public).await;
    let yes = Decided::Granted { measures: vec![], reason: None, valid_to: day("2027-09-01") };
    decide(ctx, &staff, &public, open.version, &people(&open).await, &yes, Locale::Nb)
        .await
        .unwrap()
        .unwrap();
    (who, public)
}

fn refused() -> Decided {
    Decided::Refused { milder_considered: "Påsyn er ikke nok.".into(), reason: "Noe skjedde.".into() }
}

#[tokio::test]
async fn a_unit_takes_a_leave_back_by_deciding_anew() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let (ctx, staff) = (&portal.ctx, officer(&portal.ctx, "lyngmo").await);
        let lyngmo = Id::new(
            ctx.db.one::<(String,)>("SELECT id FROM unit WHERE slug = 'lyngmo'", vec![]).await.unwrap().0,
        );
        let decided = seen(ctx, &staff, &public).await;
        let (all, v) = (people(&decided).await, decided.version);
        let none: Vec<Public<ClearanceRow>> = vec![];
        let strange = vec![ctx.chance.public()];
        for (who, version, expected) in
            [(&none, v, Refusal::MovedOn), (&strange, v, Refusal::MovedOn), (&all, v + 1, Refusal::Stale)]
        {
            let done = reconsider(ctx, &staff, (&public, version), who, Ground::Conduct).await.unwrap();
            assert_eq!(done, Err(expected));
        }
        reconsider(ctx, &staff, (&public, v), &all[..1], Ground::Conduct).await.unwrap().unwrap();
        let again = seen(ctx, &staff, &public).await;
        assert_eq!((again.stage, again.reconsidered), (Stage::AwaitingDecision, Some(Ground::Conduct)));
        assert_eq!(again.people.iter().map(|p| p.pending).collect::<Vec<_>>(), [true, false]);
        assert_eq!(
            (may_come(ctx, &lyngmo).await, letters(ctx, "reconsidered").await),
            (2, 1),
            "it stands until then"
        );
        let told = tracked(ctx, &who, &public).await.unwrap().unwrap();
        assert!(told.anew && told.reconsidered == Some(Ground::Conduct));
        // She cannot make the case go away.
        assert_eq!(withdraw(ctx, &who, &public).await.unwrap(), Err(Refusal::MovedOn));
        let twice =
            reconsider(ctx, &staff, (&public, again.version), &all[1..], Ground::Conduct).await.unwrap();
        assert_eq!(twice, Err(Refusal::MovedOn), "it is open");

        let booking = booked(ctx, &who.person, &lyngmo).await;
        decide(ctx, &staff, &public, again.version, &all[..1], &refused(), Locale::Nb)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(may_come(ctx, &lyngmo).await, 1, "the child's leave is its own");
        let sql = "SELECT state, cancel_reason FROM booking WHERE id = $1";
        let (state, why): (String, Option<String>) = ctx.db.one(sql, args![&booking]).await.unwrap();
        assert_eq!((state.as_str(), why.as_deref()), ("cancelled", Some(StaffReason::Clearance.code())));
        let standing = "SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE superseded_at IS NULL";
        assert_eq!(ctx.db.one::<(i64,)>(standing, vec![]).await.unwrap().0, 2, "one a person");
        let after = tracked(ctx, &who, &public).await.unwrap().unwrap();
        assert!(!after.anew && after.reconsidered.is_none() && !after.holds);
        assert_eq!(after.people[0].decision.as_ref().unwrap().outcome, crate::decision::Outcome::Refused);
    })
    .await;
}

/// A visit of hers, as its command leaves it, in a session of one place.
async fn booked(ctx: &Ctx, who: &Id<Person>, unit: &Id<Unit>) -> String {
    let (at, end) = (ctx.now().plus_days(3), ctx.now().plus_days(3).plus_minutes(60));
    let date = at.date();
    let public = || ctx.chance.public::<Application>();
    say(ctx, TEMPLATE, args!["t", &public(), unit, date]).await;
    say(ctx, SESSION, args!["s", &public(), "t", unit, date, at, end]).await;
    let values = args!["b", &public(), who, &inmate(ctx).await, unit, "s", date, at, end, ctx.now()];
    say(ctx, BOOKING, values).await;
    "b".into()
}

#[tokio::test]
async fn an_appeal_that_is_under_way_comes_first() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let (ctx, staff) = (&portal.ctx, officer(&portal.ctx, "lyngmo").await);
        let v = seen(ctx, &staff, &public).await.version;
        let all = people(&seen(ctx, &staff, &public).await).await;
        let (decision,): (String,) =
            ctx.db.one("SELECT id FROM decision ORDER BY id LIMIT 1", vec![]).await.unwrap();
        let (unit,): (String,) = ctx.db.one("SELECT unit_id FROM decision LIMIT 1", vec![]).await.unwrap();
        let id = ctx.chance.public::<Application>();
        let values = args!["k", &id, &who.person, &unit, &decision, vec![0_u8], ctx.now()];
        say(ctx, APPEAL, values).await;
        // The first of those decided together stands for all.
        for one in &all {
            let done = reconsider(ctx, &staff, (&public, v), std::slice::from_ref(one), Ground::Milder)
                .await
                .unwrap();
            assert_eq!(done, Err(Refusal::Appealed));
        }
        say(ctx, "UPDATE appeal SET state = 'withdrawn', due_at = NULL", vec![]).await;
        reconsider(ctx, &staff, (&public, v), &all, Ground::Milder).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn in_a_unit_of_the_strictest_level_a_leave_is_looked_at_again_in_time() {
    on_both_engines(async |portal| {
        let (_, public) = granted(&portal).await;
        let (ctx, staff) = (&portal.ctx, officer(&portal.ctx, "lyngmo").await);
        say(ctx, "UPDATE unit SET level = 'special_high' WHERE slug = 'lyngmo'", vec![]).await;
        let open = seen(ctx, &staff, &public).await;
        let all = people(&open).await;
        reconsider(ctx, &staff, (&public, open.version), &all, Ground::Security).await.unwrap().unwrap();
        let yes = Decided::Granted { measures: vec![], reason: None, valid_to: day("2027-09-01") };
        decide(ctx, &staff, &public, open.version + 1, &all, &yes, Locale::Nb).await.unwrap().unwrap();
        let due = async || seen(ctx, &staff, &public).await.recheck_by;
        let decided = ctx.now();
        let half_a_year = decided.date().plus_days(183);
        ctx.clock.set(decided.plus_days(152));
        assert_eq!(due().await, None, "not yet");
        let v = seen(ctx, &staff, &public).await.version;
        assert_eq!(rechecked(ctx, &staff, &public, v).await.unwrap(), Err(Refusal::MovedOn));
        ctx.clock.set(decided.plus_days(153));
        assert_eq!(due().await, Some(half_a_year));
        assert_eq!(rechecked(ctx, &staff, &public, v + 1).await.unwrap(), Err(Refusal::Stale));
        rechecked(ctx, &staff, &public, v).await.unwrap().unwrap();
        assert_eq!(due().await, None);
        ctx.clock.set(decided.plus_days(153 + 153));
        assert_eq!(due().await, Some(decided.date().plus_days(153 + 183)), "and again");
        // Elsewhere nobody has to.
        let havn = moves(&portal, "havn", "high").await;
        let new = officer(ctx, "havn").await;
        assert_eq!((may_come(ctx, &havn).await, seen(ctx, &new, &public).await.recheck_by), (2, None));
    })
    .await;
}

/// She reads what she would if it had run out, and nothing of whose word it was.
#[tokio::test]
async fn the_inmate_takes_his_consent_back() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let (ctx, staff) = (&portal.ctx, officer(&portal.ctx, "lyngmo").await);
        let lyngmo = Id::new(
            ctx.db.one::<(String,)>("SELECT id FROM unit WHERE slug = 'lyngmo'", vec![]).await.unwrap().0,
        );
        let booking = booked(ctx, &who.person, &lyngmo).await;
        let v = seen(ctx, &staff, &public).await.version;
        assert_eq!(take_consent_back(ctx, &staff, &public, v + 1).await.unwrap(), Err(Refusal::Stale));
        take_consent_back(ctx, &staff, &public, v).await.unwrap().unwrap();
        assert_eq!((may_come(ctx, &lyngmo).await, letters(ctx, "ended").await), (0, 1));
        let told = tracked(ctx, &who, &public).await.unwrap().unwrap();
        let ends = told.ends.unwrap();
        assert!(ends.over && !ends.given_up && !told.holds && told.stage == Stage::Decided);
        let sql = "SELECT cancel_reason FROM booking WHERE id = $1";
        let (why,): (Option<String>,) = ctx.db.one(sql, args![&booking]).await.unwrap();
        assert_eq!(why.as_deref(), Some("cannot_receive"), "a word that tells nothing");
        let v = seen(ctx, &staff, &public).await.version;
        assert_eq!(take_consent_back(ctx, &staff, &public, v).await.unwrap(), Err(Refusal::MovedOn), "once");
    })
    .await;
}

/// Nobody travels to where he was; the place is free, and she is told that it is the unit's doing.
#[tokio::test]
async fn what_is_booked_where_he_was_is_cancelled() {
    on_both_engines(async |portal| {
        let (who, _) = granted(&portal).await;
        let ctx = &portal.ctx;
        let (unit,): (String,) = ctx.db.one("SELECT id FROM unit WHERE slug = 'lyngmo'", vec![]).await.unwrap();
        booked(ctx, &who.person, &Id::new(unit)).await;
        let him = inmate(ctx).await;
        let stands = async || -> (String, Option<String>, i64) {
            let sql = "SELECT b.state, b.cancel_reason, s.taken FROM booking b JOIN visit_session s ON s.id = b.session_id";
            ctx.db.one(sql, vec![]).await.unwrap()
        };
        crate::visits::booking::cancel_left(ctx, &him).await.unwrap();
        assert_eq!(stands().await, ("booked".into(), None, 1), "he is there");
        moves(&portal, "havn", "lower").await;
        for _ in 0..2 {
            crate::visits::booking::cancel_left(ctx, &him).await.unwrap();
            assert_eq!(stands().await, ("cancelled".into(), Some("cannot_receive".into()), 0));
        }
        let sql = "SELECT payload FROM outbox WHERE kind = 'visits.booking'";
        assert_eq!(ctx.db.all::<(String,)>(sql, vec![]).await.unwrap().len(), 1, "one letter");
    })
    .await;
}

const TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    valid_from) VALUES ($1, $2, $3, 'open', 1, 600, 60, 'A', 1, $4)";
const SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, start_minute, end_minute, \
    starts_at, ends_at, room, on_holidays, capacity, taken) \
    VALUES ($1, $2, $3, $4, 'open', 'Europe/Oslo', $5, 600, 660, $6, $7, 'A', 0, 1, 1)";
const BOOKING: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) VALUES ($1, $2, $1, $1, $1, $3, $4, $5, $6, 'open', $7, $8, $9, $10)";
const APPEAL: &str = "INSERT INTO appeal (id, public_id, reference, decision_id, person_id, unit_id, form_key, digest, body, \
    sent_at, late, waits, state, state_at, due_at) \
    VALUES ($1, $2, $1, $5, $3, $4, $1, $6, $6, $7, 0, 'not_asked', 'sent', $7, $7)";
