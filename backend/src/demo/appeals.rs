//! Two of the demo's refused relatives appeal: one appeal is still where it was decided, one has been forwarded to the region.

use domain::{
    access::{Level, Role, StaffMember, Unit},
    appeals::{AppealForm, ReasonForm},
    kernel::{Id, Public},
};

use super::relatives::days_ago;
use crate::{
    Error, Result,
    appeals::{self, FormKey},
    args,
    ctx::{Citizen, Ctx, Staff},
    decision::NewDecision,
};

#[derive(sqlx::FromRow)]
struct Refused {
    decision: String,
    person_id: String,
    name: String,
    unit_id: String,
    unit_name: String,
    officer: String,
    officer_name: String,
}

/// Once: where there is an appeal, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (known,): (i64,) = ctx.db.one(KNOWN, vec![]).await?;
    if known > 0 {
        return Ok(());
    }
    let refused: Vec<Refused> = ctx.db.all(REFUSED, args![2_i64]).await?;
    for (n, one) in refused.iter().enumerate() {
        let forwarded = n == 0;
        let then = days_ago(ctx, if forwarded { 30 } else { 3 });
        let who = Citizen {
            session: Id::new("demo"),
            person: Id::new(one.person_id.as_str()),
            name: one.name.clone(),
            level: Level::High,
            fresh_until: None,
            by: None,
        };
        let decision: Public<NewDecision> =
            Public::parse(&one.decision).ok_or(Error::Broken("the demo's appeals"))?;
        let key: FormKey = ctx.chance.public();
        let form = AppealForm {
            key: key.to_string(),
            disagree: "Jeg har aldri gjort noe galt på besøk, og jeg vet ikke hva dere mener med misbruk."
                .into(),
            want: "At jeg får besøke ham, gjerne bak glassvegg.".into(),
            ..AppealForm::default()
        };
        let Ok(appeal) = appeals::send(&then, &who, &decision, &form).await? else { continue };
        if forwarded {
            let then = days_ago(ctx, 20);
            let words =
                "Vi viser til opplysningene fra politiet. Glassvegg er vurdert og er ikke nok.".into();
            let form = ReasonForm { version: "1".into(), words };
            let _ = appeals::forward(&then, &one.officer(), &appeal, &form).await?;
        }
    }
    Ok(())
}

impl Refused {
    fn officer(&self) -> Staff {
        Staff {
            session: Id::new("demo"),
            staff: Id::<StaffMember>::new(self.officer.as_str()),
            name: self.officer_name.clone(),
            roles: vec![Role::CaseOfficer],
            units: vec![Id::<Unit>::new(self.unit_id.as_str())],
            unit_name: self.unit_name.clone(),
        }
    }
}

pub const KNOWN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM appeal";
/// Those of the region that one can sign in for come first.
pub const REFUSED: &str = "SELECT d.public_id AS decision, d.person_id, p.name, d.unit_id, u.name AS unit_name, \
    d.made_by AS officer, s.name AS officer_name FROM decision d JOIN person p ON p.id = d.person_id \
    JOIN unit u ON u.id = d.unit_id JOIN staff_member s ON s.id = d.made_by JOIN clearance c ON c.id = d.subject_id \
    WHERE d.subject_kind = 'clearance' AND d.outcome = 'refused' AND c.child = 0 AND d.superseded_at IS NULL \
    ORDER BY CASE WHEN u.slug IN ('lyngmo', 'bekkelund') THEN 0 ELSE 1 END, d.made_at, d.id LIMIT $1";
