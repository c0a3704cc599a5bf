//! How a person can be reached. Sealed under her key; an address counts once she has confirmed it by a code,
//! and until then nothing but that code is sent to it.

mod code;
mod save;
#[cfg(test)]
pub(crate) mod tests;

use domain::{
    access::Person,
    identity::Remind,
    kernel::{EmailAddress, Id, Instant, Locale, Phone},
};

pub use code::{
    ADDRESS_OPENED, AddressOpened, CODE_LETTER, CODE_TEXT, CodeLetter, Sent, To, code_sent, confirm, resend,
};
pub(in crate::identity) use save::FirstPhone;
pub use save::{Changed, Prepared, Unproved, change, may_change, prepare};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::Tx,
    vault::{SUBJECT_KEY, SubjectKey},
};

#[derive(Clone, Debug, Default)]
pub struct Contacts {
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// The language she wants to be written to in, if she has said so.
    pub locale: Option<Locale>,
    /// Letters may say what they are about.
    pub plain_words: bool,
    /// When she wants to be reminded of a visit.
    pub remind: Remind,
    /// She wants text messages too.
    pub by_text: bool,
    /// What is known of her number besides.
    pub number: Number,
    /// She has confirmed an address at some time, this one or an earlier one.
    pub ever_confirmed: bool,
}

#[derive(Clone, Debug)]
pub struct Email {
    pub address: EmailAddress,
    pub confirmed: bool,
    /// Until when the code that was sent there is good, if there is one.
    pub code_until: Option<Instant>,
}

/// A number counts for text messages once a code that was sent there has come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Number {
    pub confirmed: bool,
    /// Until when the code that was sent there is good, if there is one.
    pub code_until: Option<Instant>,
}

/// What a code was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Email,
    Phone,
}

impl Via {
    fn code(self) -> &'static str {
        match self {
            Self::Email => EMAIL,
            Self::Phone => PHONE,
        }
    }
}

impl Contacts {
    /// The only number that anything but a code may go to. A wish that is taken back closes it; her word opens it again.
    pub fn confirmed_number(&self) -> Option<&Phone> {
        self.phone.as_ref().filter(|_| self.by_text && self.number.confirmed)
    }

    /// She wants texts, and her number is not confirmed.
    pub fn number_awaits_code(&self) -> bool {
        self.by_text && self.phone.is_some() && !self.number.confirmed
    }

    /// The only address that anything but a code may go to.
    pub fn confirmed_email(&self) -> Option<&EmailAddress> {
        self.email.as_ref().filter(|email| email.confirmed).map(|email| &email.address)
    }

    /// There is an address, and a code for it waits to be typed.
    pub fn awaits_code(&self) -> bool {
        self.email.as_ref().is_some_and(|email| !email.confirmed)
    }
}

/// A contact as stored.
#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    sealed: Vec<u8>,
    code_hash: Option<Vec<u8>>,
    code_expires_at: Option<i64>,
    code_tries: i64,
    confirmed_at: Option<i64>,
    ever_confirmed: i64,
    codes_sent: i64,
    codes_since: Option<i64>,
}

pub async fn load(ctx: &Ctx, person: &Id<Person>) -> Result<Contacts> {
    let wishes: Option<(Option<String>, i64, String, i64)> = ctx.db.optional(WISHES, args![person]).await?;
    let (locale, plain, remind, text) = wishes.unwrap_or_default();
    let remind = Remind::parse(&remind).unwrap_or_default();
    let locale = locale.as_deref().and_then(Locale::parse);
    let contacts = open(ctx, person, &ctx.db.all::<Row>(LOAD, args![person]).await?).await?;
    Ok(Contacts { locale, plain_words: plain == 1, remind, by_text: text == 1, ..contacts })
}

async fn open(ctx: &Ctx, person: &Id<Person>, rows: &[Row]) -> Result<Contacts> {
    if rows.is_empty() {
        return Ok(Contacts::default());
    }
    let (key,): (Vec<u8>,) = ctx.db.one(SUBJECT_KEY, args![person]).await?;
    opened(&ctx.vault.subject_from(person.as_str(), &key)?, person, rows)
}

fn opened(key: &SubjectKey, person: &Id<Person>, rows: &[Row]) -> Result<Contacts> {
    let mut contacts = Contacts::default();
    for row in rows {
        let plain = key.open(&place(person, &row.kind), &row.sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| Error::Broken("contact"))?;
        let (confirmed, code_until) = (row.confirmed_at.is_some(), row.code_expires_at.map(Instant));
        if row.kind == EMAIL {
            let address = EmailAddress::parse(text).map_err(|_| Error::Broken("contact"))?;
            contacts.ever_confirmed = row.ever_confirmed == 1;
            contacts.email = Some(Email { address, confirmed, code_until });
        } else {
            contacts.phone = Some(Phone::parse(text).map_err(|_| Error::Broken("contact"))?);
            contacts.number = Number { confirmed, code_until };
        }
    }
    Ok(contacts)
}

/// A number as it is kept, with the key of its person.
pub fn phone_of(ctx: &Ctx, person: &Id<Person>, key: &[u8], sealed: &[u8]) -> Result<Phone> {
    let plain = ctx.vault.subject_from(person.as_str(), key)?.open(&place(person, PHONE), sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| Error::Broken("contact"))?;
    Phone::parse(text).map_err(|_| Error::Broken("contact"))
}

/// Whether somebody else is reached at this address: another number than `own`. Compared as hashes; nothing is read.
pub async fn is_anothers(tx: &mut Tx, ctx: &Ctx, address: &str, own: Option<&str>) -> Result<bool> {
    let hash = address_hash(ctx, address);
    let found: Option<(String,)> = match own {
        Some(number) => {
            let own = ctx.vault.fingerprint("national_id", number);
            tx.optional(ANOTHERS, args![hash, own]).await?
        }
        None => tx.optional(ANYBODYS, args![hash]).await?,
    };
    Ok(found.is_some())
}

fn address_hash(ctx: &Ctx, address: &str) -> Vec<u8> {
    ctx.vault.fingerprint("contact_address", &address.to_lowercase())
}

const EMAIL: &str = "email";
const PHONE: &str = "phone";

fn place(person: &Id<Person>, kind: &str) -> String {
    format!("contact/sealed/{person}/{kind}")
}

pub const ANOTHERS: &str = "SELECT c.person_id FROM contact c LEFT JOIN person_number n ON n.person_id = c.person_id \
    WHERE c.address_hash = $1 AND (n.hash IS NULL OR n.hash <> $2)";
pub const ANYBODYS: &str = "SELECT person_id FROM contact WHERE address_hash = $1 LIMIT 1";
pub const WISHES: &str = "SELECT locale, plain_words, remind, by_text FROM person WHERE id = $1";
pub const LOAD: &str = "SELECT kind, sealed, code_hash, code_expires_at, code_tries, confirmed_at, ever_confirmed, codes_sent, \
    codes_since FROM contact WHERE person_id = $1 ORDER BY kind";
