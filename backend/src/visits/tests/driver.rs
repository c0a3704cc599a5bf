//! The driver of what people do who wait, come along, or ask first; and what each engine has stored of it.

use std::collections::BTreeMap;

use domain::{
    kernel::Public,
    visits::booking::{
        Approval, Booking, StaffReason, UnitRules,
        waiting::{Offered, Period, Suits},
    },
};

use super::{
    Besides, World, many,
    model::{Act, Looks, Model, Outcome},
    number, one,
};
use crate::{
    args,
    ctx::Actor,
    visits::{
        booking::{
            joining::{self, FormKey, Invitation},
            request,
            testing::rules,
            waiting::{self, Accepted},
        },
        sessions,
    },
};

/// An adult who was asked, with the code that is passed on and the form it was asked by.
pub(super) struct Invited {
    booking: usize,
    public: Public<Invitation>,
    code: String,
    key: FormKey,
}

/// The answer to something that is told with a yes, or that it was too late.
fn timely(told: Option<bool>) -> Outcome {
    match told {
        Some(true) => Outcome::Done,
        Some(false) => Outcome::Over,
        None => Outcome::NotThere,
    }
}

/// The rows of one kind.
fn rows<'a>(besides: &'a [Besides], tag: &str) -> Vec<&'a Besides> {
    besides.iter().filter(|row| row.0 == tag).collect()
}

/// The row of this one, which is there.
fn row_of<'a, T>(rows: &[&'a Besides], public: &Public<T>) -> &'a Besides {
    rows.iter().copied().find(|row| row.1 == public.as_str()).unwrap()
}

impl World {
    pub(super) async fn perform_besides(&mut self, act: &Act, after: &Model) -> Outcome {
        match *act {
            Act::Wait { .. }
            | Act::Unwait { .. }
            | Act::Accept { .. }
            | Act::Decline { .. }
            | Act::TendLine => self.stand_in_line(act, after).await,
            Act::Invite { person, booking, again } => self.invite(person, booking, again).await,
            Act::Uninvite { .. } | Act::Type { .. } | Act::Answer { .. } | Act::Leave { .. } => {
                self.come_along(act).await
            }
            _ => self.ask_first(act, after).await,
        }
    }

    async fn stand_in_line(&mut self, act: &Act, after: &Model) -> Outcome {
        let ctx = self.ctx();
        match *act {
            Act::Wait { person, span } => {
                let span = after.spans[span];
                let suits = Suits::parse(span.suits).unwrap();
                let period = Period { first: span.first, last: span.last, suits };
                let told = waiting::put(&ctx, &self.people[person], period).await.unwrap();
                told.map_or(Outcome::NotThere, |put| Outcome::Waiting {
                    wait: number(&mut self.waits, put.public),
                    replaced: put.replaced,
                })
            }
            Act::Unwait { person, wait } => {
                let (who, wait) = (&self.people[person], self.waits[wait].clone());
                let told = waiting::take_back(&ctx, who, wait).await.unwrap();
                told.map_or(Outcome::NotThere, |()| Outcome::Done)
            }
            Act::Accept { person, offer } => {
                let offer = self.offer(after, offer).await;
                let told = waiting::accept(&ctx, &self.people[person], offer).await.unwrap();
                match told {
                    Some(Accepted::Booked(public)) => self.booked(public),
                    Some(Accepted::Asked(public)) => Outcome::Request(number(&mut self.requests, public)),
                    Some(Accepted::Refused(refusals)) => many::<()>(Err(refusals)),
                    Some(Accepted::Over) => Outcome::Over,
                    None => Outcome::NotThere,
                }
            }
            Act::Decline { person, offer, stays } => {
                let offer = self.offer(after, offer).await;
                timely(waiting::decline(&ctx, &self.people[person], offer, stays).await.unwrap())
            }
            Act::TendLine => {
                let round = waiting::tend(&ctx).await.unwrap();
                Outcome::Round(vec![round.lapsed, round.over, round.offered])
            }
            _ => unreachable!("nobody waits: {act:?}"),
        }
    }

