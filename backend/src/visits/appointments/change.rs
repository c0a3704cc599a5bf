//! Setting an appointment and calling it off.

use domain::{
    inmates::may_open,
    kernel::{Id, Public},
    visits::booking::engaged::{Appointment, AppointmentMark},
};

use super::Him;
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx},
    visits::booking::recheck,
};

/// The mark of a form: sent twice it is one appointment.
#[derive(Debug)]
pub enum AppointmentKey {}

/// From now on nobody books at its time. None: he is not hers to see.
pub async fn set(
    ctx: &Ctx,
    staff: &Staff,
    (inmate, key): (&Public<Inmate>, &Public<AppointmentKey>),
    appointment: Appointment,
) -> Result<Option<()>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    let command = Set {
        ctx: ctx.clone(),
        staff: staff.clone(),
        inmate: inmate.clone(),
        key: key.clone(),
        appointment,
        id: ctx.chance.id(ctx.now()),
        public: ctx.chance.public(),
    };
    ctx.db.write(command).await
}

struct Set {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    key: Public<AppointmentKey>,
    appointment: Appointment,
    id: Id<AppointmentMark>,
    public: Public<AppointmentMark>,
}

impl Command for Set {
    type Out = Option<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<()>> {
        let Some(him) = Him::of(tx, &self.staff, &self.inmate).await? else { return Ok(None) };
        let Appointment { kind, starts_at, ends_at } = self.appointment;
        let (first, last) = (starts_at.date(), ends_at.date());
        let values = args![
            &self.id,
            &self.public,
            &self.key,
            &him.id,
            kind.code(),
            starts_at,
            ends_at,
            first,
            last,
            &self.staff.staff,
            self.ctx.now()
        ];
        if tx.execute(SET, values).await? > 0 {
            changed(&self.ctx, tx, &self.staff, &him, "appointment_set").await?;
        }
        Ok(Some(()))
    }
}

/// The trace, and a look at what he has booked. What takes him away stands with the appointment alone, and goes with it.
async fn changed(ctx: &Ctx, tx: &mut Tx, staff: &Staff, him: &Him, action: &'static str) -> Result<()> {
    him.trace(ctx, staff, action).save(tx).await?;
    recheck(tx, &Id::new(him.id.as_str()), ctx.now().date()).await
}

/// The time is free again. False: it was called off before. None: he is not hers to see.
pub async fn call_off(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    appointment: &Public<AppointmentMark>,
) -> Result<Option<bool>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    let (inmate, appointment) = (inmate.clone(), appointment.clone());
    ctx.db.write(CallOff { ctx: ctx.clone(), staff: staff.clone(), inmate, appointment }).await
}

struct CallOff {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    appointment: Public<AppointmentMark>,
}

impl Command for CallOff {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let Some(him) = Him::of(tx, &self.staff, &self.inmate).await? else { return Ok(None) };
        let values = args![&self.appointment, &him.id, self.ctx.now(), &self.staff.staff];
        if tx.execute(CALL_OFF, values).await? == 0 {
            return Ok(Some(false));
        }
        changed(&self.ctx, tx, &self.staff, &him, "appointment_off").await?;
        Ok(Some(true))
    }
}

pub const SET: &str = "INSERT INTO inmate_appointment (id, public_id, form_key, inmate_id, kind, starts_at, ends_at, first_day, last_day, \
    staff_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (form_key) DO NOTHING";
pub const CALL_OFF: &str = "UPDATE inmate_appointment SET ended_at = $3, ended_by = $4 WHERE public_id = $1 AND inmate_id = $2 \
    AND ended_at IS NULL";
