mod control;
mod model;
mod moved;
mod settings;
mod way;

use domain::{
    kernel::{Locale, Public},
    messages::ControlForm,
};

use super::stage::{Stage, written};
use crate::{
    ctx::{Citizen, Staff},
    messages::{
        LetterRow, Sent, Unsent,
        exchange::{self, Exchange, MyLetter, desk_letter, rule},
    },
};

pub async fn sent(stage: &Stage, who: &Citizen, words: &str) -> Sent<Public<LetterRow>> {
    exchange::write(&stage.ctx, who, &stage.inmate_public, &written(&stage.key(), words)).await.unwrap()
}

pub async fn hers(stage: &Stage, who: &Citizen) -> Exchange {
    exchange::exchange(&stage.ctx, who, &stage.inmate_public).await.unwrap().unwrap()
}

pub async fn last(stage: &Stage, who: &Citizen) -> MyLetter {
    hers(stage, who).await.letters.pop().unwrap()
}

pub async fn ruled(
    stage: &Stage,
    staff: &Staff,
    letter: &Public<LetterRow>,
    outcome: &str,
    passages: &str,
) -> Sent<()> {
    let version = desk_letter(&stage.ctx, staff, letter).await.unwrap().map_or(1, |l| l.version);
    let form = ControlForm {
        version: version.to_string(),
        outcome: outcome.into(),
        category: "escape".into(),
        reason: "Brevet avtaler en flukt.".into(),
        milder: "Å holde tilbake en del er ikke nok.".into(),
        passages: passages.into(),
    };
    rule(&stage.ctx, staff, letter, &form, Locale::Nb).await.unwrap()
}

pub fn refused<T: std::fmt::Debug>(sent: Sent<T>) -> &'static str {
    match sent {
        Err(Unsent::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}
