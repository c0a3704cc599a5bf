//! The register on paper, `docs/data-register.md`: the numbers are those of the rules in force.

use std::fmt::Write as _;

use super::{Kept, Table, tables};
use crate::{Result, ctx::Ctx, rules::Rules};

const HEAD: &str = "# Data register

Made from `backend/src/register` (the record of processing, GDPR Article 30, in the controller's words once a service runs
it): every table, what it is for, on what ground, and how long it is kept. A table without a row there fails
`backend/tests/sql`.

**Grounds.** *Visits*: straffegjennomføringsloven § 31 (visits), § 27 (control) and §§ 4 a–4 d (processing in the
Correctional Service), with GDPR Article 6(1)(e). *Decisions*: the same, and forvaltningsloven (grounds, notice,
appeal). *Notices*: straffegjennomføringsloven §§ 7 b, 7 i and the paragraphs they name (telling victims), with Article
6(1)(c) and (e). *Messages*: straffegjennomføringsloven §§ 4 a–4 d and, between relatives and inmates, § 30 (letters and
their control), with Article 6(1)(e). *Counsel*: § 30 (letters that are not read), Article 6(1)(e); no member of staff has
a way to them. *Worry*: straffegjennomføringsloven §§ 4 a–4 d (unverified which), Article 6(1)(d) and (e). *Consents*:
forskrift 2002-02-22-183 chapters 7 and 7 B (those at home), straffegjennomføringsloven § 31 (a child's other parent), Article 6(1)(e). *Service*: Article 6(1)(e) with
eForvaltningsforskriften §§ 5–8. *Security*: Article 32 and eForvaltningsforskriften § 15. *None*: holds no personal data.

**Retention.** *Case*: as the archive act requires, and no longer than ten years after the sentence is served
(forskrift 2013-09-20-1099 § 6). Days are rows of `rule`, with the day they hold from and their source; those that are the
service's choice say so, and none is verified: whoever runs the service confirms the numbers first. What has days is erased
each night, in pages, with a count in the trail; never while an appeal of that person, or a request of hers to put something right, is open. Where nothing erases yet,
the row says so.

| table | what it holds | purpose | ground | kept |
|---|---|---|---|---|
";

pub async fn document(ctx: &Ctx) -> Result<String> {
    let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
    let mut text = HEAD.to_owned();
    for table in tables() {
        let Table { name, holds, purpose, .. } = table;
        let (ground, kept) = (grounds(table), kept(table, &rules)?);
        let _ = writeln!(text, "| `{name}` | {holds} | {purpose} | {ground} | {kept} |");
    }
    Ok(text)
}

fn grounds(table: &Table) -> String {
    let names = table.grounds.iter().map(|ground| format!("{ground:?}")).collect::<Vec<_>>().join("; ");
    match (names.as_str(), table.law) {
        ("", "") => "None".to_owned(),
        ("", law) => format!("None: {law}"),
        (_, "") => names,
        (_, law) => format!("{names}; {law}"),
    }
}

fn kept(table: &Table, rules: &Rules) -> Result<String> {
    Ok(match table.kept {
        Kept::ForEver => "for ever".to_owned(),
        Kept::Days(keys, after) => {
            let day = |key: &&'static str| Ok(format!("{} days (`{key}`)", rules.days(key)?));
            format!("{} {after}; erased", keys.iter().map(day).collect::<Result<Vec<_>>>()?.join(" or "))
        }
        Kept::ByKind(after) => format!("1–3 years {after}, by its kind (a row, unverified); erased"),
        Kept::Short(how) => format!("{how}; erased"),
        Kept::Blob => format!(
            "unfinished or not handed in 24–72 hours, infected bytes 14 days (`blob_rule`), else as what it belongs to; \
             bytes, key and name are erased; the row of one that was never handed in {} days later (`keep.blob_days`)",
            rules.days("keep.blob_days")?
        ),
        Kept::As(other) => format!("as `{other}`"),
        Kept::Case => "Case (not erased yet)".to_owned(),
        Kept::LastCase => "with the last case (not erased yet)".to_owned(),
        Kept::Custody => "the custody register's rule (not erased here)".to_owned(),
        Kept::Appended(how) | Kept::While(how) => how.to_owned(),
    })
}
