//! Readers' copies of PDFs, as other programs see them: whole, and without who made them.

use super::{
    super::testing::pdf,
    stage::{Stage, bytes_of},
    *,
};
use crate::testing::{Portal, on_both_engines, pdf as judge};

const AUTHOR: &str = "Maja Fjellvik";

/// A document as a program writes it, with every offset right.
fn document(more: &str) -> Vec<u8> {
    let stream = |dictionary: &str, bytes: &str| {
        format!("<< {dictionary} /Length {} >>\nstream\n{bytes}\nendstream", bytes.len())
    };
    let xmp = format!(
        "<?xpacket begin=\"\"?><x:xmpmeta><dc:creator>{AUTHOR}</dc:creator></x:xmpmeta><?xpacket end=\"w\"?>"
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F << /Type \
         /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        stream("", "BT /F 12 Tf 20 100 Td (Samtykke) Tj ET"),
        stream("/Type /Metadata /Subtype /XML", &xmp),
        format!("<< /Author ({AUTHOR}) /Creator (Writer) /Producer 7 0 R /CreationDate (D:20260901120000Z) >>"),
        format!("({AUTHOR}s maskin)"),
        more.to_owned(),
    ];
    let (mut out, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
    }
    let at = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    places.iter().for_each(|place| out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes()));
    let size = places.len() + 1;
    out.extend_from_slice(
        format!("trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{at}\n%%EOF\n").as_bytes(),
    );
    out
}

fn tells(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

/// What a reader gets of it, whether it is signed, and what its sender gets.
async fn read(stage: &Stage, bytes: &[u8], owner: &str) -> (Vec<u8>, bool, Vec<u8>) {
    let upload = stage.whole("a.pdf", bytes).await;
    assert_eq!(upload.state().unwrap(), State::Received);
    let public = upload.public().unwrap();
    let handed = stage.hand_in(&[&public], owner).await.unwrap();
    assert_eq!(handed[0].sha256, sha256(bytes), "the receipt's hash is the original's");
    check_due(&stage.ctx, &Scanner::Demo).await.unwrap();
    let opened =
        open_for_reader(&stage.ctx, &Actor::System, "letter", owner, &public).await.unwrap().unwrap();
    assert_eq!(opened.length, Some(bytes.len() as u64));
    let (signed, copy) = (opened.signed, bytes_of(opened).await.unwrap());
    let own = open_own(&stage.ctx, &stage.actor, &public).await.unwrap().unwrap();
    (copy, signed, bytes_of(own).await.unwrap())
}

#[tokio::test]
async fn t20_a_reader_is_not_told_who_made_a_pdf_and_its_sender_has_it_as_it_was() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let plain = document("null");
        judge::checked(&judge::file(&plain));
        assert!(judge::info(&judge::file(&plain)).contains(&format!("Author: {AUTHOR}")));
        for (owner, file) in [("plain", plain.clone()), ("packed", judge::packed(&plain))] {
            let (copy, signed, own) = read(&stage, &file, owner).await;
            assert!(own == file && !signed && copy.len() == file.len(), "{owner}");
            let seen = judge::file(&copy);
            judge::checked(&seen);
            let about = judge::info(&seen);
            for word in ["Maja", "Writer", "2026", "Author", "Creator", "Producer", "maskin"] {
                assert!(!about.contains(word), "{owner}, {word}: {about}");
            }
            assert!(!tells(&copy, "Maja"), "{owner}");
            assert!(judge::text(&seen).contains("Samtykke"), "{owner}: the page is as it was");
        }
    })
    .await;
}

#[tokio::test]
async fn t20_a_signed_pdf_is_what_its_signature_covers() {
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    let file = document("<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 30] /Contents <00> >>");
    let (copy, signed, _) = read(&stage, &file, "x").await;
    assert!(signed, "its reader can be warned");
    assert!(copy == file);
}

#[tokio::test]
async fn a_long_pdf_is_copied_in_pieces_and_whole() {
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    let file = pdf(5 * CHUNK + 3);
    let (copy, _, _) = read(&stage, &file, "x").await;
    assert!(copy == file, "there is nothing in it to leave out");
}
