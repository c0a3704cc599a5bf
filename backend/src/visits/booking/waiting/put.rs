//! Putting oneself on the list: the company of the draft, a period and the days that suit.

use domain::{
    kernel::{Id, Instant, Public},
    visits::booking::waiting::{Period, Wait, WaitEnd},
};

use super::{
    super::facts::{DraftRow, From},
    end::end,
    rows::period,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    pub public: Public<Wait>,
    /// It took the place of another one, and stands at the end of the line.
    pub replaced: bool,
}

/// None without a draft of a new visit: who comes is asked first. The same again is the same wait.
pub async fn put(ctx: &Ctx, who: &Citizen, period: Period) -> Result<Option<Put>> {
    let (id, public, now) = (ctx.chance.id(ctx.now()), ctx.chance.public(), ctx.now());
    ctx.db.write(PutOn { ctx: ctx.clone(), id, public, who: who.clone(), period, now }).await
}

struct PutOn {
    ctx: Ctx,
    id: Id<Wait>,
    public: Public<Wait>,
    who: Citizen,
    period: Period,
    now: Instant,
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    id: String,
    public_id: String,
    unit_id: String,
    first_day: String,
    last_day: String,
    suits: String,
}

impl Command for PutOn {
    type Out = Option<Put>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(draft) = DraftRow::of(&mut From::Tx(tx), &self.who.person).await? else { return Ok(None) };
        if draft.changes.is_some() {
            return Ok(None);
        }
        let actor = Actor::Citizen(self.who.clone());
        let open: Option<OpenRow> = tx.optional(OPEN, args![&self.who.person, &draft.inmate_id]).await?;
        let replaced = open.is_some();
        if let Some(old) = open {
            if self.is_same(tx, &old, &draft).await? {
                let public = Public::parse(&old.public_id).ok_or(Error::Broken("public id"))?;
                return Ok(Some(Put { public, replaced: false }));
            }
            end(&self.ctx, tx, &actor, &old.id, WaitEnd::Replaced).await?;
        }
        let (p, who) = (&self.period, &self.who.person);
        let values = args![
            &self.id,
            &self.public,
            who,
            &draft.inmate_id,
            &draft.unit_id,
            p.first,
            p.last,
            p.suits.code(),
            self.now
        ];
        tx.later(INSERT, values).await?;
        tx.later(COPY_PARTY, args![&self.id, &draft.id]).await?;
        audit::Entry::new(&self.ctx, &actor, "wait_begun").about("visit_wait", &self.id).save(tx).await?;
        Ok(Some(Put { public: self.public.clone(), replaced }))
    }
}

impl PutOn {
    async fn is_same(&self, tx: &mut Tx, old: &OpenRow, draft: &DraftRow) -> Result<bool> {
        if old.unit_id != draft.unit_id || period(&old.first_day, &old.last_day, &old.suits)? != self.period {
            return Ok(false);
        }
        let (before, now): (Vec<(String,)>, Vec<(String,)>) =
            (tx.all(PARTY, args![&old.id]).await?, tx.all(DRAFT_PARTY, args![&draft.id]).await?);
        Ok(before == now)
    }
}

pub const OPEN: &str = "SELECT id, public_id, unit_id, first_day, last_day, suits FROM visit_wait \
    WHERE person_id = $1 AND inmate_id = $2 AND ended_at IS NULL";
pub const PARTY: &str = "SELECT person_id FROM visit_wait_party WHERE wait_id = $1 ORDER BY person_id";
pub const DRAFT_PARTY: &str =
    "SELECT person_id FROM booking_draft_party WHERE draft_id = $1 ORDER BY person_id";
pub const INSERT: &str = "INSERT INTO visit_wait (id, public_id, person_id, inmate_id, unit_id, first_day, last_day, suits, \
    created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const COPY_PARTY: &str = "INSERT INTO visit_wait_party (wait_id, person_id, child) SELECT $1, person_id, child \
    FROM booking_draft_party WHERE draft_id = $2";
