//! One of the demo's relatives is asked for a confirmation, and one letter with a file waits for the officer of her prison.

use domain::{
    access::{Level, Role, StaffMember, Unit},
    blobs::FileName,
    documents::{AskForm, SendForm},
    kernel::{CivilDate, Id, Public},
};

use super::{
    officer::{OFFICER_NAME, officer},
    relatives::days_ago,
};
use crate::{
    Error, Result, args,
    blobs::{self, New, Uploader},
    ctx::{Actor, Citizen, Ctx, Staff},
    documents::{self, DraftRow, FormKey},
};

/// A page with one line on it.
const PAGE: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n\
<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] \
/Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n\
4 0 obj\n<< /Length 52 >>\nstream\nBT /F1 18 Tf 72 760 Td (Bekreftelse, oppdiktet) Tj ET\nendstream\nendobj\n\
trailer\n<< /Root 1 0 R >>\n%%EOF\n";

#[derive(sqlx::FromRow)]
struct Applied {
    application: String,
    person_id: String,
    name: String,
    unit_id: String,
    unit_name: String,
}

/// To the prison whose officer one can sign in as.
const UNIT: &str = "lyngmo";

/// Once: where there is a request, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (known,): (i64,) = ctx.db.one(KNOWN, vec![]).await?;
    if known > 0 {
        return Ok(());
    }
    let applied: Vec<Applied> = ctx.db.all(APPLIED, args!["Maja Fjellvik", "Eirik Fjellvik"]).await?;
    let staff = officer(ctx).await?;
    if let Some(one) = applied.first() {
        let then = days_ago(ctx, 2);
        let due = ctx.now().date().plus_days(12);
        let _ = documents::ask(&then, &one.officer(&staff), &one.application, &asking(&then, due)).await?;
    }
    if let Some(one) = applied.last() {
        sent(&days_ago(ctx, 1), one).await?;
    }
    Ok(())
}

fn asking(ctx: &Ctx, due: CivilDate) -> AskForm {
    let (key, iso): (FormKey, String) = (ctx.chance.public(), due.iso());
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default().to_owned();
    AskForm {
        key: key.to_string(),
        version: String::new(),
        kind: "work_school".into(),
        due_day: part(8, 10),
        due_month: part(5, 7),
        due_year: part(0, 4),
        reason: "Vi vil gjerne se når du er på jobb, så vi kan finne tider som passer.".into(),
    }
}

/// A letter to her prison, with a file.
async fn sent(ctx: &Ctx, one: &Applied) -> Result<()> {
    let who = one.citizen();
    let Ok(draft) = documents::start(ctx, &who, "letter", "").await? else { return Ok(()) };
    let typed = SendForm {
        unit: UNIT.into(),
        words: "Her er bekreftelsen fra skolen, slik vi snakket om på telefonen.".into(),
        ..SendForm::default()
    };
    let Ok(version) = documents::keep(ctx, &who, &draft, &typed, 1).await? else { return Ok(()) };
    let sender = Uploader::of(&Actor::Citizen(who.clone())).ok_or(Error::Broken("the demo's documents"))?;
    let file = match blobs::whole(ctx, &sender, file(&draft), PAGE).await {
        Ok(upload) => upload.public()?,
        Err(blobs::Stopped::Broken(error)) => return Err(error),
        Err(blobs::Stopped::Refused(_)) => return Err(Error::Broken("the demo's documents")),
    };
    let _ = documents::hand_in(ctx, &who, &draft, version, &[file]).await?;
    Ok(())
}

fn file(draft: &Public<DraftRow>) -> New {
    New {
        kind: "document".into(),
        draft: Some(draft.to_string()),
        name: FileName::clean("Bekreftelse fra skolen.pdf"),
        declared: "application/pdf".into(),
        length: u64::try_from(PAGE.len()).ok(),
    }
}

impl Applied {
    fn citizen(&self) -> Citizen {
        Citizen {
            session: Id::new("demo"),
            person: Id::new(self.person_id.as_str()),
            name: self.name.clone(),
            level: Level::High,
            fresh_until: None,
            by: None,
        }
    }

    fn officer(&self, staff: &Id<StaffMember>) -> Staff {
        Staff {
            session: Id::new("demo"),
            staff: staff.clone(),
            name: OFFICER_NAME.to_owned(),
            roles: vec![Role::CaseOfficer],
            units: vec![Id::<Unit>::new(self.unit_id.as_str())],
            unit_name: self.unit_name.clone(),
        }
    }
}

pub const KNOWN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM document_request";
/// The first of the two, then the other.
pub const APPLIED: &str = "SELECT c.public_id AS application, p.id AS person_id, p.name, c.unit_id, u.name AS unit_name \
    FROM document_case c JOIN person p ON p.id = c.person_id JOIN unit u ON u.id = c.unit_id \
    WHERE c.kind = 'application' AND p.name IN ($1, $2) ORDER BY CASE WHEN p.name = $1 THEN 0 ELSE 1 END, c.id";
