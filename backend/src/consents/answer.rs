//! She says yes, no, or that she wants to talk first; or takes a yes back. Each word is kept with its evidence, in the
//! transaction that traces it.

use domain::{
    access::Level,
    consents::{self, AnswerForm, Fact, Refusal, Said, Standing, WithdrawForm, Withdrawal, Word, standing},
    kernel::{Id, Instant, Locale, Public, Reference},
};

use super::{
    Alarmed, Done, Elsewhere, FormKey, PersonMark, WordMark,
    evidence::{Evidence, sha256},
    evidence_place,
    mine::Text,
    name_place, opened_text, remind_unit,
    rows::{CASE, CaseRecord, HERS_ONE, PersonRecord, words},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
};

/// Answers the text that is in force today in this language, if it is the one that was shown.
pub async fn answer<E: Elsewhere + Clone + 'static>(
    ctx: &Ctx,
    who: &Citizen,
    asked: &Public<PersonMark>,
    form: &AnswerForm,
    locale: Locale,
    elsewhere: E,
) -> Result<Done> {
    let answer = match form.parse() {
        Ok(answer) => answer,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(say) = Say::new(ctx, who, asked, &form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    if !who.has_proved_herself(Level::High, ctx.now()) {
        return Ok(Err(Refusal::Prove.into()));
    }
    ctx.db.write(Answered { say, answer, shown: form.text.clone(), locale, elsewhere }).await
}

/// Takes her yes back. `words` are what the duty desk reads if she is not safe.
pub async fn withdraw<E: Elsewhere + Clone + 'static>(
    ctx: &Ctx,
    who: &Citizen,
    asked: &Public<PersonMark>,
    form: &WithdrawForm,
    words: &str,
    elsewhere: E,
) -> Result<Done> {
    let withdrawal = match form.parse() {
        Ok(withdrawal) => withdrawal,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let Some(say) = Say::new(ctx, who, asked, &form.key) else { return Ok(Err(Refusal::Hidden.into())) };
    // Whoever is in danger is asked for nothing more.
    if !withdrawal.unsafe_home && !who.has_proved_herself(Level::High, ctx.now()) {
        return Ok(Err(Refusal::Prove.into()));
    }
    ctx.db.write(Withdrawn { say, withdrawal, words: words.to_owned(), elsewhere }).await
}

/// One word on its way.
#[derive(Clone)]
struct Say {
    ctx: Ctx,
    who: Citizen,
    asked: Public<PersonMark>,
    key: FormKey,
    id: Id<WordMark>,
    public: Public<WordMark>,
    now: Instant,
}

impl Say {
    fn new(ctx: &Ctx, who: &Citizen, asked: &Public<PersonMark>, key: &str) -> Option<Self> {
        let (key, now) = (FormKey::parse(key)?, ctx.now());
        (who.level >= Level::High).then(|| Self {
            ctx: ctx.clone(),
            who: who.clone(),
            asked: asked.clone(),
            key,
            id: ctx.chance.id(now),
            public: ctx.chance.public(),
            now,
        })
    }

    /// The case and where she stands; none if she is not asked.
    async fn stands(&self, tx: &mut Tx) -> Result<Option<(CaseRecord, PersonRecord, Standing)>> {
        let rows: Vec<PersonRecord> = tx.all(HERS_ONE, args![&self.who.person, &self.asked]).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let case: CaseRecord = tx.one(CASE, args![&first.case_id]).await?;
        Ok(Some((case, first.clone(), standing(&words(&rows)?, None))))
    }

    async fn said_before(&self, tx: &mut Tx, person: &PersonRecord) -> Result<bool> {
        Ok(tx.optional::<(String,)>(SAID_BEFORE, args![&person.id, &self.key]).await?.is_some())
    }

    /// After the last: of two words of one moment the second stands.
    fn after(&self, now: Standing) -> Instant {
        match now {
            Standing::Said(last) if last.at >= self.now => Instant(last.at.micros() + 1),
            _ => self.now,
        }
    }

    async fn save(
        &self,
        tx: &mut Tx,
        (case, person): (&CaseRecord, &PersonRecord),
        word: Word,
        (text, unsafe_home): (Option<&Text>, bool),
    ) -> Result<()> {
        let Word { said, at } = word;
        let plain = self.evidence(case, word, text).bytes()?;
        let hash = sha256(&plain);
        let sealed = self.ctx.vault.seal(&self.ctx.chance, &evidence_place(self.id.as_str()), &plain)?;
        let values = args![
            &self.id,
            &self.public,
            &person.id,
            &self.key,
            said.code(),
            at,
            i64::from(unsafe_home),
            sealed,
            hash.as_str()
        ];
        tx.later(SAY, values).await?;
        let action = if said == Said::Withdrawn { "consent_withdrawn" } else { "consent_answered" };
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), action);
        entry.at_unit(&case.unit()).about("home_person", &person.id()).detail(hash).save(tx).await?;
        remind_unit(tx, &self.ctx, &case.unit_id).await
    }

    fn evidence(&self, case: &CaseRecord, Word { said, at }: Word, text: Option<&Text>) -> Evidence {
        let of = |pick: fn(&Text) -> String| text.map(pick).unwrap_or_default();
        Evidence {
            version: 1,
            case: Reference::parse(&case.reference).map(|r| r.to_string()).unwrap_or_default(),
            said: said.code().to_owned(),
            at: at.micros(),
            person: self.who.person.as_str().to_owned(),
            session: self.who.session.as_str().to_owned(),
            level: self.who.level.code().to_owned(),
            fresh_until: self.who.fresh_until.map_or(0, Instant::micros),
            locale: of(|text| text.locale.code().to_owned()),
            text: of(|text| text.body.clone()),
            text_sha256: of(|text| text.sha256.clone()),
        }
    }
}

