//! Rows of every slice as its commands would have left them, at two units and the intake; and staff who have signed in.

use domain::{
    access::{Area, Level, Role},
    kernel::{Instant, Public},
    work::{Choice, Cursor},
};

use super::super::{Item, WorkMark, act, list, waiting};
use crate::{
    Result, args,
    ctx::{Ctx, Staff},
    db::{Command, Tx, Value},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::Portal,
};

pub const HOUR: i64 = 3_600_000_000;
pub const DAY: i64 = 24 * HOUR;

/// Of every source one.
pub const ALL: [&str; 23] = [
    "application",
    "carried",
    "recheck",
    "ring",
    "settle",
    "visit_request",
    "visit_bring",
    "visit_urgent",
    "organisation_task",
    "unreached",
    "hand_in",
    "proposal",
    "thread",
    "letter",
    "report",
    "document",
    "request",
    "appeal",
    "home",
    "worry",
    "correction",
    "appointed",
    "alert",
];

pub struct Stage {
    pub ctx: Ctx,
    pub inmate: String,
}

struct Say {
    sql: &'static str,
    values: Vec<Value>,
}

impl Command for Say {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(self.sql, self.values.clone()).await
    }
}

/// The source that a seed is of, and how long before its due its clock began.
pub fn seed(name: &str) -> (&'static str, i64) {
    match name {
        "application" | "unmatched" => ("application", 28 * DAY),
        "carried" => ("carried", 14 * DAY),
        "recheck" => ("recheck", 0),
        "ring" => ("ring", HOUR),
        "settle" => ("settle", -DAY),
        "visit_request" => ("visit_request", 48 * HOUR),
        "visit_bring" => ("bring", 49 * HOUR),
        "visit_urgent" => ("urgent", 50 * HOUR),
        "organisation_task" => ("organisation", 5 * DAY),
        "unreached" => ("unreached", 48 * HOUR),
        "hand_in" => ("hand_in", 49 * HOUR),
        "proposal" => ("proposal", 7 * DAY),
        "thread" => ("thread", 0),
        "letter" => ("letter", 0),
        "report" => ("report", 3 * DAY),
        "document" => ("document", 5 * DAY),
        "request" => ("request", 0),
        "appeal" | "appeal_letter" | "appeal_above" => ("appeal", 0),
        "home" => ("home", 0),
        "worry" => ("worry", 0),
        "correction" => ("correction", 0),
        "appointed" => ("appointed", 0),
        "alert" => ("alert", 7 * DAY),
        other => panic!("no seed {other}"),
    }
}

impl Stage {
    pub async fn new(portal: &Portal) -> Self {
        let lyngmo = portal.unit("lyngmo").await;
        portal.unit("havn").await;
        portal.intake().await;
        let inmate = portal.inmate("Even Fjellvik", "1990-02-03", &lyngmo).await;
        let s = Self { ctx: portal.ctx.clone(), inmate: inmate.as_str().to_owned() };
        let now = s.ctx.now();
        let person = s.ctx.chance.public::<Stage>();
        s.say(PERSON, args!["person", &person, "Maja Fjellvik", now]).await;
        s.say(STAFF, args!["asker", &s.ctx.chance.public::<Stage>(), "Sigrun Elvestad", now]).await;
        s.say(TEMPLATE, args![]).await;
        s.say(SESSION, args![]).await;
        let exchange = s.ctx.chance.public::<Stage>();
        s.say(EXCHANGE, args!["exchange", &exchange, "person", &s.inmate, now]).await;
        s
    }

    pub async fn say(&self, sql: &'static str, values: Vec<Value>) {
        self.ctx.db.write(Say { sql, values }).await.unwrap();
    }

    async fn unit(&self, slug: &str) -> String {
        self.ctx.db.one::<(String,)>("SELECT id FROM unit WHERE slug = $1", args![slug]).await.unwrap().0
    }

