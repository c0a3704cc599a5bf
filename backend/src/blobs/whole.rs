//! A small file in one go, for whoever has all of it in hand: the demo and the tests.

use super::{Appender, New, Stopped, Upload, Uploader, begin, finish};
use crate::ctx::Ctx;

/// Begun, stored, read back and judged, as if it had come over a line.
pub async fn whole(ctx: &Ctx, who: &Uploader, new: New, bytes: &[u8]) -> Result<Upload, Stopped> {
    let upload = begin(ctx, who, new).await?.map_err(Stopped::Refused)?;
    let mut appender = Appender::at(ctx, upload, 0, None).await?;
    appender.push(bytes).await?;
    Ok(finish(ctx, appender.end().await?).await?)
}
