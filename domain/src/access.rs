//! The areas of the portal, the roles of its staff, the levels of sign-in, and the marks of ids.

/// The three areas of the portal. Each has its own cookie, session, level and sign-out; they never merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    Citizen,
    Staff,
    Victim,
}

impl Area {
    pub const ALL: [Self; 3] = [Self::Citizen, Self::Staff, Self::Victim];

    pub fn code(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Staff => "staff",
            // It stands in a cookie's name and in addresses: it tells nobody what the area is for.
            Self::Victim => "message",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// Level of assurance of a sign-in (eIDAS names; ID-porten `acr`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Low,
    Substantial,
    High,
}

impl Level {
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Low, Self::Substantial, Self::High].into_iter().find(|l| l.code() == code)
    }
}

/// What a member of staff is there to do. Comes from claims, mapped in settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    CaseOfficer,
    UnitAdmin,
    GateOfficer,
    MessageController,
    /// Registers victims and answers what is of significance to them.
    VictimOfficer,
    DutyOfficer,
    /// Decides appeals at the level above the units: a regional case handler.
    AppealOfficer,
    /// Leads several units, a region or all, and does no case work: she sees how it goes, in figures.
    Leader,
    Auditor,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::CaseOfficer,
        Self::UnitAdmin,
        Self::GateOfficer,
        Self::MessageController,
        Self::VictimOfficer,
        Self::DutyOfficer,
        Self::AppealOfficer,
        Self::Leader,
        Self::Auditor,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::CaseOfficer => "case_officer",
            Self::UnitAdmin => "unit_admin",
            Self::GateOfficer => "gate_officer",
            Self::MessageController => "message_controller",
            Self::VictimOfficer => "victim_officer",
            Self::DutyOfficer => "duty_officer",
            Self::AppealOfficer => "appeal_officer",
            Self::Leader => "leader",
            Self::Auditor => "auditor",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// How somebody asked staff to do for her what she cannot do herself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    Phone,
    Counter,
    Paper,
}

impl Channel {
    pub const ALL: [Self; 3] = [Self::Phone, Self::Counter, Self::Paper];

    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Counter => "counter",
            Self::Paper => "paper",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// Marks for the ids of ground's rows.
#[derive(Debug)]
pub enum Person {}
#[derive(Debug)]
pub enum StaffMember {}
#[derive(Debug)]
pub enum Unit {}
#[derive(Debug)]
pub enum Session {}
