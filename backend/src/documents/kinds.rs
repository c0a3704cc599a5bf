//! The kinds of documents that are in force: rows with a day and a source.

use domain::{
    documents::{GoesTo, Kind, Senders},
    kernel::CivilDate,
};

use super::{Names, stored::AskRow};
use crate::{Error, Result, args, ctx::Ctx, db::Tx};

/// A kind with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindView {
    pub kind: Kind,
    pub names: Names,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    code: String,
    valid_from: String,
    senders: String,
    goes_to: String,
    needs_file: i64,
    blob_kind: String,
    deadline_days: i64,
    keep_days: i64,
    #[sqlx(flatten)]
    names: Names,
}

impl Row {
    fn view(self) -> Result<KindView> {
        let broken = || Error::Broken("a kind of document");
        let kind = Kind {
            senders: Senders::parse(&self.senders).ok_or_else(broken)?,
            goes_to: GoesTo::parse(&self.goes_to).ok_or_else(broken)?,
            code: self.code,
            valid_from: self.valid_from,
            needs_file: self.needs_file == 1,
            blob_kind: self.blob_kind,
            deadline_days: self.deadline_days,
            keep_days: self.keep_days,
        };
        Ok(KindView { kind, names: self.names })
    }
}

/// Those in force today, in their order.
pub async fn kinds(ctx: &Ctx) -> Result<Vec<KindView>> {
    let rows: Vec<Row> = ctx.db.all(IN_FORCE, args![ctx.now().date()]).await?;
    rows.into_iter().map(Row::view).collect()
}

/// The one with this code on this day.
pub(super) async fn kind(tx: &mut Tx, code: &str, day: CivilDate) -> Result<Option<KindView>> {
    let row: Option<Row> = tx.optional(ONE, args![day, code]).await?;
    row.map(Row::view).transpose()
}

/// The version that a request was made under, whether or not it is in force still.
pub(super) async fn of_request(tx: &mut Tx, request: &AskRow) -> Result<KindView> {
    tx.one::<Row>(VERSION, args![&request.kind, &request.kind_from]).await?.view()
}

/// The same, read by itself.
pub(super) async fn version(ctx: &Ctx, code: &str, valid_from: &str) -> Result<KindView> {
    ctx.db.one::<Row>(VERSION, args![code, valid_from]).await?.view()
}

macro_rules! kinds {
    ($rest:literal) => {
        concat!(
            "SELECT k.code, k.valid_from, k.senders, k.goes_to, k.needs_file, k.blob_kind, k.deadline_days, \
             k.keep_days, k.name_nb, k.name_nn, k.name_en, k.hint_nb, k.hint_nn, k.hint_en FROM document_kind k WHERE ",
            $rest
        )
    };
}

pub const IN_FORCE: &str = kinds!(
    "(k.valid_to IS NULL OR k.valid_to >= $1) AND k.valid_from = (SELECT MAX(m.valid_from) FROM document_kind m \
     WHERE m.code = k.code AND m.valid_from <= $1) ORDER BY k.position, k.code"
);
pub const ONE: &str = kinds!(
    "(k.valid_to IS NULL OR k.valid_to >= $1) AND k.valid_from = (SELECT MAX(m.valid_from) FROM document_kind m \
     WHERE m.code = k.code AND m.valid_from <= $1) AND k.code = $2"
);
pub const VERSION: &str = kinds!("k.code = $1 AND k.valid_from = $2");
