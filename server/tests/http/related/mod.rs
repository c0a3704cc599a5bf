//! T1: who somebody is to an object, and in which state the object is, decide what she gets. Every relation × every
//! state × every address that takes its id, each cell as the tables say. Whoever the object is not for gets, byte for
//! byte after the ids are masked, what she would get for an id that does not exist, and leaves nothing behind.

mod appeals;
mod bookings;
mod clearances;
mod documents;
mod joins;
mod letters;
mod requests;
mod threads;
mod waits;

use backend::{
    args,
    ctx::{Citizen, Staff},
    identity::sessions,
};
use domain::access::Area;
use reqwest::StatusCode;

use crate::{
    harness::{Browser, Page, Portal},
    matrix::{FUNCTIONS, PAGES},
    worlds::Transcript,
};

/// What somebody is to what Maja has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Owner,
    /// The other parent of the child who is on it.
    CoParent,
    /// Somebody with nothing to do with it.
    Relative,
    /// She wants to visit the same inmate.
    Applicant,
    Officer,
    OfficerElsewhere,
    Gate,
    Auditor,
    Admin,
    SignedOut,
}

use Relation::{
    Admin, Applicant, Auditor, CoParent, Gate, Officer, OfficerElsewhere, Owner, Relative, SignedOut,
};

const RELATIONS: [(Relation, Option<(Area, &str)>); 10] = [
    (Owner, Some((Area::Citizen, "maja"))),
    (CoParent, Some((Area::Citizen, "eirik"))),
    (Relative, Some((Area::Citizen, "ingrid"))),
    (Applicant, Some((Area::Citizen, "tarjei"))),
    (Officer, Some((Area::Staff, "henrik"))),
    (OfficerElsewhere, Some((Area::Staff, "nadia"))),
    (Gate, Some((Area::Staff, "geir"))),
    (Auditor, Some((Area::Staff, "auditor"))),
    (Admin, Some((Area::Staff, "astrid"))),
    (SignedOut, None),
];

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// To the sign-in, and nothing is done.
    SignIn,
    /// As if it did not exist.
    Nothing,
    /// The page is there.
    Opens,
    /// It leads to another page, for here is nothing to do.
    Leads,
    /// Something is done.
    Changes,
    /// It is answered, and nothing is done.
    Tells,
}

use Cell::{Changes, Leads, Nothing, Opens, SignIn, Tells};

/// What an address asks for, with the names that its pages and forms would send.
#[derive(Clone, Debug, Default)]
struct Object {
    id: String,
    version: i64,
    /// The people of an application, by their clearances.
    people: Vec<String>,
    /// The decision that an officer of the unit has typed.
    typed: String,
}

impl Object {
    /// The same, of an id that nothing has.
    fn unknown(&self) -> Self {
        let people = self.people.iter().map(|_| "2".repeat(26)).collect();
        Self { id: "1".repeat(26), people, ..self.clone() }
    }
}

