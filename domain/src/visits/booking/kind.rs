//! Kinds of sessions, and which of them a clearance's measures leave open.

use crate::visits::clearance::Measure;

/// What a bookable time is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionKind {
    Open,
    /// An officer is present or sees it ([L] § 31: påsyn, overhøring).
    Observed,
    Glass,
    ChildFriendly,
    /// Of no family: a lawyer's, or an organisation's ([`HeldFor`]).
    Lawyer,
    Video,
}

impl SessionKind {
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Observed, Self::Glass, Self::ChildFriendly, Self::Lawyer, Self::Video];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Observed => "observed",
            Self::Glass => "glass",
            Self::ChildFriendly => "child_friendly",
            Self::Lawyer => "lawyer",
            Self::Video => "video",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// Whether private visitors with these measures can have such a time. The least intrusive kind that carries
    /// every measure is the right one, so nobody without a measure is put behind glass. A search is about the
    /// person at the gate and closes nothing. On a screen there is no contact and an officer can see it, but
    /// nobody listens.
    pub fn carries(self, measures: &[Measure], with_child: bool) -> bool {
        let has = |measure| measures.contains(&measure);
        let (seen, heard, glass) =
            (has(Measure::Observation), has(Measure::Listening), has(Measure::GlassWall));
        match self {
            Self::Open => !seen && !heard && !glass,
            Self::ChildFriendly => with_child && !seen && !heard && !glass,
            Self::Observed => (seen || heard) && !glass,
            Self::Glass => glass,
            Self::Video => !heard,
            Self::Lawyer => false,
        }
    }

    /// Whether it uses the week's visit. A lawyer's never does. [L] § 31.
    pub fn counts(self) -> bool {
        self != Self::Lawyer
    }
}

/// How a lawyer and her client meet. Every other time is in a room; a private visit on a screen is a kind of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Way {
    #[default]
    Room,
    Video,
    /// She rings the unit, which puts her through.
    Phone,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Room, Self::Video, Self::Phone];

    pub fn code(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Video => "video",
            Self::Phone => "phone",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// For whom a time is that is of no family. Both are outside the week's visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeldFor {
    #[default]
    Counsel,
    /// Authorities, consulates, volunteers and others whom the unit has cleared as organisations.
    Organisation,
}

impl HeldFor {
    pub const ALL: [Self; 2] = [Self::Counsel, Self::Organisation];

    pub fn code(self) -> &'static str {
        match self {
            Self::Counsel => "counsel",
            Self::Organisation => "organisation",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|held_for| held_for.code() == code)
    }
}

/// What a unit can offer, as its one list of choices names it: a kind, and of times of no family how the two meet and for whom.
pub const OFFERED: [(&str, SessionKind, Way, HeldFor); 10] = [
    ("open", SessionKind::Open, Way::Room, HeldFor::Counsel),
    ("observed", SessionKind::Observed, Way::Room, HeldFor::Counsel),
    ("glass", SessionKind::Glass, Way::Room, HeldFor::Counsel),
    ("child_friendly", SessionKind::ChildFriendly, Way::Room, HeldFor::Counsel),
    ("lawyer", SessionKind::Lawyer, Way::Room, HeldFor::Counsel),
    ("lawyer_video", SessionKind::Lawyer, Way::Video, HeldFor::Counsel),
    ("lawyer_phone", SessionKind::Lawyer, Way::Phone, HeldFor::Counsel),
    ("organisation", SessionKind::Lawyer, Way::Room, HeldFor::Organisation),
    ("organisation_video", SessionKind::Lawyer, Way::Video, HeldFor::Organisation),
    ("video", SessionKind::Video, Way::Room, HeldFor::Counsel),
];

/// Whether anybody comes to the gate for such a time.
pub fn somebody_comes(kind: SessionKind, way: Way) -> bool {
    kind != SessionKind::Video && way == Way::Room
}

/// Whether the two see each other on a screen.
pub fn on_screen(kind: SessionKind, way: Way) -> bool {
    kind == SessionKind::Video || way == Way::Video
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::{GlassWall, Listening, Observation, Search};

    #[test]
    fn measures_decide_the_kinds() {
        let table: [(&[Measure], bool, &[&str]); 8] = [
            (&[], false, &["open", "video"]),
            (&[], true, &["open", "child_friendly", "video"]),
            (&[Search], false, &["open", "video"]),
            (&[Observation], true, &["observed", "video"]),
            (&[Listening], false, &["observed"]),
            (&[GlassWall], true, &["glass", "video"]),
            (&[Observation, GlassWall], false, &["glass", "video"]),
            (&[Listening, GlassWall], false, &["glass"]),
        ];
        for (measures, with_child, expected) in table {
            let fits = SessionKind::ALL.into_iter().filter(|k| k.carries(measures, with_child));
            assert_eq!(fits.map(SessionKind::code).collect::<Vec<_>>(), expected, "{measures:?}");
        }
    }

    #[test]
    fn what_can_be_offered_is_each_kind_once_and_a_lawyers_in_each_way() {
        for kind in SessionKind::ALL {
            let of_kind =
                OFFERED.iter().filter(|(_, of, _, held_for)| (*of, *held_for) == (kind, HeldFor::Counsel));
            let ways: Vec<Way> = of_kind.map(|(_, _, way, _)| *way).collect();
            let expected = if kind == SessionKind::Lawyer { Way::ALL.to_vec() } else { vec![Way::Room] };
            assert_eq!(ways, expected, "{kind:?}");
        }
        let comes: Vec<&str> = OFFERED
            .iter()
            .filter(|(_, kind, way, _)| somebody_comes(*kind, *way))
            .map(|(code, ..)| *code)
            .collect();
        assert_eq!(comes, ["open", "observed", "glass", "child_friendly", "lawyer", "organisation"]);
        let seen: Vec<&str> = OFFERED
            .iter()
            .filter(|(_, kind, way, _)| on_screen(*kind, *way))
            .map(|(code, ..)| *code)
            .collect();
        assert_eq!(seen, ["lawyer_video", "organisation_video", "video"]);
    }

    #[test]
    fn codes_come_back() {
        for held_for in HeldFor::ALL {
            assert_eq!(HeldFor::parse(held_for.code()), Some(held_for));
        }
        for way in Way::ALL {
            assert_eq!(Way::parse(way.code()), Some(way));
        }
        for kind in SessionKind::ALL {
            assert_eq!(SessionKind::parse(kind.code()), Some(kind));
        }
    }
}
