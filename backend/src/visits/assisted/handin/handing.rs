//! Handed in: once however often it is pressed, to the unit where he is, or to the intake; and its receipt ([E] § 6).

use domain::{
    access::Unit,
    kernel::{Id, Instant, Locale, Public, Reference},
    visits::handin::{HandIn, Purpose, Reached},
};

use super::{Session, body_place, key_of, reached_place, session};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, FALLBACK},
    db::{Command, Tx},
    outbox,
    rules::Rules,
    vault::INSERT_SUBJECT_KEY,
};

/// The outbox kind of the receipt.
pub const RECEIPT: &str = "visits.hand_in";

#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Receipted {
    pub hand_in: String,
}

/// What a receipt says and where it goes.
#[derive(Debug)]
pub struct Receipt {
    pub to: Reached,
    pub reference: Reference,
    pub locale: Locale,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    In,
    /// Something is missing: the form says what.
    Wrong,
    /// So many came from her address today that the next waits.
    TooMany,
    Ended,
}

pub async fn hand_in(ctx: &Ctx, token: &str, locale: Locale) -> Result<Handed> {
    let Some(session) = session(ctx, Purpose::Write, token).await? else { return Ok(Handed::Ended) };
    if session.is_done() {
        return Ok(Handed::In);
    }
    let (form, now) = (session.form(), ctx.now());
    let Ok(written) = form.parse(now.date()) else { return Ok(Handed::Wrong) };
    let id: Id<HandIn> = ctx.chance.id(now);
    let (key, key_row) = ctx.vault.new_subject(&ctx.chance, id.as_str())?;
    let plain = serde_json::to_vec(&form).map_err(|_| Error::Broken("a hand-in"))?;
    let command = Hand {
        body: key.seal(&ctx.chance, &body_place(&id), &plain)?,
        reached: key.seal(&ctx.chance, &reached_place(&id), session.reached.as_str().as_bytes())?,
        job: outbox::Job::new(ctx, RECEIPT, &Receipted { hand_in: id.as_str().to_owned() })?,
        entry: audit::Entry::new(ctx, &Actor::Anonymous, "handin_received").about("hand_in", &id),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        unit: written.unit,
        key_row,
        session,
        locale,
        now,
        id,
    };
    ctx.db.write(command).await
}

struct Hand {
    id: Id<HandIn>,
    public: Public<HandIn>,
    reference: Reference,
    session: Session,
    unit: String,
    key_row: Vec<u8>,
    body: Vec<u8>,
    reached: Vec<u8>,
    locale: Locale,
    entry: audit::Entry,
    job: outbox::Job,
    now: Instant,
}

impl Command for Hand {
    type Out = Handed;

    async fn run(&self, tx: &mut Tx) -> Result<Handed> {
        let (rules, hash) = (Rules::within(tx, self.now.date()).await?, self.session.reached_hash.as_slice());
        let (today,): (i64,) = tx.one(LATELY, args![hash, self.now.plus_days(-1)]).await?;
        if today >= rules.days("handin.a_day")? {
            return Ok(Handed::TooMany);
        }
        if tx.execute(DONE, args![&self.id, &self.session.id]).await? == 0 {
            return Ok(Handed::In);
        }
        // Who does not know where he is, or names no unit of ours, is taken in by the desk that takes in all.
        let Some((unit,)) = tx.optional::<(String,)>(UNIT, args![&self.unit]).await? else {
            return Err(Error::Broken("there is no unit that takes in"));
        };
        tx.later(INSERT_SUBJECT_KEY, args![&self.id, self.key_row.as_slice(), self.now]).await?;
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            &unit,
            self.body.as_slice(),
            self.reached.as_slice(),
            hash,
            self.locale.code(),
            self.now,
            self.now.plus_minutes(60 * rules.days("handin.hours")?)
        ];
        tx.later(INSERT_HAND_IN, values).await?;
        self.job.save(tx).await?;
        self.entry.clone().at_unit(&Id::<Unit>::new(unit)).save(tx).await?;
        Ok(Handed::In)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    reference: String,
    reached: Vec<u8>,
    locale: String,
    subject_key: Vec<u8>,
}

/// None: it is gone.
pub async fn receipt(ctx: &Ctx, of: &Receipted) -> Result<Option<Receipt>> {
    let id: Id<HandIn> = Id::new(of.hand_in.as_str());
    let Some(row) = ctx.db.optional::<Row>(RECEIPT_OF, args![&id]).await? else { return Ok(None) };
    let plain = key_of(ctx, &id, &row.subject_key)?.open(&reached_place(&id), &row.reached)?;
    Ok(Some(Receipt {
        to: super::reached(&plain)?,
        reference: Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?,
        locale: Locale::parse(&row.locale).unwrap_or(FALLBACK),
    }))
}

pub const UNIT: &str = "SELECT id FROM unit WHERE (slug = $1 AND open = 1) OR level = 'intake' \
    ORDER BY CASE WHEN level = 'intake' THEN 1 ELSE 0 END LIMIT 1";
pub const LATELY: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in WHERE reached_hash = $1 AND handed_at > $2";
pub const DONE: &str =
    "UPDATE hand_in_session SET hand_in_id = $1, draft = NULL WHERE id = $2 AND hand_in_id IS NULL";
pub const INSERT_HAND_IN: &str = "INSERT INTO hand_in (id, public_id, reference, unit_id, body, reached, reached_hash, locale, \
    handed_at, state_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)";
pub const RECEIPT_OF: &str = "SELECT h.reference, h.reached, h.locale, k.sealed AS subject_key FROM hand_in h \
    JOIN subject_key k ON k.subject_id = h.id WHERE h.id = $1";
