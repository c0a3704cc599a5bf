//! Those who are asked to consent: the invitation to answer, the desk that hears of it when one of them is not safe, and the
//! clearance of the child that one of them is asked about.

use domain::{
    consents::{Fact, ParentForm, Refusal, Standing},
    kernel::{Id, Public},
    visits::clearance::OtherParent,
};

use super::{Desk, Letter};
use crate::{
    Result,
    consents::{self, Alarmed, CaseMark, Child, Done, Elsewhere, Invite},
    ctx::{Ctx, FALLBACK, Staff},
    db::Tx,
    delivery::{self, Outgoing, Problem},
    messages::worry,
    outbox::Claimed,
    visits::clearance::{self, Application, ClearanceRow, NamedInCase},
};

/// The duty desk, which takes every worry in, and the clearances of children.
#[derive(Clone, Copy, Debug)]
pub struct TheHouse;

impl Elsewhere for TheHouse {
    async fn unsafe_at_home(&self, tx: &mut Tx, ctx: &Ctx, alarmed: &Alarmed) -> Result<()> {
        let unit: &Id<domain::access::Unit> = &alarmed.unit;
        let told = (alarmed.name.as_str(), alarmed.words.as_str(), alarmed.contact.as_deref());
        worry::tell_within(tx, ctx, unit, told).await
    }

    async fn other_parent(&self, tx: &mut Tx, ctx: &Ctx, clearance: &str, fact: Fact) -> Result<()> {
        let fact = match fact {
            Fact::Asked => OtherParent::Asked,
            Fact::Given => OtherParent::Given,
            Fact::Missing => OtherParent::Missing,
            Fact::Without => OtherParent::Without,
        };
        clearance::other_parent(tx, ctx, clearance, fact).await
    }
}

/// A child of an application, and where its other parent stands; none: nobody has been asked.
#[derive(Clone, Debug)]
pub struct ChildInCase {
    pub clearance: Public<ClearanceRow>,
    pub name: String,
    pub asked: Option<(Public<CaseMark>, Standing, bool)>,
}

/// Those of one application, for an officer of its unit.
pub async fn children_of(
    ctx: &Ctx,
    staff: &Staff,
    application: &Public<Application>,
) -> Result<Vec<ChildInCase>> {
    let children = clearance::children(ctx, staff, application).await?;
    let ids: Vec<String> = children.iter().map(|child| child.id.clone()).collect();
    let parents = consents::parents(ctx, staff, &ids).await?;
    let asked = |child: &NamedInCase| {
        let found = parents.iter().find(|parent| parent.clearance == child.id)?;
        Some((found.case.clone(), found.standing, found.closed))
    };
    Ok(children
        .into_iter()
        .map(|child| ChildInCase { asked: asked(&child), clearance: child.clearance, name: child.name })
        .collect())
}

/// The child's other parent is asked.
pub async fn ask_parent(
    ctx: &Ctx,
    staff: &Staff,
    key: &str,
    clearance: &Public<ClearanceRow>,
    form: &ParentForm,
) -> Result<Done<Public<CaseMark>>> {
    let Some(found) = clearance::child(ctx, staff, clearance).await? else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let child = Child { clearance: found.id, unit: found.unit, name: found.name, applicant: found.applicant };
    consents::ask_parent(ctx, staff, key, &child, form, TheHouse).await
}

/// Where the clearance has ended nobody can answer any more. Nightly, a page a read.
pub async fn end_with_clearances(ctx: &Ctx) -> Result<usize> {
    let (mut after, mut ended) = (String::new(), 0);
    loop {
        let open = consents::open_subjects(ctx, &after).await?;
        let Some(last) = open.last().cloned() else { return Ok(ended) };
        let over = clearance::ended(ctx, &open).await?;
        ended += over.len();
        if !over.is_empty() {
            consents::end(ctx, over).await?;
        }
        after = last;
    }
}

/// To the address that an officer was given. It says that there is something to answer, and nothing else.
pub(super) async fn invite(
    desk: &Desk<'_>,
    job: &Claimed,
    invite: &Invite,
) -> std::result::Result<(), Problem> {
    let Some(to) = consents::invitation(desk.ctx, invite).await? else { return Ok(()) };
    let reader = desk.reader(FALLBACK, false);
    let words = desk.words.write(&reader, &Letter::Asked);
    let outgoing = Outgoing::new(&job.kind, reader.locale, to, words)?;
    delivery::send(desk.ctx, desk.mailer, job, None, &outgoing).await.map(|_| ())
}
