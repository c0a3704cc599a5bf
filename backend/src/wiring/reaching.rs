//! The codes that open an address or a number; and text messages: the same few words whatever has happened, at a number
//! that is confirmed.

use domain::{
    access::Person,
    identity::CODE_MINUTES,
    kernel::{Id, Locale, Phone},
    visits::handin::Reached,
};

use super::{Desk, Letter, Reader, facts::SendWhatWaited};
use crate::{
    ctx::FALLBACK,
    delivery::{self, Outgoing, Problem, Text, Unsent},
    identity::contacts::{self, ADDRESS_OPENED, AddressOpened, CODE_LETTER, CODE_TEXT, CodeLetter, To, Via},
    outbox::Claimed,
    visits::{self, assisted::handin},
};

/// An address or a number is opened, or a text goes there.
pub(super) async fn to_a_channel(desk: &Desk<'_>, job: &Claimed) -> Result<(), Problem> {
    match job.kind.as_str() {
        CODE_LETTER => code(desk, job, Via::Email, &job.payload()?).await,
        CODE_TEXT => code(desk, job, Via::Phone, &job.payload()?).await,
        handin::CODE_LETTER | handin::CODE_TEXT => hand_in_code(desk, job, &job.payload()?).await,
        handin::RECEIPT => hand_in_receipt(desk, job, &job.payload()?).await,
        visits::booking::TEXT => news(desk, job, &job.payload()?).await,
        ADDRESS_OPENED => opened(desk, &job.payload()?).await,
        _ => Err(Problem::UnknownKind),
    }
}

async fn code(desk: &Desk<'_>, job: &Claimed, via: Via, letter: &CodeLetter) -> Result<(), Problem> {
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
        To::Phone(to) => {
            text(desk, job, (Some(&person), to), (&reader, &Letter::TextCode { code, minutes })).await
        }
    }
}

async fn text(
    desk: &Desk<'_>,
    job: &Claimed,
    (person, to): (Option<&Id<Person>>, Phone),
    (reader, letter): (&Reader, &Letter),
) -> Result<(), Problem> {
    let text = Text::new(&job.kind, reader.locale, to, &desk.words.write(reader, letter).text)?;
    delivery::send_text(desk.ctx, desk.mailer, job, person, &text).await.map(|_| ())
}

async fn news(desk: &Desk<'_>, job: &Claimed, news: &visits::booking::TextNews) -> Result<(), Problem> {
    let person = Id::new(news.person.as_str());
    let known = contacts::load(desk.ctx, &person).await?;
    let Some(to) = known.confirmed_number().cloned() else {
        return Ok(delivery::leave(desk.ctx, job, &person, Unsent::NoChannel).await?);
    };
    let reader = desk.reader(known.locale.unwrap_or(FALLBACK), false);
    text(desk, job, (Some(&person), to), (&reader, &Letter::TextNews)).await
}

/// To somebody who is nobody here: the code for what she hands in, or follows.
async fn hand_in_code(desk: &Desk<'_>, job: &Claimed, letter: &handin::CodeLetter) -> Result<(), Problem> {
    let Some(handin::Sent { to, code, locale }) = handin::code_sent(desk.ctx, letter).await? else {
        return Ok(());
    };
    let minutes = CODE_MINUTES;
    let letter = match &to {
        Reached::Email(_) => Letter::Code { code, minutes },
        Reached::Phone(_) => Letter::TextCode { code, minutes },
    };
    to_nobody(desk, job, to, (locale, letter)).await
}

/// What she handed in has come in.
async fn hand_in_receipt(desk: &Desk<'_>, job: &Claimed, of: &handin::Receipted) -> Result<(), Problem> {
    let Some(handin::Receipt { to, reference, locale }) = handin::receipt(desk.ctx, of).await? else {
        return Ok(());
    };
    let letter = match &to {
        Reached::Email(_) => Letter::HandedIn { reference },
        Reached::Phone(_) => Letter::TextHandedIn { reference },
    };
    to_nobody(desk, job, to, (locale, letter)).await
}

async fn to_nobody(
    desk: &Desk<'_>,
    job: &Claimed,
    to: Reached,
    (locale, letter): (Locale, Letter),
) -> Result<(), Problem> {
    let reader = desk.reader(locale, false);
    match to {
        Reached::Email(to) => {
            let words = desk.words.write(&reader, &letter);
            let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
            delivery::send(desk.ctx, desk.mailer, job, None, &outgoing).await.map(|_| ())
        }
        Reached::Phone(to) => text(desk, job, (None, to), (&reader, &letter)).await,
    }
}

/// Somebody has confirmed her address: what had nowhere to go goes there.
async fn opened(desk: &Desk<'_>, event: &AddressOpened) -> Result<(), Problem> {
    let (person, now) = (Id::new(event.person.as_str()), desk.ctx.now());
    Ok(desk.ctx.db.write(SendWhatWaited { person, now }).await?)
}
