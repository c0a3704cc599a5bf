//! What is held of what a person was asked for and handed in. Where a paper lies in the house is a note for colleagues;
//! and the unit of a case is not named, for it would say where he is.

use domain::documents::SendForm;

use super::{
    draft::place,
    stored::{ReceiptLine, answer_place, reason_place, receipt_place, told_place, words_place},
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing, text},
    identity::held::subject_key,
    looks::{About, Look, Row},
    vault::SubjectKey,
};

#[derive(sqlx::FromRow)]
struct RequestRow {
    id: String,
    reference: String,
    unit_name: Option<String>,
    name_nb: String,
    name_nn: String,
    name_en: String,
    reason: Vec<u8>,
    due_on: String,
    asked_at: i64,
    state: String,
    state_at: i64,
    told: Option<String>,
    told_words: Option<Vec<u8>>,
}

#[derive(sqlx::FromRow)]
struct DocumentRow {
    id: String,
    reference: String,
    unit_name: Option<String>,
    name_nb: String,
    name_nn: String,
    name_en: String,
    words: Option<Vec<u8>>,
    receipt: Vec<u8>,
    handed_at: i64,
    state: String,
    state_at: i64,
    answer: Option<Vec<u8>>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let key = subject_key(ctx, who).await?;
    let requests: Vec<RequestRow> = ctx.db.all(REQUESTS, args![&who.person]).await?;
    let documents: Vec<DocumentRow> = ctx.db.all(DOCUMENTS, args![&who.person]).await?;
    let mut things = vec![];
    for row in requests {
        things.push(request(&key, row)?);
    }
    for row in documents {
        things.push(document(&key, row)?);
    }
    let drafts: Vec<(String, String, Vec<u8>, i64)> = ctx.db.all(DRAFTS, args![&who.person]).await?;
    for (public, kind, sealed, updated) in drafts {
        let plain = key.open(&place(&public), &sealed)?;
        let typed: SendForm =
            serde_json::from_slice(&plain).map_err(|_| Error::Broken("a draft of a document"))?;
        let thing = Thing::new(Kind::DocumentDraft).text(Name::Kind, kind);
        things.push(thing.text(Name::Words, typed.words).at(Name::Updated, updated));
    }
    Ok(things)
}

fn opened(key: &SubjectKey, place: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed.map(|sealed| key.open(place, sealed).map(|plain| text(&plain))).transpose()
}

fn request(key: &SubjectKey, row: RequestRow) -> Result<Thing> {
    Thing::new(Kind::Request)
        .reference(&row.reference)
        .named(Name::Kind, [row.name_nb, row.name_nn, row.name_en])
        .text(Name::Unit, row.unit_name)
        .text(Name::Why, opened(key, &reason_place(&row.id), Some(&row.reason))?)
        .at(Name::Asked, row.asked_at)
        .code(Name::State, Set::Request, row.state)
        .at(Name::StateAt, row.state_at)
        .code(Name::Said, Set::Told, row.told)
        .text(Name::Words, opened(key, &told_place(&row.id), row.told_words.as_deref())?)
        .on(Name::Due, row.due_on)
}

/// And its files, as the receipt names them.
fn document(key: &SubjectKey, row: DocumentRow) -> Result<Thing> {
    let plain = key.open(&receipt_place(&row.id), &row.receipt)?;
    let files: Vec<ReceiptLine> =
        serde_json::from_slice(&plain).map_err(|_| Error::Broken("the receipt of a document"))?;
    let mut thing = Thing::new(Kind::Document)
        .reference(&row.reference)
        .named(Name::Kind, [row.name_nb, row.name_nn, row.name_en])
        .text(Name::Unit, row.unit_name)
        .text(Name::Words, opened(key, &words_place(&row.id), row.words.as_deref())?)
        .at(Name::Sent, row.handed_at)
        .code(Name::State, Set::Document, row.state)
        .at(Name::StateAt, row.state_at)
        .text(Name::Answer, opened(key, &answer_place(&row.id), row.answer.as_deref())?);
    for file in files {
        thing = thing.text(Name::File, file.name).text(Name::Sha256, file.sha256);
    }
    Ok(thing)
}

/// Who has looked at them. Without the unit: one that has an application before the inmate has said yes would say where he is.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    Row::all(ctx.db.all(SEEN, args![&who.person]).await?, About::Document)
}

pub const REQUESTS: &str = "SELECT r.id, r.reference, CASE WHEN r.case_id IS NULL THEN u.name END AS unit_name, n.name_nb, n.name_nn, n.name_en, r.reason, r.due_on, \
    r.asked_at, r.state, r.state_at, r.told, r.told_words FROM document_request r JOIN unit u ON u.id = r.unit_id \
    JOIN document_kind n ON n.code = r.kind AND n.valid_from = r.kind_from WHERE r.person_id = $1 \
    ORDER BY r.asked_at DESC, r.id DESC";
pub const DOCUMENTS: &str = "SELECT d.id, d.reference, CASE WHEN d.case_id IS NULL THEN u.name END AS unit_name, n.name_nb, n.name_nn, n.name_en, d.words, d.receipt, \
    d.handed_at, d.state, d.state_at, d.answer FROM document d JOIN unit u ON u.id = d.unit_id \
    JOIN document_kind n ON n.code = d.kind AND n.valid_from = d.kind_from WHERE d.person_id = $1 \
    ORDER BY d.handed_at DESC, d.id DESC";
pub const DRAFTS: &str = "SELECT public_id, kind, sealed, updated_at FROM document_draft WHERE person_id = $1 \
    ORDER BY updated_at DESC, public_id";
pub const SEEN: &str = "SELECT a.at, a.role, CAST(NULL AS TEXT) AS unit_name, a.reason FROM audit a WHERE a.action = 'look' \
    AND ((a.subject_kind = 'document' AND a.subject_id IN (SELECT d.id FROM document d WHERE d.person_id = $1)) \
    OR (a.subject_kind = 'document_request' AND a.subject_id IN (SELECT r.id FROM document_request r WHERE r.person_id = $1))) \
    ORDER BY a.at DESC, a.id DESC";
