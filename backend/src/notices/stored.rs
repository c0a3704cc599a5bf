//! A matter as rows, and back: all that stands between one decision and one recipient is loaded, takes one step of the
//! domain, and is saved, in one transaction. What falls due next is a column, by which the worker finds it.

use domain::{
    custody::{Condition, Kind},
    kernel::{Id, Instant},
    notices::{Call, Facts, Matter, Obligation, SafeTimes, Text, Version},
};

use super::{
    Duty, MatterRow, Profile, Recipient,
    columns::{
        Columns, DutyRow, Row, TextRow, assessment, conditions_of, number, sealed_conditions, state,
        state_columns, text, text_columns, timing,
    },
    rules, tasks,
};
use crate::{Error, Result, args, ctx::Ctx, db::Tx, rules::Rules};

/// A matter in hand.
pub(super) struct Loaded {
    pub id: Id<MatterRow>,
    pub party: String,
    pub recipient: Id<Recipient>,
    pub matter: Matter,
    pub until: Option<Instant>,
    pub basis: String,
    pub fields: String,
    pub conditions: Vec<Condition>,
    pub answered_by: Option<String>,
    pub reason: Option<Vec<u8>>,
    pub safe: SafeTimes,
    /// Her confirmed channels, in her order.
    pub channels: Vec<String>,
    /// The ids of its obligations' rows, by version.
    duties: Vec<(u32, Id<Duty>)>,
}

/// What a new matter is made of.
pub(super) struct New {
    pub decision: String,
    pub party: String,
    pub recipient: Id<Recipient>,
    pub matter: Matter,
    pub until: Option<Instant>,
    pub basis: String,
    pub fields: String,
    pub conditions: Vec<Condition>,
}

pub(super) async fn load(tx: &mut Tx, ctx: &Ctx, id: &Id<MatterRow>) -> Result<Loaded> {
    let row: Row = tx.one(LOAD, args![id]).await?;
    let recipient: Id<Recipient> = Id::new(row.recipient_id.as_str());
    let safe = Profile::of(tx, ctx, &recipient).await?.safe_times();
    let (obligations, duties) = obligations(tx, id).await?;
    let matter = Matter {
        stands: Version {
            number: number(row.version)?,
            kind: Kind::parse(&row.kind).ok_or(Error::Broken("kind of a matter"))?,
            timing: timing(&row.timing)?,
            at: Instant(row.at),
            cancelled: row.cancelled == 1,
        },
        assessment: assessment(&row)?,
        obligations,
    };
    let conditions = conditions_of(ctx, id, &row.facts)?;
    Ok(Loaded {
        id: id.clone(),
        party: row.party_id,
        channels: channels(tx, &recipient).await?,
        recipient,
        matter,
        until: row.until_at.map(Instant),
        basis: row.basis,
        fields: row.fields,
        conditions,
        answered_by: row.answered_by,
        reason: row.reason,
        safe,
        duties,
    })
}

/// A matter that has just been opened, not saved yet.
pub(super) async fn begin(tx: &mut Tx, ctx: &Ctx, new: New, now: Instant) -> Result<Loaded> {
    let id: Id<MatterRow> = ctx.chance.id(now);
    let version = &new.matter.stands;
    let values = args![
        &id,
        &ctx.chance.public::<MatterRow>(),
        &new.decision,
        &new.party,
        i64::from(version.number),
        version.kind.code(),
        version.timing.code(),
        version.at,
        new.until,
        i64::from(version.cancelled),
        sealed_conditions(ctx, &id, &new.conditions)?,
        &new.basis,
        &new.fields,
        now
    ];
    tx.later(BEGIN, values).await?;
    Ok(Loaded {
        id,
        party: new.party,
        channels: channels(tx, &new.recipient).await?,
        safe: Profile::of(tx, ctx, &new.recipient).await?.safe_times(),
        recipient: new.recipient,
        matter: new.matter,
        until: new.until,
        basis: new.basis,
        fields: new.fields,
        conditions: new.conditions,
        answered_by: None,
        reason: None,
        duties: Vec::new(),
    })
}

