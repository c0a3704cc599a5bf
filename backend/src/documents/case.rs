//! A case, as far as documents know it: the ones a person can send something to, and what is asked, came and is missing in one.

use domain::documents::may_handle;

use super::{
    Asked, Came,
    sql::{ASKED_IN_CASE, ASKED_IN_OWN_CASE, OF_CASE, OF_OWN_CASE},
    stored::{AskRow, DocRow},
    units,
};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx, Staff},
    db::Value,
};

/// An application or a booking of hers.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Case {
    /// `application` or `booking`.
    pub kind: String,
    #[sqlx(rename = "public_id")]
    pub public: String,
    pub reference: String,
}

/// A case that staff ask for something in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseHead {
    pub kind: String,
    #[sqlx(rename = "public_id")]
    pub public: String,
    pub reference: String,
    pub person: String,
}

/// What was asked and what came, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct OfCase {
    pub asked: Vec<Asked>,
    pub came: Vec<Came>,
}

/// The newest first.
pub async fn cases(ctx: &Ctx, who: &Citizen) -> Result<Vec<Case>> {
    ctx.db.all(CASES, args![&who.person]).await
}

/// None if it is not of her units, or no work of hers.
pub async fn case_of_staff(ctx: &Ctx, staff: &Staff, case: &str) -> Result<Option<CaseHead>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    ctx.db.optional(HEAD, args![case, units(staff)]).await
}

/// For the page of a case, whose look stands for this one too. None where documents are not her work.
pub async fn of_case(ctx: &Ctx, staff: &Staff, case: &str) -> Result<Option<OfCase>> {
    if !may_handle(&staff.roles) {
        return Ok(None);
    }
    read(ctx, case, units(staff), [ASKED_IN_CASE, OF_CASE]).await.map(Some)
}

/// For her own page of it.
pub async fn of_my_case(ctx: &Ctx, who: &Citizen, case: &str) -> Result<OfCase> {
    read(ctx, case, Value::from(&who.person), [ASKED_IN_OWN_CASE, OF_OWN_CASE]).await
}

async fn read(ctx: &Ctx, case: &str, whose: Value, [asked, came]: [&'static str; 2]) -> Result<OfCase> {
    let asked: Vec<AskRow> = ctx.db.all(asked, vec![Value::from(case), whose.clone()]).await?;
    let came: Vec<DocRow> = ctx.db.all(came, vec![Value::from(case), whose]).await?;
    Ok(OfCase {
        asked: asked.into_iter().map(|row| row.asked(ctx)).collect::<Result<_>>()?,
        came: came.iter().map(DocRow::came).collect::<Result<_>>()?,
    })
}

pub const CASES: &str =
    "SELECT kind, public_id, reference FROM document_case WHERE person_id = $1 ORDER BY id DESC LIMIT 100";
pub const HEAD: &str = "SELECT c.kind, c.public_id, c.reference, p.name AS person FROM document_case c \
    JOIN person p ON p.id = c.person_id WHERE c.public_id = $1 AND $2 LIKE '% ' || c.unit_id || ' %'";
