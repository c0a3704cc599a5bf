//! Those inside, played at their own end: each opens what has come, and answers some hours later. The same seed and the same
//! letters are the same days and the same answers, whenever it is begun.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Result, args,
    ctx::{Chance, Ctx},
    db::{Command, Tx},
    messages::FormKey,
};

/// What they write. Invented, and about nobody.
const WORDS: [&str; 6] = [
    "Takk for brevet. Det var godt å høre fra deg.",
    "Hei! Alt går bra her. Vi har hatt sol i dag.",
    "Takk. Jeg ringer på lørdag, om det passer.",
    "Hyggelig å lese. Hils alle hjemme fra meg.",
    "Jeg har begynt på kurset nå. Fortell mer neste gang.",
    "Takk for at du skriver. Jeg gleder meg til besøket.",
];
const TO_LAWYER: &str = "Takk, jeg har lest det. Vi snakkes når du kommer.";

/// Hours after which a letter is opened at the latest, and after which it is answered.
const OPENS_WITHIN: u64 = 3;
const ANSWERS_WITHIN: u64 = 6;

/// A letter as it stands in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// The exchange, or the lawyer's thread.
    pub thread: String,
    pub letter: String,
    pub from_him: bool,
    pub delivered: bool,
    pub read: bool,
    pub lawyers: bool,
}

/// What one inside does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Gets(There),
    Opens(There),
    Answers { to: There, key: FormKey, words: &'static str },
}

/// All of them, hour by hour.
pub struct Inmates {
    seed: u64,
    keys: Vec<String>,
    /// Whoever has somebody who writes looks each hour; of the others a few in turn.
    active: BTreeSet<String>,
    next: usize,
    hour: u64,
    /// In which hour a letter was first seen.
    seen: BTreeMap<String, u64>,
    answered: BTreeSet<String>,
}

impl Inmates {
    pub fn new(seed: u64, keys: Vec<String>) -> Self {
        let (active, seen, answered) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        Self { seed, keys, active, next: 0, hour: 0, seen, answered }
    }

    /// Who looks in this hour: in the first, everybody.
    pub fn hour(&mut self) -> Vec<String> {
        self.hour += 1;
        if self.hour == 1 {
            return self.keys.clone();
        }
        let some = self.keys.len().div_ceil(8);
        let others = self.keys.iter().cycle().skip(self.next).take(some).cloned();
        let looks: BTreeSet<String> = others.chain(self.active.iter().cloned()).collect();
        self.next = (self.next + some) % self.keys.len().max(1);
        looks.into_iter().collect()
    }

    /// What he does about what is there, the oldest first. `there` is whole, in the order of each thread.
    pub fn acts(&mut self, who: &str, there: &[There]) -> Vec<Act> {
        if !there.is_empty() {
            self.active.insert(who.to_owned());
        }
        let mut acts = Vec::new();
        for (at, letter) in there.iter().enumerate().filter(|(_, letter)| !letter.from_him) {
            let since = *self.seen.entry(letter.letter.clone()).or_insert(self.hour);
            let age = self.hour - since;
            if !letter.delivered && !letter.read {
                acts.push(Act::Gets(letter.clone()));
            }
            let opens = self.draw(&letter.letter, "opens", OPENS_WITHIN);
            if !letter.read && age >= opens {
                acts.push(Act::Opens(letter.clone()));
            }
            let is_last = !there[at + 1..].iter().any(|later| later.thread == letter.thread);
            let answers = opens + 1 + self.draw(&letter.letter, "answers", ANSWERS_WITHIN);
            if is_last && age >= answers && self.answered.insert(letter.letter.clone()) {
                acts.push(self.answer(letter));
            }
        }
        acts
    }

    fn answer(&self, to: &There) -> Act {
        let words = match to.lawyers {
            true => TO_LAWYER,
            false => WORDS[self.draw(&to.letter, "words", WORDS.len() as u64) as usize % WORDS.len()],
        };
        // The same answer again, by a play that was begun anew, is one letter.
        Act::Answers { to: to.clone(), key: self.chance(&to.letter, "key").public(), words }
    }

    fn draw(&self, letter: &str, what: &str, below: u64) -> u64 {
        u64::from_le_bytes(self.chance(letter, what).bytes()) % below
    }

    /// Of this letter's own, so that nothing depends on what else there is (FNV-1a).
    fn chance(&self, letter: &str, what: &str) -> Chance {
        let bytes = letter.bytes().chain(what.bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Chance::seeded(self.seed ^ hash)
    }
}

/// The keys by which this source calls those who are inside.
pub async fn keys(ctx: &Ctx, source: &str) -> Result<Vec<String>> {
    let keys: Vec<(String,)> = ctx.db.all(KEYS, args![source]).await?;
    Ok(keys.into_iter().map(|(key,)| key).collect())
}

/// Gives those of the demo who stand in no register a key, so that they too have an end of their own.
pub(super) async fn name(ctx: &Ctx) -> Result<()> {
    let Some(voucher) = ctx.settings.maskinporten.vouchers().into_iter().next() else { return Ok(()) };
    let nameless: Vec<(String,)> = ctx.db.all(NAMELESS, vec![]).await?;
    if nameless.is_empty() {
        return Ok(());
    }
    let inmates = nameless.into_iter().map(|(id,)| id).collect();
    ctx.db.write(Name { source: voucher.source, inmates }).await
}

struct Name {
    source: String,
    inmates: Vec<String>,
}

impl Command for Name {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (known,): (i64,) = tx.one(NAMED, args![&self.source]).await?;
        for (n, inmate) in (known + 1..).zip(&self.inmates) {
            tx.later(NAME, args![&self.source, format!("INN-{n}"), inmate]).await?;
        }
        Ok(())
    }
}

