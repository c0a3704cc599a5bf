//! Who of a case waits for a decision, and the ids that each decision will have.

use domain::kernel::{Id, Public};

use super::{ClearanceRow, rows::Row};
use crate::{Result, args, db::Tx, decision::NewDecision};

/// For whom, and the ids drawn for the decision about each.
pub(super) type DecisionIds = Vec<(Public<ClearanceRow>, Id<NewDecision>, Public<NewDecision>)>;

/// A clearance's inner id with the ids of its decision.
pub(super) type Pending<'a> = (String, &'a Id<NewDecision>, &'a Public<NewDecision>);

/// The clearances that these ids stand for, each once; none if one of them is another case's or decided before.
pub(super) async fn pending<'a>(
    tx: &mut Tx,
    row: &Row,
    ids: &'a DecisionIds,
) -> Result<Option<Vec<Pending<'a>>>> {
    let mut people: Vec<Pending<'a>> = Vec::with_capacity(ids.len());
    for (clearance, id, public) in ids {
        let found: Option<(String,)> = tx.optional(PENDING, args![clearance, &row.id]).await?;
        let Some((clearance,)) = found else { return Ok(None) };
        if people.iter().all(|(known, ..)| *known != clearance) {
            people.push((clearance, id, public));
        }
    }
    Ok(Some(people))
}

pub const PENDING: &str = "SELECT id FROM clearance WHERE public_id = $1 AND application_id = $2 AND (outcome = 'pending' OR reopened_at IS NOT NULL)";
