//! Staff register whoever handed it in, under a contact: what she wrote stands in the forms there, and what is filed under the contact is the
//! case it has become.

use domain::{
    access::Unit,
    kernel::{Id, Instant, Locale, Public, Reference},
    visits::{
        handin::{HandIn, HandInForm},
        unreached::Unreached,
    },
};

use super::{
    super::{Contact, ContactMark},
    body_place, form, key_of,
    staff::look,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    visits::{clearance::Application, units},
};

/// One that is being registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    pub public: Public<HandIn>,
    pub reference: Reference,
    pub form: HandInForm,
    /// The language in which she wrote it.
    pub locale: Locale,
}

/// A contact of hers was opened for it. What is another unit's, or done with, stays as it is.
pub async fn begin(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<HandIn>,
    contact: &Public<ContactMark>,
) -> Result<()> {
    let (public, contact) = (public.clone(), contact.clone());
    ctx.db.write(Begin { ctx: ctx.clone(), staff: staff.clone(), public, contact }).await
}

struct Begin {
    ctx: Ctx,
    staff: Staff,
    public: Public<HandIn>,
    contact: Public<ContactMark>,
}

impl Command for Begin {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = vec![
            (&self.public).into(),
            units(&self.staff),
            (&self.contact).into(),
            (&self.staff.staff).into(),
            self.ctx.now().into(),
        ];
        let Some((id, unit)) = tx.optional::<(String, String)>(BEGIN, values).await? else { return Ok(()) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "handin_registering");
        let entry = entry.at_unit(&Id::<Unit>::new(unit)).about("hand_in", &Id::<HandIn>::new(id));
        entry.save(tx).await
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    reference: String,
    unit_id: String,
    body: Vec<u8>,
    subject_key: Vec<u8>,
    locale: String,
}

/// What this contact was opened for, if it waits for its case still.
pub async fn brought(ctx: &Ctx, contact: &Contact) -> Result<Option<Brought>> {
    let Some(row) = ctx.db.optional::<Row>(BROUGHT, args![&contact.id]).await? else { return Ok(None) };
    look(ctx, &contact.staff, (&row.id, &row.unit_id)).await?;
    let id: Id<HandIn> = Id::new(row.id);
    let plain = key_of(ctx, &id, &row.subject_key)?.open(&body_place(&id), &row.body)?;
    Ok(Some(Brought {
        public: Public::parse(&row.public_id).ok_or(Error::Broken("public id"))?,
        reference: Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?,
        form: form(&plain)?,
        locale: Locale::parse(&row.locale).ok_or(Error::Broken("a language"))?,
    }))
}

/// The hand-in that has become this case, for the address that the answer goes to. For whoever may read the case: that is asked before.
pub async fn of_case(ctx: &Ctx, application: &Public<Application>) -> Result<Option<Public<HandIn>>> {
    public(ctx.db.optional(OF_CASE, args![application]).await?)
}

/// The same of somebody whom no letter reaches, in the units of whoever tells her.
pub async fn of_unreached(
    ctx: &Ctx,
    staff: &Staff,
    unreached: &Public<Unreached>,
) -> Result<Option<Public<HandIn>>> {
    public(ctx.db.optional(OF_UNREACHED, vec![unreached.into(), units(staff)]).await?)
}

fn public(found: Option<(String,)>) -> Result<Option<Public<HandIn>>> {
    found.map(|(id,)| Public::parse(&id).ok_or(Error::Broken("public id"))).transpose()
}

/// What this contact was opened for has been withdrawn or closed, and it was opened for nothing else.
pub(in crate::visits::assisted) async fn is_over(ctx: &Ctx, contact: &Contact) -> Result<bool> {
    Ok(ctx.db.optional::<(i64,)>(OVER, args![&contact.id]).await?.is_some())
}

/// This was filed under the contact: it is the case that the hand-in has become.
pub(in crate::visits::assisted) async fn filed(
    ctx: &Ctx,
    contact: &Contact,
    application: &Public<Application>,
) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(contact.staff.clone()), "handin_linked");
    let command = Filed { contact: contact.clone(), application: application.clone(), entry, now: ctx.now() };
    ctx.db.write(command).await
}

struct Filed {
    contact: Contact,
    application: Public<Application>,
    entry: audit::Entry,
    now: Instant,
}

impl Command for Filed {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = args![&self.contact.id, self.now, &self.application, &self.contact.person];
        let Some((id, unit)) = tx.optional::<(String, String)>(FILED, values).await? else { return Ok(()) };
        let entry = self.entry.clone().at_unit(&Id::<Unit>::new(unit));
        entry.about("hand_in", &Id::<HandIn>::new(id)).save(tx).await
    }
}

pub const BEGIN: &str = "UPDATE hand_in SET state = 'registering', state_at = $5, contact_id = (SELECT t.id FROM assist_contact t \
    WHERE t.public_id = $3 AND t.staff_id = $4) WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %' \
    AND state IN ('received', 'registering', 'asked') RETURNING id, unit_id";
pub const BROUGHT: &str = "SELECT h.id, h.public_id, h.reference, h.unit_id, h.body, h.locale, k.sealed AS subject_key FROM hand_in h \
    JOIN subject_key k ON k.subject_id = h.id WHERE h.contact_id = $1 AND h.state IN ('received', 'registering', 'asked') LIMIT 1";
pub const FILED: &str = "UPDATE hand_in SET state = 'linked', state_at = $2, person_id = $4, application_id = (SELECT a.id \
    FROM application a WHERE a.public_id = $3) WHERE id = (SELECT h.id FROM hand_in h WHERE h.contact_id = $1 \
    AND h.state IN ('received', 'registering', 'asked') LIMIT 1) AND NOT EXISTS (SELECT 1 FROM hand_in x \
    JOIN application y ON y.id = x.application_id WHERE y.public_id = $3) RETURNING id, unit_id";
pub const OVER: &str = "SELECT CAST(1 AS BIGINT) FROM hand_in h WHERE h.contact_id = $1 AND h.state IN ('withdrawn', 'closed') \
    AND NOT EXISTS (SELECT 1 FROM hand_in o WHERE o.contact_id = $1 AND o.state IN ('received', 'registering', 'asked', 'linked')) LIMIT 1";
pub const OF_CASE: &str = "SELECT h.public_id FROM hand_in h JOIN application a ON a.id = h.application_id WHERE a.public_id = $1 \
    ORDER BY h.handed_at DESC LIMIT 1";
pub const OF_UNREACHED: &str = "SELECT h.public_id FROM unreached x JOIN hand_in h ON h.person_id = x.person_id WHERE x.public_id = $1 \
    AND $2 LIKE '% ' || h.unit_id || ' %' ORDER BY h.handed_at DESC LIMIT 1";
