//! Levels of assurance and the `acr` values that name them.

use crate::Kind;

/// How sure the provider is of who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Low,
    Substantial,
    High,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Low, Self::Substantial, Self::High];

    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What a relying party asked for in `acr_values`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) level: Level,
    /// It also takes people who sign in with the eID of another country.
    pub(crate) eidas: bool,
}

/// The most preferred known value decides; `None` when values were given and all are unknown.
pub(crate) fn wish(kind: Kind, acr_values: Option<&str>) -> Option<Wish> {
    let Some(values) = acr_values else {
        let level = if kind == Kind::Staff { Level::High } else { Level::Substantial };
        return Some(Wish { level, eidas: false });
    };
    let known: Vec<(Level, bool)> = values.split(' ').filter_map(|value| read(kind, value)).collect();
    let (level, _) = *known.first()?;
    Some(Wish { level, eidas: known.iter().any(|(_, eidas)| *eidas) })
}

fn read(kind: Kind, value: &str) -> Option<(Level, bool)> {
    match kind {
        Kind::Staff => Level::parse(value).map(|level| (level, false)),
        Kind::Citizen => match value.strip_prefix("eidas-loa-") {
            Some(code) => Level::parse(code).map(|level| (level, true)),
            None => value.strip_prefix("idporten-loa-").and_then(Level::parse).map(|level| (level, false)),
        },
    }
}

/// The `acr` of a token. A foreign eID is named as such only to a relying party that asked for it.
pub(crate) fn acr(kind: Kind, level: Level, eidas: bool) -> String {
    match (kind, eidas) {
        (Kind::Staff, _) => level.code().to_owned(),
        (Kind::Citizen, true) => format!("eidas-loa-{}", level.code()),
        (Kind::Citizen, false) => format!("idporten-loa-{}", level.code()),
    }
}

/// All `acr` values that the provider knows, for its configuration document.
pub(crate) fn known(kind: Kind) -> Vec<String> {
    let own = Level::ALL.into_iter().map(|level| acr(kind, level, false));
    match kind {
        Kind::Staff => own.collect(),
        Kind::Citizen => own
            .chain([Level::Substantial, Level::High].into_iter().map(|level| acr(kind, level, true)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_value_decides_and_eidas_is_an_opt_in() {
        let both = wish(Kind::Citizen, Some("x idporten-loa-high eidas-loa-substantial"));
        assert_eq!(both, Some(Wish { level: Level::High, eidas: true }));
        assert_eq!(wish(Kind::Citizen, None), Some(Wish { level: Level::Substantial, eidas: false }));
        assert_eq!(wish(Kind::Staff, None), Some(Wish { level: Level::High, eidas: false }));
        assert_eq!(wish(Kind::Citizen, Some("high")), None);
        assert_eq!(wish(Kind::Staff, Some("idporten-loa-high")), None);
    }
}
