//! Documents and requests as they are stored. What is sealed is opened here.

use domain::{
    access::{Person, Role, Unit},
    blobs::Blob,
    documents::{RequestState, State, Told},
    kernel::{CivilDate, Id, Instant, Public, Reference},
};
use serde::{Deserialize, Serialize};

use super::{DocumentRow, RequestRow, public, sql::LOOKS, views::*};
use crate::{
    Error, Result, args,
    blobs::{Handed, of},
    ctx::Ctx,
    vault::SubjectKey,
};

/// A file in a receipt, as it is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ReceiptLine {
    public: String,
    pub name: String,
    length: u64,
    pub sha256: String,
}

impl ReceiptLine {
    pub fn of(handed: &Handed) -> Self {
        Self {
            public: handed.public.to_string(),
            name: handed.name.clone(),
            length: handed.length,
            sha256: handed.sha256.iter().map(|b| format!("{b:02x}")).collect(),
        }
    }
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct DocRow {
    pub id: String,
    public_id: String,
    reference: String,
    pub person_id: String,
    pub unit_id: String,
    pub case_kind: Option<String>,
    pub case_id: Option<String>,
    case_public: Option<String>,
    case_reference: Option<String>,
    pub kind: String,
    pub blob_kind: String,
    pub request_id: Option<String>,
    request: Option<String>,
    follow: Option<String>,
    words: Option<Vec<u8>>,
    receipt: Vec<u8>,
    handed_at: i64,
    state: String,
    state_at: i64,
    answer: Option<Vec<u8>>,
    pub version: i64,
    sender: String,
    unit_name: String,
    subject_key: Vec<u8>,
    #[sqlx(flatten)]
    names: Names,
}

impl DocRow {
    pub fn id(&self) -> Id<DocumentRow> {
        Id::new(self.id.as_str())
    }

