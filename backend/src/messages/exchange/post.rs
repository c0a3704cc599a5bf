//! A letter is written, by either of the two: everything is checked in the transaction that saves it, so a relation, a unit's
//! rule or a restriction that ended between draft and send stops it there.

use domain::{
    access::Person,
    kernel::{Clock, Id, Instant, Public, Reference},
    messages::{FieldError, Letter, LetterForm, Means, Refusal, words},
};

use super::pair::{Pair, SENDING, Sending};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    messages::{
        ExchangeRow, FormKey, LetterRow, Sent,
        drafts::{self, Owner},
        news,
        numbers::Numbers,
        once::Once,
        public,
    },
    vault::SubjectKey,
};

/// The place of her draft of a letter to this inmate.
pub fn draft_place(inmate: &Public<Inmate>) -> String {
    format!("letter/{inmate}")
}

/// She writes to him. The same form again gives the letter it has sent.
pub async fn write(
    ctx: &Ctx,
    who: &Citizen,
    inmate: &Public<Inmate>,
    form: &LetterForm,
) -> Result<Sent<Public<LetterRow>>> {
    let Some(key) = FormKey::parse(&form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    let once = Once::new(ctx, who.person.as_str(), &key, inmate.as_str(), &form.words);
    let post = Post {
        draft: Some((Owner::citizen(who), draft_place(inmate), drafts::seen(&form.draft))),
        ..Post::new(ctx, Actor::Citizen(who.clone()), who.person.clone(), inmate.clone(), once, &form.words)
    };
    ctx.db.write(post).await
}

/// A letter on its way into the house.
pub(super) struct Post {
    pub ctx: Ctx,
    pub actor: Actor,
    pub person: Id<Person>,
    pub inmate: Public<Inmate>,
    pub from_relative: bool,
    pub once: Once,
    /// As typed: how long it may be is a rule of the unit where he is.
    pub typed: String,
    pub draft: Option<(Owner, String, i64)>,
    /// Of whom the trail speaks, where it is no member of staff and no citizen.
    pub detail: String,
    pub id: Id<LetterRow>,
    pub public: Public<LetterRow>,
    pub sheet: Reference,
    pub exchange: (Id<ExchangeRow>, Public<ExchangeRow>),
    pub now: Instant,
}

impl Post {
    /// A letter of hers; his end changes what differs.
    pub fn new(
        ctx: &Ctx,
        actor: Actor,
        person: Id<Person>,
        inmate: Public<Inmate>,
        once: Once,
        typed: &str,
    ) -> Self {
        let now = ctx.now();
        Self {
            actor,
            person,
            inmate,
            once,
            from_relative: true,
            typed: typed.to_owned(),
            draft: None,
            detail: String::new(),
            id: ctx.chance.id(now),
            public: ctx.chance.public(),
            sheet: ctx.chance.reference(),
            exchange: (ctx.chance.id(now), ctx.chance.public()),
            now,
            ctx: ctx.clone(),
        }
    }
}

/// What the unit's rules make of a letter.
struct Accepted {
    unit: Id<domain::access::Unit>,
    words: String,
    letter: Letter,
    means: Means,
    release_at: Option<Instant>,
}

impl Command for Post {
    type Out = Sent<Public<LetterRow>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(sending) = self.load(tx).await? else { return Ok(Err(Refusal::Hidden.into())) };
        if let Some(letter) = &sending.sent_before {
            return Ok(Ok(public(letter)?));
        }
        // A refusal commits too: everything is asked before anything is written.
        let accepted = match self.accept(&sending.pair, sending.sent_this_week)? {
            Ok(accepted) => accepted,
            Err(why) => return Ok(Err(why)),
        };
        let exchange = exchange(tx, &sending.pair, &self.exchange, self.now).await?;
        let key = self.ctx.vault.subject_from(self.person.as_str(), &sending.subject_key)?;
        self.save(tx, &key, &exchange, &accepted).await?;
        if let Some((owner, place, seen)) = &self.draft {
            drafts::sent(tx, owner, place, *seen).await?;
        }
        let entry = audit::Entry::new(&self.ctx, &self.actor, "letter_written").at_unit(&accepted.unit);
        entry.about("letter", &self.id).detail(self.detail.as_str()).save(tx).await?;
        Ok(Ok(self.public.clone()))
    }
}