    /// What this seed is due at, from now; `more` is what an appeal says of itself.
    pub async fn add(
        &self,
        name: &str,
        unit: &str,
        reference: &str,
        due: i64,
        more: &[&str],
    ) -> Public<WorkMark> {
        let (public, now): (Public<WorkMark>, Instant) = (self.ctx.chance.public(), self.ctx.now());
        let (id, unit) = (format!("{name}-{reference}"), self.unit(unit).await);
        let due = Instant(now.micros() + due);
        let began = Instant(due.micros() - seed(name).1);
        let blob = || vec![0_u8];
        let (sql, values) = match name {
            "application" => (
                APPLICATION,
                args![
                    &id,
                    &public,
                    reference,
                    "person",
                    &self.inmate,
                    &unit,
                    blob(),
                    "awaiting_decision",
                    began
                ],
            ),
            "carried" => {
                let values =
                    args![&id, &public, reference, "person", &self.inmate, &unit, blob(), "decided", began];
                self.say(APPLICATION, values).await;
                (
                    "UPDATE application SET carried_at = state_at, carried_from = unit_id WHERE id = $1",
                    args![&id],
                )
            }
            "recheck" => {
                let values =
                    args![&id, &public, reference, "person", &self.inmate, &unit, blob(), "decided", now];
                self.say(APPLICATION, values).await;
                let held = self.ctx.chance.public::<Stage>();
                self.say(HELD, args![&id, &held, "person", &self.inmate, &unit]).await;
                let strictest = "UPDATE unit SET level = 'special_high' WHERE id = $1";
                self.say(strictest, args![&unit]).await;
                let on = now.date();
                (
                    "UPDATE application SET recheck_on = $1, recheck_due = $2 WHERE id = $3",
                    args![on, due, &id],
                )
            }
            "ring" => {
                (BOOKING, args![&id, &public, reference, "person", &self.inmate, &unit, now.date(), began])
            }
            "settle" => {
                let values =
                    args![&id, &public, reference, "person", &self.inmate, &unit, began.date(), began, now];
                (DOUBTED, values)
            }
            "visit_request" => {
                let hold = self.ctx.chance.public::<Stage>();
                let (on, asker) = (due.date(), self.ctx.chance.public::<Stage>());
                // Nobody has two that are open with him.
                self.say(PERSON, args![&id, &asker, "Maja Fjellvik", now]).await;
                (ASKED, args![&id, &public, reference, &hold, &id, &self.inmate, &unit, on, began, due])
            }
            "visit_bring" => {
                let visit = self.ctx.chance.public::<Stage>();
                let values =
                    args![&id, &visit, reference, "person", &self.inmate, &unit, due.date(), due, began];
                self.say(ROOM, values).await;
                (BROUGHT, args![&id, &public, &unit, began, due])
            }
            "visit_urgent" => {
                let lawyer = self.ctx.chance.public::<Stage>();
                // Nobody has two that are open with him.
                self.say(PERSON, args![&id, &lawyer, "Maja Fjellvik", now]).await;
                (URGENT, args![&id, &public, &id, &self.inmate, &unit, began, due])
            }
            "organisation_task" => {
                let (asks, its) = (self.ctx.chance.public::<Stage>(), self.ctx.chance.public::<Stage>());
                self.say(PERSON, args![&id, &asks, "Maja Fjellvik", now]).await;
                self.say(ORGANISATION, args![&id, &its, began]).await;
                (ORGANISATION_TASK, args![&id, &public, &id, &unit, began, due])
            }
            "unreached" => {
                let (tells, whom) = (self.ctx.chance.public::<Stage>(), &id);
                // Nobody is there twice.
                self.say(PERSON, args![whom, &tells, "Maja Fjellvik", now]).await;
                (UNREACHED, args![&id, &public, &id, &unit, began, due])
            }
            "hand_in" => (HANDED, args![&id, &public, reference, &unit, blob(), began, due]),
            "proposal" => (PROPOSAL, args![&id, &public, &unit, "asker", began, due]),
            "unmatched" => (
                APPLICATION,
                args![&id, &public, reference, "person", None::<String>, &unit, blob(), "received", began],
            ),
            "thread" => (THREAD, args![&id, &public, reference, "person", &unit, now, due]),
            "letter" => (LETTER, args![&id, &public, "exchange", &unit, blob(), now, due]),
            "report" => (REPORT, args![&id, &public, "exchange", &unit, blob(), began]),
            "document" => (DOCUMENT, args![&id, &public, reference, "person", &unit, blob(), began]),
            "request" => {
                let day = due.date();
                (
                    REQUEST,
                    args![
                        &id,
                        &public,
                        reference,
                        "person",
                        &unit,
                        blob(),
                        day,
                        Instant::last_minute(day),
                        "asker",
                        now
                    ],
                )
            }
            "home" => {
                let day = due.date();
                (
                    HOME,
                    args![
                        &id,
                        &public,
                        reference,
                        &unit,
                        blob(),
                        day,
                        Instant::last_minute(day),
                        "asker",
                        now
                    ],
                )
            }
            "worry" => (WORRY, args![&id, &public, &unit, blob(), now, due]),
            "correction" => (CORRECTION, args![&id, &public, reference, "person", &unit, blob(), now, due]),
            "appointed" => (APPOINTED, args![&id, &public, reference, "person", &unit, blob(), now, due]),
            "alert" => (ALERT, args![&id, &public, "asker", &unit, began.date(), began]),
            _ => return self.appeal(name, (&id, &unit, reference), due, more).await,
        };
        self.say(sql, values).await;
        public
    }

