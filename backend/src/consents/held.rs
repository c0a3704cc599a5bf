//! What is held of somebody whose consent is asked, to a sentence in her home or to a child's visits: that she was asked, and
//! her own words with what shows them later. Below the high level it is told to nobody whether there is anything.

use domain::access::Level;

use super::{Evidence, email_place, evidence_place, name_place, opened_text};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct HomeRow {
    id: String,
    kind: String,
    reference: String,
    unit_name: String,
    name: Vec<u8>,
    email: Option<Vec<u8>>,
    added_at: i64,
    answer_by: String,
    talked_at: Option<i64>,
    removed_at: Option<i64>,
}

/// None: she has to come in at the high level.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Option<Vec<Thing>>> {
    if who.level < Level::High {
        return Ok(None);
    }
    let homes: Vec<HomeRow> = ctx.db.all(HOMES_HELD, args![&who.person]).await?;
    let mut things = vec![];
    for row in homes {
        let email = row.email.map(|sealed| opened_text(ctx, &email_place(&row.id), &sealed)).transpose()?;
        let thing = Thing::new(Kind::Home)
            .reference(&row.reference)
            .code(Name::Kind, Set::Consent, row.kind)
            .text(Name::Name, opened_text(ctx, &name_place(&row.id), &row.name)?)
            .text(Name::Address, email)
            .text(Name::Unit, row.unit_name)
            .at(Name::Asked, row.added_at)
            .on(Name::Due, row.answer_by)?;
        things.push(thing.at(Name::Settled, row.talked_at).at(Name::Closed, row.removed_at));
        let words: Vec<(String, String, i64, Vec<u8>, String)> =
            ctx.db.all(WORDS_HELD, args![&row.id]).await?;
        for (id, said, at, sealed, hash) in words {
            let plain = ctx.vault.open(&evidence_place(&id), &sealed)?;
            let evidence: Evidence =
                serde_json::from_slice(&plain).map_err(|_| Error::Broken("evidence of a consent"))?;
            let word = Thing::new(Kind::Word).code(Name::Said, Set::Said, said).at(Name::At, at);
            things.push(word.text(Name::Words, evidence.text).text(Name::Sha256, hash));
        }
    }
    Ok(Some(things))
}

pub const HOMES_HELD: &str = "SELECT p.id, h.kind, h.reference, u.name AS unit_name, p.name, p.email, p.added_at, h.answer_by, \
    p.talked_at, p.removed_at FROM consent_person p JOIN person_number n ON n.hash = p.number_hash \
    JOIN consent_case h ON h.id = p.case_id JOIN unit u ON u.id = h.unit_id WHERE n.person_id = $1 \
    ORDER BY p.added_at DESC, p.id";
pub const WORDS_HELD: &str = "SELECT id, said, said_at, evidence, evidence_hash FROM consent_word \
    WHERE person_id = $1 ORDER BY said_at, id";
