//! Who can sign in: the citizens of the demo and its staff.

use crate::Kind;
use crate::level::Level;
use crate::text::Words;

/// The heading a persona stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Relatives,
    Lawyers,
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

const fn staff(
    id: &'static str,
    name: &'static str,
    group: Group,
    roles: &'static [&'static str],
    units: &'static [&'static str],
    who: Words,
) -> Persona {
    let facts = StaffFacts { roles, units };
    Persona { id, name, who, group, pid: None, eidas: None, staff: Some(facts), highest: Level::High }
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

const STAFF: &[Persona] = &[
    staff(
        "henrik",
        "Henrik Lyngrabbe",
        Group::CaseWork,
        &["case_officer"],
        &["lyngmo"],
        Words { nb: "saksbehandler i Lyngmo", nn: "saksbehandlar i Lyngmo", en: "case officer at Lyngmo" },
    ),
    staff(
        "nadia",
        "Nadia Tåkeheim",
        Group::CaseWork,
        &["case_officer"],
        &["storaasen"],
        Words {
            nb: "saksbehandler i Storåsen",
            nn: "saksbehandlar i Storåsen",
            en: "case officer at Storåsen",
        },
    ),
    staff(
        "petter",
        "Petter Bekkesol",
        Group::CaseWork,
        &["case_officer"],
        &["lyngmo", "storaasen", "intake"],
        Words {
            nb: "saksbehandler i Lyngmo, Storåsen og mottaket",
            nn: "saksbehandlar i Lyngmo, Storåsen og mottaket",
            en: "case officer at Lyngmo, Storåsen and the intake",
        },
    ),
    staff(
        "astrid",
        "Astrid Multedugg",
        Group::Unit,
        &["unit_admin"],
        &["lyngmo", "bekkelund", "elvebakken"],
        Words {
            nb: "enhetsadministrator i Lyngmo, Bekkelund og Elvebakken",
            nn: "einingsadministrator i Lyngmo, Bekkelund og Elvebakken",
            en: "unit administrator at Lyngmo, Bekkelund and Elvebakken",
        },
    ),
    staff(
        "geir",
        "Geir Skarvetind",
        Group::Unit,
        &["gate_officer"],
        &["lyngmo"],
        Words { nb: "portvakt i Lyngmo", nn: "portvakt i Lyngmo", en: "gate officer at Lyngmo" },
    ),
    staff(
        "mari",
        "Mari Sivglans",
        Group::Unit,
        &["message_controller"],
        &["lyngmo", "storaasen"],
        Words {
            nb: "kontrollerer brev i Lyngmo og Storåsen",
            nn: "kontrollerer brev i Lyngmo og Storåsen",
            en: "controls letters at Lyngmo and Storåsen",
        },
    ),
    staff(
        "sunniva",
        "Sunniva Kvitveis",
        Group::CaseWork,
        &["victim_officer"],
        &["lyngmo", "storaasen"],
        Words {
            nb: "varslingsansvarlig i Lyngmo og Storåsen",
            nn: "varslingsansvarleg i Lyngmo og Storåsen",
            en: "victims’ officer at Lyngmo and Storåsen",
        },
    ),
    staff(
        "vilde",
        "Vilde Rognebær",
        Group::CaseWork,
        &["victim_officer"],
        &["lyngmo"],
        Words {
            nb: "varslingsansvarlig i Lyngmo, i andre saker",
            nn: "varslingsansvarleg i Lyngmo, i andre saker",
            en: "victims’ officer at Lyngmo, in other cases",
        },
    ),
    staff(
        "duty1",
        "Synnøve Nordlysvåg",
        Group::Duty,
        &["duty_officer"],
        &["lyngmo", "storaasen"],
        Words {
            nb: "vaktleder, første vakt", nn: "vaktleiar, første vakt", en: "duty officer, first shift"
        },
    ),
    staff(
        "duty2",
        "Jon Kveldsdugg",
        Group::Duty,
        &["duty_officer"],
        &["lyngmo", "storaasen"],
        Words { nb: "vaktleder, andre vakt", nn: "vaktleiar, andre vakt", en: "duty officer, second shift" },
    ),
    staff(
        "ragnhild",
        "Ragnhild Furukvist",
        Group::Oversight,
        &["appeal_officer"],
        &["lyngmo", "bekkelund", "intake"],
        Words {
            nb: "saksbehandler i region øst, avgjør klager",
            nn: "saksbehandlar i region øst, avgjer klager",
            en: "case handler in region east, decides appeals",
        },
    ),
    staff(
        "torunn",
        "Torunn Myrsnipe",
        Group::Oversight,
        &["leader"],
        &["lyngmo", "storaasen", "havvik", "fjellheim", "bekkelund", "elvebakken"],
        Words {
            nb: "leder for alle enhetene, ser tall om driften",
            nn: "leiar for alle einingane, ser tal om drifta",
            en: "leads all the units, sees how they go in figures",
        },
    ),
    staff(
        "auditor",
        "Unni Tjernglans",
        Group::Oversight,
        &["auditor"],
        &["lyngmo", "storaasen"],
        Words { nb: "revisor", nn: "revisor", en: "auditor" },
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