pub const KEYS: &str = "SELECT k.key FROM inmate_key k JOIN placement p ON p.inmate_id = k.inmate_id \
    AND p.ended_at IS NULL WHERE k.source = $1 ORDER BY k.key";
pub const NAMELESS: &str = "SELECT i.id FROM inmate i WHERE NOT EXISTS (SELECT 1 FROM inmate_key k \
    WHERE k.inmate_id = i.id) ORDER BY i.id";
pub const NAMED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM inmate_key WHERE source = $1 AND key LIKE 'INN-%'";
pub const NAME: &str = "INSERT INTO inmate_key (source, key, inmate_id) VALUES ($1, $2, $3) \
    ON CONFLICT (source, key) DO NOTHING";

#[cfg(test)]
mod tests {
    use super::*;

    /// A feed that takes what he does.
    fn played(seed: u64, letters: &[&str]) -> Vec<(u64, Act)> {
        let mut inmates = Inmates::new(seed, vec!["K-1".into(), "K-2".into()]);
        let letter = |id: &&str| There {
            thread: format!("T-{}", &id[..1]),
            letter: (*id).to_owned(),
            from_him: false,
            delivered: false,
            read: false,
            lawyers: id.starts_with('l'),
        };
        let mut there: Vec<There> = letters.iter().map(letter).collect();
        let mut told = vec![];
        for hour in 1..40 {
            assert!(inmates.hour().contains(&"K-1".to_owned()), "whoever is written to looks");
            for act in inmates.acts("K-1", &there) {
                match &act {
                    Act::Gets(of) => mark(&mut there, of, |letter| letter.delivered = true),
                    Act::Opens(of) => mark(&mut there, of, |letter| letter.read = true),
                    Act::Answers { to, key, .. } => {
                        there.push(There { letter: key.to_string(), from_him: true, ..to.clone() });
                    }
                }
                told.push((hour, act));
            }
        }
        told
    }

    fn mark(there: &mut [There], of: &There, set: impl Fn(&mut There)) {
        there.iter_mut().filter(|letter| letter.letter == of.letter).for_each(set);
    }

    #[test]
    fn each_letter_is_got_opened_and_the_last_is_answered_some_hours_later() {
        let told = played(7, &["a1", "a2", "b1", "l1"]);
        let count = |of: fn(&Act) -> bool| told.iter().filter(|(_, act)| of(act)).count();
        assert_eq!(count(|act| matches!(act, Act::Gets(_))), 4);
        assert_eq!(count(|act| matches!(act, Act::Opens(_))), 4);
        assert_eq!(count(|act| matches!(act, Act::Answers { .. })), 3, "two of one hand are answered once");
        for (hour, act) in &told {
            if let Act::Answers { to, words, .. } = act {
                let opens = |(_, act): &&(u64, Act)| matches!(act, Act::Opens(of) if of.letter == to.letter);
                let (opened, _) = told.iter().find(opens).expect("it was opened first");
                assert!(hour > opened && *hour <= opened + ANSWERS_WITHIN, "{told:?}");
                assert_eq!(*words == TO_LAWYER, to.lawyers);
            }
        }
    }

    #[test]
    fn the_same_seed_is_the_same_play_and_another_letter_changes_no_other() {
        assert_eq!(played(7, &["a1", "b1"]), played(7, &["a1", "b1"]));
        assert_ne!(played(7, &["a1", "b1"]), played(8, &["a1", "b1"]));
        let about = |told: Vec<(u64, Act)>| -> Vec<_> {
            let of_b = |(_, act): &(u64, Act)| match act {
                Act::Gets(of) | Act::Opens(of) | Act::Answers { to: of, .. } => of.thread == "T-b",
            };
            told.into_iter().filter(of_b).collect()
        };
        assert_eq!(about(played(7, &["a1", "b1"])), about(played(7, &["b1", "c1", "c2"])));
    }

    #[test]
    fn nobody_is_left_out() {
        let keys: Vec<String> = (0..20).map(|n| format!("K-{n}")).collect();
        let mut inmates = Inmates::new(7, keys.clone());
        assert_eq!(inmates.hour(), keys);
        let looked: BTreeSet<String> = (0..8).flat_map(|_| inmates.hour()).collect();
        assert_eq!(looked.len(), 20);
    }
}
