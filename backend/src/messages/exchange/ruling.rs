//! A controller decides: let through, a part held back, or all. Holding back is a decision with its reason, the milder step
//! that was considered, its legal basis and how to appeal; it is told to the sender and to nobody else.

use domain::{
    kernel::{Id, Instant, Locale, Public},
    messages::{ControlForm, FieldError, Letter, Refusal, Ruling, StopReason, Verdict, may_control, without},
};

use super::{Row, body_place, cut_place, due::hand_on};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    decision::NewDecision,
    messages::{Done, LetterRow, Sent, news, numbers::Numbers, text},
    rules::Rules,
};

/// Decides as of the version that she saw. `text_locale` is the language that she wrote the reason in.
pub async fn rule(
    ctx: &Ctx,
    staff: &Staff,
    letter: &Public<LetterRow>,
    form: &ControlForm,
    text_locale: Locale,
) -> Result<Sent<()>> {
    let ruling = match form.parse() {
        Ok(ruling) => ruling,
        Err(errors) => return Ok(Err(errors.into())),
    };
    if !may_control(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let now = ctx.now();
    let command = Rule {
        ctx: ctx.clone(),
        staff: staff.clone(),
        letter: letter.clone(),
        ruling,
        text_locale,
        decision: (ctx.chance.id(now), ctx.chance.public()),
        now,
    };
    ctx.db.write(command).await
}

struct Rule {
    ctx: Ctx,
    staff: Staff,
    letter: Public<LetterRow>,
    ruling: Ruling,
    text_locale: Locale,
    decision: (Id<NewDecision>, Public<NewDecision>),
    now: Instant,
}

/// What is held back, and why.
struct HeldBack<'a> {
    category: StopReason,
    reason: &'a str,
    milder: &'a str,
    /// What goes on, where it is a part.
    left: Option<String>,
}

impl Command for Rule {
    type Out = Sent<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Sent<()>> {
        let Some(row) = Row::of_staff(tx, &self.staff, &self.letter).await? else {
            return Ok(Err(Refusal::Hidden.into()));
        };
        if row.version != self.ruling.version {
            return Ok(Err(Refusal::Stale.into()));
        }
        let held = match self.held_back(tx, &row).await? {
            Ok(held) => held,
            Err(field) => return Ok(Err(vec![field].into())),
        };
        let (next, action) = match self.next(&row, held.as_ref())? {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        if !row.save(tx, &next, self.now).await? {
            return Ok(Err(Refusal::Stale.into()));
        }
        tx.later(RULED, args![self.now, &row.id]).await?;
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, action).save(tx).await?;
        if let Some(held) = &held {
            self.hold_back(tx, &row, held).await?;
        }
        let again: Row = tx.one(super::due::AGAIN, args![&row.id]).await?;
        hand_on(tx, &self.ctx, &again, self.now).await?;
        Ok(Ok(()))
    }
}

impl Rule {
    fn next(&self, row: &Row, held: Option<&HeldBack<'_>>) -> Result<Done<(Letter, &'static str)>> {
        let letter = row.letter()?;
        Ok(match held {
            None => letter.released(self.now, false).map(|l| (l, "letter_released")),
            Some(HeldBack { left: Some(_), .. }) => {
                letter.released(self.now, true).map(|l| (l, "letter_cut"))
            }
            Some(HeldBack { left: None, .. }) => letter.stopped(self.now).map(|l| (l, "letter_stopped")),
        })
    }

    /// A passage that is not in the letter as she typed it is an error at its field.
    async fn held_back(
        &self,
        tx: &mut Tx,
        row: &Row,
    ) -> Result<std::result::Result<Option<HeldBack<'_>>, FieldError>> {
        Ok(Ok(match &self.ruling.verdict {
            Verdict::Release => None,
            Verdict::Stop { category, reason, milder } => {
                Some(HeldBack { category: *category, reason, milder, left: None })
            }
            Verdict::Part { category, reason, milder, passages } => {
                let key = self.ctx.vault.subject(tx, &row.person_id).await?;
                let (body,): (Vec<u8>,) = tx.one(BODY, args![&row.id]).await?;
                let words = text(&key.open(&body_place(&row.id), &body)?);
                let unix = passages.replace("\r\n", "\n");
                let Some(left) = without(&words, &unix) else {
                    return Ok(Err(FieldError { field: "passages", code: "not_found" }));
                };
                Some(HeldBack { category: *category, reason, milder, left: Some(left) })
            }
        }))
    }

    async fn hold_back(&self, tx: &mut Tx, row: &Row, held: &HeldBack<'_>) -> Result<()> {
        let ctx = &self.ctx;
        let cut = match &held.left {
            None => None,
            Some(left) => {
                let key = ctx.vault.subject(tx, &row.person_id).await?;
                Some(key.seal(&ctx.chance, &cut_place(&row.id), left.as_bytes())?)
            }
        };
        tx.later(HOLD_BACK, args![held.category.code(), cut, &row.id]).await?;
        self.decision(row, held, &Rules::within(tx, self.now.date()).await?)?.save(tx).await?;
        if row.from_relative == 1 {
            let numbers = Numbers::within(tx, self.now).await?;
            news::tell(tx, ctx, &row.person(), &numbers, self.now).await?;
        }
        Ok(())
    }

    fn decision(&self, row: &Row, held: &HeldBack<'_>, rules: &Rules) -> Result<NewDecision> {
        let (id, public) = self.decision.clone();
        Ok(NewDecision {
            id,
            public,
            subject_kind: "letter",
            subject_id: row.id.clone(),
            unit: row.unit(),
            person: (row.from_relative == 1).then(|| row.person()),
            on_appeal: None,
            outcome: "refused",
            legal_basis: rules.text("messages.legal_basis")?.to_owned(),
            rule_version: rules.version("messages.legal_basis")?,
            reason: Some(held.reason.to_owned()),
            milder: Some(held.milder.to_owned()),
            measures: String::new(),
            text_locale: self.text_locale,
            valid_to: None,
            appeal_days: rules.days("appeal.days")?,
            made_at: self.now,
            made_by: self.staff.staff.clone(),
        })
    }
}

pub const BODY: &str = "SELECT body FROM letter WHERE id = $1";
/// A person has read it on its way: it is not controlled anew wherever he is moved.
pub const RULED: &str = "UPDATE letter SET ruled_at = $1 WHERE id = $2";
pub const HOLD_BACK: &str = "UPDATE letter SET category = $1, cut_body = $2 WHERE id = $3";
