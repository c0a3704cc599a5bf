//! A time that is of no family. A private room for a lawyer and her client ([L] § 31: nobody listens). Her mandate entitles her, so no clearance is asked
//! for; it is outside the week's visits, and no ban or control of a court is in its way ([SP] § 186). What is in its way is what
//! nobody can change: the room, the clock, and that one of the two is elsewhere. Whoever comes for an organisation books its rooms by the
//! same rules; in her way is a ban that the court has made for her too.

use std::collections::BTreeMap;

use super::{
    HeldFor, Restriction, SessionKind, Way,
    apart::ApartVisit,
    engaged::{Engaged, is_engaged},
    facts::{Blocked, Session, Visit},
    hindrance::{Refusal, closed_by, overlap_with},
    rules::{UnitRules, in_force},
};
use crate::kernel::{CivilDate, Instant};

/// What decides about a room, loaded for one inmate and one lawyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounselFacts {
    pub rules: Vec<UnitRules>,
    pub blocked: Vec<Blocked>,
    /// His visits, and hers.
    pub visits: Vec<Visit>,
    /// When he is elsewhere.
    pub engaged: Vec<Engaged>,
    /// What a court has ordered, if it is about whoever asks: of a lawyer nothing is.
    pub orders: Vec<Restriction>,
    /// Visits of those from whom he or whoever asks is kept apart, as far as that is in her way: never in a lawyer's.
    pub apart: Vec<ApartVisit>,
    /// HeldFor times are asked for.
    pub held_for: HeldFor,
    /// He is in the unit today.
    pub present: bool,
    /// From when he will not be, by what has been decided.
    pub leaves_at: Option<Instant>,
    /// The last day of what entitles her: a mandate, or all that makes her come for an organisation.
    pub mandate_to: CivilDate,
    /// How long before it begins a room is booked at the latest.
    pub notice_minutes: i64,
}

impl CounselFacts {
    /// A court has ordered that somebody listens, and whoever asks is not left out of it.
    pub fn is_controlled_on(&self, date: CivilDate) -> bool {
        self.orders.iter().any(|order| order.controls_on(date))
    }

    /// The last day that can be booked by one who asks today: the unit's rule. None without a rule.
    pub fn last_day(&self, today: CivilDate) -> Option<CivilDate> {
        in_force(&self.rules, today).map(|rules| rules.window(today).1)
    }
}

/// All that stands in the way of this room.
pub fn counsel_hindrances(session: &Session, facts: &CounselFacts, now: Instant) -> Vec<Refusal> {
    let mut found = Vec::new();
    if session.starts_at <= now {
        found.push(Refusal::Started);
    } else if !in_window(session, facts, now) {
        found.push(Refusal::Window);
    }
    if session.kind != SessionKind::Lawyer || session.held_for != facts.held_for {
        found.push(Refusal::WrongKind);
    }
    if session.free() < 1 {
        found.push(Refusal::SessionGone);
    }
    found.extend(closed_by(session, &facts.blocked).map(Refusal::Closed));
    let gone = facts.leaves_at.is_some_and(|leaves| leaves <= session.starts_at);
    let banned = facts.orders.iter().any(|order| order.bans_on(session.date));
    if !facts.present || gone || banned {
        found.push(Refusal::Restricted);
    }
    // On a screen or by telephone two visitors do not meet.
    let meets = |visit: &ApartVisit| visit.touches(session) && (!visit.visitors || session.way == Way::Room);
    let elsewhere = is_engaged(session, &facts.engaged) || facts.apart.iter().any(meets);
    let engaged = elsewhere && !found.contains(&Refusal::SessionGone);
    found.extend(engaged.then_some(Refusal::SessionGone));
    let overlap = overlap_with(session, &facts.visits).filter(|refusal| !found.contains(refusal));
    found.extend(overlap);
    found
}

fn in_window(session: &Session, facts: &CounselFacts, now: Instant) -> bool {
    let last = facts.last_day(now.date());
    now.plus_minutes(facts.notice_minutes) <= session.starts_at
        && last.is_some_and(|last| session.date <= last)
        && session.date <= facts.mandate_to
        && in_force(&facts.rules, session.date).is_some()
}

