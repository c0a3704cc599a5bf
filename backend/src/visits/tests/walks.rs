//! Walks of the model that lead to everything that can come of waiting, of coming along and of asking: found by chance from fixed
//! seeds, without a database, and shortened. What they lead to is then asked of both engines.
//!
//! A run by chance on the engines alone would be long before it met an offer that nobody answers for the third time.

use std::collections::BTreeSet;

use super::model::{Act, Model, Outcome};

/// An act, or a thing that is stored, and what came of it.
type Word = (&'static str, &'static str);

/// What has to be met. With refusals stands their code.
const EVERYTHING: &[Word] = &[
    ("wait", "begun"),
    ("wait", "the same"),
    ("wait", "anew"),
    ("wait", "not there"),
    ("unwait", "done"),
    ("unwait", "not there"),
    ("accept", "booked"),
    ("accept", "booked before"),
    ("accept", "booked and changed"),
    ("accept", "asked"),
    ("accept", "refused"),
    ("accept", "over"),
    ("accept", "not there"),
    ("decline", "done"),
    ("decline", "over"),
    ("decline", "not there"),
    ("hold", "taken by an offer"),
    ("offer", "passed on"),
    ("offer", "passed over"),
    ("offer", "booked"),
    ("offer", "declined"),
    ("offer", "lapsed"),
    ("offer", "refused"),
    ("offer", "withdrawn"),
    ("ended wait", "booked"),
    ("ended wait", "taken_back"),
    ("ended wait", "replaced"),
    ("ended wait", "left"),
    ("ended wait", "unanswered"),
    ("ended wait", "over"),
    ("ended wait", "no_leave"),
    ("invite", "done"),
    ("invite", "join_hidden"),
    ("invite", "join_closed"),
    ("invite", "join_not_here"),
    ("invite", "join_full"),
    ("uninvite", "done"),
    ("uninvite", "join_hidden"),
    ("uninvite", "join_closed"),
    ("uninvite", "join_moved_on"),
    ("type", "done"),
    ("type", "join_code"),
    ("answer", "done"),
    ("answer", "refused"),
    ("answer", "needs_approval"),
    ("answer", "not_cleared"),
    ("answer", "over"),
    ("answer", "not there"),
    ("leave", "done"),
    ("leave", "over"),
    ("leave", "not there"),
    ("invitation", "asked"),
    ("invitation", "coming"),
    ("invitation", "declined"),
    ("invitation", "ended booker"),
    ("invitation", "ended guest"),
    ("invitation", "ended leave"),
    ("invitation", "ended moved"),
    ("confirm", "needs_approval"),
    ("choose", "request_open"),
    ("ask", "asked"),
    ("ask", "asked before"),
    ("ask", "refused"),
    ("ask", "hold_expired"),
    ("ask", "needs_approval"),
    ("approve", "booked"),
    ("approve", "refused"),
    ("approve", "not_cleared"),
    ("approve", "closed"),
    ("approve", "over"),
    ("reject", "done"),
    ("reject", "over"),
    ("take back", "done"),
    ("take back", "over"),
    ("take back", "not there"),
    ("request", "open"),
    ("request", "approved"),
    ("request", "rejected staffing"),
    ("request", "rejected clearance"),
    ("request", "lapsed"),
    ("request", "lapsed time_gone"),
    ("request", "withdrawn"),
    ("round", "nothing"),
    ("round of the line", "something"),
    ("round of requests", "something"),
];

const MOST_WALKS: u64 = 600;
const STEPS: usize = 120;
/// So many acts are tried at each step; one that leads to something new is done.
const TRIES: usize = 8;

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// Where each begins, and its acts. Together they lead to [`EVERYTHING`].
pub(super) fn to_everything() -> Vec<(Model, Vec<Act>)> {
    let starts = Model::starts();
    let mut missing = EVERYTHING.iter().copied().collect::<BTreeSet<Word>>();
    assert_eq!(missing.len(), EVERYTHING.len(), "each once");
    let mut walks = vec![];
    for seed in 0..MOST_WALKS {
        if missing.is_empty() {
            break;
        }
        let start = &starts[seed as usize % starts.len()];
        let (acts, met) = walk(start, &mut Dice(seed), &missing);
        if !met.is_empty() {
            walks.push((start.clone(), shortened(start, acts, &met)));
            missing.retain(|word| !met.contains(word));
        }
    }
    assert!(missing.is_empty(), "none of {MOST_WALKS} walks leads to {missing:?}");
    walks
}

