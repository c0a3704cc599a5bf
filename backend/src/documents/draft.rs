//! What she is putting together: for a request, or of a kind she chose. One a request, one a kind: beginning again goes on with
//! it. Files hang on its public id, and what is typed is sealed.

use domain::{
    access::Person,
    documents::{Refusal, SendForm},
    kernel::{Id, Instant, Public},
};

use super::{
    Asked, Done, DraftRow, KindView, RequestRow, kinds, public, refused, sql::ASKED_OWN, stored::AskRow,
};
use crate::{
    Error, Result, args,
    blobs::{self, FileView, Uploader},
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// A draft, with what has been uploaded for it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub public: Public<DraftRow>,
    pub kind: KindView,
    pub request: Option<Asked>,
    pub typed: SendForm,
    pub files: Vec<FileView>,
    pub version: i64,
    pub at: Instant,
}

/// A line of what she has begun.
#[derive(Clone, Debug)]
pub struct DraftLine {
    pub public: Public<DraftRow>,
    pub kind: String,
    pub at: Instant,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub public_id: String,
    pub kind: String,
    pub request_id: Option<String>,
    request: Option<String>,
    sealed: Vec<u8>,
    updated_at: i64,
    pub version: i64,
    subject_key: Vec<u8>,
}

impl Row {
    /// Hers; any other is not found.
    pub async fn own(tx: &mut Tx, who: &Citizen, draft: &Public<DraftRow>) -> Result<Option<Self>> {
        tx.optional(OWN_DRAFT, args![draft, &who.person]).await
    }

    pub fn typed(&self, ctx: &Ctx, who: &Citizen) -> Result<SendForm> {
        let key = ctx.vault.subject_from(who.person.as_str(), &self.subject_key)?;
        let plain = key.open(&place(&self.public_id), &self.sealed)?;
        serde_json::from_slice(&plain).map_err(|_| Error::Broken("a draft of a document"))
    }
}

pub(super) fn place(public: &str) -> String {
    format!("document_draft/sealed/{public}")
}

/// Of a kind that she may begin by herself.
pub async fn start(ctx: &Ctx, who: &Citizen, kind: &str, about: &str) -> Result<Done<Public<DraftRow>>> {
    let typed = SendForm { about: about.to_owned(), ..SendForm::default() };
    let public = ctx.chance.public();
    let start =
        Start { ctx: ctx.clone(), who: who.clone(), for_what: What::Kind(kind.to_owned()), typed, public };
    ctx.db.write(start).await
}

/// For what she is asked for.
pub async fn start_for(
    ctx: &Ctx,
    who: &Citizen,
    request: &Public<RequestRow>,
) -> Result<Done<Public<DraftRow>>> {
    let (typed, public) = (SendForm::default(), ctx.chance.public());
    let for_what = What::Request(request.clone());
    ctx.db.write(Start { ctx: ctx.clone(), who: who.clone(), for_what, typed, public }).await
}

enum What {
    Kind(String),
    Request(Public<RequestRow>),
}

struct Start {
    ctx: Ctx,
    who: Citizen,
    for_what: What,
    typed: SendForm,
    public: Public<DraftRow>,
}

impl Command for Start {
    type Out = Done<Public<DraftRow>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let person = &self.who.person;
        let (kind, request, before): (String, Option<String>, Option<(String,)>) = match &self.for_what {
            What::Kind(code) => {
                let now = self.ctx.now();
                let Some(view) = kinds::kind(tx, code, now.date()).await? else {
                    return refused(Refusal::Kind);
                };
                let (cases,): (i64,) = tx.one(COUNT_CASES, args![person]).await?;
                if !view.kind.may_begin(cases > 0) {
                    return refused(Refusal::Kind);
                }
                (view.kind.code, None, tx.optional(OF_KIND, args![person, code]).await?)
            }
            What::Request(request) => {
                let row: Option<AskRow> = tx.optional(ASKED_OWN, args![request, person]).await?;
                let Some(row) = row else { return refused(Refusal::Hidden) };
                if !row.state()?.is_missing() {
                    return refused(Refusal::MovedOn);
                }
                let before = tx.optional(OF_REQUEST, args![&row.id]).await?;
                (row.kind, Some(row.id), before)
            }
        };
        if let Some((public_id,)) = before {
            return Ok(Ok(public(&public_id)?));
        }
        let sealed = sealed(tx, &self.ctx, &self.who, &self.public, &self.typed).await?;
        let values = args![&self.public, person, kind, request, sealed, self.ctx.now()];
        tx.later(INSERT_DRAFT, values).await?;
        Ok(Ok(self.public.clone()))
    }
}

async fn sealed(
    tx: &mut Tx,
    ctx: &Ctx,
    who: &Citizen,
    draft: &Public<DraftRow>,
    typed: &SendForm,
) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(typed).map_err(|_| Error::Broken("a draft of a document"))?;
    let key = ctx.vault.subject(tx, who.person.as_str()).await?;
    key.seal(&ctx.chance, &place(draft.as_str()), &plain)
}

