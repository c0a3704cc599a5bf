//! Where the tests of documents play: Lyngmo with Even in it, whom Maja applies to visit; Ingrid with nothing there; officers
//! there and at another unit.

use domain::{
    access::{Area, Level, Role},
    blobs::{Blob, FileName},
    documents::{AskForm, SendForm},
    kernel::{CivilDate, EmailAddress, Locale, Phone, Public},
    visits::clearance::{Answer, Contact, Needs, Relation, Whom, draft::KnownBy},
};

use super::super::*;
use crate::{
    args,
    blobs::{self, New, Scanner, Uploader, testing::pdf},
    ctx::{Actor, Citizen, Ctx, Staff},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::{Portal, number_of},
    visits::clearance,
};

pub struct Stage {
    pub ctx: Ctx,
    pub maja: Citizen,
    pub ingrid: Citizen,
    pub officer: Staff,
    /// Of another unit.
    pub far: Staff,
    /// Of the unit, with another duty.
    pub gate: Staff,
    /// Public id of Maja's application.
    pub case: String,
}

async fn signed_in(ctx: &Ctx, area: Area, subject: &str, role: Option<Role>, units: &[&str]) -> Actor {
    let arrival = Arrival {
        area,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: (area == Area::Citizen).then(|| number_of(subject)),
        name: format!("{subject} Fjellvik"),
        birth_date: None,
        level: Level::High,
        fresh_at: None,
        roles: role.into_iter().collect(),
        units: units.iter().map(|u| (*u).to_owned()).collect(),
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    sessions::find(ctx, area, &token).await.unwrap().unwrap().actor
}

async fn applied(ctx: &Ctx, who: &Citizen) -> String {
    let born = CivilDate::parse_iso("1990-02-03").unwrap();
    let contact = Contact {
        email: EmailAddress::parse("maja@eksempel.no").unwrap(),
        phone: Phone::parse("41234567").unwrap(),
    };
    for answer in [
        Answer::Whom(Whom { name: "Even Fjellvik".into(), known_by: KnownBy::BirthDate(born) }),
        Answer::Relation(Relation::Sibling),
        Answer::Contact(contact),
        Answer::Children(vec![]),
        Answer::Needs(Needs::default()),
        Answer::Police,
    ] {
        clearance::answer(ctx, who, answer).await.unwrap();
    }
    clearance::submit(ctx, who, Locale::Nb).await.unwrap().unwrap().to_string()
}

impl Stage {
    pub async fn new(portal: &Portal) -> Self {
        let (unit, ctx) = (portal.unit("lyngmo").await, portal.ctx.clone());
        portal.unit("havn").await;
        portal.intake().await;
        portal.inmate("Even Fjellvik", "1990-02-03", &unit).await;
        let citizen = async |subject| {
            signed_in(&ctx, Area::Citizen, subject, None, &[]).await.citizen().unwrap().clone()
        };
        let staff = async |subject, role, unit| {
            signed_in(&ctx, Area::Staff, subject, Some(role), &[unit]).await.staff().unwrap().clone()
        };
        let maja = citizen("maja").await;
        Self {
            case: applied(&ctx, &maja).await,
            maja,
            ingrid: citizen("ingrid").await,
            officer: staff("officer", Role::CaseOfficer, "lyngmo").await,
            far: staff("far", Role::CaseOfficer, "havn").await,
            gate: staff("gate", Role::GateOfficer, "lyngmo").await,
            ctx: ctx.clone(),
        }
    }

    /// No two things happen at the same moment.
    pub fn tick(&self) {
        self.ctx.clock.set(domain::kernel::Instant(self.ctx.now().micros() + 1));
    }

    pub fn sender(&self, who: &Citizen) -> Uploader {
        Uploader::of(&Actor::Citizen(who.clone())).unwrap()
    }

    fn new_file(draft: &Public<DraftRow>, name: &str) -> New {
        New {
            kind: "document".into(),
            draft: Some(draft.to_string()),
            name: FileName::clean(name),
            declared: "application/pdf".into(),
            length: None,
        }
    }

    /// A file of hers for this draft, whole.
    pub async fn file(&self, who: &Citizen, draft: &Public<DraftRow>, bytes: &[u8]) -> Public<Blob> {
        let new = New { length: Some(bytes.len() as u64), ..Self::new_file(draft, "Bekreftelse.pdf") };
        let upload = blobs::whole(&self.ctx, &self.sender(who), new, bytes).await.unwrap();
        upload.public().unwrap()
    }

    /// Begun, and half of it there.
    pub async fn half(&self, who: &Citizen, draft: &Public<DraftRow>) -> Public<Blob> {
        let new = New { length: Some(900), ..Self::new_file(draft, "halv.pdf") };
        blobs::begin(&self.ctx, &self.sender(who), new).await.unwrap().unwrap().public().unwrap()
    }

    pub async fn scan(&self) {
        while blobs::check_due(&self.ctx, &Scanner::Demo).await.unwrap() > 0 {}
    }

    /// A draft of this kind, addressed and with one file: it, its version and the file.
    pub async fn ready(
        &self,
        who: &Citizen,
        kind: &str,
        unit: &str,
    ) -> (Public<DraftRow>, i64, Public<Blob>) {
        let draft = start(&self.ctx, who, kind, "").await.unwrap().unwrap();
        let typed = SendForm { unit: unit.into(), ..SendForm::default() };
        let version = keep(&self.ctx, who, &draft, &typed, 1).await.unwrap().unwrap();
        let file = self.file(who, &draft, &pdf(900)).await;
        (draft, version, file)
    }

    pub async fn sent(&self, who: &Citizen) -> Public<DocumentRow> {
        let (draft, version, file) = self.ready(who, "work_school", "lyngmo").await;
        hand_in(&self.ctx, who, &draft, version, &[file]).await.unwrap().unwrap()
    }

    pub fn form(&self, kind: &str, due: &str, reason: &str) -> AskForm {
        let [year, month, day] = due.split('-').collect::<Vec<_>>().try_into().unwrap();
        let key: FormKey = self.ctx.chance.public();
        AskForm {
            key: key.to_string(),
            version: String::new(),
            kind: kind.into(),
            due_day: day.into(),
            due_month: month.into(),
            due_year: year.into(),
            reason: reason.into(),
        }
    }

    /// Maja is asked for a confirmation in her application.
    pub async fn asked(&self) -> Public<RequestRow> {
        let form = self.form("work_school", "2026-09-15", "Vi må vite når du jobber.");
        ask(&self.ctx, &self.officer, &self.case, &form).await.unwrap().unwrap()
    }

    /// What she is asked for is handed in.
    pub async fn answered(&self, request: &Public<RequestRow>) -> Public<DocumentRow> {
        let draft = start_for(&self.ctx, &self.maja, request).await.unwrap().unwrap();
        let file = self.file(&self.maja, &draft, &pdf(900)).await;
        hand_in(&self.ctx, &self.maja, &draft, 1, &[file]).await.unwrap().unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, args![]).await.unwrap().0
    }

    pub async fn state_of(&self, asked: &Public<RequestRow>) -> &'static str {
        request(&self.ctx, &self.maja, asked).await.unwrap().unwrap().state.code()
    }
}