    /// No time is offered to the same wait twice.
    async fn offer(&self, after: &Model, offer: usize) -> Public<Offered> {
        let (wait, session) = after.offer(offer);
        let values = args![&self.waits[wait], &self.sessions[session]];
        let (public,): (String,) = self.portal.ctx.db.one(OFFER, values).await.unwrap();
        Public::parse(&public).unwrap()
    }

    async fn invite(&mut self, person: usize, booking: usize, again: bool) -> Outcome {
        let (ctx, who, visit) = (self.ctx(), self.people[person].clone(), self.bookings[booking].clone());
        let before = self.invitations.iter().rfind(|known| known.booking == booking && again);
        let key = before.map_or_else(|| ctx.chance.public(), |known| known.key.clone());
        let told = joining::ask(&ctx, &who, visit.clone(), key.clone()).await.unwrap();
        if told.is_ok() {
            let others = joining::others(&ctx, &who, &visit).await.unwrap().unwrap();
            for guest in others.guests {
                if !self.invitations.iter().any(|known| known.public == guest.public) {
                    let (public, code) = (guest.public, guest.code.unwrap().shown());
                    self.invitations.push(Invited { booking, public, code, key: key.clone() });
                }
            }
        }
        one(told, |refusal| refusal.code())
    }

    async fn come_along(&self, act: &Act) -> Outcome {
        let ctx = self.ctx();
        match *act {
            Act::Uninvite { person, invitation } => {
                let public = self.invitations[invitation].public.clone();
                let told = joining::take_back(&ctx, &self.people[person], public).await.unwrap();
                one(told, |refusal| refusal.code())
            }
            Act::Type { person, invitation } => {
                let known = &self.invitations[invitation];
                let told = joining::open(&ctx, &self.people[person], &known.code).await.unwrap();
                if let Ok(public) = &told {
                    assert_eq!(public.as_str(), known.public.as_str(), "a code leads to its own invitation");
                }
                one(told.map(|_| ()), |refusal| refusal.code())
            }
            Act::Answer { person, invitation, yes } => {
                let public = self.invitations[invitation].public.clone();
                match joining::answer(&ctx, &self.people[person], public, yes).await.unwrap() {
                    Some(joining::Answered::Done) => Outcome::Done,
                    Some(joining::Answered::Refused(refusals)) => many::<()>(Err(refusals)),
                    Some(joining::Answered::Over) => Outcome::Over,
                    None => Outcome::NotThere,
                }
            }
            Act::Leave { person, invitation } => {
                let public = self.invitations[invitation].public.clone();
                timely(joining::leave(&ctx, &self.people[person], public).await.unwrap())
            }
            _ => unreachable!("nobody comes along: {act:?}"),
        }
    }

    async fn ask_first(&mut self, act: &Act, after: &Model) -> Outcome {
        let ctx = self.ctx();
        match *act {
            Act::Look(looks) => {
                let approval = match looks {
                    Looks::Never => Approval::Never,
                    Looks::First => Approval::First,
                    Looks::Always => Approval::Always,
                };
                let rules = UnitRules { approval, ..rules() };
                sessions::put_rules(&ctx, &Actor::System, &self.unit, rules).await.unwrap();
                Outcome::Done
            }
            Act::Ask(person) => self.ask(person, after.shown(person, 1)).await,
            Act::AskOlder(person) => self.ask(person, after.shown(person, 2)).await,
            Act::Approve(request) => {
                let told = request::approve(&ctx, &self.officer, &self.requests[request]).await.unwrap();
                self.answered(told)
            }
            Act::Reject(request) => {
                let (public, why) = (&self.requests[request], (StaffReason::Staffing, false));
                let told = request::reject(&ctx, &self.officer, public, why).await.unwrap();
                self.answered(told)
            }
            Act::TakeBack { person, request } => {
                let public = self.requests[request].clone();
                timely(request::withdraw(&ctx, &self.people[person], public).await.unwrap())
            }
            Act::TendRequests => {
                let round = request::tend(&ctx).await.unwrap();
                Outcome::Round(vec![round.lapsed, round.gone])
            }
            _ => unreachable!("nobody asks first: {act:?}"),
        }
    }

