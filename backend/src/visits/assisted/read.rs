//! What staff see of somebody whom they help: her cases and her visits in their units, as she would see them, and what has been
//! done under this contact. A look is written for each before anything is read, once a contact.

use domain::{
    kernel::{Id, Instant, Public, Reference},
    visits::booking::Booking,
};

use super::Contact;
use crate::{
    Error, Result, args,
    audit::{self, ON_BEHALF},
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    visits::{
        booking::{self, MyVisit},
        clearance::Stage,
        units,
    },
};

#[derive(Clone, Debug)]
pub struct Read {
    pub applications: Vec<HisApplication>,
    pub visits: Vec<MyVisit>,
    pub acts: Vec<Helped>,
}

/// A case as its applicant knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HisApplication {
    pub reference: Reference,
    /// The inmate as he was typed.
    pub inmate: String,
    pub stage: Stage,
    pub submitted_at: Instant,
}

/// What was done under this contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helped {
    pub act: ActOf,
    pub at: Instant,
    pub reference: Option<Reference>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActOf {
    Applied,
    /// For a visit that the unit looks at first.
    Asked,
    Booked,
    Changed,
    Cancelled,
    /// A step on the way to one of these, or one that came with it.
    Other,
}

impl ActOf {
    pub const ALL: [Self; 5] = [Self::Applied, Self::Asked, Self::Booked, Self::Changed, Self::Cancelled];

    /// By the trail's word.
    pub(super) fn of(action: &str) -> Self {
        Self::ALL.into_iter().find(|act| act.code() == action).unwrap_or(Self::Other)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Applied => "application_submitted",
            Self::Asked => "visit_requested",
            Self::Booked => "visit_booked",
            Self::Changed => "visit_changed",
            Self::Cancelled => "visit_cancelled",
            Self::Other => "other",
        }
    }
}

#[derive(sqlx::FromRow)]
struct ApplicationRow {
    reference: String,
    typed_name: String,
    state: String,
    submitted_at: i64,
}

pub async fn read(ctx: &Ctx, contact: &Contact) -> Result<Read> {
    look(ctx, contact).await?;
    let units = units(&contact.staff);
    let rows: Vec<ApplicationRow> = ctx.db.all(APPLICATIONS, args![&contact.person, units.clone()]).await?;
    let applications = rows.into_iter().map(application).collect::<Result<_>>()?;
    let ours: Vec<(String,)> = ctx.db.all(VISITS, args![&contact.person, units]).await?;
    let mut visits = booking::my_visits(ctx, &contact.citizen()).await?;
    visits.retain(|visit| !visit.off && is_ours(&ours, &visit.public));
    let acts: Vec<(String, i64, Option<String>)> = ctx.db.all(ACTS, args![&contact.id]).await?;
    Ok(Read { applications, visits, acts: acts.into_iter().map(helped).collect::<Result<_>>()? })
}

fn is_ours(ours: &[(String,)], public: &Public<Booking>) -> bool {
    ours.iter().any(|(one,)| one == public.as_str())
}

fn application(row: ApplicationRow) -> Result<HisApplication> {
    Ok(HisApplication {
        reference: Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?,
        inmate: row.typed_name,
        stage: Stage::of(&row.state)?,
        submitted_at: Instant(row.submitted_at),
    })
}

fn helped((action, at, reference): (String, i64, Option<String>)) -> Result<Helped> {
    let reference = reference.map(|text| Reference::parse(&text).ok_or(Error::Broken("reference")));
    Ok(Helped { act: ActOf::of(&action), at: Instant(at), reference: reference.transpose()? })
}

/// Writes what will be seen that has not been seen under this contact. If it cannot be written, nothing is read.
async fn look(ctx: &Ctx, contact: &Contact) -> Result<()> {
    let values = args![&contact.person, units(&contact.staff), &contact.staff.staff, contact.opened_at];
    let unseen: Vec<(String, String, String)> = ctx.db.all(UNSEEN, values).await?;
    let actor = Actor::Staff(contact.staff.clone());
    let entry = |(kind, id, unit): (String, String, String)| {
        let entry = audit::Entry::new(ctx, &actor, "look").at_unit(&Id::new(unit)).because(ON_BEHALF);
        if kind == "booking" {
            entry.about("booking", &Id::<()>::new(id))
        } else {
            entry.about("application", &Id::<()>::new(id))
        }
    };
    let entries: Vec<audit::Entry> = unseen.into_iter().map(entry).collect();
    if entries.is_empty() { Ok(()) } else { ctx.db.write(Looks(entries)).await }
}

struct Looks(Vec<audit::Entry>);

impl Command for Looks {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for entry in &self.0 {
            entry.save(tx).await?;
        }
        Ok(())
    }
}

pub const APPLICATIONS: &str = "SELECT a.reference, a.typed_name, a.state, a.submitted_at FROM application a \
    WHERE a.person_id = $1 AND $2 LIKE '% ' || a.unit_id || ' %' ORDER BY a.submitted_at DESC, a.id DESC LIMIT 50";
pub const VISITS: &str = "SELECT b.public_id FROM booking b WHERE b.person_id = $1 AND b.kind <> 'lawyer' \
    AND $2 LIKE '% ' || b.unit_id || ' %' ORDER BY b.starts_at DESC LIMIT 200";
pub const ACTS: &str = "SELECT x.action, x.at, COALESCE(a.reference, b.reference, q.reference) AS reference FROM assist_act x \
    LEFT JOIN application a ON x.subject_kind = 'application' AND a.id = x.subject_id \
    LEFT JOIN booking b ON x.subject_kind = 'booking' AND b.id = x.subject_id \
    LEFT JOIN visit_request q ON x.subject_kind = 'visit_request' AND q.id = x.subject_id \
    WHERE x.contact_id = $1 ORDER BY x.at, x.id LIMIT 50";
pub const UNSEEN: &str = "SELECT s.kind, s.id, s.unit_id FROM (SELECT 'application' AS kind, a.id, a.unit_id FROM application a \
    WHERE a.person_id = $1 UNION ALL SELECT 'booking' AS kind, b.id, b.unit_id FROM booking b WHERE b.person_id = $1 \
    AND b.kind <> 'lawyer') s WHERE $2 LIKE '% ' || s.unit_id || ' %' AND NOT EXISTS (SELECT 1 FROM audit l \
    WHERE l.subject_kind = s.kind AND l.subject_id = s.id AND l.action = 'look' AND l.actor_id = $3 AND l.at >= $4) \
    ORDER BY s.id LIMIT 250";
