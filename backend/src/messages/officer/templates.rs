//! Texts that are often needed, one list a unit. A template is a start: what goes out is what the officer has sent.

use domain::{
    kernel::{Id, Public},
    messages::{Refusal, TemplateForm, may_answer},
};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Done, Sent, TemplateRow, public, units},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub public: Public<TemplateRow>,
    pub title: String,
    pub words: String,
}

/// Those of her units, by title.
pub async fn list(ctx: &Ctx, staff: &Staff) -> Result<Vec<Template>> {
    if !may_answer(&staff.roles) {
        return Ok(vec![]);
    }
    let rows: Vec<(String, String, String)> = ctx.db.all(LIST, args![units(staff)]).await?;
    rows.into_iter().map(|(id, title, words)| Ok(Template { public: public(&id)?, title, words })).collect()
}

/// Adds one to the officer's first unit.
pub async fn add(ctx: &Ctx, staff: &Staff, form: &TemplateForm) -> Result<Sent<()>> {
    let (title, words) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors.into())),
    };
    if !may_answer(&staff.roles) || staff.units.is_empty() {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let (id, public) = (ctx.chance.id(ctx.now()), ctx.chance.public());
    let command =
        Change { ctx: ctx.clone(), staff: staff.clone(), what: What::Add { id, public, title, words } };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

pub async fn end(ctx: &Ctx, staff: &Staff, template: &Public<TemplateRow>) -> Result<Done> {
    if !may_answer(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Change { ctx: ctx.clone(), staff: staff.clone(), what: What::End(template.clone()) }).await
}

struct Change {
    ctx: Ctx,
    staff: Staff,
    what: What,
}

enum What {
    Add { id: Id<TemplateRow>, public: Public<TemplateRow>, title: String, words: String },
    End(Public<TemplateRow>),
}

impl Command for Change {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (staff, now) = (&self.staff, self.ctx.now());
        let (changed, action) = match &self.what {
            What::Add { id, public, title, words } => {
                let values = args![id, public, staff.units.first(), title, words, &staff.staff, now];
                (tx.execute(ADD, values).await?, "template_added")
            }
            What::End(template) => {
                (tx.execute(END, args![now, template, units(staff)]).await?, "template_ended")
            }
        };
        if changed == 0 {
            return Ok(Err(Refusal::Hidden));
        }
        audit::Entry::new(&self.ctx, &Actor::Staff(staff.clone()), action).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const LIST: &str = "SELECT public_id, title, words FROM message_template WHERE ended_at IS NULL \
    AND unit_id IN (SELECT id FROM unit WHERE $1 LIKE '% ' || id || ' %') ORDER BY title, id LIMIT 200";
pub const ADD: &str = "INSERT INTO message_template (id, public_id, unit_id, title, words, made_by, made_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const END: &str = "UPDATE message_template SET ended_at = $1 WHERE public_id = $2 AND ended_at IS NULL \
    AND unit_id IN (SELECT id FROM unit WHERE $3 LIKE '% ' || id || ' %')";
