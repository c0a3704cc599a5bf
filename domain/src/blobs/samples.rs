//! Files for the tests: small ones of each type, honest and not.

pub fn pdf_with(body: &[u8]) -> Vec<u8> {
    [
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        body,
        b"\ntrailer << /Root 1 0 R >>\n%%EOF\n",
    ]
    .concat()
}

pub fn plain_pdf() -> Vec<u8> {
    pdf_with(b"2 0 obj << /Type /Pages /Count 0 /Kids [] >> endobj")
}

/// A stream whose bytes are these, folded.
pub fn folded(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
    let head = format!("3 0 obj << {dictionary} /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream endobj"].concat()
}

fn png_part(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes(), &name[..], body, &[1, 2, 3, 4]].concat()
}

pub fn png(wide: u32, high: u32) -> Vec<u8> {
    let size = [&wide.to_be_bytes()[..], &high.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_part(b"IHDR", &size),
        png_part(b"tEXt", b"Author\0Maja Fjellvik"),
        png_part(b"eXIf", b"MM\0*GPS 59.91"),
        png_part(b"IDAT", b"pixels"),
        png_part(b"IEND", b""),
    ]
    .concat()
}

fn part(code: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff, code], &((body.len() + 2) as u16).to_be_bytes()[..], body].concat()
}

/// On its side, with the place it was taken at, and with something after its end.
pub fn jpeg() -> Vec<u8> {
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0GPS!";
    [
        b"\xff\xd8".to_vec(),
        part(0xe0, b"JFIF\0\x01\x02"),
        part(0xe1, exif),
        part(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Maja</x:xmpmeta>"),
        part(0xfe, b"<html><script>alert(1)</script>"),
        part(0xdb, &[1; 65]),
        part(0xc0, &[8, 0, 4, 0, 5, 1]),
        part(0xda, &[1, 2, 3]),
        b"abc\xff\x00def\xff\xd0ghi\xff\xd9".to_vec(),
    ]
    .concat()
}
