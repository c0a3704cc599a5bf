//! What is held of a relative's letters: her own, with where each stands; of his only how many have come, for his words are
//! his. What one of the two told of the other is told by whoever told it.

use super::{body_place, wish::report_place};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing, text},
    identity::held::subject_key,
    looks::{About, Look, Row},
};

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let exchanges: Vec<(String, String, i64, i64)> = ctx.db.all(EXCHANGES_HELD, args![&who.person]).await?;
    if exchanges.is_empty() {
        return Ok(vec![]);
    }
    let key = subject_key(ctx, who).await?;
    let mut things = vec![];
    for (id, side, opened, came) in exchanges {
        let thing = Thing::new(Kind::Exchange).code(Name::OwnSide, Set::Side, side);
        things.push(thing.at(Name::Opened, opened));
        let letters: Vec<LetterRow> = ctx.db.all(LETTERS_HELD, args![&id]).await?;
        for row in letters {
            let words = text(&key.open(&body_place(&row.id), &row.body)?);
            things.push(
                Thing::new(Kind::Letter)
                    .at(Name::Written, row.written_at)
                    .code(Name::State, Set::Letter, row.state)
                    .at(Name::StateAt, row.state_at)
                    .text(Name::Words, words),
            );
        }
        if came > 0 {
            things.push(Thing::new(Kind::Came).number(Name::Count, came));
        }
        let reports: Vec<(String, Vec<u8>, i64, Option<i64>)> = ctx.db.all(REPORTS_HELD, args![&id]).await?;
        for (id, body, made, settled) in reports {
            let words = text(&key.open(&report_place(&id), &body)?);
            let thing = Thing::new(Kind::Report).at(Name::Sent, made).at(Name::Settled, settled);
            things.push(thing.text(Name::Words, words));
        }
    }
    Ok(things)
}

/// Who has looked at what she can see herself. Without the unit: it is named where she knows where he is.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    Row::all(ctx.db.all(SEEN, args![&who.person]).await?, About::Letters)
}

#[derive(sqlx::FromRow)]
struct LetterRow {
    id: String,
    body: Vec<u8>,
    state: String,
    state_at: i64,
    written_at: i64,
}

pub const EXCHANGES_HELD: &str = "SELECT e.id, e.relative_side, e.opened_at, CAST((SELECT COUNT(*) FROM letter l \
    WHERE l.exchange_id = e.id AND l.from_relative = 0 AND l.state IN ('delivered', 'read')) AS BIGINT) FROM exchange e \
    WHERE e.person_id = $1 ORDER BY e.opened_at DESC, e.id DESC";
pub const LETTERS_HELD: &str = "SELECT id, body, state, state_at, written_at FROM letter WHERE exchange_id = $1 \
    AND from_relative = 1 ORDER BY written_at, id";
pub const REPORTS_HELD: &str = "SELECT id, body, made_at, settled_at FROM exchange_report WHERE exchange_id = $1 \
    AND from_relative = 1 ORDER BY made_at, id";
pub const SEEN: &str = "SELECT a.at, a.role, CAST(NULL AS TEXT) AS unit_name, a.reason FROM audit a WHERE a.action = 'look' \
    AND ((a.subject_kind = 'letter' AND a.subject_id IN (SELECT l.id FROM letter l JOIN exchange e ON e.id = l.exchange_id \
    WHERE e.person_id = $1 AND (l.from_relative = 1 OR l.state IN ('delivered', 'read')))) \
    OR (a.subject_kind = 'exchange' AND a.subject_id IN (SELECT e.id FROM exchange e WHERE e.person_id = $1))) \
    ORDER BY a.at DESC, a.id DESC";
