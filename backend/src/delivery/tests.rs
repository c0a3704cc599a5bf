use domain::kernel::EmailAddress;

use super::*;
use crate::testing::{NOON, Portal};

fn to() -> EmailAddress {
    EmailAddress::parse("maja@eksempel.no").unwrap()
}

fn written(subject: &str, text: &str) -> Written {
    Written { subject: subject.into(), text: text.into(), attachments: vec![] }
}

fn raw(written: Written) -> String {
    let letter = Outgoing::new("test", Locale::Nb, to(), written).unwrap();
    let from = message::mailbox(Some("Varde"), &parse_sender("ikke-svar@varde.example").unwrap()).unwrap();
    String::from_utf8(message::build(&from, "0190-id", NOON, &letter).unwrap().formatted()).unwrap()
}

#[test]
fn t23_words_never_become_a_header() {
    for bad in ["Hei\r\nBcc: x@y.no", "Hei\nX-A: b", "Hei\rX-A: b", "Hei\0", ""] {
        let refused = Outgoing::new("test", Locale::Nb, to(), written(bad, "tekst"));
        assert!(matches!(refused, Err(Problem::Crooked)), "{bad:?}");
    }
    let raw = raw(written("Noe nytt på æøå", "Bcc: x@y.no\n\nHei\n.\nSlutt"));
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    assert!(!head.contains("Bcc"), "{head}");
    assert!(body.contains("Bcc: x@y.no"), "in the text it is only text: {body}");
}

#[test]
fn a_letter_says_who_when_and_which_and_that_nobody_waits_for_an_answer() {
    let raw = raw(written("Hei", "tekst"));
    for line in [
        "Message-ID: <0190-id@varde.example>",
        "From: Varde <ikke-svar@varde.example>",
        "To: maja@eksempel.no",
        "Date: Tue, 01 Sep 2026 10:00:00 +0000",
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(raw.lines().any(|l| l == line), "{line} is missing in\n{raw}");
    }
}

#[test]
fn a_file_comes_along_under_its_name() {
    let attachment = Attachment {
        name: "besok.ics",
        media_type: "text/calendar; charset=utf-8",
        bytes: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec(),
    };
    let raw = raw(Written { attachments: vec![attachment], ..written("Hei", "tekst") });
    assert!(raw.contains("Content-Disposition: attachment; filename=\"besok.ics\""), "{raw}");
    assert!(raw.contains("Content-Type: text/calendar; charset=utf-8"), "{raw}");
}

#[tokio::test]
async fn without_a_server_there_is_a_way_in_the_demo_alone() {
    let portal = Portal::sqlite().await;
    let settings = |over: &[(&str, &str)]| {
        crate::config::Settings::from_text(include_str!("../../../Leptos.toml"), over).unwrap()
    };
    assert!(Mailer::new(&portal.ctx.settings).is_ok());
    assert!(Mailer::new(&settings(&[("VARDE_ENVIRONMENT", "production")])).is_err());
    let crooked = [("VARDE_SMTP__FROM", "Varde <x@y.no>\r\nBcc: z@y.no")];
    assert!(Mailer::new(&settings(&crooked)).is_err(), "the sender is an address and nothing else");
}
