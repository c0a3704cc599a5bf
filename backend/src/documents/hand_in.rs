//! A draft is handed in: its files, all of them or none, its words, and the receipt, in one transaction. The same draft again
//! gives the document that it became.

use domain::{
    access::Unit,
    blobs::Blob,
    documents::{FieldError, Kind, Refusal, RequestEvent, To, Written},
    kernel::{Id, Instant, Public, Reference},
};

use super::{
    DocumentRow, Done, DraftRow, draft,
    draft::DROP_OWN_DRAFT,
    kinds, public, refused, remind,
    sql::ASKED_OWN_ID,
    stored::{AskRow, ReceiptLine, receipt_place, words_place},
    tell,
};
use crate::{
    Error, Result, args, audit,
    blobs::{HandIn, Handed, Uploader},
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// `files`: those that the page has shown, so that no other window's file goes along unseen.
pub async fn hand_in(
    ctx: &Ctx,
    who: &Citizen,
    draft: &Public<DraftRow>,
    version: i64,
    files: &[Public<Blob>],
) -> Result<Done<Public<DocumentRow>>> {
    let now = ctx.now();
    let command = Hand {
        ctx: ctx.clone(),
        who: who.clone(),
        draft: draft.clone(),
        version,
        files: files.to_vec(),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        now,
    };
    ctx.db.write(command).await
}

struct Hand {
    ctx: Ctx,
    who: Citizen,
    draft: Public<DraftRow>,
    version: i64,
    files: Vec<Public<Blob>>,
    id: Id<DocumentRow>,
    public: Public<DocumentRow>,
    reference: Reference,
    now: Instant,
}

/// Where it goes, by inner ids.
struct Place {
    unit: Id<Unit>,
    case: Option<(String, String)>,
}

impl Command for Hand {
    type Out = Done<Public<DocumentRow>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let before: Option<(String,)> = tx.optional(BEFORE, args![&self.draft, &self.who.person]).await?;
        if let Some((handed,)) = before {
            return Ok(Ok(public(&handed)?));
        }
        let Some(row) = draft::Row::own(tx, &self.who, &self.draft).await? else {
            return refused(Refusal::Hidden);
        };
        if row.version != self.version {
            return refused(Refusal::Stale);
        }
        let request: Option<AskRow> = match &row.request_id {
            Some(id) => tx.optional(ASKED_OWN_ID, args![id, &self.who.person]).await?,
            None => None,
        };
        let kind = match self.kind(tx, &row.kind, request.as_ref()).await? {
            Ok(kind) => kind,
            Err(refusal) => return refused(refusal),
        };
        let goes_to = request.is_none().then_some(kind.goes_to);
        let written = match row.typed(&self.ctx, &self.who)?.parse(goes_to) {
            Ok(written) => written,
            Err(errors) => return Ok(Err(errors.into())),
        };
        if let Some(missing) = kind.lacks(self.files.len(), written.words.is_some()) {
            return Ok(Err(vec![missing].into()));
        }
        let Some(place) = self.place(tx, &written, request.as_ref()).await? else {
            return Ok(Err(vec![FieldError { field: "unit", code: "choose" }].into()));
        };
        let handed = match self.files(tx, &kind).await? {
            Ok(handed) => handed,
            Err(code) => return Ok(Err(vec![FieldError { field: "file", code }].into())),
        };
        self.save(tx, (&kind, request.as_ref()), &place, (&written, &handed)).await?;
        if let Some(request) = &request {
            tx.later(REQUEST_SENT, args![self.now, &request.id]).await?;
        }
        Ok(Ok(self.public.clone()))
    }
}

impl Hand {
    /// The kind, if it is still taken from her.
    async fn kind(&self, tx: &mut Tx, code: &str, request: Option<&AskRow>) -> Result<Result<Kind, Refusal>> {
        if let Some(request) = request {
            let open = request.state()?.after(RequestEvent::HandedIn).is_some();
            let view = kinds::of_request(tx, request).await?;
            return Ok(if open { Ok(view.kind) } else { Err(Refusal::MovedOn) });
        }
        let Some(view) = kinds::kind(tx, code, self.now.date()).await? else { return Ok(Err(Refusal::Kind)) };
        let (cases,): (i64,) = tx.one(draft::COUNT_CASES, args![&self.who.person]).await?;
        Ok(if view.kind.may_begin(cases > 0) { Ok(view.kind) } else { Err(Refusal::Kind) })
    }

