//! The desk: what came and what is waited for, by unit; one document, opened with a look; its files; and its answer.

use domain::{
    blobs::Blob,
    documents::{AcceptForm, Event, Refusal, RequestState, State, may_handle},
    kernel::{CivilDate, Instant, Public, Reference},
};

use super::{
    Document, DocumentRow, Done, Names, RequestRow, public, refused,
    sql::{OF_STAFF, unit_now},
    stored::{DocRow, answer_place, day, reference},
    tell, units,
};
use crate::{
    Error, Result, args, audit,
    blobs::{self, Opened},
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// Why staff look, in the trail.
pub(super) const WORK: &str = "handle_case";

/// A document on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub public: Public<DocumentRow>,
    pub reference: Reference,
    pub names: Names,
    pub sender: String,
    pub unit_name: String,
    pub handed_at: Instant,
    pub state: State,
    pub state_at: Instant,
}

/// Something that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskAsked {
    pub public: Public<RequestRow>,
    pub reference: Reference,
    pub names: Names,
    pub person: String,
    pub unit_name: String,
    pub due: CivilDate,
    pub state: RequestState,
}

#[derive(Clone, Debug, Default)]
pub struct DeskList {
    /// What is to be done, the oldest first; then what is done, the newest first.
    pub documents: Vec<DeskRow>,
    /// By its day.
    pub asked: Vec<DeskAsked>,
}

#[derive(sqlx::FromRow)]
struct Line {
    public_id: String,
    reference: String,
    person: String,
    unit_name: String,
    at: i64,
    due_on: Option<String>,
    state: String,
    state_at: i64,
    #[sqlx(flatten)]
    names: Names,
}

/// Two reads after the trace of them.
pub async fn desk(ctx: &Ctx, staff: &Staff) -> Result<DeskList> {
    if !may_handle(&staff.roles) {
        return Ok(DeskList::default());
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "document_list");
    audit::record(ctx, entry.because(WORK)).await?;
    let documents: Vec<Line> = ctx.db.all(LIST, args![units(staff)]).await?;
    let asked: Vec<Line> = ctx.db.all(LIST_ASKED, args![units(staff)]).await?;
    Ok(DeskList {
        documents: documents.into_iter().map(Line::document).collect::<Result<_>>()?,
        asked: asked.into_iter().map(Line::asked).collect::<Result<_>>()?,
    })
}

impl Line {
    fn document(self) -> Result<DeskRow> {
        Ok(DeskRow {
            public: public(&self.public_id)?,
            reference: reference(&self.reference)?,
            names: self.names,
            sender: self.person,
            unit_name: self.unit_name,
            handed_at: Instant(self.at),
            state: State::parse(&self.state).ok_or(Error::Broken("state of a document"))?,
            state_at: Instant(self.state_at),
        })
    }

    fn asked(self) -> Result<DeskAsked> {
        Ok(DeskAsked {
            public: public(&self.public_id)?,
            reference: reference(&self.reference)?,
            names: self.names,
            person: self.person,
            unit_name: self.unit_name,
            due: day(self.due_on.as_deref().unwrap_or_default())?,
            state: RequestState::parse(&self.state).ok_or(Error::Broken("state of a request"))?,
        })
    }
}

/// One of her units, with the look at it; from the first on it cannot be taken back. Any other is not found.
pub async fn opened(ctx: &Ctx, staff: &Staff, document: &Public<DocumentRow>) -> Result<Option<Document>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    let (look, now) = ((ctx.clone(), staff.clone(), document.clone()), ctx.now());
    let Some(row) = ctx.db.write(Look { ctx: look.0, staff: look.1, document: look.2, now }).await? else {
        return Ok(None);
    };
    row.document(ctx).await.map(Some)
}

/// The row, if it is hers to work on.
async fn of_staff(tx: &mut Tx, staff: &Staff, document: &Public<DocumentRow>) -> Result<Option<DocRow>> {
    tx.optional(OF_STAFF, args![document, units(staff)]).await
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    document: Public<DocumentRow>,
    now: Instant,
}

impl Command for Look {
    type Out = Option<DocRow>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<DocRow>> {
        let Some(row) = of_staff(tx, &self.staff, &self.document).await? else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        entry.at_unit(&row.unit()).about("document", &row.id()).because(WORK).save(tx).await?;
        if row.state()?.after(Event::Opened) == Ok(State::Reading) && row.state()? == State::Received {
            tx.later(OPEN, args![self.now, &self.staff.staff, &row.id]).await?;
            return of_staff(tx, &self.staff, &self.document).await;
        }
        Ok(Some(row))
    }
}

