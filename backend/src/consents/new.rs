//! A case and one who is asked, drawn outside the transaction and written inside it.

use domain::{
    access::Unit,
    consents::{Kind, NewPerson},
    kernel::{CivilDate, Id, Instant, Public, Reference},
};

use super::{
    CaseMark, FormKey, PersonMark, about_place, applicant_place, email_place, invite, name_place, public,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::Tx,
    rules::Rules,
};

pub(super) struct NewCase {
    kind: Kind,
    subject: Option<String>,
    unit: Id<Unit>,
    key: FormKey,
    name: Vec<u8>,
    about: Vec<u8>,
    answer_by: CivilDate,
    told_first: CivilDate,
    told_every: i64,
    pub id: Id<CaseMark>,
    public: Public<CaseMark>,
    reference: Reference,
    now: Instant,
}

impl NewCase {
    /// `name`: who has applied. `about`: the home, or the child.
    pub fn draw(
        ctx: &Ctx,
        (unit, key): (Id<Unit>, FormKey),
        (kind, subject): (Kind, Option<String>),
        (name, about): (&str, &str),
        answer_by: CivilDate,
        rules: &Rules,
    ) -> Result<Self> {
        let (now, id) = (ctx.now(), ctx.chance.id::<CaseMark>(ctx.now()));
        Ok(Self {
            name: ctx.vault.seal(&ctx.chance, &applicant_place(id.as_str()), name.as_bytes())?,
            about: ctx.vault.seal(&ctx.chance, &about_place(id.as_str()), about.as_bytes())?,
            told_first: answer_by.plus_days(rules.days("consents.tell_after_days")?),
            told_every: rules.days("consents.tell_every_days")?,
            public: ctx.chance.public(),
            reference: ctx.chance.reference(),
            kind,
            subject,
            unit,
            key,
            answer_by,
            id,
            now,
        })
    }

    /// The case that the same form of hers has opened.
    pub async fn opened_before(&self, tx: &mut Tx, staff: &Staff) -> Result<Option<Public<CaseMark>>> {
        let known: Option<(String,)> = tx.optional(OPENED, args![&self.key, &staff.staff]).await?;
        known.map(|(known,)| public(&known)).transpose()
    }

    pub async fn save(&self, tx: &mut Tx, ctx: &Ctx, staff: &Staff) -> Result<Public<CaseMark>> {
        let values = args![
            &self.id,
            &self.public,
            &self.reference,
            &self.unit,
            &self.key,
            self.name.clone(),
            self.about.clone(),
            self.answer_by,
            Instant::last_minute(self.answer_by),
            self.told_first,
            self.told_every,
            &staff.staff,
            self.now,
            self.kind.code(),
            self.subject.as_deref()
        ];
        tx.later(OPEN, values).await?;
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "home_opened");
        entry.at_unit(&self.unit).about("home_case", &self.id).save(tx).await?;
        Ok(self.public.clone())
    }
}

pub(super) struct NewAsked {
    hash: Vec<u8>,
    name: Vec<u8>,
    email: Option<Vec<u8>>,
    id: Id<PersonMark>,
    public: Public<PersonMark>,
}

impl NewAsked {
    pub fn draw(ctx: &Ctx, new: &NewPerson) -> Result<Self> {
        let id: Id<PersonMark> = ctx.chance.id(ctx.now());
        let seal = |place: &str, plain: &str| ctx.vault.seal(&ctx.chance, place, plain.as_bytes());
        let email = new.email.as_ref().map(|email| seal(&email_place(id.as_str()), email.as_str()));
        Ok(Self {
            hash: ctx.vault.fingerprint("national_id", new.number.expose()),
            name: seal(&name_place(id.as_str()), &new.name)?,
            email: email.transpose()?,
            public: ctx.chance.public(),
            id,
        })
    }

    pub async fn is_known(&self, tx: &mut Tx, case: &str) -> Result<bool> {
        Ok(tx.optional::<(String,)>(KNOWN, args![case, self.hash.clone()]).await?.is_some())
    }

    /// Invited at once; on paper if no address is known.
    pub async fn save(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        staff: &Staff,
        (case, unit): (&Id<CaseMark>, &Id<Unit>),
    ) -> Result<()> {
        let values = args![
            &self.id,
            &self.public,
            case,
            self.hash.clone(),
            self.name.clone(),
            self.email.clone(),
            &staff.staff,
            ctx.now()
        ];
        tx.later(ADD, values).await?;
        if self.email.is_some() {
            invite(tx, ctx, self.id.as_str()).await?;
        }
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "home_asked");
        entry.at_unit(unit).about("home_person", &self.id).save(tx).await
    }
}

/// Whether anybody is.
pub(super) async fn is_asked(tx: &mut Tx, case: &str) -> Result<bool> {
    Ok(tx.optional::<(String,)>(ANYBODY, args![case]).await?.is_some())
}

pub const OPENED: &str = "SELECT public_id FROM consent_case WHERE form_key = $1 AND opened_by = $2";
pub const OPEN: &str = "INSERT INTO consent_case (id, public_id, reference, unit_id, form_key, name, about, answer_by, \
    due_at, told_first, told_every, opened_by, officer_id, opened_at, dwelling_at, kind, subject_id) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $13, $14, $15)";
pub const KNOWN: &str =
    "SELECT id FROM consent_person WHERE case_id = $1 AND number_hash = $2 AND removed_at IS NULL";
pub const ANYBODY: &str = "SELECT id FROM consent_person WHERE case_id = $1 AND removed_at IS NULL LIMIT 1";
pub const ADD: &str = "INSERT INTO consent_person (id, public_id, case_id, number_hash, name, email, added_by, added_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
