//! What the victims' area and the duty desk have to show in the demo: somebody who was told of a leave and has confirmed it,
//! and who has not yet seen that a release has a day; a question that waits for its officer; and somebody without an eID who
//! is to be rung. By the same commands as anybody, at the days on which they would have happened.

use std::sync::{Arc, Mutex};

use domain::{
    access::{Area, Level, Role, Unit},
    custody::{Event, Wire},
    kernel::{Id, NationalId, Public},
    notices::{Answer, Outcome},
};

use super::{
    officer::{OFFICER_NAME, officer},
    relatives::days_ago,
};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Staff, Visitor},
    custody::feed::{
        Taken,
        register::{InmateWire, Put, put_inmate},
    },
    identity::arrival::{Arrival, UNIT_BY_SLUG},
    notices::{
        Party, answering, assigning, channels,
        demo::keep,
        desk,
        ladder::{self, ChannelKind, Out, Said, ToSend},
        mine, registering, sessions, wish,
    },
    wiring::take_events,
};

/// The persona who is a victim and nothing else, the inmate of her case, and its number.
const HER: (&str, &str) = ("Solveig Kråkesol", "19819728855");
const HIM: (&str, &str, &str) = ("DEMO-1", "Kåre Mosenatt", "1979-10-21");
const CASE: &str = "26-0417";
const UNIT: &str = "lyngmo";
/// Whose register he stands in.
const SOURCE: &str = "demo";

/// The first of the neutral texts, as `app` has it.
const WORDS: &str = "Du har en ny beskjed. Les den når det passer.";

/// Adds them once; what was broken off is left as it is.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let asked = days_ago(ctx, 24);
    if sessions::recipient(&visitor(&asked).await?).is_some() {
        return Ok(());
    }
    let story = Story { officer: victims_officer(ctx).await?, phone: Arc::new(Telephone::default()), ctx };
    let party = story.registers(&asked).await?;
    story.was_on_leave().await?;
    story.somebody_to_ring().await?;
    story.will_be_released().await?;
    // Nobody's, it lies with its unit: whoever signs in as an officer for victims there finds it.
    let reason = "Fordeles på nytt.";
    let given = assigning::assign(ctx, &story.officer, &party, Some(assigning::To::Nobody), reason).await?;
    given.ok_or_else(broken)?.map_err(|_| broken())
}

/// She signs in at her entrance.
async fn visitor(then: &Ctx) -> Result<Visitor> {
    let arrival = Arrival {
        area: Area::Victim,
        issuer: "demo".into(),
        subject: "solveig".into(),
        sid: None,
        number: Some(NationalId::parse(HER.1).map_err(|_| broken())?),
        name: HER.0.into(),
        birth_date: None,
        level: Level::High,
        fresh_at: Some(then.now()),
        roles: vec![],
        units: vec![],
        id_token: String::new(),
        previous: None,
    };
    let token = sessions::welcome(then, &arrival).await?.ok_or_else(broken)?;
    match sessions::find(then, &token).await?.ok_or_else(broken)?.actor {
        Actor::Visitor(visitor) => Ok(visitor),
        _ => Err(broken()),
    }
}

async fn victims_officer(ctx: &Ctx) -> Result<Staff> {
    let (unit,): (String,) = ctx.db.one(UNIT_BY_SLUG, args![UNIT]).await?;
    Ok(Staff {
        session: Id::new("demo"),
        staff: officer(ctx).await?,
        name: OFFICER_NAME.to_owned(),
        roles: vec![Role::VictimOfficer],
        units: vec![Id::<Unit>::new(unit)],
        unit_name: UNIT.to_owned(),
    })
}

fn broken() -> Error {
    Error::Broken("the victims of the demo")
}

/// The demo's telephone, which also hears the codes.
#[derive(Default)]
struct Telephone(Mutex<String>);

impl Out for Telephone {
    async fn send(&self, ctx: &Ctx, letter: &ToSend) -> Outcome {
        let words = match &letter.said {
            Said::Code { code, .. } => {
                code.clone_into(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
                return Outcome::Accepted;
            }
            _ => WORDS,
        };
        match keep(ctx, &letter.key, letter.kind, &letter.to, &ctx.settings.notices.sms_sender, words).await {
            Ok(()) => Outcome::Accepted,
            Err(_) => Outcome::Failed,
        }
    }
}

struct Story<'a> {
    ctx: &'a Ctx,
    officer: Staff,
    phone: Arc<Telephone>,
}

