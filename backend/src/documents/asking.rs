//! Staff ask: for a document in a case, or for more of one that came; they take a request back, or note that it came on paper.

use domain::{
    access::Unit,
    documents::{
        AskForm, Asking, Event, FieldError, Kind, PaperForm, Papered, Refusal, RequestEvent, RequestState,
        may_handle,
    },
    kernel::{Id, Instant, Public, Reference},
};

use super::{
    Asked, DocumentRow, Done, FormKey, RequestRow,
    desk::settle,
    kinds, public, refused,
    sql::{ASKED_OF_STAFF, OF_STAFF},
    stored::{AskRow, DocRow, note_place, reason_place},
    tell, units,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// In a case of her units.
pub async fn ask(ctx: &Ctx, staff: &Staff, case: &str, form: &AskForm) -> Result<Done<Public<RequestRow>>> {
    wanted(ctx, staff, form, Wanted::InCase(case.to_owned())).await
}

/// Of a document that has been opened: it is answered by a request of its own, of the same kind.
pub async fn more(
    ctx: &Ctx,
    staff: &Staff,
    document: &Public<DocumentRow>,
    form: &AskForm,
) -> Result<Done<Public<RequestRow>>> {
    let Ok(version) = form.version.parse() else { return refused(Refusal::Stale) };
    wanted(ctx, staff, form, Wanted::OfDocument(document.clone(), version)).await
}

#[derive(Clone)]
enum Wanted {
    InCase(String),
    OfDocument(Public<DocumentRow>, i64),
}

async fn wanted(
    ctx: &Ctx,
    staff: &Staff,
    form: &AskForm,
    wanted: Wanted,
) -> Result<Done<Public<RequestRow>>> {
    let key = FormKey::parse(&form.key).filter(|_| may_handle(&staff.roles));
    let Some(key) = key else { return refused(Refusal::Hidden) };
    let now = ctx.now();
    // Of a document: what it is.
    let form = match &wanted {
        Wanted::OfDocument(..) => &AskForm { kind: "same".to_owned(), ..form.clone() },
        Wanted::InCase(_) => form,
    };
    let asking = match form.parse(now.date()) {
        Ok(asking) => asking,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let (id, public, reference) = (ctx.chance.id(now), ctx.chance.public(), ctx.chance.reference());
    let (ctx, staff) = (ctx.clone(), staff.clone());
    let db = ctx.db.clone();
    db.write(Ask { ctx, staff, key, wanted, asking, id, public, reference, now }).await
}

struct Ask {
    ctx: Ctx,
    staff: Staff,
    key: FormKey,
    wanted: Wanted,
    asking: Asking,
    id: Id<RequestRow>,
    public: Public<RequestRow>,
    reference: Reference,
    now: Instant,
}

/// Of whom, where, and what.
struct About {
    person: String,
    unit: String,
    case: Option<(String, String)>,
    kind: String,
    /// The document that more is asked of, in this version.
    follows: Option<(Box<DocRow>, i64)>,
}

impl Command for Ask {
    type Out = Done<Public<RequestRow>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let before: Option<(String,)> =
            tx.optional(ASKED_BEFORE, args![&self.key, &self.staff.staff]).await?;
        if let Some((asked,)) = before {
            return Ok(Ok(public(&asked)?));
        }
        let about = match self.about(tx).await? {
            Ok(about) => about,
            Err(refusal) => return refused(refusal),
        };
        let Some(view) = kinds::kind(tx, &about.kind, self.now.date()).await? else {
            return Ok(Err(vec![FieldError { field: "kind", code: "choose" }].into()));
        };
        // Nothing has been written yet; from here on nothing is refused but by this.
        if let Some((document, version)) = &about.follows {
            let settled = (Event::MoreAsked, *version, None);
            if let Err(refusal) = settle(tx, &self.ctx, &self.staff, document, settled, self.now).await? {
                return refused(refusal);
            }
        }
        self.save(tx, about, &view.kind).await?;
        Ok(Ok(self.public.clone()))
    }
}

impl Ask {
    async fn save(&self, tx: &mut Tx, about: About, kind: &Kind) -> Result<()> {
        let key = self.ctx.vault.subject(tx, &about.person).await?;
        let place = reason_place(self.id.as_str());
        let reason = key.seal(&self.ctx.chance, &place, self.asking.reason.as_bytes())?;
        let (case_kind, case_id) = about.case.unzip();
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            &about.person,
            &about.unit,
            case_kind,
            case_id,
            &kind.code,
            &kind.valid_from,
            about.follows.map(|(document, _)| document.id),
            &self.key,
            reason,
            self.asking.due,
            Instant::last_minute(self.asking.due),
            &self.staff.staff,
            self.now
        ];
        tx.later(INSERT, values).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "document_asked");
        let unit: Id<Unit> = Id::new(about.unit.as_str());
        entry.at_unit(&unit).about("document_request", &self.id).save(tx).await?;
        tell(tx, &self.ctx, &Id::new(about.person.as_str())).await
    }

    async fn about(&self, tx: &mut Tx) -> Result<Result<About, Refusal>> {
        match &self.wanted {
            Wanted::InCase(case) => {
                let found: Option<(String, String, String, String)> =
                    tx.optional(CASE_OF_STAFF, args![case, units(&self.staff)]).await?;
                Ok(found.ok_or(Refusal::Hidden).map(|(kind, id, person, unit)| About {
                    person,
                    unit,
                    case: Some((kind, id)),
                    kind: self.asking.kind.clone(),
                    follows: None,
                }))
            }
            Wanted::OfDocument(document, version) => {
                let row: Option<DocRow> = tx.optional(OF_STAFF, args![document, units(&self.staff)]).await?;
                let Some(row) = row else { return Ok(Err(Refusal::Hidden)) };
                let case = row.case_kind.clone().zip(row.case_id.clone());
                let (person, unit, kind) = (row.person_id.clone(), row.unit_id.clone(), row.kind.clone());
                let follows = Some((Box::new(row), *version));
                Ok(Ok(About { person, unit, case, kind, follows }))
            }
        }
    }
}