/// One of her own; anybody else's is not found, nor one of a kind that is not taken any more.
pub async fn draft(ctx: &Ctx, who: &Citizen, draft: &Public<DraftRow>) -> Result<Option<Draft>> {
    let row: Option<Row> = ctx.db.optional(OWN_DRAFT, args![draft, &who.person]).await?;
    let Some(row) = row else { return Ok(None) };
    let request = match &row.request {
        Some(request) => super::request(ctx, who, &public(request)?).await?,
        None => None,
    };
    let kind = match &request {
        Some(asked) => Some(kinds::version(ctx, &asked.kind, &asked.kind_from).await?),
        None => kinds::kinds(ctx).await?.into_iter().find(|view| view.kind.code == row.kind),
    };
    let Some(kind) = kind else { return Ok(None) };
    let files = match Uploader::of(&Actor::Citizen(who.clone())) {
        Some(who) => blobs::waiting(ctx, &who, &kind.kind.blob_kind, Some(draft.as_str())).await?,
        None => vec![],
    };
    Ok(Some(Draft {
        public: draft.clone(),
        typed: row.typed(ctx, who)?,
        kind,
        request,
        files,
        version: row.version,
        at: Instant(row.updated_at),
    }))
}

/// What she has begun, the newest first.
pub async fn drafts(ctx: &Ctx, who: &Citizen) -> Result<Vec<DraftLine>> {
    let rows: Vec<Row> = ctx.db.all(OWN_DRAFTS, args![&who.person]).await?;
    let line = |row: Row| {
        Ok(DraftLine { public: public(&row.public_id)?, kind: row.kind, at: Instant(row.updated_at) })
    };
    rows.into_iter().map(line).collect()
}

/// Keeps what stands in the form, if no other window has since; gives the next version.
pub async fn keep(
    ctx: &Ctx,
    who: &Citizen,
    draft: &Public<DraftRow>,
    typed: &SendForm,
    version: i64,
) -> Result<Done<i64>> {
    let (ctx, who, draft, typed) = (ctx.clone(), who.clone(), draft.clone(), typed.clone());
    let db = ctx.db.clone();
    db.write(Keep { ctx, who, draft, typed, version }).await
}

struct Keep {
    ctx: Ctx,
    who: Citizen,
    draft: Public<DraftRow>,
    typed: SendForm,
    version: i64,
}

impl Command for Keep {
    type Out = Done<i64>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(row) = Row::own(tx, &self.who, &self.draft).await? else { return refused(Refusal::Hidden) };
        if row.version != self.version {
            return refused(Refusal::Stale);
        }
        let sealed = sealed(tx, &self.ctx, &self.who, &self.draft, &self.typed).await?;
        tx.later(KEEP, args![sealed, self.ctx.now(), &self.draft]).await?;
        Ok(Ok(self.version + 1))
    }
}

/// Throws it away with what was uploaded for it.
pub async fn discard(ctx: &Ctx, who: &Citizen, draft: &Public<DraftRow>) -> Result<Done> {
    let Some(found) = super::draft(ctx, who, draft).await? else { return refused(Refusal::Hidden) };
    if let Some(sender) = Uploader::of(&Actor::Citizen(who.clone())) {
        for file in &found.files {
            // Gone already is gone.
            let _ = blobs::remove(ctx, &sender, &file.public).await?;
        }
    }
    ctx.db.write(Discard { who: who.person.clone(), draft: draft.clone() }).await?;
    Ok(Ok(()))
}

struct Discard {
    who: Id<Person>,
    draft: Public<DraftRow>,
}

impl Command for Discard {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(DROP_OWN_DRAFT, args![&self.draft, &self.who]).await
    }
}

macro_rules! drafts {
    ($rest:literal) => {
        concat!(
            "SELECT d.public_id, d.kind, d.request_id, r.public_id AS request, d.sealed, d.updated_at, d.version, ",
            "k.sealed AS subject_key FROM document_draft d JOIN subject_key k ON k.subject_id = d.person_id ",
            "LEFT JOIN document_request r ON r.id = d.request_id ",
            $rest
        )
    };
}

pub const OWN_DRAFT: &str = drafts!("WHERE d.public_id = $1 AND d.person_id = $2");
pub const OWN_DRAFTS: &str =
    drafts!("WHERE d.person_id = $1 ORDER BY d.updated_at DESC, d.public_id LIMIT 50");
pub const OF_KIND: &str =
    "SELECT public_id FROM document_draft WHERE person_id = $1 AND kind = $2 AND request_id IS NULL";
pub const OF_REQUEST: &str = "SELECT public_id FROM document_draft WHERE request_id = $1";
pub const COUNT_CASES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM document_case WHERE person_id = $1";
pub const INSERT_DRAFT: &str = "INSERT INTO document_draft (public_id, person_id, kind, request_id, sealed, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const KEEP: &str =
    "UPDATE document_draft SET sealed = $1, updated_at = $2, version = version + 1 WHERE public_id = $3";
pub const DROP_OWN_DRAFT: &str = "DELETE FROM document_draft WHERE public_id = $1 AND person_id = $2";
