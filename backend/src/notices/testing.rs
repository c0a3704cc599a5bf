//! The test kit of notices: many who are to be told at once, officers who may say so, and what was left lying when a worker
//! died.

#![expect(clippy::expect_used, reason = "a test kit that cannot set up must stop the test")]

use domain::{
    access::{Role, Unit},
    custody::{Event, Wire},
    kernel::{Id, Public},
    notices::{Hold, Verdict},
};

use super::{
    Case, Channel, Party, Profile, Recipient, breaker, channels, duty,
    ladder::ChannelKind,
    registering::{self, CaseForm, PersonForm},
};
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    custody::feed::{
        Taken,
        register::{InmateWire, put_inmate},
    },
    db::{Command, Tx},
};

/// When the inmates of this kit were born.
const BORN: &str = "1990-02-03";

/// Where many are to be told.
pub struct Stage {
    pub ctx: Ctx,
    /// Its slug.
    pub unit: &'static str,
    pub officer: Staff,
    pub duty: [Staff; 2],
}

/// Somebody who is to be told, and where her text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub recipient: String,
    pub address: String,
}

/// Somebody of the staff with this role in this unit.
pub fn staff(ctx: &Ctx, role: Role, unit: &Id<Unit>) -> Staff {
    Staff {
        session: ctx.chance.id(ctx.now()),
        staff: ctx.chance.id(ctx.now()),
        name: "Sunniva Kvitveis".into(),
        roles: vec![role],
        units: vec![unit.clone()],
        unit_name: "Lyngmo".into(),
    }
}

impl Stage {
    pub fn new(ctx: &Ctx, slug: &'static str, unit: &Id<Unit>) -> Self {
        let on_duty = || staff(ctx, Role::DutyOfficer, unit);
        let officer = staff(ctx, Role::VictimOfficer, unit);
        Self { ctx: ctx.clone(), unit: slug, officer, duty: [on_duty(), on_duty()] }
    }

    pub async fn inmate(&self, key: &str, name: &str) {
        let wire = InmateWire {
            name: name.into(),
            birth_date: BORN.into(),
            national_id: None,
            unit: self.unit.into(),
            since: "2026-08-01T10:00:00+02:00".into(),
        };
        put_inmate(&self.ctx, "koda", key, &wire).await.expect("an inmate");
    }

    /// So many victims of this inmate in one case, each with one confirmed channel, mail and text in turn, and a standing
    /// yes to his release.
    pub async fn crowd(&self, inmate: &str, reference: &str, n: usize) -> Vec<Told> {
        self.crowd_by(inmate, reference, n, &ChannelKind::ALL).await
    }

    /// The same, each by the next of these kinds.
    pub async fn crowd_by(
        &self,
        inmate: &str,
        reference: &str,
        n: usize,
        kinds: &[ChannelKind],
    ) -> Vec<Told> {
        let person = PersonForm { name: "Nr 0".into(), wish: "never_asked".into(), ..PersonForm::default() };
        let form = CaseForm {
            reference: reference.into(),
            inmate: inmate.into(),
            born: BORN.into(),
            role: "victim".into(),
        };
        let first = registering::register(&self.ctx, &self.officer, &person, &form).await.expect("a write");
        let party = first.expect("an officer").expect("a case");
        let (case,): (String,) = self.ctx.db.one(CASE_OF, args![&party]).await.expect("a case");
        let crowd = Crowd {
            ctx: self.ctx.clone(),
            case: Id::new(case),
            reference: reference.into(),
            n,
            kinds: kinds.to_vec(),
        };
        self.ctx.db.write(crowd).await.expect("a crowd")
    }

    /// Takes these events; each is news.
    pub async fn events(&self, wires: &[Wire]) {
        let now = self.ctx.now();
        let items = wires.iter().map(|wire| Ok(Event::parse(wire, now).expect("an event"))).collect();
        for taken in crate::wiring::take_events(&self.ctx, "koda", items).await.expect("a write") {
            assert!(matches!(taken, Taken::Accepted(_)), "{taken:?}");
        }
    }

    /// This version of a release, so many hours from now.
    pub fn release(&self, decision: &str, inmate: &str, version: u32, hours: i64) -> Wire {
        Wire {
            decision: decision.into(),
            version,
            inmate: inmate.into(),
            kind: "release".into(),
            change: if version == 1 { "decided" } else { "moved" }.into(),
            at: self.ctx.now().plus_minutes(hours * 60).rfc3339(),
            ..Wire::default()
        }
    }

