//! Changing contact details, by themselves or as a part of another command. What has not changed is left alone,
//! confirmation and all; a changed address is closed until the code that goes there comes back. Each change leaves
//! its trace.

use domain::{
    access::Person,
    identity::{Contact, Remind},
    kernel::{EmailAddress, Id, Instant, Locale, Phone},
};

use super::{
    Contacts, EMAIL, LOAD, PHONE, Row, Via,
    code::{Code, Resend, row_of},
    opened, place,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    vault::SubjectKey,
};

/// Whoever has confirmed an address proves anew who she is before anything that leads to her is changed: an open
/// session alone, on a lost phone or a shared machine, must not turn her letters to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unproved;

/// Contact details on their way into a transaction.
pub struct Prepared {
    ctx: Ctx,
    person: Id<Person>,
    email: EmailAddress,
    phone: Phone,
    code: Code,
    ids: [Id<Contacts>; 2],
    language: Option<Locale>,
    email_entry: audit::Entry,
    phone_entry: audit::Entry,
    now: Instant,
    proved: bool,
}

/// What `save` found to be new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub email: bool,
    pub phone: bool,
    /// She wants texts at a number that waits for its code.
    pub number_waits: bool,
}

/// Draws everything that `save` may need.
pub async fn prepare(ctx: &Ctx, who: &Citizen, email: &EmailAddress, phone: &Phone) -> Result<Prepared> {
    let now = ctx.now();
    let entry = |what| {
        let entry = audit::Entry::new(ctx, &Actor::Citizen(who.clone()), "contact_changed");
        entry.about("person", &who.person).detail(what)
    };
    Ok(Prepared {
        code: Code::draw(ctx, &who.person, Via::Email)?,
        ids: [ctx.chance.id(now), ctx.chance.id(now)],
        ctx: ctx.clone(),
        person: who.person.clone(),
        email: email.clone(),
        phone: phone.clone(),
        language: None,
        email_entry: entry(EMAIL),
        phone_entry: entry(PHONE),
        now,
        proved: who.has_proved_herself(ctx.settings.identity.contact_level(), now),
    })
}

/// Whether these details may be saved as things stand.
pub async fn may_change(
    ctx: &Ctx,
    who: &Citizen,
    email: &EmailAddress,
    phone: &Phone,
) -> Result<std::result::Result<(), Unproved>> {
    let known = super::load(ctx, &who.person).await?;
    let proved = who.has_proved_herself(ctx.settings.identity.contact_level(), ctx.now());
    Ok(judge(&known, email, phone, proved).map(|_| ()))
}

/// What is new, or that she has to prove herself first.
fn judge(
    known: &Contacts,
    email: &EmailAddress,
    phone: &Phone,
    proved: bool,
) -> std::result::Result<Changed, Unproved> {
    let changed = Changed {
        email: known.email.as_ref().map(|e| &e.address) != Some(email),
        phone: known.phone.as_ref() != Some(phone),
        number_waits: false,
    };
    let first = !known.ever_confirmed;
    if proved || first || changed == Changed::default() { Ok(changed) } else { Err(Unproved) }
}

impl Prepared {
    /// The language she has just used becomes that of her letters, unless she has chosen one.
    #[must_use]
    pub fn in_language(self, locale: Locale) -> Self {
        Self { language: Some(locale), ..self }
    }

    /// A changed address is left without a code when so many went out lately that the next must wait.
    /// Writes nothing if she has to prove herself first.
    pub async fn save(&self, tx: &mut Tx) -> Result<std::result::Result<Changed, Unproved>> {
        let key = self.ctx.vault.subject(tx, self.person.as_str()).await?;
        let rows: Vec<Row> = tx.all(LOAD, args![&self.person]).await?;
        let known = opened(&key, &self.person, &rows)?;
        let changed = match judge(&known, &self.email, &self.phone, self.proved) {
            Ok(changed) => changed,
            Err(unproved) => return Ok(Err(unproved)),
        };
        if changed.phone {
            let sealed = self.seal(&key, PHONE, self.phone.as_str())?;
            let hash = super::address_hash(&self.ctx, self.phone.as_str());
            tx.later(PUT_PHONE, args![&self.ids[0], &self.person, sealed, self.now, hash]).await?;
            self.phone_entry.save(tx).await?;
        }
        if changed.email {
            self.save_email(tx, &key, rows.iter().find(|row| row.kind == EMAIL)).await?;
            self.email_entry.save(tx).await?;
        }
        if let Some(locale) = self.language {
            tx.later(FIRST_LANGUAGE, args![locale.code(), &self.person]).await?;
        }
        Ok(Ok(changed))
    }

    /// Neutral letters turn plain by her own hand alone: somebody else may hold the phone they come to.
    async fn may_be_plain(&self, tx: &mut Tx) -> Result<bool> {
        if self.proved {
            return Ok(true);
        }
        let guarded: Option<(String,)> = tx.optional(NEUTRAL_AND_CONFIRMED, args![&self.person]).await?;
        Ok(guarded.is_none())
    }

    async fn save_email(&self, tx: &mut Tx, key: &SubjectKey, before: Option<&Row>) -> Result<()> {
        let codes = before.map(Row::codes).unwrap_or_default();
        let more = codes.one_more(self.now).ok();
        let code = more.map(|_| (&*self.code.hash, self.code.expires_at));
        let sent = more.unwrap_or(codes);
        let values = args![
            &self.ids[1],
            &self.person,
            self.seal(key, EMAIL, self.email.as_str())?,
            code.map(|(hash, _)| hash),
            code.map(|(_, expires)| expires),
            sent.count,
            sent.since,
            self.now,
            super::address_hash(&self.ctx, self.email.as_str())
        ];
        tx.later(PUT_EMAIL, values).await?;
        if code.is_some() { self.code.send(tx).await } else { Ok(()) }
    }

