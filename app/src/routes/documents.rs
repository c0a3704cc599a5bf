//! The paths of documents: hers, and the desk's.

use domain::kernel::Public;

use super::escaped;

pub const DOCUMENTS: &str = "/documents";
pub const DOCUMENTS_SEND: &str = "/documents/send";
pub const STAFF_DOCUMENTS: &str = "/staff/documents";

/// Choosing what to send about this case.
pub fn documents_about(case: &str) -> String {
    format!("{DOCUMENTS_SEND}?about={}", escaped(case))
}

/// What she is putting together: where it goes, and her words.
pub fn document_draft<T>(draft: &Public<T>) -> String {
    format!("{DOCUMENTS_SEND}/{draft}")
}

/// Its files.
pub fn document_draft_files<T>(draft: &Public<T>) -> String {
    format!("{DOCUMENTS_SEND}/{draft}/files")
}

/// All of it, before it is handed in.
pub fn document_draft_check<T>(draft: &Public<T>) -> String {
    format!("{DOCUMENTS_SEND}/{draft}/check")
}

/// What she is asked for.
pub fn document_request<T>(request: &Public<T>) -> String {
    format!("{DOCUMENTS}/requests/{request}")
}

/// What she has handed in.
pub fn document<T>(document: &Public<T>) -> String {
    format!("{DOCUMENTS}/{document}")
}

pub fn document_receipt<T>(document: &Public<T>) -> String {
    format!("{DOCUMENTS}/{document}/receipt")
}

/// The question before it is taken back.
pub fn document_withdraw<T>(document: &Public<T>) -> String {
    format!("{DOCUMENTS}/{document}/withdraw")
}

/// The receipt as a paper to keep.
pub fn document_paper<T>(document: &Public<T>) -> String {
    format!("{DOCUMENTS}/{document}/receipt.pdf")
}

/// The desk's list: `new`, `waiting`, `late` or `done`.
pub fn staff_documents(show: &str) -> String {
    format!("{STAFF_DOCUMENTS}?show={}", escaped(show))
}

pub fn staff_document<T>(document: &Public<T>) -> String {
    format!("{STAFF_DOCUMENTS}/{document}")
}

/// A file of a document, as a download.
pub fn staff_document_file<T, F>(document: &Public<T>, file: &Public<F>) -> String {
    format!("{STAFF_DOCUMENTS}/{document}/files/{file}")
}

pub fn staff_document_request<T>(request: &Public<T>) -> String {
    format!("{STAFF_DOCUMENTS}/requests/{request}")
}

/// Asking for something in this case.
pub fn staff_document_ask(case: &str) -> String {
    format!("{STAFF_DOCUMENTS}/ask/{}", escaped(case))
}