    async fn appeal(
        &self,
        name: &str,
        (id, unit, reference): (&str, &str, &str),
        due: Instant,
        more: &[&str],
    ) -> Public<WorkMark> {
        let (public, now): (Public<WorkMark>, Instant) = (self.ctx.chance.public(), self.ctx.now());
        let subject = if name == "appeal_letter" { "letter" } else { "clearance" };
        let decision = self.ctx.chance.public::<Stage>();
        self.say(DECISION, args![id, &decision, subject, unit, now, "asker"]).await;
        let state = if name == "appeal_above" { "forwarded" } else { "sent" };
        let prepared = (name == "appeal_above").then(|| "asker".to_owned());
        let waits = more.first().copied().unwrap_or("not_asked");
        let values =
            args![id, &public, reference, "person", unit, vec![0_u8], now, waits, state, due, prepared];
        self.say(APPEAL, values).await;
        public
    }

    pub async fn one_of_each(&self, unit: &str) {
        let table = [
            ("request", -50 * HOUR),
            ("thread", HOUR),
            ("document", 2 * HOUR),
            ("letter", 3 * HOUR),
            ("worry", HOUR),
            ("report", 5 * HOUR),
            ("appeal", 30 * HOUR),
            ("appeal_letter", 31 * HOUR),
            ("appeal_above", 32 * HOUR),
            ("home", 3 * DAY),
            ("correction", 8 * DAY),
            ("appointed", 20 * HOUR),
            ("alert", 6 * DAY),
            ("application", 9 * DAY),
            ("carried", 10 * DAY),
            ("ring", HOUR / 2),
            ("recheck", 12 * DAY),
            ("settle", 5 * DAY),
            ("proposal", 2 * DAY),
            ("visit_request", 21 * HOUR),
            ("visit_bring", 22 * HOUR),
            ("visit_urgent", 23 * HOUR),
            ("organisation_task", 4 * DAY),
            ("unreached", 24 * HOUR),
            ("hand_in", 25 * HOUR),
        ];
        for (name, due) in table {
            self.add(name, unit, &format!("{unit}-{name}"), due, &[]).await;
        }
        let matched = self.add("application", unit, &format!("{unit}-waits"), DAY, &[]).await;
        self.say("UPDATE application SET state = 'awaiting_police' WHERE public_id = $1", args![&matched])
            .await;
    }

    /// Somebody of the staff as her sign-in makes her.
    pub async fn staff(&self, subject: &str, role: Role, units: &[&str]) -> Staff {
        let arrival = Arrival {
            area: Area::Staff,
            issuer: "https://id.example".into(),
            subject: subject.into(),
            sid: None,
            number: None,
            name: format!("{subject} Fjellvik"),
            birth_date: None,
            level: Level::High,
            fresh_at: None,
            roles: vec![role],
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            id_token: "hint".into(),
            previous: None,
        };
        let token = welcome(&self.ctx, arrival).await.unwrap();
        let live = sessions::find(&self.ctx, Area::Staff, &token).await.unwrap().unwrap();
        live.actor.staff().unwrap().clone()
    }

    pub async fn list(&self, staff: &Staff, choice: &Choice) -> Vec<Item> {
        let waits = waiting(&self.ctx, staff).await.unwrap();
        list(&self.ctx, staff, &waits, choice, Cursor::start()).await.unwrap().items
    }

    /// The conversation with this reference.
    pub async fn takes(&self, staff: &Staff, reference: &str) {
        let public =
            self.public("SELECT public_id FROM message_thread WHERE reference = $1", reference).await;
        act::take(&self.ctx, staff, "thread", &public).await.unwrap().unwrap();
    }

