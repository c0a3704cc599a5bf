//! A representative is one no longer: at once, by her officer or by the victim herself.

use domain::kernel::{Id, Instant, Public};

use super::reading;
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff, Visitor},
    db::{Command, Tx},
    notices::{Party, Recipient, Representative, mine::Refusal, sessions, trail},
};

/// By an officer. Gives whose case it is. None: no such, or not hers.
pub async fn end(ctx: &Ctx, staff: &Staff, public: &Public<Representative>) -> Result<Option<Public<Party>>> {
    let by = By::Officer(staff.clone());
    ctx.db.write(End { ctx: ctx.clone(), by, public: public.clone(), now: ctx.now() }).await
}

/// By the victim, after a fresh sign-in. None: nobody of hers.
pub async fn end_own(
    ctx: &Ctx,
    visitor: &Visitor,
    public: &Public<Representative>,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(Refusal::Prove)));
    }
    let by = By::Herself(visitor.clone(), recipient);
    let end = End { ctx: ctx.clone(), by, public: public.clone(), now: ctx.now() };
    Ok(ctx.db.write(end).await?.map(|_| Ok(())))
}

enum By {
    Officer(Staff),
    Herself(Visitor, Id<Recipient>),
}

struct End {
    ctx: Ctx,
    by: By,
    public: Public<Representative>,
    now: Instant,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    recipient_id: String,
    party: String,
    unit_id: String,
    officer_id: Option<String>,
}

impl Command for End {
    type Out = Option<Public<Party>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let rows: Vec<Row> = tx.all(FOUND, args![&self.public]).await?;
        let may = |row: &Row| match &self.by {
            By::Officer(staff) => reading::reach(staff).has_case(&row.unit_id, row.officer_id.as_deref()),
            By::Herself(_, recipient) => row.recipient_id == recipient.as_str(),
        };
        let Some(row) = rows.into_iter().find(may) else { return Ok(None) };
        let (actor, who) = match &self.by {
            By::Officer(staff) => (Actor::Staff(staff.clone()), staff.staff.as_str()),
            By::Herself(visitor, _) => (Actor::Visitor(visitor.clone()), "herself"),
        };
        if tx.execute(END, args![self.now, who, &row.id]).await? == 1 {
            let recipient: Id<Recipient> = Id::new(row.recipient_id);
            trail::note(tx, &self.ctx, &actor, ("notice.representative_ended", &recipient), "").await?;
        }
        Public::parse(&row.party).ok_or(Error::Broken("public id")).map(Some)
    }
}

pub const FOUND: &str = "SELECT r.id, r.recipient_id, p.public_id AS party, c.unit_id, c.officer_id FROM notice_representative r \
    JOIN notice_party p ON p.recipient_id = r.recipient_id JOIN notice_case c ON c.id = p.case_id \
    WHERE r.public_id = $1 ORDER BY p.id";
pub const END: &str =
    "UPDATE notice_representative SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL";