    /// None: it is no case of hers, or no unit that takes documents.
    async fn place(&self, tx: &mut Tx, written: &Written, request: Option<&AskRow>) -> Result<Option<Place>> {
        if let Some(request) = request {
            let case = request.case_kind.clone().zip(request.case_id.clone());
            return Ok(Some(Place { unit: request.unit(), case }));
        }
        Ok(match &written.to {
            Some(To::Case(case)) => {
                let found: Option<(String, String, String)> =
                    tx.optional(CASE_OWN, args![case, &self.who.person]).await?;
                found.map(|(kind, id, unit)| Place { unit: Id::new(unit), case: Some((kind, id)) })
            }
            Some(To::Unit(slug)) => {
                let found: Option<(String,)> = tx.optional(UNIT_OPEN, args![slug]).await?;
                found.map(|(unit,)| Place { unit: Id::new(unit), case: None })
            }
            None => None,
        })
    }

    async fn files(&self, tx: &mut Tx, kind: &Kind) -> Result<Result<Vec<Handed>, &'static str>> {
        let who = Uploader::of(&Actor::Citizen(self.who.clone())).ok_or(Error::Broken("who sends files"))?;
        let (owner, files) = (self.id.as_str().to_owned(), self.files.clone());
        let hand_in = HandIn { who, kind: kind.blob_kind.clone(), owner, files, at: self.now };
        Ok(hand_in.within(&self.ctx.vault, tx).await?.map_err(|why| why.code()))
    }

    async fn save(
        &self,
        tx: &mut Tx,
        (kind, request): (&Kind, Option<&AskRow>),
        place: &Place,
        (written, handed): (&Written, &[Handed]),
    ) -> Result<()> {
        let (ctx, person) = (&self.ctx, &self.who.person);
        let key = ctx.vault.subject(tx, person.as_str()).await?;
        let seal = |place: String, plain: &[u8]| key.seal(&ctx.chance, &place, plain);
        let lines: Vec<ReceiptLine> = handed.iter().map(ReceiptLine::of).collect();
        let receipt = serde_json::to_vec(&lines).map_err(|_| Error::Broken("a receipt"))?;
        let receipt = seal(receipt_place(self.id.as_str()), &receipt)?;
        let words = written.words.as_ref().map(|words| seal(words_place(self.id.as_str()), words.as_bytes()));
        let (case_kind, case_id) = place.case.clone().unzip();
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            person,
            &place.unit,
            case_kind,
            case_id,
            &kind.code,
            &kind.valid_from,
            &kind.blob_kind,
            request.map(|request| request.id.clone()),
            &self.draft,
            words.transpose()?,
            receipt,
            self.now
        ];
        tx.later(INSERT, values).await?;
        tx.later(DROP_OWN_DRAFT, args![&self.draft, person]).await?;
        let entry = audit::Entry::new(ctx, &Actor::Citizen(self.who.clone()), "document_handed_in");
        entry.at_unit(&place.unit).about("document", &self.id).save(tx).await?;
        tell(tx, ctx, person).await?;
        remind(tx, ctx, &place.unit).await
    }
}

pub const BEFORE: &str = "SELECT public_id FROM document WHERE draft = $1 AND person_id = $2";
pub const CASE_OWN: &str =
    "SELECT kind, id, unit_id FROM document_case WHERE public_id = $1 AND person_id = $2";
pub const UNIT_OPEN: &str = "SELECT id FROM unit WHERE slug = $1 AND open = 1 AND level <> 'intake'";
pub const REQUEST_SENT: &str = "UPDATE document_request SET state = 'sent', state_at = $1, version = version + 1 \
    WHERE id = $2 AND state IN ('open', 'told')";
pub const INSERT: &str = "INSERT INTO document (id, public_id, reference, person_id, unit_id, case_kind, case_id, kind, \
    kind_from, blob_kind, request_id, draft, words, receipt, handed_at, state, state_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'received', $15)";
