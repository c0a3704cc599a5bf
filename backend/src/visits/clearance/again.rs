//! Sending again: the answers of an application that came to nothing, or of one whose leave ends, become a new draft. What the
//! police are asked is read anew, and a draft that is under way is left as it is.

use domain::{
    kernel::{CivilDate, Id, NationalId, Public},
    visits::clearance::{Answer, Child, Contact, Relation, Whom, draft::KnownBy},
};

use super::{Application, drafts, ending::RENEW_DAYS, people::people, sealed};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    identity::contacts,
    rules::Rules,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    typed_name: String,
    typed_birth: Option<String>,
    typed_number: Option<Vec<u8>>,
    relation: String,
    needs: Vec<u8>,
    subject_key: Vec<u8>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// A draft with the answers is there.
    Begun,
    /// Another application is under way already.
    UnderWay,
}

/// One of her own that is closed without a decision, or whose own leave ends soon or has ended; any other is not found.
pub async fn again(ctx: &Ctx, who: &Citizen, public: &Public<Application>) -> Result<Option<Again>> {
    let today = ctx.now().date();
    let soon = today.plus_days(Rules::on(&ctx.db, today).await?.days(RENEW_DAYS)?);
    let Some(row) = ctx.db.optional::<Row>(OVER, args![public, &who.person, soon]).await? else {
        return Ok(None);
    };
    if super::draft(ctx, who).await?.answers().next().is_some() {
        return Ok(Some(Again::UnderWay));
    }
    let answers = row.answers(ctx, who).await?;
    drafts::begin(ctx, who, answers).await?;
    Ok(Some(Again::Begun))
}

impl Row {
    async fn answers(self, ctx: &Ctx, who: &Citizen) -> Result<Vec<Answer>> {
        let id = Id::new(self.id.as_str());
        let (person, key) = (who.person.as_str(), &self.subject_key);
        let known_by = match (self.typed_birth.as_deref().and_then(CivilDate::parse_iso), &self.typed_number)
        {
            (Some(date), _) => KnownBy::BirthDate(date),
            (None, Some(sealed)) => {
                let number = sealed::open_number(ctx, person, key, &id, sealed)?;
                KnownBy::Number(NationalId::parse(&number).map_err(|_| Error::Broken("typed number"))?)
            }
            (None, None) => return Err(Error::Broken("whom")),
        };
        let children = people(ctx, &id).await?.into_iter().filter(|(row, _)| row.child == 1);
        let child = |(row, _): (super::people::PersonRow, _)| {
            let born = row.birth_date.as_deref().and_then(CivilDate::parse_iso)?;
            Some(Child { name: row.name, birth_date: born })
        };
        let mut answers = vec![
            Answer::Whom(Whom { name: self.typed_name, known_by }),
            Answer::Relation(Relation::parse(&self.relation).ok_or(Error::Broken("relation"))?),
            Answer::Children(children.filter_map(child).collect()),
            Answer::Needs(sealed::open_needs(ctx, person, key, &id, &self.needs)?),
        ];
        let known = contacts::load(ctx, &who.person).await?;
        let contact = known.email.zip(known.phone);
        answers
            .extend(contact.map(|(email, phone)| Answer::Contact(Contact { email: email.address, phone })));
        Ok(answers)
    }
}

pub const OVER: &str = "SELECT a.id, a.typed_name, a.typed_birth, a.typed_number, a.relation, a.needs, \
    k.sealed AS subject_key FROM application a JOIN subject_key k ON k.subject_id = a.person_id \
    WHERE a.public_id = $1 AND a.person_id = $2 AND (a.state IN ('not_processed', 'withdrawn') \
    OR (a.state = 'decided' AND EXISTS (SELECT 1 FROM clearance c WHERE c.application_id = a.id AND c.person_id = a.person_id \
    AND c.outcome = 'granted' AND c.valid_to <= $3)))";