    pub async fn public(&self, sql: &'static str, reference: &str) -> Public<WorkMark> {
        let (public,): (String,) = self.ctx.db.one(sql, args![reference]).await.unwrap();
        Public::parse(&public).unwrap()
    }

    pub async fn traces(&self, action: &str) -> i64 {
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = $1";
        self.ctx.db.one::<(i64,)>(sql, args![action]).await.unwrap().0
    }
}

const PERSON: &str =
    "INSERT INTO person (id, public_id, name, sort_name, created_at) VALUES ($1, $2, $3, $3, $4)";
const STAFF: &str = "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ($1, $2, $3, $4)";
const ASKED: &str = "INSERT INTO visit_request (id, public_id, reference, hold_public_id, person_id, inmate_id, unit_id, session_id, \
    kind, date, starts_at, ends_at, why, asked_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 's', 'open', $8, $10, $10, \
    'always', $9, $10)";
const EXCHANGE: &str =
    "INSERT INTO exchange (id, public_id, person_id, inmate_id, opened_at) VALUES ($1, $2, $3, $4, $5)";
const APPLICATION: &str = "INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, unit_id, \
    typed_name, typed_sort, relation, needs, locale, state, state_at, close_on, submitted_at) \
    VALUES ($1, $2, $1, $3, $4, $5, $6, 'Odd', 'odd', 'sibling', $7, 'nb', $8, $9, '2027-01-01', $9)";
const HELD: &str = "INSERT INTO clearance (id, public_id, application_id, person_id, child, inmate_id, unit_id, outcome, \
    valid_from, valid_to) VALUES ($1, $2, $1, $3, 0, $4, $5, 'granted', '2026-01-01', '2099-01-01')";
const TEMPLATE: &str = "INSERT INTO visit_template (id, public_id, unit_id, kind, weekday, start_minute, minutes, room, capacity, \
    valid_from) SELECT 't', 't', id, 'open', 1, 600, 60, 'A', 1, '2026-01-01' FROM unit WHERE slug = 'lyngmo'";
const SESSION: &str = "INSERT INTO visit_session (id, public_id, template_id, unit_id, kind, zone, date, start_minute, end_minute, \
    starts_at, ends_at, room, on_holidays, capacity) \
    SELECT 's', 's', 't', unit_id, 'open', 'Europe/Oslo', '2026-09-08', 600, 660, 1, 2, 'A', 0, 1 FROM visit_template";
const DOUBTED: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at, doubts, doubts_at) \
    VALUES ($1, $2, $3, $1, $1, $4, $5, $6, 's', 'open', $7, $8, $8, $9, 'not_here', $9)";
const ROOM: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at) VALUES ($1, $2, $3, $1, $1, $4, $5, $6, 's', 'lawyer', $7, $8, $8, $9)";
const BROUGHT: &str = "INSERT INTO visit_bring (id, public_id, booking_id, unit_id, what, detail, asked_at, due_at) \
    VALUES ($1, $2, $1, $3, 'computer', 'PC', $4, $5)";
const URGENT: &str = "INSERT INTO urgent_room (id, public_id, person_id, inmate_id, unit_id, reason, asked_at, due_at) \
    VALUES ($1, $2, $3, $4, $5, 'custody', $6, $7)";
const ORGANISATION: &str = "INSERT INTO organisation (id, public_id, number, name, sort_name, kind, authority, registered_at, \
    registered_by) SELECT $1, $2, $1, 'Tilsynet', 'tilsynet', 'authority', 1, $3, MIN(id) FROM staff_member";
const ORGANISATION_TASK: &str = "INSERT INTO organisation_task (id, public_id, organisation_id, unit_id, asked_by, body, asked_at, \
    due_at, state) VALUES ($1, $2, $3, $4, $3, '', $5, $6, 'asked')";
const UNREACHED: &str = "INSERT INTO unreached (id, public_id, person_id, unit_id, kinds, since, due_at) \
    VALUES ($1, $2, $3, $4, 'visits.clearance', $5, $6)";
const HANDED: &str = "INSERT INTO hand_in (id, public_id, reference, unit_id, body, reached, reached_hash, locale, handed_at, \
    state_at, due_at) VALUES ($1, $2, $3, $4, $5, $5, $5, 'nb', $6, $6, $7)";
