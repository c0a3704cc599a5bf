//! What she has handed in: the list, one document with its receipt, and taking one back that nobody has opened.

use domain::{
    documents::{Event, Refusal, RequestEvent, RequestState, Shown, State},
    kernel::{Instant, Public},
};

use super::{
    Came, Document, DocumentRow, Done, refused,
    sql::{ALL_OWN, ASKED_OWN_ID, OWN},
    stored::{AskRow, DocRow},
};
use crate::{
    Error, Result, args, audit, blobs,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// A line of her list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub came: Came,
    pub shown: Shown,
}

/// Newest first.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<Mine>> {
    let rows: Vec<DocRow> = ctx.db.all(ALL_OWN, args![&who.person]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (came, state) = (row.came()?, row.state()?);
        // Only while it is open do its files matter.
        let files = if state.is_open() { blobs::of(ctx, &row.blob_kind, &row.id).await? } else { vec![] };
        all.push(Mine { came, shown: state.shown(files.into_iter().map(|file| file.state)) });
    }
    Ok(all)
}

/// One of her own; anybody else's is not found.
pub async fn document(ctx: &Ctx, who: &Citizen, document: &Public<DocumentRow>) -> Result<Option<Document>> {
    let row: Option<DocRow> = ctx.db.optional(OWN, args![document, &who.person]).await?;
    match row {
        Some(row) => row.document(ctx).await.map(Some),
        None => Ok(None),
    }
}

/// Her files go, unread. What it was sent for is missing again.
pub async fn take_back(ctx: &Ctx, who: &Citizen, document: &Public<DocumentRow>) -> Result<Done> {
    let now = ctx.now();
    ctx.db.write(TakeBack { ctx: ctx.clone(), who: who.clone(), document: document.clone(), now }).await
}

struct TakeBack {
    ctx: Ctx,
    who: Citizen,
    document: Public<DocumentRow>,
    now: Instant,
}

impl Command for TakeBack {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let row: Option<DocRow> = tx.optional(OWN, args![&self.document, &self.who.person]).await?;
        let Some(row) = row else { return refused(Refusal::Hidden) };
        let state = match row.state()?.after(Event::TakenBack) {
            Ok(state) => state,
            Err(refusal) => return refused(refusal),
        };
        if state != State::TakenBack
            || tx.execute(TAKE_BACK, args![self.now, &row.id, row.version]).await? != 1
        {
            return refused(Refusal::Stale);
        }
        blobs::end(tx, &row.blob_kind, &row.id, self.now).await?;
        if let Some(request) = &row.request_id {
            reopen(tx, request, self).await?;
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "document_taken_back");
        entry.at_unit(&row.unit()).about("document", &row.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

async fn reopen(tx: &mut Tx, request: &str, back: &TakeBack) -> Result<()> {
    let row: Option<AskRow> = tx.optional(ASKED_OWN_ID, args![request, &back.who.person]).await?;
    let row = row.ok_or(Error::Broken("the request of a document"))?;
    if row.state()?.after(RequestEvent::TakenBack) == Some(RequestState::Open) {
        tx.later(REOPEN, args![back.now, &row.id]).await?;
    }
    Ok(())
}

pub const TAKE_BACK: &str = "UPDATE document SET state = 'taken_back', state_at = $1, words = NULL, version = version + 1 \
    WHERE id = $2 AND version = $3 AND opened_at IS NULL";
pub const REOPEN: &str = "UPDATE document_request SET state = 'open', state_at = $1, told = NULL, told_words = NULL, \
    told_at = NULL, version = version + 1 WHERE id = $2 AND state = 'sent'";
