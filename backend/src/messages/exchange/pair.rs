//! The two of an exchange and all that decides whether they may write today, in one statement: by a page from the database,
//! by a command inside its transaction. Nobody is asked whom the letter goes to: it follows from who is cleared for whom.

use domain::{
    access::{Person, Unit},
    kernel::{CivilDate, Id, Public},
    messages::{Facts, Level, Means, Order, Side, is_controlled, is_open},
};

use crate::{Error, Result, args, custody::inmates::Inmate, db::Tx};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Pair {
    pub person_id: String,
    pub inmate_id: String,
    pub inmate_public: String,
    pub inmate_name: String,
    pub unit_id: Option<String>,
    pub unit_name: Option<String>,
    pub unit_level: Option<String>,
    pub exchange_id: Option<String>,
    pub exchange_public: Option<String>,
    pub relative_side: Option<String>,
    pub inmate_side: Option<String>,
    pub control_order: Option<String>,
    pub norwegian_only: Option<i64>,
    pub cleared_to: Option<String>,
    pub bans: i64,
    pub controls: i64,
    #[sqlx(flatten)]
    pub rule: RuleRow,
}

/// The two, and what a letter on its way has to know besides: read in one statement, for each is a trip to the engine.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Sending {
    #[sqlx(flatten)]
    pub pair: Pair,
    pub subject_key: Vec<u8>,
    /// The letter that the same form has sent.
    pub sent_before: Option<String>,
    pub sent_this_week: i64,
}

/// What the unit has said, as of a day; nothing of it where it has said nothing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct RuleRow {
    pub exchange_on: Option<i64>,
    pub longest: Option<i64>,
    pub per_week: Option<i64>,
    pub control_hours: Option<i64>,
    pub release_hours: Option<i64>,
    pub means: Option<String>,
    pub reads_days: Option<String>,
    pub reads_from: Option<i64>,
    pub reads_to: Option<i64>,
    pub duty_phone: Option<String>,
}

/// What a form of the unit says beside its field: how much, how often, when somebody reads it, whom to ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub longest: usize,
    pub per_week: i64,
    /// `weekdays` or `daily`, from and to in minutes after midnight.
    pub reads: (String, i64, i64),
    pub duty_phone: String,
}

impl RuleRow {
    pub fn bounds(&self) -> Option<Bounds> {
        Some(Bounds {
            longest: usize::try_from(self.longest?).ok()?,
            per_week: self.per_week?,
            reads: (self.reads_days.clone()?, self.reads_from?, self.reads_to?),
            duty_phone: self.duty_phone.clone()?,
        })
    }

    pub fn means(&self) -> Option<Means> {
        Means::parse(self.means.as_deref()?)
    }
}

impl Pair {
    /// Her and this inmate; none if there has never been anything between them.
    pub async fn of(
        tx: &mut Tx,
        person: &Id<Person>,
        inmate: &Public<Inmate>,
        today: CivilDate,
    ) -> Result<Option<Self>> {
        tx.optional(PAIR, args![person, today, inmate]).await
    }

    pub fn facts(&self) -> Result<Facts> {
        let side = |code: &Option<String>| match code.as_deref() {
            None => Ok(Side::Open),
            Some(code) => Side::parse(code).ok_or(Error::Broken("side of an exchange")),
        };
        Ok(Facts {
            unit_on: self.unit_id.is_some() && self.rule.exchange_on == Some(1),
            cleared_to: self.cleared_to.as_deref().and_then(CivilDate::parse_iso),
            relative: side(&self.relative_side)?,
            inmate: side(&self.inmate_side)?,
            banned: self.bans > 0,
        })
    }

    pub fn is_open(&self, today: CivilDate) -> Result<bool> {
        Ok(is_open(&self.facts()?, today))
    }

    pub fn is_controlled(&self) -> Result<bool> {
        let order = match self.control_order.as_deref() {
            None => Order::AsLevel,
            Some(code) => Order::parse(code).ok_or(Error::Broken("order on an exchange"))?,
        };
        Ok(is_controlled(self.level(), order, self.controls > 0))
    }

    pub fn level(&self) -> Level {
        Level::of(self.unit_level.as_deref().unwrap_or_default())
    }

    pub fn unit(&self) -> Option<Id<Unit>> {
        self.unit_id.as_deref().map(Id::new)
    }
}

