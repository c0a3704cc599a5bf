//! What she is asked for, and what she can say instead of sending it: later, given already, or that somebody else sends it.

use domain::{
    documents::{Refusal, RequestEvent, RequestState, Told, ToldForm},
    kernel::{Instant, Public},
};

use super::{
    Asked, Done, RequestRow, refused, remind,
    sql::{ASKED_ALL_OWN, ASKED_OWN},
    stored::{AskRow, told_place},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// What is missing first, by its day.
pub async fn asked(ctx: &Ctx, who: &Citizen) -> Result<Vec<Asked>> {
    let rows: Vec<AskRow> = ctx.db.all(ASKED_ALL_OWN, args![&who.person]).await?;
    rows.into_iter().map(|row| row.asked(ctx)).collect()
}

/// One of hers; anybody else's is not found.
pub async fn request(ctx: &Ctx, who: &Citizen, request: &Public<RequestRow>) -> Result<Option<Asked>> {
    let row: Option<AskRow> = ctx.db.optional(ASKED_OWN, args![request, &who.person]).await?;
    row.map(|row| row.asked(ctx)).transpose()
}

/// Sending it stays possible, whatever she says. Saying the same again changes nothing.
pub async fn say(ctx: &Ctx, who: &Citizen, request: &Public<RequestRow>, form: &ToldForm) -> Result<Done> {
    let (how, words) = match form.parse() {
        Ok(said) => said,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let (ctx, who, request, now) = (ctx.clone(), who.clone(), request.clone(), ctx.now());
    let db = ctx.db.clone();
    db.write(Say { ctx, who, request, how, words, now }).await
}

struct Say {
    ctx: Ctx,
    who: Citizen,
    request: Public<RequestRow>,
    how: Told,
    words: Option<String>,
    now: Instant,
}

impl Command for Say {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let row: Option<AskRow> = tx.optional(ASKED_OWN, args![&self.request, &self.who.person]).await?;
        let Some(row) = row else { return refused(Refusal::Hidden) };
        let Some(state) = row.state()?.after(RequestEvent::Told(self.how)) else {
            return refused(Refusal::MovedOn);
        };
        let (id, unit, inner) = (row.id(), row.unit(), row.id.clone());
        let known = row.asked(&self.ctx)?.said;
        if known.is_some_and(|said| said.how == self.how && said.words == self.words) {
            return Ok(Ok(()));
        }
        let key = self.ctx.vault.subject(tx, self.who.person.as_str()).await?;
        let seal = |words: &String| key.seal(&self.ctx.chance, &told_place(&inner), words.as_bytes());
        let words = self.words.as_ref().map(seal).transpose()?;
        tx.later(SAY, args![state.code(), self.now, self.how.code(), words, &inner]).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "document_told");
        entry.at_unit(&unit).about("document_request", &id).detail(self.how.code()).save(tx).await?;
        if state == RequestState::Told {
            // Somebody has to look where it is.
            remind(tx, &self.ctx, &unit).await?;
        }
        Ok(Ok(()))
    }
}

pub const SAY: &str = "UPDATE document_request SET state = $1, state_at = CASE WHEN state = $1 THEN state_at ELSE $2 END, \
    told = $3, told_words = $4, told_at = $2, version = version + 1 WHERE id = $5";
