//! A letter as SMTP carries it: built from typed parts, so that no word of it can become a header.

use std::time::{Duration, SystemTime};

use domain::kernel::{EmailAddress, Instant};
use lettre::{
    Address, Message,
    message::{
        Attachment as File, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use super::{Outgoing, Problem};

/// Says that nobody waits for an answer, so that no holiday reply comes back (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

pub fn mailbox(name: Option<&str>, address: &EmailAddress) -> Result<Mailbox, Problem> {
    let (local, host) = address.as_str().rsplit_once('@').ok_or(Problem::Crooked)?;
    let address = Address::new(local, host).map_err(|_| Problem::Crooked)?;
    Ok(Mailbox::new(name.map(str::to_owned), address))
}

/// The message whose id is the letter's outbox id: whoever gets it twice can tell.
pub fn build(from: &Mailbox, id: &str, at: Instant, letter: &Outgoing) -> Result<Message, Problem> {
    let seconds = u64::try_from(at.micros() / 1_000_000).unwrap_or_default();
    let text = SinglePart::plain(letter.text.clone());
    let builder = Message::builder()
        .from(from.clone())
        .to(mailbox(None, &letter.to)?)
        .subject(letter.subject.clone())
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(AutoSubmitted);
    let message = if letter.attachments.is_empty() {
        builder.singlepart(text)
    } else {
        builder.multipart(with_files(text, letter)?)
    };
    message.map_err(|_| Problem::Crooked)
}

fn with_files(text: SinglePart, letter: &Outgoing) -> Result<MultiPart, Problem> {
    let mut parts = MultiPart::mixed().singlepart(text);
    for file in &letter.attachments {
        let kind = ContentType::parse(file.media_type).map_err(|_| Problem::Crooked)?;
        parts = parts.singlepart(File::new(file.name.to_owned()).body(file.bytes.clone(), kind));
    }
    Ok(parts)
}
