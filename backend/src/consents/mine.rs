//! What one at home is asked, as she sees it: her own words alone. Who else is asked, and what they say, is not here.

use domain::{
    access::Level,
    consents::{Said, Standing, Word, standing},
    kernel::{CivilDate, Instant, Locale, Public, Reference},
};

use super::{
    PersonMark, WordMark, address_place, applicant_place,
    evidence::sha256,
    opened_text, public, reference,
    rows::{HERS, HERS_ONE, HOME, HOMES_OF_HERS, HomeRecord, PersonRecord, by_person, words},
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::Tx,
};

/// The text that is consented to, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub body: String,
    pub locale: Locale,
    /// SHA-256 of the body, in hex.
    pub sha256: String,
}

/// A word of hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyWord {
    pub public: Public<WordMark>,
    pub said: Said,
    pub at: Instant,
    /// SHA-256 of what is kept of it, in hex.
    pub sha256: String,
}

/// A home of hers that somebody wants to serve at.
#[derive(Clone, Debug)]
pub struct MyHome {
    pub public: Public<PersonMark>,
    pub reference: Reference,
    pub applicant: String,
    pub address: String,
    pub unit_name: String,
    pub unit_phone: String,
    pub answer_by: CivilDate,
    pub closed: bool,
    pub standing: Standing,
    /// Oldest first.
    pub words: Vec<MyWord>,
}

/// Those she is asked about, the newest first. Below the high level it is told to nobody whether there are any.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyHome>> {
    if who.level < Level::High {
        return Ok(vec![]);
    }
    let people = by_person(ctx.db.all(HERS, args![&who.person]).await?);
    let homes: Vec<HomeRecord> = ctx.db.all(HOMES_OF_HERS, args![&who.person]).await?;
    let of = |rows: &Vec<PersonRecord>| homes.iter().find(|home| home.id == rows[0].case_id).cloned();
    people.iter().filter_map(|rows| Some(my_home(ctx, of(rows)?, rows))).collect()
}

/// One of them; none if she is not asked.
pub async fn one(ctx: &Ctx, who: &Citizen, asked: &Public<PersonMark>) -> Result<Option<MyHome>> {
    if who.level < Level::High {
        return Ok(None);
    }
    let rows: Vec<PersonRecord> = ctx.db.all(HERS_ONE, args![&who.person, asked]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let home: HomeRecord = ctx.db.one(HOME, args![&first.case_id]).await?;
    Ok(Some(my_home(ctx, home, &rows)?))
}

fn my_home(ctx: &Ctx, home: HomeRecord, rows: &[PersonRecord]) -> Result<MyHome> {
    Ok(MyHome {
        public: public(&rows[0].public_id)?,
        reference: reference(&home.reference)?,
        applicant: opened_text(ctx, &applicant_place(&home.id), &home.name)?,
        address: opened_text(ctx, &address_place(&home.id), &home.address)?,
        answer_by: home.answer_by()?,
        closed: home.is_closed(),
        unit_name: home.unit_name,
        unit_phone: home.unit_phone,
        standing: standing(&words(rows)?, None),
        words: rows.iter().filter_map(|row| my_word(row).transpose()).collect::<Result<_>>()?,
    })
}

fn my_word(row: &PersonRecord) -> Result<Option<MyWord>> {
    let (Some(Word { said, at }), Some(id), Some(hash)) = (row.word()?, &row.word_public, &row.evidence_hash)
    else {
        return Ok(None);
    };
    Ok(Some(MyWord { public: public(id)?, said, at, sha256: hash.clone() }))
}

impl Text {
    /// In force on a day. Where there is none in her language, the one in bokmål.
    pub async fn on(ctx: &Ctx, locale: Locale, day: CivilDate) -> Result<Self> {
        Self::of(ctx.db.optional(TEXT, args![locale.code(), day]).await?)
    }

    pub(super) async fn within(tx: &mut Tx, locale: Locale, day: CivilDate) -> Result<Self> {
        Self::of(tx.optional(TEXT, args![locale.code(), day]).await?)
    }

    fn of(row: Option<(String, String)>) -> Result<Self> {
        let (body, locale) = row.ok_or(Error::Broken("there is no text of consent"))?;
        let locale = Locale::parse(&locale).ok_or(Error::Broken("language of a consent"))?;
        Ok(Self { sha256: sha256(body.as_bytes()), body, locale })
    }
}

pub const TEXT: &str = "SELECT body, locale FROM consent_text WHERE kind = 'home' AND locale IN ($1, 'nb') \
    AND valid_from <= $2 ORDER BY CASE WHEN locale = $1 THEN 0 ELSE 1 END, valid_from DESC LIMIT 1";
