//! The desk's posts. Each parses, carries out and leads on; what is refused is kept sealed and shown on the same page again.

use backend::documents::{self, DocumentRow, RequestRow};
use leptos::prelude::*;

use super::{
    forms::{ACCEPT, ASK, AcceptPost, AskPost, MORE, PAPER, PaperPost, RECALL, RecallPost},
    parts::{Answer, named, posting},
};
use crate::{documents::fields::Fields, error::WireError, identity::here::failed, request, routes};

#[server(endpoint = "staff/documents/accept")]
pub async fn accept_document(#[server(flatten)] form: AcceptPost) -> Answer {
    let (desk, fields) = (posting()?, form.fields());
    let id = named::<DocumentRow>(&form.id)?;
    let path = routes::staff_document(&id);
    match documents::accept(&desk.ctx, &desk.who, &id, &form.read()).await.map_err(failed)? {
        Ok(()) => request::redirect(&path),
        Err(undone) => return desk.refuse(ACCEPT, fields, undone, &path).await,
    }
    Ok(())
}

#[server(endpoint = "staff/documents/more")]
pub async fn ask_for_more(#[server(flatten)] form: AskPost) -> Answer {
    let (desk, fields) = (posting()?, form.fields());
    let id = named::<DocumentRow>(&form.id)?;
    let path = routes::staff_document(&id);
    match documents::more(&desk.ctx, &desk.who, &id, &form.read()).await.map_err(failed)? {
        Ok(_) => request::redirect(&path),
        Err(undone) => return desk.refuse(MORE, fields, undone, &path).await,
    }
    Ok(())
}

#[server(endpoint = "staff/documents/ask")]
pub async fn ask_for_document(#[server(flatten)] form: AskPost) -> Answer {
    let (desk, fields, case) = (posting()?, form.fields(), form.id.clone());
    match documents::ask(&desk.ctx, &desk.who, &case, &form.read()).await.map_err(failed)? {
        Ok(request) => request::redirect(&routes::staff_document_request(&request)),
        Err(undone) => {
            return desk.refuse(ASK, fields, undone, &routes::staff_document_ask(&case)).await;
        }
    }
    Ok(())
}

#[server(endpoint = "staff/documents/paper")]
pub async fn came_on_paper(#[server(flatten)] form: PaperPost) -> Answer {
    let (desk, fields) = (posting()?, form.fields());
    let id = named::<RequestRow>(&form.id)?;
    let path = routes::staff_document_request(&id);
    match documents::on_paper(&desk.ctx, &desk.who, &id, &form.read()).await.map_err(failed)? {
        Ok(()) => request::redirect(&path),
        Err(undone) => return desk.refuse(PAPER, fields, undone, &path).await,
    }
    Ok(())
}

#[server(endpoint = "staff/documents/recall")]
pub async fn recall_request(#[server(flatten)] form: RecallPost) -> Answer {
    let desk = posting()?;
    let id = named::<RequestRow>(&form.id)?;
    let (path, fields) = (routes::staff_document_request(&id), Fields::new([("id", form.id.clone())]));
    let version = form.version.parse().map_err(|_| WireError::Malformed.answered())?;
    match documents::recall(&desk.ctx, &desk.who, &id, version).await.map_err(failed)? {
        Ok(()) => request::redirect(&path),
        Err(undone) => return desk.refuse(RECALL, fields, undone, &path).await,
    }
    Ok(())
}
