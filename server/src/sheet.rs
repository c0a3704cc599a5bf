//! A file for a table program, as it is answered.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

/// Its bytes, or what broke while it was written.
pub(crate) fn answer<E: std::fmt::Display>(written: Result<Vec<u8>, E>) -> Response {
    match written {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"varde.csv\""),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a file of rows could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
