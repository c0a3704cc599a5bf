//! What staff of the unit see of one, and what they do with it: they need something from her, it is this case, or it is closed and why.

use domain::{
    access::Unit,
    kernel::{Id, Instant, Public, Reference},
    visits::{
        assisted::may_assist,
        handin::{Closed, HandIn, HandInForm, Reached, State},
    },
};

use super::{super::ContactMark, body_place, form, key_of, reached, reached_place, tracking::state};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx, Value},
    visits::{clearance::LookReason, units},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One {
    pub public: Public<HandIn>,
    pub reference: Reference,
    pub unit_name: String,
    pub state: State,
    pub closed: Option<Closed>,
    pub handed_at: Instant,
    /// As she wrote it.
    pub form: HandInForm,
    /// Where the code went: this she has confirmed.
    pub reached: Reached,
    /// The case it has become.
    pub case: Option<Reference>,
    /// Under which whoever reads is registering her.
    pub contact: Option<Public<ContactMark>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    reference: String,
    unit_id: String,
    unit_name: String,
    body: Vec<u8>,
    reached: Vec<u8>,
    state: String,
    closed_because: Option<String>,
    handed_at: i64,
    subject_key: Vec<u8>,
    case_reference: Option<String>,
    contact: Option<String>,
}

/// None: it is not her work, or another unit's. The look is written before anything is opened.
pub async fn one(ctx: &Ctx, staff: &Staff, public: &Public<HandIn>) -> Result<Option<One>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    let values = vec![public.into(), units(staff), (&staff.staff).into(), ctx.now().into()];
    let Some(row): Option<Row> = ctx.db.optional(ONE, values).await? else { return Ok(None) };
    look(ctx, staff, (&row.id, &row.unit_id)).await?;
    let id: Id<HandIn> = Id::new(row.id);
    let key = key_of(ctx, &id, &row.subject_key)?;
    let read = |text: &String| Reference::parse(text).ok_or(Error::Broken("reference"));
    Ok(Some(One {
        public: public.clone(),
        reference: read(&row.reference)?,
        unit_name: row.unit_name,
        state: state(&row.state)?,
        closed: row.closed_because.as_deref().and_then(Closed::parse),
        handed_at: Instant(row.handed_at),
        form: form(&key.open(&body_place(&id), &row.body)?)?,
        reached: reached(&key.open(&reached_place(&id), &row.reached)?)?,
        case: row.case_reference.as_ref().map(read).transpose()?,
        contact: row.contact.as_deref().and_then(Public::parse),
    }))
}

pub(super) async fn look(ctx: &Ctx, staff: &Staff, (id, unit): (&str, &str)) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look");
    let entry = entry.at_unit(&Id::<Unit>::new(unit)).about("hand_in", &Id::<HandIn>::new(id));
    audit::record(ctx, entry.because(LookReason::HandleCase.code())).await
}

/// What is done with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Something is needed from her; she reads that, and rings.
    Ask,
    /// It has become this case.
    Link(Reference),
    Close(Closed),
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    Done,
    /// It was done with before.
    MovedOn,
    /// There is no such case in her units, or it came of another.
    NoCase,
}

/// None: it is not there for whoever acts.
pub async fn act(ctx: &Ctx, staff: &Staff, public: &Public<HandIn>, act: Act) -> Result<Option<Acted>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Do { ctx: ctx.clone(), staff: staff.clone(), public: public.clone(), act }).await
}

struct Do {
    ctx: Ctx,
    staff: Staff,
    public: Public<HandIn>,
    act: Act,
}

impl Command for Do {
    type Out = Option<Acted>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Acted>> {
        let values = vec![Value::from(&self.public), units(&self.staff)];
        let Some((id, unit)) = tx.optional::<(String, String)>(OF_UNITS, values).await? else {
            return Ok(None);
        };
        let now = self.ctx.now();
        let (action, why, changed) = match &self.act {
            Act::Ask => ("handin_asked", None, tx.execute(ASK, args![&id, now]).await?),
            Act::Close(why) => {
                let changed = tx.execute(CLOSE, args![&id, now, why.code()]).await?;
                ("handin_closed", Some(why.code()), changed)
            }
            Act::Link(reference) => {
                let values = vec![reference.into(), units(&self.staff)];
                let case: Option<(String, String)> = tx.optional(CASE, values).await?;
                let Some((case, person)) = case else { return Ok(Some(Acted::NoCase)) };
                ("handin_linked", None, tx.execute(LINK, args![&id, now, case, person]).await?)
            }
        };
        if changed == 0 {
            return Ok(Some(Acted::MovedOn));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        let entry = entry.at_unit(&Id::<Unit>::new(unit)).about("hand_in", &Id::<HandIn>::new(id));
        match why {
            Some(why) => entry.because(why).save(tx).await?,
            None => entry.save(tx).await?,
        }
        Ok(Some(Acted::Done))
    }
}

pub const ONE: &str = "SELECT h.id, h.reference, h.unit_id, u.name AS unit_name, h.body, h.reached, h.state, \
    h.closed_because, h.handed_at, k.sealed AS subject_key, a.reference AS case_reference, t.public_id AS contact \
    FROM hand_in h JOIN unit u ON u.id = h.unit_id JOIN subject_key k ON k.subject_id = h.id \
    LEFT JOIN application a ON a.id = h.application_id \
    LEFT JOIN assist_contact t ON t.id = h.contact_id AND t.staff_id = $3 AND t.ends_at > $4 \
    WHERE h.public_id = $1 AND $2 LIKE '% ' || h.unit_id || ' %'";
pub const OF_UNITS: &str =
    "SELECT id, unit_id FROM hand_in WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const ASK: &str = "UPDATE hand_in SET state = 'asked', state_at = $2 WHERE id = $1 AND state IN ('received', 'registering')";
pub const CLOSE: &str = "UPDATE hand_in SET state = 'closed', state_at = $2, closed_because = $3 WHERE id = $1 \
    AND state IN ('received', 'registering', 'asked')";
pub const CASE: &str = "SELECT a.id, a.person_id FROM application a WHERE a.reference = $1 \
    AND $2 LIKE '% ' || a.unit_id || ' %' AND NOT EXISTS (SELECT 1 FROM hand_in h WHERE h.application_id = a.id)";
pub const LINK: &str = "UPDATE hand_in SET state = 'linked', state_at = $2, application_id = $3, person_id = $4 WHERE id = $1 \
    AND state IN ('received', 'registering', 'asked')";