macro_rules! pairs {
    ($more:literal, $person:literal, $from:literal, $rest:literal) => {
        concat!(
            "SELECT w.id AS person_id, i.id AS inmate_id, i.public_id AS inmate_public, i.name AS inmate_name, ",
            "pl.unit_id, u.name AS unit_name, u.level AS unit_level, e.id AS exchange_id, ",
            "e.public_id AS exchange_public, e.relative_side, e.inmate_side, e.control_order, e.norwegian_only, ",
            "(SELECT MAX(r.valid_to) FROM message_relation r WHERE r.person_id = ",
            $person,
            " AND r.inmate_id = i.id AND r.valid_from <= $2) AS cleared_to, ",
            "CAST((SELECT COUNT(*) FROM restriction b WHERE b.inmate_id = i.id AND b.kind = 'letter_ban' ",
            "AND b.valid_from <= $2 AND $2 <= b.valid_to) AS BIGINT) AS bans, ",
            "CAST((SELECT COUNT(*) FROM restriction b WHERE b.inmate_id = i.id AND b.kind = 'letter_control' ",
            "AND b.valid_from <= $2 AND $2 <= b.valid_to) AS BIGINT) AS controls, ",
            "m.exchange_on, m.longest, m.per_week, m.control_hours, m.release_hours, m.means, m.reads_days, ",
            "m.reads_from, m.reads_to, m.duty_phone",
            $more,
            " FROM ",
            $from,
            " LEFT JOIN placement pl ON pl.inmate_id = i.id AND pl.ended_at IS NULL ",
            "LEFT JOIN unit u ON u.id = pl.unit_id LEFT JOIN message_rule m ON m.unit_id = pl.unit_id ",
            "AND m.valid_from = (SELECT MAX(v.valid_from) FROM message_rule v WHERE v.unit_id = pl.unit_id ",
            "AND v.valid_from <= $2) ",
            $rest
        )
    };
}
pub const PAIR: &str = pairs!(
    "",
    "w.id",
    "person w JOIN inmate i ON i.public_id = $3 LEFT JOIN exchange e ON e.inmate_id = i.id AND e.person_id = w.id",
    "WHERE w.id = $1 AND (e.id IS NOT NULL OR EXISTS (SELECT 1 FROM message_relation r WHERE r.person_id = w.id \
    AND r.inmate_id = i.id))"
);
/// The same, with her key, what the same form has sent, and how many the side has written since a moment.
pub const SENDING: &str = pairs!(
    ", k.sealed AS subject_key, (SELECT b.public_id FROM letter b WHERE b.author = $4 AND b.form_key = $5 \
    AND b.digest = $6) AS sent_before, CAST((SELECT COUNT(*) FROM letter l WHERE l.exchange_id = e.id \
    AND l.from_relative = $7 AND l.written_at >= $8) AS BIGINT) AS sent_this_week",
    "w.id",
    "person w JOIN subject_key k ON k.subject_id = w.id JOIN inmate i ON i.public_id = $3 \
    LEFT JOIN exchange e ON e.inmate_id = i.id AND e.person_id = w.id",
    "WHERE w.id = $1 AND (e.id IS NOT NULL OR EXISTS (SELECT 1 FROM message_relation r WHERE r.person_id = w.id \
    AND r.inmate_id = i.id))"
);
/// All of hers, with what the list shows.
pub const PENS: &str = pairs!(
    ", CAST((SELECT COUNT(*) FROM letter l WHERE l.exchange_id = e.id AND ((l.from_relative = 0 \
    AND l.state = 'delivered') OR (l.from_relative = 1 AND l.category IS NOT NULL AND l.sender_read_at IS NULL))) \
    AS BIGINT) AS unread, (SELECT MAX(l.written_at) FROM letter l WHERE l.exchange_id = e.id AND (l.from_relative = 1 \
    OR l.state IN ('delivered', 'read'))) AS last_at",
    "w.id",
    "person w JOIN inmate i ON i.id IN (SELECT r.inmate_id FROM message_relation r WHERE r.person_id = w.id UNION \
    SELECT x.inmate_id FROM exchange x WHERE x.person_id = w.id) \
    LEFT JOIN exchange e ON e.inmate_id = i.id AND e.person_id = w.id",
    "WHERE w.id = $1 ORDER BY i.sort_name, i.id"
);
/// One of hers, with her key and her draft.
pub const OPENED: &str = pairs!(
    ", k.sealed AS subject_key, d.sealed AS draft, d.earlier AS draft_earlier, d.version AS draft_version, \
    d.updated_at AS draft_at, CAST((SELECT COUNT(*) FROM letter l WHERE l.exchange_id = e.id AND l.from_relative = 1 \
    AND l.written_at >= $5) AS BIGINT) AS sent_this_week",
    "w.id",
    "person w JOIN subject_key k ON k.subject_id = w.id JOIN inmate i ON i.public_id = $3 \
    LEFT JOIN exchange e ON e.inmate_id = i.id AND e.person_id = w.id \
    LEFT JOIN message_draft d ON d.owner = w.id AND d.place = $4",
    "WHERE w.id = $1 AND (e.id IS NOT NULL OR EXISTS (SELECT 1 FROM message_relation r WHERE r.person_id = w.id \
    AND r.inmate_id = i.id))"
);
/// All of his.
pub const OF_INMATE: &str = pairs!(
    ", w.name AS relative",
    "w.id",
    "exchange e JOIN inmate i ON i.id = e.inmate_id JOIN person w ON w.id = e.person_id",
    "WHERE e.inmate_id = $1 ORDER BY w.sort_name, e.id LIMIT 200"
);
/// One exchange, whoever asks: for what happens by itself.
pub const OF_EXCHANGE: &str = pairs!(
    "",
    "w.id",
    "exchange e JOIN inmate i ON i.id = e.inmate_id JOIN person w ON w.id = e.person_id",
    "WHERE e.id = $1"
);
