//! The staff of the demo.

use super::{Group, Persona, StaffFacts};
use crate::level::Level;
use crate::text::Words;

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

pub(super) const STAFF: &[Persona] = &[
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
        "tora",
        "Tora Heggstein",
        Group::Unit,
        &["unit_admin"],
        &["lyngmo", "elvebakken"],
        Words {
            nb: "enhetsadministrator i Lyngmo og Elvebakken",
            nn: "einingsadministrator i Lyngmo og Elvebakken",
            en: "unit administrator at Lyngmo and Elvebakken",
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
