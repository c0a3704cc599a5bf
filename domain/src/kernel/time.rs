//! Instants are UTC microseconds, civil dates are days, clock times are minutes. Oslo stands between them.

use jiff::{Timestamp, civil, tz::TimeZone};

use super::CivilDate;

/// Microseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// Minutes after midnight on the wall, 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u16);

/// Where every unit is. A unit's zone is data; this is the one all of today's units have.
pub const OSLO: &str = "Europe/Oslo";

static ZONE: TimeZone = jiff::tz::get!("Europe/Oslo");

impl Instant {
    pub fn micros(self) -> i64 {
        self.0
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    pub fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// Whole days of 24 hours. For legal deadlines count civil days instead.
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// The date on the wall in Oslo.
    pub fn date(self) -> CivilDate {
        CivilDate(self.zoned().date())
    }

    /// The clock on the wall in Oslo.
    pub fn clock(self) -> Clock {
        let time = self.zoned().time();
        Clock(time.hour() as u16 * 60 + time.minute() as u16)
    }

    /// The instant when Oslo's wall shows this. In the lost hour of spring the clock has jumped on, so the
    /// time lies one hour later; of the doubled hour of autumn the first one counts.
    pub fn of_wall(date: CivilDate, clock: Clock) -> Self {
        let time = civil::time((clock.0 / 60) as i8, (clock.0 % 60) as i8, 0, 0);
        let timestamp = ZONE.to_ambiguous_timestamp(date.0.to_datetime(time)).compatible();
        Self(timestamp.map_or(0, Timestamp::as_microsecond))
    }

    /// The last minute of a day on the wall: what is due on a day is due until then.
    pub fn last_minute(date: CivilDate) -> Self {
        Self::of_wall(date, Clock(23 * 60 + 59))
    }

    /// `20260901T100000Z`, as calendars write an instant (RFC 5545, form 2).
    pub fn utc_stamp(self) -> String {
        let timestamp = Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp.strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// `Tue, 01 Sep 2026 10:00:00 GMT`, as HTTP writes an instant (RFC 9110, IMF-fixdate).
    pub fn http_date(self) -> String {
        let timestamp = Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// Reads `2026-09-10T08:00:00+02:00`: RFC 3339 with its offset, to the microsecond.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|at| Self(at.as_microsecond()))
    }

    /// `2026-09-10T06:00:00Z`.
    pub fn rfc3339(self) -> String {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
    }

    fn zoned(self) -> jiff::ZonedDateTime {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(ZONE.clone())
    }
}

impl Clock {
    /// Reads `18:00` and `18.00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once([':', '.'])?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60 && text.trim().len() <= 5).then_some(Self(hour * 60 + minute))
    }

    pub fn hour(self) -> u16 {
        self.0 / 60
    }

    pub fn minute(self) -> u16 {
        self.0 % 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).expect("a date")
    }

    #[test]
    fn an_instant_is_written_as_http_wants_it() {
        assert_eq!(Instant(1_788_256_800_000_000).http_date(), "Tue, 01 Sep 2026 10:00:00 GMT");
    }

    #[test]
    fn both_daylight_saving_nights_are_right() {
        let table = [
            ("2026-03-29", 90, 30 * 60),   // 01:30 is winter time still, 00:30 UTC
            ("2026-03-29", 150, 90 * 60),  // 02:30 does not exist: it lies at 03:30 summer time, 01:30 UTC
            ("2026-03-29", 210, 90 * 60),  // 03:30 summer time
            ("2026-10-25", 150, 30 * 60),  // 02:30 the first time, summer time
            ("2026-10-25", 210, 150 * 60), // 03:30 winter time
            ("2026-07-01", 720, 10 * 3600),
            ("2026-12-01", 720, 11 * 3600),
        ];
        for (day, minutes, utc_seconds) in table {
            let midnight_utc =
                date(day).0.to_zoned_datetime(TimeZone::UTC).expect("in range").timestamp().as_second();
            let at = Instant::of_wall(date(day), Clock(minutes));
            assert_eq!(at.micros(), (midnight_utc + utc_seconds) * 1_000_000, "{day} {minutes}");
            assert_eq!(at.date(), date(day));
        }
    }
}
