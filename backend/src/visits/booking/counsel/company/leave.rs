//! One of the company cannot come after all: she says so herself, and the others still come.

use domain::{
    access::Level,
    kernel::{Id, Instant, Public},
    visits::booking::Booking,
};

use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    visits::booking::joining,
};

/// Whoever booked has a neutral letter. False: it has begun, or does not take place. None: she does not come along on it.
pub async fn leave(ctx: &Ctx, who: &Citizen, booking: &Public<Booking>) -> Result<Option<bool>> {
    if who.level < Level::High {
        return Ok(None);
    }
    ctx.db.write(Leave { ctx: ctx.clone(), who: who.clone(), booking: booking.clone() }).await
}

/// She is in the party no more, and it is known who did that.
pub(super) async fn off(
    tx: &mut Tx,
    (booking, person): (&str, &str),
    (by, now): (&Citizen, Instant),
) -> Result<()> {
    tx.later(joining::LEAVE_PARTY, args![booking, person]).await?;
    tx.later(LEFT, args![booking, person, &by.person, now]).await
}

struct Leave {
    ctx: Ctx,
    who: Citizen,
    booking: Public<Booking>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    booker_id: String,
    state: String,
    date: String,
    starts_at: i64,
    has_come: i64,
}

impl Command for Leave {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Row> = tx.optional(ALONG, args![&self.booking, &self.who.person]).await?;
        let Some(row) = row else { return Ok(None) };
        let has_begun = row.has_come == 1 || Instant(row.starts_at) <= self.ctx.now();
        if row.state != "booked" || has_begun {
            return Ok(Some(false));
        }
        off(tx, (&row.id, self.who.person.as_str()), (&self.who, self.ctx.now())).await?;
        tx.later(joining::LOOK_AGAIN, args![&row.id, &row.date]).await?;
        joining::tell(&self.ctx, tx, &row.booker_id).await?;
        let actor = Actor::Citizen(self.who.clone());
        let entry = audit::Entry::new(&self.ctx, &actor, "visit_company_left");
        entry.about("booking", &Id::<Booking>::new(row.id.as_str())).save(tx).await?;
        Ok(Some(true))
    }
}

pub const LEFT: &str = "INSERT INTO booking_party_left (booking_id, person_id, by_id, left_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (booking_id, person_id) DO UPDATE SET by_id = excluded.by_id, left_at = excluded.left_at";
pub const ALONG: &str = "SELECT b.id, b.person_id AS booker_id, b.state, b.date, b.starts_at, CAST(CASE WHEN EXISTS (SELECT 1 FROM visit_mark m \
    WHERE m.booking_id = b.id AND m.undone_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) AS has_come FROM booking b \
    JOIN booking_party d ON d.booking_id = b.id WHERE b.public_id = $1 AND d.person_id = $2 AND b.person_id <> $2 \
    AND b.organisation_id IS NOT NULL";
