//! A decision and a victim meet: a matter is opened, or the one there is learns of a later version. Inside the
//! transaction in which the event came or her registration became active.

use domain::{
    custody::{Change, Condition, Event, Kind},
    kernel::{Id, Instant},
    notices::{Answer, Facts, Matter, Rule, Version},
};

use super::{MatterRow, Meeting, Profile, Recipient, breaker, columns::parse_answer, rules, stored};
use crate::{Error, Result, args, ctx::Ctx, db::Tx};

/// A decision as it stands.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub id: String,
    pub version: u32,
    pub kind: Kind,
    pub at: Instant,
    pub until: Option<Instant>,
    pub cancelled: bool,
    pub conditions: Vec<Condition>,
}

impl Decision {
    pub fn of(id: &str, event: &Event) -> Self {
        Self {
            id: id.to_owned(),
            version: event.version,
            kind: event.kind,
            at: event.at,
            until: event.until,
            cancelled: event.change == Change::Cancelled,
            conditions: event.conditions.clone(),
        }
    }
}

/// A victim who is to be told.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Wanting {
    pub id: String,
    pub recipient_id: String,
    pub kinds: String,
}

impl Wanting {
    /// She has left out this kind.
    fn leaves_out(&self, kind: Kind) -> bool {
        !self.kinds.is_empty() && !self.kinds.split(' ').any(|code| code == kind.code())
    }
}

/// What stands now between this decision and this victim.
pub(super) async fn meet(
    tx: &mut Tx,
    ctx: &Ctx,
    decision: &Decision,
    party: &Wanting,
    now: Instant,
) -> Result<()> {
    let rule = rules::of_kind(tx, decision.kind, now.date()).await?;
    let known: Option<(String,)> = tx.optional(KNOWN, args![&decision.id, &party.id]).await?;
    match (known, rule) {
        (Some((id,)), rule) => supersede(tx, ctx, &Id::new(id), decision, rule.as_ref(), now).await,
        (None, Some(rule)) if rule.timing.is_some() && !party.leaves_out(decision.kind) => {
            open(tx, ctx, decision, party, &rule, now).await
        }
        (None, _) => Ok(()),
    }
}

async fn open(
    tx: &mut Tx,
    ctx: &Ctx,
    decision: &Decision,
    party: &Wanting,
    rule: &Rule,
    now: Instant,
) -> Result<()> {
    let Some(version) = version(decision, Some(rule), None) else { return Ok(()) };
    let recipient: Id<Recipient> = Id::new(party.recipient_id.as_str());
    if decision.kind == Kind::RestorativeOffer
        && Profile::of(tx, ctx, &recipient).await?.meets() == Some(Meeting::Never)
    {
        return Ok(());
    }
    let standing = standing(tx, &party.id, decision.kind, now).await?;
    let channels: Vec<(String,)> = tx.all(stored::CHANNELS, args![&recipient]).await?;
    let facts = stored::facts(tx, channels.len(), now).await?;
    let new = stored::New {
        decision: decision.id.clone(),
        party: party.id.clone(),
        recipient,
        matter: Matter::open(version, standing, &facts),
        until: decision.until,
        basis: rule.basis.clone(),
        fields: rules::codes(&rule.fields),
        conditions: decision.conditions.clone(),
    };
    let mut loaded = stored::begin(tx, ctx, new, now).await?;
    if standing.is_some() {
        loaded.answered_by = Some(STANDING_ANSWER.to_owned());
    }
    loaded.save(tx, ctx, now).await?;
    breaker::watch(tx, ctx, &facts, now).await
}

/// In the place of an officer where a standing answer answered.
pub(super) const STANDING_ANSWER: &str = "standing";

async fn supersede(
    tx: &mut Tx,
    ctx: &Ctx,
    id: &Id<MatterRow>,
    decision: &Decision,
    rule: Option<&Rule>,
    now: Instant,
) -> Result<()> {
    let mut loaded = stored::load(tx, ctx, id).await?;
    let Some(later) = version(decision, rule, Some(&loaded.matter.stands)) else { return Ok(()) };
    let facts: Facts = stored::facts(tx, loaded.channels.len(), now).await?;
    if !loaded.matter.supersede(later, &facts) {
        return Ok(());
    }
    loaded.until = decision.until;
    loaded.conditions = decision.conditions.clone();
    if let Some(rule) = rule.filter(|rule| rule.timing.is_some()) {
        loaded.basis.clone_from(&rule.basis);
        loaded.fields = rules::codes(&rule.fields);
    }
    loaded.save(tx, ctx, now).await?;
    breaker::watch(tx, ctx, &facts, now).await
}

/// The version as the ladder knows it. What the law gives no notice of takes back what stood before.
fn version(decision: &Decision, rule: Option<&Rule>, before: Option<&Version>) -> Option<Version> {
    let timing = rule.and_then(|rule| rule.timing);
    let (kind, timing, cancelled) = match (timing, before) {
        (Some(timing), _) => (decision.kind, timing, decision.cancelled),
        (None, Some(before)) => (before.kind, before.timing, true),
        (None, None) => return None,
    };
    Some(Version { number: decision.version, kind, timing, at: decision.at, cancelled })
}

/// What was answered once for all events of this kind, if that still holds.
async fn standing(tx: &mut Tx, party: &str, kind: Kind, now: Instant) -> Result<Option<Answer>> {
    let found: Option<(String,)> = tx.optional(STANDING, args![party, kind.code(), now.date()]).await?;
    let answer = found.map(|(code,)| parse_answer(&code).ok_or(Error::Broken("a standing answer")));
    answer.transpose()
}

/// When a registration becomes active: every decision whose effect lies ahead, and an escape that goes on.
pub(super) async fn catch_up(
    tx: &mut Tx,
    ctx: &Ctx,
    inmate: &str,
    party: &Wanting,
    now: Instant,
) -> Result<()> {
    let rows: Vec<Standing> = tx.all(AHEAD, args![inmate]).await?;
    let caught = rows.iter().filter(|row| row.kind == Kind::Recapture.code() && row.change != "cancelled");
    let caught = caught.map(|row| row.at).max().unwrap_or(i64::MIN);
    for row in rows {
        let kind = Kind::parse(&row.kind).ok_or(Error::Broken("kind of a decision"))?;
        let ahead = row.at > now.micros() || row.until_at.is_some_and(|until| until > now.micros());
        let still_out = matches!(kind, Kind::Escape | Kind::Evasion | Kind::NotReturned) && row.at > caught;
        if row.change == "cancelled" || !(ahead || still_out) {
            continue;
        }
        let (event, sealed): (String, Vec<u8>) = tx.one(SAID, args![&row.id, row.version]).await?;
        let event = crate::custody::feed::opened(ctx, &Id::new(event), &sealed)?;
        meet(tx, ctx, &Decision::of(&row.id, &event), party, now).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Standing {
    id: String,
    version: i64,
    kind: String,
    change: String,
    at: i64,
    until_at: Option<i64>,
}

pub const KNOWN: &str = "SELECT id FROM notice_matter WHERE decision_id = $1 AND party_id = $2";
pub const STANDING: &str =
    "SELECT answer FROM notice_standing WHERE party_id = $1 AND kind = $2 AND expires_on >= $3";
pub const AHEAD: &str = "SELECT id, version, kind, change, at, until_at FROM custody_decision WHERE inmate_id = $1 \
    ORDER BY at, id";
pub const SAID: &str = "SELECT id, sealed FROM custody_event WHERE decision_id = $1 AND version = $2";
