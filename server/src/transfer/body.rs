//! The body of a request, into the store as it comes, until its end, a cut, or a newer request for the same upload.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use backend::{
    blobs::{Appender, Stopped, Upload},
    ctx::Ctx,
};
use bytes::Bytes;
use domain::blobs::Checksum;
use futures_util::StreamExt;

use super::line::Turn;

/// How a body ended. What came of it is kept, whichever.
pub enum Came {
    All(Box<Upload>),
    /// There is nobody to tell.
    Cut,
    /// A newer request goes on.
    Overtaken,
}

/// From an offset on.
pub async fn kept(
    ctx: &Ctx,
    upload: Upload,
    (offset, check): (u64, Option<Checksum>),
    body: Body,
    turn: &mut Option<Turn>,
) -> Result<Came, Stopped> {
    let mut appender = Appender::at(ctx, upload, offset, check).await?;
    let mut pieces = Pieces::of(ctx, body);
    loop {
        let over = async {
            match turn.as_mut() {
                Some(turn) => turn.over().await,
                None => std::future::pending().await,
            }
        };
        let piece = tokio::select! {
            biased;
            () = over => {
                appender.cut().await?;
                return Ok(Came::Overtaken);
            }
            piece = pieces.next() => piece,
        };
        match piece {
            Ok(Some(bytes)) => appender.push(&bytes).await?,
            Ok(None) => return Ok(Came::All(Box::new(appender.end().await?))),
            Err(_) => {
                appender.cut().await?;
                return Ok(Came::Cut);
            }
        }
    }
}

/// A body as it comes. Whoever is silent for as long as a request may last has hung up.
struct Pieces {
    body: BodyDataStream,
    silence: Duration,
}

impl Pieces {
    fn of(ctx: &Ctx, body: Body) -> Self {
        Self {
            body: body.into_data_stream(),
            silence: Duration::from_secs(ctx.settings.limits.request_seconds),
        }
    }

    /// None at its end; an error where the line was cut.
    async fn next(&mut self) -> Result<Option<Bytes>, Cut> {
        match tokio::time::timeout(self.silence, self.body.next()).await {
            Ok(Some(Ok(bytes))) => Ok(Some(bytes)),
            Ok(None) => Ok(None),
            Ok(Some(Err(_))) | Err(_) => Err(Cut),
        }
    }
}

/// The line was cut.
struct Cut;
