//! The words for the codes of an application: relations, needs, and how to put each error right.

use domain::{
    kernel::{CivilDate, Locale, Phone},
    visits::clearance::{Child, Need, Relation, Step, forms::MOST_CHILDREN},
};

use super::fields::Fields;
use crate::{
    i18n::{dates, visits_apply as t},
    ui::{DatePart, FieldError},
};

pub(super) fn step_name(l: Locale, step: Step) -> String {
    match step {
        Step::Whom => t::step_whom(l),
        Step::Relation => t::step_relation(l),
        Step::Contact => t::step_contact(l),
        Step::Children => t::step_children(l),
        Step::Needs => t::step_needs(l),
        Step::Police => t::step_police(l),
    }
}

pub(super) fn step_title(l: Locale, step: Step) -> String {
    match step {
        Step::Whom => t::whom_title(l),
        Step::Relation => t::relation_title(l),
        Step::Contact => t::contact_title(l),
        Step::Children => t::children_title(l),
        Step::Needs => t::needs_title(l),
        Step::Police => t::police_title(l),
    }
}

pub(in crate::visits) fn relation(l: Locale, relation: Relation) -> String {
    match relation {
        Relation::Spouse => t::relation_spouse(l),
        Relation::Partner => t::relation_partner(l),
        Relation::Parent => t::relation_parent(l),
        Relation::Child => t::relation_child(l),
        Relation::Sibling => t::relation_sibling(l),
        Relation::OtherFamily => t::relation_other_family(l),
        Relation::CoParent => t::relation_co_parent(l),
        Relation::Friend => t::relation_friend(l),
        Relation::Other => t::relation_other(l),
    }
}

pub(in crate::visits) fn need(l: Locale, need: Need) -> String {
    match need {
        Need::Wheelchair => t::needs_wheelchair(l),
        Need::Interpreter => t::needs_interpreter(l),
        Need::Hearing => t::needs_hearing(l),
        Need::Sight => t::needs_sight(l),
    }
}

pub(super) fn child(l: Locale, child: &Child) -> String {
    t::check_child(l, &child.name, birth(l, child.birth_date))
}

pub(super) fn birth(l: Locale, date: CivilDate) -> String {
    dates::plain(l, date)
}

/// A number as it is read: Norwegian ones in groups and without the country's code.
pub(super) fn phone(phone: &Phone) -> String {
    let text = phone.as_str();
    match text.strip_prefix("+47") {
        Some(digits) if digits.len() == 8 => {
            format!("{} {} {}", &digits[..3], &digits[3..5], &digits[5..])
        }
        _ => text.to_owned(),
    }
}

/// What is wrong with a question's fields, each at the input to put right.
pub(super) fn errors(l: Locale, step: Step, fields: &Fields) -> Vec<FieldError> {
    let error = |e: &backend::form_try::FieldError| {
        FieldError::new(input(&e.field, &e.code), wrong(l, step, &e.field, &e.code))
    };
    fields.wrong.iter().map(error).collect()
}

/// The part of the birth date that is wrong; all of it when it is not one part alone.
pub(super) fn wrong_part(fields: &Fields) -> Option<DatePart> {
    let code = fields.wrong.iter().find(|e| e.field == "birth").map(|e| e.code.as_str());
    match code {
        Some("date_day") => Some(DatePart::Day),
        Some("date_month") => Some(DatePart::Month),
        Some("date_year") => Some(DatePart::Year),
        _ => None,
    }
}

fn input(field: &str, code: &str) -> String {
    match (field, code) {
        ("birth", "date_month") => "birth_month".to_owned(),
        ("birth", "date_year") => "birth_year".to_owned(),
        ("birth", _) => "birth_day".to_owned(),
        (other, _) => other.to_owned(),
    }
}

/// How to put it right. Every code that the forms of `domain` give has words of its own here.
pub(in crate::visits) fn wrong(l: Locale, step: Step, field: &str, code: &str) -> String {
    match (step, field, code) {
        (Step::Children, _, "name_empty") => t::wrong_child_name_empty(l),
        (_, _, "name_empty") => t::wrong_name_empty(l),
        (_, "name", "too_long") => t::wrong_name_long(l),
        (_, "language", "too_long") => t::wrong_language_long(l),
        (_, "note", "too_long") => t::wrong_note_long(l),
        (_, _, "character") => t::wrong_character(l),
        (_, _, "birth_or_number") => t::wrong_birth_or_number(l),
        (_, _, "number") => t::wrong_number(l),
        (_, "birth", code) => wrong_date(l, code),
        (Step::Relation, _, "choose") => t::wrong_choose_relation(l),
        (Step::Needs, _, "choose") => t::wrong_needs(l),
        (_, _, "email_empty") => t::wrong_email_empty(l),
        (_, _, "email_form") => t::wrong_email_form(l),
        (_, _, "phone_empty") => t::wrong_phone_empty(l),
        (_, _, "phone_form") => t::wrong_phone_form(l),
        (_, _, "children_many") => t::wrong_children_many(l, MOST_CHILDREN),
        (_, _, "language_empty") => t::wrong_language_empty(l),
        (_, _, "police_read") => t::wrong_police_read(l),
        _ => t::wrong_other(l),
    }
}

