//! Documents and requests as pages read them.

use domain::{
    access::Role,
    blobs::{self, Blob},
    documents::{RequestState, Shown, State, Told},
    kernel::{CivilDate, Instant, Locale, Public, Reference},
};

use super::{DocumentRow, RequestRow};

/// What a kind is called, and when one sends it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Names {
    name_nb: String,
    name_nn: String,
    name_en: String,
    hint_nb: String,
    hint_nn: String,
    hint_en: String,
}

impl Names {
    pub fn name(&self, l: Locale) -> &str {
        match l {
            Locale::Nn => &self.name_nn,
            Locale::En => &self.name_en,
            Locale::Nb | Locale::Se => &self.name_nb,
        }
    }

    pub fn hint(&self, l: Locale) -> &str {
        match l {
            Locale::Nn => &self.hint_nn,
            Locale::En => &self.hint_en,
            Locale::Nb | Locale::Se => &self.hint_nb,
        }
    }
}

/// The case that something is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// `application` or `booking`.
    pub kind: String,
    pub public: String,
    pub reference: String,
}

/// A file as its sender was told, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    pub public: Public<Blob>,
    pub name: String,
    pub length: u64,
    /// SHA-256 of the original, as hex.
    pub sha256: String,
    pub state: blobs::State,
}

/// Somebody of the staff has opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    pub role: Role,
}

/// A document, whole.
#[derive(Clone, Debug)]
pub struct Document {
    pub public: Public<DocumentRow>,
    pub reference: Reference,
    pub names: Names,
    pub kind: String,
    pub sender: String,
    pub about: Option<About>,
    pub unit_name: String,
    pub words: Option<String>,
    pub files: Vec<FileLine>,
    pub handed_at: Instant,
    pub state: State,
    pub state_at: Instant,
    pub shown: Shown,
    /// What staff wrote when they took it.
    pub answer: Option<String>,
    /// The request that it was sent for, and the one that asks for more.
    pub request: Option<Public<RequestRow>>,
    pub follow: Option<Public<RequestRow>>,
    pub version: i64,
    pub looks: Vec<Look>,
}

/// A line of what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub public: Public<DocumentRow>,
    pub reference: Reference,
    pub names: Names,
    pub handed_at: Instant,
    pub state: State,
}

/// What she said instead of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub how: Told,
    pub words: Option<String>,
    pub at: Instant,
}

/// A request, whole.
#[derive(Clone, Debug)]
pub struct Asked {
    pub public: Public<RequestRow>,
    pub reference: Reference,
    pub names: Names,
    pub kind: String,
    pub(super) kind_from: String,
    pub person: String,
    pub about: Option<About>,
    pub unit_name: String,
    pub reason: String,
    pub due: CivilDate,
    pub asked_at: Instant,
    pub state: RequestState,
    pub state_at: Instant,
    pub said: Option<Said>,
    /// When it came on paper, and where it lies: for staff.
    pub paper: Option<(CivilDate, Option<String>)>,
    /// What has come for it.
    pub document: Option<Public<DocumentRow>>,
    pub version: i64,
}

impl Asked {
    pub fn is_overdue(&self, today: CivilDate) -> bool {
        self.state.is_missing() && self.due < today
    }
}