    pub fn person(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn state(&self) -> Result<State> {
        State::parse(&self.state).ok_or(Error::Broken("state of a document"))
    }

    pub fn came(&self) -> Result<Came> {
        Ok(Came {
            public: public(&self.public_id)?,
            reference: reference(&self.reference)?,
            names: self.names.clone(),
            handed_at: Instant(self.handed_at),
            state: self.state()?,
        })
    }

    /// With its files as they stand now, and who has looked.
    pub async fn document(self, ctx: &Ctx) -> Result<Document> {
        let key = ctx.vault.subject_from(&self.person_id, &self.subject_key)?;
        let files = self.files(ctx, &key).await?;
        let looks: Vec<(i64, Option<String>)> = ctx.db.all(LOOKS, args![&self.id]).await?;
        let state = self.state()?;
        Ok(Document {
            public: public(&self.public_id)?,
            reference: reference(&self.reference)?,
            about: about(self.case_kind, self.case_public, self.case_reference),
            words: opened(&key, &words_place(&self.id), self.words.as_deref())?,
            answer: opened(&key, &answer_place(&self.id), self.answer.as_deref())?,
            shown: state.shown(files.iter().map(|file| file.state)),
            files,
            handed_at: Instant(self.handed_at),
            state,
            state_at: Instant(self.state_at),
            request: self.request.as_deref().map(public).transpose()?,
            follow: self.follow.as_deref().map(public).transpose()?,
            looks: looks.into_iter().map(look).collect::<Result<_>>()?,
            names: self.names,
            kind: self.kind,
            sender: self.sender,
            unit_name: self.unit_name,
            version: self.version,
        })
    }

    async fn files(&self, ctx: &Ctx, key: &SubjectKey) -> Result<Vec<FileLine>> {
        let broken = || Error::Broken("the receipt of a document");
        let plain = key.open(&receipt_place(&self.id), &self.receipt)?;
        let told: Vec<ReceiptLine> = serde_json::from_slice(&plain).map_err(|_| broken())?;
        let views = of(ctx, &self.blob_kind, &self.id).await?;
        let line = |told: ReceiptLine| {
            let file: Public<Blob> = public(&told.public)?;
            let state = views.iter().find(|view| view.public == file).ok_or_else(broken)?.state;
            Ok(FileLine { public: file, name: told.name, length: told.length, sha256: told.sha256, state })
        };
        told.into_iter().map(line).collect()
    }
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct AskRow {
    pub id: String,
    public_id: String,
    reference: String,
    pub person_id: String,
    pub unit_id: String,
    pub case_kind: Option<String>,
    pub case_id: Option<String>,
    case_public: Option<String>,
    case_reference: Option<String>,
    pub kind: String,
    pub kind_from: String,
    reason: Vec<u8>,
    due_on: String,
    asked_at: i64,
    state: String,
    state_at: i64,
    told: Option<String>,
    told_words: Option<Vec<u8>>,
    told_at: Option<i64>,
    paper_on: Option<String>,
    note: Option<Vec<u8>>,
    document: Option<String>,
    pub version: i64,
    person: String,
    unit_name: String,
    subject_key: Vec<u8>,
    #[sqlx(flatten)]
    names: Names,
}

impl AskRow {
    pub fn id(&self) -> Id<RequestRow> {
        Id::new(self.id.as_str())
    }

    pub fn person(&self) -> Id<Person> {
        Id::new(self.person_id.as_str())
    }

    pub fn unit(&self) -> Id<Unit> {
        Id::new(self.unit_id.as_str())
    }

    pub fn state(&self) -> Result<RequestState> {
        RequestState::parse(&self.state).ok_or(Error::Broken("state of a request"))
    }

    pub fn asked(self, ctx: &Ctx) -> Result<Asked> {
        let key = ctx.vault.subject_from(&self.person_id, &self.subject_key)?;
        let told_words = opened(&key, &told_place(&self.id), self.told_words.as_deref())?;
        let note = opened(&key, &note_place(&self.id), self.note.as_deref())?;
        let said = match (self.told.as_deref().and_then(Told::parse), self.told_at) {
            (Some(how), Some(at)) => Some(Said { how, words: told_words, at: Instant(at) }),
            _ => None,
        };
        Ok(Asked {
            public: public(&self.public_id)?,
            reference: reference(&self.reference)?,
            reason: opened(&key, &reason_place(&self.id), Some(&self.reason))?.unwrap_or_default(),
            due: day(&self.due_on)?,
            asked_at: Instant(self.asked_at),
            state: self.state()?,
            state_at: Instant(self.state_at),
            said,
            paper: self.paper_on.as_deref().map(day).transpose()?.map(|on| (on, note)),
            document: self.document.as_deref().map(public).transpose()?,
            about: about(self.case_kind, self.case_public, self.case_reference),
            names: self.names,
            kind: self.kind,
            kind_from: self.kind_from,
            person: self.person,
            unit_name: self.unit_name,
            version: self.version,
        })
    }
}

fn about(kind: Option<String>, public: Option<String>, reference: Option<String>) -> Option<About> {
    Some(About { kind: kind?, public: public?, reference: reference? })
}

pub(super) fn reference(text: &str) -> Result<Reference> {
    Reference::parse(text).ok_or(Error::Broken("reference"))
}

pub(super) fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(text).ok_or(Error::Broken("a day"))
}

fn opened(key: &SubjectKey, place: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
    let text = |plain: &[u8]| String::from_utf8_lossy(plain).into_owned();
    sealed.map(|sealed| key.open(place, sealed).map(|plain| text(&plain))).transpose()
}

fn look((at, role): (i64, Option<String>)) -> Result<Look> {
    let role = role.as_deref().and_then(Role::parse).ok_or(Error::Broken("role of a look"))?;
    Ok(Look { at: Instant(at), role })
}

pub(super) fn words_place(id: &str) -> String {
    format!("document/words/{id}")
}

pub(super) fn receipt_place(id: &str) -> String {
    format!("document/receipt/{id}")
}

pub(super) fn answer_place(id: &str) -> String {
    format!("document/answer/{id}")
}

pub(super) fn reason_place(id: &str) -> String {
    format!("document_request/reason/{id}")
}

pub(super) fn told_place(id: &str) -> String {
    format!("document_request/told_words/{id}")
}

pub(super) fn note_place(id: &str) -> String {
    format!("document_request/note/{id}")
}
