//! Counsel or a guardian for one victim: an officer has seen what it rests on, for certain dates. She signs in with her own
//! number and sees that victim's notices, no others and no other days. Parental responsibility opens nothing, nor does a
//! firm's delegation: only what an officer has verified does. Never anybody on the offender's side.

mod end;
mod form;
mod reads;

use std::future::Future;

use domain::kernel::{Id, Instant, Public};
use serde::{Deserialize, Serialize};

use super::{
    Party, Recipient, Representative, number_hash,
    reading::{self, LookReason},
    trail,
    wish::Fault,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

pub use end::{end, end_own};
pub use form::{Kind, RepresentativeForm};
pub use reads::{Represented, Representing, own, represented};
pub(super) use reads::{record_look, seen_by};

use form::Read;

/// Who stands on the offender's side: the one port to what other slices know. It answers yes or no, and nothing is joined.
pub trait Circle: Send + Sync + Clone + 'static {
    fn is_of(&self, tx: &mut Tx, ctx: &Ctx, asked: Asked<'_>) -> impl Future<Output = Result<bool>> + Send;
}

/// Whether this number is that of a visitor or applicant of this inmate.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub inmate: &'a str,
    pub number: &'a str,
}

/// What is kept of a representative, sealed as one.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Person {
    name: String,
    number: String,
    basis: String,
}

#[derive(sqlx::FromRow)]
struct Place {
    recipient_id: String,
    unit_id: String,
    officer_id: Option<String>,
}

async fn place_of(ctx: &Ctx, staff: &Staff, party: &Public<Party>) -> Result<Option<Place>> {
    let row: Option<Place> = ctx.db.optional(PLACE, args![party]).await?;
    Ok(row.filter(|row| reading::reach(staff).has_case(&row.unit_id, row.officer_id.as_deref())))
}

/// All who represent or have represented her, for her officer. None: not hers.
pub async fn list(ctx: &Ctx, staff: &Staff, party: &Public<Party>) -> Result<Option<Vec<Representing>>> {
    let Some(row) = place_of(ctx, staff, party).await? else { return Ok(None) };
    let recipient: Id<Recipient> = Id::new(row.recipient_id);
    reading::look(ctx, staff, &recipient, Some(&row.unit_id), LookReason::HandleCase).await?;
    reads::of(ctx, &recipient).await.map(Some)
}

/// An officer has seen that this person represents her. Whoever is on the offender's side is refused, in words that say
/// nothing of why. None: not her case.
pub async fn verify<C: Circle>(
    ctx: &Ctx,
    staff: &Staff,
    circle: &C,
    party: &Public<Party>,
    form: &RepresentativeForm,
) -> Result<Option<std::result::Result<(), Vec<Fault>>>> {
    let now = ctx.now();
    let command = Verify {
        ctx: ctx.clone(),
        staff: staff.clone(),
        circle: circle.clone(),
        party: party.clone(),
        read: form.parse(ctx.settings.identity.synthetic_numbers, now.date()),
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        now,
    };
    ctx.db.write(command).await
}

struct Verify<C> {
    ctx: Ctx,
    staff: Staff,
    circle: C,
    party: Public<Party>,
    read: std::result::Result<Read, Vec<Fault>>,
    id: Id<Representative>,
    public: Public<Representative>,
    now: Instant,
}

impl<C: Circle> Command for Verify<C> {
    type Out = Option<std::result::Result<(), Vec<Fault>>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Place> = tx.optional(PLACE, args![&self.party]).await?;
        let reach = reading::reach(&self.staff);
        let Some(row) = row.filter(|row| reach.has_case(&row.unit_id, row.officer_id.as_deref())) else {
            return Ok(None);
        };
        let read = match &self.read {
            Ok(read) => read,
            Err(faults) => return Ok(Some(Err(faults.clone()))),
        };
        let recipient: Id<Recipient> = Id::new(row.recipient_id);
        if let Some(code) = self.refused(tx, &recipient, &read.number).await? {
            return Ok(Some(Err(vec![Fault { field: "number", code }])));
        }
        self.keep(tx, &recipient, read).await?;
        let actor = Actor::Staff(self.staff.clone());
        let note = ("notice.representative", &recipient);
        trail::note(tx, &self.ctx, &actor, note, read.kind.code()).await?;
        Ok(Some(Ok(())))
    }
}

impl<C: Circle> Verify<C> {
    /// Herself; whoever represents her already; and, in the same words, anybody of his.
    async fn refused(
        &self,
        tx: &mut Tx,
        recipient: &Id<Recipient>,
        number: &str,
    ) -> Result<Option<&'static str>> {
        let hash = number_hash(&self.ctx, number);
        let same: Option<(String,)> = tx.optional(HERSELF, args![recipient, hash.clone()]).await?;
        if same.is_some() {
            return Ok(Some("herself"));
        }
        let known: Option<(String,)> = tx.optional(KNOWN, args![recipient, hash, self.now.date()]).await?;
        if known.is_some() {
            return Ok(Some("known"));
        }
        let hash = self.ctx.vault.fingerprint("national_id", number);
        let inmates: Vec<(String,)> = tx.all(INMATES, args![recipient]).await?;
        for (inmate,) in inmates {
            let himself: Option<(String,)> = tx.optional(HIMSELF, args![&inmate, hash.clone()]).await?;
            let asked = Asked { inmate: &inmate, number };
            if himself.is_some() || self.circle.is_of(tx, &self.ctx, asked).await? {
                return Ok(Some("not_possible"));
            }
        }
        Ok(None)
    }

    async fn keep(&self, tx: &mut Tx, recipient: &Id<Recipient>, read: &Read) -> Result<()> {
        let person =
            Person { name: read.name.clone(), number: read.number.clone(), basis: read.basis.clone() };
        let plain = serde_json::to_vec(&person).map_err(|_| Error::Broken("a representative"))?;
        let values = args![
            &self.id,
            &self.public,
            recipient,
            number_hash(&self.ctx, &read.number),
            self.ctx.vault.seal(&self.ctx.chance, &place(&self.id), &plain)?,
            read.kind.code(),
            read.from,
            read.until,
            self.now,
            &self.staff.staff
        ];
        tx.later(KEEP, values).await
    }
}

fn place(id: &Id<Representative>) -> String {
    format!("notice_representative/sealed/{id}")
}

fn opened(ctx: &Ctx, id: &Id<Representative>, sealed: &[u8]) -> Result<Person> {
    let plain = ctx.vault.open(&place(id), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Error::Broken("a representative"))
}

pub const PLACE: &str = "SELECT p.recipient_id, c.unit_id, c.officer_id FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id WHERE p.public_id = $1";
pub const HERSELF: &str = "SELECT id FROM notice_recipient WHERE id = $1 AND number_hash = $2";
pub const KNOWN: &str = "SELECT id FROM notice_representative WHERE recipient_id = $1 AND number_hash = $2 \
    AND ended_at IS NULL AND valid_to >= $3 LIMIT 1";
/// Of all her cases: a representative sees what she sees.
pub const INMATES: &str = "SELECT DISTINCT c.inmate_id FROM notice_party p JOIN notice_case c ON c.id = p.case_id \
    WHERE p.recipient_id = $1 ORDER BY c.inmate_id";
pub const HIMSELF: &str = "SELECT id FROM inmate WHERE id = $1 AND number_hash = $2";
pub const KEEP: &str = "INSERT INTO notice_representative (id, public_id, recipient_id, number_hash, sealed, kind, valid_from, \
    valid_to, verified_at, verified_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