    /// The mass that is held.
    pub async fn held(&self) -> Option<Public<super::HoldRow>> {
        let desk = duty::desk(&self.ctx, &self.duty[0]).await.expect("a read").expect("her desk");
        desk.mass.map(|(mass, _)| mass.public)
    }

    /// Both on duty say that what is held is true.
    pub async fn both_release(&self) {
        let mass = self.held().await.expect("a mass");
        let say = |who| breaker::say(&self.ctx, who, &mass, Verdict::Release);
        let [one, two] = &self.duty;
        say(one).await.expect("a write").expect("on duty").expect("said");
        assert!(say(one).await.expect("a write").expect("on duty").is_err(), "one person is not two");
        let said = say(two).await.expect("a write").expect("on duty").expect("said");
        assert!(matches!(said, Hold::Settled { .. }), "{said:?}");
    }
}

/// So many at once, row by row: a registration by form each would take its time.
struct Crowd {
    ctx: Ctx,
    case: Id<Case>,
    reference: String,
    n: usize,
    kinds: Vec<ChannelKind>,
}

impl Command for Crowd {
    type Out = Vec<Told>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<Told>> {
        let mut all = Vec::with_capacity(self.n);
        for at in 0..self.n {
            all.push(self.one(tx, at).await?);
        }
        Ok(all)
    }
}

impl Crowd {
    async fn one(&self, tx: &mut Tx, at: usize) -> Result<Told> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let recipient: Id<Recipient> = ctx.chance.id(now);
        let sealed = Profile { name: format!("Nr {at}"), ..Profile::default() }.seal(ctx, &recipient)?;
        let values = args![&recipient, &ctx.chance.public::<Recipient>(), None::<Vec<u8>>, sealed, now];
        tx.later(super::wish::NEW, values).await?;
        let party: Id<Party> = ctx.chance.id(now);
        let values = args![&party, &ctx.chance.public::<Party>(), &self.case, &recipient, now];
        tx.later(PARTY, values).await?;
        let kind = self.kinds[at % self.kinds.len()];
        let address = match kind {
            ChannelKind::Email => format!("nr{at}.{}@eksempel.no", self.reference.to_lowercase()),
            ChannelKind::Sms => format!("+47{}{at:05}", 400 + self.reference.len()),
        };
        let channel: Id<Channel> = ctx.chance.id(now);
        let values = args![
            &channel,
            &ctx.chance.public::<Channel>(),
            &recipient,
            kind.code(),
            channels::sealed(ctx, &channel, &address)?,
            super::address_hash(ctx, &address),
            now
        ];
        tx.later(CHANNEL, values).await?;
        tx.later(STANDING, args![&ctx.chance.id::<()>(now), &party, vec![0_u8], now]).await?;
        Ok(Told { recipient: recipient.as_str().to_owned(), address })
    }
}

/// Of a worker that died: a minute passes for what it had taken, so that another may take it up.
pub async fn a_minute_passes(ctx: &Ctx) -> Result<()> {
    ctx.db.write(MinutePasses).await
}

struct MinutePasses;

impl Command for MinutePasses {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for sql in [LEASES_END, INTENTS_AGE, THEY_ARE_DUE] {
            tx.later(sql, vec![]).await?;
        }
        Ok(())
    }
}

pub const CASE_OF: &str = "SELECT case_id FROM notice_party WHERE public_id = $1";
pub const PARTY: &str = "INSERT INTO notice_party (id, public_id, case_id, recipient_id, role, wish, state, wished_at, \
    verified_at, verified_by) VALUES ($1, $2, $3, $4, 'victim', 'wants', 'active', $5, $5, 'x')";
pub const CHANNEL: &str = "INSERT INTO notice_channel (id, public_id, recipient_id, place, kind, address, address_hash, state, \
    added_at, confirmed_at) VALUES ($1, $2, $3, 0, $4, $5, $6, 'confirmed', $7, $7)";
pub const STANDING: &str = "INSERT INTO notice_standing (id, party_id, kind, answer, reason, given_by, given_at, expires_on) \
    VALUES ($1, $2, 'release', 'yes', $3, 'x', $4, '2030-01-01')";
pub const LEASES_END: &str =
    "UPDATE notice_matter SET leased_until = leased_until - 61000000 WHERE lease IS NOT NULL";
pub const INTENTS_AGE: &str = "UPDATE notice_text SET at = at - 61000000 WHERE state = 'intended'";
pub const THEY_ARE_DUE: &str = "UPDATE notice_matter SET due_at = due_at - 61000000 WHERE id IN \
    (SELECT o.matter_id FROM notice_obligation o JOIN notice_text t ON t.obligation_id = o.id WHERE t.state = 'intended')";
