//! The one place that knows all that is held about a person, and all who have looked: each slice supplies its own part. The
//! notices are no part of it, here or anywhere outside their compartment.

#[cfg(test)]
mod tests;

use crate::{
    Result, appeals, audit, blobs, consents, corrections,
    ctx::{Citizen, Ctx},
    decision, delivery, documents, drafts,
    held::{Section, Topic},
    identity,
    looks::Look,
    messages::{counsel, exchange, officer},
    visits,
};

/// All of it, in the order of [`Topic::ALL`].
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Section>> {
    let mut all = Vec::with_capacity(Topic::ALL.len());
    for topic in Topic::ALL {
        all.push(section(ctx, who, *topic).await?);
    }
    Ok(all)
}

async fn section(ctx: &Ctx, who: &Citizen, topic: Topic) -> Result<Section> {
    let things = match topic {
        Topic::Person => Some(identity::held::person(ctx, who).await?),
        Topic::Contact => Some(identity::held::contact(ctx, who).await?),
        Topic::Visits => Some(visits::held::held(ctx, who).await?),
        Topic::Decisions => Some(decision::held::held(ctx, who).await?),
        Topic::Appeals => Some(appeals::held::held(ctx, who).await?),
        Topic::Corrections => Some(corrections::held::held(ctx, who).await?),
        Topic::Documents => Some(documents::held::held(ctx, who).await?),
        Topic::Messages => {
            let mut things = officer::held::held(ctx, who).await?;
            things.extend(drafts::held::held(ctx, who).await?);
            Some(things)
        }
        Topic::Letters => Some(exchange::held::held(ctx, who).await?),
        Topic::Clients => match counsel::held::held(ctx, who).await? {
            Some(mut things) => {
                things.extend(identity::appointed::held::held(ctx, who).await?);
                things.extend(identity::delegates::held::held(ctx, who).await?);
                Some(things)
            }
            None => None,
        },
        Topic::Homes => consents::held::held(ctx, who).await?,
        Topic::Files => Some(blobs::held::held(ctx, who).await?),
        Topic::Told => Some(delivery::held::held(ctx, who).await?),
        Topic::SignIns => Some(identity::held::sign_ins(ctx, who).await?),
        Topic::Trail => Some(audit::held::held(ctx, who).await?),
    };
    Ok(Section { topic, locked: things.is_none(), things: things.unwrap_or_default() })
}

/// Newest first.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    let mut all = visits::held::looks(ctx, who).await?;
    all.extend(officer::held::looks(ctx, who).await?);
    all.extend(exchange::held::looks(ctx, who).await?);
    all.extend(appeals::held::looks(ctx, who).await?);
    all.extend(documents::held::looks(ctx, who).await?);
    all.extend(corrections::held::looks(ctx, who).await?);
    all.sort_by(|a, b| b.at.cmp(&a.at).then(a.about.cmp(&b.about)));
    Ok(all)
}
