//! A visit on a screen: its link is there when it is time, and is another one after a move.

use super::*;

#[tokio::test]
async fn the_link_is_there_from_a_while_before_until_the_end() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let seen = visit(&s.ctx, &maja, &public).await.unwrap().unwrap().visit;
        let at = async |kind, starts_at| {
            let screen =
                Screen { public: &seen.public, kind, way: Way::Room, starts_at, ends_at: seen.ends_at };
            video(&s.ctx, screen).await.unwrap()
        };
        assert_eq!(at(SessionKind::Open, seen.starts_at).await, None, "nobody needs a link to a room");
        let table = [(-16, false), (-15, true), (0, true), (59, true), (60, false)];
        let mut links = vec![];
        for (minutes, open) in table {
            s.ctx.clock.set(seen.starts_at.plus_minutes(minutes));
            let told = at(SessionKind::Video, seen.starts_at).await.unwrap();
            assert_eq!((told.opens_at, told.has_link), (seen.starts_at.plus_minutes(-15), true));
            assert_eq!(told.link.is_some(), open, "{minutes}");
            links.extend(told.link);
        }
        links.dedup();
        assert_eq!(links.len(), 1, "the same for both sides, whenever they ask");
        assert!(!links[0].contains(seen.public.as_str()), "{}", links[0]);
        s.ctx.clock.set(seen.starts_at);
        let moved = at(SessionKind::Video, seen.starts_at.plus_minutes(1)).await.unwrap();
        assert_ne!(moved.link.unwrap(), links[0], "a visit that was moved has another room");
    })
    .await;
}