type Fields = Vec<(&'static str, String)>;

/// An address that takes an id.
#[derive(Clone, Copy)]
struct Route {
    /// Whose side of the portal it is on.
    area: Area,
    /// With `{id}` where the id stands.
    path: &'static str,
    /// None: it is a page.
    form: Option<fn(&Portal, &Object) -> Fields>,
}

const fn page(area: Area, path: &'static str) -> Route {
    Route { area, path, form: None }
}

const fn post(area: Area, path: &'static str, form: fn(&Portal, &Object) -> Fields) -> Route {
    Route { area, path, form: Some(form) }
}

/// Everybody, signed in.
struct Everybody(Vec<(Relation, Browser)>);

impl Everybody {
    async fn of(portal: &Portal) -> Self {
        let mut all = Vec::new();
        for (relation, persona) in RELATIONS {
            let browser = portal.browser();
            if let Some((area, persona)) = persona {
                let page = if area == Area::Staff { "/staff" } else { "/my" };
                let page = browser.sign_in(area.code(), persona, page).await;
                assert_eq!(page.status, StatusCode::SEE_OTHER, "{persona}");
            }
            all.push((relation, browser));
        }
        Self(all)
    }

    fn browser(&self, of: Relation) -> &Browser {
        &self.0.iter().find(|(relation, _)| *relation == of).expect("everybody").1
    }

    async fn citizen(&self, portal: &Portal, of: Relation) -> Citizen {
        let token = self.browser(of).cookie("varde_citizen").expect("a session");
        let live = sessions::find(&portal.ctx, Area::Citizen, &token).await.expect("a read").expect("live");
        live.actor.citizen().expect("a citizen").clone()
    }

    async fn staff(&self, portal: &Portal, of: Relation) -> Staff {
        let token = self.browser(of).cookie("varde_staff").expect("a session");
        let live = sessions::find(&portal.ctx, Area::Staff, &token).await.expect("a read").expect("live");
        live.actor.staff().expect("staff").clone()
    }
}

/// The answer, and the page that it leads to.
async fn asked(portal: &Portal, browser: &Browser, route: &Route, object: &Object) -> [Page; 2] {
    let path = route.path.replace("{id}", &object.id);
    let first = match route.form {
        None => browser.get(&path).await,
        Some(form) => {
            let form = form(portal, object);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(&path, &form).await
        }
    };
    let next = if first.location().starts_with('/') { first.location() } else { "/help" };
    let second = browser.get(next).await;
    for page in [&first, &second] {
        assert!(!page.status.is_server_error(), "{path}: {}", page.text);
    }
    [first, second]
}

fn masked(portal: &Portal, pages: &[Page; 2]) -> String {
    let mut told = Transcript::new(portal);
    for page in pages {
        told.note("", page);
    }
    told.steps.into_iter().map(|(_, text)| text).collect()
}

/// All that anybody could have changed; and how many looks were written, which staff who may look leave behind.
const EFFECTS: &str = "SELECT 'applications ' || (SELECT COALESCE(CAST(SUM(version) AS TEXT), '') || ' ' || \
    CAST(COUNT(*) AS TEXT) FROM application) || ' drafts ' || (SELECT CAST(COUNT(*) AS TEXT) FROM application_draft) || ' changes ' || \
    (SELECT CAST(COUNT(changes) AS TEXT) FROM booking_draft) || ' decisions ' || \
    (SELECT CAST(COUNT(*) AS TEXT) FROM decision) || ' letters ' || (SELECT CAST(COUNT(*) AS TEXT) FROM outbox) || \
    ' holds ' || (SELECT COALESCE(CAST(SUM(expires_at) AS TEXT), '') FROM visit_hold) || ' bookings ' || \
    (SELECT COALESCE(CAST(SUM(version) AS TEXT), '') FROM booking) || ' threads ' || (SELECT \
    COALESCE(CAST(SUM(version) AS TEXT), '') FROM message_thread) || ' messages ' || (SELECT CAST(COUNT(*) AS TEXT) \
    FROM message) || ' notes ' || (SELECT CAST(COUNT(*) AS TEXT) FROM message_note) || ' typed ' || (SELECT \
    CAST(COUNT(*) AS TEXT) FROM message_draft) || ' appeals ' || (SELECT COALESCE(CAST(SUM(version) AS TEXT), '') FROM appeal) || ' documents ' || (SELECT \
    CAST(COUNT(*) AS TEXT) FROM document WHERE state NOT IN ('received', 'reading')) || ' asked ' || (SELECT \
    COALESCE(CAST(SUM(version) AS TEXT), '') FROM document_request) || ' begun ' || (SELECT \
    COALESCE(CAST(SUM(version) AS TEXT), '') FROM document_draft) || ' traces ' || (SELECT CAST(COUNT(*) AS TEXT) \
    FROM audit WHERE action NOT IN ('list', 'look')), (SELECT COUNT(*) FROM audit WHERE action = 'look')";

async fn effects(portal: &Portal) -> (String, i64) {
    portal.ctx.db.one(EFFECTS, args![]).await.expect("a state")
}

/// Tries one cell. Says what is wrong with it, if anything is.
async fn tried(
    portal: &Portal,
    all: &Everybody,
    (who, route, object): (Relation, &Route, &Object),
    cell: Cell,
) -> Result<(), String> {
    let (browser, before) = (all.browser(who), effects(portal).await);
    let pages = asked(portal, browser, route, object).await;
    let (first, changed) = (&pages[0], effects(portal).await.0 != before.0);
    let to_sign_in = first.status == StatusCode::SEE_OTHER && first.location().starts_with("/sign-in");
    let leads = first.status == StatusCode::SEE_OTHER && !to_sign_in;
    let fits = match cell {
        SignIn => to_sign_in && !changed,
        Opens => first.status == StatusCode::OK,
        Leads | Tells => leads && !changed,
        Changes => leads && changed,
        Nothing => {
            let unknown = asked(portal, browser, route, &object.unknown()).await;
            let same = masked(portal, &pages) == masked(portal, &unknown);
            // A form that is answered from nowhere leads to a page that is not there, or back to her own.
            let not_there = route.form.is_some() || first.status == StatusCode::NOT_FOUND;
            same && not_there && effects(portal).await == before
        }
    };
    let told = format!("{} to {:?}, changed: {changed}", first.status, first.location());
    if fits { Ok(()) } else { Err(told) }
}

/// The rest takes ids of other things: a letter of the demo, a time of the week; and of the notices, whose own people are
/// tried in `notices_mine` and `notices_desk`, of letters, in `exchange` and `letters`, of a lawyer's, in `counsel`, of
/// those at home, in `consents`, of requests to put something right, in `corrections`, an inmate's page, in `inmates`,
/// of somebody who is helped, in `assisted`, of what was handed in without eID, in `without_eid`,
/// and who has a piece of work, in `work`.
const OF_OTHER_THINGS: [&str; 82] = [
    "/my/organisations/{public}",
    "/my/organisations/{public}/ask",
    "/my/organisations/{public}/people",
    "/my/organisations/{organisation}/inmates/{client}/rooms",
    "/my/organisations/{organisation}/inmates/{client}/rooms/{session}",
    "/staff/organisations/asked/{public}",
    "/staff/organisations/{public}",
    "/staff/organisations/{public}/people",
    "/staff/organisations/{public}/meet",
    "/api/my/clients/urgent",
    "/api/my/clients/urgent/withdraw",
    "/api/visits/bookings/bring",
    "/api/visits/bookings/bring/withdraw",
    "/staff/assist/{public}",
    "/staff/assist/{public}/apply",
    "/staff/assist/{public}/book",
    "/staff/assist/{public}/when",
    "/staff/assist/{public}/cancel/{visit}",
    "/staff/inmates/{public}",
    "/staff/inmates/{public}/appointments",
    "/staff/inmates/{public}/named",
    "/staff/inmates/{public}/apart",
    "/staff/inmates/{public}/wing",
    "/staff/work/{source}/{public}",
    "/my/data/corrections/{public}",
    "/my/data/corrections/{public}/receipt",
    "/staff/corrections/{public}",
    "/my/home/{public}",
    "/my/home/{public}/withdraw",
    "/my/home/{public}/print",
    "/staff/children/{public}/parent",
    "/staff/trail/alerts/{public}",
    "/staff/homes/{public}",
    "/staff/homes/{public}/told",
    "/staff/homes/{public}/people/{person}",
    "/my/clients/{public}",
    "/my/clients/appointed/{public}",
    "/staff/mandates/declared/{public}",
    "/my/clients/delegates/{public}",
    "/my/clients/delegates/{public}/clients",
    "/my/lawyers/{public}",
    "/my/lawyers/{public}/clients/{client}/rooms",
    "/my/lawyers/{public}/clients/{client}/rooms/{session}",
    "/my/lawyers/{public}/clients/{client}/urgent",
    "/my/lawyers/{public}/rooms/{visit}",
    "/my/lawyers/{public}/rooms/{visit}/cancel",
    "/my/lawyers/{public}/rooms/{visit}/bring",
    "/visits/bookings/{public}/bring",
    "/staff/hand-ins/{public}",
    "/staff/unreached/{public}",
    "/staff/unreached/{public}/letter",
    "/staff/visits/urgent/{public}",
    "/my/clients/{public}/urgent",
    "/staff/visits/bringing/{public}",
    "/my/clients/{public}/rooms",
    "/my/clients/{public}/rooms/{session}",
    "/my/clients/{public}/print",
    "/staff/mandates/inmates/{public}",
    "/staff/mandates/{public}/end",
    "/my/letters/{public}",
    "/my/letters/{public}/write",
    "/my/letters/{public}/change",
    "/my/letters/{public}/report",
    "/my/letters/{public}/print",
    "/staff/letters/{public}",
    "/staff/letters/{public}/paper",
    "/staff/letters/{public}/answer",
    "/staff/letters/orders/{public}",
    "/demo/mail/{public}",
    "/staff/visiting/times/{public}",
    "/staff/visiting/proposals/{public}",
    "/message/channels/{public}",
    "/message/{public}",
    "/staff/notices/requests/{public}",
    "/staff/notices/questions/{public}",
    "/staff/notices/parties/{public}",
    "/staff/notices/parties/{public}/officer",
    "/staff/notices/parties/{public}/representatives",
    "/staff/notices/tasks/{public}",
    "/staff/duty/ring-in/{public}",
    "/staff/duty/{public}",
    "/staff/duty/{public}/letter",
];

#[test]
fn t01_every_address_that_takes_an_id_is_tried() {
    let routes = clearances::ROUTES.iter().chain(&bookings::OF_A_BOOKING).chain(&bookings::OF_A_HOLD);
    let routes = routes.chain(&threads::ROUTES).chain(&appeals::ROUTES).chain(&appeals::OF_A_DECISION);
    let routes = routes.chain(&documents::OF_A_DOCUMENT).chain(&documents::OF_A_REQUEST);
    let routes = routes.chain(&joins::OF_A_JOINING).chain(&waits::OF_A_WAIT).chain(&waits::OF_AN_OFFER);
    let routes = routes.chain(&requests::OF_A_REQUEST);
    let routes = routes.chain(&documents::OF_A_DRAFT).chain(&documents::OF_A_CASE);
    let tried: Vec<String> = routes
        .map(|route| route.path.split('?').next().unwrap_or_default().replace("{id}", "{public}"))
        .collect();
    let pages = PAGES.iter().map(|(pattern, ..)| *pattern).filter(|pattern| pattern.contains("{public}"));
    let visits = [
        "/clearances/",
        "/bookings/",
        "/waits/",
        "/join/answer",
        "/join/leave",
        "/offers/",
        "/book/extend",
        "/book/confirm",
        "/book/request",
        "/visits/requests/",
        "/book/discard",
        "/gate/mark",
        "/gate/undo",
    ];
    let messages = ["messages/write", "messages/close", "messages/discard"];
    let answers = ["messages/answer", "messages/note", "messages/step"];
    let appeals = ["/appeals/"];
    let documents = ["/documents/"];
    let objects: Vec<&str> = [&visits[..], &messages, &answers, &appeals, &documents].concat();
    let functions = FUNCTIONS.iter().map(|(path, _)| *path);
    let functions = functions.filter(|path| objects.iter().any(|object| path.contains(object)));
    let missing: Vec<&str> = pages
        .chain(functions)
        .filter(|path| !OF_OTHER_THINGS.contains(path) && !tried.iter().any(|known| known == path))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
