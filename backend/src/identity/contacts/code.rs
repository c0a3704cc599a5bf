//! The code that opens an address: six digits, good for half an hour, of which only a keyed hash is kept.
//! The letter with it is sealed in the outbox. Codes are few, whoever asks: nobody's inbox is flooded from here.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    access::Person,
    identity::{CODE_MINUTES, CodeRefusal, CodesSent, Waiting},
    kernel::{EmailAddress, Id, Instant, Locale},
};
use subtle::ConstantTimeEq;

use super::{EMAIL, LOAD, Row};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    outbox,
};

/// The outbox kind of the letter with the code.
pub const CODE_LETTER: &str = "identity.code";

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

/// The letter with the code, ready to be written.
#[derive(Debug)]
pub struct CodeMail {
    pub to: EmailAddress,
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
    pub fn draw(ctx: &Ctx, person: &Id<Person>) -> Result<Self> {
        let code = ctx.chance.code();
        let sealed = ctx.vault.seal(&ctx.chance, &place(person), code.as_bytes())?;
        let letter =
            CodeLetter { person: person.as_str().to_owned(), sealed: BASE64_STANDARD.encode(sealed) };
        Ok(Self {
            hash: hash(ctx, person, &code),
            expires_at: ctx.now().plus_minutes(CODE_MINUTES),
            job: outbox::Job::new(ctx, CODE_LETTER, &letter)?,
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

/// Opens the address if the code is the one that was sent there. An open address stays open.
pub async fn confirm(ctx: &Ctx, who: &Citizen, code: &str) -> Result<Result<(), CodeRefusal>> {
    let entry = audit::Entry::new(ctx, &Actor::Citizen(who.clone()), "contact_confirmed");
    let entry = entry.about("person", &who.person);
    let hash = hash(ctx, &who.person, code);
    let opened = AddressOpened { person: who.person.as_str().to_owned() };
    let job = outbox::Job::new(ctx, ADDRESS_OPENED, &opened)?;
    ctx.db.write(Confirm { person: who.person.clone(), hash, now: ctx.now(), entry, job }).await
}

struct Confirm {
    person: Id<Person>,
    hash: Vec<u8>,
    now: Instant,
    entry: audit::Entry,
    job: outbox::Job,
}

impl Command for Confirm {
    type Out = Result<(), CodeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = email_row(tx, &self.person).await? else { return Ok(Err(CodeRefusal::Expired)) };
        if row.confirmed_at.is_some() {
            return Ok(Ok(()));
        }
        let verdict = row.waiting().judge(row.matches(&self.hash), self.now);
        match verdict {
            Ok(()) => {
                tx.execute(CONFIRMED, args![self.now, &self.person]).await?;
                self.entry.save(tx).await?;
                self.job.save(tx).await?;
            }
            Err(CodeRefusal::Wrong | CodeRefusal::TooManyTries) => {
                tx.execute(ONE_MORE_TRY, args![&self.person]).await?;
            }
            Err(_) => {}
        }
        Ok(verdict)
    }
}

/// Sends a new code to the address that waits; the old one is worth nothing from then on.
pub async fn resend(ctx: &Ctx, who: &Citizen) -> Result<Result<(), CodeRefusal>> {
    let code = Code::draw(ctx, &who.person)?;
    ctx.db.write(Resend { person: who.person.clone(), code, now: ctx.now() }).await
}

struct Resend {
    person: Id<Person>,
    code: Code,
    now: Instant,
}

impl Command for Resend {
    type Out = Result<(), CodeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row = email_row(tx, &self.person).await?.filter(|row| row.confirmed_at.is_none());
        let Some(row) = row else { return Ok(Ok(())) };
        let sent = match row.codes().one_more(self.now) {
            Ok(sent) => sent,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let values = args![&*self.code.hash, self.code.expires_at, sent.count, sent.since, &self.person];
        tx.execute(NEW_CODE, values).await?;
        self.code.send(tx).await?;
        Ok(Ok(()))
    }
}

async fn email_row(tx: &mut Tx, person: &Id<Person>) -> Result<Option<Row>> {
    let rows: Vec<Row> = tx.all(LOAD, args![person]).await?;
    Ok(rows.into_iter().find(|row| row.kind == EMAIL))
}

/// What the letter says and where it goes. `None` when another code or address has taken its place, when it is
/// too old, or when the address is open already.
pub async fn code_mail(ctx: &Ctx, letter: &CodeLetter) -> Result<Option<CodeMail>> {
    let person: Id<Person> = Id::new(letter.person.as_str());
    let sealed = BASE64_STANDARD.decode(&letter.sealed).map_err(|_| Error::Broken("code letter"))?;
    let code = ctx.vault.open(&place(&person), &sealed)?;
    let code = std::str::from_utf8(&code).map_err(|_| Error::Broken("code letter"))?.to_owned();
    let rows: Vec<Row> = ctx.db.all(LOAD, args![&person]).await?;
    let Some(row) = rows.iter().find(|row| row.kind == EMAIL) else { return Ok(None) };
    let good = row.code_expires_at.is_some_and(|at| Instant(at) > ctx.now());
    if !good || row.confirmed_at.is_some() || !row.matches(&hash(ctx, &person, &code)) {
        return Ok(None);
    }
    let contacts = super::load(ctx, &person).await?;
    Ok(contacts.email.map(|email| CodeMail { to: email.address, code, locale: contacts.locale }))
}

fn hash(ctx: &Ctx, person: &Id<Person>, code: &str) -> Vec<u8> {
    ctx.vault.fingerprint("contact_code", &format!("{person}/{code}"))
}

/// Where the code of a letter is sealed.
fn place(person: &Id<Person>) -> String {
    format!("outbox/code/{person}")
}

pub const CONFIRMED: &str = "UPDATE contact SET confirmed_at = $1, ever_confirmed = 1, code_hash = NULL, code_expires_at = NULL, \
    code_tries = 0 WHERE person_id = $2 AND kind = 'email'";
pub const ONE_MORE_TRY: &str =
    "UPDATE contact SET code_tries = code_tries + 1 WHERE person_id = $1 AND kind = 'email'";
pub const NEW_CODE: &str = "UPDATE contact SET code_hash = $1, code_expires_at = $2, code_tries = 0, codes_sent = $3, \
    codes_since = $4 WHERE person_id = $5 AND kind = 'email'";