/// One request of her units, with the look at it; any other is not found.
pub async fn asked_by_staff(ctx: &Ctx, staff: &Staff, request: &Public<RequestRow>) -> Result<Option<Asked>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), request: request.clone() };
    ctx.db.write(look).await?.map(|row| row.asked(ctx)).transpose()
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    request: Public<RequestRow>,
}

impl Command for Look {
    type Out = Option<AskRow>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<AskRow>> {
        let row: Option<AskRow> =
            tx.optional(ASKED_OF_STAFF, args![&self.request, units(&self.staff)]).await?;
        let Some(row) = row else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        let entry = entry.at_unit(&row.unit()).about("document_request", &row.id());
        entry.because(super::desk::WORK).save(tx).await?;
        Ok(Some(row))
    }
}

/// It is not needed after all.
pub async fn recall(ctx: &Ctx, staff: &Staff, request: &Public<RequestRow>, version: i64) -> Result<Done> {
    close(ctx, staff, request, version, None).await
}

/// It came another way.
pub async fn on_paper(
    ctx: &Ctx,
    staff: &Staff,
    request: &Public<RequestRow>,
    form: &PaperForm,
) -> Result<Done> {
    match form.parse(ctx.now().date()) {
        Ok(papered) => close(ctx, staff, request, papered.version, Some(papered)).await,
        Err(errors) => Ok(Err(errors.into())),
    }
}

async fn close(
    ctx: &Ctx,
    staff: &Staff,
    request: &Public<RequestRow>,
    version: i64,
    paper: Option<Papered>,
) -> Result<Done> {
    if !may_handle(&staff.roles) {
        return refused(Refusal::Hidden);
    }
    let (ctx, staff, request, now) = (ctx.clone(), staff.clone(), request.clone(), ctx.now());
    let db = ctx.db.clone();
    db.write(Close { ctx, staff, request, version, paper, now }).await
}

struct Close {
    ctx: Ctx,
    staff: Staff,
    request: Public<RequestRow>,
    version: i64,
    paper: Option<Papered>,
    now: Instant,
}

impl Command for Close {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let row: Option<AskRow> =
            tx.optional(ASKED_OF_STAFF, args![&self.request, units(&self.staff)]).await?;
        let Some(row) = row else { return refused(Refusal::Hidden) };
        if row.version != self.version {
            return refused(Refusal::Stale);
        }
        let (event, action) = match &self.paper {
            Some(_) => (RequestEvent::OnPaper, "document_on_paper"),
            None => (RequestEvent::Withdrawn, "document_recalled"),
        };
        let Some(state) = row.state()?.after(event) else { return refused(Refusal::MovedOn) };
        self.save(tx, &row, state).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&row.unit()).about("document_request", &row.id()).save(tx).await?;
        tell(tx, &self.ctx, &row.person()).await?;
        Ok(Ok(()))
    }
}

impl Close {
    async fn save(&self, tx: &mut Tx, row: &AskRow, state: RequestState) -> Result<()> {
        let key = self.ctx.vault.subject(tx, &row.person_id).await?;
        let note = self.paper.as_ref().and_then(|paper| paper.note.as_ref());
        let seal = |note: &String| key.seal(&self.ctx.chance, &note_place(&row.id), note.as_bytes());
        let (note, on) = (note.map(seal).transpose()?, self.paper.as_ref().map(|paper| paper.on));
        tx.later(CLOSE, args![state.code(), self.now, on, note, &row.id]).await?;
        // What she has begun for it leads nowhere any more.
        tx.later(DROP_DRAFT, args![&row.id]).await
    }
}

pub const ASKED_BEFORE: &str = "SELECT public_id FROM document_request WHERE form_key = $1 AND asked_by = $2";
pub const CASE_OF_STAFF: &str = "SELECT kind, id, person_id, unit_id FROM document_case WHERE public_id = $1 \
    AND $2 LIKE '% ' || unit_id || ' %'";
pub const INSERT: &str = "INSERT INTO document_request (id, public_id, reference, person_id, unit_id, case_kind, case_id, \
    kind, kind_from, follows, form_key, reason, due_on, due_at, asked_by, officer_id, asked_at, state, state_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, 'open', $16)";
pub const CLOSE: &str = "UPDATE document_request SET state = $1, state_at = $2, paper_on = $3, note = $4, \
    version = version + 1 WHERE id = $5";
pub const DROP_DRAFT: &str = "DELETE FROM document_draft WHERE request_id = $1";
