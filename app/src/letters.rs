//! Letters in words. The subject never says what a letter is about; the text does only for whoever has asked for
//! it, and otherwise all letters but the code are one and the same.

use backend::wiring::{Attachment, Letter, Reader, Words, Written};

use crate::{i18n::delivery as t, identity, routes, visits};

/// The words of this crate, given to the worker.
pub struct Letters;

impl Words for Letters {
    fn write(&self, reader: &Reader, letter: &Letter) -> Written {
        let l = reader.locale;
        match letter {
            Letter::Code { code, minutes } => {
                let (subject, paragraphs) = identity::letters::code(l, code, *minutes);
                closed(reader, subject, paragraphs)
            }
            Letter::TextCode { code, minutes } => line(t::text_code(l, code, *minutes)),
            Letter::TextNews => line(t::text_news(l)),
            Letter::HandedIn { reference } => {
                closed(reader, t::handed_subject(l), vec![t::handed_text(l, reference.to_string())])
            }
            Letter::TextHandedIn { reference } => line(t::text_handed(l, reference.to_string())),
            Letter::Waiting => {
                let text = format!("{}\n{}{}", t::waiting_text(l), reader.base_url, routes::STAFF);
                closed(reader, t::new_subject(l), vec![text])
            }
            Letter::Asked => {
                let text = format!("{}\n{}{}", t::asked_text(l), reader.base_url, routes::MY_HOMES);
                closed(reader, t::new_subject(l), vec![text])
            }
            // The same words whoever wrote and whatever she has chosen: what a message is about is told by itself alone.
            Letter::Message => news(&Reader { plain: false, ..reader.clone() }, String::new(), vec![]),
            Letter::Offer(told) => news(reader, visits::booking::waiting::letter(l, told.as_ref()), vec![]),
            Letter::Bringing(told) => {
                news(reader, visits::booking::counsel::bringing::letter(l, told), vec![])
            }
            Letter::Request(told) => news(reader, visits::booking::asking::letter(l, told), vec![]),
            Letter::Received { reference, at } => {
                news(reader, visits::letters::received(l, reference, *at), vec![])
            }
            Letter::Clearance(what) => news(reader, visits::letters::clearance(l, *what), vec![]),
            Letter::Booking { news: what, visit } => {
                news(reader, visits::booking::letter(l, *what, visit), visits::booking::entry(l, visit))
            }
        }
    }
}

/// There is something new: in plain words and with a file if she wants them, with the way to it.
fn news(reader: &Reader, plain: String, files: Vec<Attachment>) -> Written {
    let (l, base) = (reader.locale, &reader.base_url);
    if reader.plain {
        let written = closed(reader, t::new_subject(l), vec![format!("{plain}\n{base}{}", routes::VISITS)]);
        return Written { attachments: files, ..written };
    }
    let why = format!("{}\n{base}{}", t::new_why(l), routes::MY_CONTACT);
    closed(reader, t::new_subject(l), vec![format!("{}\n{base}{}", t::new_text(l), routes::MY), why])
}

/// A text message: one line, without a way to follow, so that nobody learns to follow ways in text messages.
fn line(text: String) -> Written {
    Written { text, ..Written::default() }
}

fn closed(reader: &Reader, subject: String, mut paragraphs: Vec<String>) -> Written {
    paragraphs.push(t::no_answer(reader.locale));
    Written { subject, text: paragraphs.join("\n\n"), attachments: vec![] }
}

#[cfg(test)]
mod tests {
    use backend::{
        visits::booking::{MyVisit, VisitView, waiting::Told},
        wiring::ClearanceNews,
    };
    use domain::{
        kernel::{CivilDate, Clock, Instant, Locale, Public, Reference},
        visits::booking::{Event, SessionKind, Way},
    };

    use super::*;

    /// What would tell a bystander something.
    const TELLING: [&str; 16] = [
        "fengsel",
        "prison",
        "innsatt",
        "innsett",
        "inmate",
        "besøk",
        "visit",
        "kriminal",
        "løslat",
        "permisjon",
        "søknad",
        "application",
        "vedtak",
        "straff",
        "avslag",
        "clearance",
    ];

    fn visit() -> Box<VisitView> {
        let date = CivilDate::parse_iso("2026-09-19").expect("a date");
        let starts_at = Instant::of_wall(date, Clock(660));
        let visit = MyVisit {
            public: Public::parse("00000000000000000000000000").expect("an id"),
            inmate_name: "Even Fjellvik".into(),
            unit_name: "Lyngmo fengsel".into(),
            date,
            start: Clock(660),
            end: Clock(720),
            starts_at,
            ends_at: starts_at.plus_minutes(60),
            cancelled: None,
            along: false,
            off: false,
        };
        Box::new(VisitView {
            visit,
            version: 1,
            reference: reference(),
            kind: SessionKind::Open,
            way: Way::Room,
            organisation: None,
            room: "Familierom".into(),
            booked_at: starts_at.plus_days(-9),
            moved_from: None,
            inmate: Public::parse("00000000000000000000000000").expect("an id"),
            off_seen: false,
            delegate: None,
            stepped_down: vec![],
            people: vec![],
            unit_slug: "lyngmo".into(),
            unit_address: "Lyngmoveien 12".into(),
            unit_travel: String::new(),
            unit_phone: "+47 00 00 00 01".into(),
            texts: vec![],
            rules: None,
        })
    }

