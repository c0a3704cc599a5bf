//! Somebody's case is opened by an officer of its unit who does not have it: with her reason in words, for some minutes.
//! The auditor and the leader of the unit see it at once, and the victim sees it among those who have looked.

use domain::{
    access::{Role, Unit},
    kernel::{Id, Instant, Public, TextError, paragraph},
};

use super::{Party, Recipient, reading, trail};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx, Value},
    rules::Rules,
};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

#[derive(Debug)]
pub enum BreakIn {}

/// What an auditor or leader sees. Never whose case it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub public: Public<BreakIn>,
    pub at: Instant,
    pub by: String,
    pub unit_name: String,
    /// In words, for the auditor alone: it may tell whose case it was.
    pub reason: Option<String>,
    pub seen_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Place {
    id: String,
    recipient_id: String,
    unit_id: String,
    officer_id: Option<String>,
}

/// Opens it for some minutes. None: it is not there for this officer.
pub async fn break_in(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Party>,
    reason: &str,
) -> Result<Option<std::result::Result<(), TextError>>> {
    let now = ctx.now();
    let command = Open {
        ctx: ctx.clone(),
        staff: staff.clone(),
        party: public.clone(),
        reason: paragraph(reason, LONGEST_REASON),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        now,
    };
    let done = ctx.db.write(command).await?;
    if done == Some(Ok(true)) {
        metrics::counter!("varde_notice_break_ins").increment(1);
        tracing::error!("a victim's case was opened by somebody who is not assigned to it");
    }
    Ok(done.map(|done| done.map(|_| ())))
}

struct Open {
    ctx: Ctx,
    staff: Staff,
    party: Public<Party>,
    reason: std::result::Result<String, TextError>,
    id: Id<BreakIn>,
    public: Public<BreakIn>,
    now: Instant,
}

impl Command for Open {
    /// Whether anything was broken: her own case needs no reason.
    type Out = Option<std::result::Result<bool, TextError>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Place> = tx.optional(PLACE, args![&self.party]).await?;
        let Some(row) = row else { return Ok(None) };
        let reach = reading::reach(&self.staff);
        if reach.may(&row.unit_id, row.officer_id.as_deref()) {
            return Ok(Some(Ok(false)));
        }
        if !reach.may_break_in(&row.unit_id) {
            return Ok(None);
        }
        let reason = match &self.reason {
            Ok(reason) => reason,
            Err(error) => return Ok(Some(Err(*error))),
        };
        let minutes = Rules::within(tx, self.now.date()).await?.days("notices.break_in_minutes")?;
        let sealed = self.ctx.vault.seal(&self.ctx.chance, &place(&self.id), reason.as_bytes())?;
        let values = args![
            &self.id,
            &self.public,
            &row.id,
            &row.unit_id,
            &self.staff.staff,
            sealed,
            self.now,
            self.now.plus_minutes(minutes)
        ];
        tx.later(KEEP, values).await?;
        let (actor, recipient) = (Actor::Staff(self.staff.clone()), Id::<Recipient>::new(row.recipient_id));
        trail::note(tx, &self.ctx, &actor, ("notice.broken_in", &recipient), "").await?;
        Ok(Some(Ok(true)))
    }
}

fn place(id: &Id<BreakIn>) -> String {
    format!("notice_break_in/reason/{id}")
}

/// Whether she has given a reason for this case that still holds.
pub(super) async fn is_open(ctx: &Ctx, staff: &Staff, party: &str) -> Result<bool> {
    let values = args![party, &staff.staff, ctx.now()];
    Ok(ctx.db.optional::<(String,)>(STANDS, values).await?.is_some())
}

fn watches(staff: &Staff) -> bool {
    staff.roles.contains(&Role::Auditor) || staff.roles.contains(&Role::UnitAdmin)
}

#[derive(sqlx::FromRow)]
struct AlertRow {
    id: String,
    public_id: String,
    at: i64,
    by_name: String,
    unit_name: String,
    reason: Vec<u8>,
    seen_at: Option<i64>,
}

/// What was opened in her units, those first that nobody has seen. None: it is not hers to watch.
pub async fn alerts(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Alert>>> {
    if !watches(staff) {
        return Ok(None);
    }
    let rows: Vec<AlertRow> = ctx.db.all(ALERTS, vec![units(staff), reading::FEW.into()]).await?;
    let reads = staff.roles.contains(&Role::Auditor);
    let alert = |row: AlertRow| {
        let reason = reads.then(|| ctx.vault.open(&place(&Id::new(row.id.as_str())), &row.reason));
        Ok(Alert {
            public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
            at: Instant(row.at),
            by: row.by_name,
            unit_name: row.unit_name,
            reason: reason.transpose()?.map(|words| String::from_utf8_lossy(&words).into_owned()),
            seen_at: row.seen_at.map(Instant),
        })
    };
    rows.into_iter().map(alert).collect::<Result<_>>().map(Some)
}

/// She has seen it. None: it is not hers to watch. The same again changes nothing.
pub async fn seen(ctx: &Ctx, staff: &Staff, public: &Public<BreakIn>) -> Result<Option<()>> {
    if !watches(staff) {
        return Ok(None);
    }
    ctx.db.write(Seen { ctx: ctx.clone(), staff: staff.clone(), public: public.clone() }).await
}

struct Seen {
    ctx: Ctx,
    staff: Staff,
    public: Public<BreakIn>,
}

impl Command for Seen {
    type Out = Option<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<()>> {
        let found: Option<(String, String)> =
            tx.optional(WHOSE, vec![(&self.public).into(), units(&self.staff)]).await?;
        let Some((id, unit)) = found else { return Ok(None) };
        let marked = tx.execute(SEEN, args![self.ctx.now(), &self.staff.staff, &id]).await?;
        if marked == 1 {
            let actor = Actor::Staff(self.staff.clone());
            let unit: Id<Unit> = Id::new(unit);
            trail::entry(&self.ctx, &actor, "notice.break_in_seen").at_unit(&unit).save(tx).await?;
        }
        Ok(Some(()))
    }
}

fn units(staff: &Staff) -> Value {
    let ids: Vec<&str> = staff.units.iter().map(Id::as_str).collect();
    Value::from(format!(" {} ", ids.join(" ")))
}

pub const PLACE: &str = "SELECT p.id, p.recipient_id, c.unit_id, c.officer_id FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id WHERE p.public_id = $1";
pub const KEEP: &str = "INSERT INTO notice_break_in (id, public_id, party_id, unit_id, by_id, reason, at, until_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const STANDS: &str =
    "SELECT id FROM notice_break_in WHERE party_id = $1 AND by_id = $2 AND until_at > $3 LIMIT 1";
pub const ALERTS: &str = "SELECT b.id, b.public_id, b.at, COALESCE(s.name, '') AS by_name, u.name AS unit_name, b.reason, b.seen_at \
    FROM notice_break_in b LEFT JOIN staff_member s ON s.id = b.by_id JOIN unit u ON u.id = b.unit_id \
    WHERE $1 LIKE '% ' || b.unit_id || ' %' \
    ORDER BY CASE WHEN b.seen_at IS NULL THEN 0 ELSE 1 END, b.at DESC, b.id DESC LIMIT $2";
pub const WHOSE: &str =
    "SELECT id, unit_id FROM notice_break_in WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const SEEN: &str =
    "UPDATE notice_break_in SET seen_at = $1, seen_by = $2 WHERE id = $3 AND seen_at IS NULL";