/// What a step needs to know.
pub(super) async fn facts(tx: &mut Tx, channels: usize, now: Instant) -> Result<Facts> {
    let numbers = rules::numbers(&Rules::within(tx, now.date()).await?)?;
    let held: Option<(String,)> = tx.optional(HELD, vec![]).await?;
    let channels = u8::try_from(channels).unwrap_or(u8::MAX);
    Ok(Facts { now, numbers, channels, held: held.is_some() })
}

impl Loaded {
    pub async fn save(&mut self, tx: &mut Tx, ctx: &Ctx, now: Instant) -> Result<()> {
        let assessment = Columns::of(&self.matter.assessment);
        let version = self.matter.stands;
        let values = args![
            i64::from(version.number),
            version.kind.code(),
            version.timing.code(),
            version.at,
            self.until,
            i64::from(version.cancelled),
            sealed_conditions(ctx, &self.id, &self.conditions)?,
            &self.basis,
            &self.fields,
            assessment.state,
            assessment.climbs_at,
            i64::from(assessment.climbed),
            assessment.answer,
            assessment.answered_at,
            self.answered_by.as_ref(),
            self.reason.clone(),
            self.next(),
            &self.id
        ];
        tx.later(SAVE, values).await?;
        let obligations = self.matter.obligations.clone();
        for (number, duty) in &obligations {
            self.save_duty(tx, ctx, *number, duty).await?;
        }
        tasks::follow(tx, ctx, self, now).await
    }

    /// When the worker is to look at it again.
    pub fn next(&self) -> Option<Instant> {
        let duty = self.matter.obligations.last().and_then(|(_, duty)| duty.next(&self.safe));
        self.matter.assessment.climbs_at().into_iter().chain(duty).min()
    }

    pub fn duty_id(&self, version: u32) -> Option<&Id<Duty>> {
        self.duties.iter().find(|(number, _)| *number == version).map(|(_, id)| id)
    }

    async fn save_duty(&mut self, tx: &mut Tx, ctx: &Ctx, number: u32, duty: &Obligation) -> Result<()> {
        let known = self.duty_id(number).cloned();
        let (call_open, call_at) = match duty.call {
            Call::Planned { due } => (0, due),
            Call::Open { since } => (1, since),
        };
        let (state, ended_at) = state_columns(duty.state);
        if let Some(id) = known {
            let values = args![call_open, call_at, state, ended_at, &id];
            tx.later(SAVE_DUTY, values).await?;
            return self.save_texts(tx, &id, &duty.texts).await;
        }
        let id: Id<Duty> = ctx.chance.id(duty.opened_at);
        let hold: Option<(String,)> = if duty.held { tx.optional(HELD, vec![]).await? } else { None };
        let version = self.matter.stands;
        let values = args![
            &id,
            &ctx.chance.public::<Duty>(),
            &self.id,
            i64::from(number),
            duty.timing.code(),
            version.at,
            self.until,
            i64::from(version.cancelled),
            duty.opened_at,
            duty.deadline,
            call_open,
            call_at,
            hold.map(|(id,)| id),
            state,
            ended_at
        ];
        tx.later(BEGIN_DUTY, values).await?;
        self.duties.push((number, id.clone()));
        self.begin_texts(tx, &id, &duty.texts).await
    }

    async fn begin_texts(&self, tx: &mut Tx, id: &Id<Duty>, texts: &[Text]) -> Result<()> {
        for text in texts {
            let Some(channel) = self.channels.get(usize::from(text.channel)) else { continue };
            let (state, at) = text_columns(text.state);
            let values = args![id, i64::from(text.channel), channel, i64::from(text.tries), state, at];
            tx.later(BEGIN_TEXT, values).await?;
        }
        Ok(())
    }

    async fn save_texts(&self, tx: &mut Tx, id: &Id<Duty>, texts: &[Text]) -> Result<()> {
        for text in texts {
            let (state, at) = text_columns(text.state);
            let values = args![i64::from(text.tries), state, at, id, i64::from(text.channel)];
            tx.later(SAVE_TEXT, values).await?;
        }
        Ok(())
    }
}

