//! A unit has cancelled, and its visitor may not know: no letter reaches her, or there was little time and she has not read it.
//! Somebody rings her. What there is to ring stands on the list of work (`super::work`) until she has read it or was rung.

use domain::{
    kernel::{Id, Instant, Public},
    visits::booking::{Booking, may_cancel},
};

use super::VisitView;
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx, Staff},
    db::{Command, Tx},
    visits::units,
};

/// She reads that the unit has cancelled; noted once.
pub async fn read_off(ctx: &Ctx, who: &Citizen, visit: &VisitView) -> Result<()> {
    let by_unit = visit.visit.cancelled.is_some_and(|cancelled| cancelled.by_unit.is_some());
    if !by_unit || visit.off_seen {
        return Ok(());
    }
    let (public, person) = (visit.visit.public.clone(), who.person.as_str().to_owned());
    ctx.db.write(Seen { public, person, now: ctx.now() }).await
}

struct Seen {
    public: Public<Booking>,
    person: String,
    now: Instant,
}

impl Command for Seen {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(SEEN, args![self.now, &self.public, &self.person]).await
    }
}

/// Somebody of the unit has told her. False if there is nothing to ring any more; none: it is not there for her.
pub async fn rung(ctx: &Ctx, staff: &Staff, public: &Public<Booking>) -> Result<Option<bool>> {
    if !may_cancel(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Rung { ctx: ctx.clone(), staff: staff.clone(), public: public.clone() }).await
}

struct Rung {
    ctx: Ctx,
    staff: Staff,
    public: Public<Booking>,
}

impl Command for Rung {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let found: Option<(String, String)> =
            tx.optional(OFF, args![&self.public, units(&self.staff)]).await?;
        let Some((id, unit)) = found else { return Ok(None) };
        if tx.execute(RUNG, args![self.ctx.now(), &id]).await? == 0 {
            return Ok(Some(false));
        }
        let id: Id<Booking> = Id::new(id);
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "visit_rung");
        entry.at_unit(&Id::new(unit)).about("booking", &id).save(tx).await?;
        Ok(Some(true))
    }
}

pub const SEEN: &str = "UPDATE booking SET off_seen_at = $1 WHERE public_id = $2 AND person_id = $3 AND off_seen_at IS NULL \
    AND state = 'cancelled' AND cancelled_by = 'unit'";
pub const OFF: &str = "SELECT id, unit_id FROM booking WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %' \
    AND state = 'cancelled' AND cancelled_by = 'unit'";
pub const RUNG: &str =
    "UPDATE booking SET rung_at = $1 WHERE id = $2 AND rung_at IS NULL AND off_seen_at IS NULL";
