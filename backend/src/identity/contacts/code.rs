//! The code that opens an address: six digits, good for half an hour, of which only a keyed hash is kept.
//! The letter with it is sealed in the outbox. Codes are few, whoever asks: nobody's inbox is flooded from here.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    access::Person,
    identity::{CODE_MINUTES, CodeRefusal, CodesSent, Waiting},
    kernel::{EmailAddress, Id, Instant, Locale, Phone},
};
use subtle::ConstantTimeEq;

use super::{LOAD, Row, Via};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    outbox,
};

/// The outbox kind of the letter with the code.
pub const CODE_LETTER: &str = "identity.code";

/// The outbox kind of the text with the code.
pub const CODE_TEXT: &str = "identity.text_code";

/// The outbox kind of the news that an address has been confirmed.
pub const ADDRESS_OPENED: &str = "identity.address_opened";

/// Whose address it is.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct AddressOpened {
    pub person: String,
}

/// The letter with the code, as it waits in the outbox.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct CodeLetter {
    pub person: String,
    /// The code, sealed by the vault, in base64.
    pub sealed: String,
}

/// Where a code goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Email(EmailAddress),
    Phone(Phone),
}

/// A code, ready to be written to where it goes.
#[derive(Debug)]
pub struct Sent {
    pub to: To,
    pub code: String,
    pub locale: Option<Locale>,
}

/// A code with the letter that carries it.
pub(super) struct Code {
    pub hash: Vec<u8>,
    pub expires_at: Instant,
    job: outbox::Job,
}

impl Code {
    pub fn draw(ctx: &Ctx, person: &Id<Person>, via: Via) -> Result<Self> {
        let code = ctx.chance.code();
        let sealed = ctx.vault.seal(&ctx.chance, &place(person, via), code.as_bytes())?;
        let letter =
            CodeLetter { person: person.as_str().to_owned(), sealed: BASE64_STANDARD.encode(sealed) };
        let kind = match via {
            Via::Email => CODE_LETTER,
            Via::Phone => CODE_TEXT,
        };
        Ok(Self {
            hash: hash(ctx, person, via, &code),
            expires_at: ctx.now().plus_minutes(CODE_MINUTES),
            job: outbox::Job::new(ctx, kind, &letter)?,
        })
    }

    pub async fn send(&self, tx: &mut Tx) -> Result<()> {
        self.job.save(tx).await
    }
}

impl Row {
    pub(super) fn codes(&self) -> CodesSent {
        CodesSent { count: self.codes_sent, since: self.codes_since.map(Instant) }
    }

    fn waiting(&self) -> Waiting {
        Waiting { expires_at: self.code_expires_at.map(Instant), tries: self.code_tries }
    }

    fn matches(&self, hash: &[u8]) -> bool {
        self.code_hash.as_deref().is_some_and(|known| bool::from(known.ct_eq(hash)))
    }
}

/// Opens the address or the number if the code is the one that was sent there. What is open stays open.
pub async fn confirm(ctx: &Ctx, who: &Citizen, via: Via, code: &str) -> Result<Result<(), CodeRefusal>> {
    let entry = audit::Entry::new(ctx, &Actor::Citizen(who.clone()), "contact_confirmed");
    let entry = entry.about("person", &who.person);
    let entry = entry.detail(via.code());
    let hash = hash(ctx, &who.person, via, code);
    let opened = AddressOpened { person: who.person.as_str().to_owned() };
    let job = outbox::Job::new(ctx, ADDRESS_OPENED, &opened)?;
    ctx.db.write(Confirm { person: who.person.clone(), via, hash, now: ctx.now(), entry, job }).await
}

struct Confirm {
    person: Id<Person>,
    via: Via,
    hash: Vec<u8>,
    now: Instant,
    entry: audit::Entry,
    job: outbox::Job,
}

impl Command for Confirm {
    type Out = Result<(), CodeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = row_of(tx, &self.person, self.via).await? else {
            return Ok(Err(CodeRefusal::Expired));
        };
        if row.confirmed_at.is_some() {
            return Ok(Ok(()));
        }
        let verdict = row.waiting().judge(row.matches(&self.hash), self.now);
        match verdict {
            Ok(()) => {
                tx.later(CONFIRMED, args![self.now, &self.person, self.via.code()]).await?;
                self.entry.save(tx).await?;
                // Letters wait for an address; nothing waits for a number.
                if self.via == Via::Email {
                    self.job.save(tx).await?;
                }
            }
            Err(CodeRefusal::Wrong | CodeRefusal::TooManyTries) => {
                tx.later(ONE_MORE_TRY, args![&self.person, self.via.code()]).await?;
            }
            Err(_) => {}
        }
        Ok(verdict)
    }
}

