//! What is held of what a person is typing.

use super::{Fields, Owner, place};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
    identity::held::subject_key,
};

/// Place, words, the words that they replaced, and when.
type HeldRow = (String, Vec<u8>, Option<Vec<u8>>, i64);

/// Newest first.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let owner = Owner::citizen(who);
    let rows: Vec<HeldRow> = ctx.db.all(HELD, args![&owner.id]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let key = subject_key(ctx, who).await?;
    let thing = |(at, sealed, earlier, updated): HeldRow| {
        let words = |sealed: Vec<u8>| {
            let plain = key.open(&place(&owner.id, &at), &sealed)?;
            let fields: Fields = serde_json::from_slice(&plain).map_err(|_| Error::Broken("a draft"))?;
            let typed = fields.into_values().filter(|value| !value.trim().is_empty());
            Ok::<_, Error>(typed.collect::<Vec<_>>().join("\n"))
        };
        let kind = at.split('/').next().unwrap_or_default().to_owned();
        Ok(Thing::new(Kind::Draft)
            .code(Name::About, Set::Place, kind)
            .at(Name::Updated, updated)
            .text(Name::Words, words(sealed)?)
            .text(Name::Earlier, earlier.map(words).transpose()?))
    };
    rows.into_iter().map(thing).collect()
}

pub const HELD: &str = "SELECT place, sealed, earlier, updated_at FROM message_draft WHERE owner = $1 \
    ORDER BY updated_at DESC, place";
