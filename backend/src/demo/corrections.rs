//! Two of the demo's relatives have asked that something be put right: one waits, one has her answer.

use domain::{
    access::{Level, Role, StaffMember, Unit},
    corrections::{AskForm, SettleForm},
    kernel::Id,
};

use super::relatives::days_ago;
use crate::{
    Result, args,
    corrections::{self, FormKey},
    ctx::{Citizen, Ctx, Staff},
};

#[derive(sqlx::FromRow)]
struct Asks {
    person_id: String,
    name: String,
    unit_id: String,
    unit_slug: String,
    unit_name: String,
    officer: String,
    officer_name: String,
}

/// Once: where there is a request, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (known,): (i64,) = ctx.db.one(KNOWN, vec![]).await?;
    if known > 0 {
        return Ok(());
    }
    let people: Vec<Asks> = ctx.db.all(ASKS, args![2_i64]).await?;
    for (n, one) in people.iter().enumerate() {
        let answered = n == 1;
        let then = days_ago(ctx, if answered { 12 } else { 4 });
        let who = Citizen {
            session: Id::new("demo"),
            person: Id::new(one.person_id.as_str()),
            name: one.name.clone(),
            level: Level::High,
            fresh_until: None,
            by: None,
        };
        let key: FormKey = ctx.chance.public();
        let form = AskForm {
            key: key.to_string(),
            wish: "correct".into(),
            about: "visits".into(),
            wrong: "I søknaden min står det at jeg er en venn.".into(),
            right: "Vi er søsken.".into(),
            unit: one.unit_slug.clone(),
        };
        let Ok(sent) = corrections::send(&then, &who, &form).await? else { continue };
        if answered {
            let words = "Vi har rettet det i søknaden. Vedtaket er det samme.".into();
            let form = SettleForm { version: "1".into(), outcome: "done".into(), words };
            let _ = corrections::settle(&days_ago(ctx, 8), &one.officer(), &sent, &form).await?;
        }
    }
    Ok(())
}

impl Asks {
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

pub const KNOWN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM correction";
/// Those of the unit that one can sign in for come first.
pub const ASKS: &str = "SELECT d.person_id, p.name, d.unit_id, u.slug AS unit_slug, u.name AS unit_name, d.made_by AS officer, \
    s.name AS officer_name FROM decision d JOIN person p ON p.id = d.person_id JOIN unit u ON u.id = d.unit_id \
    JOIN staff_member s ON s.id = d.made_by JOIN clearance c ON c.id = d.subject_id WHERE d.subject_kind = 'clearance' \
    AND d.outcome = 'granted' AND c.child = 0 ORDER BY CASE u.slug WHEN 'lyngmo' THEN 0 ELSE 1 END, d.made_at, d.id LIMIT $1";
