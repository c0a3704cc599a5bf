//! What there is for him, as it goes over the wire.

use backend::messages::{
    counsel::{Lawyer as OneLawyer, Message as OneMessage},
    exchange::{HeldBack as Decided, InsideExchange, InsideLetter, Openness},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::kernel::Instant;
use serde::Serialize;
use utoipa::ToSchema;

/// All that has passed between him and his relatives.
#[derive(Serialize, ToSchema)]
pub struct Exchanges {
    /// By the relatives' names.
    pub exchanges: Vec<Exchange>,
}

/// One relative, and what has passed.
#[derive(Serialize, ToSchema)]
pub struct Exchange {
    /// Stands in the addresses of what he does in it.
    pub id: String,
    /// Her name.
    pub relative: String,
    /// What he has said himself: `open`, `paused` or `blocked`.
    pub own_side: String,
    /// How he may write today. Without it he may not, and nothing says why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writing: Option<Writing>,
    /// The oldest first. Of hers, what has been let through.
    pub letters: Vec<Letter>,
}

/// What the unit where he is says about letters today.
#[derive(Serialize, ToSchema)]
pub struct Writing {
    /// The unit's name.
    pub unit: String,
    /// Most characters of a letter.
    #[schema(value_type = u64, minimum = 1)]
    pub longest: usize,
    /// Letters that he may send in this exchange in a week, Monday to Sunday.
    #[schema(value_type = u64, minimum = 0)]
    pub per_week: i64,
    /// How many of them are left.
    #[schema(value_type = u64, minimum = 0)]
    pub left_this_week: i64,
    /// Somebody reads them on their way.
    pub controlled: bool,
    /// Only Norwegian has been allowed.
    pub norwegian_only: bool,
}

/// A letter of hers, or of his.
#[derive(Serialize, ToSchema)]
pub struct Letter {
    /// Stands in the address of its receipt.
    pub id: String,
    /// `relative`, or `inmate` for his own.
    pub from: &'static str,
    /// Plain text. Of hers, what is left when a part was held back.
    pub words: String,
    /// Of hers `released` (no receipt yet), `delivered` or `read`; of his also `in_control`, `stopped` and `lapsed`.
    pub state: String,
    /// Since when.
    #[schema(format = DateTime)]
    pub state_at: String,
    /// When it was written.
    #[schema(format = DateTime)]
    pub written_at: String,
    /// A part of it was held back.
    pub part_held_back: bool,
    /// By when control is expected to be done with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// What was decided when his, or a part of it, was held back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_back: Option<HeldBack>,
}

/// A decision that he may appeal.
#[derive(Serialize, ToSchema)]
pub struct HeldBack {
    /// `crime`, `escape`, `safety` or `contact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
    /// In the officer's own words.
    pub reason: String,
    /// Which milder step was considered.
    pub milder: String,
    /// The paragraph.
    pub legal_basis: String,
    /// The language of the reason: `nb`, `nn`, `en` or `se`.
    pub language: String,
    /// When it was made.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// How many days there are to appeal, from the day on which word of it has reached him.
    #[schema(value_type = u64, minimum = 0)]
    pub appeal_days: i64,
    /// Where an appeal goes.
    pub unit: String,
    /// Its address.
    pub address: String,
}

impl From<InsideExchange> for Exchange {
    fn from(of: InsideExchange) -> Self {
        Self {
            id: of.public.to_string(),
            relative: of.relative,
            own_side: of.own_side,
            writing: of.open.map(Writing::from),
            letters: of.letters.into_iter().map(Letter::from).collect(),
        }
    }
}

impl From<Openness> for Writing {
    fn from(of: Openness) -> Self {
        Self {
            unit: of.unit_name,
            longest: of.bounds.longest,
            per_week: of.bounds.per_week,
            left_this_week: of.left_this_week,
            controlled: of.controlled,
            norwegian_only: of.norwegian_only,
        }
    }
}

impl From<InsideLetter> for Letter {
    fn from(of: InsideLetter) -> Self {
        Self {
            id: of.public.to_string(),
            from: if of.from_you { "inmate" } else { "relative" },
            words: of.words,
            state: of.state,
            state_at: of.state_at.rfc3339(),
            written_at: of.written_at.rfc3339(),
            part_held_back: of.cut,
            due_at: of.due_at.map(Instant::rfc3339),
            held_back: of.held_back.map(HeldBack::from),
        }
    }
}

impl From<Decided> for HeldBack {
    fn from(of: Decided) -> Self {
        Self {
            category: of.category.map(|category| category.code()),
            reason: of.reason,
            milder: of.milder,
            legal_basis: of.legal_basis,
            language: of.text_locale,
            made_at: of.made_at.rfc3339(),
            appeal_days: of.appeal_days,
            unit: of.unit_name,
            address: of.unit_address,
        }
    }
}

/// All that has passed between him and his lawyers.
#[derive(Serialize, ToSchema)]
pub struct Lawyers {
    /// Those whose mandate stands, by name.
    pub lawyers: Vec<Lawyer>,
}

/// One lawyer, and what has passed.
#[derive(Serialize, ToSchema)]
pub struct Lawyer {
    /// Stands in the addresses of what he does in it.
    pub id: String,
    /// Her name.
    pub name: String,
    /// The oldest first.
    pub messages: Vec<Message>,
}

/// A message of hers, or of his.
#[derive(Serialize, ToSchema)]
pub struct Message {
    /// Stands in the address of its receipt.
    pub id: String,
    /// `lawyer`, or `inmate` for his own.
    pub from: &'static str,
    /// Base 64 (RFC 4648, 4). Nothing on its way looks into it.
    #[schema(content_encoding = "base64")]
    pub body: String,
    /// When it was written.
    #[schema(format = DateTime)]
    pub written_at: String,
    /// When it came to the one it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub delivered_at: Option<String>,
    /// When it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub read_at: Option<String>,
}

impl From<OneLawyer> for Lawyer {
    fn from(of: OneLawyer) -> Self {
        let messages = of.messages.into_iter().map(Message::from).collect();
        Self { id: of.public.to_string(), name: of.name, messages }
    }
}

impl From<OneMessage> for Message {
    fn from(of: OneMessage) -> Self {
        Self {
            id: of.public.to_string(),
            from: if of.from_lawyer { "lawyer" } else { "inmate" },
            body: STANDARD.encode(of.words),
            written_at: of.written_at.rfc3339(),
            delivered_at: of.delivered_at.map(Instant::rfc3339),
            read_at: of.read_at.map(Instant::rfc3339),
        }
    }
}