    async fn ask(&mut self, person: usize, hold: usize) -> Outcome {
        let asked = self.holds[hold].clone();
        let told = request::ask(&self.ctx(), &self.people[person], asked).await.unwrap();
        match told {
            Ok(public) => Outcome::Request(number(&mut self.requests, public)),
            Err(refusals) => many::<()>(Err(refusals)),
        }
    }

    fn answered(&mut self, told: Option<request::Answered>) -> Outcome {
        match told {
            Some(request::Answered::Booked(public)) => self.booked(public),
            Some(request::Answered::Rejected) => Outcome::Done,
            Some(request::Answered::Hindered(refusals)) => many::<()>(Err(refusals)),
            Some(request::Answered::Over) => Outcome::Over,
            Some(request::Answered::Own) => unreachable!("she took down nothing for anybody"),
            None => Outcome::NotThere,
        }
    }

    /// Those who come along on a visit, without whoever booked it.
    pub(super) fn guests(&self, besides: &[Besides], of: &Public<Booking>, booker: usize) -> Vec<usize> {
        let of_it = besides.iter().filter(|row| row.0 == "party" && row.1 == of.as_str());
        let mut all: Vec<usize> = of_it.map(|row| self.person(&row.2)).collect();
        assert!(all.contains(&booker), "whoever booked comes");
        all.retain(|person| *person != booker);
        all.sort_unstable();
        all
    }

    pub(super) fn waits_seen(&self, besides: &[Besides]) -> Vec<(usize, String)> {
        let rows = rows(besides, "wait");
        assert_eq!(rows.len(), self.waits.len(), "waits");
        let seen = self.waits.iter().map(|known| row_of(&rows, known));
        seen.map(|row| (self.person(&row.2), row.5.clone())).collect()
    }

    pub(super) fn offers_seen(&self, besides: &[Besides]) -> BTreeMap<(usize, usize), (i64, String)> {
        let wait = |public: &str| self.waits.iter().position(|known| known.as_str() == public).unwrap();
        let rows = rows(besides, "offer").into_iter();
        rows.map(|row| ((wait(&row.1), self.session(&row.2)), (row.4, row.5.clone()))).collect()
    }

    pub(super) fn invitations_seen(&self, besides: &[Besides]) -> Vec<(usize, Option<usize>, i64, String)> {
        let rows = rows(besides, "invitation");
        assert_eq!(rows.len(), self.invitations.len(), "invitations");
        let visit = |public: &str| self.bookings.iter().position(|known| known.as_str() == public).unwrap();
        let guest = |id: &str| (!id.is_empty()).then(|| self.person(id));
        let seen = self.invitations.iter().map(|known| row_of(&rows, &known.public));
        seen.map(|row| (visit(&row.2), guest(&row.3), row.4, row.5.clone())).collect()
    }

    pub(super) fn requests_seen(&self, besides: &[Besides]) -> Vec<(usize, usize, i64, String)> {
        let rows = rows(besides, "request");
        assert_eq!(rows.len(), self.requests.len(), "requests");
        let seen = self.requests.iter().map(|known| row_of(&rows, known));
        seen.map(|row| (self.person(&row.2), self.session(&row.3), row.4, row.5.clone())).collect()
    }
}

pub const OFFER: &str = "SELECT o.public_id FROM visit_offer o JOIN visit_wait w ON w.id = o.wait_id \
    JOIN visit_session s ON s.id = o.session_id WHERE w.public_id = $1 AND s.public_id = $2";
