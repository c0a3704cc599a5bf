//! Many signed-in relatives at once, written in one transaction: for tests where a crowd wants the same thing.

use domain::{
    access::{Area, Level, Person, Session},
    kernel::{Id, Instant, Public},
    visits::booking::BookingDraft,
};

use super::{INSERT_APPLICATION, INSERT_GRANTED, Inmate, Stage};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates,
    db::{Command, Tx},
    identity::{
        arrival::{INSERT_PERSON, INSERT_SESSION},
        names::sort_key,
    },
    vault::INSERT_SUBJECT_KEY,
    visits::booking::draft::{ADD_TO_PARTY, INSERT_DRAFT},
};

/// One of them, with what her browser would hold.
#[derive(Clone)]
pub struct Member {
    pub citizen: Citizen,
    pub public: Public<Person>,
    pub inmate: Public<Inmate>,
    /// The value of her session's cookie.
    pub cookie: String,
}

/// Whom the crowd visits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// All the same one; each has chosen already to come alone.
    TheSame,
    /// Each one of her own; nothing is chosen yet.
    OneEach,
}

impl Stage {
    /// `n` people, each signed in and with leave to visit.
    pub async fn crowd(&self, n: usize, whom: Whom) -> Vec<Member> {
        let now = self.ctx.now();
        let rows: Vec<Row> = (0..n).map(|at| Row::draw(self, at, whom, now)).collect();
        let members = rows.iter().map(|row| row.member.clone()).collect();
        let crowd = Crowd { ctx: self.ctx.clone(), unit: self.unit.as_str().to_owned(), whom, rows, now };
        self.ctx.db.write(crowd).await.expect("a crowd");
        members
    }
}

struct Row {
    member: Member,
    inmate: Id<Inmate>,
    ids: [Id<()>; 4],
    hash: Vec<u8>,
    key: Vec<u8>,
}

impl Row {
    fn draw(stage: &Stage, at: usize, whom: Whom, now: Instant) -> Self {
        let ctx = &stage.ctx;
        let (person, session): (Id<Person>, Id<Session>) = (ctx.chance.id(now), ctx.chance.id(now));
        let cookie = ctx.chance.token();
        let area = Area::Citizen.code();
        let (_, key) = ctx.vault.new_subject(&ctx.chance, person.as_str()).expect("a key");
        let (inmate, public) = match whom {
            Whom::TheSame => (stage.inmate.clone(), stage.inmate_public.clone()),
            Whom::OneEach => (ctx.chance.id(now), ctx.chance.public()),
        };
        let citizen = Citizen {
            session,
            person,
            name: format!("Pårørende {at}"),
            level: Level::Substantial,
            fresh_until: None,
            by: None,
        };
        Self {
            hash: ctx.vault.fingerprint("session", &format!("{area}/{cookie}")),
            member: Member { citizen, public: ctx.chance.public(), inmate: public, cookie },
            inmate,
            ids: std::array::from_fn(|_| ctx.chance.id(now)),
            key,
        }
    }
}

struct Crowd {
    ctx: Ctx,
    unit: String,
    whom: Whom,
    rows: Vec<Row>,
    now: Instant,
}

impl Command for Crowd {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for row in &self.rows {
            if self.whom == Whom::OneEach {
                self.place(tx, row).await?;
            }
            self.sign_in(tx, row).await?;
            self.grant(tx, row).await?;
            if self.whom == Whom::TheSame {
                let (draft, person): (Id<BookingDraft>, _) =
                    (self.ctx.chance.id(self.now), &row.member.citizen.person);
                let values = args![&draft, person, &row.inmate, &self.unit, self.now];
                tx.later(INSERT_DRAFT, values).await?;
                tx.later(ADD_TO_PARTY, args![&draft, person, false]).await?;
            }
        }
        Ok(())
    }
}

impl Crowd {
    async fn place(&self, tx: &mut Tx, row: &Row) -> Result<()> {
        let name = format!("Innsatt {}", row.member.citizen.name);
        let none = None::<Vec<u8>>;
        let values =
            args![&row.inmate, &row.member.inmate, &name, sort_key(&name), "1990-02-03", none.clone(), none];
        tx.later(inmates::INSERT, values).await?;
        tx.later(inmates::PLACE, args![&row.ids[0], &row.inmate, &self.unit, self.now]).await
    }

    async fn sign_in(&self, tx: &mut Tx, row: &Row) -> Result<()> {
        let (who, member) = (&row.member.citizen, &row.member);
        let values =
            args![&who.person, &member.public, &who.name, sort_key(&who.name), None::<String>, self.now];
        tx.later(INSERT_PERSON, values).await?;
        tx.later(INSERT_SUBJECT_KEY, args![&who.person, row.key.as_slice(), self.now]).await?;
        let values = args![
            &who.session,
            row.hash.as_slice(),
            Area::Citizen.code(),
            &who.person,
            None::<String>,
            "https://id.example",
            who.person.as_str(),
            None::<String>,
            who.level.code(),
            "",
            "",
            b"none".as_slice(),
            self.now,
            None::<i64>
        ];
        tx.later(INSERT_SESSION, values).await
    }

    async fn grant(&self, tx: &mut Tx, row: &Row) -> Result<()> {
        let (chance, person, today) = (&self.ctx.chance, &row.member.citizen.person, self.now.date());
        let values = args![
            &row.ids[1],
            &chance.public::<()>(),
            &row.ids[2],
            &chance.reference(),
            person,
            &row.inmate,
            &self.unit,
            b"none".as_slice(),
            self.now
        ];
        tx.later(INSERT_APPLICATION, values).await?;
        let (from, to) = (today.plus_days(-30), today.plus_days(120));
        let (id, public) = (&row.ids[3], &chance.public::<()>());
        let values = args![id, public, &row.ids[1], person, false, &row.inmate, &self.unit, "", from, to];
        tx.later(INSERT_GRANTED, values).await
    }
}
