//! Marking, and taking the last mark back. Whoever came and was not let in is told at once, in a neutral letter.

use domain::{
    access::StaffMember,
    kernel::{Id, Instant, Public},
    visits::{
        booking::{Booking, Event},
        gate::{self, Mark, MarkRefusal, may_mark},
    },
};

use super::{BookingRow, MarkRow, OF_UNITS, standing};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx, Value},
    visits::{
        booking::{Letter, counsel::company},
        units,
    },
};

/// One press of a button.
#[derive(Clone, Debug)]
pub struct Marking {
    pub visit: Public<Booking>,
    pub mark: Mark,
    /// When it was seen; now, unless it was kept where there was no line.
    pub at: Option<Instant>,
    /// How many marks stood when the page was made.
    pub seen: usize,
    pub key: Public<MarkRow>,
}

type Answer = Option<std::result::Result<(), MarkRefusal>>;

/// None: not a visit of her units, or not her duty.
pub async fn mark(ctx: &Ctx, staff: &Staff, marking: Marking) -> Result<Answer> {
    if !may_mark(&staff.roles) {
        return Ok(None);
    }
    let now = ctx.now();
    let id = ctx.chance.id(now);
    ctx.db.write(Save { ctx: ctx.clone(), staff: staff.clone(), marking, id, now }).await
}

struct Save {
    ctx: Ctx,
    staff: Staff,
    marking: Marking,
    id: Id<MarkRow>,
    now: Instant,
}

impl Command for Save {
    type Out = Answer;

    async fn run(&self, tx: &mut Tx) -> Result<Answer> {
        let Some(row) = of_units(tx, &self.staff, &self.marking.visit).await? else { return Ok(None) };
        let before: Option<(String, String)> = tx.optional(BY_KEY, args![&self.marking.key]).await?;
        let (what, at) = (self.marking.mark, self.marking.at.unwrap_or(self.now));
        if let Some((booking, kind)) = before {
            let same = booking == row.id && kind == what.kind();
            return Ok(Some(if same { Ok(()) } else { Err(MarkRefusal::Order) }));
        }
        let (expected, state, marks) = standing(tx, &row).await?;
        if marks != self.marking.seen {
            return Ok(Some(Err(MarkRefusal::Order)));
        }
        if let Err(refusal) = gate::mark(state, &expected, what, at, self.now) {
            return Ok(Some(Err(refusal)));
        }
        let reason = what.reason().map(gate::Denied::code);
        let (staff, key): (&Id<StaffMember>, _) = (&self.staff.staff, &self.marking.key);
        tx.later(INSERT, args![&self.id, &row.id, what.kind(), reason, at, self.now, staff, key]).await?;
        if what.is_told() {
            Letter::job(&self.ctx, &row.id, &row.person_id, Event::NotLetIn)?.save(tx).await?;
            company::tell(&self.ctx, tx, &row.id, (Event::NotLetIn, false)).await?;
        }
        trace(&self.ctx, &self.staff, &row, "visit_marked").detail(what.kind()).save(tx).await?;
        Ok(Some(Ok(())))
    }
}

/// The last mark is taken back.
#[derive(Clone, Debug)]
pub struct Undoing {
    pub visit: Public<Booking>,
    pub seen: usize,
}

pub async fn undo(ctx: &Ctx, staff: &Staff, undoing: Undoing) -> Result<Answer> {
    if !may_mark(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Undo { ctx: ctx.clone(), staff: staff.clone(), undoing, now: ctx.now() }).await
}

struct Undo {
    ctx: Ctx,
    staff: Staff,
    undoing: Undoing,
    now: Instant,
}

impl Command for Undo {
    type Out = Answer;

    async fn run(&self, tx: &mut Tx) -> Result<Answer> {
        let Some(row) = of_units(tx, &self.staff, &self.undoing.visit).await? else { return Ok(None) };
        let (expected, state, marks) = standing(tx, &row).await?;
        if marks != self.undoing.seen {
            return Ok(Some(Err(MarkRefusal::Order)));
        }
        if let Err(refusal) = gate::undo(state, &expected, self.now) {
            return Ok(Some(Err(refusal)));
        }
        tx.later(UNDO, args![self.now, &self.staff.staff, &row.id]).await?;
        trace(&self.ctx, &self.staff, &row, "visit_unmarked").save(tx).await?;
        Ok(Some(Ok(())))
    }
}

async fn of_units(tx: &mut Tx, staff: &Staff, visit: &Public<Booking>) -> Result<Option<BookingRow>> {
    tx.optional(OF_UNITS, vec![Value::from(visit), units(staff)]).await
}

fn trace(ctx: &Ctx, staff: &Staff, row: &BookingRow, action: &'static str) -> audit::Entry {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action);
    entry.at_unit(&row.unit()).about("booking", &Id::<Booking>::new(row.id.as_str()))
}

pub const BY_KEY: &str = "SELECT booking_id, kind FROM visit_mark WHERE form_key = $1";
pub const INSERT: &str = "INSERT INTO visit_mark (id, booking_id, kind, reason, at, written_at, staff_id, form_key) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const UNDO: &str = "UPDATE visit_mark SET undone_at = $1, undone_by = $2 WHERE id = (SELECT id FROM visit_mark \
    WHERE booking_id = $3 AND undone_at IS NULL ORDER BY written_at DESC, id DESC LIMIT 1)";
