//! What a use case stands on: database, clock, chance, vault, settings, and who acts.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    access::{Channel, Level, Person, Role, Session, StaffMember, Unit},
    kernel::{Id, Instant, Locale, Public, Reference},
};

use crate::{blobs::Store, config::Settings, db::Db, identity::lawyers::Register, vault::Vault};

/// Given to every use case; cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub vault: Vault,
    /// Where files lie.
    pub files: Store,
    /// Who says whether somebody is a lawyer.
    pub lawyers: Register,
    pub settings: Arc<Settings>,
}

impl Ctx {
    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}

/// The only reader of the clock.
#[derive(Clone)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until it is set: for tests.
    pub fn fake(at: Instant) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.micros()))))
    }

    pub fn set(&self, at: Instant) {
        if let Some(fake) = &self.0 {
            fake.store(at.micros(), Ordering::SeqCst);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Instant {
        match &self.0 {
            Some(fake) => Instant(fake.load(Ordering::SeqCst)),
            None => Instant(jiff::Timestamp::now().as_microsecond()),
        }
    }
}

/// The only source of chance.
#[derive(Clone)]
pub struct Chance(Option<Arc<Mutex<u64>>>);

impl Chance {
    pub fn system() -> Self {
        Self(None)
    }

    /// The same run every time: for tests and the demo's seed, never for secrets of a real portal.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(seed))))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws chance")]
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            // The generator of aws-lc fails only if the operating system gives no entropy; going on would be worse.
            None => assert!(aws_lc_rs::rand::fill(bytes).is_ok(), "the system gives no entropy"),
            Some(state) => {
                let mut state = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                for chunk in bytes.chunks_mut(8) {
                    let word = split_mix(&mut state).to_le_bytes();
                    chunk.copy_from_slice(&word[..chunk.len()]);
                }
            }
        }
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A time-ordered inner id.
    pub fn id<T>(&self, now: Instant) -> Id<T> {
        let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
        Id::new(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid().to_string())
    }

    pub fn public<T>(&self) -> Public<T> {
        Public::from_bits(u128::from_le_bytes(self.bytes()))
    }

    pub fn reference(&self) -> Reference {
        Reference::from_bits(u64::from_le_bytes(self.bytes()))
    }

    /// 256 random bits as base64url: for cookies and keys that open something.
    pub fn token(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A code to type from a mail: six digits.
    pub fn code(&self) -> String {
        format!("{:06}", u64::from_le_bytes(self.bytes()) % 1_000_000)
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Who acts. It comes from the area of the route and is never merged with another area's session.
#[derive(Clone, Debug, Default)]
pub enum Actor {
    #[default]
    Anonymous,
    Citizen(Citizen),
    Staff(Staff),
    /// Somebody in the victims' area.
    Visitor(Visitor),
    /// The worker.
    System,
}

#[derive(Clone, Debug)]
pub struct Citizen {
    pub session: Id<Session>,
    pub person: Id<Person>,
    pub name: String,
    pub level: Level,
    /// Until when she counts as having proved just now who she is.
    pub fresh_until: Option<Instant>,
    /// Who of the staff acts for her, because she asked for it and cannot do it herself.
    pub by: Option<Arc<Behalf>>,
}

/// Staff who act in somebody's name. What they do is hers by every rule, and theirs in the trail.
#[derive(Clone, Debug)]
pub struct Behalf {
    pub staff: Staff,
    pub channel: Channel,
    /// The contact under which they do it (`visits::assisted`).
    pub contact: String,
}

impl Citizen {
    /// She has signed in anew a moment ago, at this level: what changes how she is reached asks for it.
    pub fn has_proved_herself(&self, level: Level, now: Instant) -> bool {
        self.level >= level && self.fresh_until.is_some_and(|until| now < until)
    }
}

#[derive(Clone, Debug)]
pub struct Staff {
    pub session: Id<Session>,
    pub staff: Id<StaffMember>,
    pub name: String,
    pub roles: Vec<Role>,
    pub units: Vec<Id<Unit>>,
    /// The first unit's name, for the bar.
    pub unit_name: String,
}

/// Whoever is signed in at the victims' entrance. There may be nothing for her there.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub session: Id<Session>,
    /// Her row among the recipients, if there is one.
    pub recipient: Option<String>,
    /// Whose a refused form is that waits for her: the same in her next session, whether or not she has a row, and
    /// nobody's of another area.
    pub mark: String,
    pub name: String,
    pub level: Level,
    /// Until when she counts as having proved just now who she is.
    pub fresh_until: Option<Instant>,
}

impl Visitor {
    /// She has signed in anew a moment ago, at the high level.
    pub fn has_proved_herself(&self, now: Instant) -> bool {
        self.level == Level::High && self.fresh_until.is_some_and(|until| now < until)
    }
}

impl Actor {
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Citizen(c) => Some(&c.name),
            Self::Staff(s) => Some(&s.name),
            Self::Visitor(v) => Some(&v.name),
            Self::Anonymous | Self::System => None,
        }
    }

    pub fn citizen(&self) -> Option<&Citizen> {
        if let Self::Citizen(c) = self { Some(c) } else { None }
    }

    pub fn staff(&self) -> Option<&Staff> {
        if let Self::Staff(s) = self { Some(s) } else { None }
    }

    /// Who of the staff acts in her name, if it is not she.
    pub fn behalf(&self) -> Option<&Arc<Behalf>> {
        self.citizen().and_then(|c| c.by.as_ref())
    }

    pub fn visitor(&self) -> Option<&Visitor> {
        if let Self::Visitor(v) = self { Some(v) } else { None }
    }

    /// Kind and id as the audit trail writes them.
    pub fn trace(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Anonymous => ("anonymous", None),
            Self::Citizen(Citizen { by: Some(by), .. }) => {
                ("staff", Some(by.staff.staff.as_str().to_owned()))
            }
            Self::Citizen(c) => ("citizen", Some(c.person.as_str().to_owned())),
            Self::Staff(s) => ("staff", Some(s.staff.as_str().to_owned())),
            Self::Visitor(v) => ("citizen", v.recipient.clone()),
            Self::System => ("system", None),
        }
    }
}

/// The language a letter is written in when nothing else is known.
pub const FALLBACK: Locale = Locale::Nb;
