//! The port to the person register: ID-porten tells a number and no name. The demo's register is TestID's
//! file of synthetic people; the real one is not connected yet, and without it nobody with a number comes in.

use backend::config::Settings;
use domain::kernel::NationalId;

/// Name and birth date (`YYYY-MM-DD`) of whoever has this number.
pub fn look_up(settings: &Settings, number: Option<&NationalId>) -> (Option<String>, Option<String>) {
    let found = number.filter(|_| settings.is_demo()).and_then(|n| testid::person_by_national_id(n.expose()));
    (found.map(testid::Person::name), found.map(|person| person.birth_date.to_owned()))
}
