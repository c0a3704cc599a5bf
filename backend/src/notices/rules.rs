//! The rules as rows: the law kind by kind, and the numbers of the ladder.

use domain::{
    custody::Kind,
    kernel::CivilDate,
    notices::{Breaker, Field, Numbers, Rule, Timing},
};

use crate::{Error, Result, args, db::Tx, rules::Rules};

#[derive(sqlx::FromRow)]
struct Row {
    valid_from: String,
    basis: String,
    timing: Option<String>,
    fields: String,
    optional: i64,
}

/// The rule for a kind on a day. None: nothing is known of it, and nothing is sent.
pub(super) async fn of_kind(tx: &mut Tx, kind: Kind, on: CivilDate) -> Result<Option<Rule>> {
    let row: Option<Row> = tx.optional(IN_FORCE, args![kind.code(), on]).await?;
    row.map(|row| {
        Ok(Rule {
            kind,
            valid_from: CivilDate::parse_iso(&row.valid_from).ok_or(Error::Broken("day of a rule"))?,
            basis: row.basis,
            timing: match row.timing.as_deref() {
                None => None,
                Some(code) => Some(Timing::parse(code).ok_or(Error::Broken("timing of a rule"))?),
            },
            fields: fields(&row.fields),
            optional: row.optional == 1,
        })
    })
    .transpose()
}

pub(super) fn fields(codes: &str) -> Vec<Field> {
    codes.split(' ').filter_map(Field::parse).collect()
}

pub(super) fn codes(fields: &[Field]) -> String {
    fields.iter().map(|field| field.code()).collect::<Vec<_>>().join(" ")
}

pub(super) fn numbers(rules: &Rules) -> Result<Numbers> {
    Ok(Numbers {
        in_advance: rules.days("notices.in_advance_minutes")?,
        call_lead: rules.days("notices.call_lead_minutes")?,
        next_channel: rules.days("notices.next_channel_minutes")?,
        next_channel_at_once: rules.days("notices.next_channel_at_once_minutes")?,
        human_after_failure: rules.days("notices.human_after_failure_minutes")?,
        remind: rules.days("notices.remind_minutes")?,
        longest_wait: rules.days("notices.longest_wait_minutes")?,
        assessment_lead: rules.days("notices.assessment_lead_minutes")?,
        page: rules.days("notices.page_minutes")?,
    })
}

pub(super) fn breaker(rules: &Rules) -> Result<Breaker> {
    let number = |key| -> Result<u32> {
        u32::try_from(rules.days(key)?).map_err(|_| Error::Broken("a bound of the breaker"))
    };
    Ok(Breaker { floor: number("notices.breaker_floor")?, times: number("notices.breaker_times")? })
}

pub const IN_FORCE: &str = "SELECT valid_from, basis, timing, fields, optional FROM notice_rule WHERE kind = $1 \
    AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1";
