//! The synthetic people of the demo: its whole person register.
//!
//! Nobody here exists. Surnames, places and postcodes are invented; numbers are synthetic by their
//! form (month + 80), so no real person can have them.

/// How much of an address the register lets out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    Open,
    /// *fortrolig*
    Confidential,
}

/// Where a person lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    pub street: &'static str,
    pub postcode: &'static str,
    pub town: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
}

/// A person as the register knows them.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Short name for code and tests; the same as the persona's, if the person can sign in.
    pub id: &'static str,
    /// Eleven digits; `None` for someone the Norwegian register does not know.
    pub national_id: Option<&'static str>,
    pub given_name: &'static str,
    pub family_name: &'static str,
    /// `YYYY-MM-DD`
    pub birth_date: &'static str,
    pub address: Address,
    pub protection: Protection,
    /// Ids of the people with parental responsibility for this person.
    pub parents: &'static [&'static str],
}

impl Person {
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// Everybody.
pub fn people() -> &'static [Person] {
    PEOPLE
}

pub fn person(id: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.id == id)
}

pub fn person_by_national_id(number: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.national_id == Some(number))
}

const fn at(street: &'static str, postcode: &'static str, town: &'static str) -> Address {
    Address { street, postcode, town, country: "NO" }
}

const HOME: Address = at("Blåbærstien 4", "9998", "Lyngmo");

const PEOPLE: &[Person] = &[
    Person {
        id: "maja",
        national_id: Some("14839121866"),
        given_name: "Maja",
        family_name: "Fjellvik",
        birth_date: "1991-03-14",
        address: HOME,
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "eirik",
        national_id: Some("02888933193"),
        given_name: "Eirik",
        family_name: "Fjellvik",
        birth_date: "1989-08-02",
        address: at("Tåkebakken 11", "9997", "Storåsen"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "ask",
        national_id: Some("11852071763"),
        given_name: "Ask",
        family_name: "Fjellvik",
        birth_date: "2020-05-11",
        address: HOME,
        protection: Protection::Open,
        parents: &["maja", "eirik"],
    },
    Person {
        id: "luca",
        national_id: None,
        given_name: "Luca",
        family_name: "Montefinto",
        birth_date: "1986-12-05",
        address: Address {
            street: "Via delle Nuvole 7",
            postcode: "00000",
            town: "Collefinto",
            country: "IT",
        },
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "ingrid",
        national_id: Some("23918414622"),
        given_name: "Ingrid",
        family_name: "Tindestrå",
        birth_date: "1984-11-23",
        address: at("Kvistveien 2", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "tarjei",
        national_id: Some("30869440945"),
        given_name: "Tarjei",
        family_name: "Mosegløtt",
        birth_date: "1994-06-30",
        address: at("Kvistveien 9", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "vardheim",
        national_id: Some("17887230048"),
        given_name: "Torunn",
        family_name: "Vardheim",
        birth_date: "1972-08-17",
        address: at("Kvistveien 4", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "siv",
        national_id: Some("14839810521"),
        given_name: "Siv",
        family_name: "Bekkasin",
        birth_date: "1998-03-14",
        address: at("Kvistveien 6", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "tone",
        national_id: Some("21858031238"),
        given_name: "Tone",
        family_name: "Hvitveis",
        birth_date: "1980-05-21",
        address: at("Skogkanten 3", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "jorunn",
        national_id: Some("12897522134"),
        given_name: "Jorunn",
        family_name: "Tepperot",
        birth_date: "1975-09-12",
        address: at("Skogkanten 9", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "solveig",
        national_id: Some("19819728855"),
        given_name: "Solveig",
        family_name: "Kråkesol",
        birth_date: "1997-01-19",
        address: at("Skyggesiden 1", "9996", "Vestre Dugg"),
        protection: Protection::Confidential,
        parents: &[],
    },
    Person {
        id: "runa",
        national_id: Some("07898817649"),
        given_name: "Runa",
        family_name: "Blåveisli",
        birth_date: "1988-09-07",
        address: at("Elvesvingen 15", "9997", "Storåsen"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "tuva",
        national_id: Some("12869033063"),
        given_name: "Tuva",
        family_name: "Skogstjerne",
        birth_date: "1990-06-12",
        address: at("Elvesvingen 19", "9997", "Storåsen"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "odd",
        national_id: Some("09857931561"),
        given_name: "Odd",
        family_name: "Rosefink",
        birth_date: "1979-05-09",
        address: at("Kvistveien 11", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
    Person {
        id: "gro",
        national_id: Some("03918241085"),
        given_name: "Gro",
        family_name: "Rosefink",
        birth_date: "1982-11-03",
        address: at("Kvistveien 13", "9998", "Lyngmo"),
        protection: Protection::Open,
        parents: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
    const SECOND: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

    fn control(digits: &[u32], weights: &[u32]) -> u32 {
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        (11 - sum % 11) % 11
    }

    fn digits(number: &str) -> Vec<u32> {
        number.chars().map(|c| c.to_digit(10).unwrap()).collect()
    }

    #[test]
    fn every_number_is_synthetic_and_its_control_digits_hold() {
        for person in people() {
            let Some(number) = person.national_id else { continue };
            let all = digits(number);
            assert_eq!(all.len(), 11, "{}", person.id);
            assert_eq!(control(&all, &FIRST), all[9], "{}: first control digit", person.id);
            assert_eq!(control(&all, &SECOND), all[10], "{}: second control digit", person.id);
            let month = all[2] * 10 + all[3];
            assert!((81..=92).contains(&month), "{}: month + 80", person.id);
        }
    }

    #[test]
    fn every_number_begins_with_its_owners_birth_date() {
        for person in people() {
            let Some(number) = person.national_id else { continue };
            let parts: Vec<u32> = person.birth_date.split('-').map(|part| part.parse().unwrap()).collect();
            let expected = format!("{:02}{:02}{:02}", parts[2], parts[1] + 80, parts[0] % 100);
            assert_eq!(&number[..6], expected, "{}", person.id);
        }
    }

    #[test]
    fn ids_and_numbers_are_unique_and_parents_exist() {
        for (index, person) in people().iter().enumerate() {
            for other in &people()[index + 1..] {
                assert_ne!(person.id, other.id);
                assert!(person.national_id.is_none() || person.national_id != other.national_id);
            }
            for parent in person.parents {
                assert!(super::person(parent).is_some(), "{parent}");
            }
        }
        assert_eq!(super::person("ask").unwrap().parents, ["maja", "eirik"]);
        assert_eq!(person_by_national_id("14839121866").unwrap().name(), "Maja Fjellvik");
    }
}
