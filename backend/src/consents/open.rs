//! An officer opens a case, names those at home, and works on it: who lives there, how the home is, when it is over.

use domain::{
    consents::{Dwelling, Fact, FieldError, HomeForm, Kind, PersonForm, Refusal, may_ask, without_reason},
    kernel::Public,
};

use super::{
    CaseMark, Done, Elsewhere, FormKey, PersonMark, Undone,
    new::{NewAsked, NewCase},
    rows::{CASE_OF_STAFF, CaseRecord},
    units, without_place,
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// The case belongs to the first of her units. The same form again is the case it has opened.
pub async fn open(ctx: &Ctx, staff: &Staff, key: &str, form: &HomeForm) -> Result<Done<Public<CaseMark>>> {
    let (key, unit) = (FormKey::parse(key), staff.units.first().cloned());
    let (true, Some(key), Some(unit)) = (may_ask(&staff.roles), key, unit) else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let (today, rules) = (ctx.now().date(), Rules::on(&ctx.db, ctx.now().date()).await?);
    let new = match form.parse(today, rules.days("consents.longest_days")?) {
        Ok(new) => new,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let words = (new.name.as_str(), new.address.as_str());
    let case = NewCase::draw(ctx, (unit, key), (Kind::Home, None), words, new.answer_by, &rules)?;
    Ok(Ok(ctx.db.write(Open { ctx: ctx.clone(), staff: staff.clone(), case }).await?))
}

struct Open {
    ctx: Ctx,
    staff: Staff,
    case: NewCase,
}

impl Command for Open {
    type Out = Public<CaseMark>;

    async fn run(&self, tx: &mut Tx) -> Result<Public<CaseMark>> {
        match self.case.opened_before(tx, &self.staff).await? {
            Some(known) => Ok(known),
            None => self.case.save(tx, &self.ctx, &self.staff).await,
        }
    }
}

/// One more who lives there. She is invited at once; on paper if no address is known.
pub async fn add<E: Elsewhere + Clone + 'static>(
    ctx: &Ctx,
    staff: &Staff,
    case: &Public<CaseMark>,
    form: &PersonForm,
    elsewhere: E,
) -> Result<Done> {
    if !may_ask(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let new = match form.parse(ctx.settings.identity.synthetic_numbers) {
        Ok(new) => NewAsked::draw(ctx, &new)?,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let (ctx, staff, case) = (ctx.clone(), staff.clone(), case.clone());
    ctx.clone().db.write(Add { ctx, staff, case, new, elsewhere }).await
}

struct Add<E> {
    ctx: Ctx,
    staff: Staff,
    case: Public<CaseMark>,
    new: NewAsked,
    elsewhere: E,
}

impl<E: Elsewhere + Clone + 'static> Command for Add<E> {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(case) = of_staff(tx, &self.staff, &self.case).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if case.is_closed() {
            return Ok(Err(Refusal::Closed.into()));
        }
        // A child's other parent is one.
        let known = match case.kind()? {
            Kind::Home => self.new.is_known(tx, &case.id).await?,
            Kind::Child => super::new::is_asked(tx, &case.id).await?,
        };
        if known {
            let fault = FieldError { field: "number", code: Refusal::Known.code() };
            return Ok(Err(Undone::Fields(vec![fault])));
        }
        self.new.save(tx, &self.ctx, &self.staff, (&case.id(), &case.unit())).await?;
        case.tell(tx, &self.ctx, &self.elsewhere, Fact::Asked).await?;
        Ok(Ok(()))
    }
}

/// What an officer changes in a case that is open, as of the version she saw.
#[derive(Clone, Debug)]
pub enum Change {
    /// How the home is, and whether children there are to be heard: `none`, `to_hear` or `heard`.
    Facts { dwelling: Dwelling, children: &'static str },
    /// She does not live there. Her words are kept.
    Removed(Public<PersonMark>),
    /// An officer has talked with her.
    Talked(Public<PersonMark>),
    /// It is served, or comes to nothing. A child's case ends with its clearance instead.
    Over,
    /// It can do without the other parent, and why. Ends the case.
    Without { reason: String },
}

impl Change {
    /// What is asked of a case of another kind is not there.
    fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Facts { .. } | Self::Over => kind == Kind::Home,
            Self::Without { .. } => kind == Kind::Child,
            Self::Removed(_) | Self::Talked(_) => true,
        }
    }
}

