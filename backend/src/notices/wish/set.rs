//! Language, hours, safe word, kinds; and everything off, or on again.

use domain::{
    custody::Kind,
    kernel::{Id, Locale, Phone, line},
};

use super::{Fault, LONGEST, TEXTS};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{
        Meeting, Profile, Recipient, channels, sessions,
        tasks::{self, TaskKind},
        trail,
    },
};

/// What she has set, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct WishForm {
    pub locale: String,
    pub telephone: String,
    pub safe_word: String,
    /// Which of the neutral texts.
    pub text: u8,
    /// Weekday, from, to.
    pub hours: Vec<(u8, u16, u16)>,
    pub escape_breaks: bool,
    /// A code of [`Meeting`]; empty: she has said nothing.
    pub meeting: String,
    /// Codes; none: all.
    pub kinds: Vec<String>,
}

/// Keeps her wishes. None: there is nobody registered here.
pub async fn set(
    ctx: &Ctx,
    visitor: &Visitor,
    form: &WishForm,
) -> Result<Option<std::result::Result<(), Vec<Fault>>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(vec![Fault { field: "", code: "prove" }])));
    }
    let faults = form.faults();
    if !faults.is_empty() {
        return Ok(Some(Err(faults)));
    }
    let command = Set { ctx: ctx.clone(), visitor: visitor.clone(), recipient, form: form.clone() };
    ctx.db.write(command).await?;
    Ok(Some(Ok(())))
}

impl WishForm {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |field, code| faults.push(Fault { field, code });
        if Locale::parse(&self.locale).is_none() {
            fault("locale", "empty");
        }
        if let Err(error) = Phone::parse(&self.telephone) {
            fault("telephone", error.code());
        }
        if let Err(error) = line(&self.safe_word, LONGEST) {
            fault("safe_word", error.code());
        }
        if self.text >= TEXTS {
            fault("text", "empty");
        }
        if self.hours.iter().any(|(day, from, to)| !(1..=7).contains(day) || from >= to || *to > 1440) {
            fault("hours", "order");
        }
        if !self.meeting.is_empty() && Meeting::parse(&self.meeting).is_none() {
            fault("meeting", "empty");
        }
        if self.kinds.iter().any(|kind| Kind::parse(kind).is_none()) {
            fault("kinds", "unknown");
        }
        faults
    }
}

struct Set {
    ctx: Ctx,
    visitor: Visitor,
    recipient: Id<Recipient>,
    form: WishForm,
}

impl Command for Set {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (ctx, form) = (&self.ctx, &self.form);
        let mut profile = Profile::of(tx, ctx, &self.recipient).await?;
        profile.locale = Some(form.locale.clone());
        profile.telephone = Phone::parse(&form.telephone).ok().map(|phone| phone.as_str().to_owned());
        profile.safe_word = line(&form.safe_word, LONGEST).ok();
        profile.meeting = Meeting::parse(&form.meeting).map(|meeting| meeting.code().to_owned());
        profile.text = form.text;
        profile.hours.clone_from(&form.hours);
        profile.escape_breaks = form.escape_breaks;
        profile.save(tx, ctx, &self.recipient).await?;
        // Kept with her, too: she may choose before she is registered in any case.
        tx.later(OWN_KINDS, args![form.kinds.join(" "), &self.recipient]).await?;
        tx.later(KINDS, args![form.kinds.join(" "), &self.recipient]).await?;
        // Her hours have changed: what waits for one looks again.
        tx.later(LOOK_AGAIN, args![ctx.now(), &self.recipient]).await?;
        let actor = Actor::Visitor(self.visitor.clone());
        trail::note(tx, ctx, &actor, ("notice.wishes", &self.recipient), "").await
    }
}

/// She no longer wants to be told, or she does after all.
pub async fn want(
    ctx: &Ctx,
    visitor: &Visitor,
    wants: bool,
) -> Result<Option<std::result::Result<(), Fault>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(Fault { field: "", code: "prove" })));
    }
    let command = Want { ctx: ctx.clone(), visitor: visitor.clone(), recipient, wants };
    ctx.db.write(command).await?;
    Ok(Some(Ok(())))
}

struct Want {
    ctx: Ctx,
    visitor: Visitor,
    recipient: Id<Recipient>,
    wants: bool,
}

impl Command for Want {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let actor = Actor::Visitor(self.visitor.clone());
        if !self.wants {
            return channels::all_off(tx, ctx, &actor, &self.recipient, now).await.map(|_| ());
        }
        tx.later(ON_AGAIN, args![&self.recipient]).await?;
        tasks::close(tx, TaskKind::AllOff, self.recipient.as_str(), now).await?;
        trail::note(tx, ctx, &actor, ("notice.on_again", &self.recipient), "").await
    }
}

pub const OWN_KINDS: &str = "UPDATE notice_recipient SET kinds = $1, version = version + 1 WHERE id = $2";
pub const KINDS: &str = "UPDATE notice_party SET kinds = $1, version = version + 1 WHERE recipient_id = $2";
pub const LOOK_AGAIN: &str = "UPDATE notice_matter SET due_at = $1 WHERE due_at IS NOT NULL AND party_id IN \
    (SELECT id FROM notice_party WHERE recipient_id = $2)";
pub const ON_AGAIN: &str = "UPDATE notice_recipient SET all_off_at = NULL WHERE id = $1";
