//! The draft of a booking: who comes, to whom. One a person; it survives a reload, another device, an ended session.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{BookingDraft, Facts, Hold, Refusal, Review, Session, party_refusals},
};

use super::{
    Inmate,
    change::ChangingView,
    facts::{DraftRow, From, SESSION_BY_ID, SessionRow},
    hold::{HoldRow, release},
    party::{self, Bookable},
    request::OPEN_OF,
    whole::Whole,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::{Command, Tx},
    visits::sessions::rows::date,
};

/// A draft as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftView {
    pub inmate: Public<Inmate>,
    pub inmate_name: String,
    pub unit_name: String,
    pub unit_slug: String,
    pub unit_phone: String,
    /// The one who books first, children last.
    pub people: Vec<PartyMember>,
    pub hold: Option<HoldView>,
    pub changes: Option<ChangingView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyMember {
    pub public: Public<Person>,
    pub name: String,
    pub born: Option<CivilDate>,
    pub child: bool,
    pub own: bool,
    pub id: Id<Person>,
}

/// What is held, also when its time has run out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldView {
    pub hold: Hold,
    pub session: Session,
}

/// Her draft, if there is one.
pub async fn draft(ctx: &Ctx, who: &Citizen) -> Result<Option<DraftView>> {
    let (mut from, now) = (From::Db(&ctx.db), ctx.now());
    let Some(whole) = Whole::of(&mut from, who, now).await? else { return Ok(None) };
    let row = whole.row();
    let people: Vec<(String, String, String, Option<String>, i64)> = from.all(PEOPLE, args![&row.id]).await?;
    let people = people.into_iter().map(|p| member(p, &who.person)).collect::<Result<Vec<_>>>()?;
    let hold = held(&mut from, &whole, &row, now).await?;
    Ok(Some(DraftView { hold, ..whole.view(people, now)? }))
}

pub(super) fn member(
    (id, public, name, born, child): (String, String, String, Option<String>, i64),
    who: &Id<Person>,
) -> Result<PartyMember> {
    Ok(PartyMember {
        public: Public::parse(&public).ok_or(Error::Broken("public id"))?,
        name,
        born: born.as_deref().map(date).transpose()?,
        child: child == 1,
        own: id == who.as_str(),
        id: Id::new(id),
    })
}

pub(super) async fn held(
    from: &mut From<'_>,
    whole: &Whole,
    row: &DraftRow,
    now: Instant,
) -> Result<Option<HoldView>> {
    let Some(hold) = whole.hold()? else { return Ok(None) };
    let session: Option<SessionRow> =
        from.optional(SESSION_BY_ID, args![now, &row.id, &hold.session]).await?;
    let Some(session) = session else { return Ok(None) };
    Ok(Some(HoldView { hold, session: session.session()? }))
}

/// Keeps who comes. The same people again keep their held time; another inmate gives it back.
pub async fn choose_party(
    ctx: &Ctx,
    who: &Citizen,
    inmate: Public<Inmate>,
    people: Vec<Public<Person>>,
) -> Result<std::result::Result<(), Vec<Refusal>>> {
    let (id, now) = (ctx.chance.id(ctx.now()), ctx.now());
    ctx.db.write(ChooseParty { id, who: who.person.clone(), inmate, people, now }).await
}

struct ChooseParty {
    id: Id<BookingDraft>,
    who: Id<Person>,
    inmate: Public<Inmate>,
    people: Vec<Public<Person>>,
    now: Instant,
}

impl Command for ChooseParty {
    type Out = std::result::Result<(), Vec<Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let all = party::load(&mut From::Tx(tx), &self.who, self.now.date()).await?;
        let Some(chosen) = all.iter().find(|b| b.inmate == self.inmate) else {
            return Ok(Err(vec![Refusal::Restricted]));
        };
        let refusals = self.refusals(chosen);
        if !refusals.is_empty() {
            return Ok(Err(refusals));
        }
        if self.has_asked(tx, chosen).await? {
            return Ok(Err(vec![Refusal::RequestOpen]));
        }
        let draft = self.draft_for(tx, chosen).await?;
        tx.later(CLEAR_PARTY, args![&draft]).await?;
        for person in chosen.people.iter().filter(|p| self.people.contains(&p.public)) {
            tx.later(ADD_TO_PARTY, args![&draft, &person.id, person.child]).await?;
        }
        Ok(Ok(()))
    }
}