/// What can be said while she types, as `AnswerCheck` takes it. What is empty waits for the post.
pub(super) fn to_say(l: Locale, step: Step) -> Vec<String> {
    let dates = ["date_day", "date_month", "date_year", "date_no_such_day", "date_future"];
    let mut all = vec![("name", "too_long"), ("name", "character")];
    match step {
        Step::Whom => all.push(("number", "number")),
        Step::Contact => all = vec![("email", "email_form"), ("phone", "phone_form")],
        _ => all.push(("birth", "child_adult")),
    }
    if step != Step::Contact {
        all.extend(dates.map(|code| ("birth", code)));
    }
    all.into_iter().map(|(field, code)| format!("{field} {code} {}", wrong(l, step, field, code))).collect()
}

fn wrong_date(l: Locale, code: &str) -> String {
    match code {
        "date_empty" => t::wrong_date_empty(l),
        "date_day" => t::wrong_date_day(l),
        "date_month" => t::wrong_date_month(l),
        "date_year" => t::wrong_date_year(l),
        "date_no_such_day" => t::wrong_date_no_such_day(l),
        "date_future" => t::wrong_date_future(l),
        "child_adult" => t::wrong_child_adult(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::visits::clearance::forms::{
        ChildForm, ContactForm, FormErrors, NeedsForm, PoliceForm, RelationForm, WhomForm,
    };

    use super::*;

    fn today() -> CivilDate {
        CivilDate::parse_iso("2026-09-01").expect("a date")
    }

    /// Every way to answer wrong that the forms know.
    fn refused() -> Vec<(Step, FormErrors)> {
        let mut all = vec![];
        let texts = ["", "x\ny", "1"].map(str::to_owned).into_iter().chain(["x".repeat(600)]);
        let dates =
            [["", "", ""], ["32", "1", "1990"], ["1", "13", "1990"], ["1", "1", "90"], ["31", "2", "1990"]];
        let more = [["1", "1", "2030"], ["1", "1", "1990"]];
        for name in texts.clone() {
            for [day, month, year] in dates.into_iter().chain(more).map(|d| d.map(str::to_owned)) {
                let number = if day.is_empty() { "12345678901" } else { "" }.to_owned();
                let (birth_day, birth_month, birth_year) = (day, month, year);
                let child = ChildForm { name: name.clone(), birth_day, birth_month, birth_year };
                all.push((Step::Children, child.parse(today(), 0).err()));
                all.push((Step::Children, child.parse(today(), MOST_CHILDREN).err()));
                let ChildForm { name, birth_day, birth_month, birth_year } = child;
                let whom = WhomForm { name, birth_day, birth_month, birth_year, number };
                all.push((Step::Whom, whom.parse(today()).err()));
                all.push((Step::Whom, WhomForm { number: String::new(), ..whom }.parse(today()).err()));
            }
            let contact = ContactForm { email: name.clone(), phone: name.clone() };
            all.push((Step::Contact, contact.parse().err()));
            for needs in [vec![], vec!["interpreter".to_owned()], vec!["rocket".to_owned()]] {
                let form = NeedsForm { needs, language: name.clone(), note: format!("{name}\u{1}") };
                all.push((Step::Needs, form.parse().err()));
                all.push((Step::Needs, NeedsForm { note: name.clone(), ..form }.parse().err()));
            }
        }
        all.push((Step::Relation, RelationForm::default().parse().err()));
        all.push((Step::Police, PoliceForm::default().parse().err()));
        all.into_iter().filter_map(|(step, errors)| Some((step, errors?))).collect()
    }

    #[test]
    fn a_number_is_written_as_it_is_read() {
        for (typed, read) in [("41234567", "412 34 567"), ("+46701234567", "+46701234567")] {
            assert_eq!(phone(&Phone::parse(typed).expect("a number")), read);
        }
    }

    #[test]
    fn every_code_of_every_form_has_words_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for (step, errors) in refused() {
            for e in errors {
                let words = wrong(Locale::Nb, step, e.field, e.code);
                assert_ne!(words, t::wrong_other(Locale::Nb), "{step:?} {} {}", e.field, e.code);
                seen.insert(e.code);
            }
        }
        assert!(seen.len() >= 19, "the forms were tried: {seen:?}");
    }
}
