//! Who did and saw what. Rows are only ever added; one sealer chains them per stream outside the request, and
//! `verify` names the first row that is not as it was written. Staff reads write a row first and fail closed.

mod chain;
pub mod held;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::{
    access::Unit,
    kernel::{Id, Instant},
};

pub use chain::{Verdict, oldest_unsealed, seal, verify};

use crate::{
    Result, args,
    ctx::{Actor, Behalf, Ctx},
    db::Tx,
};

/// The stream of everything but victims' notices, which have their own.
pub const GENERAL: &str = "general";

/// The stream of victims' notices.
pub const NOTICES: &str = "notices";

/// One row to be written. Ids and codes only: no names, no numbers, no free text but a reason from a closed list.
#[derive(Clone, Debug)]
pub struct Entry {
    id: String,
    stream: &'static str,
    at: Instant,
    actor: (&'static str, Option<String>),
    role: Option<&'static str>,
    unit: Option<String>,
    action: &'static str,
    subject: Option<(&'static str, String)>,
    reason: Option<&'static str>,
    detail: Option<String>,
    behalf: Option<Arc<Behalf>>,
}

/// Why staff did what somebody else does herself.
pub const ON_BEHALF: &str = "on_behalf";

impl Entry {
    pub fn new(ctx: &Ctx, actor: &Actor, action: &'static str) -> Self {
        let now = ctx.now();
        let behalf = actor.behalf().cloned();
        let staff = actor.staff().or(behalf.as_deref().map(|by| &by.staff));
        Self {
            id: ctx.chance.id::<()>(now).as_str().to_owned(),
            stream: GENERAL,
            at: now,
            actor: actor.trace(),
            role: staff.and_then(|s| s.roles.first()).map(|r| r.code()),
            unit: staff.and_then(|s| s.units.first()).map(|u| u.as_str().to_owned()),
            action,
            subject: None,
            reason: behalf.as_ref().map(|_| ON_BEHALF),
            detail: behalf.as_ref().map(|by| by.channel.code().to_owned()),
            behalf,
        }
    }

    pub fn in_stream(mut self, stream: &'static str) -> Self {
        self.stream = stream;
        self
    }

    pub fn about<T>(mut self, kind: &'static str, id: &Id<T>) -> Self {
        self.subject = Some((kind, id.as_str().to_owned()));
        self
    }

    /// The unit whose case it is, where that is not the actor's first.
    pub fn at_unit(mut self, unit: &Id<Unit>) -> Self {
        self.unit = Some(unit.as_str().to_owned());
        self
    }

    pub fn because(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    pub fn detail(mut self, code: impl Into<String>) -> Self {
        self.detail = Some(code.into());
        self
    }

    /// Writes the row inside the caller's transaction, so that an act and its trace stand or fall together.
    pub async fn save(&self, tx: &mut Tx) -> Result<()> {
        let (kind, subject) = match &self.subject {
            Some((kind, id)) => (Some(*kind), Some(id)),
            None => (None, None),
        };
        let values = args![
            &self.id,
            self.stream,
            self.at,
            self.actor.0,
            self.actor.1.as_ref(),
            self.role,
            self.unit.as_ref(),
            self.action,
            kind,
            subject,
            self.reason,
            self.detail.as_ref()
        ];
        tx.later(INSERT, values).await?;
        // One seam for whatever is done in somebody's name, so that no use case can forget that it was.
        if let Some(by) = &self.behalf {
            let values = args![&self.id, &by.contact, self.action, kind, subject, self.at];
            tx.later(INSERT_ACT, values).await?;
        }
        Ok(())
    }
}

/// A row by itself: for a sign-in that failed, or a look before the read.
pub async fn record(ctx: &Ctx, entry: Entry) -> Result<()> {
    ctx.db.write(Record(entry)).await
}

struct Record(Entry);

impl crate::db::Command for Record {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.0.save(tx).await
    }
}

pub const INSERT_ACT: &str = "INSERT INTO assist_act (id, contact_id, action, subject_kind, subject_id, at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const INSERT: &str = "INSERT INTO audit (id, stream, at, actor_kind, actor_id, role, unit_id, action, \
    subject_kind, subject_id, reason, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