/// The rooms that are really free for the two, day by day; days without any are left out.
pub fn free_rooms(
    facts: &CounselFacts,
    sessions: Vec<Session>,
    now: Instant,
) -> Vec<(CivilDate, Vec<Session>)> {
    let mut by_day: BTreeMap<CivilDate, Vec<Session>> = BTreeMap::new();
    for session in sessions {
        if counsel_hindrances(&session, facts, now).is_empty() {
            by_day.entry(session.date).or_default().push(session);
        }
    }
    for rooms in by_day.values_mut() {
        rooms.sort_by_key(|room| (room.starts_at, room.room.clone()));
    }
    by_day.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kernel::{Clock, Id, Public},
        visits::booking::{Approval, Closed, HeldFor},
    };

    /// 1 September 2026, 12.00 in Oslo.
    const NOON: Instant = Instant(1_788_256_800_000_000);

    fn room(n: i64, start: u16) -> Session {
        let date = NOON.date().plus_days(n);
        let starts_at = Instant::of_wall(date, Clock(start));
        Session {
            time: Id::new("time"),
            id: Id::new(format!("{n}/{start}")),
            public: Public::from_bits(1),
            kind: SessionKind::Lawyer,
            date,
            start: Clock(start),
            end: Clock(start + 60),
            starts_at,
            ends_at: starts_at.plus_minutes(60),
            room: "Advokatrom".into(),
            capacity: 2,
            taken: 0,
            on_holidays: false,
            way: Way::Room,
            held_for: HeldFor::Counsel,
        }
    }

    fn facts() -> CounselFacts {
        let rules = UnitRules {
            valid_from: NOON.date().plus_days(-100),
            valid_to: None,
            first_day: 2,
            last_day: 28,
            per_week: 1,
            per_month: 0,
            people: 3,
            arrive_before: 15,
            latest_arrival: 30,
            join_hours: 48,
            approval: Approval::Never,
            source: String::new(),
        };
        CounselFacts {
            rules: vec![rules],
            blocked: vec![],
            visits: vec![],
            engaged: vec![],
            orders: vec![],
            apart: vec![],
            held_for: HeldFor::Counsel,
            present: true,
            leaves_at: None,
            mandate_to: NOON.date().plus_days(90),
            notice_minutes: 120,
        }
    }

    fn visit(session: &Session, ours: bool, same_inmate: bool) -> Visit {
        let (date, starts_at, ends_at) = (session.date, session.starts_at, session.ends_at);
        Visit { id: Id::new("v"), ours, same_inmate, kind: SessionKind::Open, date, starts_at, ends_at }
    }

    #[test]
    fn what_stands_in_the_way_of_a_room() {
        let tomorrow = room(1, 540);
        let of = |visit| CounselFacts { visits: vec![visit], ..facts() };
        let leaves = |at| CounselFacts { leaves_at: Some(at), ..facts() };
        let apart = |visitors| {
            let at = tomorrow.starts_at;
            let (starts_at, ends_at) = (at.plus_minutes(70), at.plus_minutes(130));
            CounselFacts { apart: vec![ApartVisit { starts_at, ends_at, minutes: 15, visitors }], ..facts() }
        };
        let ordered = |from, to| {
            let day = |n| NOON.date().plus_days(n);
            CounselFacts { orders: vec![Restriction::Ban { from: day(from), to: day(to) }], ..facts() }
        };
        let elsewhere =
            |from| CounselFacts { engaged: vec![Engaged { from, until: None, minutes: 30 }], ..facts() };
        let blocked = Blocked { date: tomorrow.date, reason: "kurs".into() };
        let at = tomorrow.starts_at;
        let table = [
            ("tomorrow, before family may book", tomorrow.clone(), facts(), vec![]),
            ("today in three hours", room(0, 900), facts(), vec![]),
            ("today in one hour", room(0, 780), facts(), vec![Refusal::Window]),
            ("begun", room(0, 720), facts(), vec![Refusal::Started]),
            ("the last day", room(28, 540), facts(), vec![]),
            ("the day after", room(29, 540), facts(), vec![Refusal::Window]),
            (
                "after her mandate",
                room(2, 540),
                CounselFacts { mandate_to: NOON.date().plus_days(1), ..facts() },
                vec![Refusal::Window],
            ),
            ("no rule", room(1, 540), CounselFacts { rules: vec![], ..facts() }, vec![Refusal::Window]),
            (
                "a family's room",
                Session { kind: SessionKind::Open, ..room(1, 540) },
                facts(),
                vec![Refusal::WrongKind],
            ),
            (
                "a room that somebody listens in",
                Session { kind: SessionKind::Observed, ..room(1, 540) },
                facts(),
                vec![Refusal::WrongKind],
            ),
            (
                "an organisation's room",
                Session { held_for: HeldFor::Organisation, ..room(1, 540) },
                facts(),
                vec![Refusal::WrongKind],
            ),
            (
                "its own",
                Session { held_for: HeldFor::Organisation, ..room(1, 540) },
                CounselFacts { held_for: HeldFor::Organisation, ..facts() },
                vec![],
            ),
            ("banned for her too", tomorrow.clone(), ordered(0, 1), vec![Refusal::Restricted]),
            (
                "whom he must not meet is there: it looks full",
                tomorrow.clone(),
                apart(false),
                vec![Refusal::SessionGone],
            ),
            ("whom she must not meet is there", tomorrow.clone(), apart(true), vec![Refusal::SessionGone]),
            (
                "on a screen she meets nobody",
                Session { way: Way::Video, ..tomorrow.clone() },
                apart(true),
                vec![],
            ),
            ("banned until the day before", tomorrow.clone(), ordered(-9, 0), vec![]),
            ("full", Session { taken: 2, ..room(1, 540) }, facts(), vec![Refusal::SessionGone]),
            (
                "closed",
                tomorrow.clone(),
                CounselFacts { blocked: vec![blocked], ..facts() },
                vec![Refusal::Closed(Closed::Blocked("kurs".into()))],
            ),
            (
                "he has moved",
                tomorrow.clone(),
                CounselFacts { present: false, ..facts() },
                vec![Refusal::Restricted],
            ),
            ("he leaves before", tomorrow.clone(), leaves(at), vec![Refusal::Restricted]),
            ("he leaves after", tomorrow.clone(), leaves(at.plus_minutes(1)), vec![]),
            (
                "his family is there: it looks full",
                tomorrow.clone(),
                of(visit(&tomorrow, false, true)),
                vec![Refusal::SessionGone],
            ),
            (
                "she is with another client",
                tomorrow.clone(),
                of(visit(&tomorrow, true, false)),
                vec![Refusal::Overlap { at }],
            ),
            (
                "he is elsewhere: it looks full",
                tomorrow.clone(),
                elsewhere(at.plus_minutes(89)),
                vec![Refusal::SessionGone],
            ),
            ("he is elsewhere later", tomorrow.clone(), elsewhere(at.plus_minutes(90)), vec![]),
            (
                "he is elsewhere and it is full",
                Session { taken: 2, ..room(1, 540) },
                elsewhere(at),
                vec![Refusal::SessionGone],
            ),
            ("his family came earlier", tomorrow.clone(), of(visit(&room(1, 480), false, true)), vec![]),
        ];
        for (what, session, facts, expected) in table {
            assert_eq!(counsel_hindrances(&session, &facts, NOON), expected, "{what}");
        }
    }

    #[test]
    fn free_rooms_stand_in_the_order_of_the_clock_and_days_without_any_are_left_out() {
        let full = Session { taken: 2, ..room(2, 540) };
        let all = vec![room(3, 630), room(1, 540), full, room(3, 540)];
        let free = free_rooms(&facts(), all, NOON);
        let starts = |rooms: &[Session]| rooms.iter().map(|r| r.start.0).collect::<Vec<_>>();
        let shown: Vec<_> =
            free.iter().map(|(day, rooms)| (day.days_since(NOON.date()), starts(rooms))).collect();
        assert_eq!(shown, [(1, vec![540]), (3, vec![540, 630])]);
    }
}
