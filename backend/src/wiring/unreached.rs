//! A letter has nowhere to go: the job is done, and if she would learn of it no other way, the unit that knows her has somebody to tell.

use domain::{access::Person, kernel::Id, visits::booking::Event};

use super::Letter;
use crate::{
    Result,
    ctx::Ctx,
    db::{Command, Tx},
    delivery::{self, Unsent},
    demo,
    outbox::Claimed,
    visits::assisted::unreached::{New, note},
};

/// What is worth a call: not a receipt of what she has just done, not a reminder, and not what the unit rings about already.
fn is_news(letter: &Letter) -> bool {
    match letter {
        Letter::Clearance(_)
        | Letter::Offer(_)
        | Letter::Request(_)
        | Letter::Bringing(_)
        | Letter::Message => true,
        // Whoever comes along is told of what others have done: the unit rings whoever booked alone.
        Letter::Booking { news, visit } => {
            *news == Event::NotLetIn || (visit.visit.along && *news != Event::Near)
        }
        Letter::Received { .. }
        | Letter::Code { .. }
        | Letter::TextCode { .. }
        | Letter::TextNews
        | Letter::HandedIn { .. }
        | Letter::TextHandedIn { .. }
        | Letter::Waiting
        | Letter::Asked => false,
    }
}

pub(super) async fn leave(ctx: &Ctx, job: &Claimed, person: &Id<Person>, letter: &Letter) -> Result<()> {
    let news = is_news(letter) && !demo::was_told(ctx, &job.id, person).await?;
    let (id, kind, person) = (job.id.clone(), job.kind.clone(), person.clone());
    ctx.db.write(Leave { id, kind, person, news, new: New::drawn(ctx) }).await
}

struct Leave {
    id: String,
    kind: String,
    person: Id<Person>,
    news: bool,
    new: New,
}

impl Command for Leave {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let why = (Unsent::NoChannel, self.new.now());
        let fresh = delivery::left(tx, (&self.id, &self.kind), &self.person, why).await?;
        if fresh && self.news {
            note(tx, &self.new, &self.person, &self.kind).await?;
        }
        Ok(())
    }
}
