//! A plain form with files, for a browser without script: it comes back to its page, which lists what came or says what
//! was wrong. A form is sent whole or again; what was cut on the way is taken away at once.

use app::routes;
use axum::{
    extract::{
        Multipart, Path, State,
        multipart::{Field, MultipartError},
    },
    response::{IntoResponse, Response},
};
use backend::{
    blobs::{self, Appender, FORM, New, Stopped},
    ctx::Ctx,
    form_try::{self, FormTry},
};
use domain::{
    blobs::{Blob, FileName, Refusal, State as Stand},
    kernel::Public,
};
use http::StatusCode;

use super::gate::{Who, broken, problem};
use crate::{auth::see_other, forms};

/// A text of the form: an address of ours at most.
const LONGEST_TEXT: usize = 1024;
/// A browser that is cut off shows no page, so a file that is too large is read to its end, within reason.
const MOST_READ: u64 = 256 * 1024 * 1024;

/// What the fields before the files say.
#[derive(Default)]
struct Said {
    kind: String,
    draft: Option<String>,
    back: String,
}

/// A whole file, or the code of what is wrong with it.
type Judged = Result<(), &'static str>;

/// Why there is no page to come back to.
enum Off {
    /// Not what a page of ours sends.
    Malformed,
    /// More than anybody waits for.
    Endless,
    Broken(backend::Error),
}

impl From<backend::Error> for Off {
    fn from(error: backend::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<MultipartError> for Off {
    fn from(_: MultipartError) -> Self {
        Self::Malformed
    }
}

pub async fn upload(State(ctx): State<Ctx>, who: Who, form: Multipart) -> Response {
    match read(&ctx, &who, form).await {
        Ok(location) => see_other(&location),
        Err(Off::Malformed) => StatusCode::BAD_REQUEST.into_response(),
        Err(Off::Endless) => problem(StatusCode::PAYLOAD_TOO_LARGE, Refusal::TooLarge.code(), None),
        Err(Off::Broken(error)) => broken(&error),
    }
}

/// Where the browser goes next.
async fn read(ctx: &Ctx, who: &Who, mut form: Multipart) -> Result<String, Off> {
    let (mut said, mut codes, mut files) = (Said::default(), Vec::new(), 0);
    while let Some(mut field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "kind" => said.kind = short(&mut field).await?,
            "draft" => said.draft = Some(short(&mut field).await?).filter(|text| !text.is_empty()),
            "back" => said.back = routes::local(&short(&mut field).await?),
            "file" => match file(ctx, who, &said, &mut field).await? {
                Some(Ok(())) => files += 1,
                Some(Err(code)) => codes.push(code),
                None => {}
            },
            _ => return Err(Off::Malformed),
        }
    }
    if said.back.is_empty() {
        return Err(Off::Malformed);
    }
    if codes.is_empty() && files == 0 {
        codes.push("missing");
    }
    if codes.is_empty() {
        return Ok(said.back);
    }
    let wrong = FormTry::default().with(codes.into_iter().map(|code| ("file", code)));
    let key = form_try::keep(ctx, &who.actor, FORM, &wrong).await?;
    Ok(routes::with_try(&said.back, &key))
}

async fn short(field: &mut Field<'_>) -> Result<String, Off> {
    let mut text = Vec::new();
    while let Some(piece) = field.chunk().await? {
        text.extend_from_slice(&piece);
        if text.len() > LONGEST_TEXT {
            return Err(Off::Malformed);
        }
    }
    String::from_utf8(text).map_err(|_| Off::Malformed)
}

/// One file: nothing where none was chosen, or the code of what is wrong with it.
async fn file(ctx: &Ctx, who: &Who, said: &Said, field: &mut Field<'_>) -> Result<Option<Judged>, Off> {
    let sent = field.file_name().unwrap_or_default().to_owned();
    if sent.is_empty() {
        return drained(field).await.map(|()| None);
    }
    if said.draft.as_deref().is_some_and(|draft| Public::<()>::parse(draft).is_none()) || said.back.is_empty()
    {
        return Err(Off::Malformed);
    }
    let declared = field.content_type().unwrap_or("application/octet-stream").chars().take(100).collect();
    let (kind, draft, name) = (said.kind.clone(), said.draft.clone(), FileName::clean(&sent));
    let new = New { kind, draft, name, declared, length: None };
    let upload = match blobs::begin(ctx, &who.sender, new).await? {
        Ok(upload) => upload,
        Err(refusal) => return drained(field).await.map(|()| Some(Err(refusal.code()))),
    };
    let public = upload.public()?;
    let outcome = match Appender::at(ctx, upload, 0, None).await {
        Ok(appender) => poured(ctx, appender, field).await,
        Err(why) => Err(why.into()),
    };
    let refusal = match outcome {
        Ok(code) => return Ok(Some(code)),
        Err(why) => why,
    };
    // Nobody goes on with a form.
    let _ = blobs::remove(ctx, &who.sender, &public).await?;
    match refusal {
        Poured::Refused(refusal) => drained(field).await.map(|()| Some(Err(refusal.code()))),
        Poured::Off(off) => Err(off),
    }
}

enum Poured {
    Refused(Refusal),
    Off(Off),
}

impl From<Stopped> for Poured {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Refused(refusal) => Self::Refused(refusal),
            Stopped::Broken(error) => Self::Off(Off::Broken(error)),
        }
    }
}

/// All bytes of a field into the store, read back, and judged.
async fn poured(ctx: &Ctx, mut appender: Appender, field: &mut Field<'_>) -> Result<Judged, Poured> {
    while let Some(piece) = field.chunk().await.map_err(|_| Poured::Off(Off::Malformed))? {
        appender.push(&piece).await?;
    }
    let upload = appender.end_of_file().await?;
    let upload = blobs::finish(ctx, upload).await.map_err(Stopped::from)?;
    Ok(match upload.state().map_err(Stopped::from)? {
        Stand::Rejected(why) => Err(why.code()),
        _ => Ok(()),
    })
}

async fn drained(field: &mut Field<'_>) -> Result<(), Off> {
    let mut read = 0;
    while let Some(piece) = field.chunk().await? {
        read += piece.len() as u64;
        if read > MOST_READ {
            return Err(Off::Endless);
        }
    }
    Ok(())
}

/// Takes a file away that is not handed in, and goes back to the page.
pub async fn remove(State(ctx): State<Ctx>, who: Who, Path(public): Path<String>, body: String) -> Response {
    let back = routes::local(&forms::field(&body, "back").unwrap_or_default());
    let Some(public) = Public::<Blob>::parse(&public) else { return see_other(&back) };
    match blobs::remove(&ctx, &who.sender, &public).await {
        // Gone already is gone.
        Ok(_) => see_other(&back),
        Err(error) => broken(&error),
    }
}
