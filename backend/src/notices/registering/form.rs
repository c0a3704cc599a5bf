//! The case as it stands in the papers, and what can be wrong with it.

use domain::kernel::{CivilDate, line};

use crate::{identity::names::sort_key, notices::wish::Fault};

/// Which case it is: as it stands in the papers.
#[derive(Clone, Debug, Default)]
pub struct CaseForm {
    /// The number of the criminal case.
    pub reference: String,
    /// The inmate's name and birth date.
    pub inmate: String,
    pub born: String,
    /// `victim` or `bereaved`.
    pub role: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Reference,
    Born,
    Role,
    /// Something about her.
    Person(Fault),
    /// No inmate of that name and birth date, or more than one.
    NoInmate,
    /// The case of that number is another inmate's.
    OtherInmate,
    /// It is settled already.
    Settled,
    /// The inmate himself, which the law does not mean.
    Himself,
}

impl Refusal {
    /// All that the case alone can be refused for.
    pub const CASE: [Self; 7] = [
        Self::Reference,
        Self::Born,
        Self::Role,
        Self::NoInmate,
        Self::OtherInmate,
        Self::Settled,
        Self::Himself,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Born => "born",
            Self::Role => "role",
            Self::Person(fault) => fault.code,
            Self::NoInmate => "no_inmate",
            Self::OtherInmate => "other_inmate",
            Self::Settled => "settled",
            Self::Himself => "himself",
        }
    }

    pub fn field(self) -> &'static str {
        match self {
            Self::Reference | Self::OtherInmate => "reference",
            Self::Born => "born",
            Self::Role => "role",
            Self::Person(fault) => fault.field,
            Self::NoInmate | Self::Himself => "inmate",
            Self::Settled => "",
        }
    }
}

/// A case form that has been read.
#[derive(Clone, Debug)]
pub(super) struct CaseRead {
    pub reference: String,
    pub sort_name: String,
    pub born: CivilDate,
    pub bereaved: bool,
}

impl CaseForm {
    pub(super) fn parse(&self) -> std::result::Result<CaseRead, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let reference = line(&self.reference, 60).map_err(|_| refusals.push(Refusal::Reference)).ok();
        let name = line(&self.inmate, 100).map_err(|_| refusals.push(Refusal::NoInmate)).ok();
        let born = CivilDate::parse_iso(&self.born);
        if born.is_none() {
            refusals.push(Refusal::Born);
        }
        if !matches!(self.role.as_str(), "victim" | "bereaved") {
            refusals.push(Refusal::Role);
        }
        match (reference, name, born, refusals.is_empty()) {
            (Some(reference), Some(name), Some(born), true) => {
                let bereaved = self.role == "bereaved";
                Ok(CaseRead { reference, sort_name: sort_key(&name), born, bereaved })
            }
            _ => Err(refusals),
        }
    }
}
