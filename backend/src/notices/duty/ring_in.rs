//! She rings. An officer on duty types who she says she is and the word she says: together they open her, for some minutes
//! and for that officer alone. Whatever does not fit gets one answer, which says nothing of whether anybody is here. A wrong
//! word counts; after some of them no word is taken on the telephone until her own officer has spoken with her.

use domain::kernel::{Id, Instant, NationalId, Public, line};
use subtle::ConstantTimeEq;

use super::may;
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    notices::{
        Duty, Profile, Recipient, mine, number_hash, profile,
        reading::{self, LookReason},
        stored,
        tasks::{self, Desk, TaskKind},
        trail,
        wish::Fault,
    },
    rules::Rules,
};

const LONGEST: usize = 100;

#[derive(Debug)]
pub enum RingIn {}

/// What she says on the telephone.
#[derive(Clone, Debug, Default)]
pub struct RingInForm {
    /// Her number, or the number of her case: one of them.
    pub number: String,
    pub reference: String,
    pub word: String,
}

/// Who rings, by hash.
#[derive(Clone, Debug)]
enum Whom {
    Number(Vec<u8>),
    Case(Vec<u8>),
}

impl RingInForm {
    fn parse(&self, ctx: &Ctx) -> std::result::Result<(Whom, String), Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |field, code| faults.push(Fault { field, code });
        let has = |text: &str| !text.trim().is_empty();
        let whom = match (has(&self.number), has(&self.reference)) {
            (true, false) => match NationalId::parse(&self.number) {
                Ok(number) => Some(Whom::Number(number_hash(ctx, number.expose()))),
                Err(_) => {
                    fault("number", "form");
                    None
                }
            },
            (false, true) => {
                let reference = line(&self.reference, LONGEST).map_err(|e| fault("reference", e.code())).ok();
                let hash = |text: String| ctx.vault.fingerprint("notice_case", &text.to_lowercase());
                reference.map(|text| Whom::Case(hash(text)))
            }
            (both, _) => {
                fault("number", if both { "one" } else { "empty" });
                None
            }
        };
        let word = line(&self.word, LONGEST).map_err(|e| fault("word", e.code())).ok();
        whom.zip(word).ok_or(faults)
    }
}

/// Opens her, or says that it does not fit. None: it is not her duty.
pub async fn ring_in(
    ctx: &Ctx,
    staff: &Staff,
    form: &RingInForm,
) -> Result<Option<std::result::Result<Public<RingIn>, Vec<Fault>>>> {
    if !may(&staff.roles) {
        return Ok(None);
    }
    let (whom, word) = match form.parse(ctx) {
        Ok(read) => read,
        Err(faults) => return Ok(Some(Err(faults))),
    };
    let now = ctx.now();
    let command = Open {
        ctx: ctx.clone(),
        staff: staff.clone(),
        whom,
        word,
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        now,
    };
    let opened = ctx.db.write(command).await?;
    Ok(Some(opened.ok_or_else(|| vec![Fault { field: "word", code: "no_match" }])))
}

struct Open {
    ctx: Ctx,
    staff: Staff,
    whom: Whom,
    word: String,
    id: Id<RingIn>,
    public: Public<RingIn>,
    now: Instant,
}

#[derive(sqlx::FromRow)]
struct Candidate {
    id: String,
    profile: Vec<u8>,
    wrong_words: i64,
}

impl Command for Open {
    type Out = Option<Public<RingIn>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let found: Vec<Candidate> = match &self.whom {
            Whom::Number(hash) => tx.all(BY_NUMBER, args![hash.clone()]).await?,
            Whom::Case(hash) => tx.all(BY_CASE, args![hash.clone()]).await?,
        };
        let rules = Rules::within(tx, self.now.date()).await?;
        let most = rules.days("notices.wrong_words_most")?;
        let mut right = Vec::new();
        for one in found.iter().filter(|one| one.wrong_words < most) {
            if self.is_her_word(one)? {
                right.push(one);
            }
        }
        // Two of one case who chose the same word: neither is opened.
        let [her] = right.as_slice() else {
            self.was_wrong(tx, &found, most).await?;
            return Ok(None);
        };
        let until = self.now.plus_minutes(rules.days("notices.ring_in_minutes")?);
        tx.later(RIGHT, args![&her.id]).await?;
        let values = args![&self.id, &self.public, &her.id, &self.staff.staff, self.now, until];
        tx.later(KEEP, values).await?;
        self.note(tx, &her.id, "notice.rang_in").await?;
        Ok(Some(self.public.clone()))
    }
}

impl Open {
    /// Compared as hashes under the vault's key, so that time tells nothing.
    fn is_her_word(&self, one: &Candidate) -> Result<bool> {
        let profile = Profile::open(&self.ctx, &Id::new(one.id.as_str()), &one.profile)?;
        let hash = |word: &str| self.ctx.vault.fingerprint("notice_word", &word.trim().to_lowercase());
        Ok(profile.safe_word.is_some_and(|word| bool::from(hash(&word).ct_eq(&hash(&self.word)))))
    }

