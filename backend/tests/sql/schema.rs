//! The two schemas are one: tables, columns, types, what may be absent, indexes, references. And each table
//! stands in the data register.

use std::collections::{BTreeMap, BTreeSet};

use backend::{ctx::Ctx, register, testing::Portal};

/// `table.column` → type and whether it may be absent.
type Columns = BTreeMap<String, String>;

const SQLITE_COLUMNS: &str = "SELECT m.name, c.name, c.type, CAST(c.\"notnull\" OR c.pk > 0 AS BIGINT) \
    FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
    AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'";
const POSTGRES_COLUMNS: &str = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT), \
    CAST(CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS BIGINT) FROM information_schema.columns \
    WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations' AND table_name IN (SELECT t.table_name \
    FROM information_schema.tables t WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE')";

const SQLITE_INDEXES: &str = "SELECT m.name || '.' || i.name || '(' || (SELECT GROUP_CONCAT(x.name, ',') \
    FROM pragma_index_info(i.name) x) || ') ' || i.\"unique\" || i.partial FROM sqlite_master m \
    JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin = 'c'";
const POSTGRES_INDEXES: &str = "SELECT t.relname || '.' || n.relname || '(' || (SELECT STRING_AGG(a.attname, ',' \
    ORDER BY k.place) FROM UNNEST(i.indkey) WITH ORDINALITY k (number, place) JOIN pg_attribute a \
    ON a.attrelid = t.oid AND a.attnum = k.number) || ') ' || CAST(i.indisunique AS INT) \
    || CAST(i.indpred IS NOT NULL AS INT) FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid \
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace s ON s.oid = t.relnamespace \
    WHERE s.nspname = 'public' AND t.relname <> '_sqlx_migrations' \
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = n.oid AND c.contype IN ('p', 'u'))";

const SQLITE_REFERENCES: &str = "SELECT m.name || '.' || f.\"from\" || ' ' || f.\"table\" FROM sqlite_master m \
    JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
const POSTGRES_REFERENCES: &str = "SELECT t.relname || '.' || a.attname || ' ' || f.relname FROM pg_constraint c \
    JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'f'";

async fn columns(ctx: &Ctx, sql: &'static str) -> Columns {
    let rows: Vec<(String, String, String, i64)> = ctx.db.all(sql, vec![]).await.expect("columns");
    let told = |(table, column, kind, needed): (String, String, String, i64)| {
        let kind = kind.to_lowercase().replace("bytea", "blob");
        (format!("{table}.{column}"), format!("{kind}{}", if needed == 1 { "" } else { " or nothing" }))
    };
    rows.into_iter().map(told).collect()
}

async fn lines(ctx: &Ctx, sql: &'static str) -> BTreeSet<String> {
    let rows: Vec<(String,)> = ctx.db.all(sql, vec![]).await.expect("lines");
    rows.into_iter().map(|(line,)| line).collect()
}

#[tokio::test]
async fn the_two_schemas_are_one() {
    let Some(postgres) = Portal::postgres().await else { return };
    let kept = Portal::sqlite().await;
    let (sqlite, postgres) = (&kept.ctx, &postgres.ctx);
    let (one, other) = (columns(sqlite, SQLITE_COLUMNS).await, columns(postgres, POSTGRES_COLUMNS).await);
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ = names.iter().filter(|name| one.get(**name) != other.get(**name));
    let told =
        |name: &&&String| format!("{name}: SQLite {:?}, PostgreSQL {:?}", one.get(**name), other.get(**name));
    crate::verdict("columns are the same", &differ.map(|name| told(&name)).collect::<Vec<_>>());
    for (what, ours, theirs) in [
        ("indexes", SQLITE_INDEXES, POSTGRES_INDEXES),
        ("references", SQLITE_REFERENCES, POSTGRES_REFERENCES),
    ] {
        let (one, other) = (lines(sqlite, ours).await, lines(postgres, theirs).await);
        assert!(!one.is_empty(), "{what} were found");
        let differ: Vec<String> = one.symmetric_difference(&other).cloned().collect();
        crate::verdict(&format!("{what} are the same"), &differ);
    }
}

#[tokio::test]
async fn each_table_stands_in_the_data_register() {
    let portal = Portal::sqlite().await;
    let columns = columns(&portal.ctx, SQLITE_COLUMNS).await;
    let tables: BTreeSet<String> =
        columns.keys().filter_map(|name| Some(name.split_once('.')?.0.to_owned())).collect();
    let named: BTreeSet<String> = register::tables().map(|table| table.name.to_owned()).collect();
    let differ: Vec<String> = tables.symmetric_difference(&named).cloned().collect();
    crate::verdict("backend/src/register has a row for each table and for no other", &differ);
}

/// One that is not fresh is red; `VARDE_WRITE_DOCS=1` writes it.
#[tokio::test]
async fn the_data_register_is_generated_fresh() {
    let portal = Portal::sqlite().await;
    let wanted = register::document(&portal.ctx).await.expect("the rules are there");
    let path = crate::root().join("docs/data-register.md");
    if std::env::var_os("VARDE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &wanted).expect("the file is written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "docs/data-register.md is old: VARDE_WRITE_DOCS=1 cargo test -p backend --test sql generated"
    );
}

/// A rule that a row names is there, is a number of days and says where it is from; one without a law is called unverified.
#[tokio::test]
async fn each_term_of_the_register_is_a_row_with_a_source() {
    let portal = Portal::sqlite().await;
    let rows: Vec<(String, String, String)> =
        portal.ctx.db.all("SELECT key, value, source FROM rule", vec![]).await.expect("rules");
    let mut broken = Vec::new();
    for table in register::tables() {
        let register::Kept::Days(keys, after) = table.kept else { continue };
        for key in keys {
            match rows.iter().find(|(known, ..)| known == key) {
                Some((_, value, source)) => {
                    let days: i64 = value.parse().unwrap_or(0);
                    if days < 1 || source.is_empty() || after.is_empty() {
                        broken.push(format!("{}: {key} = {value}, {source}", table.name));
                    }
                }
                None => broken.push(format!("{}: {key} is no rule", table.name)),
            }
        }
    }
    crate::verdict("a term is a row of `rule`", &broken);
    let unsure = rows.iter().filter(|(key, ..)| key.starts_with("keep.") || key.contains(".keep_"));
    let unsure: Vec<String> =
        unsure.filter(|(.., source)| !source.contains("unverified")).map(|(key, ..)| key.clone()).collect();
    crate::verdict("no term is verified yet", &unsure);
}
