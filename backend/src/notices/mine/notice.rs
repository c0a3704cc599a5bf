//! One notice: what the rule lets be told, and nothing else.

use domain::{
    custody::{Condition, Kind},
    kernel::{Id, Instant, Public},
    notices::{Answer, Field, plan::shown},
};

use crate::{
    Error, Result, args,
    ctx::{Ctx, Visitor},
    notices::{
        Duty, MatterRow, Recipient,
        columns::{conditions_of, parse_answer},
        representing, rules,
    },
};

/// A notice, as far as the rule lets it be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub public: Public<Duty>,
    pub kind: Kind,
    /// It will not be, or was not so.
    pub cancelled: bool,
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    pub conditions: Vec<Condition>,
    pub basis: String,
    pub came_at: Instant,
    /// Something was told before, and this puts it right.
    pub corrects: bool,
    pub replaced: bool,
    pub confirmed_at: Option<Instant>,
    /// It was her representative who confirmed.
    pub by_representative: bool,
    /// It is her representative who reads.
    pub for_another: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    matter_id: String,
    version: i64,
    stands: i64,
    kind: String,
    cancelled: i64,
    at: i64,
    until_at: Option<i64>,
    facts: Vec<u8>,
    fields: String,
    basis: String,
    answer: Option<String>,
    opened_at: i64,
    state: String,
    ended_at: Option<i64>,
    earlier: i64,
    represented: i64,
}

/// What a page of one notice needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// She has to sign in anew, at the high level, to see it.
    Prove,
    Notice(Box<Notice>),
}

/// None: there is no such notice of hers, or of whom she represents.
pub async fn notice(ctx: &Ctx, visitor: &Visitor, public: &Public<Duty>) -> Result<Option<Opened>> {
    let whose: Option<(String,)> = ctx.db.optional(WHOSE, args![public]).await?;
    let Some((recipient,)) = whose else { return Ok(None) };
    let recipient: Id<Recipient> = Id::new(recipient);
    let Some(seen_for) = representing::seen_by(ctx, visitor, &recipient).await? else { return Ok(None) };
    let row: Option<Row> = ctx.db.optional(NOTICE, args![public, &recipient]).await?;
    let Some(row) = row else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Opened::Prove));
    }
    if let Some(representative) = &seen_for {
        representing::record_look(ctx, visitor, &recipient, representative).await?;
    }
    let notice = Notice { for_another: seen_for.is_some(), ..row.notice(ctx)? };
    Ok(Some(Opened::Notice(Box::new(notice))))
}

/// The same for whoever reads it to her on the telephone.
pub(in crate::notices) async fn told(ctx: &Ctx, duty: &Id<Duty>) -> Result<Option<Notice>> {
    let row: Option<Row> = ctx.db.optional(TOLD, args![duty]).await?;
    row.map(|row| row.notice(ctx)).transpose()
}

impl Row {
    fn notice(self, ctx: &Ctx) -> Result<Notice> {
        let direct =
            self.answer.as_deref().and_then(parse_answer) == Some(Answer::Significant { direct: true });
        let fields = shown(&rules::fields(&self.fields), direct);
        let has = |field| fields.contains(&field);
        // Conditions are those of the standing version; an older one no longer shows them.
        let stands = self.version == self.stands;
        let conditions = if has(Field::Conditions) && stands {
            conditions_of(ctx, &Id::<MatterRow>::new(self.matter_id), &self.facts)?
        } else {
            Vec::new()
        };
        let told = matches!(self.state.as_str(), "acknowledged" | "voice");
        Ok(Notice {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            kind: Kind::parse(&self.kind).ok_or(Error::Broken("kind of a notice"))?,
            cancelled: self.cancelled == 1,
            from: has(Field::From).then_some(Instant(self.at)),
            until: self.until_at.filter(|_| has(Field::Until)).map(Instant),
            conditions,
            basis: self.basis,
            came_at: Instant(self.opened_at),
            corrects: self.earlier > 0,
            replaced: self.state == "superseded",
            confirmed_at: self.ended_at.filter(|_| told).map(Instant),
            by_representative: self.represented == 1,
            for_another: false,
        })
    }
}

pub const WHOSE: &str = "SELECT p.recipient_id FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id \
    JOIN notice_party p ON p.id = m.party_id WHERE o.public_id = $1";
pub const NOTICE: &str = "SELECT o.public_id, o.matter_id, o.version, m.version AS stands, m.kind, o.cancelled, o.at, o.until_at, \
    m.facts, m.fields, m.basis, m.answer, o.opened_at, o.state, o.ended_at, \
    CAST((SELECT COUNT(*) FROM notice_obligation e WHERE e.matter_id = o.matter_id AND e.version < o.version) AS BIGINT) AS earlier, \
    CAST(CASE WHEN o.representative_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS represented \
    FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id \
    LEFT JOIN notice_hold h ON h.id = o.hold_id WHERE o.public_id = $1 AND p.recipient_id = $2 \
    AND COALESCE(h.state, 'settled') = 'settled'";
pub const TOLD: &str = "SELECT o.public_id, o.matter_id, o.version, m.version AS stands, m.kind, o.cancelled, o.at, o.until_at, \
    m.facts, m.fields, m.basis, m.answer, o.opened_at, o.state, o.ended_at, \
    CAST((SELECT COUNT(*) FROM notice_obligation e WHERE e.matter_id = o.matter_id AND e.version < o.version) AS BIGINT) AS earlier, \
    CAST(CASE WHEN o.representative_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS represented \
    FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id WHERE o.id = $1";