/// Up to the last step that led to something that is missing.
fn walk(start: &Model, dice: &mut Dice, missing: &BTreeSet<Word>) -> (Vec<Act>, BTreeSet<Word>) {
    let (mut model, mut acts, mut met, mut last) = (start.clone(), vec![], BTreeSet::new(), 0);
    for _ in 0..STEPS {
        let choices = model.acts();
        let mut first = None;
        for _ in 0..TRIES {
            let act = choices[dice.below(choices.len())];
            let mut after = model.clone();
            after.apply(&act);
            let mut new = words(&model, &act, &after);
            new.retain(|word| missing.contains(word) && !met.contains(word));
            let leads = !new.is_empty();
            if leads || first.is_none() {
                first = Some((act, after, new));
            }
            if leads {
                break;
            }
        }
        let Some((act, after, new)) = first else { break };
        acts.push(act);
        if !new.is_empty() {
            last = acts.len();
            met.extend(new);
        }
        model = after;
    }
    acts.truncate(last);
    (acts, met)
}

/// Without the acts that it leads there without.
fn shortened(start: &Model, mut acts: Vec<Act>, met: &BTreeSet<Word>) -> Vec<Act> {
    let mut size = acts.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < acts.len() {
            let mut fewer = acts.clone();
            fewer.drain(at..acts.len().min(at + size));
            if leads(start, &fewer, met) {
                acts = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    acts
}

fn leads(start: &Model, acts: &[Act], met: &BTreeSet<Word>) -> bool {
    let (mut model, mut all) = (start.clone(), BTreeSet::new());
    for act in acts {
        if !model.admits(act) {
            return false;
        }
        let before = model.clone();
        model.apply(act);
        all.extend(words(&before, act, &model));
    }
    met.is_subset(&all)
}

/// What an act has led to.
fn words(before: &Model, act: &Act, after: &Model) -> Vec<Word> {
    let mut all = after.states();
    let Some(name) = name(act) else { return all };
    match &after.told {
        Outcome::Done => all.push((name, "done")),
        Outcome::Over => all.push((name, "over")),
        Outcome::NotThere => all.push((name, "not there")),
        Outcome::Booking(booking) if before.has_booking(*booking) => all.push((name, "booked before")),
        Outcome::Booking(_) => all.push((name, "booked")),
        Outcome::Request(request) if before.has_request(*request) => all.push((name, "asked before")),
        Outcome::Request(_) => all.push((name, "asked")),
        Outcome::Waiting { replaced: true, .. } => all.push((name, "anew")),
        Outcome::Waiting { wait, .. } if before.has_wait(*wait) => all.push((name, "the same")),
        Outcome::Waiting { .. } => all.push((name, "begun")),
        Outcome::Round(done) if done.iter().all(|n| *n == 0) => all.push(("round", "nothing")),
        Outcome::Round(_) => all.push((name, "something")),
        Outcome::Refused(codes) => {
            all.push((name, "refused"));
            all.extend(codes.iter().map(|code| (name, *code)));
        }
    }
    all.extend(after.on_the_way(before, act));
    all
}

/// Of the acts that are looked at.
fn name(act: &Act) -> Option<&'static str> {
    Some(match act {
        Act::Choose(_) => "choose",
        Act::Hold { .. } => "hold",
        Act::Confirm(_) => "confirm",
        Act::Cancel { .. } | Act::CancelByUnit(_) => "cancel",
        Act::Wait { .. } => "wait",
        Act::Unwait { .. } => "unwait",
        Act::Accept { .. } => "accept",
        Act::Decline { .. } => "decline",
        Act::TendLine => "round of the line",
        Act::Invite { .. } => "invite",
        Act::Uninvite { .. } => "uninvite",
        Act::Type { .. } => "type",
        Act::Answer { .. } => "answer",
        Act::Leave { .. } => "leave",
        Act::Ask(_) | Act::AskOlder(_) => "ask",
        Act::Approve(_) => "approve",
        Act::Reject(_) => "reject",
        Act::TakeBack { .. } => "take back",
        Act::TendRequests => "round of requests",
        _ => return None,
    })
}
