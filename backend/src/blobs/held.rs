//! What is held of the files that a person has sent: what each is and how it stands. Its bytes are hers already.

use super::{
    Upload,
    rows::{Lock, SENT_BY},
};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

/// Newest first.
pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Upload> = ctx.db.all(SENT_BY, args![&who.person]).await?;
    let mut things = vec![];
    for row in rows {
        let name = match &row.name {
            Some(_) => {
                let lock = Lock::of(ctx, &row.uploader_kind, &row.uploader_id).await?;
                Some(row.name(&lock, &ctx.vault)?.as_str().to_owned())
            }
            None => None,
        };
        let hash =
            row.sha256.as_ref().map(|hash| hash.iter().map(|b| format!("{b:02x}")).collect::<String>());
        things.push(
            Thing::new(Kind::File)
                .text(Name::Name, name)
                .code(Name::Format, Set::Format, row.file_type.clone())
                .bytes(Name::Size, row.length)
                .code(Name::State, Set::File, row.state.clone())
                .at(Name::Sent, row.created_at)
                .text(Name::Sha256, hash),
        );
    }
    Ok(things)
}