impl Story<'_> {
    /// She asks, is found in the case, says how she is reached, and types the codes that come.
    async fn registers(&self, then: &Ctx) -> Result<Public<Party>> {
        let inmate = InmateWire {
            name: HIM.1.into(),
            birth_date: HIM.2.into(),
            national_id: None,
            unit: UNIT.into(),
            since: days_ago(then, 400).now().rfc3339(),
        };
        if !matches!(put_inmate(then, SOURCE, HIM.0, &inmate).await?, Put::Created | Put::Updated) {
            return Err(broken());
        }
        let form = wish::AskForm {
            whom: HIM.1.into(),
            role: "victim".into(),
            telephone: "40000017".into(),
            ..wish::AskForm::default()
        };
        wish::ask(then, &visitor(then).await?, &form).await?.map_err(|_| broken())?;
        let list = desk::list(then, &self.officer).await?.ok_or_else(broken)?;
        let request = list.requests.first().and_then(|line| Public::parse(&line.public_id));
        let request = request.ok_or_else(broken)?;
        let done = registering::verify(then, &self.officer, &request, &case()).await?;
        let party = done.ok_or_else(broken)?.map_err(|_| broken())?;
        let her = visitor(then).await?;
        for (kind, address) in [(ChannelKind::Sms, "40000017"), (ChannelKind::Email, "solveig@eksempel.no")] {
            let public = channels::add(then, &her, kind, address).await?.ok_or_else(broken)?;
            let public = public.map_err(|_| broken())?;
            channels::send_waiting(then, &self.phone).await?;
            let code = self.phone.0.lock().map_err(|_| broken())?.clone();
            channels::confirm(then, &her, &public, &code).await?.ok_or_else(broken)?.map_err(|_| broken())?;
        }
        wish::set(then, &her, &wishes()).await?.ok_or_else(broken)?.map_err(|_| broken())?;
        Ok(party)
    }

    /// Told in good time; read and confirmed the same evening.
    async fn was_on_leave(&self) -> Result<()> {
        let then = days_ago(self.ctx, 18);
        let until = then.now().plus_days(9).rfc3339();
        self.happens(&then, "leave", 7, Some(until)).await?;
        self.answers(&then).await?;
        self.works(&then).await?;
        let her = visitor(&then).await?;
        for line in mine::home(&then, &her).await?.notices {
            mine::notice(&then, &her, &line.public).await?;
            mine::confirm(&then, &her, &line.public).await?.ok_or_else(broken)?.map_err(|_| broken())?;
        }
        Ok(())
    }

    /// A release is told and not yet read; a last leave before it waits for its officer.
    async fn will_be_released(&self) -> Result<()> {
        let yesterday = days_ago(self.ctx, 1);
        self.happens(&yesterday, "release", 21, None).await?;
        self.answers(&yesterday).await?;
        self.works(&yesterday).await?;
        let until = self.ctx.now().plus_days(11).rfc3339();
        self.happens(self.ctx, "leave", 9, Some(until)).await
    }

    /// Registered by her officer, without an eID: she is rung.
    async fn somebody_to_ring(&self) -> Result<()> {
        let person = registering::PersonForm {
            name: "Turid Kråkesol".into(),
            telephone: "40000018".into(),
            address: "Kvistveien 9, 9998 Lyngmo".into(),
            safe_word: "vinterlys".into(),
            wish: "wants".into(),
            ..registering::PersonForm::default()
        };
        let then = days_ago(self.ctx, 2);
        let form = registering::CaseForm { role: "bereaved".into(), ..case() };
        let done = registering::register(&then, &self.officer, &person, &form).await?;
        done.ok_or_else(broken)?.map(|_| ()).map_err(|_| broken())
    }

    async fn happens(&self, then: &Ctx, kind: &str, days: i64, until: Option<String>) -> Result<()> {
        let wire = Wire {
            decision: format!("{SOURCE}-{kind}-{days}"),
            version: 1,
            inmate: HIM.0.into(),
            kind: kind.into(),
            change: "decided".into(),
            at: then.now().plus_days(days).rfc3339(),
            until,
            ..Wire::default()
        };
        let event = Event::parse(&wire, then.now()).map_err(|_| broken())?;
        let taken = take_events(then, SOURCE, vec![Ok(event)]).await?;
        if matches!(taken.as_slice(), [Taken::Accepted(_)]) { Ok(()) } else { Err(broken()) }
    }

    async fn answers(&self, then: &Ctx) -> Result<()> {
        for question in desk::list(then, &self.officer).await?.ok_or_else(broken)?.questions {
            let public = Public::parse(&question.public_id).ok_or_else(broken)?;
            let said = answering::Said {
                answer: Answer::Significant { direct: false },
                reason: "De bor på samme sted.".into(),
                standing: false,
            };
            answering::answer(then, &self.officer, &public, said)
                .await?
                .ok_or_else(broken)?
                .map_err(|_| broken())?;
        }
        Ok(())
    }

    async fn works(&self, then: &Ctx) -> Result<()> {
        while ladder::work_once(then, &self.phone).await? > 0 {}
        Ok(())
    }
}

fn wishes() -> wish::WishForm {
    wish::WishForm {
        locale: "nb".into(),
        telephone: "40000017".into(),
        safe_word: "blåklokke".into(),
        escape_breaks: true,
        ..wish::WishForm::default()
    }
}

fn case() -> registering::CaseForm {
    registering::CaseForm {
        reference: CASE.into(),
        inmate: HIM.1.into(),
        born: HIM.2.into(),
        role: "victim".into(),
    }
}
