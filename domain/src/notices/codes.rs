//! How many codes may go to one address: each new one makes the old one worthless, and none makes a flood.

use crate::kernel::Instant;

/// The codes that went to an address of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codes {
    pub count: i64,
    /// When the first of them went.
    pub since: Instant,
}

/// So many in so many minutes: a rule of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MostCodes {
    pub count: i64,
    pub minutes: i64,
}

impl Codes {
    /// One more now. None: there have been too many of late.
    #[must_use]
    pub fn one_more(self, most: MostCodes, now: Instant) -> Option<Self> {
        if now >= self.since.plus_minutes(most.minutes) {
            return Some(Self { count: 1, since: now });
        }
        (self.count < most.count).then_some(Self { count: self.count + 1, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_codes_in_so_many_minutes_and_then_anew() {
        let most = MostCodes { count: 3, minutes: 60 };
        let start = Instant(1_000);
        let sent = |count| Codes { count, since: start };
        let anew = |minutes| Some(Codes { count: 1, since: start.plus_minutes(minutes) });
        let table = [
            (1, 0, Some(sent(2))),
            (2, 59, Some(sent(3))),
            (3, 0, None),
            (3, 59, None),
            (3, 60, anew(60)),
            (9, 61, anew(61)),
            (1, 61, anew(61)),
        ];
        for (count, minutes, expected) in table {
            let got = sent(count).one_more(most, start.plus_minutes(minutes));
            assert_eq!(got, expected, "{count} after {minutes}");
        }
    }
}
