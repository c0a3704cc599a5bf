//! The case, her place in it, and all that lies ahead.

use domain::{
    access::Unit,
    kernel::{Id, Instant, Public},
};

use super::form::{CaseRead, Refusal};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff},
    db::Tx,
    notices::{
        Case, Party, Profile, Recipient,
        opening::{Wanting, catch_up},
        trail,
    },
};

/// All that is drawn before the transaction.
pub(super) struct Seed {
    pub ctx: Ctx,
    pub staff: Staff,
    read: CaseRead,
    case: Id<Case>,
    case_public: Public<Case>,
    party: Id<Party>,
    party_public: Public<Party>,
    pub now: Instant,
}

impl Seed {
    pub fn draw(ctx: &Ctx, staff: &Staff, read: CaseRead) -> Self {
        let now = ctx.now();
        Self {
            case: ctx.chance.id(now),
            case_public: ctx.chance.public(),
            party: ctx.chance.id(now),
            party_public: ctx.chance.public(),
            ctx: ctx.clone(),
            staff: staff.clone(),
            read,
            now,
        }
    }

    /// The case of that number, or a new one, and its inmate.
    pub async fn case(&self, tx: &mut Tx) -> Result<std::result::Result<(String, String), Refusal>> {
        let read = &self.read;
        let found: Vec<InmateRow> = tx.all(INMATE, args![&read.sort_name, read.born]).await?;
        let [inmate] = found.as_slice() else { return Ok(Err(Refusal::NoInmate)) };
        let hash = self.ctx.vault.fingerprint("notice_case", &read.reference.to_lowercase());
        let known: Option<(String, String)> = tx.optional(CASE, args![hash.clone()]).await?;
        if let Some((case, whose)) = known {
            return Ok(if whose == inmate.id { Ok((case, whose)) } else { Err(Refusal::OtherInmate) });
        }
        let place = format!("notice_case/reference/{}", self.case);
        let reference = self.ctx.vault.seal(&self.ctx.chance, &place, read.reference.as_bytes())?;
        let unit =
            inmate.unit_id.as_deref().map(Id::<Unit>::new).or_else(|| self.staff.units.first().cloned());
        let unit = unit.ok_or(Error::Broken("an officer of no unit"))?;
        let values = args![
            &self.case,
            &self.case_public,
            &inmate.id,
            reference,
            hash,
            &unit,
            Some(self.staff.staff.as_str()),
            self.now
        ];
        tx.later(NEW_CASE, values).await?;
        Ok(Ok((self.case.as_str().to_owned(), inmate.id.clone())))
    }

    /// Her place in the case, and all that lies ahead.
    pub async fn join(
        &self,
        tx: &mut Tx,
        (case, inmate): (&str, &str),
        recipient: &Id<Recipient>,
        wish: &'static str,
    ) -> Result<Public<Party>> {
        let role = if self.read.bereaved { "bereaved" } else { "victim" };
        let state = if wish == "wants" { "active" } else { "unverified" };
        let values = args![
            &self.party,
            &self.party_public,
            case,
            recipient,
            role,
            wish,
            state,
            self.now,
            &self.staff.staff
        ];
        let (party, public, kinds): (String, String, String) = tx.one(JOIN, values).await?;
        if state == "active" {
            let wanting = Wanting { id: party, recipient_id: recipient.as_str().to_owned(), kinds };
            catch_up(tx, &self.ctx, inmate, &wanting, self.now).await?;
        }
        let actor = Actor::Staff(self.staff.clone());
        trail::note(tx, &self.ctx, &actor, ("notice.registered", recipient), wish).await?;
        Public::parse(&public).ok_or(Error::Broken("public id"))
    }

    /// The offender, who is never to be told of himself.
    pub async fn is_himself(&self, tx: &mut Tx, inmate: &str, profile: &Profile) -> Result<bool> {
        let Some(number) = profile.number.as_deref() else { return Ok(false) };
        let hash = self.ctx.vault.fingerprint("national_id", number);
        let same: Option<(String,)> = tx.optional(HIMSELF, args![inmate, hash]).await?;
        Ok(same.is_some())
    }
}

#[derive(sqlx::FromRow)]
struct InmateRow {
    id: String,
    unit_id: Option<String>,
}

pub const INMATE: &str = "SELECT i.id, p.unit_id FROM inmate i LEFT JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.sort_name = $1 AND i.birth_date = $2";
pub const CASE: &str = "SELECT id, inmate_id FROM notice_case WHERE reference_hash = $1";
pub const NEW_CASE: &str = "INSERT INTO notice_case (id, public_id, inmate_id, reference, reference_hash, unit_id, officer_id, \
    created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// What she chose before she was registered holds. Who is told already goes on being told: an officer who registers her once more without her wish takes nothing away.
pub const JOIN: &str = "INSERT INTO notice_party (id, public_id, case_id, recipient_id, role, wish, state, wished_at, verified_at, \
    verified_by, kinds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, (SELECT kinds FROM notice_recipient WHERE id = $4)) ON CONFLICT (case_id, recipient_id) DO UPDATE SET \
    wish = CASE WHEN notice_party.wish = 'wants' AND notice_party.state = 'active' THEN 'wants' ELSE excluded.wish END, \
    state = CASE WHEN notice_party.wish = 'wants' AND notice_party.state = 'active' THEN 'active' ELSE excluded.state END, \
    wished_at = excluded.wished_at, verified_at = excluded.verified_at, \
    verified_by = excluded.verified_by, ended_at = NULL, version = notice_party.version + 1 RETURNING id, public_id, kinds";
pub const HIMSELF: &str = "SELECT id FROM inmate WHERE id = $1 AND number_hash = $2";
