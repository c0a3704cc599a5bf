//! The officer's answer: is it of significance to her, and do its conditions concern her directly? A yes opens the
//! obligation in the same transaction.

use domain::{
    custody::Kind,
    kernel::{Id, Instant, Public, paragraph},
    notices::Answer,
};

use super::{
    MatterRow, Party, breaker,
    columns::answer_code,
    reading::{self, Reach},
    stored, trail,
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 1_000;

/// What the officer says of one matter.
#[derive(Clone, Debug)]
pub struct Said {
    pub answer: Answer,
    pub reason: String,
    /// The same for all events of this kind from now on.
    pub standing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The law asks for a reason.
    NoReason,
    /// Somebody has answered, or there is nothing left to ask.
    Answered,
    /// A setting has turned standing assessments off.
    NoStanding,
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::NoReason => "reason",
            Self::Answered => "answered",
            Self::NoStanding => "no_standing",
        }
    }
}

/// None: it is not for this officer to see.
pub async fn answer(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<MatterRow>,
    said: Said,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let Ok(reason) = paragraph(&said.reason, LONGEST_REASON) else {
        return Ok(Some(Err(Refusal::NoReason)));
    };
    let reach = reading::reach(staff);
    let said = Said { reason, ..said };
    let command = AnswerIt {
        ctx: ctx.clone(),
        staff: staff.clone(),
        reach,
        public: public.clone(),
        said,
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct AnswerIt {
    ctx: Ctx,
    staff: Staff,
    reach: Reach,
    public: Public<MatterRow>,
    said: Said,
    now: Instant,
}

#[derive(sqlx::FromRow)]
struct Found {
    id: String,
    unit_id: String,
    officer_id: Option<String>,
}

impl Command for AnswerIt {
    type Out = Option<std::result::Result<(), Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.now);
        let Some(found) = tx.optional::<Found>(FOUND, args![&self.public]).await? else { return Ok(None) };
        if !self.reach.may(&found.unit_id, found.officer_id.as_deref()) {
            return Ok(None);
        }
        let id: Id<MatterRow> = Id::new(found.id);
        let mut loaded = stored::load(tx, ctx, &id).await?;
        let rules = Rules::within(tx, now.date()).await?;
        if self.said.standing && rules.days("notices.standing_allowed")? == 0 {
            return Ok(Some(Err(Refusal::NoStanding)));
        }
        let facts = stored::facts(tx, loaded.channels.len(), now).await?;
        if !loaded.matter.answer(self.said.answer, &facts) {
            return Ok(Some(Err(Refusal::Answered)));
        }
        loaded.answered_by = Some(self.staff.staff.as_str().to_owned());
        loaded.reason = Some(sealed(ctx, id.as_str(), &self.said.reason)?);
        let kind = loaded.matter.stands.kind;
        loaded.save(tx, ctx, now).await?;
        if self.said.standing {
            let days = rules.days("notices.standing_days")?;
            self.stand(tx, &Id::new(loaded.party.as_str()), kind, days).await?;
        }
        breaker::watch(tx, ctx, &facts, now).await?;
        let actor = Actor::Staff(self.staff.clone());
        trail::note(tx, ctx, &actor, ("notice.answered", &loaded.recipient), answer_code(self.said.answer))
            .await?;
        Ok(Some(Ok(())))
    }
}

impl AnswerIt {
    async fn stand(&self, tx: &mut Tx, party: &Id<Party>, kind: Kind, days: i64) -> Result<()> {
        let id: Id<Party> = self.ctx.chance.id(self.now);
        let values = args![
            &id,
            party,
            kind.code(),
            answer_code(self.said.answer),
            sealed(&self.ctx, party.as_str(), &self.said.reason)?,
            &self.staff.staff,
            self.now,
            self.now.plus_days(days).date()
        ];
        tx.later(STANDING, values).await
    }
}

fn place(about: &str) -> String {
    format!("notice/reason/{about}")
}

fn sealed(ctx: &Ctx, about: &str, reason: &str) -> Result<Vec<u8>> {
    ctx.vault.seal(&ctx.chance, &place(about), reason.as_bytes())
}

pub(super) fn opened(ctx: &Ctx, about: &str, sealed: &[u8]) -> Result<String> {
    Ok(String::from_utf8_lossy(&ctx.vault.open(&place(about), sealed)?).into_owned())
}

pub const FOUND: &str = "SELECT m.id, c.unit_id, c.officer_id FROM notice_matter m \
    JOIN notice_party p ON p.id = m.party_id JOIN notice_case c ON c.id = p.case_id WHERE m.public_id = $1";
pub const STANDING: &str = "INSERT INTO notice_standing (id, party_id, kind, answer, reason, given_by, given_at, expires_on) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (party_id, kind) DO UPDATE SET answer = excluded.answer, \
    reason = excluded.reason, given_by = excluded.given_by, given_at = excluded.given_at, expires_on = excluded.expires_on";
