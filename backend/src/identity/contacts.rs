//! How a person can be reached. Sealed under her key; an address counts once she has confirmed it by a code,
//! and until then nothing but that code is sent to it.

use domain::{
    access::Person,
    kernel::{EmailAddress, Id, Instant, Phone},
};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Record, Tx},
    outbox,
    vault::{SUBJECT_KEY, SubjectKey},
};

/// How long a code is good.
const CODE_MINUTES: i64 = 30;

/// The outbox kind of the letter with the code.
pub const CODE_LETTER: &str = "identity.code";

#[derive(Clone, Debug, Default)]
pub struct Contacts {
    pub email: Option<Email>,
    pub phone: Option<Phone>,
}

#[derive(Clone, Debug)]
pub struct Email {
    pub address: EmailAddress,
    pub confirmed: bool,
}

/// The letter with the code: sealed in the outbox, for the code opens an address.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct CodeLetter {
    pub person: String,
    /// `code` sealed by the vault, in base64.
    pub sealed: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    sealed: Vec<u8>,
    confirmed_at: Option<i64>,
}

pub async fn load(ctx: &Ctx, person: &Id<Person>) -> Result<Contacts> {
    let rows: Vec<Row> = ctx.db.all(LOAD, args![person]).await?;
    if rows.is_empty() {
        return Ok(Contacts::default());
    }
    let (key,): (Vec<u8>,) = ctx.db.one(SUBJECT_KEY, args![person]).await?;
    open(&ctx.vault.subject_from(person.as_str(), &key)?, person, rows)
}

fn open(key: &SubjectKey, person: &Id<Person>, rows: Vec<Row>) -> Result<Contacts> {
    let mut contacts = Contacts::default();
    for row in rows {
        let plain = key.open(&place(person, &row.kind), &row.sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| Error::Broken("contact"))?;
        if row.kind == "email" {
            let address = EmailAddress::parse(text).map_err(|_| Error::Broken("contact"))?;
            contacts.email = Some(Email { address, confirmed: row.confirmed_at.is_some() });
        } else {
            contacts.phone = Some(Phone::parse(text).map_err(|_| Error::Broken("contact"))?);
        }
    }
    Ok(contacts)
}

/// Contact details on their way into a transaction. What has not changed is left alone, confirmation and all.
pub struct Prepared {
    ctx: Ctx,
    person: Id<Person>,
    email: EmailAddress,
    phone: Phone,
    now: Instant,
}

pub async fn prepare(
    ctx: &Ctx,
    person: &Id<Person>,
    email: &EmailAddress,
    phone: &Phone,
) -> Result<Prepared> {
    let (ctx, person, now) = (ctx.clone(), person.clone(), ctx.now());
    Ok(Prepared { ctx, person, email: email.clone(), phone: phone.clone(), now })
}

impl Prepared {
    pub async fn save(&self, tx: &mut Tx) -> Result<()> {
        let key = self.ctx.vault.subject(tx, self.person.as_str()).await?;
        let known = open(&key, &self.person, all(tx, &self.person).await?)?;
        if known.phone.as_ref() != Some(&self.phone) {
            self.put(tx, &key, "phone", self.phone.as_str(), None).await?;
        }
        if known.email.map(|e| e.address).as_ref() != Some(&self.email) {
            let code = self.ctx.chance.code();
            let hash = self.ctx.vault.fingerprint("contact_code", &format!("{}/{code}", self.person));
            self.put(tx, &key, "email", self.email.as_str(), Some(hash)).await?;
            self.send(tx, &code).await?;
        }
        Ok(())
    }

    async fn put(
        &self,
        tx: &mut Tx,
        key: &SubjectKey,
        kind: &str,
        text: &str,
        code: Option<Vec<u8>>,
    ) -> Result<()> {
        let sealed = key.seal(&self.ctx.chance, &place(&self.person, kind), text.as_bytes())?;
        let expires = code.as_ref().map(|_| self.now.plus_minutes(CODE_MINUTES));
        let id = self.ctx.chance.id::<Contacts>(self.now);
        tx.execute(PUT, args![&id, &self.person, kind, sealed, code, expires, self.now]).await.map(|_| ())
    }

    async fn send(&self, tx: &mut Tx, code: &str) -> Result<()> {
        use base64::{Engine, prelude::BASE64_STANDARD};
        let sealed = self.ctx.vault.seal(&self.ctx.chance, &code_place(&self.person), code.as_bytes())?;
        let letter =
            CodeLetter { person: self.person.as_str().to_owned(), sealed: BASE64_STANDARD.encode(sealed) };
        outbox::Job::new(&self.ctx, CODE_LETTER, &letter)?.save(tx).await
    }
}

async fn all<R: Record>(tx: &mut Tx, person: &Id<Person>) -> Result<Vec<R>> {
    tx.all(LOAD, args![person]).await
}

fn place(person: &Id<Person>, kind: &str) -> String {
    format!("contact/sealed/{person}/{kind}")
}

/// Where the code of a letter is sealed.
pub fn code_place(person: &Id<Person>) -> String {
    format!("outbox/code/{person}")
}

pub const LOAD: &str = "SELECT kind, sealed, confirmed_at FROM contact WHERE person_id = $1";
pub const PUT: &str = "INSERT INTO contact (id, person_id, kind, sealed, code_hash, code_expires_at, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id, kind) DO UPDATE SET sealed = excluded.sealed, \
    code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at, code_tries = 0, confirmed_at = NULL";
