//! Whom somebody represents, and who represents her.

use domain::kernel::{CivilDate, Id, Instant, Public};

use super::{Kind, opened};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Visitor},
    notices::{Profile, Recipient, Representative, mine::Line, profile, reading, sessions, trail},
};

/// Somebody who represents her, as she and her officer see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Representing {
    pub public: Public<Representative>,
    pub name: String,
    pub kind: Kind,
    pub from: CivilDate,
    pub until: CivilDate,
    /// What it rests on.
    pub basis: String,
    pub ended_at: Option<Instant>,
}

/// A victim whom the signed-in person represents today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Represented {
    pub public: Public<Representative>,
    /// Her name.
    pub name: String,
    pub until: CivilDate,
    pub notices: Vec<Line>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    sealed: Vec<u8>,
    kind: String,
    valid_from: String,
    valid_to: String,
    ended_at: Option<i64>,
}

pub(super) async fn of(ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Vec<Representing>> {
    let rows: Vec<Row> = ctx.db.all(OF_HER, args![recipient]).await?;
    let one = |row: Row| {
        let person = opened(ctx, &Id::new(row.id.as_str()), &row.sealed)?;
        Ok(Representing {
            public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
            name: person.name,
            kind: Kind::parse(&row.kind).ok_or(Error::Broken("kind of a representative"))?,
            from: day(&row.valid_from)?,
            until: day(&row.valid_to)?,
            basis: person.basis,
            ended_at: row.ended_at.map(Instant),
        })
    };
    rows.into_iter().map(one).collect()
}

/// Who represents her, for herself.
pub async fn own(ctx: &Ctx, visitor: &Visitor) -> Result<Vec<Representing>> {
    match sessions::recipient(visitor) {
        Some(recipient) => of(ctx, &recipient).await,
        None => Ok(Vec::new()),
    }
}

fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(text).ok_or(Error::Broken("day of a representative"))
}

#[derive(sqlx::FromRow)]
struct Today {
    id: String,
    public_id: String,
    recipient_id: String,
    valid_to: String,
}

async fn today(ctx: &Ctx, visitor: &Visitor) -> Result<Vec<Today>> {
    ctx.db.all(TODAY, args![&visitor.session, ctx.now().date()]).await
}

/// Whom she represents today, each with what there is to read.
pub async fn represented(ctx: &Ctx, visitor: &Visitor) -> Result<Vec<Represented>> {
    let mut all = Vec::new();
    for row in today(ctx, visitor).await? {
        let recipient: Id<Recipient> = Id::new(row.recipient_id);
        let (sealed,): (Vec<u8>,) = ctx.db.one(profile::PROFILE, args![&recipient]).await?;
        all.push(Represented {
            public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
            name: Profile::open(ctx, &recipient, &sealed)?.name,
            until: day(&row.valid_to)?,
            notices: crate::notices::mine::lines(ctx, &recipient).await?,
        });
    }
    Ok(all)
}

/// Whether she sees what is this recipient's: her own, or as whose representative.
pub(in crate::notices) async fn seen_by(
    ctx: &Ctx,
    visitor: &Visitor,
    recipient: &Id<Recipient>,
) -> Result<Option<Option<Id<Representative>>>> {
    if sessions::recipient(visitor).as_ref() == Some(recipient) {
        return Ok(Some(None));
    }
    let found = today(ctx, visitor).await?.into_iter().find(|row| row.recipient_id == recipient.as_str());
    Ok(found.map(|row| Some(Id::new(row.id))))
}

/// She who is represented sees that it was read.
pub(in crate::notices) async fn record_look(
    ctx: &Ctx,
    visitor: &Visitor,
    recipient: &Id<Recipient>,
    representative: &Id<Representative>,
) -> Result<()> {
    let entry = trail::entry(ctx, &Actor::Visitor(visitor.clone()), reading::REPRESENTED);
    audit::record(ctx, entry.about(trail::ABOUT, recipient).detail(representative.as_str())).await
}

pub const OF_HER: &str = "SELECT id, public_id, sealed, kind, valid_from, valid_to, ended_at FROM notice_representative \
    WHERE recipient_id = $1 ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, valid_to DESC, id LIMIT 100";
pub const TODAY: &str = "SELECT r.id, r.public_id, r.recipient_id, r.valid_to FROM notice_representative r \
    JOIN notice_session s ON s.number_hash = r.number_hash WHERE s.id = $1 AND s.closed_at IS NULL AND r.ended_at IS NULL \
    AND r.valid_from <= $2 AND r.valid_to >= $2 ORDER BY r.valid_to, r.id LIMIT 100";
