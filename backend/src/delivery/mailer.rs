//! The way out: a mail server by SMTP, or in the demo a table that anybody can read. Never logs an address.

use std::time::Duration;

use domain::kernel::EmailAddress;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret;

use super::{Gateway, Outgoing, Problem, Text, demo, message, texts};
use crate::{
    Error, Result,
    config::{Settings, Smtp, SmtpTls},
    ctx::Ctx,
};

/// The name that stands beside the address. It says nothing to whoever does not know it.
const NAME: &str = "Varde";

/// A letter that takes longer is tried again: well under the lease of a job.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where letters go.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
    http: reqwest::Client,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Demo,
}

/// The sender's address, if it is one.
pub fn parse_sender(from: &str) -> Result<EmailAddress> {
    EmailAddress::parse(from).map_err(|_| Error::Broken("smtp.from is no address"))
}

impl Mailer {
    /// As the settings say. Without a host there is a way in the demo alone.
    pub fn new(settings: &Settings) -> Result<Self> {
        let smtp = &settings.smtp;
        let sender = parse_sender(&smtp.from)?;
        let from = message::mailbox(Some(NAME), &sender).map_err(|_| Error::Broken("smtp.from"))?;
        let way = match (smtp.host.as_str(), settings.is_demo()) {
            ("", true) => Way::Demo,
            ("", false) => return Err(Error::Broken("smtp.host is empty")),
            _ => Way::Smtp(transport(smtp, from.email.domain())?),
        };
        Ok(Self { from, way, http: texts::client()? })
    }

    /// The notices' own: no name, and a domain that says nothing. The demo keeps what they say elsewhere.
    pub fn for_notices(settings: &Settings) -> Result<Self> {
        let sender = EmailAddress::parse(&settings.notices.mail_from);
        let sender = sender.map_err(|_| Error::Broken("notices.mail_from"))?;
        let from = message::mailbox(None, &sender).map_err(|_| Error::Broken("notices.mail_from"))?;
        let way = match settings.smtp.host.as_str() {
            "" => Way::Demo,
            _ => Way::Smtp(transport(&settings.smtp, from.email.domain())?),
        };
        Ok(Self { from, way, http: texts::client()? })
    }

    pub(crate) async fn deliver(&self, ctx: &Ctx, id: &str, letter: &Outgoing) -> Result<(), Problem> {
        let message = message::build(&self.from, id, ctx.now(), letter)?;
        match &self.way {
            Way::Demo => Ok(demo::keep(ctx, id, demo::Kept::mail(&self.from.to_string(), letter)?).await?),
            Way::Smtp(transport) => match tokio::time::timeout(PATIENCE, transport.send(message)).await {
                Err(_) => Err(Problem::Unreachable),
                Ok(Ok(_)) => Ok(()),
                Ok(Err(e)) if e.is_permanent() => Err(Problem::Refused),
                Ok(Err(e)) if e.is_transient() => Err(Problem::Later),
                Ok(Err(_)) => Err(Problem::Unreachable),
            },
        }
    }
}

impl Mailer {
    /// By the provider of the settings; without one the demo keeps it.
    pub(crate) async fn deliver_text(&self, ctx: &Ctx, id: &str, text: &Text) -> Result<(), Problem> {
        let settings = &ctx.settings.texts;
        if settings.url.is_empty() {
            return Ok(demo::keep(ctx, id, demo::Kept::text(&settings.sender, text)).await?);
        }
        self.hand_over(settings.into(), id, (text.to.as_str(), text.words.as_str())).await
    }

    /// A text to a provider, under a key that is the same for each try of it.
    pub(crate) async fn hand_over(
        &self,
        gateway: Gateway<'_>,
        key: &str,
        what: (&str, &str),
    ) -> Result<(), Problem> {
        texts::hand_over(&self.http, gateway, key, what).await
    }
}

/// `hello` is how we introduce ourselves: the sender's domain, not the name of the machine.
fn transport(smtp: &Smtp, hello: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let tls = || TlsParameters::new_rustls(smtp.host.clone()).map_err(|_| Error::Broken("smtp.host"));
    let tls = match smtp.tls {
        SmtpTls::None => Tls::None,
        SmtpTls::Starttls => Tls::Required(tls()?),
        SmtpTls::Implicit => Tls::Wrapper(tls()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
        .port(smtp.port)
        .tls(tls)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain(hello.to_owned()));
    if let (Some(name), Some(password)) = (&smtp.username, &smtp.password) {
        let password = password.expose_secret().to_owned();
        builder = builder.credentials(Credentials::new(name.clone(), password));
    }
    Ok(builder.build())
}
