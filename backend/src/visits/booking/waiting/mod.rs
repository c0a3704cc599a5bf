//! The waiting list: put on it → a free time is offered, in the order of the line → yes, no, or no answer.
//!
//! An offer takes its place with the same arbiter as a hold, the session's own row, and gives it back and passes it on in one
//! transaction, so that nobody slips between. Whether a time is for her is judged by the rules of booking when it is offered and
//! again at her yes; nothing is booked without it. Neither the inmate nor another visitor learns that somebody waits.

mod answer;
mod end;
mod line;
mod mine;
mod offer;
mod put;
mod rows;

use domain::{
    access::Person,
    kernel::{CivilDate, Id},
    visits::booking::waiting::{News, OfferRules},
};

use crate::{Result, ctx::Ctx, db::Tx, outbox, rules::Rules};

pub use answer::{Accepted, accept, decline};
pub use end::take_back;
pub(super) use end::{end, end_without_leave, pass_on};
pub use line::{Round, tend};
pub use mine::{MyOffer, MyWait, OfferView, WaitView, offer, wait, waits};
pub use offer::{Told, told};
pub use put::{Put, put};

/// The outbox kind of letters about an offer.
pub const LETTER: &str = "visits.waiting";

/// What a letter is made from. No names and no day: what is offered is read when it is sent.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    pub person: String,
    /// The code of [`News`].
    pub news: String,
    /// The one that it tells of.
    pub offer: String,
}

impl Letter {
    fn job(ctx: &Ctx, person: &Id<Person>, news: News, offer: &str) -> Result<outbox::Job> {
        let (person, news) = (person.as_str().to_owned(), news.code().to_owned());
        outbox::Job::new(ctx, LETTER, &Self { person, news, offer: offer.to_owned() })
    }
}

async fn offer_rules(tx: &mut Tx, on: CivilDate) -> Result<OfferRules> {
    of(&Rules::within(tx, on).await?)
}

fn of(rules: &Rules) -> Result<OfferRules> {
    Ok(OfferRules {
        hours: rules.days("booking.offer_hours")?,
        before_hours: rules.days("booking.offer_before_hours")?,
        least_hours: rules.days("booking.offer_least_hours")?,
        unanswered: rules.days("booking.offers_unanswered")?,
    })
}
