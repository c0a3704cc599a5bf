//! The codes that open an address or a number; and text messages: the same few words whatever has happened, at a number
//! that is confirmed.

use domain::{
    access::Person,
    identity::CODE_MINUTES,
    kernel::{Id, Phone},
};

use super::{Desk, Letter, Reader, facts::SendWhatWaited};
use crate::{
    ctx::FALLBACK,
    delivery::{self, Outgoing, Problem, Text, Unsent},
    identity::contacts::{self, AddressOpened, CodeLetter, To, Via},
    outbox::Claimed,
    visits,
};

pub(super) async fn code(
    desk: &Desk<'_>,
    job: &Claimed,
    via: Via,
    letter: &CodeLetter,
) -> Result<(), Problem> {
    let person = Id::new(letter.person.as_str());
    let Some(sent) = contacts::code_sent(desk.ctx, via, letter).await? else {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?);
    };
    let reader = desk.reader(sent.locale.unwrap_or(FALLBACK), false);
    let (code, minutes) = (sent.code, CODE_MINUTES);
    match sent.to {
        To::Email(to) => {
            let words = desk.words.write(&reader, &Letter::Code { code, minutes });
            let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
            delivery::send(desk.ctx, desk.mailer, job, Some(&person), &outgoing).await.map(|_| ())
        }
        To::Phone(to) => text(desk, job, (&person, to), (&reader, &Letter::TextCode { code, minutes })).await,
    }
}

async fn text(
    desk: &Desk<'_>,
    job: &Claimed,
    (person, to): (&Id<Person>, Phone),
    (reader, letter): (&Reader, &Letter),
) -> Result<(), Problem> {
    let text = Text::new(&job.kind, reader.locale, to, &desk.words.write(reader, letter).text)?;
    delivery::send_text(desk.ctx, desk.mailer, job, person, &text).await.map(|_| ())
}

pub(super) async fn news(
    desk: &Desk<'_>,
    job: &Claimed,
    news: &visits::booking::TextNews,
) -> Result<(), Problem> {
    let person = Id::new(news.person.as_str());
    let known = contacts::load(desk.ctx, &person).await?;
    let Some(to) = known.confirmed_number().cloned() else {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::NoChannel).await?);
    };
    let reader = desk.reader(known.locale.unwrap_or(FALLBACK), false);
    text(desk, job, (&person, to), (&reader, &Letter::TextNews)).await
}

/// Somebody has confirmed her address: what had nowhere to go goes there.
pub(super) async fn opened(desk: &Desk<'_>, event: &AddressOpened) -> Result<(), Problem> {
    let (person, now) = (Id::new(event.person.as_str()), desk.ctx.now());
    Ok(desk.ctx.db.write(SendWhatWaited { person, now }).await?)
}
