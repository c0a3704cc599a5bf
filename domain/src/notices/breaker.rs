//! A mass of notices is more likely a fault than a fact (Oregon 2015: 8,000 false releases). Above a bound they are held
//! until two different people have released them; a call that falls due is opened all the same, for a person can judge.

/// How many notices open in an ordinary ten minutes, and when it is too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaker {
    /// Never held below this.
    pub floor: u32,
    /// Held above so many times the ordinary.
    pub times: u32,
}

impl Breaker {
    pub const FIRST: Self = Self { floor: 50, times: 5 };

    /// `now` counts what would open in this window, the new ones included; `before` are earlier windows.
    pub fn holds(&self, now: u32, before: &[u32]) -> bool {
        now > self.floor.max(ordinary(before).saturating_mul(self.times))
    }
}

/// The 99th percentile of the earlier windows: a quiet month is not raised by one mass.
fn ordinary(before: &[u32]) -> u32 {
    let mut sorted = before.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * 99).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0)
}

/// A held mass, and who wants what with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    Held,
    /// One wants this; another must want the same.
    Once {
        by: String,
        what: Verdict,
    },
    Settled {
        by: String,
        with: String,
        what: Verdict,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is true: all of it goes out.
    Release,
    /// It was a fault: nothing of it is sent.
    Drop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldRefusal {
    /// The second must be another person.
    SamePerson,
    /// It is settled already.
    Settled,
}

impl HoldRefusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::SamePerson => "hold_same_person",
            Self::Settled => "hold_settled",
        }
    }
}

impl Hold {
    /// The second of two who want the same settles it; whoever wants the other thing begins anew.
    pub fn say(self, who: &str, what: Verdict) -> Result<Self, HoldRefusal> {
        match self {
            Self::Once { by, what: first } if by == who && first == what => Err(HoldRefusal::SamePerson),
            Self::Once { by, what: first } if by != who && first == what => {
                Ok(Self::Settled { by, with: who.to_owned(), what })
            }
            Self::Held | Self::Once { .. } => Ok(Self::Once { by: who.to_owned(), what }),
            Self::Settled { .. } => Err(HoldRefusal::Settled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t17_a_mass_is_held_and_an_ordinary_day_is_not() {
        let breaker = Breaker::FIRST;
        let quiet = vec![2; 1_000];
        let mut once_before = quiet.clone();
        once_before[17] = 2_000;
        let busy = vec![40; 1_000];
        // Two windows in a hundred are busy: that is ordinary, and one in two hundred is not.
        let at_times: Vec<u32> = (0..1_000).map(|n| if n % 50 == 0 { 40 } else { 2 }).collect();
        let seldom: Vec<u32> = (0..1_000).map(|n| if n % 200 == 0 { 40 } else { 2 }).collect();
        let table = [
            (50, &quiet, false),
            (51, &quiet, true),
            (2_000, &once_before, true),
            (51, &vec![], true),
            (200, &busy, false),
            (201, &busy, true),
            (200, &at_times, false),
            (201, &at_times, true),
            (51, &seldom, true),
        ];
        for (now, before, held) in table {
            assert_eq!(breaker.holds(now, before), held, "{now}");
        }
    }

    #[test]
    fn t17_it_takes_two_different_people() {
        use Verdict::{Drop, Release};
        let once = Hold::Held.say("a", Release).unwrap();
        assert_eq!(once.clone().say("a", Release), Err(HoldRefusal::SamePerson));
        let released = once.clone().say("b", Release).unwrap();
        assert_eq!(released, Hold::Settled { by: "a".into(), with: "b".into(), what: Release });
        assert_eq!(released.say("c", Drop), Err(HoldRefusal::Settled));
        let codes = [HoldRefusal::SamePerson, HoldRefusal::Settled].map(HoldRefusal::code);
        assert_eq!(codes, ["hold_same_person", "hold_settled"]);
        let doubted = once.say("b", Drop).unwrap();
        assert_eq!(doubted, Hold::Once { by: "b".into(), what: Drop }, "they do not agree");
        assert_eq!(
            doubted.say("a", Drop),
            Ok(Hold::Settled { by: "b".into(), with: "a".into(), what: Drop })
        );
    }
}
