//! Letters to those who wait for a time, have asked for one, or for what they bring to it. What has been answered meanwhile is told of no more.

use domain::{kernel::Id, visits::booking::waiting::News};

use super::{Desk, Letter};
use crate::{
    Error,
    delivery::{self, Problem, Unsent},
    outbox::Claimed,
    visits::booking::{
        counsel::bringing::{self, Letter as BringLetter},
        request, waiting,
    },
};

pub(super) async fn news(desk: &Desk<'_>, job: &Claimed, letter: &waiting::Letter) -> Result<(), Problem> {
    let person = Id::new(letter.person.as_str());
    let told = match News::parse(&letter.news).ok_or(Error::Broken("news of a letter"))? {
        News::Ended => None,
        News::Offered => match waiting::told(desk.ctx, &person, &letter.offer).await? {
            Some(told) => Some(told),
            None => return Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?),
        },
    };
    desk.tell(job, &person, None, &Letter::Offer(told)).await.map(|_| ())
}

pub(super) async fn answer(desk: &Desk<'_>, job: &Claimed, letter: &request::Letter) -> Result<(), Problem> {
    let person = Id::new(letter.person.as_str());
    match request::told(desk.ctx, &person, &letter.request).await? {
        Some(told) => desk.tell(job, &person, None, &Letter::Request(told)).await.map(|_| ()),
        None => Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?),
    }
}

pub(super) async fn bringing(desk: &Desk<'_>, job: &Claimed, letter: &BringLetter) -> Result<(), Problem> {
    let person = Id::new(letter.person.as_str());
    match bringing::told(desk.ctx, &person, &letter.bring).await? {
        Some(told) => desk.tell(job, &person, None, &Letter::Bringing(told)).await.map(|_| ()),
        None => Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?),
    }
}