struct Answered<E> {
    say: Say,
    answer: consents::Answer,
    shown: String,
    locale: Locale,
    elsewhere: E,
}

impl<E: Elsewhere + Clone + 'static> Command for Answered<E> {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some((case, person, now)) = self.say.stands(tx).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if self.say.said_before(tx, &person).await? {
            return Ok(Ok(()));
        }
        let said = match consents::answer(now, self.answer, case.is_closed()) {
            Ok(said) => said,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let text = Text::within(tx, case.kind()?, self.locale, self.say.now.date()).await?;
        if text.sha256 != self.shown {
            return Ok(Err(Refusal::TextChanged.into()));
        }
        let word = Word { said, at: self.say.after(now) };
        self.say.save(tx, (&case, &person), word, (Some(&text), false)).await?;
        let fact = Fact::of(Standing::Said(word));
        case.tell(tx, &self.say.ctx, &self.elsewhere, fact).await?;
        Ok(Ok(()))
    }
}

struct Withdrawn<E> {
    say: Say,
    withdrawal: Withdrawal,
    words: String,
    elsewhere: E,
}

impl<E: Elsewhere + Clone + 'static> Command for Withdrawn<E> {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some((case, person, now)) = self.say.stands(tx).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if self.say.said_before(tx, &person).await? {
            return Ok(Ok(()));
        }
        let said = match consents::withdraw(now, case.is_closed()) {
            Ok(said) => said,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let danger = self.withdrawal.unsafe_home;
        let word = Word { said, at: self.say.after(now) };
        self.say.save(tx, (&case, &person), word, (None, danger)).await?;
        case.tell(tx, &self.say.ctx, &self.elsewhere, Fact::Missing).await?;
        if danger {
            let alarmed = Alarmed {
                unit: case.unit(),
                name: opened_text(&self.say.ctx, &name_place(&person.id), &person.name)?,
                words: self.words.clone(),
                contact: self.withdrawal.contact.clone(),
            };
            self.elsewhere.unsafe_at_home(tx, &self.say.ctx, &alarmed).await?;
        }
        Ok(Ok(()))
    }
}

pub const SAID_BEFORE: &str = "SELECT id FROM consent_word WHERE person_id = $1 AND form_key = $2";
pub const SAY: &str = "INSERT INTO consent_word (id, public_id, person_id, form_key, said, said_at, unsafe_home, \
    evidence, evidence_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
