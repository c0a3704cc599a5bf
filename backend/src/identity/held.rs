//! What is held of a person herself: who she is, how she is reached, how she has been signed in.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing, text},
    vault::SUBJECT_KEY,
};

#[derive(sqlx::FromRow)]
struct PersonRow {
    name: String,
    birth_date: Option<String>,
    locale: Option<String>,
    plain_words: i64,
    remind: String,
    by_text: i64,
    created_at: i64,
    identity_checked_at: Option<i64>,
    number: Option<Vec<u8>>,
}

pub async fn person(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let row: PersonRow = ctx.db.one(PERSON, args![&who.person]).await?;
    let number = match &row.number {
        Some(sealed) => {
            let key = subject_key(ctx, who).await?;
            Some(text(&key.open(&format!("person_number/sealed/{}", who.person), sealed)?))
        }
        None => None,
    };
    let herself = Thing::new(Kind::Person)
        .text(Name::Name, row.name)
        .on(Name::Born, row.birth_date)?
        .secret(Name::NationalId, number)
        .code(Name::Language, Set::Language, row.locale)
        .yes(Name::PlainWords, row.plain_words == 1)
        .code(Name::Remind, Set::Remind, row.remind)
        .yes(Name::ByText, row.by_text == 1)
        .at(Name::Checked, row.identity_checked_at)
        .at(Name::Since, row.created_at);
    let mut things = vec![herself];
    let children: Vec<(String, Option<String>)> = ctx.db.all(CHILDREN, args![&who.person]).await?;
    for (name, born) in children {
        things.push(Thing::new(Kind::Child).text(Name::Name, name).on(Name::Born, born)?);
    }
    let logins: Vec<(String, String)> = ctx.db.all(LOGINS, args![&who.person]).await?;
    things.extend(logins.into_iter().map(|(issuer, subject)| {
        Thing::new(Kind::Login).text(Name::Issuer, issuer).text(Name::Subject, subject)
    }));
    Ok(things)
}

pub async fn contact(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<(String, Vec<u8>, Option<i64>, i64)> = ctx.db.all(CONTACTS, args![&who.person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let key = subject_key(ctx, who).await?;
    let thing = |(kind, sealed, confirmed, added): (String, Vec<u8>, Option<i64>, i64)| {
        let address = text(&key.open(&format!("contact/sealed/{}/{kind}", who.person), &sealed)?);
        let kind = if kind == "email" { Kind::Email } else { Kind::Phone };
        let thing = Thing::new(kind).text(Name::Address, address);
        Ok(thing.at(Name::Confirmed, confirmed).at(Name::Added, added))
    };
    rows.into_iter().map(thing).collect()
}

/// Newest first.
pub async fn sign_ins(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<(String, i64, i64, Option<i64>)> = ctx.db.all(SESSIONS, args![&who.person]).await?;
    let thing = |(level, opened, seen, closed): (String, i64, i64, Option<i64>)| {
        let thing = Thing::new(Kind::Session).at(Name::Opened, opened).at(Name::Seen, seen);
        thing.at(Name::Closed, closed).code(Name::Level, Set::Level, level)
    };
    Ok(rows.into_iter().map(thing).collect())
}

/// The key of whoever asks.
pub(crate) async fn subject_key(ctx: &Ctx, who: &Citizen) -> Result<crate::vault::SubjectKey> {
    let (sealed,): (Vec<u8>,) = ctx.db.one(SUBJECT_KEY, args![&who.person]).await?;
    ctx.vault.subject_from(who.person.as_str(), &sealed)
}

pub const PERSON: &str = "SELECT p.name, p.birth_date, p.locale, p.plain_words, p.remind, p.by_text, p.created_at, p.identity_checked_at, \
    n.sealed AS number FROM person p LEFT JOIN person_number n ON n.person_id = p.id WHERE p.id = $1";
pub const CHILDREN: &str = "SELECT p.name, p.birth_date FROM child_of c JOIN person p ON p.id = c.person_id \
    WHERE c.guardian_id = $1 ORDER BY p.birth_date, p.id";
pub const LOGINS: &str = "SELECT issuer, subject FROM login WHERE person_id = $1 ORDER BY issuer, subject";
pub const CONTACTS: &str =
    "SELECT kind, sealed, confirmed_at, created_at FROM contact WHERE person_id = $1 ORDER BY kind";
pub const SESSIONS: &str = "SELECT level, opened_at, seen_at, closed_at FROM session WHERE person_id = $1 \
    ORDER BY opened_at DESC, id DESC";
