//! Decisions: level, legal basis, reason, milder control, and the appeal with its deadline. Ground for every slice.
//!
//! The deadline runs from when the notice has reached its reader (forvaltningsloven § 29): from the letter, and no
//! earlier than the decision was there to read (eForvaltningsforskriften § 11), or from when she opened it before any
//! letter had gone. Its length is a rule (straffegjennomføringsloven § 7 e: 7 days).

pub mod held;

use domain::{
    access::{Person, StaffMember, Unit},
    appeals,
    kernel::{CivilDate, Id, Instant, Locale, Public},
    visits::clearance::Measure,
};

use crate::{Error, Result, args, db::Tx};

/// A decision to be saved.
#[derive(Clone, Debug)]
pub struct NewDecision {
    pub id: Id<NewDecision>,
    pub public: Public<NewDecision>,
    pub subject_kind: &'static str,
    pub subject_id: String,
    pub unit: Id<Unit>,
    /// Whom it is told to, who may appeal it; none if that is nobody outside.
    pub person: Option<Id<Person>>,
    /// It decides an appeal.
    pub on_appeal: Option<OnAppeal>,
    pub outcome: &'static str,
    pub legal_basis: String,
    pub rule_version: String,
    pub reason: Option<String>,
    pub milder: Option<String>,
    pub measures: String,
    pub text_locale: Locale,
    pub valid_to: Option<CivilDate>,
    pub appeal_days: i64,
    pub made_at: Instant,
    pub made_by: Id<StaffMember>,
}

/// Which decision was appealed, and the level that decides.
#[derive(Clone, Debug)]
pub struct OnAppeal {
    pub of: String,
    pub level: appeals::Level,
}

impl NewDecision {
    /// Of the level that made it; available to its reader at once.
    pub async fn save(&self, tx: &mut Tx) -> Result<()> {
        let level = self.on_appeal.as_ref().map_or(appeals::Level::Local, |a| a.level).code();
        let values = args![
            &self.id,
            &self.public,
            self.subject_kind,
            &self.subject_id,
            &self.unit,
            self.outcome,
            &self.legal_basis,
            &self.rule_version,
            self.reason.as_ref(),
            self.milder.as_ref(),
            &self.measures,
            self.text_locale.code(),
            self.valid_to,
            self.appeal_days,
            self.made_at,
            &self.made_by,
            level,
            self.person.as_ref(),
            self.on_appeal.as_ref().map(|a| a.of.clone())
        ];
        tx.later(INSERT, values).await
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Granted,
    GrantedWithMeasures,
    Refused,
}

/// A decision as its reader and its officer see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionView {
    pub public: Public<NewDecision>,
    pub outcome: Outcome,
    pub measures: Vec<Measure>,
    pub reason: Option<String>,
    pub milder: Option<String>,
    pub text_locale: Locale,
    pub legal_basis: String,
    pub level: String,
    pub valid_to: Option<CivilDate>,
    pub made_at: Instant,
    pub available_at: Instant,
    pub appeal_days: i64,
    /// Last day of the appeal; none for a plain yes, and none while its notice has not reached anybody: the days run
    /// from that, and until then no day is the last.
    pub appeal_by: Option<CivilDate>,
}

impl DecisionView {
    /// The same but for whom it is about: they were decided together.
    pub fn is_with(&self, other: &Self) -> bool {
        Self { public: other.public.clone(), ..self.clone() } == *other
    }

    /// One that says anything but yes can be appealed.
    pub fn can_be_appealed(&self) -> bool {
        self.outcome != Outcome::Granted
    }

    /// It can be appealed, and nothing has told its reader of it yet.
    pub fn is_untold(&self) -> bool {
        self.outcome != Outcome::Granted && self.appeal_by.is_none()
    }
}

/// What stood about this subject stands no longer: decided anew, the new one stands in its place.
pub async fn supersede(tx: &mut Tx, subject_kind: &str, subject_id: &str, now: Instant) -> Result<()> {
    tx.later(SUPERSEDE, args![now, subject_kind, subject_id]).await
}

/// The last day of an appeal of so many days, once its notice has reached its reader.
pub fn appeal_by(
    available_at: Instant,
    notice_sent_at: Option<i64>,
    opened_at: Option<i64>,
    days: i64,
) -> Option<CivilDate> {
    let reached = appeals::reached(available_at, notice_sent_at.map(Instant), opened_at.map(Instant))?;
    Some(appeals::deadline(reached, appeals::Span::Days(days)).last_day())
}

/// The row behind a view; joined into the reads of slices.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DecisionRow {
    pub public_id: String,
    pub subject_id: String,
    pub outcome: String,
    pub measures: String,
    pub reason: Option<String>,
    pub milder: Option<String>,
    pub text_locale: String,
    pub legal_basis: String,
    pub level: String,
    pub valid_to: Option<String>,
    pub appeal_days: i64,
    pub made_at: i64,
    pub available_at: i64,
    pub notice_sent_at: Option<i64>,
    pub opened_at: Option<i64>,
}

impl DecisionRow {
    pub fn view(self) -> Result<DecisionView> {
        let outcome = match self.outcome.as_str() {
            "granted" if self.measures.is_empty() => Outcome::Granted,
            "granted" => Outcome::GrantedWithMeasures,
            "refused" => Outcome::Refused,
            _ => return Err(Error::Broken("decision outcome")),
        };
        let available_at = Instant(self.available_at);
        let last_day = appeal_by(available_at, self.notice_sent_at, self.opened_at, self.appeal_days);
        Ok(DecisionView {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            outcome,
            measures: measures(&self.measures),
            reason: self.reason,
            milder: self.milder,
            text_locale: Locale::parse(&self.text_locale).unwrap_or_default(),
            legal_basis: self.legal_basis,
            level: self.level,
            valid_to: self.valid_to.as_deref().and_then(CivilDate::parse_iso),
            made_at: Instant(self.made_at),
            available_at,
            appeal_days: self.appeal_days,
            appeal_by: last_day.filter(|_| outcome != Outcome::Granted),
        })
    }
}

/// Measures as stored: codes with spaces between.
pub fn measures(stored: &str) -> Vec<Measure> {
    stored.split(' ').filter_map(Measure::parse).collect()
}

pub fn stored(measures: &[Measure]) -> String {
    measures.iter().map(|m| m.code()).collect::<Vec<_>>().join(" ")
}

pub const SUPERSEDE: &str = "UPDATE decision SET superseded_at = $1 WHERE subject_kind = $2 AND subject_id = $3 \
    AND superseded_at IS NULL";
pub const INSERT: &str = "INSERT INTO decision (id, public_id, subject_kind, subject_id, unit_id, level, outcome, \
    legal_basis, rule_version, reason, milder, measures, text_locale, valid_to, appeal_days, made_at, made_by, \
    available_at, person_id, appeal_of) \
    VALUES ($1, $2, $3, $4, $5, $17, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $18, $19)";
