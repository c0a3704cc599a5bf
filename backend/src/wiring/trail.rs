//! The auditor's work over all slices: whose names stand on the cases that were looked at, and what a reference stands for.

use domain::kernel::{CivilDate, Reference};

use crate::{Result, args, ctx::Ctx, trail, visits::clearance};

/// The day that has ended, once. Tells of how much was out of the ordinary.
pub async fn watch_looks(ctx: &Ctx) -> Result<usize> {
    match trail::unwatched(ctx).await? {
        Some(day) => watch(ctx, day).await,
        None => Ok(0),
    }
}

/// One day.
pub(crate) async fn watch(ctx: &Ctx, day: CivilDate) -> Result<usize> {
    let looks = trail::looks_of(ctx, day).await?;
    let mut subjects: Vec<&str> = looks.iter().map(|look| look.subject_id.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let mut named = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let names = clearance::names_on(ctx, subject).await?;
        named.push(trail::Named { subject: subject.to_owned(), names });
    }
    trail::watched(ctx, day, &looks, &named).await
}

/// The id that the trail has for what carries this reference.
pub async fn subject_of(ctx: &Ctx, reference: &Reference) -> Result<Option<String>> {
    let found: Option<(String,)> = ctx.db.optional(SUBJECT, args![reference]).await?;
    Ok(found.map(|(id,)| id))
}

pub const SUBJECT: &str = "SELECT id FROM application WHERE reference = $1 UNION ALL SELECT id FROM booking WHERE reference = $1 \
    UNION ALL SELECT id FROM message_thread WHERE reference = $1 UNION ALL SELECT id FROM appeal WHERE reference = $1 \
    UNION ALL SELECT id FROM document WHERE reference = $1 UNION ALL SELECT id FROM consent_case WHERE reference = $1 \
    UNION ALL SELECT id FROM visit_request WHERE reference = $1 UNION ALL SELECT id FROM appointed WHERE reference = $1 \
    UNION ALL SELECT id FROM hand_in WHERE reference = $1 LIMIT 1";
