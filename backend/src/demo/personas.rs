//! The personas of the demo who may visit somebody.

/// Personas who are cleared already, each for one of her own, but the last two for the same one: name, birth date, number, comes with Ask, for how many days.
pub const PERSONAS: [(&str, &str, &str, bool, i64); 7] = [
    ("Maja Fjellvik", "1991-03-14", "14839121866", true, YEAR),
    ("Eirik Fjellvik", "1989-08-02", "02888933193", true, YEAR),
    ("Ingrid Tindestrå", "1984-11-23", "23918414622", false, YEAR),
    ("Runa Blåveisli", "1988-09-07", "07898817649", false, 60),
    ("Tuva Skogstjerne", "1990-06-12", "12869033063", false, YEAR),
    ("Odd Rosefink", "1979-05-09", "09857931561", false, YEAR),
    ("Gro Rosefink", "1982-11-03", "03918241085", false, YEAR),
];
pub const YEAR: i64 = 365;
pub const ASK: (&str, &str) = ("Ask Fjellvik", "2020-05-11");
/// The first inmate of the personas, and how far apart they stand in the list.
const THEIRS: (usize, usize) = (1, 5);

pub fn theirs(persona: usize) -> usize {
    THEIRS.0 + persona.min(PERSONAS.len() - 2) * THEIRS.1
}
