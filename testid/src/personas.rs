//! Who can sign in: the citizens of the demo and its staff.

mod staff;

use staff::STAFF;

use crate::Kind;
use crate::level::Level;
use crate::text::Words;

/// The heading a persona stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Relatives,
    Lawyers,
    Organisations,
    Victims,
    CaseWork,
    Unit,
    Duty,
    Oversight,
}

/// What a foreign eID says about its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eidas {
    pub first_name: &'static str,
    pub last_name: &'static str,
    /// `YYYY-MM-DD`
    pub date_of_birth: &'static str,
    /// `<country of the eID>/<country that asks>/<identifier>`
    pub identifier: &'static str,
}

/// What the staff provider says about an employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffFacts {
    /// Codes: `case_officer`, `unit_admin`, `gate_officer`, `message_controller`, `victim_officer`,
    /// `duty_officer`, `appeal_officer`, `leader`, `auditor`.
    pub roles: &'static [&'static str],
    /// Slugs of units.
    pub units: &'static [&'static str],
}

/// Somebody who can be chosen on the page.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// The value of the form's button.
    pub id: &'static str,
    pub name: &'static str,
    /// Who they are in the demo.
    pub who: Words,
    pub group: Group,
    /// `None` for staff and for people without a Norwegian number.
    pub pid: Option<&'static str>,
    pub eidas: Option<Eidas>,
    pub staff: Option<StaffFacts>,
    /// The highest level their means of sign-in reaches.
    pub highest: Level,
}

/// The personas of one provider, in the order of its page.
pub fn personas(kind: Kind) -> &'static [Persona] {
    match kind {
        Kind::Citizen => CITIZENS,
        Kind::Staff => STAFF,
    }
}

pub fn persona(kind: Kind, id: &str) -> Option<&'static Persona> {
    personas(kind).iter().find(|persona| persona.id == id)
}

const fn citizen(
    id: &'static str,
    name: &'static str,
    pid: &'static str,
    group: Group,
    who: Words,
) -> Persona {
    Persona { id, name, who, group, pid: Some(pid), eidas: None, staff: None, highest: Level::High }
}

const CITIZENS: &[Persona] = &[
    citizen(
        "maja",
        "Maja Fjellvik",
        "14839121866",
        Group::Relatives,
        Words { nb: "mor til Ask (6 år)", nn: "mor til Ask (6 år)", en: "mother of Ask (aged 6)" },
    ),
    citizen(
        "eirik",
        "Eirik Fjellvik",
        "02888933193",
        Group::Relatives,
        Words { nb: "far til Ask (6 år)", nn: "far til Ask (6 år)", en: "father of Ask (aged 6)" },
    ),
    Persona {
        id: "luca",
        name: "Luca Montefinto",
        who: Words {
            nb: "pårørende fra Italia, uten norsk fødselsnummer",
            nn: "pårørande frå Italia, utan norsk fødselsnummer",
            en: "relative from Italy, without a Norwegian national identity number",
        },
        group: Group::Relatives,
        pid: None,
        eidas: Some(Eidas {
            first_name: "Luca",
            last_name: "Montefinto",
            date_of_birth: "1986-12-05",
            identifier: "IT/NO/TEST-861205-MONTEFINTO",
        }),
        staff: None,
        highest: Level::Substantial,
    },
    citizen(
        "tuva",
        "Tuva Skogstjerne",
        "12869033063",
        Group::Relatives,
        Words {
            nb: "pårørende, må spørre fengselet om besøk i én av ukene",
            nn: "pårørande, må spørje fengselet om besøk i éi av vekene",
            en: "relative, has to ask the prison for a visit in one of the weeks",
        },
    ),
    citizen(
        "odd",
        "Odd Rosefink",
        "09857931561",
        Group::Relatives,
        Words {
            nb: "pårørende, har invitert søsteren med",
            nn: "pårørande, har invitert syster si med",
            en: "relative, has invited his sister along",
        },
    ),
    citizen(
        "gro",
        "Gro Rosefink",
        "03918241085",
        Group::Relatives,
        Words {
            nb: "pårørende, invitert av broren",
            nn: "pårørande, invitert av bror sin",
            en: "relative, invited by her brother",
        },
    ),
    citizen(
        "ingrid",
        "Ingrid Tindestrå",
        "23918414622",
        Group::Lawyers,
        Words { nb: "advokat", nn: "advokat", en: "lawyer" },
    ),
    citizen(
        "tarjei",
        "Tarjei Mosegløtt",
        "30869440945",
        Group::Lawyers,
        Words {
            nb: "advokat, kollega av Ingrid",
            nn: "advokat, kollega av Ingrid",
            en: "lawyer, colleague of Ingrid",
        },
    ),
    citizen(
        "vardheim",
        "Torunn Vardheim",
        "17887230048",
        Group::Lawyers,
        Words { nb: "advokat med medhjelper", nn: "advokat med medhjelpar", en: "lawyer with a delegate" },
    ),
    citizen(
        "siv",
        "Siv Bekkasin",
        "14839810521",
        Group::Lawyers,
        Words {
            nb: "advokatfullmektig, bestiller rom for Torunn",
            nn: "advokatfullmektig, bestiller rom for Torunn",
            en: "associate, books rooms for Torunn",
        },
    ),
    citizen(
        "tone",
        "Tone Hvitveis",
        "21858031238",
        Group::Organisations,
        Words {
            nb: "saksbehandler i barnevernet",
            nn: "saksbehandlar i barnevernet",
            en: "child welfare officer",
        },
    ),
    citizen(
        "jorunn",
        "Jorunn Tepperot",
        "12897522134",
        Group::Organisations,
        Words { nb: "leder i et tilsyn", nn: "leiar i eit tilsyn", en: "head of an inspectorate" },
    ),
    citizen(
        "solveig",
        "Solveig Kråkesol",
        "19819728855",
        Group::Victims,
        Words { nb: "fornærmet", nn: "fornærma", en: "victim" },
    ),
    citizen(
        "runa",
        "Runa Blåveisli",
        "07898817649",
        Group::Victims,
        Words { nb: "fornærmet og pårørende", nn: "fornærma og pårørande", en: "victim and relative" },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::person;

    #[test]
    fn every_citizen_stands_in_the_person_register_with_the_same_name_and_number() {
        for persona in personas(Kind::Citizen) {
            let person = person(persona.id).expect(persona.id);
            assert_eq!(person.name(), persona.name);
            assert_eq!(person.national_id, persona.pid);
            assert_ne!(persona.pid.is_some(), persona.eidas.is_some(), "{}: one or the other", persona.id);
            assert!(persona.staff.is_none());
            if let Some(eidas) = persona.eidas {
                assert_eq!(person.birth_date, eidas.date_of_birth);
            }
        }
    }

    #[test]
    fn staff_have_roles_and_units_and_no_number() {
        for persona in personas(Kind::Staff) {
            let facts = persona.staff.expect(persona.id);
            assert!(!facts.roles.is_empty() && !facts.units.is_empty(), "{}", persona.id);
            assert!(persona.pid.is_none() && persona.eidas.is_none());
        }
        assert!(persona(Kind::Citizen, "henrik").is_none());
    }
}