const PROPOSAL: &str = "INSERT INTO plan_proposal (id, public_id, unit_id, kind, typed, shown, proposed_by, proposed_at, lapses_at) \
    VALUES ($1, $2, $3, 'close', '{}', '', $4, $5, $6)";
const BOOKING: &str = "INSERT INTO booking (id, public_id, reference, draft_id, hold_public_id, person_id, inmate_id, unit_id, \
    session_id, kind, date, starts_at, ends_at, booked_at, state, cancelled_at, cancelled_by, cancel_reason) \
    VALUES ($1, $2, $3, $1, $1, $4, $5, $6, 's', 'open', $7, $8, $8, $8, 'cancelled', $8, 'unit', 'staffing')";
const THREAD: &str = "INSERT INTO message_thread (id, public_id, reference, person_id, unit_id, topic, state, state_at, \
    due_at, opened_at, last_at) VALUES ($1, $2, $3, $4, $5, 'other', 'waiting', $6, $7, $6, $6)";
const LETTER: &str = "INSERT INTO letter (id, public_id, sheet, exchange_id, unit_id, from_relative, author, form_key, \
    digest, body, state, state_at, due_at, means, written_at) \
    VALUES ($1, $2, $1, $3, $4, 1, $1, $1, $5, $5, 'in_control', $6, $7, 'screen', $6)";
const REPORT: &str = "INSERT INTO exchange_report (id, public_id, exchange_id, unit_id, from_relative, form_key, digest, \
    body, made_at) VALUES ($1, $2, $3, $4, 1, $1, $5, $5, $6)";
const DOCUMENT: &str = "INSERT INTO document (id, public_id, reference, person_id, unit_id, kind, kind_from, blob_kind, \
    draft, receipt, handed_at, state, state_at) \
    VALUES ($1, $2, $3, $4, $5, 'letter', '2020-01-01', 'document', $1, $6, $7, 'received', $7)";
const REQUEST: &str = "INSERT INTO document_request (id, public_id, reference, person_id, unit_id, kind, kind_from, \
    form_key, reason, due_on, due_at, asked_by, asked_at, state, state_at) \
    VALUES ($1, $2, $3, $4, $5, 'letter', '2020-01-01', $1, $6, $7, $8, $9, $10, 'open', $10)";
const HOME: &str = "INSERT INTO consent_case (id, public_id, reference, unit_id, form_key, name, about, answer_by, due_at, \
    told_first, told_every, opened_by, opened_at, dwelling_at) \
    VALUES ($1, $2, $3, $4, $1, $5, $5, $6, $7, $6, 14, $8, $9, $9)";
const WORRY: &str = "INSERT INTO worry (id, public_id, unit_id, form_key, digest, told, made_at, due_at) \
    VALUES ($1, $2, $3, $1, $4, $4, $5, $6)";
const CORRECTION: &str = "INSERT INTO correction (id, public_id, reference, person_id, unit_id, sent_unit_id, form_key, digest, \
    wish, about, body, sent_at, state, state_at, due_at) \
    VALUES ($1, $2, $3, $4, $5, $5, $1, $6, 'erase', 'other', $6, $7, 'sent', $7, $8)";
const APPOINTED: &str = "INSERT INTO appointed (id, public_id, reference, person_id, unit_id, form_key, digest, body, sent_at, \
    state, state_at, due_at) VALUES ($1, $2, $3, $4, $5, $1, $6, $6, $7, 'to_check', $7, $8)";
const ALERT: &str = "INSERT INTO trail_alert (id, public_id, kind, staff_id, unit_id, day, cases, usual, subject_id, made_at) \
    VALUES ($1, $2, 'volume', $3, $4, $5, 90, 3, $1, $6)";
const DECISION: &str = "INSERT INTO decision (id, public_id, subject_kind, subject_id, unit_id, level, outcome, legal_basis, \
    rule_version, text_locale, appeal_days, made_at, made_by, available_at) \
    VALUES ($1, $2, $3, $1, $4, 'local', 'refused', 'x', 'x', 'nb', 7, $5, $6, $5)";
const APPEAL: &str = "INSERT INTO appeal (id, public_id, reference, decision_id, person_id, unit_id, form_key, digest, body, \
    sent_at, late, waits, state, state_at, due_at, prepared_by) \
    VALUES ($1, $2, $3, $1, $4, $5, $1, $6, $6, $7, 0, $8, $9, $7, $10, $11)";
