//! Submitting: the draft becomes an application with one clearance a person. A second submit gives the first's. What staff
//! take down for somebody has no draft: its form is filed as it is, once.

use domain::{
    access::Person,
    kernel::{CivilDate, Id, Instant, Locale, Public, Reference},
    visits::{
        assisted::OnPaper,
        clearance::{Application as Whole, Contact, Draft, Step, draft::KnownBy},
    },
};

use super::{
    Application, ClearanceRow, LETTER, Letter,
    drafts::DraftRow,
    sealed::{number_place, seal_needs},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    identity::{children::NamedChild, contacts, names::sort_key},
    outbox,
    rules::Rules,
};

/// Why nothing was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfiled {
    /// This question still waits for its answer.
    Waits(Step),
    /// It would change how she is reached, and she has to prove anew who she is.
    Unproved,
}

/// The application that came out, or what is missing.
pub async fn submit(
    ctx: &Ctx,
    who: &Citizen,
    locale: Locale,
) -> Result<Result<Public<Application>, Unfiled>> {
    for _ in 0..TRIES {
        let draft: Draft = super::draft(ctx, who).await?;
        match draft.complete() {
            Ok(whole) => {
                match ctx.db.write(prepare(ctx, who, locale, Source::Draft(draft), whole).await?).await? {
                    Filed::As(public) => return Ok(Ok(public)),
                    Filed::Unproved => return Ok(Err(Unfiled::Unproved)),
                    Filed::Changed => {}
                }
            }
            Err(step) => return latest(ctx, who, step).await,
        }
    }
    Err(Error::Busy)
}

/// What staff have taken down for her, who reads it as hers. None: she is not who the form was for.
pub(in crate::visits) async fn file(
    ctx: &Ctx,
    who: &Citizen,
    form: &OnPaper,
) -> Result<Option<Public<Application>>> {
    let source = Source::Form(form.key.clone());
    match ctx.db.write(prepare(ctx, who, form.locale, source, form.whole.clone()).await?).await? {
        Filed::As(public) => Ok(Some(public)),
        Filed::Changed | Filed::Unproved => Ok(None),
    }
}

/// Where the answers come from: the draft as it was read outside, or a form by its key.
pub(super) enum Source {
    Draft(Draft),
    Form(String),
}

/// How often a draft that changes while it is sent is read anew.
const TRIES: usize = 4;

/// Draws everything that filing this draft needs.
pub(super) async fn prepare(
    ctx: &Ctx,
    who: &Citizen,
    locale: Locale,
    source: Source,
    whole: Whole,
) -> Result<Submit> {
    let now = ctx.now();
    let contacts = match &whole.contact {
        Some(Contact { email, phone }) => Some(contacts::prepare(ctx, who, email, phone).await?),
        None => None,
    };
    Ok(Submit {
        id: ctx.chance.id(now),
        public: ctx.chance.public(),
        reference: ctx.chance.reference(),
        clearances: (0..=whole.children.len()).map(|_| (ctx.chance.id(now), ctx.chance.public())).collect(),
        children: whole
            .children
            .iter()
            .map(|c| NamedChild::draw(ctx, &c.name, c.birth_date))
            .collect::<Result<_>>()?,
        contacts: contacts.map(|contacts| contacts.in_language(locale)),
        who: who.clone(),
        source,
        whole,
        locale,
        now,
        ctx: ctx.clone(),
    })
}

/// With the draft gone a double click comes here: it gets what the first one made a moment ago.
async fn latest(ctx: &Ctx, who: &Citizen, step: Step) -> Result<Result<Public<Application>, Unfiled>> {
    let since = ctx.now().plus_minutes(-10);
    let made: Option<(String,)> = ctx.db.optional(LATEST, args![&who.person, since]).await?;
    let untouched = step == Step::Whom;
    match made {
        Some((public,)) if untouched => Ok(Ok(super::rows::public(&public)?)),
        _ => Ok(Err(Unfiled::Waits(step))),
    }
}

pub(super) struct Submit {
    id: Id<Application>,
    public: Public<Application>,
    reference: Reference,
    clearances: Vec<(Id<ClearanceRow>, Public<ClearanceRow>)>,
    children: Vec<NamedChild>,
    contacts: Option<contacts::Prepared>,
    who: Citizen,
    source: Source,
    whole: Whole,
    locale: Locale,
    now: Instant,
    ctx: Ctx,
}

struct Match {
    inmate: Option<String>,
    unit: String,
}

/// What came of a submit.
pub(super) enum Filed {
    As(Public<Application>),
    /// Another window has changed the draft or thrown it away meanwhile: what is older is not filed.
    Changed,
    Unproved,
}

impl Command for Submit {
    type Out = Filed;

    async fn run(&self, tx: &mut Tx) -> Result<Filed> {
        let key = match self.unfiled(tx).await? {
            Ok(key) => key,
            Err(filed) => return Ok(filed),
        };
        if let Some(contacts) = &self.contacts
            && contacts.save(tx).await?.is_err()
        {
            return Ok(Filed::Unproved);
        }
        let matched = self.find_inmate(tx).await?;
        self.save_application(tx, &key, &matched).await?;
        self.save_people(tx, &matched).await?;
        if matches!(self.source, Source::Draft(_)) {
            tx.later(super::drafts::DISCARD, args![&self.who.person]).await?;
        }
        self.leave_word(tx).await?;
        Ok(Filed::As(self.public.clone()))
    }
}

