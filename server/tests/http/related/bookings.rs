//! Visits, from the held time on.

use backend::{
    ctx::Actor,
    visits::{
        booking::{
            self,
            testing::{Stage, rules, template},
        },
        sessions::{NewTemplate, put_rules, put_template, tend},
    },
};
use domain::{
    kernel::Public,
    visits::booking::{Booking, Hold, Offer, UnitRules},
};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Held,
    Booked,
    Cancelled,
    /// It has begun, and a day ago.
    Past,
}

use State::{Booked, Cancelled, Held, Past};

pub(super) const OF_A_BOOKING: [Route; 17] = [
    page(Area::Citizen, "/visits/bookings/{id}"),
    page(Area::Citizen, "/visits/bookings/{id}/cancel"),
    page(Area::Citizen, "/visits/bookings/{id}/calendar.ics"),
    post(Area::Citizen, "/api/visits/bookings/cancel", |_, o| target(o)),
    post(Area::Citizen, "/api/visits/bookings/change", |_, o| target(o)),
    page(Area::Citizen, "/visits/bookings/{id}/others"),
    post(Area::Citizen, "/api/visits/bookings/ask", |_, o| {
        vec![("public", o.id.clone()), ("key", "0000000000000000000000000K".to_owned())]
    }),
    page(Area::Staff, "/staff/bookings/{id}/cancel"),
    post(Area::Staff, "/api/staff/bookings/cancel", |_, o| {
        [target(o), vec![("reason", "staffing".to_owned())]].concat()
    }),
    post(Area::Staff, "/api/staff/bookings/settle", |_, o| {
        [target(o), vec![("why", "agreed".to_owned())]].concat()
    }),
    post(Area::Staff, "/api/staff/bookings/rung", |_, o| vec![("public", o.id.clone())]),
    page(Area::Citizen, "/visits/bookings/{id}/pass"),
    page(Area::Citizen, "/visits/bookings/{id}/attended"),
    post(Area::Citizen, "/api/visits/bookings/delayed", |_, o| {
        vec![("public", o.id.clone()), ("minutes", "10".to_owned())]
    }),
    page(Area::Staff, "/staff/gate/{id}"),
    post(Area::Staff, "/api/staff/gate/mark", |_, o| {
        let key = ("key", "0000000000000000000000000K".to_owned());
        [marks(o), vec![("kind", "arrived".to_owned()), key]].concat()
    }),
    post(Area::Staff, "/api/staff/gate/undo", |_, o| marks(o)),
];

fn marks(o: &Object) -> Fields {
    vec![("public", o.id.clone()), ("seen", "0".to_owned())]
}

pub(super) const OF_A_HOLD: [Route; 4] = [
    post(Area::Citizen, "/api/visits/book/request", |_, o| vec![("hold", o.id.clone())]),
    post(Area::Citizen, "/api/visits/book/extend", |_, o| vec![("hold", o.id.clone())]),
    post(Area::Citizen, "/api/visits/book/confirm", |_, o| vec![("hold", o.id.clone())]),
    post(Area::Citizen, "/api/visits/book/discard", |_, o| vec![("hold", o.id.clone())]),
];

fn target(o: &Object) -> Fields {
    vec![("public", o.id.clone()), ("version", o.version.to_string())]
}

fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    if who == SignedOut || citizen != (route.area == Area::Citizen) {
        return SignIn;
    }
    match (who, route.path, state) {
        (Owner, "/visits/bookings/{id}/pass", Booked) => Opens,
        (Owner, "/visits/bookings/{id}/pass" | "/visits/bookings/{id}/attended", _) => Nothing,
        // It is told on the day alone.
        (Owner, "/api/visits/bookings/delayed", _) => Tells,
        (Gate, "/staff/gate/{id}", _) => Opens,
        // Today is not the day of any of them.
        (Gate, "/api/staff/gate/mark" | "/api/staff/gate/undo", _) => Tells,
        (Officer | Admin, "/staff/gate/{id}" | "/api/staff/gate/mark" | "/api/staff/gate/undo", _) => Nothing,
        (Owner, "/visits/bookings/{id}" | "/visits/bookings/{id}/calendar.ics", _) => Opens,
        (Owner, "/visits/bookings/{id}/others", _) => Opens,
        (Owner, "/visits/bookings/{id}/cancel", Booked) => Opens,
        (Owner, "/visits/bookings/{id}/cancel", _) => Leads,
        // The unit looks at no visit.
        (Owner, "/api/visits/book/request", _) => Tells,
        (Owner, _, Held) => Changes,
        (Owner, _, Booked) => Changes,
        (Owner, _, _) => Tells,
        // Staff cancel until four weeks after.
        (Officer | Admin, "/staff/bookings/{id}/cancel", Booked | Past) => Opens,
        (Officer | Admin, "/staff/bookings/{id}/cancel", _) => Leads,
        // The unit has cancelled none of them.
        (Officer | Admin, "/api/staff/bookings/rung", _) => Nothing,
        // Nothing was found about any.
        (Officer | Admin, "/api/staff/bookings/settle", _) => Tells,
        (Officer | Admin, _, Booked | Past) => Changes,
        (Officer | Admin, _, _) => Tells,
        _ => Nothing,
    }
}