    /// A colleague has booked it.
    fn along() -> Box<VisitView> {
        let mut visit = visit();
        visit.visit.along = true;
        visit
    }

    #[test]
    fn whoever_comes_along_is_not_told_that_she_has_booked_or_cancelled_it() {
        let hers = ["Du har avlyst", "du hadde", "You cancelled", "you had booked"];
        for (locale, news) in Locale::ALL.into_iter().flat_map(|l| Event::ALL.map(|news| (l, news))) {
            let text = visits::booking::letter(locale, news, &along());
            assert!(hers.iter().all(|words| !text.contains(words)), "{news:?}: {text}");
        }
    }

    fn reference() -> Reference {
        Reference::from_bits(7)
    }

    fn offers() -> [Letter; 2] {
        let date = CivilDate::parse_iso("2026-09-19").expect("a date");
        let told = Told { date, start: Clock(660), answer_by: Instant::of_wall(date, Clock(600)) };
        [Letter::Offer(Some(told)), Letter::Offer(None)]
    }

    /// All that goes to a person, but the code.
    fn to_a_person() -> Vec<Letter> {
        let booking = Event::ALL.into_iter().map(|news| Letter::Booking { news, visit: visit() });
        let received = Letter::Received { reference: reference(), at: Instant(0) };
        ClearanceNews::ALL
            .into_iter()
            .map(Letter::Clearance)
            .chain(booking)
            .chain([received])
            .chain(offers())
            .collect()
    }

    fn all() -> Vec<Letter> {
        let code = Letter::Code { code: "123456".into(), minutes: 30 };
        let handed = Letter::HandedIn { reference: reference() };
        to_a_person().into_iter().chain([code, handed, Letter::Waiting, Letter::Message]).collect()
    }

    fn reader(locale: Locale, plain: bool) -> Reader {
        Reader { locale, base_url: "https://varde.no".into(), plain }
    }

    fn tells(text: &str) -> Option<&'static str> {
        let text = text.to_lowercase();
        TELLING.into_iter().find(|word| text.contains(word))
    }

    #[test]
    fn t11_a_bystander_learns_nothing_from_a_neutral_letter_nor_from_any_subject() {
        for locale in Locale::ALL {
            for letter in all() {
                let neutral = Letters.write(&reader(locale, false), &letter);
                assert_eq!(tells(&neutral.text), None, "{locale:?} {}", neutral.text);
                let plain = Letters.write(&reader(locale, true), &letter);
                for subject in [neutral.subject, plain.subject] {
                    assert_eq!(tells(&subject), None, "{locale:?} {subject}");
                    assert!(!subject.contains("123456"), "the code is not for the lock screen");
                }
            }
        }
    }

    #[test]
    fn neutral_letters_are_one_and_the_same() {
        for locale in Locale::ALL {
            // That somebody has written is told in these words also to her who wants plain ones.
            let message = Letters.write(&reader(locale, true), &Letter::Message);
            let neutral = |letter| Letters.write(&reader(locale, false), &letter);
            let written = to_a_person().into_iter().chain([Letter::Message]).map(neutral).chain([message]);
            let texts: std::collections::BTreeSet<String> = written
                .map(|letter| {
                    assert!(letter.attachments.is_empty(), "a file would tell");
                    letter.text
                })
                .collect();
            assert_eq!(texts.len(), 1, "{texts:?}");
        }
    }

    #[test]
    fn plain_letters_say_what_has_happened_and_where_to_see_it_and_name_nobody() {
        for locale in [Locale::Nb, Locale::Nn, Locale::En] {
            let written: Vec<Written> =
                to_a_person().iter().map(|letter| Letters.write(&reader(locale, true), letter)).collect();
            let texts: std::collections::BTreeSet<&str> = written.iter().map(|w| w.text.as_str()).collect();
            assert_eq!(texts.len(), to_a_person().len(), "each says its own");
            for letter in &written {
                assert!(letter.text.contains("\nhttps://varde.no/visits\n"), "{}", letter.text);
                let files =
                    letter.attachments.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
                for text in files.chain([letter.text.clone()]) {
                    for named in ["Fjellvik", "Lyngmo", "engsel", "prison", "Familierom"] {
                        assert!(!text.contains(named), "{locale:?} {named}: {text}");
                    }
                }
            }
            let receipt = Letter::Received { reference: reference(), at: Instant(0) };
            let text = Letters.write(&reader(locale, true), &receipt).text;
            assert!(text.contains(&reference().to_string()) && text.contains("1970"), "{text}");
        }
    }

    #[test]
    fn a_text_message_is_one_line_that_tells_nothing_and_leads_nowhere() {
        let code = Letter::TextCode { code: "123456".into(), minutes: 30 };
        for l in Locale::ALL {
            let reader = reader(l, true);
            for letter in [&Letter::TextNews, &code, &Letter::TextHandedIn { reference: reference() }] {
                let said = Letters.write(&reader, letter).text;
                assert!(said.chars().count() <= 160 && !said.contains('\n'), "{l:?}: {said}");
                assert!(!said.contains("://") && !said.contains("varde.no"), "{l:?}: {said}");
                let lower = said.to_lowercase();
                assert_eq!(tells(&lower), None, "{l:?}: {said}");
            }
        }
    }
}