impl Submit {
    /// What makes it one application however often it is sent; or what came of the first time.
    async fn unfiled(&self, tx: &mut Tx) -> Result<std::result::Result<String, Filed>> {
        let draft = match &self.source {
            Source::Draft(draft) => draft,
            Source::Form(key) => {
                let made: Option<(String,)> = tx.optional(BY_FORM, args![key, &self.who.person]).await?;
                return made.map_or(Ok(Ok(key.clone())), |(made,)| {
                    super::rows::public(&made).map(|made| Err(Filed::As(made)))
                });
            }
        };
        let found = DraftRow::find(tx, &self.ctx.vault, &self.who.person, self.now).await?;
        let Some((row, now)) = found else {
            let since = self.now.plus_minutes(-10);
            let made: Option<(String,)> = tx.optional(LATEST, args![&self.who.person, since]).await?;
            // Filed by a double click, or thrown away in another window: then nothing is answered any more.
            return made.map_or(Ok(Err(Filed::Changed)), |(made,)| {
                super::rows::public(&made).map(|m| Err(Filed::As(m)))
            });
        };
        Ok(if now == *draft { Ok(row.id) } else { Err(Filed::Changed) })
    }

    /// By number, or by the whole name and birth date; it must be exactly one who is somewhere now.
    async fn find_inmate(&self, tx: &mut Tx) -> Result<Match> {
        let whom = &self.whole.whom;
        let found: Vec<(String, String)> = match &whom.known_by {
            KnownBy::Number(number) => {
                let hash = self.ctx.vault.fingerprint("national_id", number.expose());
                tx.all(INMATE_BY_NUMBER, args![hash]).await?
            }
            KnownBy::BirthDate(birth) => tx.all(INMATE_BY_NAME, args![sort_key(&whom.name), *birth]).await?,
        };
        // Read in both cases: how long it takes, and whether it works at all, must not say if he was found.
        let (intake,): (String,) = tx.one(INTAKE, vec![]).await?;
        Ok(match found.as_slice() {
            [(inmate, unit)] => Match { inmate: Some(inmate.clone()), unit: unit.clone() },
            _ => Match { inmate: None, unit: intake },
        })
    }

    async fn save_application(&self, tx: &mut Tx, draft: &str, matched: &Match) -> Result<()> {
        let whom = &self.whole.whom;
        let key = self.ctx.vault.subject(tx, self.who.person.as_str()).await?;
        let chance = &self.ctx.chance;
        let needs = seal_needs(&self.ctx, &key, &self.id, &self.whole.needs)?;
        let (birth, number) = match &whom.known_by {
            KnownBy::BirthDate(date) => (Some(*date), None),
            KnownBy::Number(number) => {
                (None, Some(key.seal(chance, &number_place(&self.id), number.expose().as_bytes())?))
            }
        };
        let values = args![
            &self.id,
            &self.public,
            draft,
            &self.reference,
            &self.who.person,
            matched.inmate.as_ref(),
            &matched.unit,
            &whom.name,
            sort_key(&whom.name),
            birth,
            number,
            self.whole.relation.code(),
            needs,
            self.locale.code(),
            self.now,
            self.close_on(tx).await?
        ];
        tx.later(INSERT, values).await
    }

    async fn close_on(&self, tx: &mut Tx) -> Result<CivilDate> {
        let today = self.now.date();
        Ok(today.plus_days(Rules::within(tx, today).await?.days("clearance.close_days")?))
    }

    async fn save_people(&self, tx: &mut Tx, matched: &Match) -> Result<()> {
        let mut people: Vec<(Id<Person>, bool)> = vec![(self.who.person.clone(), false)];
        for child in &self.children {
            let person = child.save(tx, &self.who.person, self.now).await?;
            // The same child named twice is one person and gets one clearance.
            if !people.iter().any(|(known, _)| *known == person) {
                people.push((person, true));
            }
        }
        for ((person, child), (id, public)) in people.iter().zip(&self.clearances) {
            let values = args![id, public, &self.id, person, *child, matched.inmate.as_ref(), &matched.unit];
            tx.later(INSERT_CLEARANCE, values).await?;
        }
        Ok(())
    }

    async fn leave_word(&self, tx: &mut Tx) -> Result<()> {
        let letter = Letter {
            application: self.id.as_str().to_owned(),
            person: self.who.person.as_str().to_owned(),
            event: "received".to_owned(),
            locale: self.locale.code().to_owned(),
        };
        outbox::Job::new(&self.ctx, LETTER, &letter)?.save(tx).await?;
        let actor = Actor::Citizen(self.who.clone());
        audit::Entry::new(&self.ctx, &actor, "application_submitted")
            .about("application", &self.id)
            .save(tx)
            .await
    }
}

pub const BY_FORM: &str = "SELECT public_id FROM application WHERE draft_id = $1 AND person_id = $2";
pub const LATEST: &str = "SELECT public_id FROM application WHERE person_id = $1 AND submitted_at >= $2 \
    ORDER BY submitted_at DESC LIMIT 1";
pub const INTAKE: &str = "SELECT id FROM unit WHERE level = 'intake' ORDER BY id LIMIT 1";
pub const INMATE_BY_NUMBER: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.number_hash = $1 LIMIT 2";
pub const INMATE_BY_NAME: &str = "SELECT i.id, p.unit_id FROM inmate i JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL WHERE i.sort_name = $1 AND i.birth_date = $2 LIMIT 2";
pub const INSERT: &str = "INSERT INTO application (id, public_id, draft_id, reference, person_id, inmate_id, unit_id, \
    typed_name, typed_sort, typed_birth, typed_number, relation, needs, locale, state, state_at, submitted_at, \
    close_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'received', $15, $15, $16)";
pub const INSERT_CLEARANCE: &str = "INSERT INTO clearance (id, public_id, application_id, person_id, child, inmate_id, \
    unit_id) VALUES ($1, $2, $3, $4, $5, $6, $7)";
