//! The words of the provider's few pages, in bokmål, nynorsk and English.
//!
//! Northern Sámi readers get bokmål, and the page says so in its `lang`; the token keeps `se`.

use crate::Kind;
use crate::level::Level;
use crate::personas::Group;

/// The language that the relying party asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    #[default]
    Nb,
    Nn,
    En,
    Se,
}

impl Lang {
    /// The first of the wished languages that we know (`ui_locales`, separated by spaces).
    pub(crate) fn choose(ui_locales: Option<&str>) -> Self {
        let known = |code: &str| match code.split('-').next().unwrap_or("") {
            "nb" | "no" => Some(Self::Nb),
            "nn" => Some(Self::Nn),
            "en" => Some(Self::En),
            "se" => Some(Self::Se),
            _ => None,
        };
        ui_locales.unwrap_or("").split(' ').find_map(known).unwrap_or_default()
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::En => "en",
            Self::Se => "se",
        }
    }

    /// The language that the page is really written in.
    pub(crate) fn written(self) -> &'static str {
        if self == Self::Se { Self::Nb.code() } else { self.code() }
    }
}

/// One text in each language it is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub nb: &'static str,
    pub nn: &'static str,
    pub en: &'static str,
}

impl Words {
    pub(crate) fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nb | Lang::Se => self.nb,
            Lang::Nn => self.nn,
            Lang::En => self.en,
        }
    }
}

const fn words(nb: &'static str, nn: &'static str, en: &'static str) -> Words {
    Words { nb, nn, en }
}

pub(crate) fn title(kind: Kind) -> Words {
    match kind {
        Kind::Citizen => words("Logg inn i demoen", "Logg inn i demoen", "Sign in to the demo"),
        Kind::Staff => words(
            "Logg inn som ansatt i demoen",
            "Logg inn som tilsett i demoen",
            "Sign in to the demo as staff",
        ),
    }
}

pub(crate) const BANNER: Words =
    words("Bare for demo og test", "Berre for demo og test", "For demonstration and testing only");

pub(crate) const LEAD: Words = words(
    "Dette er ikke en ekte innlogging. Alle personene er oppdiktet. Velg hvem du vil være.",
    "Dette er ikkje ei ekte innlogging. Alle personane er oppdikta. Vel kven du vil vere.",
    "This is not a real sign-in. All the people are made up. Choose who you want to be.",
);

pub(crate) const LEVEL: Words = words("Sikkerhetsnivå", "Tryggleiksnivå", "Level of assurance");

pub(crate) const LEVEL_HINT: Words = words(
    "Tjenesten får dette nivået, så sant personen kan nå det.",
    "Tenesta får dette nivået, så sant personen kan nå det.",
    "The service gets this level, provided the person can reach it.",
);

pub(crate) const REQUESTED: Words =
    words("tjenesten ber om dette", "tenesta ber om dette", "the service asks for this");

pub(crate) const CANCEL: Words = words("Avbryt", "Avbryt", "Cancel");

pub(crate) const REFUSED: Words =
    words("Du kan ikke logge inn herfra", "Du kan ikkje logge inn herifrå", "You cannot sign in from here");

pub(crate) const REFUSED_HELP: Words = words(
    "Gå tilbake til tjenesten og prøv på nytt derfra.",
    "Gå tilbake til tenesta og prøv på nytt derifrå.",
    "Go back to the service and try again from there.",
);

pub(crate) const REASON: Words = words("Teknisk årsak:", "Teknisk årsak:", "Technical reason:");

pub(crate) const FORGE: Words =
    words("For test av tjenester", "For test av tenester", "For tests of relying parties");
pub(crate) const FORGE_LABEL: Words =
    words("Feil i ID-tokenet", "Feil i ID-tokenet", "What is wrong with the ID token");

pub(crate) const SESSIONS: Words = words("Hvem er logget inn", "Kven er logga inn", "Who is signed in");
pub(crate) const SESSIONS_LEAD: Words = words(
    "Velg en person for å logge ham eller henne ut hos TestID. Tjenesten får beskjed.",
    "Vel ein person for å logge han eller henne ut hos TestID. Tenesta får beskjed.",
    "Choose a person to sign him or her out at TestID. The service is told.",
);

pub(crate) const SIGNED_OUT: Words =
    words("Du er logget ut av demoen", "Du er logga ut av demoen", "You are signed out of the demo");

pub(crate) const SIGNED_OUT_HELP: Words =
    words("Du kan lukke siden.", "Du kan lukke sida.", "You can close the page.");

pub(crate) fn level(level: Level) -> Words {
    match level {
        Level::Low => words("Lavt", "Lågt", "Low"),
        Level::Substantial => words("Betydelig", "Betydeleg", "Substantial"),
        Level::High => words("Høyt", "Høgt", "High"),
    }
}

pub(crate) fn group(group: Group) -> Words {
    match group {
        Group::Relatives => words("Pårørende", "Pårørande", "Relatives"),
        Group::Lawyers => words("Advokater", "Advokatar", "Lawyers"),
        Group::Organisations => words("Organisasjoner", "Organisasjonar", "Organisations"),
        Group::Victims => words("Fornærmede", "Fornærma", "Victims"),
        Group::CaseWork => words("Saksbehandling", "Saksbehandling", "Case work"),
        Group::Unit => words("Enheten", "Eininga", "The unit"),
        Group::Duty => words("Døgnvakt", "Døgnvakt", "Round-the-clock duty"),
        Group::Oversight => words("Kontroll", "Kontroll", "Oversight"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_is_taken_and_sami_is_marked_as_bokmal() {
        assert_eq!(Lang::choose(Some("fi se nb")), Lang::Se);
        assert_eq!(Lang::choose(Some("en-GB")), Lang::En);
        assert_eq!(Lang::choose(Some("<script>")), Lang::Nb);
        assert_eq!((Lang::Se.code(), Lang::Se.written()), ("se", "nb"));
    }
}