/// A file of one, for a reader: a copy that tells no more than it shows, of a clean one alone. The opening is logged.
pub async fn file(
    ctx: &Ctx,
    staff: &Staff,
    document: &Public<DocumentRow>,
    file: &Public<Blob>,
) -> Result<Option<Opened>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    let row: Option<DocRow> = ctx.db.optional(OF_STAFF, args![document, units(staff)]).await?;
    let Some(row) = row else { return Ok(None) };
    blobs::open_for_reader(ctx, &Actor::Staff(staff.clone()), &row.blob_kind, &row.id, file).await
}

/// What came is taken.
pub async fn accept(
    ctx: &Ctx,
    staff: &Staff,
    document: &Public<DocumentRow>,
    form: &AcceptForm,
) -> Result<Done> {
    let accepted = match form.parse() {
        Ok(accepted) => accepted,
        Err(errors) => return Ok(Err(errors.into())),
    };
    if !may_handle(&staff.roles) {
        return refused(Refusal::Hidden);
    }
    let (ctx, staff, document, now) = (ctx.clone(), staff.clone(), document.clone(), ctx.now());
    let db = ctx.db.clone();
    db.write(Accept { ctx, staff, document, accepted, now }).await
}

struct Accept {
    ctx: Ctx,
    staff: Staff,
    document: Public<DocumentRow>,
    accepted: domain::documents::Accepted,
    now: Instant,
}

impl Command for Accept {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = of_staff(tx, &self.staff, &self.document).await? else {
            return refused(Refusal::Hidden);
        };
        let settled = (Event::Accepted, self.accepted.version, self.accepted.answer.as_deref());
        if let Err(refusal) = settle(tx, &self.ctx, &self.staff, &row, settled, self.now).await? {
            return refused(refusal);
        }
        tell(tx, &self.ctx, &row.person()).await?;
        Ok(Ok(()))
    }
}

/// A document is answered, and with it the request that it was sent for.
pub(super) async fn settle(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: &Staff,
    row: &DocRow,
    (event, version, answer): (Event, i64, Option<&str>),
    now: Instant,
) -> Result<Result<(), Refusal>> {
    if row.version != version {
        return Ok(Err(Refusal::Stale));
    }
    let state = match row.state()?.after(event) {
        Ok(state) => state,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let key = ctx.vault.subject(tx, &row.person_id).await?;
    let seal = |answer: &str| key.seal(&ctx.chance, &answer_place(&row.id), answer.as_bytes());
    let answer = answer.map(seal).transpose()?;
    tx.later(SETTLE, args![state.code(), now, &staff.staff, answer, &row.id]).await?;
    if let Some(request) = &row.request_id {
        tx.later(ANSWERED, args![now, request]).await?;
    }
    let action = if event == Event::Accepted { "document_accepted" } else { "document_more" };
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action);
    entry.at_unit(&row.unit()).about("document", &row.id()).save(tx).await?;
    Ok(Ok(()))
}

pub const LIST: &str = concat!(
    "SELECT d.public_id, d.reference, p.name AS person, u.name AS unit_name, d.handed_at AS at, \
    CAST(NULL AS TEXT) AS due_on, d.state, d.state_at, n.name_nb, n.name_nn, n.name_en, n.hint_nb, n.hint_nn, n.hint_en \
    FROM document d JOIN person p ON p.id = d.person_id \
    JOIN document_kind n ON n.code = d.kind AND n.valid_from = d.kind_from \
    JOIN unit u ON u.id = ",
    unit_now!("d"),
    " WHERE $1 LIKE '% ' || u.id || ' %' AND d.state <> 'taken_back' \
    ORDER BY CASE WHEN d.state IN ('received', 'reading') THEN 0 ELSE 1 END, \
    CASE WHEN d.state IN ('received', 'reading') THEN d.handed_at ELSE -d.state_at END, d.id LIMIT 300"
);
pub const LIST_ASKED: &str = concat!(
    "SELECT r.public_id, r.reference, p.name AS person, u.name AS unit_name, r.asked_at AS at, \
    r.due_on, r.state, r.state_at, n.name_nb, n.name_nn, n.name_en, n.hint_nb, n.hint_nn, n.hint_en \
    FROM document_request r JOIN person p ON p.id = r.person_id \
    JOIN document_kind n ON n.code = r.kind AND n.valid_from = r.kind_from \
    JOIN unit u ON u.id = ",
    unit_now!("r"),
    " WHERE $1 LIKE '% ' || u.id || ' %' AND r.state IN ('open', 'told') \
    ORDER BY r.due_on, r.id LIMIT 300"
);
pub const OPEN: &str = "UPDATE document SET state = 'reading', state_at = $1, opened_at = $1, officer_id = COALESCE(officer_id, $2), \
    version = version + 1 WHERE id = $3 AND state = 'received'";
pub const SETTLE: &str = "UPDATE document SET state = $1, state_at = $2, officer_id = $3, answer = $4, \
    version = version + 1 WHERE id = $5";
pub const ANSWERED: &str = "UPDATE document_request SET state = 'done', state_at = $1, version = version + 1 \
    WHERE id = $2 AND state = 'sent'";