    fn seal(&self, key: &SubjectKey, kind: &str, text: &str) -> Result<Vec<u8>> {
        key.seal(&self.ctx.chance, &place(&self.person, kind), text.as_bytes())
    }
}

/// Changes her own details and wishes. Tells what was new.
pub async fn change(
    ctx: &Ctx,
    who: &Citizen,
    contact: &Contact,
) -> Result<std::result::Result<Changed, Unproved>> {
    let command = Change {
        details: prepare(ctx, who, &contact.email, &contact.phone).await?,
        locale: contact.locale,
        plain_words: contact.plain_words,
        remind: contact.remind,
        by_text: contact.by_text && ctx.settings.offers_texts(),
        number: Resend {
            person: who.person.clone(),
            via: Via::Phone,
            code: Code::draw(ctx, &who.person, Via::Phone)?,
            now: ctx.now(),
        },
    };
    ctx.db.write(command).await
}

struct Change {
    details: Prepared,
    locale: Locale,
    plain_words: bool,
    remind: Remind,
    by_text: bool,
    number: Resend,
}

impl Change {
    /// Whoever wants texts gets a code at her number first. One that waits there already is not sent anew.
    async fn ask_number(&self, tx: &mut Tx) -> Result<bool> {
        if !self.by_text {
            return Ok(false);
        }
        let row = row_of(tx, &self.number.person, Via::Phone).await?;
        let Some(row) = row.filter(|row| row.confirmed_at.is_none()) else { return Ok(false) };
        if row.code_expires_at.is_none_or(|at| at <= self.number.now.micros()) {
            // Too many codes: the page says that none is on its way.
            let _ = self.number.send(tx, &row).await?;
        }
        Ok(true)
    }
}

impl Command for Change {
    type Out = std::result::Result<Changed, Unproved>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        if self.plain_words && !self.details.may_be_plain(tx).await? {
            return Ok(Err(Unproved));
        }
        let changed = match self.details.save(tx).await? {
            Ok(changed) => changed,
            Err(unproved) => return Ok(Err(unproved)),
        };
        let (locale, remind) = (self.locale.code(), self.remind.code());
        let wishes = args![locale, self.plain_words, &self.details.person, remind, self.by_text];
        tx.later(PUT_WISHES, wishes).await?;
        Ok(Ok(Changed { number_waits: self.ask_number(tx).await?, ..changed }))
    }
}

/// The telephone of somebody whom staff register: she has none before, and no address of hers is guarded by it.
pub(in crate::identity) struct FirstPhone {
    id: Id<Contacts>,
    sealed: Vec<u8>,
    hash: Vec<u8>,
}

impl FirstPhone {
    pub(in crate::identity) fn draw(
        ctx: &Ctx,
        key: &SubjectKey,
        person: &Id<Person>,
        phone: &Phone,
    ) -> Result<Self> {
        let sealed = key.seal(&ctx.chance, &place(person, PHONE), phone.as_str().as_bytes())?;
        Ok(Self { id: ctx.chance.id(ctx.now()), sealed, hash: super::address_hash(ctx, phone.as_str()) })
    }

    pub(in crate::identity) async fn save(
        &self,
        tx: &mut Tx,
        person: &Id<Person>,
        now: Instant,
    ) -> Result<()> {
        let values = args![&self.id, person, self.sealed.as_slice(), now, self.hash.as_slice()];
        tx.later(PUT_PHONE, values).await
    }
}

pub const PUT_PHONE: &str = "INSERT INTO contact (id, person_id, kind, sealed, created_at, address_hash) \
    VALUES ($1, $2, 'phone', $3, $4, $5) ON CONFLICT (person_id, kind) DO UPDATE SET sealed = excluded.sealed, \
    address_hash = excluded.address_hash, code_hash = NULL, code_expires_at = NULL, code_tries = 0, confirmed_at = NULL";
pub const PUT_EMAIL: &str = "INSERT INTO contact (id, person_id, kind, sealed, code_hash, code_expires_at, codes_sent, \
    codes_since, created_at, address_hash) VALUES ($1, $2, 'email', $3, $4, $5, $6, $7, $8, $9) \
    ON CONFLICT (person_id, kind) DO UPDATE SET sealed = excluded.sealed, code_hash = excluded.code_hash, \
    code_expires_at = excluded.code_expires_at, code_tries = 0, confirmed_at = NULL, \
    codes_sent = excluded.codes_sent, codes_since = excluded.codes_since, address_hash = excluded.address_hash";
pub const PUT_WISHES: &str =
    "UPDATE person SET locale = $1, plain_words = $2, remind = $4, by_text = $5 WHERE id = $3";
pub const FIRST_LANGUAGE: &str = "UPDATE person SET locale = $1 WHERE id = $2 AND locale IS NULL";
pub const NEUTRAL_AND_CONFIRMED: &str = "SELECT p.id FROM person p JOIN contact c ON c.person_id = p.id \
    WHERE p.id = $1 AND p.plain_words = 0 AND c.kind = 'email' AND c.ever_confirmed = 1";
