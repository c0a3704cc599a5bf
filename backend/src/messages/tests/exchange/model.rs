//! A model beside the database: hundreds of random steps by everybody, each with the outcome that the pure rules foretell.

use domain::{
    access::Role,
    kernel::Public,
    messages::{Letter, Means, Side, Wish},
};

use super::{hers, ruled, sent};
use crate::{
    ctx::Chance,
    messages::{
        LetterRow, Unsent,
        exchange::{self, End, feed, reply},
        tests::stage::{Stage, written},
    },
    testing::on_both_engines,
};

/// What the model knows of a letter.
struct Known {
    public: Public<LetterRow>,
    from_relative: bool,
    state: Letter,
}

#[derive(Default)]
struct Model {
    relative: Side,
    inmate: Side,
    cleared: bool,
    letters: Vec<Known>,
}

impl Model {
    fn open(&self) -> bool {
        self.cleared && self.relative == Side::Open && self.inmate == Side::Open
    }
}

fn die(chance: &Chance, sides: u64) -> usize {
    (u64::from_le_bytes(chance.bytes()) % sides) as usize
}

#[tokio::test]
async fn everybody_does_anything_and_the_rules_hold() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        stage.say("UPDATE message_rule SET per_week = 10000", vec![]).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let inside = stage.inside().await;
        let chance = Chance::seeded(if portal.postgres { 15 } else { 51 });
        let mut model = Model { cleared: true, ..Model::default() };
        let first = sent(&stage, &who, "0").await.unwrap();
        let now = stage.ctx.now();
        let new = |public, from_relative| Known {
            public,
            from_relative,
            state: Letter::written(true, now, now.plus_days(1)),
        };
        model.letters.push(new(first, true));
        let exchange = feed(&stage.ctx, &inside).await.unwrap()[0].public.clone();
        for n in 1..300 {
            let words = n.to_string();
            match die(&chance, 8) {
                0 => match sent(&stage, &who, &words).await {
                    Ok(public) if model.open() => model.letters.push(new(public, true)),
                    Err(Unsent::Refused(_)) if !model.open() => {}
                    other => panic!("{n}: {other:?}"),
                },
                1 => {
                    match reply(&stage.ctx, &inside, &exchange, &written(&stage.key(), &words)).await.unwrap()
                    {
                        Ok(public) if model.open() => model.letters.push(new(public, false)),
                        Err(Unsent::Refused(_)) if !model.open() => {}
                        other => panic!("{n}: {other:?}"),
                    }
                }
                2 | 3 => {
                    let at = die(&chance, model.letters.len() as u64);
                    let open = model.open();
                    // What one of the two has closed is not shown at the desk; a decision on it needs its version.
                    let readable = model.relative == Side::Open && model.inmate == Side::Open;
                    let known = &mut model.letters[at];
                    let release = die(&chance, 2) == 0;
                    let next = if release {
                        known.state.clone().released(now, false)
                    } else {
                        known.state.clone().stopped(now)
                    };
                    let outcome = if release { "release" } else { "stop" };
                    let done = ruled(&stage, &kari, &known.public, outcome, "").await;
                    match (done, next) {
                        (Ok(()), Ok(Letter::Released { .. })) if !known.from_relative && open => {
                            known.state = Letter::Delivered { at: now, cut: false, by: Means::Screen };
                        }
                        (Ok(()), Ok(next)) => known.state = next,
                        (Err(_), Err(_)) => {}
                        (Err(Unsent::Refused(_)), Ok(_)) if !readable => {}
                        other => panic!("{n}: {other:?}"),
                    }
                }
                4 => {
                    let at = die(&chance, model.letters.len() as u64);
                    let open = model.open();
                    let known = &mut model.letters[at];
                    let waits = matches!(known.state, Letter::Released { .. });
                    let may = known.from_relative && known.state.is_open_to_reader() && (open || !waits);
                    let done = exchange::acknowledge(&stage.ctx, &inside, &known.public, true).await.unwrap();
                    assert_eq!(done.is_ok(), may, "{n}");
                    if may {
                        known.state = known.state.clone().read(now).unwrap();
                    }
                }
                5 => {
                    let (wish, side) =
                        [(Wish::Open, Side::Open), (Wish::Pause, Side::Paused), (Wish::Block, Side::Blocked)]
                            [die(&chance, 12).saturating_sub(9)];
                    if die(&chance, 2) == 0 {
                        let end = End::Relative(&who, &stage.inmate_public);
                        exchange::set(&stage.ctx, end, wish).await.unwrap().unwrap();
                        model.relative = side;
                    } else {
                        let end = End::Inmate(&inside, &exchange);
                        exchange::set(&stage.ctx, end, wish).await.unwrap().unwrap();
                        model.inmate = side;
                    }
                }
                // Mostly they may write: else little would happen.
                6 if !model.cleared || die(&chance, 3) == 0 => {
                    let code = if model.cleared { "withdrawn" } else { "granted" };
                    stage.say("UPDATE clearance SET outcome = $1", crate::args![code]).await;
                    model.cleared = !model.cleared;
                }
                _ => {
                    exchange::move_on(&stage.ctx).await.unwrap();
                    let open = model.open();
                    for known in model.letters.iter_mut().filter(|known| open && !known.from_relative) {
                        if let Ok(next) = known.state.clone().delivered(now, Means::Screen) {
                            known.state = next;
                        }
                    }
                    let page = hers(&stage, &who).await;
                    assert_eq!(page.open.is_some(), model.open(), "{n}");
                    for known in model.letters.iter_mut().filter(|known| !known.from_relative) {
                        if matches!(known.state, Letter::Delivered { .. }) {
                            known.state = known.state.clone().read(now).unwrap();
                        }
                    }
                    compare(&stage, &model, n).await;
                }
            }
        }
        assert!(model.letters.len() > 15, "something happened: {}", model.letters.len());
    })
    .await;
}

async fn compare(stage: &Stage, model: &Model, n: i32) {
    let rows: Vec<(String, String)> =
        stage.ctx.db.all("SELECT public_id, state FROM letter", vec![]).await.unwrap();
    assert_eq!(rows.len(), model.letters.len(), "{n}");
    for known in &model.letters {
        let row = rows.iter().find(|(public, _)| public == known.public.as_str()).expect("it is there");
        assert_eq!(row.1, known.state.code(), "{n}");
    }
}