/// Sends a new code to the address or the number that waits; the old one is worth nothing from then on.
pub async fn resend(ctx: &Ctx, who: &Citizen, via: Via) -> Result<Result<(), CodeRefusal>> {
    let code = Code::draw(ctx, &who.person, via)?;
    ctx.db.write(Resend { person: who.person.clone(), via, code, now: ctx.now() }).await
}

pub(super) struct Resend {
    pub person: Id<Person>,
    pub via: Via,
    pub code: Code,
    pub now: Instant,
}

impl Resend {
    /// For a row that waits for its code.
    pub async fn send(&self, tx: &mut Tx, row: &Row) -> Result<Result<(), CodeRefusal>> {
        let sent = match row.codes().one_more(self.now) {
            Ok(sent) => sent,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (hash, until) = (&*self.code.hash, self.code.expires_at);
        let values = args![hash, until, sent.count, sent.since, &self.person, self.via.code()];
        tx.later(NEW_CODE, values).await?;
        self.code.send(tx).await.map(Ok)
    }
}

impl Command for Resend {
    type Out = Result<(), CodeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row = row_of(tx, &self.person, self.via).await?.filter(|row| row.confirmed_at.is_none());
        let Some(row) = row else { return Ok(Ok(())) };
        self.send(tx, &row).await
    }
}

pub(super) async fn row_of(tx: &mut Tx, person: &Id<Person>, via: Via) -> Result<Option<Row>> {
    let rows: Vec<Row> = tx.all(LOAD, args![person]).await?;
    Ok(rows.into_iter().find(|row| row.kind == via.code()))
}

/// What the letter or text says and where it goes. `None` when another code or address has taken its place, when it is
/// too old, or when the address is open already.
pub async fn code_sent(ctx: &Ctx, via: Via, letter: &CodeLetter) -> Result<Option<Sent>> {
    let person: Id<Person> = Id::new(letter.person.as_str());
    let sealed = BASE64_STANDARD.decode(&letter.sealed).map_err(|_| Error::Broken("code letter"))?;
    let code = ctx.vault.open(&place(&person, via), &sealed)?;
    let code = std::str::from_utf8(&code).map_err(|_| Error::Broken("code letter"))?.to_owned();
    let rows: Vec<Row> = ctx.db.all(LOAD, args![&person]).await?;
    let Some(row) = rows.iter().find(|row| row.kind == via.code()) else { return Ok(None) };
    let good = row.code_expires_at.is_some_and(|at| Instant(at) > ctx.now());
    if !good || row.confirmed_at.is_some() || !row.matches(&hash(ctx, &person, via, &code)) {
        return Ok(None);
    }
    let contacts = super::load(ctx, &person).await?;
    let to = match via {
        Via::Email => contacts.email.map(|email| To::Email(email.address)),
        Via::Phone => contacts.phone.map(To::Phone),
    };
    Ok(to.map(|to| Sent { to, code, locale: contacts.locale }))
}

/// A code for one is none for the other.
fn hash(ctx: &Ctx, person: &Id<Person>, via: Via, code: &str) -> Vec<u8> {
    ctx.vault.fingerprint("contact_code", &format!("{person}/{}/{code}", via.code()))
}

/// Where the code of a letter is sealed.
fn place(person: &Id<Person>, via: Via) -> String {
    format!("outbox/code/{person}/{}", via.code())
}

pub const CONFIRMED: &str = "UPDATE contact SET confirmed_at = $1, ever_confirmed = 1, code_hash = NULL, code_expires_at = NULL, \
    code_tries = 0 WHERE person_id = $2 AND kind = $3";
pub const ONE_MORE_TRY: &str =
    "UPDATE contact SET code_tries = code_tries + 1 WHERE person_id = $1 AND kind = $2";
pub const NEW_CODE: &str = "UPDATE contact SET code_hash = $1, code_expires_at = $2, code_tries = 0, codes_sent = $3, \
    codes_since = $4 WHERE person_id = $5 AND kind = $6";
