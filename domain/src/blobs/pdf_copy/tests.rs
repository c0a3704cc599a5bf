use miniz_oxide::inflate::decompress_to_vec_zlib;
use proptest::prelude::*;

use super::*;

const NAME: &str = "Maja Fjellvik";

fn plan(bytes: &[u8], step: usize) -> Plan {
    let mut look = Look::default();
    bytes.chunks(step).for_each(|piece| look.push(piece));
    look.end()
}

fn copy(bytes: &[u8], step: usize) -> Vec<u8> {
    let (mut blank, mut out) = (Blank::new(plan(bytes, step)), Vec::new());
    bytes.chunks(step).for_each(|piece| blank.push(piece, &mut out));
    blank.end(&mut out);
    out
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

fn stream(number: u32, dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("{number} 0 obj\n<< {dictionary} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream\nendobj\n"].concat()
}

fn folded(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

/// With the catalog, a page that says the name, and these objects.
fn pdf(objects: &[u8], trailer: &str) -> Vec<u8> {
    let page = stream(3, "", format!("BT ({NAME} 12 0 obj) Tj ET").as_bytes());
    let head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Metadata 9 0 R >>\nendobj\n".to_vec();
    let end = format!("trailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n0\n%%EOF\n");
    [head, page, objects.to_vec(), end.into_bytes()].concat()
}

/// What a page draws stays, and nothing else says the name.
fn tells_nothing(bytes: &[u8]) {
    for step in [1, 7, 64, 1 << 16] {
        let copy = copy(bytes, step);
        assert_eq!(copy.len(), bytes.len(), "{step} at a time");
        let said = copy.windows(NAME.len()).filter(|part| *part == NAME.as_bytes()).count();
        assert_eq!(said, 1, "{step} at a time: {}", String::from_utf8_lossy(&copy));
        assert!(holds(&copy, b"BT (Maja Fjellvik 12 0 obj) Tj ET") && holds(&copy, b"/Root 1 0 R"));
    }
}

#[test]
fn t20_the_info_dictionary_is_blank_wherever_it_stands() {
    let plain = format!("12 0 obj\n<< /Author ({NAME}) /Company <4d616a61> >>\nendobj\n");
    tells_nothing(&pdf(plain.as_bytes(), "/Info 12 0 R"));
    // Replaced later by another: both are blank.
    let again = format!("{plain}13 0 obj<</Title({NAME})>>endobj\ntrailer <</Info 13 0 R>>\n");
    tells_nothing(&pdf(again.as_bytes(), "/Info 12 0 R"));
    // As some programs write it: each value an object of its own.
    let apart = format!(
        "14 0 obj\n({NAME})\nendobj\n12 0 obj\n<< /Author 14 0 R /Producer 15 0 R >>\nendobj\n15 0 obj ({NAME}) endobj\n"
    );
    tells_nothing(&pdf(apart.as_bytes(), "/Info 12 0 R"));
    // In the dictionary of a stream of places.
    let placed = [plain.as_bytes(), &stream(20, "/Type /XRef /Info 12 0 R", &folded(b"places"))].concat();
    tells_nothing(&pdf(&placed, ""));
}

#[test]
fn t20_xmp_is_blank_and_still_unfolds() {
    let xmp = format!("<?xpacket begin=\"\"?>\n<dc:creator>{NAME}</dc:creator>\n<?xpacket end=\"w\"?>");
    tells_nothing(&pdf(&stream(9, "/Type /Metadata /Subtype /XML", xmp.as_bytes()), ""));
    let packed = folded(xmp.repeat(9).as_bytes());
    let file = pdf(&stream(9, "/Type/Metadata/Subtype/XML/Filter/FlateDecode", &packed), "");
    let copy = copy(&file, 50);
    assert_eq!(copy.len(), file.len());
    let at = text::position(&copy, b"FlateDecode").expect("its dictionary");
    let from = at + text::position(&copy[at..], b"stream\n").expect("its bytes") + 7;
    assert_eq!(decompress_to_vec_zlib(&copy[from..from + packed.len()]).expect("it unfolds"), b"");
    assert!(!holds(&copy, &packed[2..20]));
}

/// Objects in a stream, each with its number.
fn packed(objects: &[(u64, String)], level: u8) -> Vec<u8> {
    let (mut index, mut body) = (String::new(), String::new());
    for (number, text) in objects {
        index += &format!("{number} {} ", body.len());
        body += &format!("{text}\n");
    }
    let all = format!("{index}{body}");
    let bytes = miniz_oxide::deflate::compress_to_vec_zlib(all.as_bytes(), level);
    stream(
        30,
        &format!("/Type /ObjStm /N {} /First {} /Filter /FlateDecode", objects.len(), index.len()),
        &bytes,
    )
}

fn unpacked(copy: &[u8]) -> Vec<u8> {
    let at = text::position(copy, b"/ObjStm").expect("a stream of objects");
    let from = at + text::position(&copy[at..], b"stream\n").expect("its bytes") + 7;
    let (mut state, mut out) = (
        miniz_oxide::inflate::stream::InflateState::new_boxed(miniz_oxide::DataFormat::Zlib),
        vec![0; 1 << 20],
    );
    let step = miniz_oxide::inflate::stream::inflate(
        &mut state,
        &copy[from..],
        &mut out,
        miniz_oxide::MZFlush::None,
    );
    assert!(step.status.is_ok());
    out.truncate(step.bytes_written);
    out
}

#[test]
fn t20_a_packed_info_dictionary_is_blank_and_its_neighbours_stay() {
    let objects = vec![
        (5, "<< /Type /Font /BaseFont /Noto >>".to_owned()),
        (12, format!("<< /Author ({NAME}) /Producer (Word) >>")),
        (6, "[ 1 2 3 ]".to_owned()),
    ];
    let file = pdf(&packed(&objects, 9), "/Info 12 0 R");
    for step in [1, 33, 1 << 16] {
        let copy = copy(&file, step);
        assert_eq!(copy.len(), file.len());
        let all = unpacked(&copy);
        assert!(!holds(&all, b"Maja") && !holds(&all, b"Word"), "{}", String::from_utf8_lossy(&all));
        assert!(holds(&all, b"/BaseFont /Noto") && holds(&all, b"[ 1 2 3 ]") && holds(&all, b"<<  "));
    }
}

#[test]
fn t20_what_is_signed_is_byte_for_byte_what_it_was() {
    let objects = format!(
        "12 0 obj<</Author({NAME})>>endobj 7 0 obj<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>endobj\n"
    );
    let file = pdf(objects.as_bytes(), "/Info 12 0 R");
    assert!(plan(&file, 11).signed);
    assert_eq!(copy(&file, 11), file);
    let written = pdf(objects.replace("ByteRange", "Byte#52ange").as_bytes(), "/Info 12 0 R");
    assert_eq!(copy(&written, 5), written, "however its name is written");
}

proptest! {
    /// Whatever it is: as long as it was, the same however it comes, and a copy of a copy changes no more.
    #[test]
    fn t20_any_bytes_have_a_copy_of_their_length(
        parts in proptest::collection::vec(prop_oneof![
            "[ -~\n]{0,30}".prop_map(String::into_bytes),
            proptest::sample::select(vec![
                "1 0 obj", "<< /Author (x) >>", "endobj", ">> stream\n", "endstream", "endstre", "/Type /Metadata",
                "/Type /ObjStm /N 1 /First 4", "/Info 1 0 R", "trailer", "/FlateDecode",
            ]).prop_map(|text| text.as_bytes().to_vec()),
            proptest::collection::vec(any::<u8>(), 0..40),
        ], 0..30),
        step in 1usize..60,
    ) {
        let bytes = parts.concat();
        let whole = copy(&bytes, 1 << 20);
        prop_assert_eq!(whole.len(), bytes.len());
        prop_assert_eq!(&copy(&bytes, step), &whole);
    }

    #[test]
    fn t20_whoever_made_it_is_told_by_no_copy(
        author in "[A-Za-z]{12,60}",
        others in proptest::collection::vec("[ -'*-;=?-~]{0,200}", 0..20),
        level in 1u8..10,
    ) {
        let mut objects: Vec<(u64, String)> =
            others.iter().zip(40..).map(|(text, number)| (number, format!("({text})"))).collect();
        objects.insert(objects.len() / 2, (12, format!("<< /Author ({author}) /Creator ({author}) >>")));
        let file = pdf(&packed(&objects, level), "/Info 12 0 R");
        let all = unpacked(&copy(&file, 4096));
        prop_assert!(!holds(&all, author.as_bytes()));
        for text in others {
            let whole = holds(&all, &[b"(", text.as_bytes(), b")"].concat());
            prop_assert!(whole, "{}", text);
        }
    }
}
