//! The worker's part: sessions made beyond the booking window, dead holds given back, old drafts dropped,
//! proposals that nobody answered closed. Doing it
//! again changes nothing.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, OSLO, Public},
    visits::booking::{NewSession, Template, UnitRules, VisitSession, expand, in_force},
};

use super::{
    BEYOND_DAYS,
    lapsing::lapse,
    plan::TemplateRow,
    rules::{RULES, RuleRow},
};
use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// Drafts that nobody went on with are dropped after a day.
const DRAFT_MINUTES: i64 = 24 * 60;
/// Sessions made in one transaction.
const BATCH: usize = 200;

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tended {
    pub sessions: u64,
    pub holds: u64,
}

/// One round of the worker. Cheap when there is nothing to do: a few reads.
pub async fn tend(ctx: &Ctx) -> Result<Tended> {
    let today = ctx.now().date();
    let mut made = 0;
    let missing = missing(ctx, today).await?;
    for batch in missing.chunks(BATCH) {
        made += ctx.db.write(Make(batch.to_vec())).await?;
    }
    let now = ctx.now();
    let old = now.plus_minutes(-DRAFT_MINUTES);
    let dead: Option<(i64,)> = ctx.db.optional(ANY_DEAD, args![now, old]).await?;
    let holds = if dead.is_some() { ctx.db.write(Tidy { now, old }).await? } else { 0 };
    lapse(ctx).await?;
    Ok(Tended { sessions: made, holds })
}

#[derive(Clone)]
struct Missing {
    id: Id<VisitSession>,
    public: Public<VisitSession>,
    template: String,
    unit: String,
    of: Template,
    session: NewSession,
}

/// The sessions that templates ask for and that are not there yet.
async fn missing(ctx: &Ctx, today: CivilDate) -> Result<Vec<Missing>> {
    let templates: Vec<TemplateRow> = ctx.db.all(TEMPLATES, args![today]).await?;
    let there: Vec<(String, String)> = ctx.db.all(THERE, args![today]).await?;
    let paused: Vec<(String, String, String)> = ctx.db.all(PAUSED, args![today]).await?;
    let paused = |template: &str, on: &str| {
        paused
            .iter()
            .any(|(of, first, last)| of == template && (first.as_str()..=last.as_str()).contains(&on))
    };
    let there: std::collections::HashSet<(String, String)> = there.into_iter().collect();
    let (mut found, mut last) = (Vec::new(), None::<(String, CivilDate)>);
    for row in templates {
        let to = match &last {
            Some((unit, to)) if *unit == row.unit_id => *to,
            _ => last_day(ctx, &Id::new(row.unit_id.as_str()), today).await?,
        };
        last = Some((row.unit_id.clone(), to));
        let template = row.template()?;
        for session in expand(&template, today, to) {
            let on = session.date.iso();
            if !paused(&row.id, &on) && !there.contains(&(row.id.clone(), on)) {
                found.push(Missing {
                    id: ctx.chance.id(ctx.now()),
                    public: ctx.chance.public(),
                    template: row.id.clone(),
                    unit: row.unit_id.clone(),
                    of: template.clone(),
                    session,
                });
            }
        }
    }
    Ok(found)
}

/// How far a unit's sessions reach. A unit without rules has none: nothing could be booked there.
async fn last_day(ctx: &Ctx, unit: &Id<Unit>, today: CivilDate) -> Result<CivilDate> {
    let rows: Vec<RuleRow> = ctx.db.all(RULES, args![unit]).await?;
    let rules: Vec<UnitRules> = rows.into_iter().map(RuleRow::rules).collect::<Result<_>>()?;
    let window = in_force(&rules, today).map(|r| r.last_day + BEYOND_DAYS);
    Ok(today.plus_days(window.unwrap_or(-1)))
}

struct Make(Vec<Missing>);

impl Command for Make {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let mut made = 0;
        for m in &self.0 {
            let (t, s) = (&m.of, &m.session);
            let values = args![
                &m.id,
                &m.public,
                &m.template,
                &m.unit,
                t.kind.code(),
                OSLO,
                s.date,
                s.start,
                s.end,
                s.starts_at,
                s.ends_at,
                &t.room,
                t.on_holidays,
                t.capacity,
                t.way.code(),
                t.held_for.code()
            ];
            made += tx.execute(INSERT_SESSION, values).await?;
        }
        Ok(made)
    }
}

/// Gives back the places of all dead holds, and drops the drafts that nobody went on with.
struct Tidy {
    now: Instant,
    old: Instant,
}

impl Command for Tidy {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.later(GIVE_BACK, args![self.now]).await?;
        let dropped = tx.execute(DROP_DEAD, args![self.now]).await?;
        tx.later(DROP_OLD_PARTIES, args![self.old]).await?;
        tx.later(DROP_OLD_DRAFTS, args![self.old]).await?;
        Ok(dropped)
    }
}

pub const TEMPLATES: &str = "SELECT id, public_id, unit_id, kind, way, held_for, weekday, start_minute, minutes, room, capacity, \
    every_weeks, on_holidays, valid_from, valid_to FROM visit_template WHERE valid_to IS NULL OR valid_to >= $1 \
    ORDER BY unit_id, id";
pub const PAUSED: &str = "SELECT template_id, first_day, last_day FROM visit_pause WHERE last_day >= $1";
pub const THERE: &str = "SELECT template_id, date FROM visit_session WHERE date >= $1";
pub const INSERT_SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, \
    start_minute, end_minute, starts_at, ends_at, room, on_holidays, capacity, way, held_for) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (template_id, date) DO NOTHING";
pub const ANY_DEAD: &str = "SELECT CAST(1 AS BIGINT) WHERE EXISTS (SELECT 1 FROM visit_hold WHERE expires_at <= $1) \
    OR EXISTS (SELECT 1 FROM booking_draft WHERE updated_at <= $2)";
pub const GIVE_BACK: &str = "UPDATE visit_session SET taken = taken - (SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = visit_session.id AND h.expires_at <= $1) \
    WHERE id IN (SELECT session_id FROM visit_hold WHERE expires_at <= $1)";
pub const DROP_DEAD: &str = "DELETE FROM visit_hold WHERE expires_at <= $1";
pub const DROP_OLD_PARTIES: &str = "DELETE FROM booking_draft_party WHERE draft_id IN (SELECT d.id FROM booking_draft d \
    WHERE d.updated_at <= $1 AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.draft_id = d.id))";
pub const DROP_OLD_DRAFTS: &str = "DELETE FROM booking_draft WHERE updated_at <= $1 \
    AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.draft_id = booking_draft.id)";
