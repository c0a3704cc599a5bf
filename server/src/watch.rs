//! `varde watch`: one look at the notices' rows by a process of its own, which raises an alarm when nobody is at work. It
//! changes no schema and moves no row; who works and how is not asked, for whatever is stuck could not tell.

use std::{fmt::Write as _, io, path::Path};

use app::notices::letters::Open;
use backend::{
    config::Settings,
    ctx::{Clock, Ctx},
    delivery::Mailer,
    notices::{
        ladder::{ChannelKind, Out, Said, ToSend},
        watch::{Look, look},
    },
    wiring::Providers,
};
use domain::{
    kernel::Instant,
    notices::{
        Outcome, Page,
        watch::{Alarm, Raised, whom},
    },
};

/// Looks once: tells the log, the duty telephones and, if there is one, the file for the numbers.
pub async fn watch(
    ctx: &Ctx,
    textfile: Option<&Path>,
) -> Result<Look, Box<dyn std::error::Error + Send + Sync>> {
    let (found, now) = (look(ctx).await?, ctx.now());
    for raised in &found.raised {
        let minutes = minutes(raised, now);
        tracing::error!(alarm = raised.alarm.code(), minutes, "nobody is at work on the notices");
    }
    // The numbers first: a provider may let everybody wait.
    if let Some(file) = textfile {
        write(file, &numbers(&found.raised, now))?;
    }
    if let Some(worst) = found.raised.iter().min_by_key(|raised| raised.since) {
        page(ctx, worst, &found, now).await?;
    }
    Ok(found)
}

/// How long a key of a page that nobody could look before holds; the rules stand in the rows that cannot be read.
const SPAN: i64 = 10 * 60 * 1_000_000;

/// It could not look: every duty telephone is told, once in a span, for nobody knows how long it has been so.
pub async fn blind(
    settings: &Settings,
    textfile: Option<&Path>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let now = Clock::system().now();
    tracing::error!(alarm = Alarm::Blind.code(), "the rows of the notices cannot be read");
    if let Some(file) = textfile {
        write(file, &numbers(&[Raised { alarm: Alarm::Blind, since: now }], now))?;
    }
    let out = Providers { mailer: Mailer::for_notices(settings)?, words: Open };
    for (n, to) in settings.notices.duty_phones().iter().enumerate() {
        let key = format!("watch-{}-{n}-{}", Alarm::Blind.code(), now.micros() / SPAN);
        if out.page(&settings.notices, key, to).await != Outcome::Accepted {
            tracing::error!("a duty telephone could not be paged either");
        }
    }
    Ok(())
}

fn minutes(raised: &Raised, now: Instant) -> i64 {
    (now.micros() - raised.since.micros()) / 60_000_000
}

/// One page for all that is wrong. Whoever watches remembers nothing, so the key is that of the whole span between two
/// pages: a provider that keeps its word makes one text of it, however often we look.
async fn page(
    ctx: &Ctx,
    worst: &Raised,
    found: &Look,
    now: Instant,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let phones = ctx.settings.notices.duty_phones();
    let to = match whom(worst, now, &found.bounds) {
        Page::First => phones.first(),
        Page::Second => phones.get(1),
        Page::Leader => phones.last(),
    };
    let Some(to) = to else { return Ok(()) };
    let span = minutes(worst, now) / found.bounds.page.max(1);
    let key = format!("watch-{}-{}-{span}", worst.alarm.code(), worst.since.micros());
    let letter = ToSend { key, kind: ChannelKind::Sms, to: to.clone(), said: Said::Page };
    let out = Providers { mailer: Mailer::for_notices(&ctx.settings)?, words: Open };
    if out.send(ctx, &letter).await != Outcome::Accepted {
        tracing::error!("the duty telephone could not be paged either");
    }
    Ok(())
}

/// In the text format of Prometheus, for a collector of text files. Every alarm has its line, raised or not.
fn numbers(raised: &[Raised], now: Instant) -> String {
    let mut text = String::from(
        "# HELP varde_notices_alarm Since how many seconds something stands still; 0: it does not.\n\
         # TYPE varde_notices_alarm gauge\n",
    );
    for alarm in Alarm::ALL {
        let since = raised.iter().find(|raised| raised.alarm == alarm).map(|raised| raised.since);
        let seconds = since.map_or(0, |since| 1 + (now.micros() - since.micros()) / 1_000_000);
        let _ = writeln!(text, "varde_notices_alarm{{what=\"{}\"}} {seconds}", alarm.code());
    }
    let _ = writeln!(text, "varde_notices_watched_seconds {}", now.micros() / 1_000_000);
    text
}

/// Whoever reads the file finds the old one or the new one, whole.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let part = file.with_extension("part");
    std::fs::write(&part, text)?;
    std::fs::rename(part, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l2_every_alarm_has_its_number_and_what_is_raised_is_not_zero() {
        let now = Instant(1_788_256_800_000_000);
        let raised = [Raised { alarm: Alarm::Queue, since: now.plus_minutes(-2) }];
        let text = numbers(&raised, now);
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("varde_notices_alarm{")).collect();
        assert_eq!(lines.len(), Alarm::ALL.len());
        assert!(lines.contains(&"varde_notices_alarm{what=\"queue\"} 121"), "{text}");
        assert_eq!(lines.iter().filter(|line| line.ends_with(" 0")).count(), Alarm::ALL.len() - 1);
        let just = numbers(&[Raised { alarm: Alarm::Call, since: now }], now);
        assert!(just.contains("{what=\"call\"} 1\n"), "raised this moment is raised: {just}");
    }
}