async fn channels(tx: &mut Tx, recipient: &Id<Recipient>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx.all(CHANNELS, args![recipient]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

type Duties = (Vec<(u32, Obligation)>, Vec<(u32, Id<Duty>)>);

async fn obligations(tx: &mut Tx, id: &Id<MatterRow>) -> Result<Duties> {
    let rows: Vec<DutyRow> = tx.all(DUTIES, args![id]).await?;
    let texts: Vec<TextRow> = tx.all(TEXTS, args![id]).await?;
    let (mut duties, mut ids) = (Vec::new(), Vec::new());
    for row in rows {
        let of_row =
            texts.iter().filter(|text| text.obligation_id == row.id).map(text).collect::<Result<_>>()?;
        let number = number(row.version)?;
        let call_at = Instant(row.call_at);
        let obligation = Obligation {
            timing: timing(&row.timing)?,
            opened_at: Instant(row.opened_at),
            deadline: Instant(row.deadline),
            texts: of_row,
            call: if row.call_open == 1 {
                Call::Open { since: call_at }
            } else {
                Call::Planned { due: call_at }
            },
            held: row.held == 1,
            state: state(&row)?,
        };
        duties.push((number, obligation));
        ids.push((number, Id::new(row.id)));
    }
    Ok((duties, ids))
}

pub const LOAD: &str = "SELECT m.party_id, p.recipient_id, m.version, m.kind, m.timing, m.at, m.until_at, m.cancelled, \
    m.facts, m.basis, m.fields, m.assessment, m.climbs_at, m.climbed, m.answer, m.answered_at, m.answered_by, m.reason \
    FROM notice_matter m JOIN notice_party p ON p.id = m.party_id WHERE m.id = $1";
pub const DUTIES: &str = "SELECT o.id, o.version, o.timing, o.opened_at, o.deadline, o.call_open, o.call_at, \
    CAST(CASE WHEN h.state <> 'settled' THEN 1 ELSE 0 END AS BIGINT) AS held, o.state, o.ended_at FROM notice_obligation o \
    LEFT JOIN notice_hold h ON h.id = o.hold_id WHERE o.matter_id = $1 ORDER BY o.version";
pub const TEXTS: &str = "SELECT t.obligation_id, t.place, t.tries, t.state, t.at FROM notice_text t \
    JOIN notice_obligation o ON o.id = t.obligation_id WHERE o.matter_id = $1 ORDER BY t.obligation_id, t.place";
pub const CHANNELS: &str =
    "SELECT id FROM notice_channel WHERE recipient_id = $1 AND state = 'confirmed' ORDER BY place, id";
pub const HELD: &str = "SELECT id FROM notice_hold WHERE state <> 'settled'";
pub const BEGIN: &str = "INSERT INTO notice_matter (id, public_id, decision_id, party_id, version, kind, timing, at, until_at, \
    cancelled, facts, basis, fields, assessment, opened_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'void', $14)";
pub const SAVE: &str = "UPDATE notice_matter SET version = $1, kind = $2, timing = $3, at = $4, until_at = $5, cancelled = $6, \
    facts = $7, basis = $8, fields = $9, assessment = $10, climbs_at = $11, climbed = $12, answer = $13, answered_at = $14, \
    answered_by = $15, reason = $16, due_at = $17, lease = NULL, leased_until = NULL WHERE id = $18";
pub const BEGIN_DUTY: &str = "INSERT INTO notice_obligation (id, public_id, matter_id, version, timing, at, until_at, cancelled, \
    opened_at, deadline, call_open, call_at, hold_id, state, ended_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
pub const SAVE_DUTY: &str =
    "UPDATE notice_obligation SET call_open = $1, call_at = $2, state = $3, ended_at = $4 WHERE id = $5";
pub const BEGIN_TEXT: &str = "INSERT INTO notice_text (obligation_id, place, channel_id, tries, state, at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const SAVE_TEXT: &str =
    "UPDATE notice_text SET tries = $1, state = $2, at = $3 WHERE obligation_id = $4 AND place = $5";
