//! What somebody is asked, as she sees it: her own words alone. Who else is asked, and what they say, is not here.

use domain::{
    access::Level,
    consents::{Kind, Said, Standing, Word, standing},
    kernel::{CivilDate, Instant, Locale, Public, Reference},
};

use super::{
    PersonMark, WordMark, about_place, applicant_place,
    evidence::sha256,
    opened_text, public, reference,
    rows::{CASE, CASES_OF_HERS, CaseRecord, HERS, HERS_ONE, PersonRecord, by_person, words},
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

/// What she is asked about: a home of hers that somebody wants to serve at, or a child of hers who is to come along.
#[derive(Clone, Debug)]
pub struct MyCase {
    pub public: Public<PersonMark>,
    pub reference: Reference,
    pub kind: Kind,
    pub applicant: String,
    /// The address of the case, or the child's name.
    pub about: String,
    pub unit_name: String,
    pub unit_phone: String,
    pub answer_by: CivilDate,
    pub closed: bool,
    pub standing: Standing,
    /// Oldest first.
    pub words: Vec<MyWord>,
}

/// Those she is asked about, the newest first. Below the high level it is told to nobody whether there are any.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyCase>> {
    if who.level < Level::High {
        return Ok(vec![]);
    }
    let people = by_person(ctx.db.all(HERS, args![&who.person]).await?);
    let cases: Vec<CaseRecord> = ctx.db.all(CASES_OF_HERS, args![&who.person]).await?;
    let of = |rows: &Vec<PersonRecord>| cases.iter().find(|case| case.id == rows[0].case_id).cloned();
    people.iter().filter_map(|rows| Some(my_case(ctx, of(rows)?, rows))).collect()
}

/// One of them; none if she is not asked.
pub async fn one(ctx: &Ctx, who: &Citizen, asked: &Public<PersonMark>) -> Result<Option<MyCase>> {
    if who.level < Level::High {
        return Ok(None);
    }
    let rows: Vec<PersonRecord> = ctx.db.all(HERS_ONE, args![&who.person, asked]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let case: CaseRecord = ctx.db.one(CASE, args![&first.case_id]).await?;
    Ok(Some(my_case(ctx, case, &rows)?))
}

fn my_case(ctx: &Ctx, case: CaseRecord, rows: &[PersonRecord]) -> Result<MyCase> {
    Ok(MyCase {
        public: public(&rows[0].public_id)?,
        reference: reference(&case.reference)?,
        applicant: opened_text(ctx, &applicant_place(&case.id), &case.name)?,
        kind: case.kind()?,
        about: opened_text(ctx, &about_place(&case.id), &case.about)?,
        answer_by: case.answer_by()?,
        closed: case.is_closed(),
        unit_name: case.unit_name,
        unit_phone: case.unit_phone,
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
    pub async fn on(ctx: &Ctx, kind: Kind, locale: Locale, day: CivilDate) -> Result<Self> {
        Self::of(ctx.db.optional(TEXT, args![locale.code(), day, kind.code()]).await?)
    }

    pub(super) async fn within(tx: &mut Tx, kind: Kind, locale: Locale, day: CivilDate) -> Result<Self> {
        Self::of(tx.optional(TEXT, args![locale.code(), day, kind.code()]).await?)
    }

    fn of(row: Option<(String, String)>) -> Result<Self> {
        let (body, locale) = row.ok_or(Error::Broken("there is no text of consent"))?;
        let locale = Locale::parse(&locale).ok_or(Error::Broken("language of a consent"))?;
        Ok(Self { sha256: sha256(body.as_bytes()), body, locale })
    }
}

pub const TEXT: &str = "SELECT body, locale FROM consent_text WHERE kind = $3 AND locale IN ($1, 'nb') \
    AND valid_from <= $2 ORDER BY CASE WHEN locale = $1 THEN 0 ELSE 1 END, valid_from DESC LIMIT 1";
