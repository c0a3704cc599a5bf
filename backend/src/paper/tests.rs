//! Papers, judged by programs that share nothing with ours: qpdf and poppler. Missing, they make the test fail: `cargo xtask
//! test` installs them.

use super::*;
use crate::testing::pdf;

fn paper(rows: usize, name: &str) -> Paper {
    let row = |n: usize| vec![format!("{name} {n}.pdf"), "4,3 MB".into(), "0123456789abcdef".repeat(4)];
    Paper {
        title: "Kvittering".into(),
        lang: "nb",
        foot: "Varde · K2M9-71DA".into(),
        page: Box::new(|n, of| format!("Side {n} av {of}")),
        blocks: vec![
            Block::Text("Vi har fått det du sendte. Čáhppes ŋiŧŧu, đákko.".into()),
            Block::Facts(vec![
                ("Referanse".into(), "K2M9-71DA".into()),
                ("Sendt".into(), "kl. 14.32".into()),
            ]),
            Block::Heading("Filer".into()),
            Block::Table(Table {
                head: vec![("Navn".into(), 36), ("Størrelse".into(), 16), ("Fingeravtrykk".into(), 48)],
                rows: (0..rows).map(row).collect(),
            }),
        ],
    }
}

#[test]
fn a_paper_is_read_as_it_looks_and_judged_well() {
    let bytes = paper(3, "Bekreftelse").pdf().expect("a paper");
    assert_eq!(bytes, paper(3, "Bekreftelse").pdf().expect("a paper"), "the same is the same");
    let file = pdf::file(&bytes);
    pdf::checked(&file);
    let about = pdf::info(&file);
    for line in
        ["Title: Kvittering", "Tagged: yes", "Pages: 1", "Producer: Varde", "Encrypted: no", "JavaScript: no"]
    {
        assert!(about.contains(line), "{line}: {about}");
    }
    assert!(!about.contains("Author:") && !about.contains("CreationDate:"), "{about}");
    let tree = pdf::structure(&file);
    for part in ["Document", "H1", "P (block)", "Table", "TH", "TD", "H2"] {
        assert!(tree.contains(part), "{part}: {tree}");
    }
    let text = pdf::text(&file);
    for words in ["Kvittering", "Čáhppes ŋiŧŧu, đákko.", "Referanse", "Bekreftelse 2.pdf", "Side 1 av 1"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn what_does_not_fit_goes_on_and_no_letter_breaks_it() {
    let bytes = paper(70, "語 \u{7} \u{202e} 🎉 имя").pdf().expect("a paper");
    let file = pdf::file(&bytes);
    pdf::checked(&file);
    let about = pdf::info(&file);
    assert!(about.contains("Tagged: yes") && !about.contains("Pages: 1"), "{about}");
    let text = pdf::text(&file);
    assert!(text.contains("имя 69.pdf") && text.contains("? имя") && text.contains("Side 2 av"), "{text}");
    let empty = Paper { blocks: vec![], title: String::new(), ..paper(0, "") };
    assert!(empty.pdf().is_ok() || empty.pdf().is_err(), "never a panic");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    #[test]
    fn whatever_is_written_is_drawn(title in "\\PC{1,80}", words in "\\PC{0,400}", cell in "\\PC{0,200}") {
        let mut paper = paper(1, &cell);
        paper.title = format!("K {title}");
        paper.blocks.push(Block::Text(words));
        proptest::prop_assert!(paper.pdf().is_ok());
    }
}
