//! The notices' providers and what they say. Whatever goes out is written by `app`, which alone has words.

use std::{future::Future, sync::Arc, time::Duration};

use crate::{
    Result,
    config::NoticeSettings,
    ctx::{Ctx, FALLBACK},
    custody::feed::{self, Stood, Taken, Together},
    db::Tx,
    delivery::{Gateway, Mailer, Outgoing, Problem, Written},
    notices::{
        self, demo,
        ladder::{ChannelKind, Out, Said, ToSend},
        representing::{Asked, Circle},
    },
};
use domain::{
    kernel::{EmailAddress, Locale},
    notices::Outcome,
};

/// Takes events, with all who follow them in the same transaction.
pub async fn take_events(ctx: &Ctx, source: &str, items: Vec<feed::Item>) -> Result<Vec<Taken>> {
    feed::take(ctx, source, items, Followers).await
}

/// Who learns of an event inside its transaction.
#[derive(Clone, Copy, Debug)]
pub struct Followers;

impl Together for Followers {
    fn stood(&self, tx: &mut Tx, ctx: &Ctx, stood: &Stood<'_>) -> impl Future<Output = Result<()>> + Send {
        notices::on_event(tx, ctx, stood)
    }
}

/// Who stands on an inmate's side, as the visits know it. No other slice knows of counsel yet.
#[derive(Clone, Copy, Debug)]
pub struct HisCircle;

impl Circle for HisCircle {
    fn is_of(&self, tx: &mut Tx, ctx: &Ctx, asked: Asked<'_>) -> impl Future<Output = Result<bool>> + Send {
        crate::visits::circle::is_of(tx, ctx, asked.inmate, asked.number)
    }
}

/// What is said on an open channel; the words live in `app`.
pub trait OpenWords: Send + Sync {
    /// One line, the same length for all texts and languages that one of them could be taken for.
    fn say(&self, said: &Said) -> Written;
}

/// The providers of the notices: mail and texts by senders of their own, the demo's telephone.
pub struct Providers<W> {
    pub mailer: Mailer,
    pub words: W,
}

/// A provider that does not answer within this has failed.
const PATIENCE: Duration = Duration::from_secs(10);

impl<W: OpenWords + 'static> Out for Providers<W> {
    async fn send(&self, ctx: &Ctx, letter: &ToSend) -> Outcome {
        let written = self.words.say(&letter.said);
        let settings = &ctx.settings.notices;
        match letter.kind {
            ChannelKind::Email if !has_mail_server(ctx) => {
                keep(ctx, letter, &settings.mail_from, &written.text).await
            }
            ChannelKind::Email => self.mail(ctx, letter, written).await,
            ChannelKind::Sms if settings.sms_url.is_empty() => {
                keep(ctx, letter, &settings.sms_sender, &written.text).await
            }
            ChannelKind::Sms => self.text(settings, letter, &written.text).await,
        }
    }
}

/// There is a mail server; without one, the demo keeps what would have been sent.
fn has_mail_server(ctx: &Ctx) -> bool {
    !ctx.settings.smtp.host.is_empty()
}

async fn keep(ctx: &Ctx, letter: &ToSend, sender: &str, words: &str) -> Outcome {
    let kept = demo::keep(ctx, &letter.key, letter.kind, &letter.to, sender, words).await;
    if kept.is_ok() { Outcome::Accepted } else { Outcome::Failed }
}

impl<W: OpenWords> Providers<W> {
    async fn mail(&self, ctx: &Ctx, letter: &ToSend, written: Written) -> Outcome {
        let Ok(to) = EmailAddress::parse(&letter.to) else { return Outcome::Refused };
        let Ok(outgoing) = Outgoing::new("message", language(&letter.said), to, written) else {
            return Outcome::Failed;
        };
        let sent = tokio::time::timeout(PATIENCE, self.mailer.deliver(ctx, &letter.key, &outgoing));
        match sent.await {
            Ok(Ok(())) => Outcome::Accepted,
            Ok(Err(Problem::Refused)) => Outcome::Refused,
            Ok(Err(_)) | Err(_) => Outcome::Failed,
        }
    }

    /// A page that needs no database: for whoever cannot reach it. Without a provider there is nowhere to send it.
    pub async fn page(&self, settings: &NoticeSettings, key: String, to: &str) -> Outcome {
        if settings.sms_url.is_empty() {
            return Outcome::Failed;
        }
        let words = self.words.say(&Said::Page).text;
        let letter = ToSend { key, kind: ChannelKind::Sms, to: to.to_owned(), said: Said::Page };
        self.text(settings, &letter, &words).await
    }

    /// The provider keeps the key: the same again is one text.
    async fn text(&self, settings: &NoticeSettings, letter: &ToSend, words: &str) -> Outcome {
        let (url, token) = (settings.sms_url.as_str(), settings.sms_token.as_ref());
        let gateway = Gateway { url, token, sender: &settings.sms_sender };
        match self.mailer.hand_over(gateway, &letter.key, (&letter.to, words)).await {
            Ok(()) => Outcome::Accepted,
            Err(Problem::Refused) => Outcome::Refused,
            Err(_) => Outcome::Failed,
        }
    }
}

fn language(said: &Said) -> Locale {
    match said {
        Said::Neutral { locale, .. } | Said::Code { locale, .. } | Said::Farewell { locale } => *locale,
        Said::Page => FALLBACK,
    }
}

/// One round of all that notices do outside requests. Tells how much was done.
pub async fn tell_once<W: OpenWords + 'static>(ctx: &Ctx, out: &Arc<Providers<W>>) -> Result<usize> {
    let codes = notices::channels::send_waiting(ctx, out).await?;
    let matters = notices::ladder::work_once(ctx, out).await?;
    let pages = notices::calendar::page(ctx, out).await?;
    Ok(codes + matters + pages)
}
