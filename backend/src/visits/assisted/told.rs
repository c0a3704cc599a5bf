//! What staff have done in her name, as she reads it on the page of her case or her visit.

use domain::{
    access::Channel,
    kernel::{Instant, Public},
    visits::booking::Booking,
};

use super::ActOf;
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    visits::clearance::Application,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub act: ActOf,
    pub channel: Channel,
    pub at: Instant,
}

type Row = (String, String, i64);

/// Oldest first; nothing for a case that is not hers.
pub async fn of_application(ctx: &Ctx, who: &Citizen, public: &Public<Application>) -> Result<Vec<Told>> {
    told(ctx.db.all(OF_APPLICATION, args![public, &who.person]).await?)
}

/// Oldest first; nothing for a visit that is not hers.
pub async fn of_visit(ctx: &Ctx, who: &Citizen, public: &Public<Booking>) -> Result<Vec<Told>> {
    told(ctx.db.all(OF_VISIT, args![public, &who.person]).await?)
}

fn told(rows: Vec<Row>) -> Result<Vec<Told>> {
    let told = |(action, channel, at): Row| {
        let channel = Channel::parse(&channel).ok_or(Error::Broken("channel of a contact"))?;
        Ok(Told { act: ActOf::of(&action), channel, at: Instant(at) })
    };
    let all: Vec<Told> = rows.into_iter().map(told).collect::<Result<_>>()?;
    Ok(all.into_iter().filter(|told| told.act != ActOf::Other).collect())
}

pub const OF_APPLICATION: &str = "SELECT x.action, t.channel, x.at FROM application a JOIN assist_act x \
    ON x.subject_kind = 'application' AND x.subject_id = a.id JOIN assist_contact t ON t.id = x.contact_id \
    WHERE a.public_id = $1 AND a.person_id = $2 ORDER BY x.at, x.id";
pub const OF_VISIT: &str = "SELECT x.action, t.channel, x.at FROM booking b JOIN assist_act x \
    ON x.subject_kind = 'booking' AND x.subject_id = b.id JOIN assist_contact t ON t.id = x.contact_id \
    WHERE b.public_id = $1 AND b.person_id = $2 ORDER BY x.at, x.id";