    async fn was_wrong(&self, tx: &mut Tx, found: &[Candidate], most: i64) -> Result<()> {
        let actor = Actor::Staff(self.staff.clone());
        if found.is_empty() {
            return trail::entry(&self.ctx, &actor, "notice.rang_in_nobody").save(tx).await;
        }
        for one in found {
            tx.later(WRONG, args![&one.id]).await?;
            self.note(tx, &one.id, "notice.rang_in_wrong").await?;
            if one.wrong_words + 1 >= most {
                let recipient: Id<Recipient> = Id::new(one.id.as_str());
                let task = tasks::Open {
                    kind: TaskKind::WrongWord,
                    about: one.id.as_str(),
                    recipient: Some(&recipient),
                    desk: Desk::Officer,
                    deadline: self.now.plus_days(1),
                };
                tasks::open(tx, &self.ctx, task, self.now).await?;
            }
        }
        Ok(())
    }

    async fn note(&self, tx: &mut Tx, recipient: &str, action: &'static str) -> Result<()> {
        let actor = Actor::Staff(self.staff.clone());
        trail::note(tx, &self.ctx, &actor, (action, &Id::new(recipient)), "").await
    }
}

/// What may be read to her.
#[derive(Clone, Debug)]
pub struct RungIn {
    pub public: Public<RingIn>,
    pub name: String,
    pub until: Instant,
    /// What nobody has confirmed yet, the nearest deadline first.
    pub notices: Vec<mine::Notice>,
}

#[derive(sqlx::FromRow)]
struct Row {
    recipient_id: String,
    until_at: i64,
}

async fn open_row(ctx: &Ctx, staff: &Staff, public: &Public<RingIn>) -> Result<Option<Row>> {
    if !may(&staff.roles) {
        return Ok(None);
    }
    ctx.db.optional(OPEN, args![public, &staff.staff, ctx.now()]).await
}

/// Read after the look is written. None: it is not this officer's, or its minutes are over.
pub async fn rung_in(ctx: &Ctx, staff: &Staff, public: &Public<RingIn>) -> Result<Option<RungIn>> {
    let Some(row) = open_row(ctx, staff, public).await? else { return Ok(None) };
    let recipient: Id<Recipient> = Id::new(row.recipient_id);
    reading::look(ctx, staff, &recipient, None, LookReason::RangIn).await?;
    let (sealed,): (Vec<u8>,) = ctx.db.one(profile::PROFILE, args![&recipient]).await?;
    let open: Vec<(String,)> = ctx.db.all(UNCONFIRMED, args![&recipient, reading::FEW]).await?;
    let mut notices = Vec::new();
    for (id,) in open {
        notices.extend(mine::told(ctx, &Id::<Duty>::new(id)).await?);
    }
    Ok(Some(RungIn {
        public: public.clone(),
        name: Profile::open(ctx, &recipient, &sealed)?.name,
        until: Instant(row.until_at),
        notices,
    }))
}

/// She has heard it and says so. False: it was confirmed or replaced already. None: not hers to read.
pub async fn heard(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<RingIn>,
    duty: &Public<Duty>,
) -> Result<Option<bool>> {
    let Some(row) = open_row(ctx, staff, public).await? else { return Ok(None) };
    let command = Heard {
        ctx: ctx.clone(),
        staff: staff.clone(),
        recipient: Id::new(row.recipient_id),
        duty: duty.clone(),
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct Heard {
    ctx: Ctx,
    staff: Staff,
    recipient: Id<Recipient>,
    duty: Public<Duty>,
    now: Instant,
}

impl Command for Heard {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let found: Option<(String, i64)> = tx.optional(mine::OWN, args![&self.duty, &self.recipient]).await?;
        let Some((matter, version)) = found else { return Ok(None) };
        let mut loaded = stored::load(tx, &self.ctx, &Id::new(matter)).await?;
        let number = u32::try_from(version).map_err(|_| Error::Broken("a version"))?;
        let duty = loaded.matter.obligations.iter_mut().find(|(n, _)| *n == number);
        if !duty.is_some_and(|(_, duty)| !duty.held && duty.acknowledge(true, self.now)) {
            return Ok(Some(false));
        }
        loaded.save(tx, &self.ctx, self.now).await?;
        let actor = Actor::Staff(self.staff.clone());
        trail::note(tx, &self.ctx, &actor, ("notice.called", &self.recipient), "rang_in").await?;
        Ok(Some(true))
    }
}

pub const BY_NUMBER: &str = "SELECT id, profile, wrong_words FROM notice_recipient WHERE number_hash = $1";
pub const BY_CASE: &str = "SELECT r.id, r.profile, r.wrong_words FROM notice_recipient r \
    JOIN notice_party p ON p.recipient_id = r.id JOIN notice_case c ON c.id = p.case_id \
    WHERE c.reference_hash = $1 AND p.state <> 'ended' ORDER BY r.id LIMIT 100";
pub const RIGHT: &str = "UPDATE notice_recipient SET wrong_words = 0 WHERE id = $1";
pub const WRONG: &str = "UPDATE notice_recipient SET wrong_words = wrong_words + 1 WHERE id = $1";
pub const KEEP: &str = "INSERT INTO notice_ring_in (id, public_id, recipient_id, by_id, at, until_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const OPEN: &str =
    "SELECT recipient_id, until_at FROM notice_ring_in WHERE public_id = $1 AND by_id = $2 AND until_at > $3";
pub const UNCONFIRMED: &str = "SELECT o.id FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id \
    JOIN notice_party p ON p.id = m.party_id LEFT JOIN notice_hold h ON h.id = o.hold_id \
    WHERE p.recipient_id = $1 AND o.state = 'open' AND COALESCE(h.state, 'settled') = 'settled' \
    ORDER BY o.deadline, o.id LIMIT $2";