impl ChooseParty {
    /// What is wrong with the company before a day is known. Somebody who cannot be chosen is not there at all.
    fn refusals(&self, chosen: &Bookable) -> Vec<Refusal> {
        if !chosen.open {
            return vec![Refusal::Restricted];
        }
        let guests =
            chosen.people.iter().filter(|p| self.people.contains(&p.public)).map(|p| p.guest()).collect();
        let facts = Facts {
            rules: chosen.rules.clone().into_iter().collect(),
            blocked: vec![],
            guests,
            visits: vec![],
            apart: vec![],
            not_his: vec![],
            engaged: vec![],
            restrictions: vec![],
            present: true,
            leaves_at: None,
            keeps: None,
            ahead_days: 0,
            invited: 0,
            review: Review::default(),
        };
        let mut found = party_refusals(&facts, self.now.date(), 0);
        // A clearance may begin later; each day is judged when it is chosen.
        found.retain(|r| !matches!(r, Refusal::NotCleared(_)));
        found
    }

    /// She waits for the unit's answer about another visit. One that she has is changed all the same.
    async fn has_asked(&self, tx: &mut Tx, chosen: &Bookable) -> Result<bool> {
        let known = DraftRow::of(&mut From::Tx(tx), &self.who).await?;
        if known.is_some_and(|draft| draft.changes.is_some() && draft.inmate() == chosen.inmate_id) {
            return Ok(false);
        }
        let open: Option<(String,)> = tx.optional(OPEN_OF, args![&self.who, &chosen.inmate_id]).await?;
        Ok(open.is_some())
    }

    /// The id of her draft for this inmate: the one she has, or a new one in place of another.
    async fn draft_for(&self, tx: &mut Tx, chosen: &Bookable) -> Result<String> {
        if let Some(known) = DraftRow::of(&mut From::Tx(tx), &self.who).await? {
            if known.inmate() == chosen.inmate_id && known.unit() == chosen.unit {
                tx.later(TOUCH, args![self.now, &known.id]).await?;
                return Ok(known.id);
            }
            drop_draft(tx, &known.id).await?;
        }
        let values = args![&self.id, &self.who, &chosen.inmate_id, &chosen.unit, self.now];
        tx.later(INSERT_DRAFT, values).await?;
        Ok(self.id.as_str().to_owned())
    }
}

/// The draft with its party and its hold; the held place is given back.
pub(super) async fn drop_draft(tx: &mut Tx, id: &str) -> Result<()> {
    release(tx, id).await?;
    tx.later(CLEAR_PARTY, args![id]).await?;
    tx.later(DROP_DRAFT, args![id]).await
}

/// She does not book after all: the held time is free for others at once. A page that showed another time than the
/// one held now ends nothing.
pub async fn discard(
    ctx: &Ctx,
    who: &Citizen,
    hold: Option<Public<Hold>>,
) -> Result<std::result::Result<(), Refusal>> {
    ctx.db.write(Discard { who: who.person.clone(), hold }).await
}

struct Discard {
    who: Id<Person>,
    hold: Option<Public<Hold>>,
}

impl Command for Discard {
    type Out = std::result::Result<(), Refusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(draft) = DraftRow::of(&mut From::Tx(tx), &self.who).await? else { return Ok(Ok(())) };
        let held = HoldRow::of(&mut From::Tx(tx), &draft.id).await?.map(|row| row.hold()).transpose()?;
        let other = |seen: &Public<Hold>| held.is_some_and(|held| held.public != *seen);
        if self.hold.as_ref().is_some_and(other) {
            return Ok(Err(Refusal::OtherHold));
        }
        drop_draft(tx, &draft.id).await.map(Ok)
    }
}

pub const PEOPLE: &str = "SELECT p.id, p.public_id, p.name, p.birth_date, d.child FROM booking_draft_party d \
    JOIN person p ON p.id = d.person_id WHERE d.draft_id = $1";
pub const CLEAR_PARTY: &str = "DELETE FROM booking_draft_party WHERE draft_id = $1";
pub const ADD_TO_PARTY: &str =
    "INSERT INTO booking_draft_party (draft_id, person_id, child) VALUES ($1, $2, $3)";
pub const TOUCH: &str = "UPDATE booking_draft SET updated_at = $1 WHERE id = $2";
pub const INSERT_DRAFT: &str = "INSERT INTO booking_draft (id, person_id, inmate_id, unit_id, updated_at) \
    VALUES ($1, $2, $3, $4, $5)";
pub const DROP_DRAFT: &str = "DELETE FROM booking_draft WHERE id = $1";