pub async fn change<E: Elsewhere + Clone + 'static>(
    ctx: &Ctx,
    staff: &Staff,
    case: &Public<CaseMark>,
    version: i64,
    change: Change,
    elsewhere: E,
) -> Result<Done> {
    if !may_ask(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let change = match change {
        Change::Without { reason } => match without_reason(&reason) {
            Ok(reason) => Change::Without { reason },
            Err(errors) => return Ok(Err(errors.into())),
        },
        other => other,
    };
    let (staff, case) = (staff.clone(), case.clone());
    ctx.db.write(Step { ctx: ctx.clone(), staff, case, version, change, elsewhere }).await
}

struct Step<E> {
    ctx: Ctx,
    staff: Staff,
    case: Public<CaseMark>,
    version: i64,
    change: Change,
    elsewhere: E,
}

impl<E: Elsewhere + Clone + 'static> Command for Step<E> {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(case) = of_staff(tx, &self.staff, &self.case).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if !self.change.fits(case.kind()?) {
            return Ok(Err(Refusal::Hidden.into()));
        }
        if case.is_closed() {
            return Ok(Err(Refusal::Closed.into()));
        }
        if tx.execute(STEP, args![&case.id, self.version]).await? == 0 {
            return Ok(Err(Refusal::Stale.into()));
        }
        let (action, changed) = self.apply(tx, &case).await?;
        if changed == 0 {
            return Err(Error::Broken("one asked who is not in the case"));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&case.unit()).about("home_case", &case.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

impl<E: Elsewhere> Step<E> {
    /// What the trail calls it, and how many rows it has changed.
    async fn apply(&self, tx: &mut Tx, case: &CaseRecord) -> Result<(&'static str, u64)> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        Ok(match &self.change {
            Change::Facts { dwelling, children } => {
                let values = args![dwelling.code(), now, *children, &case.id];
                ("home_seen", tx.execute(FACTS, values).await?)
            }
            Change::Removed(who) => {
                case.tell(tx, ctx, &self.elsewhere, Fact::Missing).await?;
                ("home_person_removed", tx.execute(REMOVE, args![now, who, &case.id]).await?)
            }
            Change::Talked(who) => {
                ("home_person_talked", tx.execute(TALKED, args![now, who, &case.id]).await?)
            }
            Change::Over => ("home_closed", tx.execute(CLOSE, args![now, &case.id]).await?),
            Change::Without { reason } => {
                case.tell(tx, ctx, &self.elsewhere, Fact::Without).await?;
                let sealed = ctx.vault.seal(&ctx.chance, &without_place(&case.id), reason.as_bytes())?;
                ("child_without", tx.execute(WITHOUT, args![now, sealed, &case.id]).await?)
            }
        })
    }
}

/// One of her units; any other is not there.
pub(super) async fn of_staff(
    tx: &mut Tx,
    staff: &Staff,
    case: &Public<CaseMark>,
) -> Result<Option<CaseRecord>> {
    tx.optional(CASE_OF_STAFF, args![case, units(staff)]).await
}

pub const STEP: &str = "UPDATE consent_case SET version = version + 1 WHERE id = $1 AND version = $2";
/// The day of a view is moved by another view alone.
pub const FACTS: &str = "UPDATE consent_case SET dwelling_at = CASE WHEN dwelling = $1 THEN dwelling_at ELSE $2 END, \
    dwelling = $1, children = $3 WHERE id = $4";
pub const REMOVE: &str =
    "UPDATE consent_person SET removed_at = $1 WHERE public_id = $2 AND case_id = $3 AND removed_at IS NULL";
pub const TALKED: &str =
    "UPDATE consent_person SET talked_at = $1 WHERE public_id = $2 AND case_id = $3 AND removed_at IS NULL";
pub const CLOSE: &str = "UPDATE consent_case SET closed_at = $1 WHERE id = $2";
pub const WITHOUT: &str = "UPDATE consent_case SET closed_at = $1, without_reason = $2 WHERE id = $3";