struct Kit<'a> {
    portal: &'a Portal,
    stage: Stage,
    owner: Citizen,
    people: Vec<Public<domain::access::Person>>,
}

impl<'a> Kit<'a> {
    /// Maja and the other parent of Ask may visit the inmate, and so may Tarjei; there is room for many visits.
    async fn new(portal: &'a Portal, all: &Everybody) -> Self {
        let (ctx, stage) = (&portal.ctx, crate::booking::stage(portal).await);
        let now = ctx.now();
        let per_week = UnitRules { per_week: 7, valid_from: now.date().plus_days(-60), ..rules() };
        put_rules(ctx, &Actor::System, &stage.unit, per_week).await.expect("rules");
        for weekday in 1..=7 {
            let new = NewTemplate { unit: stage.unit.clone(), template: template(weekday, 900, 3) };
            put_template(ctx, &Actor::System, new).await.expect("a time");
        }
        for days in [-10, 0] {
            ctx.clock.set(now.plus_days(days));
            tend(ctx).await.expect("sessions");
        }
        let owner = all.citizen(portal, Owner).await;
        let father = all.citizen(portal, CoParent).await;
        let ask = stage.child(&owner, "Ask Fjellvik", "2020-05-11").await;
        stage.run(backend::identity::children::INSERT_CHILD, args![&father.person, &ask]).await;
        for who in [&owner, &father, &all.citizen(portal, Applicant).await] {
            stage.grant(&who.person, &who.person, "").await;
        }
        let people = vec![stage.public_of(&owner.person).await, stage.public_of(&ask).await];
        Self { portal, stage, owner, people }
    }

    async fn held(&self, who: &Citizen, people: Vec<Public<domain::access::Person>>) -> Public<Hold> {
        let ctx = &self.portal.ctx;
        let inmate = self.stage.inmate_public.clone();
        booking::choose_party(ctx, who, inmate, people).await.expect("a write").expect("they may");
        let days = booking::available(ctx, who).await.expect("a read").expect("a draft").days;
        let free = days.into_iter().find_map(|day| match day.offer {
            Offer::Free(sessions) => sessions.into_iter().next(),
            Offer::None(_) => None,
        });
        let session = free.expect("a free time").public;
        booking::hold(ctx, who, session).await.expect("a write").expect("it is free");
        let draft = booking::draft(ctx, who).await.expect("a read").expect("a draft");
        draft.hold.expect("a hold").hold.public
    }

    async fn booked(&self) -> Public<Booking> {
        let hold = self.held(&self.owner, self.people.clone()).await;
        booking::confirm(&self.portal.ctx, &self.owner, hold).await.expect("a write").expect("booked")
    }

    async fn built(&self, state: State) -> Object {
        let (ctx, now) = (&self.portal.ctx, self.portal.ctx.now());
        let id = match state {
            Held => self.held(&self.owner, self.people.clone()).await.to_string(),
            Booked => self.booked().await.to_string(),
            Past => {
                ctx.clock.set(now.plus_days(-10));
                let public = self.booked().await;
                ctx.clock.set(now);
                public.to_string()
            }
            Cancelled => {
                let public = self.booked().await;
                let target = booking::Target { public: public.clone(), version: 1 };
                booking::cancel(ctx, &self.owner, target)
                    .await
                    .expect("a write")
                    .expect("hers")
                    .expect("cancelled");
                public.to_string()
            }
        };
        Object { id, version: if state == Cancelled { 2 } else { 1 }, ..Object::default() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_visit_is_there_for_those_it_is_for_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let kit = Kit::new(&portal, &all).await;
    let other = all.citizen(&portal, Applicant).await;
    let own = kit.stage.public_of(&other.person).await;
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in [Past, Booked, Cancelled, Held] {
        if state == Held {
            // He holds a time of his own while he tries hers.
            kit.held(&other, vec![own.clone()]).await;
        }
        let routes: &[Route] = if state == Held { &OF_A_HOLD } else { &OF_A_BOOKING };
        let shared = kit.built(state).await;
        // The owner last: what she holds anew takes the place of what she held.
        for (who, _) in RELATIONS.into_iter().rev() {
            for route in routes {
                let cell = cell(who, route, state);
                let own = if cell == Changes { Some(kit.built(state).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, RELATIONS.len() * (3 * OF_A_BOOKING.len() + OF_A_HOLD.len()));
}
