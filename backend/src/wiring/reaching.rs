//! The codes that open an address or a number; and text messages: the same few words whatever has happened, at a number
//! that is confirmed.

use domain::{identity::CODE_MINUTES, kernel::Id};

use super::{Desk, Letter, facts::SendWhatWaited};
use crate::{
    ctx::FALLBACK,
    delivery::{self, Outgoing, Problem, Text, Unsent},
    identity::contacts::{self, AddressOpened, CodeLetter, To, Via},
    outbox::Claimed,
    visits,
};

pub(super) async fn mail_code(desk: &Desk<'_>, job: &Claimed, letter: &CodeLetter) -> Result<(), Problem> {
    let person = Id::new(letter.person.as_str());
    let Some(mail) = contacts::code_sent(desk.ctx, Via::Email, letter).await? else {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?);
    };
    let To::Email(to) = mail.to else { return Err(Problem::Crooked) };
    let reader = desk.reader(mail.locale.unwrap_or(FALLBACK), false);
    let words = desk.words.write(&reader, &Letter::Code { code: mail.code, minutes: CODE_MINUTES });
    let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
    delivery::send(desk.ctx, desk.mailer, job, Some(&person), &outgoing).await.map(|_| ())
}

pub(super) async fn code(desk: &Desk<'_>, job: &Claimed, letter: &CodeLetter) -> Result<(), Problem> {
    let person = Id::new(letter.person.as_str());
    let Some(sent) = contacts::code_sent(desk.ctx, Via::Phone, letter).await? else {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::Superseded).await?);
    };
    let To::Phone(to) = sent.to else { return Err(Problem::Crooked) };
    let reader = desk.reader(sent.locale.unwrap_or(FALLBACK), false);
    let said = desk.words.write(&reader, &Letter::TextCode { code: sent.code, minutes: CODE_MINUTES });
    let text = Text::new(&job.kind, reader.locale, to, &said.text)?;
    delivery::send_text(desk.ctx, desk.mailer, job, &person, &text).await.map(|_| ())
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
    let said = desk.words.write(&reader, &Letter::TextNews);
    let text = Text::new(&job.kind, reader.locale, to, &said.text)?;
    delivery::send_text(desk.ctx, desk.mailer, job, &person, &text).await.map(|_| ())
}

/// Somebody has confirmed her address: what had nowhere to go goes there.
pub(super) async fn opened(desk: &Desk<'_>, event: &AddressOpened) -> Result<(), Problem> {
    let (person, now) = (Id::new(event.person.as_str()), desk.ctx.now());
    Ok(desk.ctx.db.write(SendWhatWaited { person, now }).await?)
}
