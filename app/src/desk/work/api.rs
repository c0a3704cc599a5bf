//! The list's posts. Each carries out and leads back to the list as it was chosen, which says what was done and how to take it
//! back. What was done is kept sealed; no address alone can say it.

use backend::{
    form_try::FormTry,
    work::{self, Assign, Done, Moved},
};
use domain::{kernel::Public, work::Refusal};
use leptos::prelude::*;

use super::{
    forms::{AwayPost, GIVE, GivePost, TakePost, UndoPost},
    parts::{Answer, Desk, back_to, hidden, posting},
    told::{self, How},
};
use crate::{error::WireError, identity::here::failed, request, routes};

#[server(endpoint = "staff/work/take")]
pub async fn take_work(#[server(flatten)] form: TakePost) -> Answer {
    let (desk, id) = (posting()?, named(&form.id)?);
    let done = work::take(&desk.ctx, &desk.who, &form.source, &id).await.map_err(failed)?;
    tell(&desk, &form.back, How::Taken, done).await
}

#[server(endpoint = "staff/work/give")]
pub async fn give_work(#[server(flatten)] form: GivePost) -> Answer {
    let (desk, id) = (posting()?, named(&form.id)?);
    let path = routes::staff_work_one(&form.source, &id);
    let Some(to) = Assign::parse(&form.to) else { return again(&desk, &path, "choose").await };
    let how = match to {
        Assign::Me => How::Taken,
        Assign::Nobody => How::PutBack,
        Assign::Colleague(_) => How::Given,
    };
    match work::assign(&desk.ctx, &desk.who, &form.source, &id, to).await.map_err(failed)? {
        Err(Refusal::Whom) => again(&desk, &path, Refusal::Whom.code()).await,
        done => tell(&desk, &form.back, how, done).await,
    }
}

#[server(endpoint = "staff/work/undo")]
pub async fn undo_work(#[server(flatten)] form: UndoPost) -> Answer {
    let desk = posting()?;
    let kept = desk.kept_under(told::KEPT, &form.key).await.map_err(failed)?;
    let moved = kept.and_then(|kept| Moved::read(|name| kept.value(name))).ok_or_else(hidden)?;
    let done = work::undo(&desk.ctx, &desk.who, &moved).await.map_err(failed)?;
    tell(&desk, &form.back, How::Undone, done).await
}

#[server(endpoint = "staff/work/away")]
pub async fn go_away(#[server(flatten)] form: AwayPost) -> Answer {
    let desk = posting()?;
    match form.away.as_str() {
        "yes" => work::away(&desk.ctx, &desk.who).await.map_err(failed)?,
        "no" => work::back(&desk.ctx, &desk.who).await.map_err(failed)?,
        _ => return Err(WireError::Malformed.answered()),
    }
    request::redirect(&back_to(&form.back));
    Ok(())
}

fn named<T>(id: &str) -> std::result::Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(hidden)
}

/// The page where it changes hands, with what is wrong.
async fn again(desk: &Desk, path: &str, code: &str) -> Answer {
    let key = desk.keep(GIVE, &FormTry::default().with([("to", code)])).await?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

/// The list, which says what was done, or why not.
async fn tell(desk: &Desk, back: &str, how: How, done: Done<Moved>) -> Answer {
    let content = match done {
        Err(Refusal::Hidden) => return Err(hidden()),
        Err(refusal) => FormTry::default().with([("form", refusal.code())]),
        Ok(moved) => {
            let mut content = FormTry::new(moved.kept());
            content.values.insert("how".to_owned(), how.code().to_owned());
            content
        }
    };
    let key = desk.keep(told::KEPT, &content).await?;
    request::redirect(&told::with_told(&back_to(back), &key));
    Ok(())
}
