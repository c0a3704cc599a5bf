//! What she wants: to be told, in which language, in which hours, with which word on the telephone. The answer to a request
//! is the same whoever is named in it, for nobody may learn anything by pretending.

mod set;

use domain::kernel::{Id, Instant, Phone, Public, TextError, line, paragraph};
use serde::{Deserialize, Serialize};

use super::{Profile, Recipient, Request, sessions, sessions::Who, trail};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    rules::Rules,
};

pub(super) use set::ON_AGAIN;
pub use set::{WishForm, set, want};

/// Longest name or word, in characters.
const LONGEST: usize = 100;
/// Longest account of the case, in characters.
const LONGEST_STORY: usize = 2_000;
/// How many neutral texts there are to pick from.
pub const TEXTS: u8 = 3;

/// A request to be told, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct AskForm {
    /// The number of the criminal case, if she has it.
    pub reference: String,
    /// Who was sentenced.
    pub whom: String,
    /// `victim` or `bereaved`.
    pub role: String,
    /// Anything that helps to find the case.
    pub story: String,
    /// Where her officer can ring her.
    pub telephone: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: &'static str,
    pub code: &'static str,
}

/// The request as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Told {
    pub reference: String,
    pub whom: String,
    pub role: String,
    pub story: String,
}

impl AskForm {
    pub fn parse(&self) -> std::result::Result<(Told, String), Vec<Fault>> {
        let mut faults = Vec::new();
        let mut read = |field, text: &str, longest, needed: bool| {
            if text.trim().is_empty() && !needed {
                return String::new();
            }
            let done = if longest == LONGEST { line(text, longest) } else { paragraph(text, longest) };
            done.map_err(|error: TextError| faults.push(Fault { field, code: error.code() }))
                .unwrap_or_default()
        };
        let told = Told {
            reference: read("reference", &self.reference, LONGEST, false),
            whom: read("whom", &self.whom, LONGEST, true),
            story: read("story", &self.story, LONGEST_STORY, false),
            role: self.role.clone(),
        };
        if !matches!(self.role.as_str(), "victim" | "bereaved") {
            faults.push(Fault { field: "role", code: "empty" });
        }
        let telephone = match Phone::parse(&self.telephone) {
            Ok(phone) => phone.as_str().to_owned(),
            Err(error) => {
                faults.push(Fault { field: "telephone", code: error.code() });
                String::new()
            }
        };
        if faults.is_empty() { Ok((told, telephone)) } else { Err(faults) }
    }
}

/// Takes the request. An officer looks at it; the answer now is the same for all.
pub async fn ask(
    ctx: &Ctx,
    visitor: &Visitor,
    form: &AskForm,
) -> Result<std::result::Result<(), Vec<Fault>>> {
    let (told, telephone) = match form.parse() {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults)),
    };
    let now = ctx.now();
    let command = Ask {
        ctx: ctx.clone(),
        visitor: visitor.clone(),
        recipient: ctx.chance.id(now),
        recipient_public: ctx.chance.public(),
        request: ctx.chance.id(now),
        public: ctx.chance.public(),
        told,
        telephone,
        now,
    };
    ctx.db.write(command).await
}

struct Ask {
    ctx: Ctx,
    visitor: Visitor,
    recipient: Id<Recipient>,
    recipient_public: Public<Recipient>,
    request: Id<Request>,
    public: Public<Request>,
    told: Told,
    telephone: String,
    now: Instant,
}

impl Command for Ask {
    type Out = std::result::Result<(), Vec<Fault>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let recipient = self.recipient(tx).await?;
        let (waiting,): (i64,) = tx.one(WAITING, args![&recipient]).await?;
        if waiting >= Rules::within(tx, self.now.date()).await?.days("notices.most_requests")? {
            return Ok(Err(vec![Fault { field: "whom", code: "too_many" }]));
        }
        let mut profile = Profile::of(tx, &self.ctx, &recipient).await?;
        profile.telephone = Some(self.telephone.clone());
        profile.save(tx, &self.ctx, &recipient).await?;
        let told = seal(&self.ctx, &self.request, &self.told)?;
        tx.later(ASK, args![&self.request, &self.public, &recipient, told, self.now]).await?;
        let actor = Actor::Visitor(self.visitor.clone());
        trail::note(tx, &self.ctx, &actor, ("notice.asked", &recipient), "").await?;
        Ok(Ok(()))
    }
}

impl Ask {
    /// Hers, or a new one: nobody has a row here before she asks or is registered.
    async fn recipient(&self, tx: &mut Tx) -> Result<Id<Recipient>> {
        let Who { name, number } = sessions::of_visitor(tx, &self.ctx, &self.visitor).await?;
        let hash = super::number_hash(&self.ctx, &number);
        let known: Option<(String,)> = tx.optional(BY_NUMBER, args![hash.clone()]).await?;
        if let Some((id,)) = known {
            return Ok(Id::new(id));
        }
        let profile = Profile { name, number: Some(number), ..Profile::default() };
        let sealed = profile.seal(&self.ctx, &self.recipient)?;
        let values = args![&self.recipient, &self.recipient_public, Some(hash), sealed, self.now];
        tx.later(NEW, values).await?;
        Ok(self.recipient.clone())
    }
}

fn place(request: &Id<Request>) -> String {
    format!("notice_request/told/{request}")
}

fn seal(ctx: &Ctx, request: &Id<Request>, told: &Told) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(told).map_err(|_| Error::Broken("a request"))?;
    ctx.vault.seal(&ctx.chance, &place(request), &plain)
}

pub(super) fn opened(ctx: &Ctx, request: &Id<Request>, sealed: &[u8]) -> Result<Told> {
    serde_json::from_slice(&ctx.vault.open(&place(request), sealed)?).map_err(|_| Error::Broken("a request"))
}

pub const BY_NUMBER: &str = "SELECT id FROM notice_recipient WHERE number_hash = $1";
pub const NEW: &str = "INSERT INTO notice_recipient (id, public_id, number_hash, profile, created_at) \
    VALUES ($1, $2, $3, $4, $5)";
pub const WAITING: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_request WHERE recipient_id = $1 AND state = 'open'";
pub const ASK: &str = "INSERT INTO notice_request (id, public_id, recipient_id, told, state, made_at) \
    VALUES ($1, $2, $3, $4, 'open', $5)";
