//! The same as one file.

use backend::{
    Result,
    ctx::{Citizen, Ctx},
    held,
    rules::Rules,
    wiring,
};

/// JSON, all of it.
pub async fn file(ctx: &Ctx, who: &Citizen) -> Result<String> {
    let now = ctx.now();
    let rules = Rules::on(&ctx.db, now.date()).await?;
    let sections = wiring::held::held(ctx, who).await?;
    let looks = wiring::held::looks(ctx, who).await?;
    Ok(format!("{:#}\n", held::file(now, &rules, &sections, &looks)?))
}