impl Post {
    /// None if there has never been anything between the two.
    async fn load(&self, tx: &mut Tx) -> Result<Option<Sending>> {
        let (today, once) = (self.now.date(), &self.once);
        let values = args![
            &self.person,
            today,
            &self.inmate,
            &once.author,
            &once.key,
            once.digest.clone(),
            i64::from(self.from_relative),
            Instant::of_wall(today.monday(), Clock(0))
        ];
        tx.optional(SENDING, values).await
    }

    fn accept(&self, pair: &Pair, sent: i64) -> Result<Sent<Accepted>> {
        let (today, now) = (self.now.date(), self.now);
        let (Some(unit), Some(bounds), Some(means)) = (pair.unit(), pair.rule.bounds(), pair.rule.means())
        else {
            return Ok(Err(Refusal::Closed.into()));
        };
        if !pair.is_open(today)? {
            return Ok(Err(Refusal::Closed.into()));
        }
        let words = match words(&self.typed, bounds.longest) {
            Ok(words) => words,
            Err(error) => return Ok(Err(vec![FieldError { field: "words", code: error.code() }].into())),
        };
        if sent >= bounds.per_week {
            return Ok(Err(Refusal::TooMany.into()));
        }
        let controlled = pair.is_controlled()?;
        let after = |hours: i64| now.plus_minutes(hours.saturating_mul(60));
        let hours = pair.rule.control_hours.ok_or(Error::Broken("hours of control"))?;
        let mut letter = Letter::written(controlled, now, after(hours));
        if !self.from_relative && !controlled {
            // Her letter box is here: what may go on is there.
            letter = letter.delivered(now, Means::Screen).map_err(|_| Error::Broken("a letter to her"))?;
        }
        let release_at = pair.rule.release_hours.filter(|_| controlled).map(after);
        let means = if self.from_relative { means } else { Means::Screen };
        Ok(Ok(Accepted { unit, words, letter, means, release_at }))
    }

    async fn save(
        &self,
        tx: &mut Tx,
        key: &SubjectKey,
        exchange: &Id<ExchangeRow>,
        accepted: &Accepted,
    ) -> Result<()> {
        let (ctx, once, now) = (&self.ctx, &self.once, self.now);
        let body = key.seal(&ctx.chance, &super::body_place(self.id.as_str()), accepted.words.as_bytes())?;
        let columns = super::Columns::of(&accepted.letter);
        let gone = columns.due.is_none().then_some(now);
        let delivered = matches!(accepted.letter, Letter::Delivered { .. }).then_some(now);
        let values = args![
            &self.id,
            &self.public,
            &self.sheet,
            exchange,
            &accepted.unit,
            i64::from(self.from_relative),
            &once.author,
            &once.key,
            once.digest.clone(),
            body,
            accepted.letter.code(),
            now,
            columns.due,
            accepted.release_at,
            accepted.means.code(),
            gone,
            delivered
        ];
        tx.later(INSERT, values).await?;
        if delivered.is_some() {
            let numbers = Numbers::within(tx, now).await?;
            news::tell(tx, ctx, &self.person, &numbers, now).await?;
        }
        Ok(())
    }
}

/// The row of the pair; made when one of the two first does something.
pub(super) async fn exchange(
    tx: &mut Tx,
    pair: &Pair,
    (id, public): &(Id<ExchangeRow>, Public<ExchangeRow>),
    now: Instant,
) -> Result<Id<ExchangeRow>> {
    if let Some(known) = &pair.exchange_id {
        return Ok(Id::new(known.as_str()));
    }
    tx.later(OPEN, args![id, public, &pair.person_id, &pair.inmate_id, now]).await?;
    Ok(id.clone())
}

pub const OPEN: &str =
    "INSERT INTO exchange (id, public_id, person_id, inmate_id, opened_at) VALUES ($1, $2, $3, $4, $5)";
pub const INSERT: &str = "INSERT INTO letter (id, public_id, sheet, exchange_id, unit_id, from_relative, author, form_key, \
    digest, body, state, state_at, due_at, release_at, means, written_at, released_at, delivered_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $12, $16, $17)";
