//! A representative as typed, and who is one no longer.

use backend::{
    notices::{
        Party,
        representing::{self, RepresentativeForm},
    },
    wiring::HisCircle,
};
use domain::access::Role;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    fields::Fields,
    forms::{self, IdForm},
    parts::{Done, about, of},
};
use crate::{error::WireError, identity::here::failed, request, routes};

/// As the page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RepresentForm {
    id: String,
    name: String,
    number: String,
    kind: String,
    from_day: String,
    from_month: String,
    from_year: String,
    until_day: String,
    until_month: String,
    until_year: String,
    basis: String,
}

impl RepresentForm {
    pub(super) const NAMES: &[&str] = &[
        "id",
        "name",
        "number",
        "kind",
        "from_day",
        "from_month",
        "from_year",
        "until_day",
        "until_month",
        "until_year",
        "basis",
    ];

    fn read(&self) -> RepresentativeForm {
        RepresentativeForm {
            name: self.name.clone(),
            number: self.number.clone(),
            kind: self.kind.clone(),
            from: [self.from_day.clone(), self.from_month.clone(), self.from_year.clone()],
            until: [self.until_day.clone(), self.until_month.clone(), self.until_year.clone()],
            basis: self.basis.clone(),
        }
    }

    fn fields(&self) -> Fields {
        Fields::new([
            ("id", self.id.clone()),
            ("name", self.name.clone()),
            ("number", self.number.clone()),
            ("kind", self.kind.clone()),
            ("from_day", self.from_day.clone()),
            ("from_month", self.from_month.clone()),
            ("from_year", self.from_year.clone()),
            ("until_day", self.until_day.clone()),
            ("until_month", self.until_month.clone()),
            ("until_year", self.until_year.clone()),
            ("basis", self.basis.clone()),
        ])
    }
}

#[server(endpoint = "staff/notices/represent")]
pub async fn verify_representative(#[server(flatten)] form: RepresentForm) -> Done {
    let (desk, id) = (of(&[Role::VictimOfficer])?, about::<Party>(&form.id)?);
    let path = routes::staff_representatives(&id);
    let done = representing::verify(&desk.ctx, &desk.who, &HisCircle, &id, &form.read()).await;
    match done.map_err(failed)?.ok_or_else(|| WireError::Hidden.answered())? {
        Ok(()) => {
            request::redirect(&path);
            Ok(())
        }
        Err(faults) => {
            let faults: Vec<_> = faults.iter().map(|fault| (fault.field, fault.code)).collect();
            desk.refuse(forms::REPRESENT, form.fields(), &faults, &path).await
        }
    }
}

#[server(endpoint = "staff/notices/unrepresent")]
pub async fn end_representation(#[server(flatten)] form: IdForm) -> Done {
    let (desk, id) = (of(&[Role::VictimOfficer])?, about(&form.id)?);
    let party = representing::end(&desk.ctx, &desk.who, &id).await.map_err(failed)?;
    let party = party.ok_or_else(|| WireError::Hidden.answered())?;
    request::redirect(&routes::staff_representatives(&party));
    Ok(())
}
